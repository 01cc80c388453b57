import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { closeSharedBrowser } from './browser.ts';
import { startFakeApi, type FakeApi } from './fake/fake-api.ts';
import * as fixtures from '../../widgets/gallery/fixtures.ts';
import { axeViolations, openHost } from './host-page.ts';
import { until } from '../harness/until.ts';

const WIDGET = 'sideline-quick-stats';

describe('the day at a glance', function () {
  this.timeout(60_000);
  let api: FakeApi;

  beforeEach(async () => {
    api = await startFakeApi();
  });
  afterEach(() => api.close());
  after(closeSharedBrowser);

  const tile = (page: Page, label: string) => page.locator('.figure').filter({ hasText: label });
  const asked = (): number => api.requests.filter((request) => request.path.startsWith('/api/quick-stats')).length;

  it('says of every figure its value, n, target and what is usual, and when', async () => {
    const { page, close } = await openHost({ url: api.url, widget: WIDGET });
    const words = async (label: string): Promise<string> => ((await tile(page, label).textContent()) ?? '').replace(/\s+/g, ' ').trim();
    expect(await words('Service level')).to.match(/^Service level 84 %, misses the target ?n 201 ?target 90 % ?usual 88 %$/);
    expect(await words('CSAT')).to.include('4.2112/247').and.include('target 4.4').and.include('at least 20 are needed');
    expect(await words('Handled')).to.include('247').and.include('usual 228');
    expect(await words('Open')).to.include('31').and.include('4 not taken yet');
    expect(await words('Occupancy')).to.include('–').and.include('Nothing was measured yet.');
    await page.getByText(/^Usual: \w+day until 15:04.*, last 4 weeks\.$/).waitFor();
    expect(await page.locator('.people').textContent()).to.match(/9\s*Online\s*5\s*Busy\s*2\s*Away\s*2\s*Offline/);
    await close();
  });

  it('opens a figure down to as many rows as its n, page by page, and gives the focus back', async () => {
    const { page, close } = await openHost({ url: api.url, widget: WIDGET });
    await tile(page, 'Abandoned').focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Abandoned' });
    await dialog.getByRole('heading', { name: '264 interactions' }).waitFor();
    await dialog.getByText('30 Oct').or(dialog.getByText('–').first()).first().waitFor();
    await dialog.getByText('20 of 124').waitFor();
    await dialog.getByRole('button', { name: 'Show more' }).click();
    await dialog.getByText('40 of 124').waitFor();
    expect(await axeViolations(page)).to.deep.equal([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(await tile(page, 'Abandoned').evaluate((element) => element === (element.getRootNode() as ShadowRoot).activeElement)).to.equal(true);
    await close();
  });

  it('names the people behind a status', async () => {
    const { page, close } = await openHost({ url: api.url, widget: WIDGET });
    await page.locator('.people button').first().click();
    const dialog = page.getByRole('dialog', { name: 'Online now' });
    await dialog.getByText('Amara Okafor').waitFor();
    await dialog.getByText('9 of 9').waitFor();
    await close();
  });

  it('asks once for a burst of events, and nothing moves when the answer comes', async () => {
    const { page, close } = await openHost({ url: api.url, widget: WIDGET });
    await tile(page, 'Handled').waitFor();
    await api.connected();
    const places = () => page.locator('.figure, .people, footer').evaluateAll((all) => all.map((one) => JSON.stringify(one.getBoundingClientRect())));
    const before = await places();
    let answered = 0;
    page.on('response', (response) => void (response.url() === `${api.url}/api/quick-stats` && (answered += 1)));
    const sent = asked();
    for (let i = 0; i < 20; i++) api.emit('performance_update', { agentId: 1, metric: 'messagesHandledToday', value: i, timestamp: new Date().toISOString() });
    await until(() => answered > 0 && asked() > sent);
    expect(asked()).to.equal(sent + 1);
    expect(await places()).to.deep.equal(before);
    await close();
  });

  it('keeps what it shows when the server fails, and says how old it is', async () => {
    const { page, close } = await openHost({ url: api.url, widget: WIDGET });
    await tile(page, 'Handled').waitFor();
    await api.connected();
    api.faults.set('/api/quick-stats', { status: 500 });
    api.emit('agent_status_change', { agentId: 1, status: 'away', reason: null, timestamp: new Date().toISOString() });
    await page.locator('.bar').getByText(/^As of/).waitFor();
    expect(await tile(page, 'Handled').count()).to.equal(1);
    api.faults.clear();
    await page.locator('.bar').getByRole('button').click();
    await page.locator('.bar').waitFor({ state: 'detached' });
    await close();
  });

  it('has the shape of what comes while it loads, and says what failed', async () => {
    api.held.add('/api/quick-stats');
    const loading = await openHost({ url: api.url, widget: WIDGET });
    await loading.page.locator('.skeleton .figure').nth(8).waitFor();
    const height = async (page: Page): Promise<number> => (await page.locator(WIDGET).boundingBox())?.height ?? 0;
    const waiting = await height(loading.page);
    await loading.close();
    api.held.clear();
    const ready = await openHost({ url: api.url, widget: WIDGET });
    await tile(ready.page, 'Handled').waitFor();
    expect(Math.abs((await height(ready.page)) - waiting)).to.be.at.most(4);
    await ready.close();
    api.faults.set('/api/quick-stats', { status: 500 });
    const failed = await openHost({ url: api.url, widget: WIDGET });
    await failed.page.getByRole('alert').getByText('could not be loaded').waitFor();
    await failed.close();
  });

  it('shows an agent their own day, without teams and people to choose', async () => {
    api.person = fixtures.agent(3);
    const { page, close } = await openHost({ url: api.url, widget: WIDGET });
    await tile(page, 'Handled').waitFor();
    expect(await page.locator('select, .people').count()).to.equal(0);
    await close();
  });

  it('keeps to the first figures where it is brief, until more are asked for', async () => {
    const { page, close } = await openHost({ url: api.url, widget: WIDGET, attrs: { brief: '' } });
    await page.locator('.figure:visible').nth(2).waitFor();
    expect(await page.locator('.figure:visible').count()).to.equal(3);
    await page.getByRole('button', { name: 'All figures' }).click();
    expect(await page.locator('.figure:visible').count()).to.equal(9);
    await close();
  });
});
