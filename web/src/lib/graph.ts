import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY, type SimulationLinkDatum, type SimulationNodeDatum } from 'd3-force';
import type { EntityRef, Network, Profile, Stance } from './types';

export type Node = Network['nodes'][number];
export type Edge = Network['edges'][number];

/** What relations are called, from what brings together to what drives apart. */
export const STANCES: readonly Stance[] = ['meets', 'supports', 'asks', 'accuses', 'protests', 'threatens', 'coerces', 'fights'];

/** What a type of events says about two who take part in it; the server has the same table. */
export function stanceOf(type: string): Stance {
  switch (type) {
    case 'CONSULT':
      return 'meets';
    case 'REQUEST':
      return 'asks';
    case 'ACCUSE':
    case 'REJECT':
      return 'accuses';
    case 'PROTEST':
      return 'protests';
    case 'THREATEN':
    case 'SANCTION':
    case 'MOBILIZE':
      return 'threatens';
    case 'COERCE':
      return 'coerces';
    case 'ASSAULT':
      return 'fights';
    default:
      return 'supports';
  }
}

/** What a line says: a stance, or that two do side by side what is aimed at somebody else. */
export type Relation = Stance | 'beside';
export const RELATIONS: readonly Relation[] = ['beside', ...STANCES];

/**
 * Two who attack, accuse or ask together are on one side: a line between them that said "attack" would say the contrary of what happened. The
 * server draws lines without a direction between those who act together.
 */
export function relation(edge: Edge): Relation {
  return edge.directed || edge.stance === 'meets' || edge.stance === 'supports' ? edge.stance : 'beside';
}

/** A line from one to another has one name. */
export const edgeKey = (edge: Edge): string => `${edge.source}-${edge.target}-${edge.directed ? 'd' : 'u'}`;

/** The strongest relations, so many for each entity that the drawing can still be read; those of whoever is chosen are all there. */
export function strongest(edges: readonly Edge[], most: number, chosen?: number): Edge[] {
  const sorted = [...edges].sort((a, b) => b.count - a.count || a.source - b.source || a.target - b.target);
  return sorted.filter((edge, i) => i < most || edge.source === chosen || edge.target === chosen);
}

export interface Placed {
  x: number;
  y: number;
}

interface Body extends SimulationNodeDatum {
  id: number;
  r: number;
}

/**
 * Places for the nodes in a box. The same network has the same places whatever the order in which it comes: nodes and edges are sorted, the
 * forces begin from a fixed spiral, and what d3 needs of chance comes from a fixed seed.
 */
export function layout(nodes: readonly Node[], edges: readonly Edge[], width: number, height: number, radius: (node: Node) => number): Map<number, Placed> {
  const bodies: Body[] = nodes
    .filter((node): node is Node & { entity: number } => node.entity !== null)
    .map((node) => ({ id: node.entity, r: radius(node) }))
    .sort((a, b) => b.r - a.r || a.id - b.id);
  const there = new Set(bodies.map((body) => body.id));
  const links = edges
    .filter((edge) => there.has(edge.source) && there.has(edge.target))
    .map((edge) => ({ source: edge.source, target: edge.target, count: edge.count }))
    .sort((a, b) => a.source - b.source || a.target - b.target || a.count - b.count);
  const most = Math.max(1, ...links.map((link) => link.count));
  const wide = width / Math.max(1, height);
  let seed = 7;
  // Numerical Recipes' linear congruential generator.
  const chance = (): number => (seed = (seed * 1_664_525 + 1_013_904_223) % 4_294_967_296) / 4_294_967_296;
  const force = forceSimulation<Body>(bodies)
    .randomSource(chance)
    .force(
      'link',
      forceLink<Body, SimulationLinkDatum<Body> & { count: number }>(links)
        .id((body) => body.id)
        .distance((link) => 130 - 60 * Math.sqrt(link.count / most))
        .strength((link) => 0.05 + 0.35 * Math.sqrt(link.count / most)),
    )
    .force('apart', forceManyBody<Body>().strength(-420).distanceMax(700))
    .force('x', forceX<Body>(0).strength(0.05 / Math.max(0.6, wide)))
    .force('y', forceY<Body>(0).strength(0.05 * Math.max(0.6, wide)))
    .force('touch', forceCollide<Body>((body) => body.r + 16).iterations(2))
    .stop();
  force.tick(260);
  return fitted(bodies, width, height);
}

/** The same places in a box, each side filled. */
function fitted(bodies: readonly Body[], width: number, height: number): Map<number, Placed> {
  const margin = { x: 62, y: 34 };
  const xs = bodies.map((body) => body.x ?? 0);
  const ys = bodies.map((body) => body.y ?? 0);
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  const at = (value: number, low: number, high: number, size: number, edge: number): number =>
    high - low < 1 ? size / 2 : edge + ((value - low) / (high - low)) * (size - 2 * edge);
  return new Map(bodies.map((body) => [body.id, { x: at(body.x ?? 0, left, right, width, margin.x), y: at(body.y ?? 0, top, bottom, height, margin.y) }]));
}

