import { expect } from 'chai';
import type { Page } from 'playwright-core';
import * as fixtures from '../../widgets/gallery/fixtures.ts';
import { aSession, completed, uuid } from '../../widgets/session/session.fixtures.ts';
import { closeSharedBrowser } from './browser.ts';
import { problem } from './fake/answer.ts';
import { startFakeApi, type FakeApi } from './fake/fake-api.ts';
import { openHost, type HostOptions, type HostPage } from './host-page.ts';

describe('a session', function () {
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
    host = await openHost({ url: api.url, widget: 'sideline-session', attrs: { 'agent-id': '1', 'agent-name': 'Amara Okafor' }, ...options });
    await host.page.locator('sideline-session .head, sideline-session .sessions').first().waitFor();
    return host.page;
  }
  const asked = (method: string, path: string): FakeApi['requests'] => api.requests.filter((request) => request.method === method && request.path.endsWith(path));
  const titles = (page: Page): Promise<string[]> => page.locator('.point .what').evaluateAll((points) => points.map((point) => point.firstChild?.nextSibling?.textContent?.trim() ?? ''));
  const status = (page: Page, word: string): Promise<void> => page.locator('[part="status"]').getByText(word, { exact: true }).waitFor();
  const focused = (page: Page): Promise<string | null> =>
    page.evaluate(() => {
      let active = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      return active?.id || (active?.getAttribute('aria-label') ?? active?.textContent?.trim() ?? null);
    });
  const until = async (page: Page, check: () => Promise<boolean>): Promise<void> => {
    while (!(await check())) await page.waitForTimeout(20);
  };
  const [listen, refund, shifts] = aSession(1).agenda.map(({ title }) => title) as [string, string, string];

  it('that is not there offers one thing, and what is scheduled by keys alone is shown', async () => {
    api.sessions = [];
    const page = await open();
    await page.getByText('No session with Amara Okafor is planned.').waitFor();
    expect(await page.locator('sideline-session .state button').count()).to.equal(1);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Schedule a session with Amara Okafor' }).waitFor();
    expect(await focused(page)).to.equal('title');
    await page.keyboard.press('Escape');
    await page.getByText('No session with Amara Okafor is planned.').waitFor();
    await page.getByRole('button', { name: 'Schedule a session' }).press('Enter');
    await page.getByLabel('Day', { exact: true }).fill('2099-03-02');
    await page.getByLabel('Agenda, one point a line').fill('Openings\nHold time');
    api.faults.set('/api/coaching-sessions', { status: 503 });
    await page.getByLabel('From', { exact: true }).press('Enter');
    await page.getByRole('alert').waitFor();
    api.faults.clear();
    await page.getByLabel('From', { exact: true }).press('Enter');
    await status(page, 'Scheduled');
    await until(page, async () => (await titles(page)).join() === 'Openings,Hold time');
    expect(await focused(page), 'the heading of what came').to.equal('Amara Okafor');
    const [failed, sent] = asked('POST', '/api/coaching-sessions');
    expect(sent?.body).to.deep.include({ agentId: 1, facilitatorId: 900, scheduledAt: new Date(2099, 2, 2, 10).toISOString(), durationMinutes: 30 });
    expect(sent?.headers['idempotency-key'], 'the same session').to.equal(failed?.headers['idempotency-key']);
  });

  it('has an agenda that is put in order by keys, over what somebody else changed meanwhile', async () => {
    const page = await open();
    await page.locator('.point').first().waitFor();
    await page.locator('.grip').first().focus();
    await page.keyboard.press('Alt+ArrowDown');
    await until(page, async () => (await titles(page))[1] === listen);
    expect(await focused(page)).to.equal(`2, “${listen}”: Alt + arrow moves it`);
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).to.include(shifts);

    const [stored] = api.sessions;
    if (!stored) throw new Error('no session');
    const theirs = { ...stored.agenda[0]!, id: uuid('b', 8), title: 'From elsewhere' };
    api.sessions = [{ ...stored, agenda: [...stored.agenda, theirs], version: stored.version + 1 }];
    await page.keyboard.press('Alt+ArrowUp');
    await until(page, async () => (await titles(page)).join() === [refund, shifts, listen, 'From elsewhere'].join());
    await page.getByRole('button', { name: `Take “${refund}” off the agenda` }).press('Enter');
    await until(page, async () => (await titles(page)).join() === [shifts, listen, 'From elsewhere'].join());
    expect(await focused(page), 'the point that came in its place').to.include(shifts);
  });

  it('has an agenda that is put in order by dragging', async () => {
    const page = await open();
    await page.locator('.point').nth(2).dragTo(page.locator('.point').first());
    await until(page, async () => (await titles(page)).join() === [shifts, listen, refund].join());
    expect((asked('PUT', api.sessions[0]?.id ?? '')[0]?.body as { agenda: { title: string }[] }).agenda.map(({ title }) => title)).to.deep.equal([shifts, listen, refund]);
    await page.locator('.point').first().dragTo(page.locator('.point').nth(1));
    await until(page, async () => (await titles(page)).join() === [listen, shifts, refund].join());
  });

  it('is started from the keyboard, and walked through by arrows', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Start the session' }).press('Enter');
    await status(page, 'Live');
    await page.getByRole('textbox', { name: 'Notes' }).waitFor();
    expect(await focused(page)).to.equal('step-live');
    await page.keyboard.press('ArrowRight');
    await page.getByRole('tab', { name: 'Outcome', selected: true }).waitFor();
    expect(await focused(page)).to.equal('step-complete');
    await page.keyboard.press('ArrowRight');
    expect(await focused(page), 'there is no effect yet').to.equal('step-prepare');
    expect(await page.getByRole('tab', { name: 'Effect' }).getAttribute('aria-disabled')).to.equal('true');
  });

  it('takes whoever is in it to the outcome when it is completed, also out of a field', async () => {
    api.person = fixtures.agent(1);
    api.sessions = [aSession(1, { status: 'live', startedAt: new Date().toISOString() })];
    const page = await open({ attrs: {} });
    await page.getByLabel('A point for the agenda').fill('Half a thought');
    await api.connected();
    const over = { ...completed(), id: aSession(1).id, version: 9 };
    api.sessions = [over];
    api.emit('session:updated', over);
    await page.getByRole('tab', { name: 'Outcome', selected: true }).waitFor();
    expect(await focused(page)).to.equal('step-complete');
  });

  it('says why a step was refused, and shows how it stands by now', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Start the session' }).waitFor();
    api.sessions = api.sessions.map((session) => ({ ...session, status: 'cancelled', cancelReason: 'Amara is ill.', version: 9 }));
    await page.getByRole('button', { name: 'Start the session' }).press('Enter');
    await page.getByText('This session was called off: Amara is ill.').waitFor();
    expect(await page.getByRole('button', { name: 'Start the session' }).count()).to.equal(0);
  });

  it('is called off by keys alone, with a reason, and not when it is kept', async () => {
    const page = await open();
    const ask = async (): Promise<void> => {
      await page.getByRole('button', { name: 'More' }).press('Enter');
      await page.getByRole('button', { name: 'Call it off' }).press('Enter');
      await page.getByRole('dialog').waitFor();
    };
    await ask();
    expect(await focused(page)).to.equal('Reason, told to everybody');
    await page.getByRole('dialog').getByRole('button', { name: 'Call it off' }).press('Enter');
    await page.getByText('Say why, so that nobody has to guess.').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(asked('POST', '/cancel')).to.deep.equal([]);
    await ask();
    await page.keyboard.type('Amara is ill.');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('This session was called off: Amara is ill.').waitFor();
    expect(asked('POST', '/cancel').map(({ body }) => body)).to.deep.equal([{ reason: 'Amara is ill.' }]);
  });

  it('of which one is coached is read and added to, and not led', async () => {
    api.person = fixtures.agent(1);
    const page = await open({ attrs: {} });
    await page.locator('.point').getByText(refund).waitFor();
    for (const name of ['Start the session', `Take “${refund}” off the agenda`, 'Begin to prepare']) expect(await page.getByRole('button', { name }).count(), name).to.equal(0);
    expect(await page.locator('.grip[data-point], .point[draggable="true"]').count()).to.equal(0);
    await page.getByRole('button', { name: 'More' }).click();
    expect(await page.locator('#more button').allTextContents()).to.deep.equal(['Calendar file']);
    await page.keyboard.press('Escape');
    await page.getByLabel('A point for the agenda').fill('My shifts');
    api.faults.set('/api/coaching-sessions', { status: 422, body: problem(422, 'The agenda is full.') });
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('The agenda is full.').waitFor();
    expect(await page.getByLabel('A point for the agenda').inputValue(), 'what was written stays').to.equal('My shifts');
    api.faults.clear();
    await page.keyboard.press('Enter');
    await page.locator('.point').getByText('My shifts').waitFor();
    expect(await focused(page)).to.equal('A point for the agenda');
  });

  it('comes and goes in the list as others schedule, and opens from there', async () => {
    api.sessions = [completed({ status: 'acknowledged', at: new Date().toISOString() }, { id: uuid('9', 4) })];
    const page = await open();
    await page.getByRole('heading', { name: 'Before' }).waitFor();
    await api.connected();
    while (asked('GET', '').filter(({ path }) => path.startsWith('/api/coaching-sessions?')).length < 4) await page.waitForTimeout(20);
    await page.waitForTimeout(50);
    api.sessions = [...api.sessions, aSession(2)];
    api.emit('session:updated', aSession(2));
    await page.getByRole('heading', { name: 'Next' }).waitFor();
    await page.locator(`[data-session="${uuid('9', 2)}"]`).press('Enter');
    await status(page, 'Scheduled');
  });

  it('that runs stands first in the list, whenever it was planned for, and all others can be reached', async () => {
    const planned = Array.from({ length: 23 }, (_, index) => aSession(100 + index, { scheduledAt: new Date(Date.UTC(2099, 0, index + 1, 9)).toISOString() }));
    api.sessions = [...planned, aSession(200, { status: 'live', scheduledAt: '2099-06-01T09:00:00.000Z' })];
    const page = await open();
    await status(page, 'Live');
    await page.getByRole('button', { name: 'All sessions' }).click();
    const rows = page.locator('.sessions .row');
    await rows.first().getByText('Live').waitFor();
    expect(await rows.count()).to.equal(21);
    await page.getByRole('button', { name: 'Show more' }).press('Enter');
    await until(page, async () => (await rows.count()) === 24);
    expect(await page.getByRole('button', { name: 'Show more' }).count()).to.equal(0);
  });

  it('that somebody else begins is offered to whoever looks at another one', async () => {
    api.person = fixtures.agent(1);
    api.sessions = [completed()];
    const page = await open({ attrs: {} });
    await page.getByText('Do you agree with what stands here?').waitFor();
    await api.connected();
    const begun = aSession(2, { status: 'live', startedAt: new Date().toISOString() });
    api.sessions = [...api.sessions, begun];
    await until(page, async () => {
      api.emit('session:updated', begun); // heard once it listens
      return (await page.locator('.bar').getByText('The session with Ruth Adeyemi has begun.').count()) > 0;
    });
    expect(await page.getByText('Do you agree with what stands here?').count(), 'what is read stays').to.equal(1);
    await page.getByRole('button', { name: 'Go there' }).press('Enter');
    await status(page, 'Live');
    await page.locator('.bar').waitFor({ state: 'detached' });
  });
});
