import type { CodePoints } from './text';

/** What a stretch of text can be marked as. */
export type Layer = 'statement' | 'cue' | 'entity' | 'event' | 'figure' | 'time' | 'note' | 'debris';

/** A stretch of the text that an annotation rests on, in code points, end exclusive. */
export interface Mark {
  /** Of the annotation in its record (`e1`, `s2`, `v3`); an annotation may have many marks. */
  id: string;
  layer: Layer;
  start: number;
  end: number;
}

/** A stretch of text throughout which the same marks hold. */
export interface Segment {
  start: number;
  end: number;
  text: string;
  /** The marks that cover it, innermost first. */
  marks: Mark[];
}

/** More marks than this on one character are not told apart by anybody; text made to harm may have thousands. */
const DEEPEST = 12;

/**
 * Cuts a part of a text into segments, at every beginning and end of a mark. Marks may overlap in any way; what lies outside of the
 * part is cut off.
 */
export function segments(text: CodePoints, marks: readonly Mark[], from = 0, to = text.length): Segment[] {
  const within = marks
    .filter((mark) => mark.start < to && mark.end > from && mark.start < mark.end)
    // Of those that begin together the longer one is the outer.
    .sort((a, b) => a.start - b.start || b.end - a.end);
  const cuts = new Set([from, to]);
  for (const mark of within) {
    cuts.add(Math.max(mark.start, from));
    cuts.add(Math.min(mark.end, to));
  }
  const places = [...cuts].sort((a, b) => a - b);

  const result: Segment[] = [];
  let open: Mark[] = [];
  let next = 0;
  for (let i = 0; i + 1 < places.length; i++) {
    const start = places[i] as number;
    const end = places[i + 1] as number;
    for (let mark = within[next]; mark && mark.start <= start; mark = within[++next]) open.push(mark);
    const here: Mark[] = [];
    let closed = 0;
    for (let k = open.length - 1; k >= 0 && here.length < DEEPEST; k--) {
      const mark = open[k] as Mark;
      if (mark.end > start) here.push(mark);
      else closed++;
    }
    if (closed > 16) open = open.filter((mark) => mark.end > start);
    result.push({ start, end, text: text.slice(start, end), marks: here });
  }
  return result;
}

/** The paragraphs of a part of a text: stretches between line breaks, without them; empty ones are left out. */
export function paragraphs(text: CodePoints, from = 0, to = text.length): { start: number; end: number }[] {
  const result: { start: number; end: number }[] = [];
  const last = text.unit(to);
  let unit = text.unit(from);
  let start = from;
  while (unit <= last) {
    const found = text.text.indexOf('\n', unit);
    const stop = found < 0 || found >= last ? last : found;
    const end = stop === last ? to : text.point(stop);
    if (end > start) result.push({ start, end });
    unit = stop + 1;
    start = end + 1;
  }
  return result;
}
