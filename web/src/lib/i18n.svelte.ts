import type { Labels, en } from './labels/en';
import { remember, remembered } from './memory';

/** The two languages of the interface. Reports are Arabic in both. */
export type Language = 'en' | 'ar';

type Ui = keyof (typeof en)['ui'];
export type Counted = keyof (typeof en)['count'];
/** The closed vocabularies that have labels. */
export type Vocabulary = Exclude<keyof Labels, 'ui' | 'count'>;

class Interface {
  language = $state<Language>('en');
  labels = $state.raw<Labels>({} as Labels);

  get dir(): 'ltr' | 'rtl' {
    return this.language === 'ar' ? 'rtl' : 'ltr';
  }
  /** For Intl: both languages write the digits and the calendar that reports have. */
  get locale(): string {
    return this.language === 'ar' ? 'ar-EG-u-nu-latn-ca-gregory' : 'en-GB';
  }

  async use(language: Language): Promise<void> {
    this.labels = language === 'ar' ? (await import('./labels/ar')).ar : (await import('./labels/en')).en;
    this.language = language;
    document.documentElement.lang = language;
    document.documentElement.dir = this.dir;
    remember('language', language);
  }

  /** The language that the address asks for, else the one of last time, else the browser's. */
  static wanted(): Language {
    const asked = new URLSearchParams(location.search).get('lang') ?? remembered('language') ?? navigator.language;
    return asked.startsWith('ar') ? 'ar' : 'en';
  }
}

export const ui = new Interface();
export const wantedLanguage = Interface.wanted;

/** A text of the interface; `{name}` stands for what is put in. */
export function t(key: Ui, put: Record<string, string | number> = {}): string {
  return filled(ui.labels.ui[key], put);
}

/** A number of things, in the form that the language has for that number. */
export function count(what: Counted, n: number): string {
  const forms = ui.labels.count[what];
  const form = forms[new Intl.PluralRules(ui.language).select(n)] ?? forms.other;
  return filled(form, { n: number(n) });
}

/** The label of a word of a closed vocabulary; the word itself where a newer reader has made one that this page does not know. */
export function label(vocabulary: Vocabulary, word: string | null | undefined): string {
  if (!word) return t('state.unknown');
  return (ui.labels[vocabulary] as Record<string, string>)[word] ?? word;
}

export function number(n: number, options: Intl.NumberFormatOptions = {}): string {
  return new Intl.NumberFormat(ui.locale, options).format(n);
}

function filled(text: string, put: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in put ? String(put[name]) : whole));
}
