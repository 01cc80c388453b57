import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { sql } from '../../api/db/db.ts';
import { ImportClient } from '../imports/import-client.ts';
import { readRows } from '../imports/read-rows.ts';
import { workbook, type TestCell } from '../imports/workbook-writer.ts';
import { closeSharedBrowser } from './browser.ts';
import { axeViolations, openHost, type HostPage } from './host-page.ts';

const HEADER = ['Call Id', 'Agent', 'Date', 'Topic', 'Answered (Y/N)', 'AvgTalkDuration', 'CSAT'];

/** A month as a person keeps it: titles, a remark beside, days anybody may read either way, a scale of its own, totals. */
function month(): Buffer {
  const rows: TestCell[][] = [['Call centre north', null, 'March'], [], HEADER];
  for (let day = 1; day <= 12; day += 1) rows.push([`M${day}`, 'ada  AGENT', `${day}/3/2021`, 'Delivery', 'Y', '4m 20s', day <= 3 ? 9 : 4]);
  rows.push(['M20', 'Sam Twin', '4/3/2021', 'Billing', 'Y', '0:03:10', 8], ['M21', 'Wendy Wrong', '5/3/2021', 'Billing', 'Y', '0:03:10', 7]);
  rows.push(['M22', 'Ada Agent', 'soon', 'Billing', 'Y', '0:03:10', 7], ['M23', 'Ada Agent', '6/3/2021', 'Billing', 'Y', 'long', 7], [], ['Total', null, null, null, null, null, 96], []);
  return workbook({ sheets: [{ name: 'About', rows: [['Monthly report'], ['Ask Iris']] }, { name: 'Calls', rows }] });
}

