import { expect } from 'chai';
import type { BrowserContext, Page } from 'playwright-core';
import { until } from '../harness/until.ts';
import { startWorld, type World } from '../harness/world.ts';
import { closeSharedBrowser } from './browser.ts';
import { signIn, signInHere } from './console-page.ts';

describe('reloading the console', function () {
  this.timeout(60_000);
  let world: World;
  let context: BrowserContext;
  let page: Page;

  before(async () => {
    world = await startWorld('reload', { DEMO: 'off' });
    ({ page } = await signIn(world.app.url, world.org.leader.username));
    context = page.context();
  });
  after(async () => {
    await context.close();
    await world.close();
    await closeSharedBrowser();
  });

  const chosenTab = (tab: Page): Promise<string> => tab.getByRole('tab', { selected: true }).first().innerText();
  const hash = (tab = page): string => new URL(tab.url()).hash;

  it('keeps somebody signed in and where they were, and no script could take it along', async () => {
    await page.getByRole('tab', { name: 'Actions' }).click();
    expect(hash()).to.equal('#tab=actions');
    expect(await page.evaluate(() => document.cookie + JSON.stringify({ ...localStorage, ...sessionStorage }))).to.not.match(/[\w-]{30}/);
    await page.reload();
    await until(async () => (await chosenTab(page)) === 'Actions');
    expect((await context.cookies(`${world.app.url}/api/auth/me`)).map(({ path, httpOnly, sameSite }) => ({ path, httpOnly, sameSite }))).to.deep.equal([{ path: '/api/auth', httpOnly: true, sameSite: 'Strict' }]);
    expect(await context.cookies(`${world.app.url}/api/agents`)).to.deep.equal([]);
  });

  it('comes back to the session that was open, over another tab and in its own', async () => {
    const id = await world.session(world.org.agent.id);
    for (const at of [`#tab=actions&session=${id}`, `#tab=sessions&session=${id}`]) {
      await page.evaluate((to) => location.assign(to), at);
      await page.locator('sideline-session .head h2').filter({ visible: true }).first().waitFor();
      expect(hash()).to.equal(at);
      await page.reload();
      await page.locator('sideline-session .head h2').filter({ visible: true }).first().waitFor();
      expect(hash()).to.equal(at);
    }
    await page.getByRole('button', { name: 'All sessions' }).click();
    await until(() => hash() === '#tab=sessions');
  });

  it('lets a second tab in, at once with the first', async () => {
    const second = await context.newPage();
    await Promise.all([page.reload(), second.goto(world.app.url)]);
    for (const tab of [page, second]) await tab.getByRole('tablist').first().waitFor();
    await second.reload();
    await second.getByRole('tablist').first().waitFor();
    await second.close();
  });

  it('leaves two people in two tabs each in their own, until they sign out', async () => {
    const other = await context.newPage();
    await other.goto(world.app.url);
    await other.getByRole('tablist').first().waitFor();
    await other.evaluate(() => sessionStorage.clear());
    await other.evaluate(() => localStorage.clear());
    await other.reload();
    await signInHere(other, world.org.agent.username);
    for (const [tab, name] of [[page, 'Floor'], [other, 'Me']] as const) {
      await tab.goto(world.app.url);
      await tab.getByRole('tab', { name }).waitFor();
    }
    await other.getByRole('button', { name: 'Sign out' }).click();
    await other.getByLabel('User name or e-mail').waitFor();
    await other.reload();
    await other.getByLabel('User name or e-mail').waitFor();
    await page.reload();
    await page.getByRole('tab', { name: 'Floor' }).waitFor();
  });
});
