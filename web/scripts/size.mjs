// The first page, compressed, with the fonts it loads: what index.html names, the view of the start page and one language, each with what it imports.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const MOST = 300_000;
const dist = new URL('../dist/', import.meta.url).pathname;
const files = readdirSync(join(dist, 'assets'));
const read = (name) => readFileSync(join(dist, name));

const wanted = new Set(['index.html']);
const follow = (name, text) => {
  // Static imports of a script; what it loads later (`import(…)`) comes with the page that needs it.
  for (const [, file] of text.matchAll(/(?:from|import)\s*["']\.\/([^"']+)["']/g)) add(`assets/${file}`);
};
function add(name) {
  if (wanted.has(name)) return;
  wanted.add(name);
  if (name.endsWith('.js')) follow(name, read(name).toString());
}
for (const [, file] of read('index.html').toString().matchAll(/(?:src|href)="\/([^"]+\.(?:js|css|svg))"/g)) add(file);
for (const part of ['Start', 'en']) for (const file of files) if (file.startsWith(`${part}-`) && file.endsWith('.js')) add(`assets/${file}`);
// Styles of components are loaded with their scripts; all of those that the start page could need are counted.
for (const file of files) if (file.endsWith('.css') && !/^(Report|Search-|Entity|Utterance|Happening|Timeline|Map|Network)/.test(file)) add(`assets/${file}`);
for (const file of files) if (file.endsWith('.woff2')) add(`assets/${file}`);

let total = 0;
for (const name of [...wanted].sort()) {
  const bytes = read(name);
  const size = name.endsWith('.woff2') ? bytes.length : gzipSync(bytes, { level: 6 }).length;
  total += size;
  console.log(String(size).padStart(8), name);
}
console.log(String(total).padStart(8), `of at most ${MOST}`);
if (total > MOST) process.exit(1);
