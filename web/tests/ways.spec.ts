import { addresses, expect, numbers, settled, test } from './guarded';

test('from a search to a report, an entity and an utterance, and back', async ({ page }) => {
  await page.goto('/');
  await page.locator('input[data-search]').fill('speaker:"نادر الخضراوي"');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/search\?q=/);
  await settled(page);
  const link = page.locator('a[data-result]').first();
  const said = (await link.innerText()).slice(0, 20);
  await link.click();

  await expect(page).toHaveURL(/\/reports\/\d+\?mark=s\d+/);
  await expect(page.locator('.s.picked').first()).toBeVisible();
  expect(await page.locator('.text').innerText()).toContain(said.split(' ')[0] as string);
  const statement = page.url();

  // From a mark over its card to the entity.
  await page.locator('.s.entity').first().click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.getByRole('tab', { name: /Statements/ }).click();
  await page.locator('#record-list button', { hasText: 'Nader al-Khadrawi' }).first().click();
  const speaker = page.getByRole('dialog').locator('a[href^="/entities/"]').first();
  await speaker.click();
  await expect(page).toHaveURL(/\/entities\/\d+/);
  await settled(page);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'What they said' })).toBeVisible();

  await page.goBack();
  await expect(page).toHaveURL(/\/reports\/\d+/);
  await page.goBack();
  await expect(page).toHaveURL(/\/search\?q=/);
  await expect(page.locator('a[data-result]').first()).toContainText(said);
  expect(statement).toContain('mark=');

  await page.goto(`/utterances/${(await numbers(page)).utterance}`);
  await settled(page);
  await expect(page.getByText(/independent origin/).first()).toBeVisible();
  await page.locator('.wordings a[data-result]').first().click();
  await expect(page).toHaveURL(/\/reports\/\d+\?mark=s\d+/);
  await expect(page.locator('.s.picked').first()).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(/\/utterances\/\d+/);
});

test('an utterance of three papers has one origin', async ({ page }) => {
  const found = (await (await page.request.get('/api/v1/search?in=utterances&q=')).json()) as { items: { utterance: number; reports: number; origins: number }[] };
  const copied = found.items.find((one) => one.reports >= 3 && one.origins === 1);
  expect(copied).toBeDefined();
  await page.goto(`/utterances/${copied?.utterance}`);
  await settled(page);
  await expect(page.getByText(`${copied?.reports} reports · 1 independent origin`).first()).toBeVisible();
  await expect(page.locator('.tree .papers a')).toHaveCount(copied?.reports as number);
  await expect(page.locator('.tree .origin')).toHaveCount(1);
});

test('a happening shows rival figures side by side', async ({ page }) => {
  await page.goto((await addresses(page)).happening as string);
  await settled(page);
  await expect(page.getByText('The accounts contradict each other')).toBeVisible();
  const figures = page.locator('td.figure .differs');
  expect((await figures.allInnerTexts()).sort()).toEqual(['5', '9']);
});

test('addresses carry all state', async ({ page }) => {
  const { report, entity } = await numbers(page);
  await page.goto(`/reports/${report}?mark=e1&hide=time,event&list=entity`);
  await settled(page);
  await expect(page.getByRole('tab', { selected: true })).toContainText('Entities');
  await expect(page.locator('#record-list [aria-pressed=true]')).toHaveAttribute('data-annotation', 'e1');
  await expect(page.getByLabel('Times')).not.toBeChecked();
  await expect(page.locator('.s.time')).toHaveCount(0);
  await page.getByLabel('Times').check();
  await expect(page).toHaveURL(/hide=event(&|$)/);
  await expect(page.locator('.s.time').first()).toBeVisible();

  await page.goto(`/entities/${entity}`);
  await settled(page);
  const act = page.locator('.bars button').first();
  await act.click();
  await expect(page).toHaveURL(/act=\w+/);
  await page.reload();
  await settled(page);
  await expect(page.locator('.bars button').first()).toHaveAttribute('aria-pressed', 'true');

  await page.goto('/search?q=act:deny&in=statements');
  await settled(page);
  await page.locator('aside .facets button').first().click();
  await expect(page).toHaveURL(/q=act%3Adeny\+/);
  await settled(page);
  await page.goBack();
  await expect(page.locator('input[data-search]')).toHaveValue('act:deny');
});

