import { expect } from 'chai';
import { until } from '../harness/until.ts';
import type { Page } from 'playwright-core';
import * as notificationFixtures from '../../widgets/notifications/notifications.fixtures.ts';
import { closeSharedBrowser } from './browser.ts';
import { problem } from './fake/answer.ts';
import { startFakeApi, type FakeApi } from './fake/fake-api.ts';
import { openHost, type HostPage } from './host-page.ts';

describe('the notifications', function () {
  this.timeout(60_000);
  let api: FakeApi;
  let host: HostPage;
  let page: Page;

  beforeEach(async () => {
    api = await startFakeApi();
    host = await openHost({ url: api.url, widget: 'sideline-notifications' });
    ({ page } = host);
    await page.locator('.bell .count').waitFor();
  });
  afterEach(async () => {
    expect(host.complaints.filter((complaint) => !complaint.includes('ERR_INTERNET_DISCONNECTED'))).to.deep.equal([]);
    await host.close();
    await api.close();
  });
  after(closeSharedBrowser);

  const bell = () => page.locator('.bell');
  const open = async (): Promise<void> => {
    await bell().click();
    await page.locator('.told').first().waitFor();
  };
  const sent = (method: string): unknown[] => api.requests.filter((request) => request.method === method).map(({ path, body }) => [path, body]);
  const counts = (n: number | undefined): Promise<void> =>
    n === undefined ? page.locator('.count').waitFor({ state: 'detached' }) : page.getByRole('button', { name: `Notifications, ${n} unread` }).waitFor();
  /** What the page is told when something is opened. */
  const heard = async (type: string): Promise<() => Promise<unknown[]>> => {
    await page.evaluate((name) => {
      const store = window as unknown as { heard: unknown[] };
      store.heard = [];
      document.addEventListener(name, (event) => store.heard.push((event as CustomEvent).detail));
    }, type);
    return () => page.evaluate(() => (window as unknown as { heard: unknown[] }).heard);
  };

  it('are counted on the bell, and fetched only when it is opened', async () => {
    await counts(3);
    expect([...new Set(api.requests.map(({ path }) => path).filter((path) => path.startsWith('/api/notifications')))]).to.deep.equal(['/api/notifications/unread-count']);
    await open();
    expect(await page.locator('.told').count()).to.equal(6);
    expect(await page.locator('.told.unread').count()).to.equal(3);
    expect(await page.locator('.day h3').count()).to.be.greaterThan(1);
  });

  it('are read by opening them, and tell the page what they are about', async () => {
    const told = await heard('sideline-open');
    await open();
    await page.getByText('Amara Okafor asks for a session').click();
    expect(await told()).to.deep.equal([{ kind: 'request', id: '01890000-0000-7000-8000-000000000601', agentId: 1, type: 'session_requested', notificationId: notificationFixtures.notifications[2]?.id }]);
    await counts(2);
    expect(sent('PUT')).to.deep.equal([[`/api/notifications/${notificationFixtures.notifications[2]?.id}`, { read: true }]]);
    expect(await page.locator('.panel:popover-open').count(), 'out of the way').to.equal(0);
  });

  it('that stand for many show them, each to be opened', async () => {
    const told = await heard('sideline-open');
    await open();
    await page.getByRole('button', { name: 'Show the newest 3' }).click();
    await page.getByText('and 4 more').waitFor();
    await page.getByRole('button', { name: 'Elif Yıldız: away (Break)' }).click();
    expect(await told()).to.deep.include.members([{ kind: 'agent', id: '5', agentId: 5, type: 'presence_threshold', notificationId: notificationFixtures.notifications[0]?.id }]);
  });

  it('are marked, one by one and all at once, and shown without those that are read', async () => {
    await open();
    await page.getByRole('button', { name: 'Mark as read: Message from Victor Lindqvist' }).click();
    await counts(2);
    await page.getByRole('button', { name: 'Mark as unread: Daniel Petrov: busy' }).click();
    await counts(3);
    await page.getByRole('button', { name: 'Mark all read' }).click();
    await counts(undefined);
    await page.getByRole('button', { name: 'Unread', exact: true }).click();
    await page.getByText('You have read everything.').waitFor();
  });

  it('stay unread where marking was refused, and say why', async () => {
    await open();
    api.faults.set('/api/notifications/0189', { status: 503, body: problem(503, 'The database is away.') });
    await page.getByRole('button', { name: 'Mark as read: Message from Victor Lindqvist' }).click();
    await page.getByRole('alert').getByText('Not marked. The database is away.').waitFor();
    expect(await page.locator('.told.unread').count()).to.equal(3);
  });

  it('come by themselves, are announced, and are read elsewhere', async () => {
    await open();
    await api.connected();
    const fresh = { ...notificationFixtures.notifications[1]!, id: '01890000-0000-7000-8000-000000000999', title: 'Message from Ines Castellano', updatedAt: new Date().toISOString() };
    api.notifications = [fresh, ...api.notifications];
    const { id, type, title, message, data } = fresh;
    api.emit('notification', { id, type, title, message, data });
    await page.locator('[aria-live]').getByText('Message from Ines Castellano').waitFor({ state: 'attached' });
    await counts(4);
    await page.locator('.told .title').getByText('Message from Ines Castellano').waitFor();
    api.notifications = api.notifications.map((row) => (row.id === id ? { ...row, readAt: new Date().toISOString() } : row));
    api.emit('notification:read', { ids: [id], readAt: new Date().toISOString() });
    await counts(3);
  });

  it('are asked for once a minute while nothing live comes', async () => {
    await host.close();
    host = await openHost({ url: api.url, widget: 'sideline-notifications', timeout: 10_000 });
    ({ page } = host);
    await page.routeWebSocket(/socket\.io/, (socket) => void socket.close());
    await page.route('**/socket.io/**', (route) => route.abort());
    await page.clock.install();
    await host.reload();
    await counts(3);
    api.notifications = [];
    await page.clock.runFor(61_000);
    await counts(undefined);
  });

  it('are walked and marked by keyboard, and give the focus back', async () => {
    await bell().press('Enter');
    await page.locator('.told').first().waitFor();
    await page.locator('.told .open').first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('u');
    await counts(2);
    // The list is drawn anew when something is marked: the focus is back in the same turn, or a few later.
    await until(() => page.evaluate(() => document.querySelector('sideline-notifications')?.shadowRoot?.activeElement?.textContent.includes('Victor Lindqvist') ?? false));
    await page.keyboard.press('Escape');
    await page.locator('.panel:popover-open').waitFor({ state: 'detached' });
    await until(() => page.evaluate(() => document.querySelector('sideline-notifications')?.shadowRoot?.activeElement?.className === 'bell'));
  });

  it('say that nothing can be marked offline', async () => {
    await open();
    await page.context().setOffline(true);
    await page.getByText(/^Offline/).first().waitFor();
    await page.locator('.told .read').nth(1).click();
    await page.getByRole('alert').getByText('Offline: nothing can be marked now.').waitFor();
    expect(sent('PUT')).to.deep.equal([]);
  });

  it('are told as one chooses: the choice is sent whole, with the version it was made from', async () => {
    await open();
    await page.getByRole('button', { name: 'How you are told' }).click();
    await page.getByLabel('Action items, By mail').selectOption('never');
    await page.getByLabel('Time zone').selectOption('Asia/Tokyo');
    await page.getByRole('button', { name: 'Sat', exact: true }).click();
    await page.getByRole('switch', { name: 'Quiet hours' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('.told').first().waitFor();
    const put = api.requests.find(({ method }) => method === 'PUT');
    expect(put?.headers['if-match']).to.equal('"1"');
    const { groups } = notificationFixtures.notificationPreferences;
    expect(put?.body).to.deep.equal({ timezone: 'Asia/Tokyo', digestAt: '08:00', quietHours: null, quietDays: [7], groups: { ...groups, actions: { inApp: 'now', email: 'never' } } });
  });

  it('keep a choice that clashes with one made elsewhere from being written over it', async () => {
    await open();
    await page.getByRole('button', { name: 'How you are told' }).click();
    await page.locator('.zone').waitFor();
    await page.route('**/api/notifications/preferences', (route) =>
      route.request().method() === 'PUT' ? route.fulfill({ status: 412, json: problem(412) }) : route.continue());
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alert').getByText('You changed this in another window.').waitFor();
  });
});
