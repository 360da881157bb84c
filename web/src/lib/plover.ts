/** The types of PLOVER, in its order: from what brings together to what drives apart. */
export const TYPES = [
  'AGREE', 'CONSULT', 'SUPPORT', 'CONCEDE', 'COOPERATE', 'AID', 'RETREAT', 'REQUEST', 'ACCUSE', 'REJECT', 'THREATEN', 'PROTEST', 'SANCTION',
  'MOBILIZE', 'COERCE', 'ASSAULT',
] as const;

export const STATUSES = ['happened', 'ongoing', 'planned', 'called_for', 'possible', 'denied'] as const;

export type Quad = 'verbal-cooperation' | 'material-cooperation' | 'verbal-conflict' | 'material-conflict';

/** Which of the four quads a type belongs to. */
export function quad(type: string): Quad {
  const at = TYPES.findIndex((one) => one === type);
  if (at < 4) return 'verbal-cooperation';
  if (at < 7) return 'material-cooperation';
  return at < 11 ? 'verbal-conflict' : 'material-conflict';
}

export const conflict = (type: string): boolean => quad(type).endsWith('conflict');
