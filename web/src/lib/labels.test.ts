import { describe, expect, it } from 'vitest';
import { ar } from './labels/ar';
import { en, type Labels } from './labels/en';

const keys = (of: object): string[] =>
  Object.entries(of).flatMap(([key, value]) => (typeof value === 'object' && value ? keys(value as object).map((k) => `${key}.${k}`) : [key]));
const without = (labels: object): object => ({ ...labels, count: Object.keys((labels as Labels).count) });

describe('labels', () => {
  it('have the same keys in both languages', () => {
    expect(keys(without(ar)).sort()).toEqual(keys(without(en)).sort());
  });
  it('put in the same things', () => {
    const put = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();
    for (const key of Object.keys(en.ui) as (keyof typeof en.ui)[]) expect(put(ar.ui[key]), key).toEqual(put(en.ui[key]));
  });
  it('have every form of number that the language has', () => {
    for (const [language, labels] of [['en', en], ['ar', ar]] as const) {
      const rules = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
      for (const [key, forms] of Object.entries(labels.count)) expect(Object.keys(forms).sort(), key).toEqual([...rules].sort());
    }
  });
  it('are there for all of PLOVER', () => {
    expect(Object.keys(en.type)).toHaveLength(16);
    expect(Object.keys(en.act)).toHaveLength(18);
    expect(Object.keys(en.status)).toEqual(['happened', 'ongoing', 'planned', 'called_for', 'possible', 'denied']);
    for (const text of [...Object.values(ar.type), ...Object.values(ar.mode), ...Object.values(ar.act)]) expect(text).toMatch(/[\u0621-\u064a]/);
  });
});
