import type * as T from './types';

/** What the server said instead of an answer, as problem+json; or what came in its place. */
export class Problem extends Error {
  constructor(
    /** HTTP status; 0 where the server did not answer. */
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    /** What to do, as the server says. */
    readonly hint = '',
  ) {
    super(detail || title);
  }
}

/** Answers of this visit, so that the way back shows at once what was there. The oldest go first. */
const answers = new Map<string, unknown>();
const KEPT = 60;

export function known<A>(path: string): A | undefined {
  return answers.get(path) as A | undefined;
}

export async function get<A>(path: string, signal?: AbortSignal): Promise<A> {
  const before = known<A>(path);
  if (before !== undefined) return before;
  let response: Response;
  try {
    response = await fetch(path, { headers: { accept: 'application/json' }, signal: signal ?? null });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Problem(0, 'no answer', String(error));
  }
  if (!response.ok) {
    const told = (await response.json().catch(() => ({}))) as { title?: string; detail?: string; hint?: string };
    throw new Problem(response.status, told.title ?? response.statusText, told.detail ?? '', told.hint ?? '');
  }
  const answer = (await response.json().catch(() => {
    throw new Problem(502, 'not JSON', path);
  })) as A;
  answers.set(path, answer);
  if (answers.size > KEPT) answers.delete(answers.keys().next().value as string);
  return answer;
}

type Asked = Record<string, string | number | null | undefined | readonly string[]>;

function path(rest: string, asked: Asked = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(asked)) {
    if (value === null || value === undefined || value === '') continue;
    if (typeof value === 'object') for (const one of value) query.append(name, one);
    else query.append(name, String(value));
  }
  const written = query.toString();
  return `/api/v1/${rest}${written ? `?${written}` : ''}`;
}

/** The addresses under which the server answers, each with the type of its answer. */
export const api = {
  about: () => path('about') as Path<T.Server>,
  search: (asked: { q: string; in: T.SearchIn; cursor?: string | null; limit?: number }) => path('search', asked) as Path<T.SearchPage>,
  report: (id: string | number, version?: string | number) => path(`reports/${id}`, { version }) as Path<T.Report>,
  citation: (id: string | number, asked: { start: number; end: number; version?: string | number }) =>
    path(`citations/report/${id}`, asked) as Path<T.Citation>,
  entity: (id: string | number) => path(`entities/${id}`) as Path<T.Entity>,
  entityProfile: (id: string | number) => path(`entities/${id}/profile`) as Path<T.Profile>,
  entityStatements: (id: string | number, asked: Asked = {}) => path(`entities/${id}/statements`, asked) as Path<T.StatementPage>,
  entityEvents: (id: string | number, asked: Asked = {}) => path(`entities/${id}/events`, asked) as Path<T.EventPage>,
  utterance: (id: string | number) => path(`utterances/${id}`) as Path<T.Utterance>,
  happening: (id: string | number) => path(`happenings/${id}`) as Path<T.Happening>,
  events: (asked: Asked) => path('events', asked) as Path<T.EventPage>,
  timeline: (asked: Asked) => path('timeline', asked) as Path<T.Timeline>,
  map: (asked: Asked) => path('map', asked) as Path<T.PlacePage>,
  network: (asked: Asked) => path('network', asked) as Path<T.Network>,
};

/** An address with the type of what stands there. */
export type Path<A> = string & { readonly answer?: A };
