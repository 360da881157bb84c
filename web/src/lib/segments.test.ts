import { describe, expect, it } from 'vitest';
import { paragraphs, segments, type Mark } from './segments';
import { CodePoints } from './text';

const mark = (id: string, start: number, end: number, layer: Mark['layer'] = 'entity'): Mark => ({ id, layer, start, end });
const told = (text: string, marks: Mark[], from?: number, to?: number) =>
  segments(new CodePoints(text), marks, from, to).map((s) => `${s.text}:${s.marks.map((m) => m.id).join('')}`);

describe('segments', () => {
  it('covers the whole text once', () => {
    expect(told('abcdef', [])).toEqual(['abcdef:']);
    expect(told('', [])).toEqual([]);
    expect(told('abcdef', [mark('x', 1, 3)])).toEqual(['a:', 'bc:x', 'def:']);
  });
  it('keeps marks that overlap, the innermost first', () => {
    expect(told('abcdef', [mark('x', 0, 4), mark('y', 2, 6)])).toEqual(['ab:x', 'cd:yx', 'ef:y']);
    expect(told('abcdef', [mark('y', 1, 2), mark('x', 1, 5)])).toEqual(['a:', 'b:yx', 'cde:x', 'f:']);
    expect(told('ab', [mark('x', 0, 1), mark('y', 1, 2)])).toEqual(['a:x', 'b:y']);
  });
  it('counts code points, not UTF-16 units', () => {
    // U+1EE00 is an Arabic mathematical letter, beyond the BMP.
    expect(told('𞸀𞸀ب😀ت', [mark('x', 2, 3), mark('y', 3, 4)])).toEqual(['𞸀𞸀:', 'ب:x', '😀:y', 'ت:']);
  });
  it('cuts off what lies outside of the part', () => {
    expect(told('abcdef', [mark('x', 0, 3), mark('y', 5, 6)], 2, 5)).toEqual(['c:x', 'de:']);
    expect(told('abc', [mark('x', 2, 2), mark('y', 7, 9), mark('z', 2, 9)])).toEqual(['ab:', 'c:z']);
  });
  it('is quick and bounded with ten thousand marks on one another', () => {
    const marks = Array.from({ length: 10_000 }, (_, i) => mark(`e${i}`, i, 20_000 - i));
    const begun = performance.now();
    const all = segments(new CodePoints('ا'.repeat(20_000)), marks);
    expect(all.map((s) => s.text).join('')).toHaveLength(20_000);
    expect(Math.max(...all.map((s) => s.marks.length))).toBeLessThanOrEqual(12);
    expect(performance.now() - begun).toBeLessThan(1_000);
  });
});

describe('paragraphs', () => {
  const cut = (text: string, from?: number, to?: number) => {
    const points = new CodePoints(text);
    return paragraphs(points, from, to).map((p) => points.slice(p.start, p.end));
  };
  it('are what stands between line breaks', () => {
    expect(cut('ab\ncd\n\nef\n')).toEqual(['ab', 'cd', 'ef']);
    expect(cut('')).toEqual([]);
    expect(cut('😀\nب\n😀ت')).toEqual(['😀', 'ب', '😀ت']);
    expect(cut('ab\ncd\nef', 1, 4)).toEqual(['b', 'c']);
  });
});

describe('code points', () => {
  it('convert both ways', () => {
    const points = new CodePoints('a😀ب');
    expect(points.length).toBe(3);
    expect([0, 1, 2, 3, 9].map((p) => points.unit(p))).toEqual([0, 1, 3, 4, 4]);
    expect([0, 1, 2, 3, 4].map((u) => points.point(u))).toEqual([0, 1, 1, 2, 3]);
    expect(points.slice(1, 2)).toBe('😀');
    expect(new CodePoints('\ud800a').length).toBe(2);
  });
});
