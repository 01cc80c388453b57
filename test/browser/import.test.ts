import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { asking, blockedPlan, committed, IMPORT_ID, missing, reading, staged, takenBack } from '../../widgets/import/import-fixtures.ts';
import type { Import } from '../../widgets/import/import-model.ts';
import { closeSharedBrowser } from './browser.ts';
import { startFakeApi, type FakeApi } from './fake/fake-api.ts';
import { become } from './fake/fake-imports.ts';
import { problem } from './fake/answer.ts';
import { axeViolations, openHost, type HostPage } from './host-page.ts';

const AT = `/api/imports/${IMPORT_ID}`;
const FILE = { name: 'calls-november.xlsx', mimeType: 'application/octet-stream', buffer: Buffer.from('PK') };

describe('the import widget', function () {
  this.timeout(60_000);
  let api: FakeApi;
  let host: HostPage | undefined;

  beforeEach(async () => {
    api = await startFakeApi();
  });
  afterEach(async () => {
    await host?.close();
    host = undefined;
    await api.close();
  });
  after(closeSharedBrowser);

  async function open(item?: Import, more: { width?: number; scheme?: 'dark' } = {}): Promise<Page> {
    if (item) api.imports.current = item;
    host = await openHost({ url: api.url, widget: 'sideline-import', attrs: item ? { 'import-id': IMPORT_ID } : {}, width: 320, ...more });
    await api.connected();
    return host.page;
  }
  /** What a worker would do, and tell. */
  function move(next: Import): void {
    become(api.imports, next);
    const { status, progress } = next;
    api.emit('import:progress', { id: IMPORT_ID, status, progress, uploadedBy: 900 });
  }
  const asked = (path: string, method = 'POST') => api.requests.filter((request) => request.method === method && request.path === path);
  /** Presses Tab until a control is reached; a person without a mouse has no other way. */
  async function tabTo(page: Page, name: RegExp): Promise<void> {
    for (let presses = 0; presses < 80; presses += 1) {
      const focused = await page.evaluate(() => {
        let active = document.activeElement;
        while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
        const labels = active instanceof HTMLInputElement ? [...(active.labels ?? [])].map((label) => label.textContent) : [];
        return [active?.getAttribute('aria-label'), active?.textContent, ...labels].join(' ').replace(/\s+/g, ' ').trim();
      });
      if (name.test(focused)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`Tab does not reach ${name}`);
  }

  it('leads from file to undo by the keyboard alone', async () => {
    const page = await open();
    await page.getByRole('radio', { name: 'Calls, chats and tickets' }).waitFor();
    await tabTo(page, /Calls, chats/);
    await page.keyboard.press('ArrowDown');
    await tabTo(page, /^Choose a file$/);
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Space')]);
    await chooser.setFiles(FILE);
    await page.getByText('Waiting for its turn').first().waitFor();
    expect(String(asked('/api/imports')[0]?.headers['content-type'])).to.include('multipart/form-data');
    move({ ...asking, questions: asking.questions.slice(0, 1) });
    await page.getByText('One thing the file does not say').waitFor();
    await tabTo(page, /Day first/);
    await page.keyboard.press('Space');
    await tabTo(page, /^Read it again with this decision$/);
    await page.keyboard.press('Enter');
    await page.getByText('Reading the rows').first().waitFor();
    expect(asked(`${AT}/mapping`, 'PUT')[0]?.body).to.deep.equal({ options: { dateOrder: 'dmy' } });
    move(staged);
    await page.getByRole('button', { name: 'Import 4,985 rows' }).waitFor();
    await tabTo(page, /^Import 4,985 rows$/);
    await page.keyboard.press('Enter');
    // The button is gone; the focus is with what came instead of it.
    await page.locator('h2:focus').getByText('calls-november.xlsx').waitFor();
    move(committed);
    await page.getByRole('heading', { name: 'calls-november.xlsx is in.' }).waitFor();
    await tabTo(page, /^Undo this import$/);
    await page.keyboard.press('Enter');
    await page.getByText('4,961 rows that came with it go.').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.undo:focus').waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('4,961 rows that came with it go.').waitFor();
    await tabTo(page, /^Take it back$/);
    await page.keyboard.press('Enter');
    await page.getByText('Taking it back').first().waitFor();
    move(takenBack);
    await page.getByRole('heading', { name: 'calls-november.xlsx was taken back.' }).waitFor();
    expect(host?.complaints).to.deep.equal([]);
  });

  it('shows how far it is, stops when told to, and says when it is too late', async () => {
    const page = await open(reading);
    await page.getByRole('progressbar', { name: 'Reading the rows' }).waitFor();
    move({ ...reading, progress: { phase: 'comparing', percent: 90, rows: 5_000 } });
    const bar = page.getByRole('progressbar', { name: 'Comparing with what is there already' });
    await bar.waitFor();
    expect(await bar.evaluate((element) => (element as HTMLProgressElement).value)).to.equal(90);
    api.faults.set(`${AT}/cancel`, { status: 409, body: problem(409) });
    move({ ...staged, status: 'committing', progress: { phase: 'committing', percent: 10, rows: 0 } });
    await page.getByText('Importing').first().waitFor();
    await page.getByText(/^0:\d\d so far/).waitFor();
    expect(await page.getByRole('progressbar', { name: 'Importing' }).evaluate((element) => (element as HTMLProgressElement).position), 'nobody knows how far a transaction is').to.equal(-1);
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText('It is too late to stop').waitFor();
    expect(await page.getByRole('button', { name: 'Stop' }).count()).to.equal(0);
    api.faults.clear();
    move(staged);
    await page.getByRole('button', { name: 'Import 4,985 rows' }).waitFor();
    move({ ...staged, status: 'committing', progress: { phase: 'committing', percent: 0, rows: 0 } });
    await page.getByRole('button', { name: 'Stop' }).waitFor();
    move({ ...staged, status: 'committing', progress: { phase: 'writing', percent: 20, rows: 0 } });
    await page.getByText('It cannot be stopped any more; you can take the import back').waitFor();
    expect(await page.getByRole('button', { name: 'Stop' }).count()).to.equal(0);
    move(staged);
    await page.getByRole('button', { name: 'Import 4,985 rows' }).waitFor();
    move(reading);
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText('calls-november.xlsx was stopped. Nothing was written.').last().waitFor();
    await page.getByRole('button', { name: 'Import another file' }).waitFor();
  });

  it('says that nothing moves, and what becomes of it', async () => {
    const page = await open(reading);
    await page.getByText('You may leave this page').waitFor();
    await page.evaluate(() => {
      const real = Date.now.bind(Date);
      Date.now = () => real() + 65_000;
    });
    await page.getByText(/^Nothing has moved for 1:0\d\./).waitFor();
  });

  it('sends a lost upload once more by the same key', async () => {
    const page = await open();
    await page.getByRole('button', { name: /Open calls-november/ }).waitFor();
    api.faults.set('/api/imports', { status: 503, body: problem(503, 'The database is away.') });
    await page.locator('input[type=file]').setInputFiles(FILE);
    await page.getByText('calls-november.xlsx was not taken. The database is away.').waitFor();
    api.faults.clear();
    await page.getByRole('button', { name: 'Try again' }).first().click();
    await page.getByText('Waiting for its turn').first().waitFor();
    const keys = asked('/api/imports').map(({ headers }) => headers['idempotency-key']);
    expect(keys).to.have.length(2);
    expect(keys[0]).to.be.a('string').and.equal(keys[1]);
  });

  it('sends a file as what it looks like, when it was said to be something else', async () => {
    const page = await open();
    await page.locator('input[type=file]').setInputFiles(FILE);
    await page.getByText('Waiting for its turn').first().waitFor();
    move({ ...staged, detected: staged.detected && { ...staged.detected, likelierKind: 'performance' } });
    await page.getByRole('button', { name: 'Read as “Daily figures”' }).click();
    await page.getByText('Waiting for its turn').first().waitFor();
    expect(asked(AT, 'DELETE')).to.have.length(1);
    expect(asked('/api/imports')).to.have.length(2);
  });

  it('takes a file that is dropped beside the box, and refuses it at every other step: the browser opens none', async () => {
    const page = await open();
    const dropOn = (where: string) => page.locator(where).first().evaluate((element) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['PK'], 'calls-november.xlsx'));
      const heeded = ['dragover', 'drop'].map((type) => !element.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, composed: true, cancelable: true })));
      return heeded.every(Boolean);
    });
    await page.getByRole('radio', { name: 'Calls, chats and tickets' }).waitFor();
    expect(await dropOn('sideline-import-start legend')).to.equal(true);
    await page.getByRole('button', { name: 'Stop' }).waitFor();
    expect(asked('/api/imports')).to.have.length(1);
    expect(await dropOn('sideline-import progress')).to.equal(true);
    expect(asked('/api/imports')).to.have.length(1);
  });

  it('keeps what was decided over a reload, and drops it when told to', async () => {
    const page = await open(asking);
    await page.getByRole('radio', { name: 'Day first' }).check();
    await page.locator('.mapping').getByLabel('What the column Comment means').selectOption({ label: 'Wait' });
    await host?.reload();
    await page.getByRole('button', { name: 'Read it again with 2 decisions' }).waitFor();
    expect(await page.getByRole('radio', { name: 'Day first' }).isChecked()).to.equal(true);
    await page.getByRole('button', { name: 'Drop them' }).click();
    expect(await page.getByRole('radio', { name: 'Day first' }).isChecked()).to.equal(false);
    await page.getByText('Answer the 3 questions above first.').waitFor();
  });

  it('does not know whether an unanswered import was done, asks, and shows it', async () => {
    const page = await open(staged);
    api.faults.set(`${AT}/commit`, { status: 503, body: problem(503) });
    await page.getByRole('button', { name: 'Import 4,985 rows' }).click();
    await page.getByText('No answer came').waitFor();
    move(committed);
    await page.getByRole('heading', { name: 'calls-november.xlsx is in.' }).waitFor();
    expect(await page.getByText('No answer came').count()).to.equal(0);
  });

  it('says that it was not done once the connection is back and nothing has changed', async () => {
    const page = await open(staged);
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Import 4,985 rows' }).click();
    await page.getByText('No answer came').waitFor();
    await page.context().setOffline(false);
    await page.getByText('The connection is back, and this was not done.').waitFor();
    expect(await page.getByText('No answer came').count()).to.equal(0);
    await page.getByRole('button', { name: 'Import 4,985 rows' }).click();
    await page.getByText('Importing', { exact: true }).waitFor();
    expect(await page.getByText('this was not done').count()).to.equal(0);
    expect(asked(`${AT}/commit`)).to.have.length(1);
  });

  it('says that another window was quicker, and shows what it left', async () => {
    const page = await open(staged);
    api.imports.overtaken = { ...staged, counts: { ...staged.counts, new: 4_960, rejected: 4 } };
    await page.getByRole('button', { name: 'Import 4,985 rows' }).click();
    await page.getByText('This import has moved on meanwhile').waitFor();
    await page.getByRole('button', { name: 'Import 4,984 rows' }).waitFor();
    expect(asked(`${AT}/commit`)[0]?.body).to.deep.equal({ version: staged.version, createMissingAgents: false });
  });

  it('takes who may be meant with one click, and shows whom', async () => {
    const page = await open(missing);
    await page.getByRole('button', { name: 'B. Frost is Bianca Frost' }).click();
    await page.getByText('Bianca Frost').first().waitFor();
    await page.getByRole('button', { name: 'Read it again with this decision' }).click();
    await page.getByText('Reading the rows').first().waitFor();
    expect(asked(`${AT}/mapping`, 'PUT')[0]?.body).to.deep.equal({ people: { 'B. Frost': 31 } });
  });

  it('is accessible where it asks, at 320 px in the dark', async () => {
    api.imports.plan = blockedPlan;
    const page = await open(asking, { scheme: 'dark' });
    await page.getByRole('group', { name: 'Every date could begin' }).waitFor();
    expect(await axeViolations(page)).to.deep.equal([]);
    move(missing);
    await page.getByRole('button', { name: 'Is somebody else: Dana Whitfield' }).click();
    await page.getByRole('searchbox', { name: /^Who Dana Whitfield is/ }).waitFor();
    await page.getByRole('checkbox', { name: 'Add them as agents' }).check();
    expect(await axeViolations(page)).to.deep.equal([]);
    move(committed);
    await page.getByRole('button', { name: 'Undo this import' }).click();
    await page.getByText('Dana Whitfield has signed in.').waitFor();
    expect(await page.getByRole('button', { name: 'Take it back' }).count()).to.equal(0);
    expect(await axeViolations(page)).to.deep.equal([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).to.equal(0);
  });
});
