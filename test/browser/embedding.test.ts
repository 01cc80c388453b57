import { expect } from 'chai';
import { startTestApp, type TestApp } from '../harness/app.ts';
import { closeSharedBrowser } from './browser.ts';
import { openHost, startHost } from './host-page.ts';

/** A host console on another origin, as strict as a policy can be: one foreign script origin, one Trusted Types policy. */
const policy = (api: string): string =>
  [
    "default-src 'none'",
    `script-src 'self' ${api}`,
    "style-src 'self'",
    `connect-src ${api} ${api.replace('http', 'ws')}`,
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ].join(';');

describe('widgets in a console of another origin', function () {
  this.timeout(60_000);
  let api: TestApp;
  let host: Awaited<ReturnType<typeof startHost>>;
  let leader: { token: string; agentId: number; name: string };

  before(async () => {
    host = await startHost(() => policy(api.url));
    api = await startTestApp('embedding', { CORS_ORIGINS: host.url });
    const { leader: person, agent } = await api.people.organisation();
    leader = { token: person.token, agentId: agent.id, name: agent.row.fullName };
  });

  after(async () => {
    await closeSharedBrowser();
    await api.close();
    host.close();
  });

  it('work under a strict policy with Trusted Types, live, without a cookie', async () => {
    const { page, complaints, close } = await openHost({ url: api.url, host: host.url, widget: 'sideline-status-board', token: leader.token });
    const row = page.locator(`[data-agent="${leader.agentId}"]`);
    await row.getByText('Offline').waitFor();
    await api.request(leader.token).put(`/api/agents/${leader.agentId}/status`).send({ status: 'busy' }).expect(200);
    await row.getByText('Busy').waitFor();
    expect(await page.context().cookies()).to.deep.equal([]);
    expect(complaints).to.deep.equal([]);
    await close();
  });

  it('write a note from inside a closed shadow root and give the focus back', async () => {
    const { page, complaints, close } = await openHost({
      url: api.url, host: host.url, widget: 'sideline-quick-note', token: leader.token, closed: true,
      attrs: { 'agent-id': String(leader.agentId), 'agent-name': leader.name },
    });
    const saved = page.evaluate(() => new Promise((resolve) => document.addEventListener('sideline-note-saved', (event) => resolve((event as CustomEvent).detail.note.content))));
    await page.waitForTimeout(500); // a closed root shows nothing to wait for
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.type('Seen from inside a closed root.');
    await page.keyboard.press('Control+Enter');
    expect(await saved).to.equal('Seen from inside a closed root.');
    // Nothing inside a closed root can be asked; Enter opens the note again only if its button has the focus.
    await page.keyboard.press('Enter');
    await page.keyboard.type('Twice.');
    const again = page.evaluate(() => new Promise((resolve) => document.addEventListener('sideline-note-saved', (event) => resolve((event as CustomEvent).detail.note.content))));
    await page.keyboard.press('Control+Enter');
    expect(await again).to.equal('Twice.');
    expect(complaints).to.deep.equal([]);
    await close();
  });

  it('are refused on an origin the API does not know', async () => {
    const stranger = await startHost(() => policy(api.url));
    // Already the script is refused: nothing of the package runs there.
    const failed = await openHost({ url: api.url, host: stranger.url, widget: 'sideline-status-board', token: leader.token, timeout: 1_500 }).then(
      () => 'loaded',
      () => 'refused',
    );
    expect(failed).to.equal('refused');
    stranger.close();
  });
});
