import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { ImportClient } from '../imports/import-client.ts';
import { closeSharedBrowser } from './browser.ts';
import { signIn, type ConsolePage } from './console-page.ts';
import { skip } from '../harness/skip.ts';

const SHEET = fileURLToPath(new URL('../../../shared/data/calls/call-centre-5000.xlsx', import.meta.url));

describe('the main job in the browser', function () {
  this.timeout(90_000);
  let client: ImportClient;
  let leader: ConsolePage;
  let agent: ConsolePage;

  before(async function () {
    if (!existsSync(SHEET)) {
      skip(this, `the real sheet is not at ${SHEET}`);
    }
    client = await ImportClient.start('main_job');
    leader = await signIn(client.app.url, client.org.leader.username);
    agent = await signIn(client.app.url, client.org.agent.username);
  });

  after(async () => {
    await closeSharedBrowser();
    await client?.close();
  });

  it('the leader uploads the real sheet, sees what it would do, and commits it', async () => {
    const { page } = leader;
    await page.getByRole('tab', { name: 'Import' }).click();
    await page.locator('sideline-import input[type=file]').setInputFiles(SHEET);
    await page.getByRole('button', { name: '5,000 New', exact: true }).waitFor({ timeout: 40_000 });
    await page.getByText('8 people in this file are not here yet').waitFor();
    await page.getByText('1 Jan 2021 to 31 Mar 2021').waitFor();
    // Creating people is a choice somebody makes, not what happens by itself.
    const commit = page.getByRole('button', { name: 'Import 5,000 rows' });
    expect(await commit.isDisabled()).to.equal(true);
    await page.getByText('Tick “Add them as agents”').waitFor();
    await page.getByRole('checkbox', { name: 'Add them as agents' }).check();
    await commit.click();
    await page.getByText('5,000 new, 0 changed, 0 unchanged, 0 rejected').waitFor({ timeout: 40_000 });
  });

  it('opens the queue as of the last day of the file and reads a reason down to its calls', async () => {
    const { page } = leader;
    await page.getByRole('button', { name: 'Open the queue as of 31 Mar 2021' }).click();
    const queue = page.locator('sideline-priority-queue');
    await queue.getByText('The queue as it stood at the end of 31 Mar 2021.').waitFor();
    const items = queue.locator('.item');
    await items.nth(7).waitFor();
    await items.first().locator('.head').click();
    await items.first().locator('.reason').first().waitFor();
    const points = await items.first().locator('.reason-head .end').allTextContents();
    const score = Number(await items.first().locator('.score').textContent());
    const sum = points.reduce((total, text) => total + parseFloat(text), 0);
    expect(sum).to.be.closeTo(score, 0.001);
    await items.first().getByRole('button', { name: /interactions?$/ }).first().click();
    await items.first().locator('sideline-evidence tbody tr').first().waitFor();
  });

  it('writes a note from the card of the top agent', async () => {
    const { page } = leader;
    const top = (await page.locator('sideline-priority-queue .item .name').first().textContent())?.trim() ?? '';
    await page.locator('sideline-priority-queue').getByRole('button', { name: 'Open card' }).click();
    const card = page.locator('sideline-agent-card');
    await card.getByRole('heading', { name: top }).waitFor();
    await card.getByRole('button', { name: `Write a note about ${top}` }).click();
    await page.keyboard.type('Many ratings of one and two: listen to three calls together.');
    await page.keyboard.press('Control+Enter');
    await page.locator('.toast').getByText('Saved').first().waitFor();
    await card.locator('.note').getByText('listen to three calls together').waitFor();
    await page.getByRole('button', { name: 'Back' }).click();
  });

  it('a note on the agent appears in the agent’s window without a reload', async () => {
    const { agent: person } = client.org;
    await agent.page.getByText('No open notes.').waitFor();
    await leader.page.getByRole('tab', { name: 'Floor' }).click();
    await leader.page.locator(`.row[data-agent="${person.id}"]`).click();
    await leader.page.getByRole('button', { name: `Write a note about ${person.row.fullName}` }).click();
    await leader.page.keyboard.type('Good question right at the start of the call.');
    await leader.page.keyboard.press('Control+Enter');
    await agent.page.locator('sideline-agent-card .note.fresh').getByText('Good question right at the start').waitFor();
    await leader.page.getByRole('button', { name: 'Back' }).click();
  });

  it('a private note does not', async () => {
    await leader.page.locator(`.row[data-agent="${client.org.agent.id}"]`).focus();
    await leader.page.keyboard.press('n');
    await leader.page.keyboard.type('For me alone.');
    await leader.page.getByRole('switch', { name: 'Private' }).click();
    await leader.page.keyboard.press('Control+Enter');
    await leader.page.locator('.toast').getByText('Saved').first().waitFor();
    await client.app.settled();
    await agent.page.reload();
    await agent.page.getByText('Good question right at the start').waitFor();
    expect(await agent.page.getByText('For me alone.').count()).to.equal(0);
  });

  it('a status change in the agent’s window moves the leader’s board', async () => {
    const row = leader.page.locator(`.row[data-agent="${client.org.agent.id}"]`);
    await agent.page.getByRole('button', { name: /^Your status/ }).click();
    await agent.page.getByRole('button', { name: 'Away', exact: true }).click();
    await row.getByText('Away').waitFor();
    await agent.page.getByRole('button', { name: 'Lunch' }).click();
    await row.getByRole('gridcell').and(leader.page.locator('[title="Lunch"]')).waitFor();
    await agent.page.getByRole('button', { name: 'Online', exact: true }).click();
    await row.getByText('Online').waitFor();
  });

  it('the leader sets the agent’s status with a reason, and the agent is told', async () => {
    const { page } = leader;
    await page.locator(`.row[data-agent="${client.org.agent.id}"]`).focus();
    await page.keyboard.press('s');
    await page.getByRole('heading', { name: /^Status of/ }).waitFor();
    await page.keyboard.press('2');
    await page.getByRole('button', { name: 'Training', exact: true }).click();
    await page.getByRole('button', { name: 'Set to Busy' }).click();
    await agent.page.locator('sideline-status-control').getByText('Your status was changed to Busy, Training').first().waitFor({ state: 'attached' });
    await agent.page.getByRole('button', { name: /^Your status: Busy ?, Training/ }).waitFor();
  });

  it('nothing on either page broke a policy or threw', () => {
    expect([...leader.complaints, ...agent.complaints]).to.deep.equal([]);
  });
});
