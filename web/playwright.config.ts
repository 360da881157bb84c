import { defineConfig } from '@playwright/test';

/** The program under test; `make test-web` builds it. */
const musnad = process.env.MUSNAD ?? '../target/release/musnad';

export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  // Two cores for the server, the browser and whatever else the machine does.
  workers: Number(process.env.WORKERS ?? 2),
  fullyParallel: true,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  // A machine that is busy with other work may be late once.
  retries: process.env.CI ? 2 : 0,
  reporter: [['list']],
  use: {
    locale: 'en-GB',
    viewport: { width: 1280, height: 900 },
    // Debian's Chromium: `apt-get install chromium`. As root it has no sandbox; it shows nothing but this machine's own pages.
    launchOptions: { executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] },
  },
  projects: [
    { name: 'demo', testIgnore: /hostile/, use: { baseURL: 'http://127.0.0.1:7911' } },
    { name: 'hostile', testMatch: /hostile/, use: { baseURL: 'http://127.0.0.1:7912' } },
  ],
  webServer: [
    { command: `node tests/serve.mjs ${musnad} demo 7911`, url: 'http://127.0.0.1:7911/', timeout: 60_000 },
    { command: `node tests/serve.mjs ${musnad} hostile 7912`, url: 'http://127.0.0.1:7912/', timeout: 180_000 },
  ],
});
