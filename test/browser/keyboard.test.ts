import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { closeSharedBrowser, sharedBrowser } from './browser.ts';
import { startFakeApi, type FakeApi } from './fake/fake-api.ts';
import { collectComplaints } from './host-page.ts';

/** What has the focus, through open shadow roots: tag, label or text. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return active?.getAttribute('aria-label') ?? active?.textContent?.trim() ?? active?.tagName ?? '';
  });
}

describe('the console by keyboard alone', function () {
  this.timeout(60_000);
  let api: FakeApi;
  let page: Page;
  let complaints: string[];

  before(async () => {
    api = await startFakeApi();
    const browser = await sharedBrowser();
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(20_000);
    complaints = collectComplaints(page);
  });

  after(async () => {
    await closeSharedBrowser();
    await api.close();
  });

  it('signs in, walks the board, writes a note and gets back to the row', async () => {
    await page.goto(api.url);
    await page.getByRole('button', { name: 'Team leader' }).waitFor();
    expect(await focused(page)).to.equal('Larkfield Service Desk');
    await page.keyboard.press('Tab');
    expect(await focused(page)).to.match(/^Team leader/);
    await page.keyboard.press('Enter');
    await page.locator('sideline-status-board .row').first().waitFor();
    expect(await focused(page)).to.equal('Floor');
    while (!(await focused(page)).startsWith('Find a person')) await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).to.include('Benjamin Frost');
    await page.keyboard.press('n');
    expect(await focused(page)).to.equal('Text');
    await page.keyboard.press('2');
    expect(await page.getByRole('radio', { name: 'Praise' }).isChecked()).to.equal(true);
    await page.keyboard.type('Calmed 2 callers, well done.');
    await page.keyboard.press('Control+Enter');
    await page.locator('.toast').getByText('Saved').waitFor();
    expect(await focused(page)).to.include('Benjamin Frost');
    const sent = api.requests.find((request) => request.method === 'POST' && request.path === '/api/quick-notes');
    // Every later digit is text: only the very first one chose the type.
    expect(sent?.body).to.deep.include({ agentId: 2, noteType: 'POSITIVE', content: 'Calmed 2 callers, well done.' });
  });

  it('opens a person with Enter, closes with Escape and is back where it was', async () => {
    await page.keyboard.press('Enter');
    await page.locator('sideline-agent-card [part="person"]').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Escape');
    await page.locator('sideline-agent-card').waitFor({ state: 'detached' });
    expect(await focused(page)).to.include('Benjamin Frost');
  });

  it('reads a reason down to its rows in the queue', async () => {
    await page.getByRole('tab', { name: 'Floor' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.locator('sideline-priority-queue .head').first().waitFor();
    while (!(await focused(page)).startsWith('Rank 1')) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await focused(page)).to.equal('124 interactions');
    await page.keyboard.press('Enter');
    await page.locator('sideline-evidence tbody tr').first().waitFor();
    await page.keyboard.press('n');
    expect(await focused(page)).to.equal('Text');
    await page.getByRole('heading', { name: 'Note about Amara Okafor' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Snooze', exact: true }).click();
    await page.keyboard.type('on leave');
    expect(await page.getByLabel('Reason, shown in the queue').inputValue()).to.equal('on leave');
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await page.getByRole('button', { name: '124 interactions' }).focus();
    await page.keyboard.press('Escape');
    expect(await focused(page)).to.match(/^Rank 1/);
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).to.match(/^Rank 2/);
    expect(complaints).to.deep.equal([]);
  });
});
