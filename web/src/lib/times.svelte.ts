import { api } from './api';
import { mainSpan, spanOf, spanState, wholeSpan, outside, type Span, type Step } from './days';
import { chosenIn, without } from './events';
import { Loaded } from './loaded.svelte';
import { router } from './router.svelte';
import type { Timeline } from './types';

/** By these lengths (days) the server takes days or weeks, and years; between them months, which are there already. */
const BY_WEEK = 731;
const BY_MONTH = 7_305;

/**
 * When the chosen events happened, and which stretch of it is chosen, as every view of events shows it: the time in which most of them lie,
 * in bars as fine as it allows. Must be made while a component is made.
 */
export class Times {
  readonly months: Loaded<Timeline>;
  private readonly finer: Loaded<Timeline>;
  private readonly asked = $derived(without(chosenIn(router.query), 'from', 'to'));

  constructor() {
    this.months = new Loaded<Timeline>(() => api.timeline({ ...this.asked, by: 'month' }));
    this.finer = new Loaded<Timeline>(() => {
      const span = this.span;
      const length = span ? span[1] - span[0] : 0;
      if (!span || (length > BY_WEEK && length <= BY_MONTH)) return '' as ReturnType<typeof api.timeline>;
      return api.timeline({ ...this.asked, ...spanState(span) });
    });
  }

  /** Whether all the time is shown, also that in which little lies. */
  readonly all = $derived(router.get('all') === '1');
  readonly whole: Span | null = $derived.by(() => wholeSpan(this.months.value?.periods ?? []));

  /** What is chosen; null for everything. */
  readonly chosen: Span | null = $derived.by(() => {
    const whole = this.whole;
    return whole ? spanOf(router.get('from'), router.get('to'), whole) : null;
  });

  /** What is drawn. */
  readonly span: Span | null = $derived.by(() => {
    const whole = this.whole;
    if (!whole) return null;
    const main = mainSpan(this.months.value?.periods ?? []) ?? whole;
    // Where little is gained, nothing is left out.
    if (this.all || main[1] - main[0] > (whole[1] - whole[0]) / 2) return whole;
    const chosen = this.chosen;
    return chosen ? [Math.min(main[0], Math.max(chosen[0], whole[0])), Math.max(main[1], Math.min(chosen[1], whole[1]))] : main;
  });

  /** Whether what is drawn is most of it and not all. */
  readonly main = $derived.by(() => this.chosen === null && this.left.before + this.left.after > 0);

  /** The days that lists of events keep to: what is chosen, else what is drawn, so that they do not begin with plans for years to come. */
  readonly listed = $derived.by(() => {
    if (router.get('from') || router.get('to')) return { from: router.get('from'), to: router.get('to') };
    return this.main && this.span ? spanState(this.span) : { from: '', to: '' };
  });

  /** What is drawn of it; the months until the finer ones are there. */
  readonly drawn: Timeline | null = $derived.by(() => this.finer.value ?? this.months.value ?? null);
  readonly step: Step = $derived.by(() => this.drawn?.by ?? 'month');
  readonly left = $derived.by(() => (this.span ? outside(this.months.value?.periods ?? [], this.span) : { before: 0, after: 0 }));

  /** Chooses a stretch of time; null chooses everything. */
  choose = (span: Span | null, replace = false): void => {
    router.set(span ? spanState(span) : { from: null, to: null }, replace);
  };
}
