// node serve.mjs MUSNAD demo|hostile PORT: makes a store and serves it until it is ended.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hostile } from './hostile.mjs';

const [musnad, what, port] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'musnad-web-'));
const store = join(folder, 'test.db');
if (what === 'demo') {
  execFileSync(musnad, ['demo', '--store', store], { stdio: ['ignore', 'ignore', 'inherit'] });
} else {
  const input = join(folder, 'hostile.jsonl');
  writeFileSync(input, hostile().map((report) => JSON.stringify(report)).join('\n'));
  execFileSync(musnad, ['add', store, input], { stdio: ['ignore', 'ignore', 'inherit'] });
}
const more = process.env.PAGES ? ['--pages', process.env.PAGES] : [];
const server = spawn(musnad, ['serve', store, '--listen', `127.0.0.1:${port}`, ...more], { stdio: 'inherit' });
const end = () => server.kill('SIGTERM');
process.on('SIGTERM', end);
process.on('SIGINT', end);
server.on('exit', (code) => {
  rmSync(folder, { recursive: true, force: true });
  process.exit(code ?? 0);
});
