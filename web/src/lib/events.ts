import { quad, TYPES, type Quad } from './plover';
import type { Count } from './types';

/** What events can be chosen by. The names are those of the API and stand in the address, so that one choice serves every view of events. */
export const CHOICES = ['type', 'mode', 'status', 'actor', 'recipient', 'participant', 'with', 'place', 'from', 'to'] as const;
export type Choice = (typeof CHOICES)[number];
export type Chosen = Record<Choice, string>;

/** Choices that say who or where; each holds the number of an entity or a name. */
export const WHO = ['participant', 'with', 'actor', 'recipient', 'place'] as const;

/** What an address chooses, as the API is asked. */
export function chosenIn(query: URLSearchParams): Chosen {
  return Object.fromEntries(CHOICES.map((name) => [name, query.get(name) ?? ''])) as Chosen;
}

/** The same without some of the choices. */
export function without(chosen: Chosen, ...names: Choice[]): Chosen {
  return { ...chosen, ...Object.fromEntries(names.map((name) => [name, ''])) };
}

/** Values that are joined by commas. */
export const listed = (joined: string): string[] => joined.split(',').filter(Boolean);

/** The list with a value put in or taken out, in the order of `all`, so that one choice has one address. */
export function switched(joined: string, value: string, all: readonly string[]): string {
  const now = new Set(listed(joined));
  if (!now.delete(value)) now.add(value);
  return [...now].sort((a, b) => all.indexOf(a) - all.indexOf(b)).join(',');
}

/** Modes by type, as PLOVER has them. */
export const MODES: Record<string, readonly string[]> = {
  CONSULT: ['visit', 'third-party', 'multilateral', 'phone'],
  RETREAT: ['withdraw', 'release', 'disarm', 'ceasefire', 'access', 'resign'],
  REQUEST: ['assist', 'change', 'yield', 'meet'],
  ACCUSE: ['disapprove', 'investigate', 'allege'],
  REJECT: ['assist', 'change', 'yield', 'meet'],
  THREATEN: ['restrict', 'arrest', 'relations', 'expel', 'territory', 'violence'],
  PROTEST: ['demo', 'riot', 'strike', 'hunger', 'boycott', 'obstruct', 'vandalize'],
  SANCTION: ['convict', 'expel', 'withdraw', 'discontinue'],
  MOBILIZE: ['troops', 'weapons', 'police', 'militia'],
  COERCE: ['seize', 'restrict', 'censor', 'curfew', 'martial-law', 'arrest', 'deport', 'withhold', 'misinformation', 'cyber'],
  ASSAULT: [
    'abduct', 'beat', 'torture', 'sexual', 'targeted', 'destroy', 'primitive', 'firearms', 'explosives', 'suicide-attack', 'aerial', 'drone',
    'heavy-weapons', 'crowd-control', 'unconventional',
  ],
};

/** The modes that events of these types can have, each once. */
export function modesOf(types: readonly string[]): string[] {
  return [...new Set(types.flatMap((type) => MODES[type] ?? []))];
}

/** The quads, from what brings together to what drives apart. */
export const QUADS: readonly Quad[] = ['material-cooperation', 'verbal-cooperation', 'verbal-conflict', 'material-conflict'];

export const typesOf = (of: Quad): string[] => TYPES.filter((type) => quad(type) === of);

/** How many events each quad has. */
export function byQuad(types: readonly Count[]): Record<Quad, number> {
  const sums: Record<Quad, number> = { 'material-cooperation': 0, 'verbal-cooperation': 0, 'verbal-conflict': 0, 'material-conflict': 0 };
  for (const one of types) sums[quad(one.value)] += one.count;
  return sums;
}