test('the keyboard is enough', async ({ page }) => {
  await page.goto('/search?q=act:deny');
  await settled(page);
  await page.locator('body').press('/');
  await expect(page.locator('input[data-search]')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  const results = page.locator('a[data-result]');
  await expect(results.nth(0)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(results.nth(1)).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect(page.locator('input[data-search]')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/reports\/\d+\?mark=s\d+/);
  await settled(page);

  // Into the text, from mark to mark; the text runs from right to left.
  await page.locator('.text').focus();
  await page.keyboard.press('ArrowLeft');
  const first = await page.evaluate(() => (document.activeElement as HTMLElement).dataset.start);
  await page.keyboard.press('ArrowLeft');
  const second = await page.evaluate(() => (document.activeElement as HTMLElement).dataset.start);
  expect(Number(second)).toBeGreaterThan(Number(first));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page).not.toHaveURL(/mark=/);

  // The tabs of the record.
  await page.getByRole('tab', { selected: true }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { selected: true })).toContainText('Events');

  await page.goto('/');
  await settled(page);
  await page.keyboard.press('Tab');
  await expect(page.locator('.skip')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('#content')).toBeFocused();
});

test('pointing at a line lights it up in the text, and the other way round', async ({ page }) => {
  await page.goto((await addresses(page)).report as string);
  await settled(page);
  const line = page.locator('#record-list button').first();
  await line.hover();
  const id = await line.getAttribute('data-annotation');
  await expect(page.locator('.text .s.hot').first()).toHaveAttribute('data-ids', new RegExp(`\\b${id}\\b`));
  await page.getByRole('tab', { name: /Entities/ }).click();
  await page.locator('.text .s.entity').first().hover();
  await expect(page.locator('.card')).toBeVisible();
  await expect(page.locator('.card')).toContainText('Because');
  await expect(page.locator('#record-list .hot')).toHaveCount(1);
});

test('a citation has outlet, date, address and the exact characters', async ({ page, context, baseURL }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: baseURL as string });
  const { report } = await numbers(page);
  const of = (await (await page.request.get(`/api/v1/reports/${report}`)).json()) as {
    outlet: string;
    published: string;
    address: string | null;
    record: { report: { text: string }; statements: { id: string; content: { start: number; end: number }[] }[] };
  };
  const content = of.record.statements[0]?.content as { start: number; end: number }[];
  await page.goto(`/reports/${report}?list=statement`);
  await settled(page);
  await page.locator('[data-annotation=s1]').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Copy as citation' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Citation copied' })).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const words = [...of.record.report.text].slice(content[0]?.start, content.at(-1)?.end).join('');
  for (const part of [of.outlet, of.published, words]) expect(copied).toContain(part);
  // The paper's own address, or that of the page where it has none.
  expect(copied).toContain(of.address ?? `/reports/${report}`);
});

test('copies of a text lead to one another', async ({ page }) => {
  await page.goto((await addresses(page)).report as string);
  await settled(page);
  const copies = page.getByRole('heading', { name: /Copies of this text/ }).locator('xpath=..').locator('li');
  await expect(copies).toHaveCount(3);
  await copies.nth(1).getByRole('link').click();
  await expect(page).toHaveURL(/\/reports\/\d+$/);
});

test('a query that is not understood says what to do', async ({ page }) => {
  // The browser itself tells of an answer with status 400.
  await page.goto('/search');
  await settled(page);
  await page.route('**/api/v1/search?*', (route) =>
    route.fulfill({ status: 200, contentType: 'application/json', body: JSON.stringify({ in: 'statements', total: 0, at_least: false, items: [], next: null, facets: [] }) }),
  );
  await page.locator('input[data-search]').fill('لا شيء كهذا');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Nothing was found' })).toBeVisible();
  await page.locator('.results').getByRole('link', { name: 'Reports' }).click();
  await expect(page).toHaveURL(/in=reports/);
});
