import { describe, expect, it } from 'vitest';
import { drawn, origins } from './origins';
import type { CopyGroup, Wording } from './types';

const wording = (statement: number, origin: number, via: string[] = [], copy: number | null = null): Wording =>
  ({ statement, origin, copy, medium: null, via: via.map((name) => ({ name })) }) as unknown as Wording;

describe('origins', () => {
  it('hold the wordings that have it from one place, in order', () => {
    const found = origins([wording(5, 2), wording(3, 1, ['وكالة']), wording(9, 2, ['وكالة', 'قناة'])]);
    expect(found.map((one) => [one.number, one.wordings.map((w) => w.statement), one.via.map((v) => v.name)])).toEqual([
      [2, [5, 9], ['وكالة', 'قناة']],
      [1, [3], ['وكالة']],
    ]);
    expect(origins([])).toEqual([]);
  });
  it('are drawn with each outlet once where there are many', () => {
    const of = (outlet: string): Wording => ({ report: { outlet } }) as unknown as Wording;
    const many = ['أ', 'أ', 'ب', 'أ', 'ج', 'د'].map(of);
    expect(drawn(many, 3).shown.map((one) => one.report.outlet)).toEqual(['أ', 'ب', 'ج']);
    expect(drawn(many, 3).more).toBe(3);
    expect(drawn(many, 6)).toEqual({ shown: many, more: 0 });
  });
  it('name whose text it is where several carry one', () => {
    const copies = [{ copy: 7, source: { outlet: 'وكالة' } }] as unknown as CopyGroup[];
    expect(origins([wording(1, 1, [], 7), wording(2, 1, [], 7), wording(3, 2, [], 7)], copies).map((one) => one.source)).toEqual(['وكالة', null]);
  });
});
