import { describe, expect, it } from 'vitest';
import { dayNumber, days, mainSpan, marks, outside, period, snapped, spanOf, spanState, stepped, wholeSpan, written, type Span } from './days';

const D = dayNumber;

describe('days', () => {
  it('reads years, months and days', () => {
    expect(days('2020-02')).toEqual([D('2020-02-01'), D('2020-02-29')]);
    expect(days('2019')).toEqual([D('2019-01-01'), D('2019-12-31')]);
    expect(days('2019-04-07')).toEqual([D('2019-04-07'), D('2019-04-07')]);
    expect(days('0256')).toEqual([D('0256-01-01'), D('0256-12-31')]);
    for (const none of ['', '19', '2019-13', '2019-02-30', 'yesterday']) expect(days(none), none).toBeNull();
  });

  it('writes what it reads', () => {
    for (const text of ['2019', '2019-04', '2019-04-07', '1067']) {
      const { from, to } = spanState(days(text) as Span);
      expect([from, to]).toEqual([text, text]);
    }
    expect(spanState([D('2019-01-01'), D('2020-12-31')])).toEqual({ from: '2019', to: '2020' });
    expect(spanState([D('2019-01-01'), D('2020-03-31')])).toEqual({ from: '2019-01', to: '2020-03' });
    expect(written(-1)).toBe('1969-12-31');
  });

  it('an open side is that of the whole', () => {
    const whole: Span = [D('2018-01-01'), D('2020-12-31')];
    expect(spanOf('2019', '', whole)).toEqual([D('2019-01-01'), whole[1]]);
    expect(spanOf('', '2019', whole)).toEqual([whole[0], D('2019-12-31')]);
    expect(spanOf('', '', whole)).toBeNull();
    expect(spanOf('2020', '2019', whole)).toBeNull();
  });
});

describe('the main span', () => {
  const year = (y: number, total: number) => ({ start: `${String(y).padStart(4, '0')}-01-01`, end: `${String(y).padStart(4, '0')}-12-31`, total });
  const periods = [year(256, 1), year(1948, 4), year(2015, 40), year(2017, 2), year(2018, 160), year(2040, 1)];

  it('leaves out what is far and rare', () => {
    const span = mainSpan(periods) as Span;
    expect(span).toEqual([D('2015-01-01'), D('2018-12-31')]);
    expect(outside(periods, span)).toEqual({ before: 5, after: 1 });
  });
  it('is everything where everything is asked for', () => {
    expect(mainSpan(periods, 1)).toEqual(wholeSpan(periods));
    expect(mainSpan([])).toBeNull();
    expect(mainSpan([year(2018, 0)])).toBeNull();
    expect(mainSpan([year(2018, 3)])).toEqual([D('2018-01-01'), D('2018-12-31')]);
  });
});

describe('periods', () => {
  it('begin as the calendar has them', () => {
    expect(period(D('2018-04-07'), 'week')).toEqual([D('2018-04-02'), D('2018-04-08')]);
    expect(period(D('1969-12-28'), 'week')).toEqual([D('1969-12-22'), D('1969-12-28')]);
    expect(period(D('2020-02-10'), 'month')).toEqual([D('2020-02-01'), D('2020-02-29')]);
    expect(period(D('2020-02-10'), 'year')).toEqual([D('2020-01-01'), D('2020-12-31')]);
  });
  it('a stroke chooses whole periods, in either direction', () => {
    const whole: Span = [D('2018-01-01'), D('2018-12-31')];
    const there = snapped(D('2018-02-10'), D('2018-04-02'), 'month', whole);
    expect(there).toEqual([D('2018-02-01'), D('2018-04-30')]);
    expect(snapped(D('2018-04-02'), D('2018-02-10'), 'month', whole)).toEqual(there);
    expect(snapped(D('2017-12-31'), D('2018-01-01'), 'week', whole)[0]).toBe(whole[0]);
  });
  it('edges go from one period to the next and back', () => {
    const first = D('2018-03-01');
    expect(stepped(first, 'month', 1, 'first')).toBe(D('2018-04-01'));
    expect(stepped(first, 'month', -1, 'first')).toBe(D('2018-02-01'));
    const last = D('2018-03-31');
    expect(stepped(last, 'month', 1, 'last')).toBe(D('2018-04-30'));
    expect(stepped(last, 'month', -1, 'last')).toBe(D('2018-02-28'));
    expect(stepped(D('2018-03-10'), 'month', 1, 'last')).toBe(D('2018-03-31'));
    for (const by of ['day', 'week', 'month', 'year'] as const) {
      const edge = period(D('2018-05-05'), by);
      expect(stepped(stepped(edge[0], by, 3, 'first'), by, -3, 'first'), by).toBe(edge[0]);
      expect(stepped(stepped(edge[1], by, 3, 'last'), by, -3, 'last'), by).toBe(edge[1]);
    }
  });
  it('marks are days and lie within', () => {
    for (const span of [[D('2018-01-01'), D('2018-01-03')], [D('2015-01-01'), D('2018-12-31')], [D('0256-01-01'), D('2040-12-31')]] as Span[]) {
      const all = marks(span, 8);
      expect(all.length).toBeGreaterThan(1);
      expect(all.length).toBeLessThan(18);
      for (const { at } of all) {
        expect(at.getTime() / 86_400_000).toBeGreaterThanOrEqual(span[0]);
        expect(at.getTime() / 86_400_000).toBeLessThanOrEqual(span[1] + 1);
      }
    }
  });
});
