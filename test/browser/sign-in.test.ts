import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { TEST_PASSWORD } from '../harness/people.ts';
import { startTestApp, type TestApp } from '../harness/app.ts';
import { closeSharedBrowser, sharedBrowser } from './browser.ts';
import { axeViolations } from './host-page.ts';

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
      const { viewer, manager } = await app.people.organisation();
      await page.goto(`${app.url}/?as=leader`);
      await page.getByLabel('User name or e-mail').fill(viewer.username);
      expect(await page.locator('[data-account]').count()).to.equal(0);
      await page.getByLabel('Password').fill(TEST_PASSWORD);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('heading', { name: 'Your own tool stands here' }).waitFor(); // nothing is invented beside one's own
      expect(await page.getByText('LF-48213').count()).to.equal(0);
      expect(await focused(page)).to.equal('Floor');
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByLabel('User name or e-mail').waitFor();
      expect(await focused(page)).to.equal('Sideline');

      // Whoever looks after it is shown where people come in.
      await page.getByLabel('User name or e-mail').fill(manager.username);
      await page.getByLabel('Password').fill(TEST_PASSWORD);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('button', { name: 'Import a file' }).click();
      await page.getByRole('tab', { name: 'Import', selected: true }).waitFor();
      expect(await axeViolations(page)).to.deep.equal([]);
      await page.setViewportSize({ width: 380, height: 740 });
      expect(await page.locator('aside.panel').evaluate((panel) => panel.getBoundingClientRect().width), 'alone where it is narrow').to.equal(380);
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.getByRole('button', { name: 'People and teams' }).click();
      await page.locator('sideline-admin').waitFor();
    });
  });

  it('offers them where there are', async () => {
    await started('sign_in_demo', { DEMO: 'on', DEMO_SIMULATOR: 'off' }, async (app) => {
      await page.goto(app.url);
      await page.getByRole('button', { name: 'Team leader' }).waitFor();
    });
  });
});
