import { dateOf, spanState, type Span, type Step } from './days';
import { day } from './format';
import { ui } from './i18n.svelte';

/** A stretch of days in words: one day, month or year by its name, else from and to. */
export function spanName(span: Span): string {
  const { from, to } = spanState(span);
  return from === to ? day(from) : `${day(from)} – ${day(to)}`;
}

/** What a mark of an axis says: a year where one begins, else its month or day. */
export function axisDay(at: Date, finest: Step): string {
  const format = (parts: Intl.DateTimeFormatOptions): string => new Intl.DateTimeFormat(ui.locale, { timeZone: 'UTC', ...parts }).format(at);
  if (finest === 'year' || (finest === 'month' && at.getUTCMonth() === 0)) return format({ year: 'numeric' });
  if (finest === 'month') return format({ month: 'short', year: 'numeric' });
  return format({ day: 'numeric', month: 'short' });
}

/** A period of a time line by its name. */
export function periodName(start: string, end: string): string {
  const first = Math.floor(Date.parse(`${start}T00:00:00Z`) / 86_400_000);
  const last = Math.floor(Date.parse(`${end}T00:00:00Z`) / 86_400_000);
  return Number.isNaN(dateOf(first).getTime()) ? start : spanName([first, last]);
}
