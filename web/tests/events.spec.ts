import { test as unguarded } from '@playwright/test';
import { accessible, expect, fits, numbers, settled, test } from './guarded';

type Page = import('@playwright/test').Page;
const total = async (page: Page, query: string): Promise<number> => ((await (await page.request.get(`/api/v1/events?${query}`)).json()) as { total: number }).total;
const told = (page: Page) => page.locator('section.events [role=status]');
/** What of the address the API is asked with. */
const choices = (page: Page): string => {
  const query = new URL(page.url()).searchParams;
  for (const name of [...query.keys()]) if (['lang', 'spot', 'at', 'who', 'n', 'all', 'stance'].includes(name)) query.delete(name);
  return query.toString();
};

test('types and statuses narrow the events, and stand in the address', async ({ page }) => {
  await page.goto('/timeline?lang=en');
  await settled(page);
  await page.locator('summary', { hasText: 'Types' }).click();
  await page.getByLabel('Assault', { exact: true }).check();
  await page.getByLabel('Protest', { exact: true }).check();
  await expect(page).toHaveURL(/type=PROTEST%2CASSAULT/);
  await page.keyboard.press('Escape');
  await expect(page.locator('summary', { hasText: 'Types' })).toBeFocused();
  await page.locator('summary', { hasText: 'Any status' }).click();
  await page.getByLabel('happened', { exact: true }).check();
  await expect(page).toHaveURL(/status=happened/);
  await page.getByRole('button', { name: /Not drawn|Show only/ }).or(page.getByText('Drag over a time')).first().waitFor();
  await page.goto(`${page.url()}&all=1`);
  await settled(page);
  const n = await total(page, choices(page));
  expect(n).toBeGreaterThan(0);
  await expect(told(page)).toHaveText(n === 1 ? '1 event' : `${n} events`);
  await expect(page.locator('.names li')).toHaveCount(2);
  await page.locator('.chips .chip').first().click();
  await expect(page).toHaveURL(/type=ASSAULT(&|$)/);
  await page.getByRole('button', { name: 'Reset' }).click();
  await expect(page).not.toHaveURL(/type=|status=/);
});

test('a mode goes where its type goes', async ({ page }) => {
  await page.goto('/timeline?lang=en&type=COERCE,PROTEST&mode=arrest');
  await settled(page);
  await page.locator('.chips .chip', { hasText: 'Coerce' }).click();
  await expect(page).toHaveURL(/type=PROTEST(&|$)/);
  await expect(page).not.toHaveURL(/mode=/);
});

for (const language of ['en', 'ar'] as const) {
  test(`a stretch of time is chosen by a stroke in ${language}`, async ({ page }) => {
    await page.goto(`/timeline?lang=${language}`);
    await settled(page);
    const box = (await page.locator('.brush svg').boundingBox()) as { x: number; y: number; width: number };
    await page.mouse.move(box.x + box.width * 0.3, box.y + 40);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.55, box.y + 50, { steps: 6 });
    await page.mouse.up();
    await expect(page).toHaveURL(/from=\d{4}.*to=\d{4}/);
    await settled(page);
    const query = new URL(page.url()).searchParams;
    expect((query.get('from') as string) < (query.get('to') as string)).toBe(true);
    const n = await total(page, choices(page));
    expect(n).toBeGreaterThan(0);
    expect(n).toBeLessThan(await total(page, ''));
    await expect(told(page)).toContainText(String(n));
    await page.reload();
    await settled(page);
    await expect(page.locator('.brush .box')).toBeVisible();
    // Time runs as the language is read.
    const edges = await page.locator('.brush [role=slider]').evaluateAll((all) => all.map((one) => one.getBoundingClientRect().x));
    expect(Math.sign((edges[1] as number) - (edges[0] as number))).toBe(language === 'ar' ? -1 : 1);
    await page.goBack();
    await expect(page).not.toHaveURL(/from=/);
    await expect(page.locator('.brush .box')).toHaveCount(0);
  });

  test(`and by keys in ${language}`, async ({ page }) => {
    await page.goto(`/timeline?lang=${language}`);
    await settled(page);
    const first = page.locator('.brush [role=slider]').first();
    const before = Number(await first.getAttribute('aria-valuenow'));
    await first.focus();
    for (let i = 0; i < 3; i++) await page.keyboard.press(language === 'ar' ? 'ArrowLeft' : 'ArrowRight');
    await expect(page).toHaveURL(/from=/);
    await settled(page);
    expect(Number(await first.getAttribute('aria-valuenow'))).toBeGreaterThan(before);
    await expect(first).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(page).not.toHaveURL(/from=/);
  });
}

