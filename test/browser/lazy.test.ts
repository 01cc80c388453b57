import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { closeSharedBrowser, sharedBrowser } from './browser.ts';
import { startFakeApi, type FakeApi } from './fake/fake-api.ts';
import * as fixtures from '../../widgets/gallery/fixtures.ts';
import { collectComplaints } from './host-page.ts';

describe('code that does not come', function () {
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
    await page.goto(`${api.url}/?as=leader`);
    await page.locator('.row').first().waitFor();
  });

  afterEach(async () => {
    expect(complaints.filter((said) => !/WebSocket/.test(said))).to.deep.equal([]);
    await page.close();
    await api.close();
  });

  after(closeSharedBrowser);

  const actions = (): ReturnType<Page['locator']> => page.locator('sideline-action-items');

  it('says that one is offline, and comes by itself when the network does', async () => {
    await page.context().setOffline(true);
    await page.getByRole('tab', { name: 'Actions' }).click();
    await actions().getByText('You are offline.').waitFor();
    await actions().getByRole('button', { name: 'Try again' }).waitFor();
    await page.context().setOffline(false);
    await actions().locator('.list').waitFor();
    expect(await page.locator('sideline-absent').count()).to.equal(0);
  });

  it('is asked for again by hand where only the files cannot be had, first of a widget, then of a part of it', async () => {
    await page.route('**/widgets/action-items.js*', (route) => route.abort());
    await page.getByRole('tab', { name: 'Actions' }).click();
    await actions().getByText('The server could not be reached.').waitFor();
    await page.unroute('**/widgets/action-items.js*');
    await page.route('**/widgets/chunks/action-form-*', (route) => route.abort());
    await actions().getByRole('button', { name: 'Try again' }).click();
    await actions().getByRole('button', { name: 'New action' }).first().click();
    await actions().getByText('A part of this could not be loaded.').waitFor();
    await page.unroute('**/widgets/chunks/action-form-*');
    await actions().getByRole('button', { name: 'Try again' }).click();
    await actions().getByText('A part of this could not be loaded.').waitFor({ state: 'detached' });
    await actions().getByRole('button', { name: 'New action' }).first().click();
    await actions().locator('.form').waitFor();
  });

  it('offers to load the page again where the server has another package by now', async () => {
    await page.route('**/widgets/chunks/action-items-*', (route) => route.fulfill({ status: 404 }));
    await page.getByRole('tab', { name: 'Actions' }).click();
    await actions().getByText('This page may be older').waitFor();
    await page.unroute('**/widgets/chunks/action-items-*');
    await actions().getByRole('button', { name: 'Reload the page' }).click();
    // One is back where one was, and still signed in.
    await actions().locator('.list').waitFor();
  });
});
