import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';

/** A page that must not say an error, nor ask anything of another machine; looked at after each test. */
export const test = base.extend<{ page: Page }>({
  page: async ({ page, baseURL }, use) => {
    const told: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') told.push(`${message.type()}: ${message.text()}`);
    });
    page.on('pageerror', (error) => told.push(`error: ${error.message}`));
    page.on('request', (request) => {
      if (!request.url().startsWith(`${baseURL}/`)) told.push(`asked of elsewhere: ${request.url()}`);
    });
    await use(page);
    expect(told).toEqual([]);
  },
});

export { expect };

/** Waits until nothing is being loaded any more. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await expect(page.locator('.skeleton')).toHaveCount(0);
}

/** No serious or critical violation of accessibility. */
export async function accessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const grave = violations.filter((one) => one.impact === 'serious' || one.impact === 'critical');
  expect(grave.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`)).toEqual([]);
}

/** Nothing is wider than the window. */
export async function fits(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
}

type Item = Record<string, unknown> & { found: string };

/** Numbers of things in the demo store, asked of the server: they differ from store to store. */
export async function numbers(page: Page): Promise<{ report: number; entity: number; utterance: number; happening: number }> {
  const ask = async (path: string): Promise<Item> => {
    const answer = (await (await page.request.get(`/api/v1/search?${path}`)).json()) as { items: Item[] };
    return answer.items[0] as Item;
  };
  const report = await ask('in=reports&q=%22لجنة مشتركة%22');
  const utterance = await ask('in=utterances&q=');
  const happening = await ask('in=happenings&q=حاجز');
  const entity = await ask('in=entities&q=نادر الخضراوي');
  return {
    report: (report.report as { report: number }).report,
    entity: (entity.who as { entity: number }).entity,
    utterance: utterance.utterance as number,
    happening: happening.happening as number,
  };
}

/** The kinds of pages, with an address of each. */
export async function addresses(page: Page): Promise<Record<string, string>> {
  const of = await numbers(page);
  return {
    start: '/',
    search: '/search?q=act:deny',
    'search-reports': '/search?in=reports&q=%D8%A7%D9%86%D9%81%D8%AC%D8%A7%D8%B1',
    'search-entities': '/search?in=entities',
    'search-happenings': '/search?in=happenings',
    'search-utterances': '/search?in=utterances',
    report: `/reports/${of.report}`,
    'report-mark': `/reports/${of.report}?mark=s1&list=statement`,
    entity: `/entities/${of.entity}`,
    utterance: `/utterances/${of.utterance}`,
    happening: `/happenings/${of.happening}`,
    timeline: '/timeline',
    map: '/map',
    network: '/network',
  };
}
