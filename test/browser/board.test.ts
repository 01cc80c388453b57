import { expect } from 'chai';
import { closeSharedBrowser } from './browser.ts';
import { startFakeApi, type FakeApi } from './fake/fake-api.ts';
import * as fixtures from './fake/fixtures.ts';
import { openHost } from './host-page.ts';

const CROWD = 240;

describe('the board with a whole floor on it', function () {
  this.timeout(60_000);
  let api: FakeApi;

  before(async () => {
    api = await startFakeApi();
    api.floor = Array.from({ length: CROWD }, (_, index) => fixtures.agent(index + 1));
  });

  after(async () => {
    await closeSharedBrowser();
    await api.close();
  });

  it('renders only what is in view and asks for figures of those alone', async () => {
    const { page, close } = await openHost({ url: api.url, widget: 'sideline-status-board' });
    await page.locator('.sparkline').nth(9).waitFor();
    expect(await page.locator('.row').count()).to.be.within(8, 40);
    const asked = api.requests.filter((request) => request.path.includes('/performance')).length;
    expect(asked).to.be.within(10, 40);
    expect(await page.getByRole('grid').getAttribute('aria-rowcount')).to.equal(String(CROWD + 1));
    await close();
  });

  it('reaches the last person with End and keeps the focus on the row', async () => {
    const { page, close } = await openHost({ url: api.url, widget: 'sideline-status-board' });
    await page.locator('.row').first().focus();
    await page.keyboard.press('End');
    await page.locator(`.row:focus[aria-rowindex="${CROWD + 1}"]`).waitFor();
    await close();
  });

  it('moves one row on a status change and nothing else', async () => {
    const { page, close } = await openHost({ url: api.url, widget: 'sideline-status-board' });
    const row = page.locator('[data-agent="1"]');
    await row.getByText('Busy').waitFor();
    const before = await page.locator('.row').allTextContents();
    await api.connected();
    api.emit('agent_status_change', { agentId: 1, status: 'away', reason: null, timestamp: new Date().toISOString() });
    await row.getByText('Away').waitFor();
    const after = await page.locator('.row').allTextContents();
    const words = (texts: string[]): string[] => texts.map((text) => text.replace(/\d.*$/s, ''));
    expect(words(after).filter((text, index) => text !== words(before)[index])).to.have.length(1);
    await close();
  });

  it('finds people without accents and gives the list back on Escape', async () => {
    const { page, close } = await openHost({ url: api.url, widget: 'sideline-status-board' });
    await page.locator('.row').first().focus();
    await page.keyboard.press('/');
    await page.keyboard.type('yildiz');
    await page.getByText('Amara Okafor', { exact: true }).waitFor({ state: 'detached' });
    for (const name of await page.locator('.row .cell-name').allTextContents()) expect(name).to.match(/^Elif Yıldız/);
    await page.keyboard.press('Escape');
    await page.getByText('Amara Okafor', { exact: true }).waitFor();
    await close();
  });
});
