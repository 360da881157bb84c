import { utcTicks } from 'd3-time';

/** Days are counted from 1970-01-01, which is 0, in UTC: a day of publication is the same day for every reader. A span has both of its days. */
export type Span = readonly [first: number, last: number];

const MS = 86_400_000;

export function dayNumber(written: string): number {
  return Math.floor(Date.parse(`${written}T00:00:00Z`) / MS);
}

export function written(day: number): string {
  return new Date(day * MS).toISOString().slice(0, 10);
}

export const dateOf = (day: number): Date => new Date(day * MS);

/** The days of a year, a month or a day as the address writes it; null where it is none. */
export function days(text: string): Span | null {
  const [, y, m, d] = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(text) ?? [];
  if (!y) return null;
  const first = dayNumber(`${y}-${m ?? '01'}-${d ?? '01'}`);
  if (Number.isNaN(first)) return null;
  const date = dateOf(first);
  // 30 February is read as 2 March: it is no day.
  if (d && date.getUTCDate() !== Number(d)) return null;
  if (d) return [first, first];
  if (m) date.setUTCMonth(date.getUTCMonth() + 1);
  else date.setUTCFullYear(date.getUTCFullYear() + 1);
  return [first, Math.round(date.getTime() / MS) - 1];
}

/** The span from the beginning of one to the end of the other; an open side is that of `whole`. */
export function spanOf(from: string, to: string, whole: Span): Span | null {
  const first = days(from);
  const last = days(to);
  if (!first && !last) return null;
  const span: Span = [first ? first[0] : whole[0], last ? last[1] : whole[1]];
  return span[0] <= span[1] ? span : null;
}

/** A span as the address writes it: whole years and months by their names. */
export function spanState([first, last]: Span): { from: string; to: string } {
  const [a, b] = [written(first), written(last)];
  const next = written(last + 1);
  if (a.endsWith('-01-01') && next.endsWith('-01-01')) return { from: a.slice(0, 4), to: b.slice(0, 4) };
  if (a.endsWith('-01') && next.endsWith('-01')) return { from: a.slice(0, 7), to: b.slice(0, 7) };
  return { from: a, to: b };
}

/** A period of a time line with what is counted in it. */
export interface Counted {
  start: string;
  end: string;
  total: number;
}

/**
 * The shortest stretch of periods that holds so much of the events (a share of 1). Reports tell of old wars and of plans for years to come:
 * drawn from the first to the last, what happened would be one thin line. Null where there is nothing.
 */
export function mainSpan(periods: readonly Counted[], share = 0.9): Span | null {
  const total = periods.reduce((sum, one) => sum + one.total, 0);
  if (!total) return null;
  let best: Span | null = null;
  let sum = 0;
  let begin = 0;
  for (const one of periods) {
    sum += one.total;
    for (let first = periods[begin]; first && sum - first.total >= share * total; first = periods[++begin]) sum -= first.total;
    if (sum < share * total) continue;
    const span: Span = [dayNumber((periods[begin] as Counted).start), dayNumber(one.end)];
    if (!best || span[1] - span[0] < best[1] - best[0]) best = span;
  }
  return best;
}

/** All the days between the first period and the last. */
export function wholeSpan(periods: readonly Counted[]): Span | null {
  const first = periods[0];
  const last = periods.at(-1);
  return first && last ? [dayNumber(first.start), dayNumber(last.end)] : null;
}

/** How many events lie wholly before and after a span. */
export function outside(periods: readonly Counted[], [first, last]: Span): { before: number; after: number } {
  let before = 0;
  let after = 0;
  for (const one of periods) {
    if (dayNumber(one.end) < first) before += one.total;
    else if (dayNumber(one.start) > last) after += one.total;
  }
  return { before, after };
}

export type Step = 'day' | 'week' | 'month' | 'year';

/** The days of the period that a day lies in; weeks begin on Monday, as the server's do. */
export function period(day: number, by: Step): Span {
  if (by === 'day') return [day, day];
  if (by === 'week') {
    // 1970-01-01 was a Thursday.
    const back = (((day + 3) % 7) + 7) % 7;
    return [day - back, day - back + 6];
  }
  return days(written(day).slice(0, by === 'month' ? 7 : 4)) as Span;
}

/** The span from the period of one day to that of another, in either order. */
export function snapped(a: number, b: number, by: Step, whole: Span): Span {
  const first = period(Math.min(a, b), by)[0];
  const last = period(Math.max(a, b), by)[1];
  return [Math.max(first, whole[0]), Math.min(last, whole[1])];
}

/** One period further or back, for the edge of a span that begins or ends with periods. */
export function stepped(day: number, by: Step, steps: number, edge: 'first' | 'last'): number {
  let at = day;
  for (let i = 0; i < Math.abs(steps); i++) {
    const here = period(at, by);
    // An edge within a period moves to that period's own edge first.
    if (steps > 0) at = edge === 'first' ? here[1] + 1 : here[1] > at ? here[1] : period(at + 1, by)[1];
    else at = edge === 'first' ? (here[0] < at ? here[0] : period(at - 1, by)[0]) : here[0] - 1;
  }
  return at;
}

/** Where the axis is marked, and how finely the marks are told. */
export function marks([first, last]: Span, most: number): { at: Date; finest: Step }[] {
  const ticks = utcTicks(dateOf(first), dateOf(last + 1), Math.max(2, most)).filter((at) => at.getTime() % MS === 0);
  const finest: Step = ticks.some((at) => at.getUTCDate() !== 1) ? 'day' : ticks.some((at) => at.getUTCMonth() !== 0) ? 'month' : 'year';
  return ticks.map((at) => ({ at, finest }));
}