describe('an import in the browser, from a messy workbook to its undo', function () {
  this.timeout(60_000);
  let client: ImportClient;
  let host: HostPage;
  let page: Page;
  let twin: number;

  before(async () => {
    client = await ImportClient.start('import_loop');
    twin = (await client.app.people.create('cs', { fullName: 'Sam Twin' })).id;
    await client.app.people.create('cs', { fullName: 'Sam Twin' });
    host = await openHost({ url: client.app.url, widget: 'sideline-import', token: client.org.manager.token, width: 360 });
    page = host.page;
  });
  after(async () => {
    await closeSharedBrowser();
    await client?.close();
  });

  const stored = () => client.app.query(sql<{ id: string; agent: number; day: string; rating: number | null }>`
    select external_id as id, agent_id as agent, to_char(started_at at time zone 'UTC', 'DD.MM.') as day, rating::float8 as rating from interactions where external_id like 'M%' order by id`);

  it('asks what the file does not say, and guesses none of it', async () => {
    await page.getByRole('radio', { name: 'Calls, chats and tickets' }).check();
    await page.locator('input[type=file]').setInputFiles({ name: 'march.xlsx', mimeType: 'application/octet-stream', buffer: month() });
    await page.getByText('3 things the file does not say').waitFor();
    expect(await page.getByRole('button', { name: /^Import \d+ rows$/ }).isDisabled()).to.equal(true);
    await page.getByRole('radio', { name: 'Day first: 3/4/2021 is 3 April' }).check();
    await page.getByRole('group', { name: 'Ratings go up to 9.' }).getByText('In the file: 9 · 4 · 8').waitFor();
    await page.getByRole('radio', { name: '1 to 10', exact: true }).check();
    await page.getByRole('radio', { name: /^Sam Twin/ }).first().check();
    expect(await axeViolations(page)).to.deep.equal([]);
    await page.getByRole('button', { name: 'Read it again with 3 decisions' }).click();
    await page.getByText('things the file does not say').waitFor({ state: 'detached' });
    for (const count of ['16 Rows', '14 New', '0 Changed', '0 Unchanged', '2 Rejected']) await page.getByRole('button', { name: count, exact: true }).waitFor();
  });

  it('shows why rows are rejected, and gives them back in the file they came in', async () => {
    await page.getByRole('button', { name: '2 Rejected' }).click();
    await page.getByText('cell C18').waitFor();
    await page.getByLabel('Why').selectOption({ label: 'Talk: no length of time (1)' });
    await page.getByText('cell F19').waitFor();
    await page.getByText('cell C18').waitFor({ state: 'detached' });
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download the 2 rejected rows' }).click()]);
    expect(download.suggestedFilename()).to.equal('march rejected.xlsx');
    const rows = await readRows(await readFile(await download.path()), 'march rejected.xlsx');
    expect(rows.map(({ cells }) => cells[0])).to.include.members(['M22', 'M23']).and.not.include('M1');
  });

  it('takes somebody nobody knows for the person they are', async () => {
    await page.getByRole('button', { name: 'Is somebody else: Wendy Wrong' }).click();
    await page.getByRole('searchbox', { name: /^Who Wendy Wrong is/ }).fill('Ada');
    await page.getByRole('button', { name: 'Add Ada Agent' }).click();
    await page.getByRole('button', { name: 'Read it again with this decision' }).click();
    await page.getByRole('button', { name: 'Import 14 rows' }).waitFor();
    await page.getByText('not here yet').waitFor({ state: 'detached' });
    await page.locator('.mapping > summary').click();
    await page.getByText('“Wendy Wrong” is Ada Agent').waitFor();
  });

  it('is there after a reload, and is imported once, whatever two windows click', async () => {
    await host.reload();
    const commit = page.getByRole('button', { name: 'Import 14 rows' });
    await commit.waitFor();
    const [{ id } = { id: '' }] = await client.app.query(sql<{ id: string }>`select id from imports`);
    const other = await openHost({ url: client.app.url, widget: 'sideline-import', attrs: { 'import-id': id }, token: client.org.manager.token });
    // By handle: whoever is first takes the button from under the other.
    const [mine, theirs] = await Promise.all([commit, other.page.getByRole('button', { name: 'Import 14 rows' })].map((button) => button.elementHandle()));
    const twice = (node: Node): void => [1, 2].forEach(() => (node as HTMLElement).click());
    await Promise.all([mine?.evaluate(twice), theirs?.evaluate(twice)]);
    for (const window of [page, other.page]) await window.getByText('14 new, 0 changed, 0 unchanged, 2 rejected', { exact: true }).waitFor();
    const rows = await stored();
    expect(rows).to.have.length(14);
    expect(rows.find((row) => row.id === 'M20')).to.deep.include({ agent: twin, day: '04.03.', rating: 4.11 });
    expect(rows.find((row) => row.id === 'M21')).to.deep.include({ agent: client.org.agent.id, day: '05.03.' });
    await other.close();
  });

  it('is where somebody’s figure leads to: over the rows it is made of to the row of the file', async () => {
    const { app, org } = client;
    const card = await openHost({ url: app.url, widget: 'sideline-agent-card', attrs: { 'agent-id': String(org.agent.id), 'as-of': '2021-03-12' }, token: org.manager.token, width: 380 });
    await card.page.locator('sideline-agent-card').getByRole('button', { name: /^CSAT/ }).first().click();
    await card.page.getByRole('button', { name: 'imported, march.xlsx, sheet Calls, row 15', exact: true }).click();
    await card.page.getByText('Row 15 of march.xlsx.').waitFor();
    await card.page.getByRole('rowheader', { name: '15', exact: true }).waitFor();
    expect(card.complaints).to.deep.equal([]);
    await card.close();
  });

  it('says what keeps it from being taken back, and is taken back without that', async () => {
    await client.app.query(sql`update interactions set resolved = false, version = version + 1 where external_id = 'M1'`);
    await page.getByRole('button', { name: 'Undo this import' }).click();
    await page.getByText('14 rows that came with it go.').waitFor();
    await page.getByText('Row 4 (M1) was changed since').waitFor();
    await client.app.query(sql`update interactions set version = version - 1 where external_id = 'M1'`);
    await page.getByRole('button', { name: 'Look again' }).click();
    await page.getByRole('button', { name: 'Take it back' }).click();
    await page.getByRole('heading', { name: 'march.xlsx was taken back.' }).waitFor();
    expect(await stored()).to.deep.equal([]);
    await page.getByRole('button', { name: 'All imports' }).click();
    await page.getByRole('button', { name: /Open march\.xlsx, taken back/ }).waitFor();
    expect(host.complaints).to.deep.equal([]);
  });
});
