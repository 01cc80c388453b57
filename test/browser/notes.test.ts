import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { closeSharedBrowser } from './browser.ts';
import { startFakeApi, type FakeApi } from './fake/fake-api.ts';
import * as fixtures from '../../widgets/gallery/fixtures.ts';
import { openHost, type HostOptions, type HostPage } from './host-page.ts';

const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

describe('the list of notes', function () {
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
    host = await openHost({ url: api.url, widget: 'sideline-notes', ...options });
    await host.page.locator('.entry').first().waitFor();
    return host.page;
  }
  const heads = (page: Page) => page.locator('.entry .head');
  const focused = (page: Page): Promise<string | null> =>
    page.evaluate(() => {
      let active = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      return active?.getAttribute('data-note') ?? active?.getAttribute('aria-label') ?? null;
    });
  const asked = (method: string): FakeApi['requests'] => api.requests.filter((request) => request.method === method && request.path.startsWith('/api/quick-notes'));

  /** What is fetched when the connection is new has come: events are applied to what is shown from now on. */
  async function connected(page: Page): Promise<void> {
    while (asked('GET').length < 2) await page.waitForTimeout(20);
    await page.waitForTimeout(50);
  }

  it('marks a note addressed, goes on to the next, and takes it back', async () => {
    const page = await open();
    const [first, second] = api.notes.map(({ id }) => id);
    await heads(page).first().click();
    await page.getByRole('button', { name: 'Mark addressed' }).click();
    await page.locator('.toast').getByText('Marked addressed').waitFor();
    expect(await focused(page)).to.equal(second);
    expect(await heads(page).count()).to.equal(2);
    expect(asked('PUT')[0]?.headers['if-match']).to.equal('"1"');
    await page.locator('.toast').getByRole('button', { name: 'Undo' }).click();
    await page.locator(`[data-note="${first}"]`).waitFor();
    expect(asked('PUT')[1]).to.deep.include({ body: { addressed: false } });
    expect(asked('PUT')[1]?.headers['if-match']).to.equal('"2"');
  });

  it('is used by keys alone', async () => {
    const page = await open();
    await heads(page).first().focus();
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).to.equal(api.notes[1]?.id);
    await page.keyboard.press('Enter');
    await page.locator('.entry.open .text').getByText('Promised a refund').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.entry.open').waitFor({ state: 'detached' });
    expect(await focused(page)).to.equal(api.notes[1]?.id);
    await page.keyboard.press('n');
    await page.getByRole('heading', { name: 'Note about Amara Okafor' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('d');
    await page.locator('.toast').getByText('Marked addressed').waitFor();
    await page.keyboard.press('/');
    expect(await focused(page)).to.match(/^Search notes/);
  });

  it('finds by words and by filters, and offers to clear them when nothing is left', async () => {
    const page = await open();
    await page.getByRole('searchbox').fill('refund');
    await heads(page).nth(1).waitFor({ state: 'detached' });
    expect(await heads(page).allTextContents()).to.have.length(1);
    await page.getByRole('button', { name: 'Filters' }).click();
    await page.getByLabel('Type').selectOption('Praise');
    await page.getByText('No note fits these filters.').waitFor();
    expect(new URL(asked('GET').at(-1)?.path ?? '', api.url).searchParams.toString()).to.equal('addressed=false&noteType=POSITIVE&search=refund&limit=100');
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await heads(page).nth(2).waitFor();
    expect(await page.getByRole('searchbox', { name: /^Search notes/ }).inputValue()).to.equal('');
  });

  it('edits one’s own note in its place, and keeps what was written when somebody else was faster', async () => {
    const page = await open();
    const [note] = api.notes;
    await heads(page).first().focus();
    await page.keyboard.press('e');
    const text = page.locator('.edit textarea');
    await text.waitFor();
    await text.fill('Mine.');
    api.faults.set(`/api/quick-notes/${note?.id}`, { status: 412 });
    await page.keyboard.press('Control+Enter');
    await page.getByRole('alert').getByText('Somebody changed this').or(page.getByText('Not saved; your text is still here.')).first().waitFor();
    expect(await text.inputValue()).to.equal('Mine.');
    api.faults.clear();
    api.notes = api.notes.map((other) => (other.id === note?.id ? { ...other, content: 'Theirs.', version: 5 } : other));
    await page.keyboard.press('Control+Enter');
    await page.locator('.entry.open .text').getByText('Mine.').waitFor();
    expect(asked('PUT').at(-1)?.body).to.deep.equal({ content: 'Mine.' });
  });

  it('does not offer to change what somebody else wrote, and nothing to the person it is about', async () => {
    api.notes = api.notes.map((note) => ({ ...note, createdBy: { id: 902, name: 'Victor Lindqvist' } }));
    let page = await open();
    await heads(page).first().click();
    await page.getByRole('button', { name: 'Mark addressed' }).waitFor();
    expect(await page.getByRole('button', { name: 'Edit' }).count()).to.equal(0);
    await host.close();
    api.person = fixtures.agent(1);
    page = await open();
    await heads(page).first().click();
    await page.locator('.entry.open .text').waitFor();
    expect(await page.getByRole('button', { name: 'Mark addressed' }).count()).to.equal(0);
  });

  it('asks before it deletes, and is gone everywhere', async () => {
    const page = await open();
    await heads(page).first().click();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog', { name: 'Delete this note?' }).getByRole('button', { name: 'Keep it' }).click();
    expect(asked('DELETE')).to.have.length(0);
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Delete the note' }).click();
    await heads(page).nth(2).waitFor({ state: 'detached' });
    expect(asked('DELETE')).to.have.length(1);
    expect(await focused(page)).to.equal(api.notes[0]?.id);
  });

  it('shows what is written, changed and withdrawn elsewhere', async () => {
    const page = await open();
    await connected(page);
    api.emit('quickNote:created', fixtures.note(50, { agentId: 3, agentName: 'Chiara Lombardi', content: 'Well asked.', createdAt: new Date().toISOString() }));
    await page.locator('.entry.fresh').getByText('Well asked.').waitFor();
    expect(await heads(page).first().textContent()).to.include('Chiara Lombardi');
    api.emit('quickNote:updated', fixtures.note(50, { content: 'Well asked, twice.', createdAt: new Date().toISOString(), version: 2 }));
    await page.getByText('Well asked, twice.').waitFor();
    api.emit('quickNote:updated', fixtures.note(1, { addressedAt: new Date().toISOString(), addressedBy: { id: 902, name: 'Victor Lindqvist' }, version: 2 }));
    api.emit('quickNote:deleted', { id: fixtures.note(50).id, agentId: 3 });
    await heads(page).nth(2).waitFor({ state: 'detached' });
    expect(await heads(page).count()).to.equal(2);
  });

  it('holds three hundred notes and keeps a few of them in the page', async () => {
    api.notes = Array.from({ length: 300 }, (_, index) => fixtures.note(index + 1000, { content: `Note ${index + 1}.`, createdAt: minutesAgo(index * 7) }));
    const page = await open();
    await page.getByText('300 notes').waitFor();
    await connected(page);
    expect(await heads(page).count()).to.be.below(40);
    await heads(page).first().focus();
    await page.keyboard.press('End');
    while ((await focused(page)) !== api.notes.at(-1)?.id) await page.keyboard.press('End');
    await page.getByText('Note 300.').waitFor();
    expect(await heads(page).count()).to.be.below(40);
    const ids = asked('GET').map(({ path }) => new URL(path, api.url).searchParams.get('to')).filter(Boolean);
    expect(ids).to.deep.equal([api.notes[99]?.createdAt, api.notes[198]?.createdAt, api.notes[297]?.createdAt]);
  });

  it('keeps a note that was written offline on top until it is sent, once', async () => {
    const page = await open({ attrs: { 'agent-id': '1' } });
    await page.route('**/api/quick-notes', (route) => route.fulfill({ status: 503 }));
    await page.getByRole('button', { name: /^Note about/ }).click();
    await page.keyboard.type('Written in the lift.');
    await page.keyboard.press('Control+Enter');
    await page.locator('.kept').getByText('Written in the lift.').waitFor();
    await page.unroute('**/api/quick-notes');
    await page.locator('.bar').getByRole('button', { name: 'Try again' }).click();
    await page.locator('.kept').waitFor({ state: 'detached' });
    expect(asked('POST').map(({ body }) => (body as { content: string }).content)).to.deep.equal(['Written in the lift.']);
  });
});
