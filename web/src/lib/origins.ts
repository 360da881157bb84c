import type { CopyGroup, Wording } from './types';

/** Wordings that have it from the same place: through whom, if they say so, and who printed it. */
export interface Origin {
  number: number;
  via: Wording['via'];
  medium: string | null;
  /** Whose text it is, where the papers carry one text. */
  source: string | null;
  wordings: Wording[];
}

/** Of an origin's wordings those that are drawn: of each outlet the first, as long as there is room; and how many are left out. */
export function drawn(wordings: readonly Wording[], room: number): { shown: Wording[]; more: number } {
  if (wordings.length <= room) return { shown: [...wordings], more: 0 };
  const outlets = new Set<string | null>();
  const shown = wordings.filter((wording) => {
    if (outlets.has(wording.report.outlet) || outlets.size >= room) return false;
    outlets.add(wording.report.outlet);
    return true;
  });
  return { shown, more: wordings.length - shown.length };
}

/** Wordings by origin, in the order in which each was told first; within one, as they were given. */
export function origins(wordings: readonly Wording[], copies: readonly CopyGroup[] = []): Origin[] {
  const found = new Map<number, Origin>();
  for (const wording of wordings) {
    let origin = found.get(wording.origin);
    if (!origin) {
      origin = { number: wording.origin, via: [], medium: null, source: null, wordings: [] };
      found.set(wording.origin, origin);
    }
    origin.wordings.push(wording);
    // The longest way that any of them tells is the one that is shown: others leave out what the reader can guess.
    if (wording.via.length > origin.via.length) origin.via = wording.via;
    origin.medium ??= wording.medium;
  }
  for (const origin of found.values()) {
    const copied = copies.find((copy) => origin.wordings.filter((wording) => wording.copy === copy.copy).length > 1);
    origin.source = copied?.source.outlet ?? null;
  }
  return [...found.values()];
}