/** The line of a relation, from edge to edge of its nodes and bent so that the way back is another; and the head of its arrow. */
export function line(from: Placed, to: Placed, fromR: number, toR: number, directed: boolean, wide: number): { d: string; head: string; middle: Placed } {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const far = Math.hypot(dx, dy) || 1;
  const bend = directed ? 0.14 : 0;
  const control = { x: (from.x + to.x) / 2 - dy * bend, y: (from.y + to.y) / 2 + dx * bend };
  const toward = (end: Placed, gap: number): Placed => {
    const long = Math.hypot(control.x - end.x, control.y - end.y) || 1;
    return { x: end.x + ((control.x - end.x) / long) * gap, y: end.y + ((control.y - end.y) / long) * gap };
  };
  const headLong = directed ? 5 + wide * 1.6 : 0;
  const start = toward(from, Math.min(fromR + 1, far / 3));
  const tip = toward(to, Math.min(toR + 2, far / 3));
  const end = toward(to, Math.min(toR + 2 + headLong, far / 2.5));
  const f = (n: number): string => n.toFixed(1);
  const d = `M${f(start.x)},${f(start.y)}Q${f(control.x)},${f(control.y)} ${f(end.x)},${f(end.y)}`;
  const along = Math.hypot(tip.x - end.x, tip.y - end.y) || 1;
  const [ux, uy] = [(tip.x - end.x) / along, (tip.y - end.y) / along];
  const half = 2.5 + wide;
  const head = directed ? `M${f(tip.x)},${f(tip.y)}L${f(end.x - uy * half)},${f(end.y + ux * half)}L${f(end.x + uy * half)},${f(end.y - ux * half)}Z` : '';
  return { d, head, middle: { x: (start.x + 2 * control.x + end.x) / 4, y: (start.y + 2 * control.y + end.y) / 4 } };
}

/** The outline of a node: people round, organisations square, places a diamond, groups a triangle, the rest a hexagon. */
export function outline(type: string, r: number): string {
  const corners = (n: number, turned: number, size = r): string =>
    `M${Array.from({ length: n }, (_, i) => {
      const angle = turned + (i * 2 * Math.PI) / n;
      return `${(size * Math.cos(angle)).toFixed(2)},${(size * Math.sin(angle)).toFixed(2)}`;
    }).join('L')}Z`;
  switch (type) {
    case 'person':
      return `M0,${-r}A${r},${r} 0 1 1 0,${r}A${r},${r} 0 1 1 0,${-r}Z`;
    case 'organization':
      return corners(4, Math.PI / 4, r * 1.25);
    case 'place':
      return corners(4, 0, r * 1.25);
    case 'group':
      return corners(3, -Math.PI / 2, r * 1.3);
    default:
      return corners(6, 0, r * 1.1);
  }
}

/** The nearest node in a direction: within 45 degrees of it, else nothing. */
export function toward(at: number, places: ReadonlyMap<number, Placed>, direction: readonly [number, number]): number | null {
  const from = places.get(at);
  if (!from) return null;
  let best: number | null = null;
  let near = Infinity;
  for (const [id, place] of places) {
    if (id === at) continue;
    const along = (place.x - from.x) * direction[0] + (place.y - from.y) * direction[1];
    const across = Math.abs((place.x - from.x) * direction[1]) + Math.abs((place.y - from.y) * direction[0]);
    if (along <= 0 || across > along) continue;
    const far = along + 2 * across;
    if (far < near) [best, near] = [id, far];
  }
  return best;
}

/** What a profile says about somebody and those they have to do with, as a network with them in the middle. */
export function ties(who: EntityRef, counterparts: Profile['counterparts'], most: number): { nodes: Node[]; edges: Edge[] } {
  const self = who.entity;
  if (self === null) return { nodes: [], edges: [] };
  const nodes: Node[] = [{ ...who, count: counterparts.reduce((sum, one) => sum + one.events, 0) }];
  const edges: Edge[] = [];
  for (const one of counterparts.filter((each) => each.who.entity !== null).slice(0, most)) {
    const other = one.who.entity as number;
    nodes.push({ ...one.who, count: one.events });
    for (const direction of ['out', 'in', 'with']) {
      const types = one.by.filter((by) => by.direction === direction).map((by) => ({ value: by.type, count: by.count }));
      if (!types.length) continue;
      const sums = new Map<Stance, number>();
      for (const type of types) sums.set(stanceOf(type.value), (sums.get(stanceOf(type.value)) ?? 0) + type.count);
      // Of equally frequent ones the sharper, as the server has it.
      const stance = STANCES.reduce((best, next) => ((sums.get(next) ?? 0) >= (sums.get(best) ?? 0) && sums.has(next) ? next : best), STANCES[0] as Stance);
      edges.push({
        source: direction === 'in' ? other : self,
        target: direction === 'in' ? self : other,
        directed: direction !== 'with',
        stance,
        count: types.reduce((sum, type) => sum + type.count, 0),
        types,
      });
    }
  }
  return { nodes, edges };
}
