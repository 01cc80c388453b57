import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { sql } from '../../api/db/db.ts';
import * as fixtures from '../../widgets/gallery/fixtures.ts';
import * as actionFixtures from '../../widgets/action-items/actions.fixtures.ts';
import { startTestApp, type TestApp } from '../harness/app.ts';
import { until } from '../harness/until.ts';
import { closeSharedBrowser } from './browser.ts';
import { startFakeApi, type FakeApi } from './fake/fake-api.ts';
import { openHost, type HostOptions, type HostPage } from './host-page.ts';

describe('the list of action items', function () {
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
    host = await openHost({ url: api.url, widget: 'sideline-action-items', ...options });
    await host.page.locator('.entry').first().waitFor();
    return host.page;
  }
  const heads = (page: Page) => page.locator('.entry .head');
  const focused = (page: Page): Promise<string | null> =>
    page.evaluate(() => {
      let active = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      return active?.getAttribute('data-action') ?? active?.getAttribute('aria-label') ?? active?.className ?? null;
    });
  const asked = (method: string): FakeApi['requests'] => api.requests.filter((request) => request.method === method && request.path.startsWith('/api/action-items'));
  async function connected(page: Page): Promise<void> {
    while (asked('GET').length < 2) await page.waitForTimeout(20);
    await page.waitForTimeout(50);
  }

  it('groups what is to be done by its day, and says how far it is', async () => {
    const page = await open();
    expect((await page.locator('section > h3').allTextContents()).map((text) => text.replace(/\s+/g, ' ').trim())).to.deep.equal(['Overdue 1', 'Within a week 3', 'Later 1']);
    const first = await heads(page).first().textContent();
    expect(first).to.include('2 days late').and.include('CSAT 4.26').and.include('65 % of the way');
    expect(await heads(page).nth(2).textContent()).to.include('Too early to say: n 12 of 20');
  });

  it('is ticked off with one press, goes on to the next, and is taken back', async () => {
    const page = await open();
    const [, second, third] = api.actions.map(({ id }) => id);
    await page.locator(`[data-key="${second}"] .tick`).click();
    await page.locator('.toast').getByText('Done').waitFor();
    await page.locator(`[data-action="${second}"]`).waitFor({ state: 'detached' });
    expect(await focused(page)).to.equal(third);
    expect(asked('PUT')[0]).to.deep.include({ body: { status: 'done' } });
    await page.locator('.toast').getByRole('button', { name: 'Undo' }).click();
    await page.locator(`[data-action="${second}"]`).waitFor();
    expect(asked('PUT')[1]).to.deep.include({ body: { status: 'open' } });
  });

  it('is used by keys alone', async () => {
    const page = await open();
    const [first, second] = api.actions.map(({ id }) => id);
    await heads(page).first().focus();
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).to.equal(second);
    await page.keyboard.press('p');
    await page.locator(`[data-key="${second}"] .doing`).waitFor();
    await page.keyboard.press('ArrowUp');
    expect(await focused(page)).to.equal(first);
    await page.keyboard.press('c');
    await until(async () => (await focused(page)) === 'Comment');
    await page.keyboard.type('Half of it.');
    await page.keyboard.press('Control+Enter');
    await until(() => asked('POST').length === 1);
    expect(asked('POST')[0]).to.deep.include({ path: `/api/action-items/${first}/comments`, body: { text: 'Half of it.' } });
    await heads(page).first().focus();
    await page.keyboard.press('Escape');
    await page.locator('.entry.open').waitFor({ state: 'detached' });
    await page.keyboard.press('e');
    await page.locator('.form .what').waitFor();
    await until(async () => (await focused(page)) === 'what');
    await page.keyboard.press('Escape');
    await page.locator('.form').waitFor({ state: 'detached' });
    expect(await focused(page)).to.equal(first);
    await page.keyboard.press('d');
    await page.locator(`[data-action="${first}"]`).waitFor({ state: 'detached' });
  });

  it('takes a step back when it is refused, and says why', async () => {
    const page = await open();
    const first = api.actions[0]?.id;
    api.faults.set(`/api/action-items/${first}`, { status: 409 });
    await page.locator(`[data-key="${first}"] .tick`).click();
    await page.getByRole('alert').getByText('Not done.').waitFor();
    expect(await page.locator(`[data-key="${first}"] .tick`).isChecked()).to.equal(false);
  });

  it('writes an item for somebody who is chosen, with what it should show in', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'New action item' }).click();
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByText('Say what is to be done.').waitFor();
    await page.getByLabel('What is to be done').fill('Read the notice periods');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByText('Choose for whom.').waitFor();
    await page.getByRole('searchbox', { name: /Person/ }).fill('Chiara');
    await page.getByRole('button', { name: /Chiara Lombardi/ }).first().click();
    await page.getByRole('button', { name: 'In two weeks' }).click();
    await page.getByLabel('Should show in').selectOption({ label: 'Customer satisfaction' });
    await page.getByLabel(/^Target/).fill('4,5');
    await page.keyboard.press('Control+Enter');
    await page.locator('.entry').getByText('Read the notice periods').waitFor();
    expect(asked('POST')[0]?.body).to.include({ title: 'Read the notice periods', priority: 'MEDIUM', targetMetric: 'csat', targetValue: 4.5, agentId: 3 });
    expect(asked('POST')[0]?.headers['idempotency-key']).to.be.a('string');
  });

  it('edits what changed and nothing else, under the version it was read with', async () => {
    const page = await open();
    await heads(page).first().click();
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await page.getByLabel('What is to be done').fill('Let them finish');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('.entry').getByText('Let them finish').waitFor();
    expect(asked('PUT')[0]).to.deep.include({ body: { title: 'Let them finish' } });
    expect(asked('PUT')[0]?.headers['if-match']).to.equal('"1"');
  });

  it('offers an agent their own to work off, and only their own to change', async () => {
    api.person = fixtures.agent(1);
    api.actions = api.actions.filter(({ agentId }) => agentId === 1);
    const page = await open();
    await heads(page).first().click();
    await page.getByRole('button', { name: 'In progress', exact: true }).waitFor();
    expect(await page.getByRole('button', { name: 'Cancelled', exact: true }).count()).to.equal(0);
    expect(await page.getByRole('button', { name: 'Edit', exact: true }).count()).to.equal(0);
    await page.getByRole('button', { name: 'New action item' }).click();
    await page.getByLabel('What is to be done').fill('Listen to two calls');
    await page.getByRole('button', { name: 'Create' }).click();
    await until(() => asked('POST').length === 1);
    expect(asked('POST')[0]?.body).to.include({ agentId: 1 });
  });

  it('shows what is written, changed and done elsewhere', async () => {
    const page = await open();
    await connected(page);
    api.emit('actionItem:created', actionFixtures.actionItem(50, { agentId: 3, title: 'Greet by name', createdBy: { id: 902, name: 'Victor Lindqvist' } }));
    await page.locator('.entry.fresh').getByText('Greet by name').waitFor();
    api.emit('actionItem:updated', actionFixtures.actionItem(50, { agentId: 3, title: 'Greet everybody by name', version: 2 }));
    await page.getByText('Greet everybody by name').waitFor();
    api.emit('actionItem:updated', actionFixtures.actionItem(50, { agentId: 3, title: 'Greet everybody by name', status: 'done', completedAt: new Date().toISOString(), version: 3 }));
    await page.getByText('Greet everybody by name').waitFor({ state: 'detached' });
  });
});

