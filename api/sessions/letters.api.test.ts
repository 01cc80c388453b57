import { expect } from 'chai';
import ICAL from 'ical.js';
import { call } from '../../test/harness/calls.ts';
import { startSmtp, type ReceivedMail, type TestSmtp } from '../../test/harness/smtp.ts';
import { sql } from '../db/db.ts';
import { Meetings } from '../../test/harness/meetings.ts';

/** What a calendar makes of a file. */
interface Entry {
  readonly method: unknown;
  readonly uid: string;
  readonly sequence: number;
  readonly status: unknown;
  readonly start: string;
  readonly minutes: number;
  readonly summary: string;
  readonly description: string;
  readonly location: string | null;
  readonly url: unknown;
  readonly organizer: unknown;
  readonly attendees: unknown[];
}

function entryIn(text: string): Entry {
  const calendar = new ICAL.Component(ICAL.parse(text) as [string, unknown[], unknown[]]);
  const [only, ...others] = calendar.getAllSubcomponents('vevent');
  if (!only || others.length > 0) throw new Error('one event is expected');
  const event = new ICAL.Event(only);
  return {
    method: calendar.getFirstPropertyValue('method'),
    uid: event.uid,
    sequence: event.sequence,
    status: only.getFirstPropertyValue('status'),
    start: event.startDate.toJSDate().toISOString(),
    minutes: event.duration.toSeconds() / 60,
    summary: event.summary,
    description: event.description,
    location: event.location,
    url: only.getFirstPropertyValue('url'),
    organizer: event.organizer,
    attendees: event.attendees.map((attendee) => attendee.getFirstValue()),
  };
}

/** With what text would have to escape, and longer than a line. */
const LINK = `https://meet.example.test/a;b,c?with=${'x'.repeat(80)};y,z`;

/** The day that ends at that midnight. */
const lastDay = (dueAt: string): string => new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(Date.parse(dueAt) - 3_600_000);

