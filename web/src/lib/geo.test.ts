import { describe, expect, it } from 'vitest';
import { apart, around, kept, projection, radius, readLook, slices, writtenLook, zoomed, CLOSEST } from './geo';

describe('looking at a map', () => {
  it('what is under the pointer stays there', () => {
    const look = { k: 2, x: -30, y: 40 };
    const nearer = zoomed(look, 1.7, 200, 100);
    expect((200 - nearer.x) / nearer.k).toBeCloseTo((200 - look.x) / look.k);
    expect((100 - nearer.y) / nearer.k).toBeCloseTo((100 - look.y) / look.k);
    expect(zoomed(look, 1e9, 0, 0).k).toBe(CLOSEST);
    expect(zoomed(look, 1e-9, 0, 0).k).toBe(1);
  });
  it('the world cannot be lost', () => {
    for (const far of [{ k: 1, x: 9e5, y: -9e5 }, { k: 5, x: -9e5, y: 9e5 }]) {
      const look = kept(far, 800, 400);
      expect(look.x).toBeLessThan(800);
      expect(look.x + 800 * look.k).toBeGreaterThan(0);
      expect(look.y).toBeLessThan(400);
      expect(look.y + 400 * look.k).toBeGreaterThan(0);
    }
  });
  it('a look is read as it was written, also on another screen', () => {
    const wide = projection(900, 500);
    const look = around([{ x: 520, y: 180, weight: 10 }, { x: 560, y: 210, weight: 5 }], 900, 500);
    const text = writtenLook(look, wide, 900, 500);
    const again = readLook(text, wide, 900, 500);
    expect(again?.x).toBeCloseTo(look.x, -1);
    expect(again?.y).toBeCloseTo(look.y, -1);
    const narrow = projection(360, 400);
    const there = readLook(text, narrow, 360, 400);
    expect(writtenLook(there ?? look, narrow, 360, 400)).toBe(text);
    for (const bad of ['', 'a,b,c', '1,2', '95,0,2', '0,0,NaN']) expect(readLook(bad, wide, 900, 500), bad).toBeNull();
  });
  it('sees most of what is there, and not what is rare and far', () => {
    const look = around([...Array.from({ length: 20 }, (_, i) => ({ x: 500 + i, y: 200 + i, weight: 10 })), { x: 10, y: 10, weight: 1 }], 900, 500);
    expect(look.k).toBeGreaterThan(5);
    expect(around([], 900, 500)).toEqual({ k: 1, x: 0, y: 0 });
  });
});

describe('circles', () => {
  it('areas tell numbers', () => {
    expect(radius(25, 100, 40) ** 2 / radius(100, 100, 40) ** 2).toBeCloseTo(0.25);
    expect(radius(1, 100_000, 40)).toBe(2.5);
  });
  it('have a slice for each kind there is', () => {
    expect(slices([{ value: 'ASSAULT', count: 3 }, { value: 'COERCE', count: 1 }], 10).map((one) => one.quad)).toEqual(['material-conflict']);
    expect(slices([{ value: 'ASSAULT', count: 3 }, { value: 'AID', count: 1 }, { value: 'CONSULT', count: 1 }], 10).map((one) => one.quad)).toEqual([
      'material-cooperation', 'verbal-cooperation', 'material-conflict',
    ]);
    expect(slices([], 10)).toEqual([]);
  });
});

it('labels do not lie on one another', () => {
  const label = (x: number, y: number) => ({ x, y, width: 50, height: 14 });
  expect(apart([label(0, 0), label(20, 5), label(60, 0), label(0, 20)], 9)).toEqual([label(0, 0), label(60, 0), label(0, 20)]);
  expect(apart([label(0, 0), label(60, 0)], 1)).toHaveLength(1);
});
