import { count, label, number, t, ui } from './i18n.svelte';

const DAY = /^(\d{4})-(\d{2})-(\d{2})/;

/** A day (`2023-03-17`), month (`2023-03`) or year, in words of the language. What is none of these stays as it is. */
export function day(written: string | null | undefined, style: 'long' | 'short' = 'short'): string {
  if (!written) return t('report.undated');
  const month = style === 'long' ? 'long' : 'short';
  const [, y, m, d] = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(written) ?? [];
  if (!y) return written;
  const date = new Date(Date.UTC(Number(y), m ? Number(m) - 1 : 0, d ? Number(d) : 1));
  if (Number.isNaN(date.getTime())) return written;
  // A fixed zone: a day of publication is the same day for every reader.
  const parts: Intl.DateTimeFormatOptions = { timeZone: 'UTC', year: 'numeric' };
  if (m) parts.month = month;
  if (d) parts.day = 'numeric';
  if (d && style === 'long') parts.weekday = 'long';
  return new Intl.DateTimeFormat(ui.locale, parts).format(date);
}

/** What a TIMEX3 value says: days, months and years in words, the rest as it is written. */
export function timex(value: string | null | undefined): string {
  if (!value) return t('state.unknown');
  if (/^\d{4}(-\d{2}){0,2}$/.test(value)) return day(value, 'long');
  const [, date, clock] = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})/.exec(value) ?? [];
  if (date && clock) return `${day(date, 'long')}, ${clock}`;
  return DAY.test(value) ? `${day(value.slice(0, 10), 'long')} (${value.slice(10)})` : value;
}

/** The type of an event with its mode: what PLOVER calls it. */
export function eventName(type: string, mode: string | null | undefined): string {
  return mode ? `${label('type', type)} · ${label('mode', mode)}` : label('type', type);
}

/** A number of dead, wounded or arrested, as it is told: "at least 5". */
export function figure(what: string, n: number, bound: string): string {
  if (what !== 'dead' && what !== 'injured' && what !== 'arrested') return `${what} ${number(n)}`;
  return label('bound', bound).replace('{n}', count(what, n));
}

export const percent = (share: number): string => number(share, { style: 'percent', maximumFractionDigits: 0 });

/** The name of a state by its ISO 3166-1 alpha-3 code, where the browser knows it by alpha-2. */
export function country(code: string | null | undefined): string {
  if (!code) return '';
  const short = ALPHA2[code];
  if (!short) return code;
  try {
    return new Intl.DisplayNames([ui.locale], { type: 'region' }).of(short) ?? code;
  } catch {
    return code;
  }
}

// Intl knows states by two letters only: three letters and two of each.
const ALPHA2: Record<string, string> = Object.fromEntries(
  (
    'AFGAF ALBAL DZADZ ANDAD AGOAO ARGAR ARMAM AUSAU AUTAT AZEAZ BHRBH BGDBD BLRBY BELBE BENBJ BTNBT BOLBO BIHBA BWABW BRABR BRNBN BGRBG BFABF BDIBI KHMKH CMRCM CANCA CPVCV CAFCF TCDTD CHLCL CHNCN COLCO COMKM COGCG CODCD CRICR CIVCI HRVHR CUBCU CYPCY CZECZ DNKDK DJIDJ DOMDO ECUEC EGYEG SLVSV GNQGQ ERIER ESTEE SWZSZ ETHET FJIFJ FINFI FRAFR GABGA GMBGM GEOGE DEUDE GHAGH GRCGR GTMGT GINGN GNBGW GUYGY HTIHT HNDHN HUNHU ISLIS INDIN IDNID IRNIR IRQIQ IRLIE ISRIL ITAIT JAMJM JPNJP JORJO KAZKZ KENKE KWTKW KGZKG LAOLA LVALV LBNLB LSOLS LBRLR LBYLY LIELI LTULT LUXLU MDGMG MWIMW MYSMY MDVMV MLIML MLTMT MRTMR MUSMU MEXMX MDAMD MCOMC MNGMN MNEME MARMA MOZMZ MMRMM NAMNA NPLNP NLDNL NZLNZ NICNI NERNE NGANG PRKKP MKDMK NORNO OMNOM PAKPK PSEPS PANPA PNGPG PRYPY PERPE PHLPH POLPL PRTPT QATQA ROURO RUSRU RWARW SAUSA SENSN SRBRS SLESL SGPSG SVKSK SVNSI SOMSO ZAFZA KORKR SSDSS ESPES LKALK SDNSD SURSR SWESE CHECH SYRSY TWNTW TJKTJ TZATZ THATH TLSTL TGOTG TUNTN TURTR TKMTM UGAUG UKRUA AREAE GBRGB USAUS URYUY UZBUZ VATVA VENVE VNMVN YEMYE ZMBZM ZWEZW'
  )
    .split(' ')
    .map((five) => [five.slice(0, 3), five.slice(3)]),
);