describe('letters of coaching sessions', function () {
  this.timeout(30_000);
  let smtp: TestSmtp;
  let meetings: Meetings;
  let org: Meetings['org'];

  before(async () => {
    smtp = await startSmtp();
    meetings = await Meetings.start('letters', { SMTP_URL: smtp.url, MAIL_FROM: 'Sideline <coaching@desk.example.test>', PUBLIC_URL: 'https://desk.example.test' });
    org = meetings.org;
  });
  after(async () => {
    await meetings.app.close();
    await smtp.close();
  });
  beforeEach(async () => {
    await meetings.app.ctx.mail.deliverDue();
    smtp.mails.length = 0;
  });

  const addressOf = (person: { row: { email: string } }): string => person.row.email;
  /** By address, one to each; where more are sent at once, those whose subject begins so. */
  async function received(subject = ''): Promise<Map<string, ReceivedMail>> {
    await meetings.app.ctx.mail.deliverDue();
    const meant = smtp.mails.filter((mail) => mail.subject?.startsWith(subject));
    const mails = new Map(meant.map((mail) => [mail.envelope.to[0] ?? '', mail]));
    expect(mails.size, 'one to each').to.equal(meant.length);
    smtp.mails.length = 0;
    return mails;
  }
  const fileOf = (mail: ReceivedMail | undefined): string => {
    const file = mail?.attachments.find(({ mimeType }) => mimeType === 'text/calendar');
    if (!file) throw new Error(`no calendar file: ${mail?.subject}`);
    return typeof file.content === 'string' ? file.content : new TextDecoder().decode(file.content);
  };

  it('invite both with a file that calendars read, which gives nobody’s address to others', async () => {
    const session = await meetings.scheduled({ durationMinutes: 45, remoteUrl: LINK, agenda: [{ title: 'Refunds, mostly; "why"' }] });
    const mails = await received();
    expect([...mails.keys()].sort()).to.deep.equal([addressOf(org.agent), addressOf(org.leader)].sort());
    const mail = mails.get(addressOf(org.agent));
    expect(mail?.subject).to.contain('Coaching session on Tuesday 2 January 2035, 09:00 (UTC)');
    expect(mail?.text).to.contain('Ada Agent with Lena Leader, Tuesday 2 January 2035, 09:00 (UTC), for 45 minutes').and.to.contain('Refunds').and.to.contain(LINK);
    expect(entryIn(fileOf(mail))).to.deep.equal({
      method: 'REQUEST', uid: session.id, sequence: 0, status: 'CONFIRMED', start: session.scheduledAt, minutes: 45,
      summary: 'Coaching: Ada Agent with Lena Leader', description: 'Agenda:\n- Refunds, mostly; "why"', location: LINK, url: LINK,
      organizer: 'mailto:coaching@desk.example.test', attendees: [`MAILTO:${addressOf(org.agent)}`],
    });
    expect(mail?.raw).to.not.contain(addressOf(org.leader));
  });

  it('move the entry, hand it on and take it out, each with a higher SEQUENCE under the same UID', async () => {
    const session = await meetings.scheduled();
    await received();
    const scheduledAt = meetings.freeTime();
    await meetings.done('updateCoachingSession', session.id, org.leader, { scheduledAt });
    const moved = await received();
    expect([...moved.keys()].sort()).to.deep.equal([addressOf(org.agent), addressOf(org.leader)].sort());
    const place = `https://desk.example.test/#session=${session.id}`;
    expect(moved.get(addressOf(org.agent))?.text, 'leads to the session').to.contain(`Open Sideline:\n${place}\n`);
    expect(entryIn(fileOf(moved.get(addressOf(org.agent)))).url).to.equal(place);
    expect(moved.get(addressOf(org.agent))?.subject).to.contain('was moved to');
    expect(entryIn(fileOf(moved.get(addressOf(org.agent))))).to.include({ method: 'REQUEST', uid: session.id, sequence: 1, start: scheduledAt });

    await meetings.done('updateCoachingSession', session.id, org.leader, { agentId: org.colleague.id });
    const handed = await received();
    const entries = Object.fromEntries([...handed].map(([address, mail]) => [address, entryIn(fileOf(mail))]));
    expect(entries[addressOf(org.agent)]).to.include({ method: 'CANCEL', status: 'CANCELLED', uid: session.id, sequence: 2 });
    expect(entries[addressOf(org.colleague)]).to.include({ method: 'REQUEST', uid: session.id, sequence: 2 });
    expect(entries[addressOf(org.leader)]).to.include({ method: 'REQUEST', sequence: 2 });

    await meetings.done('updateCoachingSession', session.id, org.leader, { focusMetrics: ['csat'], agentId: org.colleague.id, scheduledAt });
    expect((await received()).size, 'what calendars do not show moves none').to.equal(0);

    await meetings.done('cancelCoachingSession', session.id, org.leader, { reason: 'The line is down.' });
    const cancelled = await received();
    expect([...cancelled.keys()].sort()).to.deep.equal([addressOf(org.colleague), addressOf(org.leader)].sort());
    expect(cancelled.get(addressOf(org.colleague))?.text).to.contain('Colin Colleague with Lena Leader, Thursday').and.to.contain('does not take place.\n\nThe line is down.');
    expect(entryIn(fileOf(cancelled.get(addressOf(org.colleague))))).to.include({ method: 'CANCEL', status: 'CANCELLED', uid: session.id, sequence: 3 });
  });

  it('give the file to whoever reads the session, until it says that it is off', async () => {
    const session = await meetings.scheduled();
    const file = await meetings.ask('getSessionCalendar', session.id, org.agent);
    expect(file.headers.get('Content-Type')).to.equal('text/calendar; charset=utf-8');
    expect(entryIn(file.text)).to.deep.include({ method: 'PUBLISH', uid: session.id, start: session.scheduledAt, minutes: 30, attendees: [] });
    expect(file.text).to.not.contain(addressOf(org.leader)).and.to.not.contain(addressOf(org.agent));
    await meetings.done('cancelCoachingSession', session.id, org.leader, { reason: 'Ill.' });
    expect(entryIn((await meetings.ask('getSessionCalendar', session.id, org.agent)).text)).to.include({ method: 'CANCEL', status: 'CANCELLED', sequence: 1 });
  });

  it('sum the session up for both, once, and keep their Message-ID when they repeat', async () => {
    const session = await meetings.live();
    await received();
    const completed = await meetings.done('completeCoachingSession', session.id, org.leader, {
      summary: 'Three refunds.\n\nOne without a date.',
      commitments: [{ text: 'Name the date', personId: org.agent.id, dueOn: '2035-02-01' }],
      actionItems: [{ title: 'Listen to two calls', dueDate: '2035-02-01' }],
      followUp: { scheduledAt: '2036-01-02T10:00:00Z' },
    });
    const mails = await received('Summary');
    expect([...mails.keys()].sort()).to.deep.equal([addressOf(org.agent), addressOf(org.leader)].sort());
    for (const mail of mails.values()) {
      expect(mail.subject).to.contain('Summary of the coaching session');
      for (const words of ['Three refunds.', 'One without a date.', 'Name the date', 'Ada Agent, by 1 February 2035', 'Listen to two calls', 'The next session: Wednesday 2 January 2036, 10:00 (UTC)']) expect(mail.text).to.contain(words);
    }
    const asked = (person: { row: { email: string } }) => mails.get(addressOf(person))?.text?.match(/Please acknowledge it.*/)?.[0];
    expect([asked(org.leader), asked(org.agent)]).to.deep.equal([undefined, `Please acknowledge it, or say what is wrong with it, by the end of ${lastDay(completed.attendees[0]!.acknowledgement!.dueAt!)}.`]);
    // As after a crash between the server's yes and our noting it.
    await meetings.app.query(sql`update mails set status = 'queued', next_attempt_at = now() - interval '1 minute', content = ${JSON.stringify({ letter: { subject: 'again', paragraphs: [] }, attachments: [] })}::jsonb
      where template = 'session-summary'`);
    const again = await received();
    for (const [address, mail] of again) expect(mail.messageId).to.equal(mails.get(address)?.messageId);
    expect(new Set([...mails.values()].map(({ messageId }) => messageId)).size).to.equal(2);
  });

  it('tell those it is about in the app that it has begun, and nobody by mail', async () => {
    const session = await meetings.scheduled();
    await received();
    await meetings.done('startCoachingSession', session.id, org.leader);
    expect((await received()).size).to.equal(0);
    const told = await meetings.app.query(sql<{ to: number; title: string }>`select recipient_id as to, title from notifications where type = 'session_started' and data ->> 'sessionId' = ${session.id}`);
    expect(told).to.deep.equal([{ to: org.agent.id, title: 'Lena Leader has begun your coaching session' }]);
  });

  it('sum up what was agreed on the spot as well, to each of a group what is about them', async () => {
    const session = await meetings.live({ attendeeIds: [org.agent.id, org.colleague.id] });
    await received();
    const agree = async (agentId: number, title: string): Promise<string> => {
      const { body } = await call(meetings.app, 'createActionItem', { as: org.leader, body: { agentId, title, dueDate: '2035-02-01', sessionId: session.id } });
      return (body as { id: string }).id;
    };
    await agree(org.agent.id, 'Practise the closing');
    await agree(org.colleague.id, 'Shadow a colleague');
    const off = await agree(org.agent.id, 'Agreed too early');
    await call(meetings.app, 'updateActionItem', { as: org.leader, params: { id: off }, body: { status: 'cancelled' } });
    const note = await call(meetings.app, 'createQuickNote', { as: org.leader, body: { agentId: org.agent.id, noteType: 'COACHING', content: 'Between us.', isPrivate: true } });
    await meetings.done('completeCoachingSession', session.id, org.leader, { addressedNoteIds: [(note.body as { id: string }).id], actionItems: [{ agentId: org.agent.id, title: 'Listen to two calls', dueDate: '2035-02-01' }] });
    const all = ['Practise the closing', 'Shadow a colleague', 'Listen to two calls', 'Agreed too early', 'Between us.'];
    const mails = await received();
    const read = Object.fromEntries([...mails].map(([address, mail]) => [address, all.filter((words) => mail.text?.includes(words))]));
    expect(read).to.deep.equal({
      [addressOf(org.leader)]: ['Practise the closing', 'Shadow a colleague', 'Listen to two calls'],
      [addressOf(org.agent)]: ['Practise the closing', 'Listen to two calls'],
      [addressOf(org.colleague)]: ['Shadow a colleague'],
    });
    for (const reader of [org.leader, org.agent, org.colleague]) {
      const { text, body } = await meetings.ask('getSessionSummary', session.id, reader);
      expect((body as { actionItems: { title: string }[] }).actionItems.map(({ title }) => title)).to.deep.equal(read[addressOf(reader)]);
      expect(text).to.not.include('Between us.');
    }
  });

  it('name the time in the zone each one lives by, and carry it for whoever reads them elsewhere', async () => {
    const chosen = await call(meetings.app, 'getNotificationPreferences', { as: org.agent });
    const { version: _version, sendsMail: _sends, defaultTimezone: _default, ...preferences } = chosen.body as Record<string, unknown>;
    const choose = (timezone: string | null) => call(meetings.app, 'updateNotificationPreferences', { as: org.agent, body: { ...preferences, timezone } });
    expect((await choose('Europe/Berlin')).status).to.equal(200);
    const { scheduledAt } = await meetings.scheduled({});
    const day = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(scheduledAt)).replace(',', '');
    expect(scheduledAt.slice(11, 16)).to.equal('09:00');
    const mails = await received();
    expect(mails.get(addressOf(org.agent))?.subject).to.contain(`${day}, 10:00 (CET)`);
    expect(mails.get(addressOf(org.leader))?.subject).to.contain(`${day}, 09:00 (UTC)`);
    const { body } = await call(meetings.app, 'listNotifications', { as: org.agent });
    const [newest] = (body as { data: { title: string; data: { times: unknown } }[] }).data;
    expect(newest?.title).to.equal(`Coaching session on ${day}, 10:00 (CET)`);
    expect(newest?.data.times).to.deep.equal([{ text: `${day}, 10:00 (CET)`, at: scheduledAt, as: 'instant' }]);
    await choose(null);
  });

  it('follow what people chose: whoever wants no mail gets none', async () => {
    const { body } = await call(meetings.app, 'getNotificationPreferences', { as: org.agent });
    const { timezone, digestAt, quietHours, quietDays, groups } = body as Record<string, object>;
    const chosen = { timezone, digestAt, quietHours, quietDays, groups: { ...groups, sessions: { inApp: 'now', email: 'never' } } };
    expect((await call(meetings.app, 'updateNotificationPreferences', { as: org.agent, body: chosen })).status).to.equal(200);
    await meetings.scheduled();
    expect([...(await received()).keys()]).to.deep.equal([addressOf(org.leader)]);
  });
});
