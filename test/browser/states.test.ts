import { expect } from 'chai';
import { closeSharedBrowser } from './browser.ts';
import { problem } from './fake/answer.ts';
import { startFakeApi, type FakeApi } from './fake/fake-api.ts';
import * as fixtures from '../../widgets/gallery/fixtures.ts';
import { axeViolations, openHost } from './host-page.ts';

interface Case {
  widget: string;
  attrs?: Record<string, string>;
  /** Path whose answer decides the state. */
  path: string;
}

const widgets: Case[] = [
  { widget: 'sideline-status-board', path: '/api/status-board' },
  { widget: 'sideline-priority-queue', path: '/api/priority-queue' },
  { widget: 'sideline-agent-card', attrs: { 'agent-id': '1' }, path: '/api/agents/1' },
  { widget: 'sideline-notifications', attrs: { inline: '' }, path: '/api/notifications' },
  { widget: 'sideline-notes', path: '/api/quick-notes' },
  { widget: 'sideline-session-requests', path: '/api/session-requests' },
  { widget: 'sideline-action-items', path: '/api/action-items' },
  { widget: 'sideline-session', attrs: { 'agent-id': '1', 'agent-name': 'Amara Okafor' }, path: '/api/coaching-sessions' },
];

describe('states of the widgets', function () {
  this.timeout(60_000);
  let api: FakeApi;

  beforeEach(async () => {
    api = await startFakeApi();
  });

  afterEach(() => api.close());
  after(closeSharedBrowser);

  for (const { widget, attrs = {}, path } of widgets) {
    describe(widget, () => {
      it('shows a skeleton while it loads', async () => {
        api.held.add(path);
        const { page, close } = await openHost({ url: api.url, widget, attrs });
        await page.locator(`${widget} .skeleton`).first().waitFor();
        expect(await axeViolations(page)).to.deep.equal([]);
        await close();
      });

      it('says what failed, with the reference, and loads when asked again', async () => {
        api.faults.set(path, { status: 500 });
        const { page, close } = await openHost({ url: api.url, widget, attrs });
        const alert = page.getByRole('alert').first();
        await alert.waitFor();
        expect(await alert.textContent()).to.include('could not be loaded').and.include('req-1234');
        expect(await axeViolations(page)).to.deep.equal([]);
        await page.waitForLoadState('networkidle'); // a socket that connects meanwhile has the widget ask by itself
        api.faults.clear();
        await alert.getByRole('button').click();
        await alert.waitFor({ state: 'detached' });
        await close();
      });

      it('says so when it is not open to the role, and offers nothing that cannot work', async () => {
        api.faults.set(path, { status: 403 });
        const { page, close } = await openHost({ url: api.url, widget, attrs });
        const alert = page.getByRole('alert').first();
        await alert.waitFor();
        expect(await alert.textContent()).to.include('not open to your role');
        expect(await alert.getByRole('button').count()).to.equal(0);
        await close();
      });

      it('tells that the sign-in ended and asks the page for a new one', async () => {
        api.faults.set('/api/', { status: 401 });
        const { page, close } = await openHost({ url: api.url, widget, attrs });
        const signIn = page.getByRole('button', { name: 'Sign in again' }).first();
        await signIn.waitFor();
        const asked = page.evaluate(() => new Promise((resolve) => document.addEventListener('sideline-sign-in', () => resolve(true))));
        await signIn.click();
        expect(await asked).to.equal(true);
        await close();
      });

      it('says that nobody is signed in', async () => {
        const { page, close } = await openHost({ url: api.url, widget, attrs, token: false });
        await page.getByText('Nobody is signed in.').first().waitFor();
        await close();
      });

      it('keeps what it shows when the network goes, says so, and is fresh again when it is back', async () => {
        const { page, close } = await openHost({ url: api.url, widget, attrs });
        await page.getByText('Amara Okafor').first().waitFor();
        await page.waitForLoadState('networkidle'); // what a lost network tore on its way may need the page to be loaded again
        await page.context().setOffline(true);
        await page.locator(`${widget} .bar`).getByText(/^Offline · As of \d\d:\d\d, /).waitFor();
        expect(await page.getByText('Amara Okafor').count()).to.be.greaterThan(0);
        const asked = api.requests.length;
        await page.context().setOffline(false);
        await page.locator(`${widget} .bar`).waitFor({ state: 'detached' });
        expect(api.requests.slice(asked).some((request) => request.path.startsWith(path))).to.equal(true);
        await close();
      });
    });
  }

  it('a server that fails at the sign-in is asked again until it answers', async () => {
    api.faults.set('/api/auth/me', { status: 500 });
    const { page, close } = await openHost({ url: api.url, widget: 'sideline-status-board' });
    await page.getByRole('alert').waitFor();
    api.faults.clear();
    await page.getByText('Amara Okafor', { exact: true }).waitFor();
    await close();
  });

  it('the board without people says one sentence and offers one thing', async () => {
    api.floor = [];
    const { page, close } = await openHost({ url: api.url, widget: 'sideline-status-board' });
    await page.getByText('Nobody is on this floor yet.').waitFor();
    expect(await page.locator('.state button').count()).to.equal(1);
    await close();
  });

  it('the note keeps its text and says why when the server refuses it', async () => {
    api.faults.set('/api/quick-notes', { status: 422, body: problem(422, 'This person left the team.') });
    const { page, close } = await openHost({ url: api.url, widget: 'sideline-quick-note', attrs: { 'agent-id': '1', 'agent-name': 'Amara Okafor' } });
    await page.getByRole('button', { name: 'Note about Amara Okafor' }).click();
    await page.keyboard.type('Good question at the start.');
    await page.keyboard.press('Control+Enter');
    await page.getByText('This person left the team.').waitFor();
    expect(await page.getByRole('textbox', { name: 'Text' }).inputValue()).to.equal('Good question at the start.');
    await close();
  });

  it('the note offers itself to leaders only', async () => {
    api.person = fixtures.agent(3);
    const { page, close } = await openHost({ url: api.url, widget: 'sideline-quick-note', attrs: { 'agent-id': '1', 'agent-name': 'Amara Okafor' } });
    const button = page.getByRole('button', { name: 'Note about Amara Okafor' });
    await page.locator('[aria-disabled="true"]').waitFor();
    await button.click({ force: true });
    expect(await page.getByRole('dialog').count()).to.equal(0);
    await close();
  });
});