test('lanes go from period to period, and Enter chooses one', async ({ page }) => {
  await page.goto('/timeline?lang=en');
  await settled(page);
  const lanes = page.getByRole('slider', { name: 'Periods' });
  await lanes.focus();
  await page.keyboard.press('Home');
  const name = (await lanes.getAttribute('aria-valuetext')) as string;
  await page.keyboard.press('ArrowRight');
  expect(await lanes.getAttribute('aria-valuetext')).not.toBe(name);
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/from=(.+)&to=\1/);
  await settled(page);
  const n = /: (\d+) event/.exec(name)?.[1];
  await expect(told(page)).toHaveText(new RegExp(`^${n} event`));
});

test('the table says what the lanes say', async ({ page }) => {
  await page.goto('/timeline?lang=en');
  await settled(page);
  await page.getByText('As a table').click();
  const sums = await page.locator('tbody tr').evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll('td')].map((cell) => Number(cell.textContent))));
  expect(sums.length).toBeGreaterThan(5);
  for (const [all, ...quads] of sums) expect(quads.reduce((sum, one) => sum + one, 0)).toBe(all);
});

test('somebody is found by name and chosen with the keys', async ({ page }) => {
  const { entity } = await numbers(page);
  await page.goto('/network?lang=en');
  await settled(page);
  const box = page.getByRole('combobox', { name: 'Who takes part' });
  await box.fill('نادر الخضراوي');
  await expect(page.getByRole('option').first()).toBeVisible();
  await box.press('ArrowDown');
  await box.press('Enter');
  await expect(page).toHaveURL(new RegExp(`participant=${entity}(&|$)`));
  await settled(page);
  await page.getByRole('link', { name: 'Time line' }).last().click();
  await expect(page).toHaveURL(new RegExp(`/timeline\\?participant=${entity}(&|$)`));
  await settled(page);
  await page.getByRole('button', { name: 'Remove: Who takes part' }).click();
  await expect(page).not.toHaveURL(/participant=/);
  await expect(page.getByRole('combobox', { name: 'Who takes part' })).toBeFocused();
  // A name that is not looked up is asked as it is.
  await page.getByRole('combobox', { name: 'Where' }).fill('جنيف');
  await page.getByRole('combobox', { name: 'Where' }).press('Escape');
  await page.getByRole('combobox', { name: 'Where' }).press('Enter');
  await expect(page).toHaveURL(/place=/);
});

test('a place of the map is chosen, and its events are read', async ({ page }) => {
  await page.goto('/map?lang=en');
  await settled(page);
  const of = (await (await page.request.get('/api/v1/map')).json()) as { items: { place: { entity: number; name_en: string }; is_state: boolean; total: number }[] };
  expect(of.items.length).toBeGreaterThan(0);
  await expect(page.locator('svg [data-place]')).toHaveCount(of.items.length);
  await expect(page.locator('.places li')).toHaveCount(of.items.length);
  // The demo reports tell of invented places, which are on no map, and of few others.
  const town = (of.items.find((one) => !one.is_state) ?? of.items[0]) as (typeof of.items)[number];
  await page.locator('.places li button', { hasText: town.place.name_en }).click();
  await expect(page).toHaveURL(new RegExp(`spot=${town.place.entity}(&|$)`));
  await settled(page);
  await expect(told(page)).toHaveText(new RegExp(`^${town.total} event`));
  await expect(page.locator('section.events h2')).toContainText(town.place.name_en);
  // The circle is the same place; it is let go by a second click.
  await page.locator(`svg [data-place="${town.place.entity}"]`).click();
  await expect(page).not.toHaveURL(/spot=/);
});

