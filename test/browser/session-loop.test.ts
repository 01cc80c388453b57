import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import ICAL from 'ical.js';
import type { Locator, Page } from 'playwright-core';
import { sql } from '../../api/db/db.ts';
import { startTestApp, type TestApp } from '../harness/app.ts';
import { startSmtp, type ReceivedMail, type TestSmtp } from '../harness/smtp.ts';
import { until } from '../harness/until.ts';
import { closeSharedBrowser, sharedBrowser } from './browser.ts';
import { axeViolations, collectComplaints } from './host-page.ts';

interface Person {
  page: Page;
  complaints: string[];
  name: string;
  email: string;
  /** The session on this person's screen. */
  session: Locator;
}

/** Two people hold one coaching session, on the demo data, each in a browser of their own. */
describe('the whole loop of a session, two people', function () {
  this.timeout(120_000);
  // Each step goes on from the one before. No bail: with files side by side Mocha ends the whole run by it, without a word of what did not run.
  let app: TestApp;
  let smtp: TestSmtp;
  let leader: Person;
  let agent: Person;
  /** A quarter of an hour from now, as the leader's own clock has it. */
  const planned = new Date(Date.now() + 15 * 60_000);

  before(async () => {
    smtp = await startSmtp();
    app = await startTestApp('session_loop', { DEMO: 'on', DEMO_SIMULATOR: 'off', SMTP_URL: smtp.url, MAIL_FROM: 'coaching@desk.example.test', PUBLIC_URL: 'https://desk.example.test' });
    await app.ctx.demo.open();
    // Nothing else is planned for the two: the loop begins at its beginning.
    await app.query(sql`update coaching_sessions set status = 'cancelled' where status in ('scheduled', 'preparing', 'live')`);
    leader = await enter('leader', 'Team leader');
    agent = await enter('agent', 'Agent');
  });
  after(async () => {
    await closeSharedBrowser();
    await app.close();
    await smtp.close();
  });

  async function enter(username: string, role: string): Promise<Person> {
    const [row] = await app.query(sql<{ name: string; email: string }>`select full_name as name, email from agents where username = ${username}`);
    const context = await (await sharedBrowser()).newContext({ viewport: { width: 1440, height: 900 }, timezoneId: 'UTC', locale: 'en-GB', acceptDownloads: true });
    context.setDefaultTimeout(20_000);
    const page = await context.newPage();
    const complaints = collectComplaints(page);
    await page.goto(app.url);
    await page.getByRole('button', { name: new RegExp(`^${role}`) }).click();
    await page.getByRole('tablist', { name: '' }).first().waitFor();
    return { page, complaints, name: row?.name ?? '', email: row?.email ?? '', session: page.locator('sideline-session') };
  }

  const mailsTo = ({ email }: Person): ReceivedMail[] => smtp.mails.filter(({ envelope }) => envelope.to.includes(email));
  const calendarOf = (mail: ReceivedMail | undefined): ICAL.Event => {
    const file = mail?.attachments.find(({ mimeType }) => mimeType === 'text/calendar');
    const text = typeof file?.content === 'string' ? file.content : new TextDecoder().decode(file?.content);
    return eventOf(text);
  };
  const eventOf = (text: string): ICAL.Event => new ICAL.Event(new ICAL.Component(ICAL.parse(text) as ConstructorParameters<typeof ICAL.Component>[0]).getFirstSubcomponent('vevent') ?? undefined);

  it('begins with why somebody is in the queue, until the leader leaves that out', async () => {
    const { page, session } = leader;
    await page.getByRole('tab', { name: 'Coach next' }).click();
    const item = page.locator('sideline-priority-queue .item').first();
    await item.locator('.head').click();
    await item.getByRole('button', { name: 'Schedule', exact: true }).click();
    const agenda = session.getByLabel('Agenda, one point a line');
    await session.getByText('Below stands why they are in the queue.').waitFor();
    expect((await agenda.inputValue()).split('\n')).to.have.lengthOf.within(1, 3);
    expect(await session.locator('.chip[aria-pressed="true"]').count()).to.be.within(1, 3);
    await session.getByRole('button', { name: 'Leave it out' }).click();
    expect([await agenda.inputValue(), await session.locator('.chip[aria-pressed="true"]').count()]).to.deep.equal(['', 0]);
    await page.getByRole('button', { name: '‹ Back' }).click();
  });

  it('the leader schedules it from the queue, and both get it in their calendar', async () => {
    const { page, session } = leader;
    await page.getByRole('tab', { name: 'Coach next' }).click();
    const item = page.locator('sideline-priority-queue .item').filter({ hasText: agent.name }).first();
    await item.locator('.head').click();
    await item.getByRole('button', { name: 'Schedule', exact: true }).click();
    await session.getByRole('heading', { name: `Schedule a session with ${agent.name}` }).waitFor();
    await session.getByLabel('Day', { exact: true }).fill(planned.toISOString().slice(0, 10));
    await session.getByLabel('From', { exact: true }).fill(planned.toISOString().slice(11, 16));
    await session.getByRole('button', { name: 'Satisfaction', exact: true }).click();
    await session.getByLabel('Agenda, one point a line').fill('Openings');
    expect(await axeViolations(page)).to.deep.equal([]);
    await session.getByRole('button', { name: 'Schedule and invite' }).click();
    await session.locator('[part="status"]').getByText('Scheduled').waitFor();

    await app.settled();
    await app.ctx.mail.deliverDue();
    for (const person of [leader, agent]) {
      const invitation = calendarOf(mailsTo(person).at(-1));
      expect(invitation.startDate.toJSDate().toISOString().slice(0, 16)).to.equal(planned.toISOString().slice(0, 16));
      expect(invitation.attendees.map((attendee) => String(attendee.getFirstValue()).toLowerCase()).join(), 'each their own').to.equal(`mailto:${person.email.toLowerCase()}`);
    }
  });

  it('is prepared: evidence on one side, the agenda on the other, and the agent adds a point', async () => {
    await leader.session.getByRole('button', { name: 'Begin to prepare' }).click();
    await leader.session.locator('[part="status"]').getByText('Being prepared').waitFor();
    await app.ctx.preparations.refresh();
    await leader.session.getByRole('button', { name: 'Evidence' }).click();
    await leader.session.getByRole('heading', { name: 'Figures' }).waitFor();
    await leader.session.getByRole('button', { name: /^Agenda/ }).click();
    const suggested = leader.session.getByRole('button', { name: /^Accept “/ });
    if ((await suggested.count()) > 0) await suggested.first().click();

    await agent.page.getByRole('tab', { name: 'Coaching' }).click();
    await agent.session.locator('.point').getByText('Openings').waitFor();
    await agent.session.getByLabel('A point for the agenda').fill('Which shifts go well for me');
    await agent.page.keyboard.press('Enter');
    await leader.session.getByText('Which shifts go well for me').waitFor();
    await leader.session.getByText(`from ${agent.name}`).waitFor();
    expect(await axeViolations(leader.page)).to.deep.equal([]);
  });

  it('is held in two browsers: both write one document, and see each other', async () => {
    await leader.session.getByRole('button', { name: 'Start the session' }).click();
    const [mine, theirs] = [leader, agent].map(({ session }) => session.getByRole('textbox', { name: 'Notes' })) as [Locator, Locator];
    await mine.waitFor();
    await theirs.waitFor();
    await leader.session.getByTitle(`Here: ${agent.name}`).waitFor();
    await agent.session.getByTitle(`Here: ${leader.name}`).waitFor();

    await mine.fill('Two calls heard together.');
    await leader.session.getByText(/^Saved \d+ s ago$/).waitFor();
    await until(async () => (await theirs.inputValue()) === 'Two calls heard together.');
    await theirs.press('End');
    await theirs.pressSequentially('\nThe form asks too early.');
    await until(async () => (await mine.inputValue()).endsWith('The form asks too early.'));

    await leader.session.getByRole('checkbox', { name: 'Talked about: Openings' }).check();
    await agent.session.getByRole('checkbox', { name: 'Talked about: Openings', checked: true }).waitFor();
    await leader.session.getByTitle('engaged', { exact: true }).click();
    await until(() => leader.session.getByRole('radio', { name: '4, engaged' }).isChecked());
    await leader.session.getByLabel('What is to be done').fill('Notes by hand first, form afterwards');
    await leader.page.keyboard.press('Enter');
    await agent.session.getByText('Notes by hand first, form afterwards').waitFor();
    for (const { page } of [leader, agent]) expect(await axeViolations(page)).to.deep.equal([]);
  });

  it('closing the laptop in the middle loses nothing', async () => {
    await leader.session.getByText(/^Saved /).waitFor();
    const mail = mailsTo(agent).at(-1);
    const place = /https:\/\/desk\.example\.test\/(#session=\S+)/.exec(mail?.text ?? '')?.[1];
    if (!place) throw new Error(`no way to the session in: ${mail?.text}`);
    await agent.page.reload();
    await agent.page.evaluate((hash) => location.assign(hash), place); // the link of the invitation, in a tab that is open
    const notes = agent.session.getByRole('textbox', { name: 'Notes' });
    await until(async () => (await notes.inputValue()) === 'Two calls heard together.\nThe form asks too early.');
  });

  it('is completed: what was agreed, on one page, with the next session', async () => {
    const { session, page } = leader;
    await session.getByRole('button', { name: 'To the outcome' }).click();
    await session.getByRole('button', { name: 'Take over the notes' }).click();
    await session.getByLabel('What somebody promises').fill('Repeat the question before the form');
    await page.keyboard.press('Enter');
    await session.getByText('Repeat the question before the form').waitFor();
    await session.getByRole('button', { name: 'In 2 weeks' }).click();
    expect(await axeViolations(page)).to.deep.equal([]);
    await session.getByRole('button', { name: 'Complete the session' }).click();
    await session.locator('[part="status"]').getByText('Completed').waitFor();
    await session.getByText(`${agent.name} has not answered; due`).waitFor();
    await session.getByRole('tab', { name: 'Effect' }).click();
    await session.getByText('Too early to say').first().waitFor();
    await session.getByRole('tab', { name: 'Outcome' }).click();
  });

  it('is acknowledged by the agent, which the leader sees', async () => {
    const { session, page } = agent;
    await session.getByText('Do you agree with what stands here?').waitFor();
    await session.getByText('The form asks too early.').first().waitFor();
    await session.getByText('Notes by hand first, form afterwards').waitFor();
    await session.getByRole('textbox', { name: 'A comment' }).fill('Yes, and thank you.');
    expect(await axeViolations(page)).to.deep.equal([]);
    await session.getByRole('button', { name: 'Acknowledge' }).click();
    await session.getByText('You acknowledged it').waitFor();
    await leader.session.getByText(`${agent.name} acknowledged it`).waitFor();
    await leader.session.getByText('Yes, and thank you.').waitFor();
  });

  it('leaves a calendar file that a calendar reads, and a summary in both mailboxes', async () => {
    const { session, page } = leader;
    await session.getByRole('button', { name: 'More' }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), session.getByRole('button', { name: 'Calendar file' }).click()]);
    const event = eventOf(await readFile(await download.path(), 'utf8'));
    expect(event.startDate.toJSDate().toISOString().slice(0, 16)).to.equal(planned.toISOString().slice(0, 16));
    expect(event.duration.toSeconds()).to.equal(30 * 60);

    smtp.mails.length = 0;
    await app.settled();
    await app.ctx.mail.deliverDue();
    for (const person of [leader, agent]) {
      const summary = mailsTo(person).find(({ text }) => text?.includes('The form asks too early.'));
      expect(summary?.text, `to ${person.name}`).to.include('Repeat the question before the form');
    }
    const followUp = calendarOf(mailsTo(agent).find(({ attachments }) => attachments.some(({ mimeType }) => mimeType === 'text/calendar')));
    expect(followUp.startDate.toJSDate().getTime()).to.be.above(planned.getTime() + 10 * 86_400_000);
    for (const { complaints } of [leader, agent]) expect(complaints).to.deep.equal([]);
  });

  it('hands what was left for another time on to the next session', async () => {
    const { session, page } = leader;
    const left = 'Which shifts go well for me';
    await session.getByTitle('Left for another time').locator('..').getByText(left).waitFor();
    const planned = await session.getByRole('region', { name: 'Next session' }).innerText();
    await session.getByRole('button', { name: 'Open it' }).click();
    await session.locator('[part="status"]').getByText('Scheduled').waitFor();
    expect(planned, 'says when').to.match(/\d+ \w{3}( \d{4})?, \d\d:\d\d/);
    expect(await session.locator('.primary').filter({ visible: true }).allTextContents(), 'two weeks ahead one prepares').to.deep.equal(['Begin to prepare']);
    await session.getByRole('button', { name: 'Begin to prepare' }).first().click();
    await session.locator('[part="status"]').getByText('Being prepared').waitFor();
    await app.settled();
    await app.ctx.preparations.refresh();
    const suggested = session.getByRole('region', { name: 'Suggested' });
    await suggested.getByRole('listitem').filter({ hasText: left }).getByText('Left for another time').waitFor();
    await suggested.getByText('Notes by hand first, form afterwards').waitFor();
    expect(await suggested.getByRole('button', { name: 'Accept “Openings”' }).count(), 'it was talked about').to.equal(0);
    expect(await axeViolations(page)).to.deep.equal([]);
    await suggested.getByRole('button', { name: `Accept “${left}”` }).click();
    await session.locator('.point').getByText(left).waitFor();
    await suggested.getByRole('button', { name: `Accept “${left}”` }).waitFor({ state: 'detached' });
    await agent.session.getByRole('button', { name: 'Open it' }).click();
    await agent.session.locator('.point').getByText(left).waitFor();
    expect(leader.complaints).to.deep.equal([]);
  });
});
