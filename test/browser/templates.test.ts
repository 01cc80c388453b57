import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { call } from '../harness/calls.ts';
import type { TestPerson } from '../harness/people.ts';
import { until } from '../harness/until.ts';
import { startWorld, type World } from '../harness/world.ts';
import { closeSharedBrowser } from './browser.ts';
import { axeViolations, openHost, type HostPage } from './host-page.ts';

/** Templates against the real API: made in the administration, used where sessions and notes begin. */
describe('templates in the widgets', function () {
  this.timeout(60_000);
  let world: World;
  const opened: HostPage[] = [];

  const open = async (as: TestPerson, widget = 'sideline-admin', attrs: Record<string, string> = { section: 'templates' }): Promise<Page> => {
    const host = await openHost({ url: world.app.url, widget, attrs, token: as.token, width: 1000, timeout: 10_000 });
    opened.push(host);
    return host.page;
  };
  const stored = async (): Promise<{ id: string }[]> => ((await call(world.app, 'listCoachingTemplates', { as: world.org.admin })).body as { data: { id: string }[] }).data;

  before(async () => {
    world = await startWorld('templates_widget');
  });
  afterEach(async () => {
    for (const { complaints, close } of opened.splice(0)) {
      await close();
      expect(complaints, 'errors and policy violations').to.deep.equal([]);
    }
  });
  after(async () => {
    await closeSharedBrowser();
    await world.close();
  });

  it('a leader makes one for the team by keys alone, puts its points in order, and a session begins with it', async () => {
    const page = await open(world.org.leader);
    await page.getByText('There are no templates yet.').waitFor();
    await page.getByRole('button', { name: 'New template' }).press('Enter');
    expect(await page.getByLabel('For').locator('option').allTextContents(), 'one’s own teams alone').to.deep.equal(['Blue']);
    await page.getByRole('button', { name: 'Create' }).press('Enter');
    await page.getByText('Name is needed.').waitFor();
    await page.getByRole('textbox', { name: 'Name' }).fill('First week');
    for (const title of ['Arriving', 'First calls']) {
      await page.getByRole('button', { name: 'Add a point' }).press('Enter');
      await page.keyboard.type(title);
    }
    await page.keyboard.press('Alt+ArrowUp');
    await page.getByRole('button', { name: 'Satisfaction' }).press('Enter');
    expect(await axeViolations(page)).to.deep.equal([]);
    await page.getByRole('textbox', { name: 'Name' }).press('Enter');
    await page.getByRole('heading', { name: 'First week' }).waitFor();
    const [made] = await stored();
    expect(made).to.deep.include({ name: 'First week', kind: 'session', teamName: 'Blue', durationMinutes: 30, agenda: [{ title: 'First calls', detail: null }, { title: 'Arriving', detail: null }], focusMetrics: ['csat'] });

    const session = await open(world.org.leader, 'sideline-session', { 'agent-id': String(world.org.agent.id), 'agent-name': 'Ada Agent', schedule: '' });
    await session.getByLabel('Begin with a template').selectOption('First week');
    expect(await session.getByLabel('Agenda, one point a line').inputValue()).to.equal('First calls\nArriving');
  });

  it('one that somebody else changed meanwhile is put together, and one that is deleted is gone', async () => {
    const id = (await stored())[0]?.id ?? '';
    const page = await open(world.org.leader);
    await page.locator(`[data-template="${id}"]`).click();
    await page.getByLabel('Description').fill('For those who are new.');
    await call(world.app, 'updateCoachingTemplate', { as: world.org.admin, params: { id }, body: { durationMinutes: 20 } });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Duration: now 20 min, was 30 min.').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await until(async () => JSON.stringify(await stored()).includes('For those who are new.'));
    expect((await stored())[0]).to.deep.include({ description: 'For those who are new.', durationMinutes: 20 });
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('There are no templates yet.').waitFor();
    expect(await stored()).to.deep.equal([]);
  });

  it('one for everybody is read by a leader and changed by a manager', async () => {
    await call(world.app, 'createCoachingTemplate', { as: world.org.manager, body: { kind: 'note', name: 'Too long on hold', noteType: 'COACHING', category: 'Hold time', text: 'Left somebody on hold.' } });
    const page = await open(world.org.leader);
    await page.locator('.row').filter({ hasText: 'Too long on hold' }).click();
    await page.getByText('Templates for everybody are managers’').waitFor();
    expect(await page.getByRole('textbox', { name: 'Text' }).getAttribute('readonly')).to.equal('');
    for (const name of ['Save', 'Delete']) expect(await page.getByRole('button', { name }).count(), name).to.equal(0);
    const managers = await open(world.org.manager);
    await managers.locator('.row').filter({ hasText: 'Too long on hold' }).click();
    await managers.getByRole('combobox', { name: 'Category' }).fill('');
    await managers.getByRole('button', { name: 'Save' }).click();
    await managers.getByRole('status').getByText('Saved').first().waitFor();
    expect((await stored())[0]).to.include({ category: null });
  });

  it('one of a note fills in its text wherever a note is begun, what was written stays, and one that is written is left alone', async () => {
    await call(world.app, 'createCoachingTemplate', { as: world.org.manager, body: { kind: 'note', name: 'Clear words', noteType: 'POSITIVE', category: 'Clarity', text: 'Said it so that it could be repeated.' } });
    const about = { 'agent-id': String(world.org.agent.id), 'agent-name': 'Ada Agent' };
    for (const widget of ['sideline-quick-note', 'sideline-agent-card', 'sideline-status-board']) {
      const page = await open(world.org.leader, widget, widget.endsWith('note') || widget.endsWith('card') ? about : {});
      await page.locator('[part~="note-button"], [part="button"]').first().click();
      await page.getByLabel('Template').selectOption('Clear words');
      expect(await page.getByRole('textbox', { name: 'Text' }).inputValue(), widget).to.equal('Said it so that it could be repeated.');
    }
    const page = await open(world.org.leader, 'sideline-notes', { 'agent-id': String(world.org.agent.id) });
    await page.getByRole('button', { name: 'Note', exact: true }).or(page.getByRole('button', { name: /^Note about/ })).first().click();
    const text = page.getByRole('textbox', { name: 'Text' });
    await text.fill('At nine.');
    const template = page.getByLabel('Template');
    await template.waitFor();
    expect(await template.locator('option').allTextContents()).to.deep.equal(['None', 'Clear words', 'Too long on hold']);
    await template.selectOption('Too long on hold');
    await template.selectOption('Clear words');
    expect(await text.inputValue()).to.equal('At nine.\n\nSaid it so that it could be repeated.');
    expect(await page.getByRole('radio', { name: 'Praise' }).isChecked()).to.equal(true);
    expect(await axeViolations(page)).to.deep.equal([]);
    await text.press('Control+Enter');
    await page.locator('.entry .head').first().click();
    await page.getByRole('button', { name: 'Edit' }).click();
    const edited = page.getByRole('group', { name: /^Edit/ });
    expect(await edited.getByRole('textbox', { name: 'Text' }).inputValue()).to.equal('At nine.\n\nSaid it so that it could be repeated.');
    expect(await edited.getByLabel('Template').count()).to.equal(0);
  });
});
