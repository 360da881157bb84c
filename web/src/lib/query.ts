/** What is typed into the search box, in its parts: filters such as `act:deny`, phrases, words, with what excludes them. */
export interface Part {
  /** As it was typed. */
  text: string;
  /** Name of a filter; empty for words and phrases. */
  filter: string;
  value: string;
  not: boolean;
}

const FILTERS = ['speaker', 'about', 'via', 'place', 'from', 'to', 'outlet', 'type', 'act'];
const CLOSING: Record<string, string> = { '"': '"', '«': '»', '“': '”' };

/** The parts of a query, as the server cuts it; whether they are understood is for the server to say. */
export function parts(query: string): Part[] {
  const result: Part[] = [];
  const all = [...query];
  let i = 0;
  while (i < all.length) {
    if (/\s/.test(all[i] as string)) {
      i++;
      continue;
    }
    const start = i;
    const not = all[i] === '-';
    if (not) i++;
    const body = i;
    let value = '';
    while (i < all.length && !/\s/.test(all[i] as string)) {
      const closing = CLOSING[all[i] as string];
      const close = closing === undefined ? -1 : all.indexOf(closing, i + 1);
      if (close > i) {
        value = all.slice(i + 1, close).join('');
        i = close + 1;
        break;
      }
      i++;
    }
    const typed = all.slice(body, i).join('');
    const filter = FILTERS.find((name) => typed.toLowerCase().startsWith(`${name}:`)) ?? '';
    const plain = filter ? typed.slice(filter.length + 1) : typed;
    result.push({ text: all.slice(start, i).join(''), filter, value: value || plain, not });
  }
  return result;
}

/** Whether all parts of a fragment, such as `act:deny` or `from:2023-03 to:2023-03`, stand in the query. */
export function has(query: string, fragment: string): boolean {
  const all = new Set(parts(query).map((part) => part.text));
  const wanted = parts(fragment);
  return wanted.length > 0 && wanted.every((part) => all.has(part.text));
}

/** The query with a fragment put in, or taken out where it is there. Of two bounds of time on one side the new one holds. */
export function toggled(query: string, fragment: string): string {
  const wanted = parts(fragment);
  const texts = new Set(wanted.map((part) => part.text));
  const bounds = new Set<string>(wanted.map((part) => part.filter).filter((filter) => filter === 'from' || filter === 'to'));
  const rest = parts(query)
    .filter((part) => !texts.has(part.text) && !(bounds.has(part.filter) && !part.not))
    .map((part) => part.text);
  return (has(query, fragment) ? rest : [...rest, ...wanted.map((part) => part.text)]).join(' ');
}
