import { accessible, addresses, expect, fits, settled, test } from './guarded';

const KINDS = [
  'start', 'search', 'search-reports', 'search-entities', 'search-happenings', 'search-utterances', 'report', 'report-mark', 'entity',
  'utterance', 'happening', 'timeline', 'map', 'network',
];

for (const language of ['en', 'ar'] as const) {
  for (const kind of KINDS) {
    test(`${kind} in ${language}`, async ({ page }) => {
      const path = (await addresses(page))[kind] as string;
      await page.goto(`${path}${path.includes('?') ? '&' : '?'}lang=${language}`);
      await settled(page);
      await expect(page.locator('html')).toHaveAttribute('lang', language);
      await expect(page.locator('html')).toHaveAttribute('dir', language === 'ar' ? 'rtl' : 'ltr');
      await expect(page.locator('main h1, main h2').first()).toBeAttached();
      await expect(page.locator('main [role=alert]')).toHaveCount(0);
      await accessible(page);
      await fits(page);
    });
  }
}

for (const kind of KINDS) {
  test(`${kind} on a small screen, dark`, async ({ page }) => {
    await page.setViewportSize({ width: 380, height: 780 });
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.goto((await addresses(page))[kind] as string);
    await settled(page);
    await fits(page);
    await accessible(page);
  });
}

test('dark and light can be chosen, and are kept', async ({ page }) => {
  await page.goto('/');
  const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await paper();
  await page.getByRole('button', { name: 'Light or dark' }).click();
  expect(await paper()).not.toBe(light);
  await page.reload();
  await settled(page);
  expect(await paper()).not.toBe(light);
  await page.getByRole('button', { name: 'Light or dark' }).click();
  expect(await paper()).toBe(light);
});

test('the language can be chosen, and is kept', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'العربية' }).click();
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  await page.goto('/search');
  await expect(page.locator('html')).toHaveAttribute('lang', 'ar');
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.locator('html')).toHaveAttribute('dir', 'ltr');
});

test('nothing jumps while a page is loaded', async ({ page }) => {
  await page.addInitScript(() => {
    const shifts: number[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
        if (!entry.hadRecentInput) shifts.push(entry.value);
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  for (const path of Object.values(await addresses(page))) {
    await page.goto(path);
    await settled(page);
    const shift = await page.evaluate(() => (window as unknown as { shifts: number[] }).shifts.reduce((sum, one) => sum + one, 0));
    expect(shift, path).toBeLessThan(0.1);
  }
});

test('the first page is small', async ({ page, browserName }) => {
  test.skip(browserName !== 'chromium');
  let bytes = 0;
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  session.on('Network.loadingFinished', (event) => (bytes += event.encodedDataLength));
  await page.goto('/');
  await settled(page);
  expect(bytes).toBeGreaterThan(20_000);
  expect(bytes).toBeLessThanOrEqual(300_000);
});

test('what does not exist says so', async ({ page }) => {
  await page.goto('/nothing/here');
  await expect(page.getByRole('alert')).toContainText('There is no such page');
});

test('a report is printed with its record and without what cannot be clicked', async ({ page }) => {
  await page.goto((await addresses(page)).report as string);
  await settled(page);
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('header.no-print, body header').first()).toBeHidden();
  await expect(page.locator('.report-text').first()).toBeVisible();
  await expect(page.locator('#record-list')).toBeVisible();
});
