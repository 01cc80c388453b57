import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { closeSharedBrowser } from './browser.ts';
import { problem } from './fake/answer.ts';
import { startFakeApi, type FakeApi } from './fake/fake-api.ts';
import * as fixtures from '../../widgets/gallery/fixtures.ts';
import { openHost, type HostPage } from './host-page.ts';

describe('one’s own status', function () {
  this.timeout(60_000);
  let api: FakeApi;
  let host: HostPage;
  let page: Page;

  beforeEach(async () => {
    api = await startFakeApi();
    const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
    api.person = fixtures.agent(2, { onlineStatus: 'away', statusReason: 'Break', statusSince: minutesAgo(16), onlineHoursToday: 3.2 });
    api.floor = [api.person];
    host = await openHost({ url: api.url, widget: 'sideline-status-control', width: 320 });
    ({ page } = host);
    await page.locator('.chip').first().waitFor();
  });
  afterEach(async () => {
    expect(host.complaints.filter((complaint) => !complaint.includes('ERR_INTERNET_DISCONNECTED'))).to.deep.equal([]);
    await host.close();
    await api.close();
  });
  after(closeSharedBrowser);

  const now = (): Promise<string> => page.locator('.now').innerText();
  const sent = (): unknown[] => api.requests.filter((request) => request.method === 'PUT').map(({ body }) => body);
  const announced = (text: string): Promise<void> => page.locator('[aria-live]').getByText(text).waitFor({ state: 'attached' });

  it('says what it is, why, how long, past what, and the hours of today', async () => {
    expect((await now()).replaceAll(/\s+/g, ' ')).to.match(/Away Break .*16:\d\d 3 h 12 m online today/);
    expect(await page.locator('.now.over .sr').textContent()).to.equal('longer than the 15:00 your team set for it');
    expect(await page.getByRole('button', { name: 'Break', pressed: true }).count()).to.equal(1);
  });

  it('is set with one press, then given a reason of the team, and says so', async () => {
    await page.getByRole('button', { name: 'Busy', exact: true }).click();
    await announced('You are now Busy');
    await page.getByRole('button', { name: 'Training', exact: true }).click();
    await announced('You are now Busy, Training');
    expect(sent()).to.deep.equal([{ status: 'busy' }, { status: 'busy', reason: 'Training' }]);
  });

  it('takes a reason in one’s own words', async () => {
    await page.getByRole('button', { name: 'Another reason' }).click();
    await page.keyboard.type('1 call with the dentist'); // a digit in a reason sets no status
    await page.keyboard.press('Enter');
    await announced('You are now Away, 1 call with the dentist');
    expect(sent()).to.deep.equal([{ status: 'away', reason: '1 call with the dentist' }]);
  });

  it('is set by keyboard; passing by a status sets nothing', async () => {
    await page.getByRole('button', { name: 'Away', exact: true }).focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    expect(sent()).to.deep.equal([]);
    await page.keyboard.press('Enter');
    await announced('You are now Online');
    await page.keyboard.press('2');
    await announced('You are now Busy');
    expect(sent()).to.deep.equal([{ status: 'online' }, { status: 'busy' }]);
  });

  it('says that it could not be set, what it still is, and why', async () => {
    api.faults.set('/api/agents/2/status', { status: 409, body: problem(409, 'A person who is not active has no status.') });
    await page.getByRole('button', { name: 'Online', exact: true }).click();
    await page.getByRole('alert').getByText('Not set: you are still Away. A person who is not active has no status.').waitFor();
    expect(await now()).to.include('Away');
  });

  it('sets nothing offline, now or later, and says so', async () => {
    await page.context().setOffline(true);
    await page.getByRole('alert').getByText('Offline: a status cannot be set now.').waitFor();
    await page.getByRole('button', { name: 'Online', exact: true }).click({ force: true }); // it is marked as disabled
    await page.getByRole('button', { name: 'Away', exact: true }).press('1');
    await page.context().setOffline(false);
    await page.getByRole('alert').waitFor({ state: 'detached' });
    await page.waitForTimeout(500);
    expect(sent()).to.deep.equal([]);
    expect(await now()).to.include('Away');
  });

  it('does not claim anything where the answer was lost, and shows what the server says next', async () => {
    let lost = 0;
    await page.route('**/api/agents/2/status', async (route) => {
      lost += 1;
      await route.abort('connectionreset');
    });
    await page.getByRole('button', { name: 'Online', exact: true }).click();
    await page.locator('[data-status="away"][aria-pressed="true"]').waitFor();
    expect(lost).to.equal(1);
    expect(await page.locator('.now').getByText('Online', { exact: true }).count()).to.equal(0);
  });

  it('is told when somebody else sets it', async () => {
    await api.connected();
    api.person = { ...api.person, onlineStatus: 'busy', statusReason: 'Coaching' };
    api.floor = [api.person];
    api.emit('agent_status_change', { agentId: 2, status: 'busy', reason: 'Coaching', timestamp: new Date().toISOString() });
    await announced('Your status was changed to Busy, Coaching');
    expect(await now()).to.include('Coaching');
  });
});
