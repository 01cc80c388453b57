import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { addDays, businessDay } from '../../widgets/shared/business-day.ts';
import { insertInteractions } from '../harness/interactions.ts';
import { startWorld, type World } from '../harness/world.ts';
import { closeSharedBrowser } from './browser.ts';
import { openHost, type HostPage } from './host-page.ts';

describe('downloads in the browser', function () {
  this.timeout(60_000);
  let world: World;
  let host: HostPage;
  let page: Page;
  const today = businessDay(Date.now(), 'UTC');

  before(async () => {
    world = await startWorld('exports_page', { BUSINESS_TIMEZONE: 'UTC' });
    const { agent, stranger } = world.org;
    const at = (agentId: number, days: number) => ({ agentId, startedAt: `${addDays(today, days)}T00:00:00Z` });
    await world.app.ctx.uow.read((db) => insertInteractions(db, [at(agent.id, -29), at(agent.id, -30), at(stranger.id, -1)], 'UTC'));
    host = await openHost({ url: world.app.url, widget: 'sideline-import', token: world.org.leader.token, width: 320 });
    page = host.page;
  });
  after(async () => {
    await host?.close();
    await closeSharedBrowser();
    await world?.close();
  });

  const button = () => page.getByRole('button', { name: 'Download', exact: true });
  const box = (name: string) => page.locator('sideline-exports').getByRole('combobox', { name, exact: true });
  const day = (name: string) => page.locator('sideline-exports').getByLabel(name, { exact: true });

  it('are below the imports, and give a leader the file of the API', async () => {
    await page.getByText('Download rows instead').click();
    await box('File').selectOption('csv');
    await page.getByText('Excel takes first zeros off it and rounds long numbers.').waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), button().click()]);
    expect(download.suggestedFilename()).to.match(/^sideline-interactions-[\d-]+\.csv$/);
    const saved = await readFile(await download.path());
    const { text } = await world.app.request(world.org.leader.token).get('/api/exports/interactions').query({ format: 'csv', from: addDays(today, -29), to: today }).buffer(true).expect(200);
    expect(saved.subarray(0, 3).toString('hex')).to.equal('efbbbf');
    expect(saved.toString().replace(/^\uFEFF/, '')).to.equal(text.replace(/^\uFEFF/, ''));
    expect(saved.toString().trim().split('\n')).to.have.length(2); // its header, and the one row of these days and this team
    await page.locator('.outcome').getByText(/^sideline-interactions-.+ is saved, 1 kB\.$/).waitFor();
  });

  it('propose the days that go with what is chosen, and keep those somebody chose', async () => {
    const days = async () => [await day('From').inputValue(), await day('To').inputValue()];
    await box('What').selectOption('People');
    expect(await days()).to.deep.equal(['', '']);
    await box('What').selectOption('Action items');
    expect(await days()).to.deep.equal([addDays(today, -29), '']);
    await day('To').fill('2020-01-01');
    await box('What').selectOption('Notes');
    expect(await days()).to.deep.equal([addDays(today, -29), '2020-01-01']);
    await button().click();
    await page.getByRole('alert').getByText('The first day is after the last one.').waitFor();
    await day('To').fill(today);
  });

  it('say when the server wants to be asked again', async () => {
    const detail = 'Too many downloads at once.';
    await page.route('**/api/exports/**', (route) => route.fulfill({ status: 503, headers: { 'Retry-After': '30' }, json: { status: 503, code: 'busy', detail } }));
    await button().click();
    await page.getByRole('alert').getByText(`Not downloaded. ${detail} Try again in 30 seconds.`).waitFor();
    await page.unroute('**/api/exports/**');
  });

  it('are stopped by the keyboard, which stays where it was', async () => {
    await page.route('**/api/exports/**', () => undefined);
    await button().focus();
    await page.keyboard.press('Enter');
    await page.getByText('Downloading: Notes · 0 kB so far').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.locator('.outcome').getByText('Stopped. Nothing was saved.').waitFor();
    expect(await button().evaluate((node) => node.matches(':focus'))).to.equal(true);
    await page.unroute('**/api/exports/**');
  });

  it('say that the network is lost, and work when it is back', async () => {
    await page.context().setOffline(true);
    await button().click();
    await page.getByRole('alert').getByText('Not downloaded. The server could not be reached.').waitFor();
    await page.context().setOffline(false);
    const [download] = await Promise.all([page.waitForEvent('download'), button().click()]);
    expect(download.suggestedFilename()).to.match(/^sideline-notes-[\d-]+\.csv$/);
  });

  /** Notes come when the test lets them: a page of them at once, and then the end, or a server that fails. */
  function holdNotes(): { go: () => void; fail: () => void; restore: () => void } {
    const { notes } = world.app.ctx;
    const whole = notes.pages.bind(notes);
    let [go, fail]: (() => void)[] = [];
    const gate = new Promise<void>((resolve, reject) => ([go, fail] = [resolve, () => reject(new Error('the server failed'))]));
    gate.catch(() => undefined);
    notes.pages = async function* (...given) {
      for await (const page of whole(...given)) yield Array.from({ length: 1000 }, () => page[0]).filter((row) => row !== undefined);
      await gate;
    };
    return { go: () => go?.(), fail: () => fail?.(), restore: () => (notes.pages = whole) };
  }

  const show = (importId: string) => page.evaluate((id) => ((document.querySelector('sideline-import') as HTMLElement & { importId: string | undefined }).importId = id || undefined), importId);
  const anImport = '01890000-0000-7000-8000-000000000000';

  it('go on while an import is looked at, are found again, and are asked about before the page is left', async () => {
    await world.app.request(world.org.leader.token).post('/api/quick-notes').send({ agentId: world.org.agent.id, noteType: 'POSITIVE', content: 'Kind and quick. '.repeat(20) }).expect(201);
    const held = holdNotes();
    await button().click();
    await page.getByText(/Downloading: Notes · [1-9]\d* kB so far/).waitFor();
    const leaving = page.waitForEvent('dialog');
    await page.evaluate(() => void setTimeout(() => location.reload()));
    const dialog = await leaving;
    expect(dialog.type()).to.equal('beforeunload');
    await dialog.dismiss();
    await show(anImport);
    await page.locator('sideline-exports').waitFor({ state: 'detached' });
    await show('');
    await page.getByText(/Downloading: Notes · /).waitFor();
    await show(anImport);
    await page.locator('sideline-exports').waitFor({ state: 'detached' });
    const saved = page.waitForEvent('download');
    held.go();
    const download = await saved;
    expect(download.suggestedFilename()).to.match(/^sideline-notes-[\d-]+\.csv$/);
    expect((await readFile(await download.path(), 'utf8')).trim().split('\r\n')).to.have.length(1001);
    await show('');
    await page.locator('.outcome').getByText(/^sideline-notes-.+ is saved, \d+ kB\.$/).waitFor();
    // What was read is not told again.
    await show(anImport);
    await page.locator('sideline-exports').waitFor({ state: 'detached' });
    await show('');
    await page.getByText('Download rows instead').click();
    await button().waitFor();
    expect(await page.locator('.outcome').count()).to.equal(0);
    held.restore();
  });

  it('leave nothing that looks like a file when the server fails in the middle', async () => {
    const held = holdNotes();
    const saved: string[] = [];
    const keep = (download: { suggestedFilename: () => string }): void => void saved.push(download.suggestedFilename());
    page.on('download', keep);
    await box('What').selectOption('Notes');
    await box('File').selectOption('csv');
    await button().click();
    await page.getByText(/Downloading: Notes · [1-9]\d* kB so far/).waitFor();
    held.fail();
    await page.getByRole('alert').getByText(/^The connection was lost after \d+ kB, and nothing was saved\. Download it again\.$/).waitFor();
    expect(saved).to.deep.equal([]);
    page.off('download', keep);
    held.restore();
  });

  it('end with the sign-in', async () => {
    const held = holdNotes();
    await button().click();
    await page.getByText(/Downloading: Notes · [1-9]\d* kB so far/).waitFor();
    const cut = page.waitForEvent('requestfailed', (request) => request.url().includes('/api/exports/'));
    await page.evaluate(() => (window as unknown as { sideline: { stop: () => void } }).sideline.stop());
    await cut;
    held.restore();
    held.go();
  });

  it('are not open to who has no part in coaching', async () => {
    const other = await openHost({ url: world.app.url, widget: 'sideline-exports', token: world.org.viewer.token });
    await other.page.getByText('This is not open to your role.').waitFor();
    expect(await other.page.getByRole('button').count()).to.equal(0);
    await other.close();
  });
});
