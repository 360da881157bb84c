import { describe, expect, it } from 'vitest';
import { has, parts, toggled } from './query';

describe('queries', () => {
  it('are cut into filters, phrases and words', () => {
    expect(parts('  صواريخ "مجلس الأمن" -act:deny speaker:"سيرغي لافروف" ')).toEqual([
      { text: 'صواريخ', filter: '', value: 'صواريخ', not: false },
      { text: '"مجلس الأمن"', filter: '', value: 'مجلس الأمن', not: false },
      { text: '-act:deny', filter: 'act', value: 'deny', not: true },
      { text: 'speaker:"سيرغي لافروف"', filter: 'speaker', value: 'سيرغي لافروف', not: false },
    ]);
    expect(parts('«أ ب» “ج د”').map((p) => p.value)).toEqual(['أ ب', 'ج د']);
  });
  it('hold together where a quotation mark never closes', () => {
    expect(parts('"a b').map((p) => p.text)).toEqual(['"a', 'b']);
    expect(parts('')).toEqual([]);
  });
  it('take parts in and out', () => {
    expect(toggled('حلب', 'act:deny')).toBe('حلب act:deny');
    expect(toggled('حلب act:deny "أ ب"', 'act:deny')).toBe('حلب "أ ب"');
    expect(has('outlet:"a b" c', 'outlet:"a b"')).toBe(true);
    expect(toggled('حلب from:2022-01 to:2022-02', 'from:2023-03 to:2023-03')).toBe('حلب from:2023-03 to:2023-03');
    expect(toggled('from:2023-03 حلب to:2023-03', 'from:2023-03 to:2023-03')).toBe('حلب');
    expect(has('from:2023-03', 'from:2023-03 to:2023-03')).toBe(false);
    expect(has('outlet:"a b c"', 'outlet:"a b"')).toBe(false);
  });
});
