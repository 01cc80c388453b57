import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { closeSharedBrowser, sharedBrowser } from './browser.ts';
import { startFakeApi, type FakeApi } from './fake/fake-api.ts';
import { until } from '../harness/until.ts';
import * as fixtures from '../../widgets/gallery/fixtures.ts';
import { axeViolations, collectComplaints } from './host-page.ts';

describe('the console around the widgets', function () {
  this.timeout(60_000);
  let api: FakeApi;
  let page: Page;
  let complaints: string[];

  beforeEach(async () => {
    api = await startFakeApi();
    api.person = { ...fixtures.leader, username: 'leader' };
    const browser = await sharedBrowser();
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(20_000);
    complaints = collectComplaints(page);
  });

  afterEach(async () => {
    expect(complaints).to.deep.equal([]);
    await page.close();
    await api.close();
  });

  after(closeSharedBrowser);

  for (const theme of ['light', 'dark'] as const) {
    it(`has nothing for axe to complain about, ${theme}`, async () => {
      await page.emulateMedia({ colorScheme: theme });
      await page.goto(api.url);
      await page.getByRole('button', { name: 'Team leader' }).waitFor();
      expect(await axeViolations(page)).to.deep.equal([]);
      await page.getByRole('button', { name: 'Team leader' }).click();
      await page.locator('.sparkline').first().waitFor();
      expect(await axeViolations(page)).to.deep.equal([]);
    });
  }

  it('says that the floor is simulated, and stays signed in over a reload', async () => {
    await page.goto(`${api.url}/?as=leader`);
    await page.getByText('The floor is simulated.').waitFor();
    await page.goto(api.url);
    await page.locator('.row').first().waitFor();
  });

  it('is looked at as leader and as agent in turn', async () => {
    await page.goto(`${api.url}/?as=leader`);
    await page.locator('.row').first().waitFor();
    api.person = { ...fixtures.agent(1), username: 'agent' };
    await page.getByLabel('Signed in as').selectOption('agent');
    await page.getByRole('tab', { name: 'Me' }).waitFor();
    await page.getByRole('button', { name: /^Your status: Busy/ }).click();
    await page.getByRole('button', { name: 'Busy', exact: true, pressed: true }).waitFor();
    expect(await page.locator('sideline-priority-queue').count()).to.equal(0);
  });

  it('gives an agent a file of what is kept about them, and says so', async () => {
    api.person = { ...fixtures.agent(1), username: 'agent' };
    await page.goto(`${api.url}/?as=agent`);
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'What is kept about me' }).click()]);
    expect(file.suggestedFilename()).to.equal('what-is-kept-about-me.json');
    expect(JSON.parse(await readFile(await file.path(), 'utf8'))).to.deep.equal({ agentId: 1, isComplete: true });
    await page.getByRole('status').getByText('Saved.').waitFor();
  });

  it('opens one’s own card by one’s name, whoever one is, with what is kept there', async () => {
    await page.goto(`${api.url}/?as=leader`);
    await page.getByRole('button', { name: 'Administration' }).click(); // from there as well
    await page.getByRole('button', { name: fixtures.leader.fullName, exact: true }).click();
    const [file] = await Promise.all([page.waitForEvent('download'), page.locator('sideline-agent-card').getByRole('button', { name: 'What is kept about me' }).click()]);
    expect(JSON.parse(await readFile(await file.path(), 'utf8'))).to.deep.equal({ agentId: fixtures.leader.id, isComplete: true });
    await page.getByRole('button', { name: '‹ Back' }).click();
    await page.locator('sideline-status-board .row').first().waitFor();
  });

  it('takes the widgets along when its theme is switched', async () => {
    await page.goto(`${api.url}/?as=leader`);
    await page.locator('.row').first().waitFor();
    const background = (): Promise<string> => page.locator('sideline-status-board').evaluate((board) => getComputedStyle(board).backgroundColor);
    expect(await background()).to.equal('rgb(255, 255, 255)');
    await page.getByRole('button', { name: 'Dark' }).click();
    expect(await background()).to.equal('rgb(21, 24, 28)');
  });

  it('keeps what was being written when the sign-in ends and is taken up again', async () => {
    await page.goto(`${api.url}/?as=leader`);
    await page.locator('.row').first().focus();
    await page.keyboard.press('n');
    await page.keyboard.type('Half a sentence');
    api.faults.set('/api/', { status: 401 });
    await page.keyboard.press('Control+Enter');
    await page.locator('.toast').getByText('Kept, will be sent').waitFor();
    await page.getByRole('button', { name: 'Sign in again' }).first().waitFor();
    api.faults.clear();
    const before = api.requests.length;
    await page.getByRole('button', { name: 'Sign in again' }).first().click();
    await page.locator('sideline-status-board .bar').waitFor({ state: 'detached' });
    const sent = (): unknown[] => api.requests.slice(before).filter((request) => request.method === 'POST' && request.path === '/api/quick-notes');
    await page.waitForTimeout(500);
    expect(sent()).to.have.length(1);
  });

  it('shows one pane at a time on a narrow screen, and fits it', async () => {
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto(`${api.url}/?as=leader`);
    await page.locator('.row').first().waitFor();
    for (const pane of ['Tickets', 'Conversation', 'Sideline']) {
      await page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name: pane }).click();
      expect(await page.evaluate(() => document.documentElement.scrollWidth), pane).to.be.at.most(320);
    }
  });

  it('leaves the list its room in a low window: what today was is folded, and one press away', async () => {
    await page.setViewportSize({ width: 700, height: 450 });
    await page.goto(`${api.url}/?as=leader`);
    await page.locator('.row').first().waitFor();
    const height = (selector: string): Promise<number> => page.locator(selector).evaluate((element) => element.getBoundingClientRect().height);
    expect(await height('#panel-floor')).to.be.at.least(280);
    expect(await page.locator('sideline-quick-stats').isVisible()).to.equal(false);
    await page.getByRole('button', { name: 'Today', expanded: false }).click();
    await page.locator('sideline-quick-stats').getByText('Handled').waitFor();
    expect(await axeViolations(page)).to.deep.equal([]);
    await page.setViewportSize({ width: 1280, height: 800 });
    expect(await page.getByRole('button', { name: 'Today' }).count(), 'where there is room nothing folds').to.equal(0);
  });

  it('keeps what is one’s own in a menu where the bar has no room: the card with one’s status, the theme, the way out', async () => {
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto(`${api.url}/?as=leader`);
    await page.locator('.row').first().waitFor();
    await page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name: 'Tickets' }).click();
    const menu = page.getByRole('button', { name: 'Your menu' });
    await menu.press('Enter');
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    expect(await axeViolations(page)).to.deep.equal([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Sign out' }).waitFor({ state: 'hidden' });
    await menu.click();
    await page.getByRole('button', { name: fixtures.leader.fullName }).click();
    await page.locator('sideline-agent-card').getByRole('heading', { name: fixtures.leader.fullName }).waitFor();
    await page.locator('sideline-agent-card').getByRole('button', { name: 'Busy' }).waitFor();
    expect(await page.getByRole('button', { name: 'Sign out' }).isVisible(), 'the menu is closed').to.equal(false);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).to.be.at.most(320);
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    expect(await menu.isVisible(), 'where there is room it stands in the bar').to.equal(false);
  });

  it('shows a manager how coaching is shared out, and every tab whatever the width', async () => {
    api.person = { ...fixtures.leader, username: 'manager', role: 'manager' };
    await page.goto(`${api.url}/?as=manager`);
    await page.locator('.row').first().waitFor();
    const inside = (name: string): Promise<boolean> => page.getByRole('tab', { name }).evaluate((tab) => tab.getBoundingClientRect().right <= document.documentElement.clientWidth && tab.getBoundingClientRect().left >= 0);
    expect(await inside('Import')).to.equal(true);
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await inside('Import')).to.equal(false);
    await page.getByRole('tab', { name: 'Floor' }).press('ArrowLeft');
    await until(() => inside('Import'));
    await page.getByRole('tab', { name: 'Import' }).press('ArrowLeft');
    await page.locator('sideline-fairness').getByText('In cadence').first().waitFor();
    await page.getByRole('tab', { name: 'Sessions' }).click();
    expect(await page.locator('sideline-quick-stats').isVisible()).to.equal(false);
  });

  it('creates the first administrator behind the one-time link', async () => {
    await page.goto(`${api.url}/#setup=one-time-token-of-this-installation`);
    await page.getByLabel('Full name').fill('Ruth Adeyemi');
    await page.getByLabel('User name').fill('ruth');
    await page.getByLabel('E-mail').fill('ruth@example.test');
    await page.getByLabel(/^Password/).fill('Sideline-demo-1');
    await page.getByRole('button', { name: 'Create the administrator' }).click();
    await page.locator('.row').first().waitFor();
    const sent = api.requests.find((request) => request.path === '/api/auth/setup');
    expect(sent?.body).to.deep.include({ token: 'one-time-token-of-this-installation', username: 'ruth' });
    expect(new URL(page.url()).hash).to.equal('');
  });
});
