import { expect, fits, settled, test } from './guarded';

interface Report {
  report: number;
  outlet: string | null;
}

async function reports(page: import('@playwright/test').Page): Promise<Record<string, number>> {
  const answer = (await (await page.request.get('/api/v1/search?in=reports&q=&limit=50')).json()) as { items: { report: Report }[] };
  const found: Record<string, number> = {};
  for (const { report } of answer.items) {
    const outlet = report.outlet ?? '';
    const of = (word: string): boolean => outlet.includes(word);
    const kind = of('<script>') ? 'script' : of('\u202e') ? 'bidi' : of('السطر') ? 'line' : of('الأسماء') ? 'names' : of('😀') ? 'astral' : 'word';
    found[kind] = report.report;
  }
  return found;
}
const unbroken = async (page: import('@playwright/test').Page): Promise<void> => {
  expect(await page.evaluate(() => 'broken' in window)).toBe(false);
  expect(await page.locator('#app img, #app script, #app iframe').count()).toBe(0);
};

test('scripts in headline, names and text are letters', async ({ page }) => {
  const { script } = await reports(page);
  for (const path of [`/reports/${script}`, '/', '/search', '/search?in=reports', '/search?in=entities', '/search?q=%3Cscript%3Ealert(1)%3C/script%3E']) {
    await page.goto(path);
    await settled(page);
    await unbroken(page);
    await fits(page);
  }
  await page.goto(`/reports/${script}`);
  await settled(page);
  await expect(page.locator('.text')).toContainText('<script>window.broken = true</script>');
  // An address that is none of the web is no link.
  await expect(page.locator('a[href^="javascript:"]')).toHaveCount(0);
  await page.locator('.s[tabindex]').first().click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await unbroken(page);
});

test('controls of direction stay inside of what has them', async ({ page }) => {
  const { bidi } = await reports(page);
  await page.goto(`/reports/${bidi}`);
  await settled(page);
  const box = page.locator('.meta strong bdi');
  await expect(box).toHaveCSS('unicode-bidi', /isolate/);
  // The date behind the outlet is still written from left to right.
  await expect(page.locator('.meta time')).toHaveText(/^Monday,? 6 March 2023$/);
  const [outlet, time] = await Promise.all([box.boundingBox(), page.locator('.meta time').boundingBox()]);
  expect((time?.x ?? 0) >= (outlet?.x ?? 0) + (outlet?.width ?? 0) - 1).toBe(true);
  await fits(page);
});

test('a line of a million letters is shown in parts and stays quick', async ({ page }) => {
  const { line } = await reports(page);
  const begun = Date.now();
  await page.goto(`/reports/${line}`);
  await expect(page.locator('.text')).toBeVisible({ timeout: 20_000 });
  await settled(page);
  expect(Date.now() - begun).toBeLessThan(25_000);
  expect(await page.locator('.s').count()).toBeLessThan(12_000);
  await expect(page.getByRole('button', { name: 'Show what follows' })).toBeVisible();
  const clicked = Date.now();
  await page.getByRole('tab', { name: /Events/ }).click();
  await expect(page.getByRole('tab', { name: /Events/ })).toHaveAttribute('aria-selected', 'true');
  expect(Date.now() - clicked).toBeLessThan(3_000);
  await fits(page);
});

test('thousands of names are shown in parts, and the last can be reached', async ({ page }) => {
  const { names } = await reports(page);
  await page.goto(`/reports/${names}?list=entity`);
  await expect(page.locator('.text')).toBeVisible({ timeout: 20_000 });
  await settled(page);
  expect(await page.locator('#record-list li').count()).toBeLessThan(200);
  expect(await page.locator('.s').count()).toBeLessThan(12_000);
  const of = (await (await page.request.get(`/api/v1/reports/${names}`)).json()) as { record: { entities: { id: string }[] } };
  expect(of.record.entities.length).toBeGreaterThan(1_000);
  const last = of.record.entities.at(-1)?.id as string;
  await page.goto(`/reports/${names}?mark=${last}`);
  await expect(page.locator(`.s[data-ids~="${last}"]`).first()).toBeInViewport({ timeout: 20_000 });
});

test('ten thousand entities on ten thousand others do not freeze the page', async ({ page }) => {
  // Such a record takes the reader minutes; the page gets one that was made up.
  const { names } = await reports(page);
  const of = (await (await page.request.get(`/api/v1/reports/${names}`)).json()) as { record: { entities: unknown[]; statements: unknown[]; report: { text: string } } };
  of.record.report.text = 'سالم ونادر '.repeat(20_000);
  of.record.entities = Array.from({ length: 10_000 }, (_, i) => ({
    id: `e${i + 1}`, type: 'person', name: `سالم ${i}`, name_en: `Salem ${i}`, country: null, sector: null, link: null,
    mentions: [{ start: i, end: 40_000 - i, kind: 'name', because: 'names:tagger' }],
  }));
  await page.route(`**/api/v1/reports/${names}`, (route) => route.fulfill({ contentType: 'application/json', body: JSON.stringify(of) }));
  await page.goto(`/reports/${names}?list=entity`);
  await expect(page.locator('.text')).toBeVisible({ timeout: 30_000 });
  expect(await page.locator('#record-list li').count()).toBeLessThan(200);
  const clicked = Date.now();
  await page.getByRole('tab', { name: /Statements/ }).click();
  await expect(page.getByRole('tab', { name: /Statements/ })).toHaveAttribute('aria-selected', 'true');
  expect(Date.now() - clicked).toBeLessThan(5_000);
  await page.goto('about:blank');
});

test('a word that never ends breaks', async ({ page }) => {
  const { word } = await reports(page);
  for (const width of [1280, 380]) {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(`/reports/${word}`);
    await settled(page);
    await fits(page);
    await page.goto('/search?in=reports');
    await settled(page);
    await fits(page);
  }
});

test('positions beyond the basic plane are those of the record', async ({ page }) => {
  const { astral } = await reports(page);
  const of = (await (await page.request.get(`/api/v1/reports/${astral}`)).json()) as {
    record: { report: { text: string }; statements: { id: string; content: { start: number; end: number }[] }[] };
  };
  const statement = of.record.statements[0];
  expect(statement).toBeDefined();
  const span = statement?.content[0] as { start: number; end: number };
  const words = [...of.record.report.text].slice(span.start, span.end).join('');
  expect(words).toContain('😀');
  await page.goto(`/reports/${astral}`);
  await settled(page);
  const shown = await page.locator(`.s.statement[data-ids~="${statement?.id}"]`).allInnerTexts();
  expect(shown.join('')).toBe(words);
});
