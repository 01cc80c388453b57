import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { closeSharedBrowser } from './browser.ts';
import { startFakeApi, type FakeApi } from './fake/fake-api.ts';
import { until } from '../harness/until.ts';
import { axeViolations, openHost } from './host-page.ts';

const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
const WIDGET = 'sideline-fairness';

describe('the fairness view', function () {
  this.timeout(60_000);
  let api: FakeApi;

  beforeEach(async () => {
    api = await startFakeApi();
  });
  afterEach(() => api.close());
  after(closeSharedBrowser);

  const group = (page: Page, name: string) => page.getByRole('group', { name, exact: true });
  const words = async (page: Page, name: string): Promise<string> => ((await group(page, name).first().textContent()) ?? '').replace(/\s+/g, ' ').trim();

  it('says a share where there are enough, and only counts where there are not', async () => {
    const { page, complaints, close } = await openHost({ url: api.url, widget: WIDGET });
    expect(await words(page, 'Billing')).to.include('every 28 days · led by Ruth Adeyemi').and.include('In cadence 83 % 10 of 12').and.include('Days between24.5').and.include('Sessions each1–4');
    expect(await words(page, 'Technical support')).to.include('In cadence 2 of 4').and.not.include('50 %');
    // The bar is drawn under a policy without inline styles.
    const parts = await page.locator('.fill').evaluateAll((fills) => fills.map((fill) => Math.round((fill.getBoundingClientRect().width / fill.parentElement!.getBoundingClientRect().width) * 100)));
    expect(parts).to.deep.equal([75, 83, 50, 83]);
    expect(complaints).to.deep.equal([]);
    await close();
  });

  it('opens a figure with its meaning and its rows, by keyboard, and gives the focus back', async () => {
    const { page, close } = await openHost({ url: api.url, widget: WIDGET });
    const cadence = group(page, 'Billing').first().locator('.cadence');
    await cadence.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'In cadence · Billing' });
    await dialog.getByText('People for whom no more days than their team’s cadence have passed').waitFor();
    await dialog.getByText('Amara Okafor: Turned an angry caller round.').waitFor();
    await dialog.getByRole('cell', { name: '–', exact: true }).first().waitFor();
    expect(await axeViolations(page)).to.deep.equal([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(await cadence.evaluate((element) => element === (element.getRootNode() as ShadowRoot).activeElement)).to.equal(true);
    await close();
  });

  it('lists who has waited, with what is still to come, and hands a person on to the page', async () => {
    const { page, close } = await openHost({ url: api.url, widget: WIDGET });
    const people = page.locator('.waiting li');
    const told = (await people.allTextContents()).map((text) => text.replace(/\s+/g, ' ').trim());
    expect(told[0]).to.match(/^Benjamin Frost 22 Technical support · never, joined 1 Feb 2024 · absent until .+ 140 days every 14 days$/);
    expect(told[1]).to.include('booked for');
    const opened = page.evaluate(() => new Promise((resolve) => document.addEventListener('sideline-agent-open', (event) => (event.preventDefault(), resolve((event as CustomEvent<unknown>).detail)), { once: true })));
    await page.getByRole('button', { name: 'Show Chiara Lombardi' }).click();
    expect(await opened).to.deep.equal({ agentId: 3, name: 'Chiara Lombardi' });
    await close();
  });

  it('asks for the team and the period that are chosen', async () => {
    const { page, close } = await openHost({ url: api.url, widget: WIDGET });
    await page.getByRole('combobox', { name: 'Team' }).selectOption('Technical support');
    await page.getByRole('combobox', { name: 'Period' }).selectOption('Last 365 days');
    const asked = () => api.requests.filter((request) => request.path.startsWith('/api/fairness')).at(-1)?.path ?? '';
    await until(() => asked().includes('teamId=01890000-0000-7000-8000-000000000002') && !asked().includes(`from=${daysAgo(89)}`));
    const from = new URL(asked(), api.url).searchParams.get('from')!;
    expect(from).to.equal(daysAgo(364));
    await close();
  });
});