test('the map is moved and looked at closer, and the address keeps it', async ({ page }) => {
  await page.goto('/map?lang=en');
  await settled(page);
  await page.getByRole('button', { name: 'Nearer' }).click();
  await expect(page).toHaveURL(/at=/);
  const at = (): string[] => (new URL(page.url()).searchParams.get('at') as string).split(',');
  const [lat, lon, k] = at().map(Number) as [number, number, number];
  await page.getByRole('button', { name: 'Nearer' }).focus();
  const zoom = page.locator('.map');
  await page.keyboard.press('Shift+Tab');
  await expect(zoom).toBeFocused();
  await page.keyboard.press('+');
  await expect.poll(() => Number(at()[2])).toBeGreaterThan(k);
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => Number(at()[1])).toBeGreaterThan(lon);
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => Number(at()[0])).toBeLessThan(lat);
  const shared = page.url();
  const where = async (): Promise<number[]> => {
    const box = (await page.locator('svg [data-place]').first().boundingBox()) as { x: number; y: number };
    return [box.x, box.y];
  };
  const seen = await where();
  await page.goto('/');
  await page.goto(shared);
  await settled(page);
  expect(at()).toEqual(new URL(shared).searchParams.get('at')?.split(','));
  for (const [i, there] of (await where()).entries()) expect(Math.abs(there - (seen[i] as number))).toBeLessThan(12);
  // By the pointer.
  const box = (await zoom.boundingBox()) as { x: number; y: number };
  const before = at();
  await page.mouse.move(box.x + 200, box.y + 200);
  await page.mouse.down();
  await page.mouse.move(box.x + 300, box.y + 240, { steps: 5 });
  await page.mouse.up();
  await expect.poll(at).not.toEqual(before);
});

test('the network is the same each time, and the keyboard goes through it', async ({ page }) => {
  const places = (): Promise<(string | null)[]> => page.locator('[data-node]').evaluateAll((all) => all.map((one) => one.getAttribute('transform')));
  await page.goto('/network?lang=en');
  await settled(page);
  const first = await places();
  expect(first.length).toBeGreaterThan(2);
  await page.reload();
  await settled(page);
  expect(await places()).toEqual(first);
  await expect(page.locator('[data-node][tabindex="0"]')).toHaveCount(1);
  const node = page.locator('[data-node][tabindex="0"]');
  await node.focus();
  const start = await node.getAttribute('data-node');
  for (const key of ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight']) await page.keyboard.press(key);
  const there = await page.evaluate(() => (document.activeElement as HTMLElement).dataset.node);
  expect(there).toBeDefined();
  expect(start).not.toBeNull();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`who=${there}(&|$)`));
  // Nobody moves when somebody is chosen.
  expect(await places()).toEqual(first);
  await expect(page.locator('.side h2 a')).toHaveAttribute('href', `/entities/${there}`);
  await page.keyboard.press('Escape');
  await expect(page).not.toHaveURL(/who=/);
});

test('a relation of the table leads to its events', async ({ page }) => {
  await page.goto('/network?lang=en');
  await settled(page);
  const of = (await (await page.request.get('/api/v1/network?limit=30')).json()) as { edges: { count: number }[] };
  await expect(page.locator('section.table tbody tr')).toHaveCount(of.edges.length);
  const link = page.locator('section.table tbody tr a[href^="/timeline"]').first();
  const n = Number(await link.innerText());
  expect(n).toBe(of.edges[0]?.count);
  await link.click();
  await expect(page).toHaveURL(/\/timeline\?(actor=\d+&recipient|participant=\d+&with)=\d+/);
  await settled(page);
  expect(await total(page, choices(page))).toBeGreaterThanOrEqual(n);
});

for (const language of ['en', 'ar'] as const) {
  for (const [name, path, open] of [
    ['time line', '/timeline', 'summary.button'],
    ['map', '/map', '.places li button'],
    ['network', '/network', '[data-node]'],
  ] as const) {
    for (const small of [false, true]) {
      test(`${name} in use is accessible in ${language}${small ? ', small and dark' : ''}`, async ({ page }) => {
        if (small) {
          await page.setViewportSize({ width: 380, height: 780 });
          await page.emulateMedia({ colorScheme: 'dark' });
        }
        await page.goto(`${path}?lang=${language}`);
        await settled(page);
        if (small) await page.locator('details.filters > summary').click();
        await page.locator(open).first().click();
        await settled(page);
        await accessible(page);
        await fits(page);
      });
    }
  }
}

