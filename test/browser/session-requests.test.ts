import { expect } from 'chai';
import type { Page } from 'playwright-core';
import * as fixtures from '../../widgets/gallery/fixtures.ts';
import * as requestFixtures from '../../widgets/session-requests/requests.fixtures.ts';
import { closeSharedBrowser } from './browser.ts';
import { startFakeApi, type FakeApi } from './fake/fake-api.ts';
import { openHost, type HostOptions, type HostPage } from './host-page.ts';

describe('requests for a session', function () {
  this.timeout(60_000);
  let api: FakeApi;
  let host: HostPage;

  beforeEach(async () => {
    api = await startFakeApi();
  });
  afterEach(async () => {
    await host.close();
    await api.close();
  });
  after(closeSharedBrowser);

  async function open(options: Partial<HostOptions> = {}): Promise<Page> {
    host = await openHost({ url: api.url, widget: 'sideline-session-requests', ...options });
    await host.page.locator('.top').waitFor();
    return host.page;
  }
  const posted = (): FakeApi['requests'] => api.requests.filter(({ method, path }) => method === 'POST' && /session/.test(path));
  const entry = (page: Page, text: string) => page.locator('.entry').filter({ hasText: text });
  const focused = (page: Page): Promise<string | null> =>
    page.evaluate(() => {
      let active = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      return active?.id || (active?.getAttribute('part') ?? active?.textContent?.trim() ?? null);
    });

  it('are asked by keys alone, and what was written stays when it could not be sent', async () => {
    api.person = fixtures.agent(3);
    const page = await open();
    await page.getByText('You have not asked for a session.').waitFor();
    await page.getByRole('button', { name: 'Ask for a session' }).focus();
    await page.keyboard.press('Enter');
    expect(await focused(page)).to.equal('topic');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('Say what it is about.').waitFor();
    await page.keyboard.type('Difficult callers');
    await page.getByLabel('Time 1').fill('2000-01-01T10:00');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('A time that suits you is in the future.').waitFor();
    await page.getByLabel('Time 1').fill('2099-03-02T10:00');
    api.faults.set('/api/session-requests', { status: 503 });
    await page.getByLabel('Topic').press('Enter');
    await page.getByRole('alert').getByText('Not done.').waitFor();
    api.faults.clear();
    await page.getByLabel('Topic').press('Enter');
    await entry(page, 'Difficult callers').waitFor();
    expect(await focused(page)).to.equal('ask-button');
    const [failed, sent] = posted();
    expect(sent?.body).to.deep.equal({ topic: 'Difficult callers', preferredTimes: [new Date(2099, 2, 2, 10).toISOString()] });
    expect(sent?.headers['idempotency-key'], 'the same request').to.equal(failed?.headers['idempotency-key']);
  });

  it('are withdrawn after a question, and not when it is answered with no', async () => {
    api.person = fixtures.agent(1);
    const page = await open();
    await entry(page, 'Difficult callers').getByRole('button', { name: 'Withdraw' }).click();
    await page.keyboard.press('Escape');
    expect(posted()).to.deep.equal([]);
    const withdraw = async (): Promise<void> => {
      await entry(page, 'Difficult callers').getByRole('button', { name: 'Withdraw' }).click();
      await page.getByRole('button', { name: 'Withdraw it' }).click();
    };
    api.faults.set(`/api/session-requests/${api.sessionRequests[0]?.id}/withdraw`, { status: 409 });
    await withdraw();
    await page.getByRole('alert').getByText('Not done.').waitFor();
    api.faults.clear();
    await withdraw();
    await entry(page, 'Withdrawn').waitFor();
    expect(await page.getByRole('alert').count()).to.equal(0);
    expect(posted()[1]?.headers['if-match']).to.equal('"1"');
  });

  it('show leaders what waits for too long in word, shape and colour, on top', async () => {
    const page = await open();
    const first = page.locator('.entry').first();
    expect(await first.locator('.due').textContent()).to.match(/^Answer overdue since/);
    expect(await first.locator('.due.late svg').count()).to.equal(1);
    await page.getByText('2 wait for an answer').waitFor();
    // A leader is led as well; what managers are asked is elsewhere.
    expect(await page.getByRole('button', { name: 'Ask for a session' }).count()).to.equal(1);
  });

  it('are scheduled at a time that suits, and the page is told', async () => {
    const page = await open();
    const told = page.evaluate(() => new Promise((resolve) => document.addEventListener('sideline-session-scheduled', (event) => resolve((event as CustomEvent).detail), { once: true })));
    await entry(page, 'Difficult callers').getByRole('button', { name: 'Schedule' }).click();
    expect(await focused(page)).to.equal('when');
    expect(await page.getByLabel('When').inputValue()).to.not.equal('');
    await page.getByLabel('Minutes').selectOption('45');
    await page.getByLabel('When').press('Enter');
    const scheduled = entry(page, 'Difficult callers').getByText('Scheduled', { exact: true });
    await scheduled.waitFor();
    const requestId = api.sessionRequests[0]?.id;
    expect(await told).to.deep.include({ requestId, agentId: 1 });
    expect(posted()[0]?.body).to.deep.equal({ agentId: 1, scheduledAt: '2099-03-02T09:00:00.000Z', durationMinutes: 45, requestId });
    expect(await focused(page), 'the next one that waits').to.equal('schedule-button');
  });

  it('are declined with a reason, and keep it when somebody was faster', async () => {
    const page = await open();
    await entry(page, 'Difficult callers').getByRole('button', { name: 'Decline' }).click();
    await page.getByLabel('Reason').press('Control+a');
    await page.getByRole('button', { name: 'Decline it' }).click();
    await page.getByRole('alert').getByText('Say why: Amara Okafor reads it.').waitFor();
    await page.getByLabel('Reason').fill('On Monday anyway.');
    api.faults.set(`/api/session-requests/${api.sessionRequests[0]?.id}/decline`, { status: 412 });
    await page.getByRole('button', { name: 'Decline it' }).click();
    await page.getByRole('alert').getByText('Not done.').waitFor();
    expect(await page.getByLabel('Reason').inputValue()).to.equal('On Monday anyway.');
    api.faults.clear();
    await page.getByRole('button', { name: 'Decline it' }).click();
    await entry(page, '“On Monday anyway.”').getByText('Declined').waitFor();
  });

  it('come and go as others ask and answer', async () => {
    const page = await open();
    await api.connected();
    while (api.requests.filter(({ path }) => path.startsWith('/api/session-requests')).length < 4) await page.waitForTimeout(20);
    await page.waitForTimeout(50);
    api.emit('sessionRequest:updated', requestFixtures.sessionRequest(9, { agentId: 3, topic: 'A new idea', answerDueAt: '2099-01-01T00:00:00.000Z' }));
    await entry(page, 'A new idea').waitFor();
    await page.locator('[role="status"]').getByText('asks for a session: A new idea').waitFor({ state: 'attached' });
    api.emit('sessionRequest:updated', requestFixtures.sessionRequest(9, { agentId: 3, topic: 'A new idea', status: 'withdrawn', answeredAt: new Date().toISOString(), answeredBy: { id: 3, name: 'Chiara Lombardi' }, version: 2 }));
    await entry(page, 'A new idea').getByText('Withdrawn').waitFor();
    await page.getByText('2 wait for an answer').waitFor();
  });
});
