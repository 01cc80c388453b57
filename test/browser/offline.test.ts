import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { sql } from '../../api/db/db.ts';
import { startTestApp, type TestApp } from '../harness/app.ts';
import { closeSharedBrowser } from './browser.ts';
import { openHost } from './host-page.ts';

interface Stored {
  content: string;
}

describe('a note written offline', function () {
  this.timeout(60_000);
  let api: TestApp;
  let token: string;
  let colleague: string;
  let attrs: Record<string, string>;

  before(async () => {
    api = await startTestApp('offline');
    const { leader, manager, agent } = await api.people.organisation();
    token = leader.token;
    colleague = manager.token;
    attrs = { 'agent-id': String(agent.id), 'agent-name': agent.row.fullName };
  });

  after(async () => {
    await closeSharedBrowser();
    await api.close();
  });

  const stored = (content: string): Promise<Stored[]> => api.query(sql<Stored>`select content from quick_notes where content = ${content} and deleted_at is null`);

  async function write(page: Page, text: string): Promise<void> {
    await page.getByRole('button', { name: /^Note about/ }).click();
    await page.keyboard.type(text);
    await page.keyboard.press('Control+Enter');
  }

  it('is kept, survives a reload, and is sent once when the network is back', async () => {
    const { page, reload, close } = await openHost({ url: api.url, widget: 'sideline-quick-note', attrs, token });
    await page.route('**/api/**', (route) => route.abort('internetdisconnected'));
    await write(page, 'Written in the lift.');
    await page.locator('.toast').getByText('Kept, will be sent').waitFor();
    expect(await stored('Written in the lift.')).to.have.length(0);
    await page.unroute('**/api/**');
    await reload();
    await until(async () => (await stored('Written in the lift.')).length > 0);
    await page.waitForTimeout(1_000);
    expect(await stored('Written in the lift.')).to.have.length(1);
    await close();
  });

  it('is sent once although the answer to the first try was lost', async () => {
    const { page, close } = await openHost({ url: api.url, widget: 'sideline-quick-note', attrs, token });
    let tries = 0;
    await page.route('**/api/quick-notes', async (route) => {
      tries += 1;
      if (tries > 1) return route.continue();
      await route.fetch(); // the server wrote it …
      await route.abort('connectionreset'); // … and the answer never came
    });
    await write(page, 'Said twice, written once.');
    await page.locator('.toast').getByText('Kept, will be sent').waitFor();
    expect(await stored('Said twice, written once.')).to.have.length(1);
    await until(() => tries > 1);
    await page.waitForTimeout(1_000);
    expect(await stored('Said twice, written once.')).to.have.length(1);
    await close();
  });

  it('is never sent as somebody else who uses the same browser', async () => {
    const { page, reload, close } = await openHost({ url: api.url, widget: 'sideline-quick-note', attrs, token });
    await page.route('**/api/quick-notes', (route) => route.abort('internetdisconnected'));
    await write(page, 'Mine to send.');
    await page.locator('.toast').getByText('Kept, will be sent').waitFor();
    await page.unroute('**/api/quick-notes');
    await reload(colleague);
    await page.waitForTimeout(1_500);
    expect(await stored('Mine to send.')).to.have.length(0);
    await reload(token);
    await until(async () => (await stored('Mine to send.')).length > 0);
    await close();
  });

  it('waits for its author when the server refuses it', async () => {
    const { page, reload, close } = await openHost({ url: api.url, widget: 'sideline-quick-note', attrs, token });
    await page.route('**/api/quick-notes', (route) => route.abort('internetdisconnected'));
    await write(page, 'About somebody who left.');
    await page.locator('.toast').getByText('Kept, will be sent').waitFor();
    await page.unroute('**/api/quick-notes');
    const refusal = { status: 404, contentType: 'application/problem+json', body: JSON.stringify({ status: 404, code: 'not_found', detail: 'This person is not here.' }) };
    await page.route('**/api/quick-notes', (route) => route.fulfill(refusal));
    await reload();
    await page.getByRole('button', { name: /^Note about/ }).click();
    await page.getByText('A kept note was refused: This person is not here.').waitFor();
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByText('A kept note was refused').waitFor({ state: 'detached' });
    await close();
  });

  it('is taken back by Undo before it was ever sent', async () => {
    const { page, close } = await openHost({ url: api.url, widget: 'sideline-quick-note', attrs, token });
    await page.context().setOffline(true);
    await write(page, 'Not meant like this.');
    await page.getByRole('button', { name: 'Undo' }).click();
    expect(await page.getByRole('textbox', { name: 'Text' }).inputValue()).to.equal('Not meant like this.');
    await page.context().setOffline(false);
    await page.waitForTimeout(2_500);
    expect(await stored('Not meant like this.')).to.have.length(0);
    await close();
  });

  it('is taken back by Undo after it was written', async () => {
    const { page, close } = await openHost({ url: api.url, widget: 'sideline-quick-note', attrs, token });
    await write(page, 'Too quick.');
    await page.locator('.toast').getByText('Saved').waitFor();
    expect(await stored('Too quick.')).to.have.length(1);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('textbox', { name: 'Text' }).waitFor();
    await until(async () => (await stored('Too quick.')).length === 0);
    await close();
  });
});

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`not true within 10 s: ${String(condition)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