for (const path of ['/timeline', '/map', '/network']) {
  test(`${path} says that there is nothing, and what to do`, async ({ page }) => {
    await page.goto(`${path}?lang=en&from=1801&to=1802`);
    await settled(page);
    await expect(page.getByText('Take a filter away').first()).toBeVisible();
    await page.getByRole('button', { name: 'Reset' }).click();
    await settled(page);
    await expect(page.getByText('Take a filter away')).toHaveCount(0);
  });

  unguarded(`${path} says when the server fails, and tries again`, async ({ page }) => {
    const asked = /\/api\/v1\/(timeline|map|network)/;
    await page.route(asked, (route) => route.fulfill({ status: 503, contentType: 'application/problem+json', body: '{"title":"busy","status":503,"detail":"","hint":""}' }));
    await page.goto(`${path}?lang=en`);
    await expect(page.getByRole('alert').first()).toContainText('The server is busy');
    await page.unroute(asked);
    while ((await page.getByRole('alert').count()) > 0) {
      await page.getByRole('button', { name: 'Try again' }).first().click();
      await settled(page);
    }
    await expect(page.getByRole('alert')).toHaveCount(0);
  });
}

test('many places and hostile names are drawn, and nothing of them runs', async ({ page }) => {
  const nasty = ['<img src=x onerror="document.title=\'run\'">', '\u202Eevil\u202D', 'م'.repeat(400), '"><script>document.title="run"</script>', ''];
  const name = (i: number): string => (i < nasty.length ? (nasty[i] as string) : `مكان ${i}`);
  const place = (i: number) => ({ entity: i + 1, name: name(i), name_en: null, country: null, lat: -60 + ((i * 37) % 130), lon: -180 + ((i * 53) % 360) });
  const types = (i: number) => [{ value: 'ASSAULT', count: i + 1 }, { value: 'NEWTYPE', count: 1 }];
  await page.route('**/api/v1/map?*', (route) =>
    route.fulfill({ json: { total: 9e5, placed: 9e5, places: 1000, items: Array.from({ length: 1000 }, (_, i) => ({ place: place(i), is_state: i % 9 === 0, total: 1000 - i, types: types(i) })) } }),
  );
  const nodes = Array.from({ length: 100 }, (_, i) => ({ entity: i + 1, name: name(i), name_en: null, type: ['person', 'organization', 'place', 'group', 'alien'][i % 5], country: null, count: 200 - i }));
  const edges = Array.from({ length: 900 }, (_, i) => ({ source: (i % 100) + 1, target: ((i * 7 + 3) % 100) + 1, directed: i % 3 > 0, stance: ['fights', 'meets', 'accuses'][i % 3], count: 1 + (i % 40), types: types(i) })).filter(
    (one, i, all) => one.source !== one.target && all.findIndex((other) => other.source === one.source && other.target === one.target && other.directed === one.directed) === i,
  );
  await page.route('**/api/v1/network?*', (route) => route.fulfill({ json: { total: 9e5, entities: 5000, nodes, edges } }));
  for (const language of ['en', 'ar']) {
    for (const path of ['/map', '/network?n=100']) {
      await page.goto(`${path}${path.includes('?') ? '&' : '?'}lang=${language}`);
      await settled(page);
      await expect(page.locator(path === '/map' ? '[data-place]' : '[data-node]')).toHaveCount(path === '/map' ? 1000 : 100);
      await fits(page);
      expect(await page.title()).not.toContain('run');
    }
  }
  await page.locator('.both').getByRole('button', { name: /تقريب/ }).click();
  await page.setViewportSize({ width: 380, height: 780 });
  await fits(page);
});

test('those whom somebody has to do with stand around them, and are gone to', async ({ page }) => {
  const of = (await (await page.request.get('/api/v1/network?limit=2')).json()) as { nodes: { entity: number }[] };
  const entity = of.nodes[0]?.entity as number;
  await page.goto(`/entities/${entity}?lang=en`);
  await settled(page);
  const nodes = page.locator('.ties [data-node]');
  await expect(page.locator(`.ties [data-node="${entity}"]`)).toHaveAttribute('aria-pressed', 'true');
  expect(await nodes.count()).toBeGreaterThan(1);
  const other = (await nodes.evaluateAll((all, own) => all.map((one) => one.getAttribute('data-node')).find((id) => id !== own), String(entity))) as string;
  await page.locator(`.ties [data-node="${other}"]`).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/entities/${other}$`));
});
