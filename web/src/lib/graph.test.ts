import { describe, expect, it } from 'vitest';
import { layout, line, outline, relation, stanceOf, strongest, STANCES, ties, toward, type Edge, type Node } from './graph';
import { TYPES } from './plover';

const node = (entity: number, count = 1): Node => ({ entity, name: `ن${entity}`, name_en: `N${entity}`, type: 'person', country: null, count });
const edge = (source: number, target: number, count = 1, directed = true): Edge => ({ source, target, count, directed, stance: 'meets', types: [{ value: 'CONSULT', count }] });
const nodes = Array.from({ length: 24 }, (_, i) => node(i + 1, 30 - i));
const edges = nodes.flatMap((one, i) => [edge(one.entity as number, ((i * 7) % 24) + 1, i + 1), edge(one.entity as number, ((i * 5 + 3) % 24) + 1, 2)]).filter((one) => one.source !== one.target);
const r = (one: Node): number => 4 + Math.sqrt(one.count);

describe('the layout', () => {
  const first = layout(nodes, edges, 900, 600, r);
  it('is the same for the same network, in whatever order it comes', () => {
    const again = layout([...nodes].reverse(), [...edges].reverse(), 900, 600, r);
    expect([...again].sort()).toEqual([...first].sort());
  });
  it('lies within its box and puts nobody on another', () => {
    const all = [...first.values()];
    expect(all).toHaveLength(nodes.length);
    for (const [i, a] of all.entries()) {
      expect(a.x).toBeGreaterThanOrEqual(0);
      expect(a.x).toBeLessThanOrEqual(900);
      expect(a.y).toBeGreaterThanOrEqual(0);
      expect(a.y).toBeLessThanOrEqual(600);
      for (const b of all.slice(i + 1)) expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(12);
    }
  });
  it('holds one, and none', () => {
    expect(layout([node(1)], [], 300, 200, r).get(1)).toEqual({ x: 150, y: 100 });
    expect(layout([], [], 300, 200, r).size).toBe(0);
  });
});

it('the strongest relations are kept, and all of whoever is chosen', () => {
  const all = [edge(1, 2, 9), edge(2, 3, 8), edge(3, 4, 1), edge(4, 5, 1)];
  expect(strongest(all, 2).map((one) => one.count)).toEqual([9, 8]);
  expect(strongest(all, 2, 5)).toContain(all[3]);
});

it('a way there and a way back are two lines', () => {
  const [a, b] = [{ x: 0, y: 0 }, { x: 100, y: 0 }];
  const there = line(a, b, 5, 5, true, 2);
  const back = line(b, a, 5, 5, true, 2);
  expect(Math.sign(there.middle.y)).toBe(-Math.sign(back.middle.y));
  expect(there.head).not.toBe('');
  expect(line(a, b, 5, 5, false, 2).head).toBe('');
  expect(line(a, a, 5, 5, true, 2).d).not.toContain('NaN');
});

it('keys go to the nearest in their direction', () => {
  const places = new Map([[1, { x: 0, y: 0 }], [2, { x: 50, y: 5 }], [3, { x: 30, y: 200 }], [4, { x: 200, y: 0 }]]);
  expect(toward(1, places, [1, 0])).toBe(2);
  expect(toward(2, places, [1, 0])).toBe(4);
  expect(toward(1, places, [0, 1])).toBe(3);
  expect(toward(1, places, [-1, 0])).toBeNull();
});

it('who attacks together does not attack each other', () => {
  expect(relation({ ...edge(1, 2), stance: 'fights' })).toBe('fights');
  expect(relation({ ...edge(1, 2, 1, false), stance: 'fights' })).toBe('beside');
  expect(relation({ ...edge(1, 2, 1, false), stance: 'supports' })).toBe('supports');
  expect(relation(edge(1, 2, 1, false))).toBe('meets');
});

it('every type has a stance and every kind an outline of its own', () => {
  for (const type of TYPES) expect(STANCES).toContain(stanceOf(type));
  expect(new Set(['person', 'organization', 'place', 'group', 'document'].map((kind) => outline(kind, 10))).size).toBe(5);
});

it('a profile becomes a network around its entity', () => {
  const self = { entity: 1, name: 'أ', name_en: 'A', type: 'person', country: null };
  const { nodes: all, edges: between } = ties(
    self,
    [
      { who: { entity: 2, name: 'ب', name_en: 'B', type: 'person', country: null }, events: 6, by: [{ type: 'ASSAULT', direction: 'in', count: 3 }, { type: 'CONSULT', direction: 'in', count: 3 }, { type: 'AID', direction: 'out', count: 1 }] },
      { who: { entity: null, name: 'ج', name_en: null, type: 'person', country: null }, events: 1, by: [{ type: 'AID', direction: 'with', count: 1 }] },
    ],
    9,
  );
  expect(all.map((one) => one.entity)).toEqual([1, 2]);
  expect(between.map((one) => [one.source, one.target, one.stance, one.count])).toEqual([[1, 2, 'supports', 1], [2, 1, 'fights', 6]]);
});
