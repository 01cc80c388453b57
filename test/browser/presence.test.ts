import { expect } from 'chai';
import type { BrowserContext, Page } from 'playwright-core';
import { startTestApp, type TestApp } from '../harness/app.ts';
import { expectWhole, ledgerOf } from '../harness/ledger.ts';
import { TEST_PASSWORD, type TestPerson } from '../harness/people.ts';
import { until } from '../harness/until.ts';
import { closeSharedBrowser, sharedBrowser } from './browser.ts';

const MINUTE = 60_000;

describe('presence of somebody in two browsers with three tabs', function () {
  this.timeout(90_000);
  let app: TestApp;
  let agent: TestPerson;
  // The machine's clock, and what the test adds to it.
  const clock = { ahead: 0, now: () => new Date(Date.now() + clock.ahead) };
  const contexts: BrowserContext[] = [];

  before(async () => {
    app = await startTestApp('presence_browser', { DEMO: 'off' }, { clock });
    ({ agent } = await app.people.organisation());
  });
  after(async () => {
    await Promise.all(contexts.map((context) => context.close()));
    await closeSharedBrowser();
    await app.close();
  });

  async function browser(): Promise<BrowserContext> {
    const context = await (await sharedBrowser()).newContext();
    context.setDefaultTimeout(20_000);
    contexts.push(context);
    return context;
  }

  async function tab(context: BrowserContext): Promise<Page> {
    const page = await context.newPage();
    await page.goto(app.url);
    // The first tab of a browser signs in, the others take that up.
    if (context.pages().length === 1) await signIn(page);
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    return page;
  }

  async function signIn(page: Page): Promise<void> {
    await page.getByLabel('User name or e-mail').fill(agent.username);
    await page.getByLabel('Password').fill(TEST_PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
  }
  const active = async (): Promise<number> => (await app.request(agent.token).get(`/api/agents/${agent.id}/sessions?active=true`).expect(200)).body.meta.total;
  const statuses = async () => (await ledgerOf(app, agent.id)).map(({ status, source }) => `${status} by ${source}`);

  it('is one: it begins with the first tab and ends a grace after the last', async () => {
    const [home, office] = [await browser(), await browser()];
    await tab(home);
    await tab(home);
    const third = await tab(office);
    await until(async () => (await active()) === 3);
    expect(await statuses()).to.deep.equal(['online by socket']);
    const { body } = await app.request(agent.token).get(`/api/agents/${agent.id}/sessions`).expect(200);
    expect(body.data[0].userAgent).to.contain('Chrome');

    // A reload leaves no trace; nor does the end of one browser of two.
    await third.reload();
    await third.getByRole('button', { name: 'Sign out' }).waitFor();
    await home.close();
    await until(async () => (await active()) === 1);

    await office.close();
    await until(async () => (await active()) === 0);
    const gone = clock.now().getTime();
    clock.ahead += MINUTE;
    await app.ctx.sessions.follow();
    expect(await statuses()).to.deep.equal(['online by socket', 'offline by socket_lost']);
    const rows = await ledgerOf(app, agent.id);
    expectWhole(rows, clock.now().getTime());
    expect(gone - rows[1]!.from, 'since the last tab was closed').to.be.within(0, 15_000);
  });
});
