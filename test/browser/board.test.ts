import { expect } from 'chai';
import type { Locator, Page } from 'playwright-core';
import { closeSharedBrowser } from './browser.ts';
import { problem } from './fake/answer.ts';
import { startFakeApi, type FakeApi } from './fake/fake-api.ts';
import * as fixtures from '../../widgets/gallery/fixtures.ts';
import { until } from '../harness/until.ts';
import { axeViolations, openHost, type HostPage } from './host-page.ts';

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

  it('renders only what is in view and asks once for everybody', async () => {
    const { page, close } = await openHost({ url: api.url, widget: 'sideline-status-board' });
    await page.locator('.sparkline').nth(8).waitFor();
    expect(await page.locator('.row').count()).to.be.within(8, 40);
    const asked = api.requests.map((request) => request.path).filter((path) => path !== '/api/auth/me');
    expect(new Set(asked)).to.deep.equal(new Set(['/api/status-board']));
    expect(asked.length, 'once, and again when the live connection is there').to.be.at.most(2);
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
    await api.connected();
    await page.waitForLoadState('networkidle'); // a board that connects asks once more, and the fake answers as before
    const before = await page.locator('.row').allTextContents();
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

describe('the board of a team leader', function () {
  this.timeout(60_000);
  let api: FakeApi;
  let host: HostPage;
  let page: Page;

  beforeEach(async () => {
    api = await startFakeApi();
    host = await openHost({ url: api.url, widget: 'sideline-status-board', width: 320 });
    ({ page } = host);
    await page.locator('.row').first().waitFor();
  });
  afterEach(async () => {
    // The browser itself reports a socket that finds no network.
    expect(host.complaints.filter((complaint) => !complaint.includes('ERR_INTERNET_DISCONNECTED'))).to.deep.equal([]);
    await host.close();
    await api.close();
  });
  after(closeSharedBrowser);

  const row = (id: number): Locator => page.locator(`[data-agent="${id}"]`);
  const names = (): Promise<string[]> => page.locator('.row .cell-name').allTextContents();
  const statusRequests = (): unknown[] => api.requests.filter((request) => request.method === 'PUT').map(({ path, body }) => ({ path, body }));

  it('marks a time past the team’s threshold with shape, colour and words, and measures a reason by its own', async () => {
    const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
    const people = [fixtures.agent(2, { onlineStatus: 'away', statusSince: minutesAgo(16) }), fixtures.agent(1, { onlineStatus: 'away', statusReason: 'Lunch', statusSince: minutesAgo(50) })];
    api.floor = people;
    await host.reload();
    await row(2).locator('.over .warn').waitFor();
    expect(await row(2).locator('.cell-status').getAttribute('title')).to.include('longer than the 15:00 your team set for Away');
    expect(await row(1).locator('.over').count()).to.equal(0);
  });

  it('changes somebody’s status by keyboard, with a reason of the team, and gives the focus back', async () => {
    await row(1).focus();
    await page.keyboard.press('s');
    await page.getByRole('heading', { name: 'Status of Amara Okafor' }).waitFor();
    await page.getByRole('button', { name: 'Busy', exact: true, pressed: true }).waitFor();
    expect(await axeViolations(page)).to.deep.equal([]);
    await page.keyboard.press('3');
    await page.getByRole('button', { name: 'Lunch' }).click();
    await page.getByRole('button', { name: 'Away', exact: true }).last().focus();
    await page.keyboard.press('Enter');
    await row(1).getByText('Away', { exact: true }).waitFor();
    await until(() => statusRequests().length > 0); // what was meant shows before it is sent
    expect(statusRequests()).to.deep.equal([{ path: '/api/agents/1/status', body: { status: 'away', reason: 'Lunch' } }]);
    await page.locator('.row[data-agent="1"]:focus').waitFor();
    await page.locator('.pending').waitFor({ state: 'detached' });
    for (const key of ['s', '1', 'Enter']) {
      await page.keyboard.press(key);
      if (key === 's') await page.getByRole('heading', { name: 'Status of Amara Okafor' }).waitFor();
    }
    await row(1).getByText('Online', { exact: true }).waitFor();
  });

  it('shows the new status at once as unconfirmed, and takes it back with the server’s words when it is refused', async () => {
    api.held.add('/api/agents/1/status');
    await row(1).locator('button.change').click();
    await page.getByRole('button', { name: 'Online', exact: true }).last().click();
    await page.getByRole('button', { name: 'Set to Online' }).click();
    await row(1).locator('.pending').getByText('Online', { exact: true }).waitFor();
    expect(await row(1).locator('time').count(), 'no time runs for what is not confirmed').to.equal(0);
    api.held.clear();
    await host.reload();
    api.faults.set('/api/agents/1/status', { status: 403, body: problem(403, 'You may set the status of yourself and of people you lead.') });
    await row(1).locator('button.change').click();
    await page.getByRole('button', { name: 'Online', exact: true }).last().click();
    await page.getByRole('button', { name: 'Set to Online' }).click();
    await page.getByRole('alert').getByText('Amara Okafor is still Busy. You may set the status of yourself and of people you lead.').waitFor();
    await row(1).getByText('Busy', { exact: true }).waitFor();
  });

  it('sets nothing while offline and says so', async () => {
    await row(1).locator('button.change').click();
    await page.getByRole('button', { name: 'Set to Busy' }).waitFor();
    await page.context().setOffline(true);
    await page.getByText('Offline: a status cannot be set now.').waitFor();
    expect(await page.getByRole('button', { name: 'Set to Busy' }).isDisabled()).to.equal(true);
    expect(statusRequests()).to.deep.equal([]);
    await page.context().setOffline(false);
  });

  it('stops its clocks when nobody tells it anything any more', async () => {
    await api.connected();
    await page.waitForLoadState('networkidle');
    await page.context().setOffline(true);
    await page.locator('.bar').getByText(/^Offline · As of/).waitFor();
    const before = await page.locator('.row time').allTextContents();
    await page.waitForTimeout(2_100);
    expect(await page.locator('.row time').allTextContents()).to.deep.equal(before);
    await page.context().setOffline(false);
    await page.locator('.bar').waitFor({ state: 'detached' });
    await page.waitForTimeout(1_100);
    expect(await page.locator('.row time').allTextContents()).to.not.deep.equal(before);
  });

  it('shows what one chose to see, and remembers it for this viewer alone', async () => {
    await page.getByRole('button', { name: /^Away/ }).first().click();
    for (const id of [2, 6, 10]) await row(id).waitFor();
    expect((await names()).length).to.equal(api.floor.filter(({ onlineStatus }) => onlineStatus === 'away').length);
    await page.getByRole('button', { name: 'View, 1 filter on' }).click();
    await page.getByLabel('Group by', { exact: true }).selectOption('none');
    await page.getByLabel('Team', { exact: true }).selectOption({ label: 'Technical support' });
    await page.keyboard.press('Escape');
    await page.locator('.group').first().waitFor({ state: 'detached' });
    const chosen = await names();
    await host.reload();
    await page.locator('.row').first().waitFor();
    expect(await names()).to.deep.equal(chosen);
    api.person = { ...fixtures.leader, id: 901 };
    await host.reload();
    await page.getByRole('row', { name: /^Billing/ }).waitFor();
    await page.getByRole('button', { name: 'View', exact: true }).waitFor();
  });

  it('offers the way back when the choice hides everybody', async () => {
    api.floor = [fixtures.agent(1)]; // busy
    await host.reload();
    await page.getByRole('button', { name: /^Away/ }).first().click();
    await page.getByText('Nobody fits what you chose to see.').waitFor();
    await page.getByRole('button', { name: 'Show everybody' }).click();
    await row(1).waitFor();
  });

  it('does not jump when its data comes', async () => {
    api.held.add('/api/status-board');
    await host.reload();
    await page.locator('.skeleton').waitFor();
    const bones = await page.locator('.bones').nth(0).boundingBox();
    api.held.clear();
    await host.reload();
    await page.locator('.row').first().waitFor();
    const first = await page.locator('.row').first().boundingBox();
    expect([bones?.y, bones?.height]).to.deep.equal([first?.y, first?.height]);
  });

  it('offers an agent no change of colleagues, asks for nothing they may not read, and lets them set their own', async () => {
    api.person = fixtures.agent(3);
    api.requests.length = 0;
    await host.reload();
    await row(3).locator('button.change').waitFor();
    expect(await page.locator('button.change').count()).to.equal(1);
    await row(1).focus();
    await page.keyboard.press('s');
    expect(await page.getByRole('heading', { name: /^Status of/ }).count()).to.equal(0);
    expect(api.requests.map(({ path }) => path).filter((path) => path.includes('settings'))).to.deep.equal([]);
  });
});
