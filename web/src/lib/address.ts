/** What an address says behind its `?`. An empty value is left out. */
export type State = Record<string, string | number | boolean | null | undefined | readonly string[]>;

/** An address of this page. Values keep the order in which they are given, so that one state has one address. */
export function address(path: string, state: State = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(state)) {
    if (value === null || value === undefined || value === '' || value === false) continue;
    if (typeof value === 'object') for (const one of value) query.append(name, one);
    else query.append(name, value === true ? '1' : String(value));
  }
  const written = query.toString();
  return written ? `${path}?${written}` : path;
}

/** The address with some of its state changed. */
export function changed(path: string, search: string, change: State): string {
  const query = new URLSearchParams(search);
  const state: State = {};
  for (const name of new Set(query.keys())) {
    const all = query.getAll(name);
    state[name] = all.length > 1 ? all : all[0];
  }
  return address(path, { ...state, ...change });
}

/** The parts of a path that a pattern such as `/reports/:id` names; null where it does not fit. */
export function fits(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/').filter(Boolean);
  const given = path.split('/').filter(Boolean);
  if (wanted.length !== given.length) return null;
  const parts: Record<string, string> = {};
  for (const [i, name] of wanted.entries()) {
    const part = given[i] as string;
    if (!name.startsWith(':')) {
      if (name !== part) return null;
      continue;
    }
    try {
      parts[name.slice(1)] = decodeURIComponent(part);
    } catch {
      return null;
    }
  }
  return parts;
}
