import { geoEqualEarth, type GeoProjection } from 'd3-geo';
import { byQuad, QUADS } from './events';
import type { Quad } from './plover';
import type { Count } from './types';

/** How a map is looked at: `k` times as large, moved by `x` and `y` pixels. */
export interface Look {
  k: number;
  x: number;
  y: number;
}

/** Areas are true, so that states can be compared; the middle is where Arabic is spoken. */
export function projection(width: number, height: number): GeoProjection {
  return geoEqualEarth()
    .rotate([-30, 0])
    .fitExtent(
      [
        [4, 4],
        [width - 4, height - 4],
      ],
      { type: 'Sphere' },
    );
}

export const CLOSEST = 60;

/** Nearer or further, with what is under a point staying there. */
export function zoomed(look: Look, factor: number, px: number, py: number): Look {
  const k = Math.min(CLOSEST, Math.max(1, look.k * factor));
  const by = k / look.k;
  return { k, x: px - (px - look.x) * by, y: py - (py - look.y) * by };
}

/** Moved back so that something of the world is seen. */
export function kept(look: Look, width: number, height: number): Look {
  const within = (at: number, size: number): number => {
    const slack = size * 0.25;
    return Math.min(slack, Math.max(size - size * look.k - slack, at));
  };
  return { k: look.k, x: within(look.x, width), y: within(look.y, height) };
}

/** The look in which these points, each as heavy as it is, are seen: the rarest on the edges are left out. */
export function around(points: readonly { x: number; y: number; weight: number }[], width: number, height: number, share = 0.85): Look {
  if (!points.length) return { k: 1, x: 0, y: 0 };
  const edge = (of: (p: { x: number; y: number }) => number): [number, number] => {
    const sorted = [...points].sort((a, b) => of(a) - of(b));
    const total = sorted.reduce((sum, one) => sum + one.weight, 0);
    const cut = (total * (1 - share)) / 2;
    let sum = 0;
    let low = of(sorted[0] as { x: number; y: number });
    let high = of(sorted.at(-1) as { x: number; y: number });
    let found = false;
    for (const one of sorted) {
      sum += one.weight;
      if (!found && sum > cut) [low, found] = [of(one), true];
      if (sum >= total - cut) {
        high = of(one);
        break;
      }
    }
    return [low, high];
  };
  const [left, right] = edge((p) => p.x);
  const [top, bottom] = edge((p) => p.y);
  const k = Math.min(12, Math.max(1, Math.min((width * 0.8) / Math.max(1, right - left), (height * 0.75) / Math.max(1, bottom - top))));
  return kept({ k, x: width / 2 - (k * (left + right)) / 2, y: height / 2 - (k * (top + bottom)) / 2 }, width, height);
}

/** A look as the address writes it: the middle in degrees and how near. It is the same on screens of other sizes. */
export function writtenLook(look: Look, map: GeoProjection, width: number, height: number): string {
  const middle = map.invert?.([(width / 2 - look.x) / look.k, (height / 2 - look.y) / look.k]);
  if (!middle || middle.some((one) => !Number.isFinite(one))) return '';
  return `${middle[1].toFixed(3)},${middle[0].toFixed(3)},${look.k.toFixed(2)}`;
}

export function readLook(text: string, map: GeoProjection, width: number, height: number): Look | null {
  const [lat, lon, k] = text.split(',').map(Number);
  if (lat === undefined || lon === undefined || k === undefined || ![lat, lon, k].every(Number.isFinite) || Math.abs(lat) > 90 || Math.abs(lon) > 180) return null;
  const point = map([lon, lat]);
  if (!point) return null;
  const near = Math.min(CLOSEST, Math.max(1, k));
  return kept({ k: near, x: width / 2 - near * point[0], y: height / 2 - near * point[1] }, width, height);
}

/** Radius in pixels: the area says how many. */
export function radius(count: number, most: number, largest: number): number {
  return Math.max(2.5, largest * Math.sqrt(count / Math.max(1, most)));
}

/** The parts of a circle by quads, clockwise from the top; one path each. Cooperation is right of the top, conflict left, so that place tells as well. */
export function slices(types: readonly Count[], r: number): { quad: Quad; d: string }[] {
  const sums = byQuad(types);
  const total = QUADS.reduce((sum, one) => sum + sums[one], 0);
  const out: { quad: Quad; d: string }[] = [];
  let from = 0;
  for (const quad of QUADS) {
    const part = sums[quad];
    if (!part) continue;
    if (part === total) return [{ quad, d: `M0,${-r}A${r},${r} 0 1 1 0,${r}A${r},${r} 0 1 1 0,${-r}Z` }];
    const to = from + (part / total) * 2 * Math.PI;
    const at = (angle: number): string => `${(r * Math.sin(angle)).toFixed(2)},${(-r * Math.cos(angle)).toFixed(2)}`;
    out.push({ quad, d: `M0,0L${at(from)}A${r.toFixed(2)},${r.toFixed(2)} 0 ${to - from > Math.PI ? 1 : 0} 1 ${at(to)}Z` });
    from = to;
  }
  return out;
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Which of these labels can be written without one lying on another; the first ones have precedence. */
export function apart<L extends Box>(labels: readonly L[], most: number): L[] {
  const out: L[] = [];
  for (const one of labels) {
    if (out.length >= most) break;
    if (out.every((other) => one.x + one.width <= other.x || other.x + other.width <= one.x || one.y + one.height <= other.y || other.y + other.height <= one.y)) out.push(one);
  }
  return out;
}
