import { expect } from 'chai';
import type { Locator } from 'playwright-core';
import { systemPrincipal } from '../../api/auth/principal.ts';
import { sql } from '../../api/db/db.ts';
import type { OperationId } from '../../api/http/handler.ts';
import { call } from '../harness/calls.ts';
import { Meetings, type Session } from '../harness/meetings.ts';
import type { TestPerson } from '../harness/people.ts';
import { until } from '../harness/until.ts';
import { closeSharedBrowser } from './browser.ts';
import { signIn, type ConsolePage } from './console-page.ts';
import { axeViolations } from './host-page.ts';

/** What a session meets besides its straight way: clashes, leave, groups, disputes, notes, and not being held. */
describe('a session takes another turn, in the console', function () {
  this.timeout(60_000);
  // Each step goes on from the one before. No bail: with files side by side Mocha ends the whole run by it, without a word of what did not run.
  let meetings: Meetings;
  let leader: ConsolePage & { session: Locator };
  let agent: ConsolePage & { session: Locator };
  /** With the agent alone, 30 minutes. */
  let alone: Session;

  before(async () => {
    meetings = await Meetings.start('session_turns');
    const { org, app } = meetings;
    alone = await meetings.scheduled();
    await app.ctx.absences.create(systemPrincipal('test'), org.colleague.id, { kind: 'sick', startsOn: '2035-01-04', endsOn: '2035-01-04' });
    for (const content of ['Asks for the name twice.', 'Knows the tariff by heart.']) await call(app, 'createQuickNote', { as: org.leader, body: { agentId: org.agent.id, noteType: 'COACHING', content } });
    [leader, agent] = await Promise.all([org.leader, org.agent].map(async ({ username }) => {
      const opened = await signIn(app.url, username);
      return { ...opened, session: opened.page.locator('sideline-session') };
    })) as [typeof leader, typeof agent];
  });
  after(async () => {
    await closeSharedBrowser();
    await meetings.app.close();
  });

  /** A list as somebody gets it. */
  const listed = async <T>(operation: OperationId, as: TestPerson, query: Record<string, string> = {}): Promise<T[]> => ((await call(meetings.app, operation, { as, query })).body as { data: T[] }).data;
  const stored = async (id: string): Promise<Session> => meetings.done('getCoachingSession', id, meetings.org.leader);
  const status = (session: Locator, word: string): Promise<void> => session.locator('[part="status"]').getByText(word, { exact: true }).waitFor();
  const all = async ({ session }: typeof leader): Promise<void> => {
    await session.getByRole('button', { name: 'More' }).click();
    await session.getByRole('button', { name: 'All sessions' }).click();
  };
  /** Where it may fall is there only once it hangs under the pointer. */
  const drag = async (what: Locator, to: Locator): Promise<void> => {
    const { mouse } = what.page();
    await what.hover();
    await mouse.down();
    await what.hover({ position: { x: 30, y: 20 }, force: true });
    await to.hover();
    await mouse.up();
  };
  const choose = async (form: Locator, field: string, name: string): Promise<void> => {
    await form.getByRole('searchbox', { name: `${field}: Search by name` }).fill(name);

    await form.getByRole('button', { name: `Add ${name}` }).click();
  };

  it('a note goes to the agenda and becomes an action item by one key, or by dragging it there', async () => {
    const { page } = leader;
    const toast = page.locator('sideline-notes .toast');
    const [first, second] = ['Asks for the name twice.', 'Knows the tariff by heart.'].map((text) => page.locator('sideline-notes .head').filter({ hasText: text })) as [Locator, Locator];
    await page.getByRole('tab', { name: 'Notes' }).click();
    await drag(second, page.locator('[data-drop="agenda"]'));
    await toast.getByText('On the agenda of 2 Jan').waitFor();
    await first.press('t');
    await toast.getByText('Action item for Ada Agent until').waitFor();
    await first.press('a');
    await toast.getByText('On the agenda of 2 Jan').waitFor();
    await first.press('a');
    await toast.getByText('already').waitFor();
    expect((await listed<{ title: string }>('listActionItems', meetings.org.leader)).map(({ title }) => title)).to.deep.equal(['Asks for the name twice.']);
    expect((await stored(alone.id)).agenda.map(({ title, source }) => [title, source])).to.deep.equal([['Knows the tariff by heart.', 'note'], ['Asks for the name twice.', 'note']]);
  });

  it('the agenda is put in order by dragging, and by keys', async () => {
    const { page, session } = leader;
    await page.getByRole('tab', { name: 'Sessions' }).click();
    const points = session.locator('.point');
    await points.nth(1).dragTo(points.first());
    const order = async (): Promise<string> => (await stored(alone.id)).agenda.map(({ title }) => title.split(' ')[0]).join();
    await until(async () => (await order()) === 'Asks,Knows');
    await session.getByRole('button', { name: /^2, “Knows/ }).press('Alt+ArrowUp');
    await until(async () => (await order()) === 'Knows,Asks');
  });

  it('a goal is set while the session is prepared, worked on in it, seen by the agent, and closed', async () => {
    const { session, page } = leader;
    await agent.page.getByRole('tab', { name: 'Me' }).click();
    const seen = agent.page.locator('sideline-goals');
    await seen.getByText('No goal is set with you.').waitFor();
    await session.getByRole('button', { name: 'Evidence' }).click();
    await session.getByRole('button', { name: 'Set a goal' }).press('Enter');
    await page.keyboard.type('Solved at the first call');
    await session.getByLabel('Measured by').selectOption('First contact');
    await session.getByLabel('Target').press('Enter');
    await session.getByRole('alert').getByText('A measured goal has a target.').waitFor();
    await page.keyboard.type('75');
    await page.keyboard.press('Enter');
    await session.getByText('First contact: Nothing measured yet, target 75 %').waitFor();
    await seen.getByText('Solved at the first call').waitFor();
    expect(await seen.getByRole('button').count(), 'nobody closes their own').to.equal(0);
    await session.getByRole('checkbox', { name: 'Work on “Solved at the first call” in this session' }).check();
    const [goal] = await listed<{ id: string; targetValue: number }>('listGoals', meetings.org.agent);
    expect(goal).to.deep.include({ targetValue: 0.75 });
    await until(async () => (await stored(alone.id)).goalIds.join() === goal?.id);
    expect(await axeViolations(page)).to.deep.equal([]);
    await session.getByRole('button', { name: 'Close “Solved at the first call”' }).press('Enter');
    await session.getByRole('radio', { name: 'Dropped' }).check();
    await session.getByRole('textbox', { name: 'What is to be said about it' }).fill('Another queue now.');
    await session.getByRole('button', { name: 'Close', exact: true }).click();
    await session.getByText('1 that is closed').waitFor();
    await seen.getByText('1 that is closed').click();
    await seen.getByText('Another queue now.').waitFor();
  });

  it('a time at which somebody sits in another session is refused, and the way out is one press', async () => {
    const { session } = leader;
    await all(leader);
    await session.getByRole('button', { name: 'Schedule a session' }).click();
    await session.getByLabel('Day', { exact: true }).fill('2035-01-02');
    await session.getByLabel('From', { exact: true }).fill('09:15');
    await session.locator('.that-day .late').getByText('09:00–09:30, Ada Agent').waitFor();
    await session.getByRole('button', { name: 'Schedule and invite' }).click();
    await session.getByRole('alert').getByText('is in a session then, from 09:00 to 09:30.').waitFor();
    await session.getByRole('button', { name: 'Take 09:30' }).click();
    expect(await session.getByLabel('From', { exact: true }).inputValue()).to.equal('09:30');
    await session.getByRole('alert').waitFor({ state: 'detached' });
    await session.locator('.that-day .late').waitFor({ state: 'detached' });
  });

  it('who is away is said, and comes when they have agreed; two people make a group', async () => {
    const { session } = leader;
    await choose(session, 'With', 'Colin Colleague');
    await session.getByRole('button', { name: 'Satisfaction', exact: true }).click();
    await session.getByLabel('Day', { exact: true }).fill('2035-01-04');
    await session.getByRole('button', { name: 'Schedule and invite' }).click();
    await session.getByRole('alert').getByText('Colin Colleague is away from 2035-01-04 to 2035-01-04.').waitFor();
    await session.getByRole('checkbox', { name: 'They have agreed to come all the same' }).check();
    await session.getByRole('button', { name: 'Schedule and invite' }).click();
    await session.getByRole('heading', { name: 'Ada Agent, Colin Colleague', exact: true }).waitFor();
    const [group] = (await listed<Session>('listCoachingSessions', meetings.org.leader, { from: '2035-01-04T00:00:00Z' })) as [Session];
    expect([group.kind, group.scheduledAt, group.attendees.map(({ name }) => name)]).to.deep.equal(['group', '2035-01-04T09:30:00.000Z', ['Ada Agent', 'Colin Colleague']]);
  });

  it('a group is held: evidence, action items and effect are each somebody’s', async () => {
    const { session } = leader;
    await session.getByRole('button', { name: 'Begin to prepare' }).first().click();
    await meetings.app.ctx.preparations.refresh();
    await session.getByRole('button', { name: 'Evidence' }).click();
    await session.locator('.evidence').getByText('Asks for the name twice.').first().waitFor(); // the note, and the action item it became
    await session.getByLabel('Whose figures').selectOption('Colin Colleague');
    await session.getByText('No notes are open.').waitFor();
    await session.getByRole('button', { name: /^Agenda/ }).click();
    await session.getByRole('button', { name: 'Start the session' }).click();
    await session.getByLabel('Whose').selectOption('Colin Colleague');
    await session.getByLabel('What is to be done').fill('Sit beside Ada for an hour');
    await session.getByLabel('What is to be done').press('Enter');
    await session.locator('.what').getByText('Sit beside Ada for an hour').waitFor();
    await leader.page.setViewportSize({ width: 1440, height: 500 });
    expect(await leader.page.evaluate(() => document.documentElement.scrollHeight - innerHeight), 'the page around it does not scroll').to.equal(0);
    await leader.page.setViewportSize({ width: 1440, height: 900 });
    await session.getByRole('button', { name: 'To the outcome' }).click();
    await session.getByRole('textbox', { name: 'Summary' }).fill('Ada asks too early.');
    await session.getByRole('button', { name: 'Complete the session' }).click();
    await status(session, 'Completed');
    await session.getByText('Colin Colleague has not answered; due').waitFor();
    await session.getByRole('tab', { name: 'Effect' }).click();
    await session.getByLabel('Whose figures').selectOption('Colin Colleague');
    await session.getByText('Too early to say').waitFor();
    expect((await listed<{ title: string }>('listActionItems', meetings.org.colleague)).map(({ title }) => title)).to.deep.equal(['Sit beside Ada for an hour']);
  });

  it('one of them disagrees; somebody else decides, and the record that was changed is acknowledged', async () => {
    await agent.page.getByRole('tab', { name: 'Coaching' }).click();
    await agent.session.getByText('Do you agree with what stands here?').waitFor();
    await agent.session.getByRole('button', { name: 'Disagree' }).click();
    await agent.session.getByRole('textbox', { name: 'What is not right' }).fill('The form asks, not I.');
    await agent.session.getByRole('button', { name: 'Send' }).click();
    await agent.session.getByText('You disagree').waitFor();
    await leader.session.getByRole('tab', { name: 'Outcome' }).click();
    await leader.session.getByText('The form asks, not I.').waitFor();
    expect(await leader.session.getByRole('button', { name: 'Decide' }).count(), 'nobody decides about themselves').to.equal(0);

    const manager = await signIn(meetings.app.url, meetings.org.manager.username);
    await manager.page.locator('sideline-notifications .bell').click();
    await manager.page.getByRole('button', { name: /Ada Agent disputes/ }).first().click();
    await manager.page.locator('sideline-session').getByRole('button', { name: 'Decide' }).waitFor();
    await manager.page.getByRole('button', { name: '‹ Back' }).click();
    // Also from the figure that counts it …
    await manager.page.getByRole('tab', { name: 'Fairness' }).click();
    await manager.page.locator('.figure').filter({ hasText: 'Disputed' }).first().click();
    await manager.page.locator('sideline-drill').getByRole('button', { name: 'Ada Agent' }).click();
    await manager.page.locator('.layer sideline-session').getByRole('button', { name: 'Decide' }).waitFor();
    await manager.page.getByRole('button', { name: '‹ Back' }).click();
    // … and it stands first where sessions are listed.
    await manager.page.getByRole('tab', { name: 'Sessions' }).click();
    const waiting = manager.page.getByRole('region', { name: 'Waiting for your decision' }).getByRole('button');
    await waiting.click();
    const deciding = manager.page.locator('sideline-session');
    await deciding.getByRole('button', { name: 'Decide' }).click();
    await deciding.getByRole('radio', { name: 'The record was changed' }).check();
    await deciding.getByRole('textbox', { name: 'Why, told to everybody' }).fill('Both heard the call again.');
    await deciding.getByRole('button', { name: 'Decide' }).click();
    await deciding.getByRole('alert').getByText('Change the summary, or choose another outcome.').waitFor();
    await deciding.getByRole('textbox', { name: 'Summary as it is to read' }).fill('The form asks too early.');
    await deciding.getByRole('button', { name: 'Decide' }).click();
    await deciding.getByText('The form asks too early.').first().waitFor();
    expect(manager.complaints).to.deep.equal([]);

    // The record is another one: it is asked about again, beside what was said and decided.
    await agent.session.getByText('The form asks too early.').first().waitFor();
    for (const { session } of [agent, leader]) await session.getByText('Both heard the call again.').waitFor();
    await agent.session.getByRole('button', { name: 'Acknowledge' }).click();
    await agent.session.getByText('You acknowledged it').waitFor();
    await agent.session.getByText('Both heard the call again.').waitFor();
    await leader.session.getByText('Ada Agent acknowledged it').waitFor();
  });

  it('is called off with a reason, and another is put down as missed', async () => {
    const { session } = leader;
    await all(leader);
    await session.locator(`[data-session="${alone.id}"]`).click();
    await session.getByRole('button', { name: 'More' }).click();
    await session.getByRole('button', { name: 'Call it off' }).click();
    await session.getByRole('textbox', { name: 'Reason, told to everybody' }).fill('The fire drill.');
    await session.getByRole('dialog').getByRole('button', { name: 'Call it off' }).click();
    await session.getByText('This session was called off: The fire drill.').waitFor();

    const late = await meetings.scheduled();
    await meetings.app.query(sql`update coaching_sessions set scheduled_at = now() - interval '1 hour' where id = ${late.id}`);
    await meetings.ask('addAgendaPoint', late.id, meetings.org.agent, { body: { title: 'My shifts' } }); // told to everybody, as it stands by now
    await all(leader);
    await session.locator(`[data-session="${late.id}"]`).click();
    await session.getByText('My shifts').waitFor();
    await session.getByRole('button', { name: 'More' }).click();
    await session.getByRole('button', { name: 'Nobody came' }).click();
    await session.getByRole('dialog').getByRole('button', { name: 'Nobody came' }).click();
    await session.getByText('Nobody came to this session.').waitFor();
    expect([(await stored(alone.id)).status, (await stored(late.id)).status]).to.deep.equal(['cancelled', 'no_show']);

    await all(agent);
    await agent.session.locator(`[data-session="${alone.id}"]`).getByText('Called off').waitFor();
    for (const { complaints } of [leader, agent]) expect(complaints).to.deep.equal([]);
  });
});
