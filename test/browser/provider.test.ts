import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { startTestApp, type TestApp } from '../harness/app.ts';
import type { TestPerson } from '../harness/people.ts';
import { closeSharedBrowser } from './browser.ts';
import { openHost } from './host-page.ts';

describe('sideline-provider', function () {
  this.timeout(60_000);
  let api: TestApp;
  let leader: TestPerson;
  let agent: TestPerson;

  before(async () => {
    api = await startTestApp('provider');
    const organisation = await api.people.organisation();
    leader = organisation.leader;
    agent = organisation.agent;
  });

  after(async () => {
    await closeSharedBrowser();
    await api.close();
  });

  /** An empty page of the host; what stands on it is the test's. */
  async function emptyPage(): Promise<{ page: Page; complaints: string[]; close: () => Promise<void> }> {
    const host = await openHost({ url: api.url, widget: 'sideline-provider', token: false });
    await host.page.evaluate(() => document.querySelector('main')?.replaceChildren());
    return host;
  }

  it('signs in what stands inside it, each widget from its own entry, whichever code comes first', async () => {
    const { page, complaints, close } = await emptyPage();
    await page.evaluate(
      async ({ token, agentId }) => {
        const provider = document.createElement('sideline-provider');
        const card = document.createElement('sideline-agent-card');
        card.setAttribute('agent-id', String(agentId));
        provider.append(card);
        document.querySelector('main')?.append(provider);
        await import(`/widgets/${'agent-card'}.js`);
        await new Promise((resolve) => setTimeout(resolve, 100));
        await import(`/widgets/${'provider'}.js`);
        Object.assign(provider, { getToken: async (reason: string) => (reason === 'start' ? token : undefined) });
      },
      { token: leader.token, agentId: agent.id },
    );
    await page.locator('sideline-agent-card').getByRole('heading', { name: agent.row.fullName }).waitFor();
    expect(await page.locator('sideline-provider').evaluate((element) => getComputedStyle(element).display)).to.equal('contents');
    expect(complaints).to.deep.equal([]);
    await close();
  });

  it('asks the host for a token again when the last one stopped working', async () => {
    const { page, close } = await emptyPage();
    await page.evaluate(
      async ({ token, agentId }) => {
        await Promise.all([import(`/widgets/${'provider'}.js`), import(`/widgets/${'agent-card'}.js`)]);
        const provider = document.createElement('sideline-provider');
        const card = document.createElement('sideline-agent-card');
        card.setAttribute('agent-id', String(agentId));
        provider.append(card);
        const asked: string[] = [];
        Object.assign(window, { asked });
        Object.assign(provider, {
          getToken: async (reason: string) => {
            asked.push(reason);
            return reason === 'start' ? `${token}x` : token; // the first one is tampered with
          },
        });
        document.querySelector('main')?.append(provider);
      },
      { token: leader.token, agentId: agent.id },
    );
    await page.getByRole('heading', { name: agent.row.fullName }).waitFor();
    expect(await page.evaluate(() => (window as unknown as { asked: string[] }).asked)).to.deep.equal(['start', 'expired']);
    await close();
  });

  it('gives way to another person, and to nobody, without a trace of the first', async () => {
    const { page, close } = await emptyPage();
    const as = (token: string | undefined): Promise<void> =>
      page.evaluate(
        async (token) => {
          await Promise.all([import(`/widgets/${'provider'}.js`), import(`/widgets/${'agent-card'}.js`)]);
          const main = document.querySelector('main') as HTMLElement;
          const provider = main.querySelector('sideline-provider') ?? main.appendChild(document.createElement('sideline-provider'));
          if (!provider.firstElementChild) provider.append(document.createElement('sideline-agent-card'));
          Object.assign(provider, { accessToken: token });
        },
        token,
      );
    await as(agent.token);
    await page.getByRole('heading', { name: agent.row.fullName }).waitFor();
    await as(leader.token);
    await page.getByRole('heading', { name: leader.row.fullName }).waitFor();
    expect(await page.getByRole('heading', { name: agent.row.fullName }).count()).to.equal(0);
    await as(undefined);
    await page.getByText('Nobody is signed in.').waitFor();
    await close();
  });
});
