import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { TEST_PASSWORD } from '../harness/people.ts';
import { startTestApp, type TestApp } from '../harness/app.ts';
import { closeSharedBrowser, sharedBrowser } from './browser.ts';

const focused = (page: Page): Promise<string> => page.evaluate(() => document.activeElement?.textContent ?? '');

describe('signing in and out of the console', function () {
  this.timeout(60_000);
  let page: Page;

  beforeEach(async () => {
    const browser = await sharedBrowser();
    page = await browser.newPage();
    page.setDefaultTimeout(20_000);
  });
  afterEach(() => page.close());
  after(closeSharedBrowser);

  const started = async (name: string, env: Record<string, string>, work: (app: TestApp) => Promise<void>): Promise<void> => {
    const app = await startTestApp(name, env);
    try {
      await work(app);
    } finally {
      await app.close();
    }
  };

  it('offers no demo accounts where there are none, and puts the focus where the work is', async () => {
    await started('sign_in', { DEMO: 'off' }, async (app) => {
      const { viewer } = await app.people.organisation();
      await page.goto(`${app.url}/?as=leader`);
      await page.getByLabel('User name or e-mail').fill(viewer.username);
      expect(await page.locator('[data-account]').count()).to.equal(0);
      await page.getByLabel('Password').fill(TEST_PASSWORD);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('heading', { name: 'Tickets', exact: true }).waitFor(); // a viewer has no tickets of their own
      expect(await focused(page)).to.equal('Floor');
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByLabel('User name or e-mail').waitFor();
      expect(await focused(page)).to.equal('Larkfield Service Desk');
    });
  });

  it('offers them where there are', async () => {
    await started('sign_in_demo', { DEMO: 'on', DEMO_SIMULATOR: 'off' }, async (app) => {
      await page.goto(app.url);
      await page.getByRole('button', { name: 'Team leader' }).waitFor();
    });
  });
});
