import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { closeSharedBrowser } from './browser.ts';
import { startFakeApi, type FakeApi } from './fake/fake-api.ts';
import * as fixtures from '../../widgets/gallery/fixtures.ts';
import { completed, uuid } from '../../widgets/session/session.fixtures.ts';
import { committed } from '../../widgets/import/import-fixtures.ts';
import { until } from '../harness/until.ts';
import { axeViolations, openHost, type HostOptions } from './host-page.ts';

const days = fixtures.days(1, 30);

describe('the card’s charts', function () {
  this.timeout(60_000);
  let api: FakeApi;

  before(async () => {
    api = await startFakeApi();
  });
  after(async () => {
    await closeSharedBrowser();
    await api.close();
  });

  async function openCard(options: Partial<HostOptions> = {}): Promise<Awaited<ReturnType<typeof openHost>>> {
    const host = await openHost({ url: api.url, widget: 'sideline-agent-card', attrs: { 'agent-id': '1' }, ...options });
    await host.page.locator('sideline-chart canvas').nth(3).waitFor();
    return host;
  }
  const chart = (page: Page) => page.getByRole('slider', { name: 'Customer satisfaction, 30 days' });
  const drawn = (page: Page) => page.locator('sideline-chart canvas').first().evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
  const focused = (page: Page): Promise<string> =>
    page.evaluate(() => {
      let active = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      return active?.getAttribute('aria-label') ?? active?.textContent?.trim() ?? '';
    });

  it('come after the card: it shows its figures while their code is held back', async () => {
    const host = await openHost({ url: api.url, widget: 'sideline-quick-note' });
    const held: (() => void)[] = [];
    await host.page.route('**/chunks/chart-*.js', async (route) => {
      await new Promise<void>((resolve) => held.push(resolve));
      await route.continue();
    });
    await host.page.evaluate(() => {
      const card = document.createElement('sideline-agent-card');
      card.setAttribute('agent-id', '1');
      document.querySelector('main')?.append(card);
    });
    await host.page.locator('.tile .value').nth(3).waitFor();
    // Notes and action items come by themselves too, and may make the card taller: what must hold its place is the part with the charts.
    const heights = () => host.page.locator('sideline-agent-card .tile').evaluateAll((tiles) => tiles.map((tile) => tile.getBoundingClientRect().height));
    const before = await heights();
    expect(before).to.have.length.at.least(4);
    expect(await host.page.locator('canvas').count()).to.equal(0);
    while (held.length === 0) await host.page.waitForRequest('**/chunks/chart-*.js', { timeout: 1000 }).catch(() => undefined);
    held.forEach((go) => go());
    await host.page.locator('sideline-chart canvas').nth(3).waitFor();
    expect(await heights(), 'nothing moves when they come').to.deep.equal(before);
    await host.close();
  });

  it('say day, value and n under the arrow keys, and of a day without data that there is none', async () => {
    const { page, complaints, close } = await openCard();
    await chart(page).focus();
    const said: (string | null)[] = [];
    for (let i = 0; i < 8; i++) {
      await page.keyboard.press('ArrowLeft');
      said.push(await chart(page).getAttribute('aria-valuetext'));
    }
    for (const [back, text] of said.entries()) {
      const day = days.at(-1 - back);
      if (!day || day.customerSatisfaction === null) expect(text).to.match(/^\d+ \w+: no data$/);
      else expect(text).to.match(new RegExp(`: ${String(day.customerSatisfaction.toFixed(2)).replace(/0$/, '')}, n 6$`));
    }
    expect(said.filter((text) => text?.endsWith('no data'))).to.have.length(1);
    await page.keyboard.press('Home');
    expect(await chart(page).getAttribute('aria-valuenow')).to.equal('0');
    await page.locator('sideline-chart .at').waitFor();
    expect(await axeViolations(page)).to.deep.equal([]);
    expect(complaints).to.deep.equal([]);
    await close();
  });

  it('keep their cursor when the card is drawn anew, and when the page gets narrower', async () => {
    const { page, close } = await openCard();
    await chart(page).focus();
    await page.keyboard.press('Home');
    const said = await chart(page).getAttribute('aria-valuetext');
    await page.locator('sideline-agent-card').evaluate((card) => (card as HTMLElementTagNameMap['sideline-agent-card']).requestUpdate());
    await page.setViewportSize({ width: 380, height: 800 });
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    expect(await chart(page).getAttribute('aria-valuetext')).to.equal(said);
    await page.keyboard.press('ArrowRight');
    expect(await chart(page).getAttribute('aria-valuenow')).to.equal('1');
    await close();
  });

  it('say the same under the pointer', async () => {
    const { page, close } = await openCard();
    const box = await chart(page).boundingBox();
    if (!box) throw new Error('no chart');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.locator('sideline-chart .at').getByText(/^\d+ \w+: /).waitFor();
    await page.mouse.move(box.x, box.y + 400);
    await page.locator('sideline-chart .at').waitFor({ state: 'detached' });
    await close();
  });

  it('show the same numbers as a table, one key away and one key back', async () => {
    const { page, close } = await openCard();
    await chart(page).focus();
    await page.keyboard.press('t');
    const rows = page.locator('.days tbody tr');
    await rows.nth(29).waitFor();
    expect(await focused(page)).to.equal('The same numbers by day, n in brackets');
    const texts = (await rows.allTextContents()).map((text) => text.replace(/\s+/g, ' '));
    for (const [index, day] of days.toReversed().entries()) {
      expect(texts[index], day.date).to.include(day.customerSatisfaction === null ? '–' : `(${day.n.ratings})`);
    }
    expect(await axeViolations(page)).to.deep.equal([]);
    await page.keyboard.press('t');
    await page.locator('sideline-chart canvas').nth(3).waitFor();
    expect(await focused(page)).to.equal('Customer satisfaction, 30 days');
    await close();
  });

  it('open a day down to its rows, and give the focus back', async () => {
    const { page, close } = await openCard();
    await chart(page).focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: /^Customer satisfaction, / });
    await dialog.getByRole('heading', { name: '6 interactions' }).waitFor();
    await dialog.getByText('20 of 124').waitFor();
    const [asked] = api.requests.filter((request) => request.path.startsWith('/api/interactions')).slice(-1);
    expect(asked?.path).to.include(`from=${fixtures.today}&to=${fixtures.today}&metric=csat`);
    await dialog.getByRole('button', { name: /^Note on this/ }).first().click();
    await page.getByRole('textbox', { name: 'Text' }).waitFor();
    await page.keyboard.press('Escape');
    await dialog.getByRole('button', { name: 'Close' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(await focused(page)).to.equal('Customer satisfaction, 30 days');
    await close();
  });

  it('say which row of which file brought them, and lead whoever sees that import there and back', async () => {
    const { page, complaints, close } = await openCard({ width: 320 });
    api.imports.current = committed;
    await page.evaluate(() => document.addEventListener('keydown', ({ key }) => key === 'Escape' && document.body.append('The page heard Escape.')));
    const figure = page.getByRole('button', { name: /^Customer satisfaction/ }).first();
    await figure.click();
    const dialog = page.getByRole('dialog', { name: /^Customer satisfaction, / });
    await dialog.getByText('imported, calls of the whole department.csv, row 7').waitFor();
    expect(await dialog.getByRole('button', { name: /whole department/ }).count(), 'of somebody else’s import only the words').to.equal(0);
    expect(await axeViolations(page)).to.deep.equal([]);
    const way = dialog.getByRole('button', { name: 'imported, calls-november.xlsx, sheet Calls, row 6' });
    await way.focus();
    await page.keyboard.press('Enter');
    await page.getByText('Row 6 of calls-november.xlsx.').waitFor();
    await until(async () => /^Row 6 of calls-november/.test(await focused(page)));
    expect(api.requests.some(({ path }) => /preview\?row=6/.test(path))).to.equal(true);
    await page.getByRole('rowheader', { name: '6', exact: true }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).to.equal(320);
    await page.keyboard.press('Escape');
    await page.getByText('Row 6 of calls-november.xlsx.').waitFor({ state: 'detached' });
    await until(async () => /^Customer satisfaction/.test(await focused(page)));
    await page.keyboard.press('Enter');
    await way.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await until(async () => /^Customer satisfaction/.test(await focused(page)));
    expect(await page.getByText('The page heard Escape.').count(), 'Escape is for the dialog alone').to.equal(0);
    expect(complaints).to.deep.equal([]);
    await close();
  });

  it('let a note be written on a row, here as in the queue', async () => {
    const { page, close } = await openHost({ url: api.url, widget: 'sideline-priority-queue' });
    await page.locator('.head').first().click();
    await page.getByRole('button', { name: '124 interactions' }).click();
    await page.getByRole('button', { name: /^Note on this/ }).first().click();
    await page.getByRole('textbox', { name: 'Text' }).waitFor();
    await page.getByText('About: chat, 4:50, contract').waitFor();
    await close();
  });

  it('follow the colour scheme and the width of the page', async () => {
    const { page, close } = await openCard({ width: 720 });
    const light = await drawn(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    while ((await drawn(page)) === light) await page.waitForTimeout(100);
    const width = async (): Promise<number> => (await page.locator('sideline-chart canvas').first().boundingBox())?.width ?? 0;
    const wide = await width();
    await page.setViewportSize({ width: 320, height: 720 });
    while ((await width()) === wide) await page.waitForTimeout(50);
    const place = (await chart(page).boundingBox())?.width ?? 0;
    expect(Math.abs((await width()) - place)).to.be.at.most(1);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).to.equal(320);
    await close();
  });

  it('leave room for the sessions there were, each a way to itself, booked or not', async () => {
    api.sessions = [completed({}, { id: uuid('9', 31), scheduledAt: '2025-10-12T09:00:00Z' }), ...[32, 33, 34].map((n) => completed({}, { id: uuid('9', n), commitments: [], summary: `Number ${n}` }))];
    const { page, close } = await openCard();
    const rows = page.locator('sideline-past-sessions .row');
    await rows.nth(2).waitFor();
    expect(await rows.count()).to.equal(3);
    await page.getByRole('button', { name: 'All 4 sessions' }).waitFor();
    const opened = page.evaluate(() => new Promise((resolve) => document.addEventListener('sideline-session-open', (event) => (event.preventDefault(), resolve((event as CustomEvent<unknown>).detail)), { once: true })));
    await rows.filter({ hasText: 'Number 33' }).click();
    expect(await opened).to.include({ sessionId: uuid('9', 33), agentId: 1 });
    await close();
  });

  it('leave a level its reasons', async () => {
    const { page, close } = await openCard();
    await page.getByText('Medium performance, 402 handled, 124 rated').click();
    await page.getByText('Customer satisfaction: 3.71, target 4.4, reaches 84 %, weighs 40 %').waitFor();
    await close();
  });
});