describe('action items in a real installation', function () {
  this.timeout(60_000);
  let app: TestApp;
  let org: Awaited<ReturnType<TestApp['people']['organisation']>>;

  before(async () => {
    app = await startTestApp('action_items_page');
    org = await app.people.organisation();
  });
  after(async () => {
    await closeSharedBrowser();
    await app.close();
  });

  const stored = (title: string): Promise<{ id: string; status: string; comments: number }[]> =>
    app.query(sql<{ id: string; status: string; comments: number }>`select id, status, (select count(*)::int from action_comments c where c.action_item_id = i.id) as comments from action_items i where title = ${title}`);

  it('go from the leader to the agent and back, as it happens', async () => {
    const leader = await openHost({ url: app.url, widget: 'sideline-action-items', attrs: { 'agent-id': String(org.agent.id) }, token: org.leader.token });
    const agent = await openHost({ url: app.url, widget: 'sideline-action-items', token: org.agent.token });
    await leader.page.getByText('Nothing to do.').waitFor();
    await agent.page.getByText('Nothing to do.').waitFor();
    await leader.page.getByRole('button', { name: 'New action item' }).first().click();
    await leader.page.getByLabel('What is to be done').fill('Repeat the request in one sentence');
    await leader.page.keyboard.press('Control+Enter');
    await agent.page.locator('.title').getByText('Repeat the request in one sentence').waitFor();
    await agent.page.locator('.entry .head').click();
    await agent.page.getByRole('textbox', { name: 'Comment' }).fill('On every call today.');
    await agent.page.keyboard.press('Control+Enter');
    await leader.page.locator('.entry .count').waitFor();
    await agent.page.locator('.tick').click();
    await leader.page.getByText('Nothing to do.').waitFor();
    expect((await stored('Repeat the request in one sentence')).map(({ status, comments }) => [status, comments])).to.deep.equal([['done', 1]]);
    expect([...leader.complaints, ...agent.complaints]).to.deep.equal([]);
    await leader.close();
    await agent.close();
  });

  it('keep what an agent did without a network, through a reload, and send each of it once', async () => {
    await app.query(sql`delete from action_items`);
    const id = (await app.request(org.leader.token).post('/api/action-items').send({ agentId: org.agent.id, title: 'Note three openings', dueDate: '2099-01-31' }).expect(201)).body.id as string;
    const { page, reload, close } = await openHost({ url: app.url, widget: 'sideline-action-items', token: org.agent.token });
    await page.locator('.entry .head').click();
    await page.getByRole('textbox', { name: 'Comment' }).waitFor();
    await page.route('**/api/**', (route) => route.abort('internetdisconnected'));
    await page.getByRole('textbox', { name: 'Comment' }).fill('Written in the lift.');
    await page.keyboard.press('Control+Enter');
    await page.getByText('Written in the lift.').waitFor();
    await page.locator('.tick').click();
    await page.locator('.entry .waits').waitFor();
    expect(await page.locator('.tick').isChecked(), 'shown as it was meant').to.equal(true);
    await page.getByRole('button', { name: 'New action item' }).click();
    await page.getByLabel('What is to be done').fill('Ask Hannah about disputes');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByText('One new action item waits to be sent').waitFor();
    expect(await stored('Note three openings')).to.deep.equal([{ id, status: 'open', comments: 0 }]);
    await page.unroute('**/api/**');
    await reload();
    await until(async () => (await stored('Ask Hannah about disputes')).length > 0);
    await until(async () => (await stored('Note three openings'))[0]?.status === 'done');
    await page.waitForTimeout(1_000);
    expect(await stored('Note three openings')).to.deep.equal([{ id, status: 'done', comments: 1 }]);
    expect(await stored('Ask Hannah about disputes')).to.have.length(1);
    await close();
  });
});
