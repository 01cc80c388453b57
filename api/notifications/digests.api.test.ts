import { expect } from 'chai';
import { listen } from '../../test/harness/listener.ts';
import { startSmtp, type TestSmtp } from '../../test/harness/smtp.ts';
import type { TestPerson } from '../../test/harness/people.ts';
import { startWorld, type World } from '../../test/harness/world.ts';
import { systemPrincipal } from '../auth/principal.ts';
import { sql } from '../db/db.ts';
import type { NewNotification } from './notifications.service.ts';
import { DEFAULT_PREFERENCES, type Choice } from './preferences.ts';

const system = systemPrincipal('test');
const HOUR = 3600_000;

describe('Mails about notifications', function () {
  this.timeout(30_000);
  /** A Monday noon in Berlin, before the clocks are put back on 25 October. */
  const clock = { at: Date.parse('2026-10-19T10:00:00Z'), now: () => new Date(clock.at) };
  let smtp: TestSmtp;
  let world: World;
  let person: TestPerson;

  before(async () => {
    smtp = await startSmtp();
    world = await startWorld('digests', { JWT_EXPIRY: '90d', SMTP_URL: smtp.url, MAIL_FROM: 'Sideline <coaching@desk.example.test>' }, { clock });
  });
  after(async () => {
    await world.close();
    await smtp.close();
  });
  beforeEach(async () => {
    person = await world.app.people.person('cs', { teamId: world.org.team.id });
    smtp.mails.length = 0;
  });

  const choose = async (messages: Partial<Choice>, rest: Partial<typeof DEFAULT_PREFERENCES> = {}): Promise<void> =>
    void (await world.app.ctx.preferences.update(await world.principal(person), { ...DEFAULT_PREFERENCES, timezone: 'Europe/Berlin', ...rest, groups: { ...DEFAULT_PREFERENCES.groups, messages: { ...DEFAULT_PREFERENCES.groups.messages, ...messages } } }));
  const tell = (title: string, rest: Partial<NewNotification> = {}): Promise<number[]> =>
    world.app.ctx.uow.write(system, (tx) => world.app.ctx.notifications.notify(tx, { to: { userIds: [person.id] }, type: 'info', title, message: `About ${title}.`, data: {}, ...rest }));
  /** As the worker does: what is due by now. */
  const work = async (): Promise<string[]> => {
    await world.app.ctx.digests.makeDue();
    await world.app.ctx.mail.deliverDue();
    return smtp.mails.splice(0).map(({ subject }) => subject ?? '');
  };
  const at = (instant: string): void => void (clock.at = Date.parse(instant));

  it('go out at once to whoever wants that, but not in their quiet hours', async () => {
    at('2026-10-19T10:00:00Z');
    await choose({ email: 'now' }, { quietHours: { from: '19:00', to: '07:00' } });
    await tell('noon');
    expect(await work()).to.deep.equal(['noon']);
    at('2026-10-19T18:00:00Z');
    await tell('night');
    expect(await work()).to.deep.equal([]);
    at('2026-10-20T04:59:59Z');
    expect(await work()).to.deep.equal([]);
    at('2026-10-20T05:00:00Z');
    expect(await work()).to.deep.equal(['night']);
  });

  it('are one a day, at the hour of the person, with what has not been read by then', async () => {
    at('2026-10-20T10:00:00Z');
    await choose({});
    for (const title of ['one', 'two', 'three']) await tell(title);
    expect(await work(), 'not before the hour').to.deep.equal([]);
    await world.app.query(sql`update notifications set read_at = ${clock.now()} where recipient_id = ${person.id} and title = 'two'`);
    at('2026-10-21T05:59:00Z');
    expect(await work()).to.deep.equal([]);
    at('2026-10-21T06:00:00Z');
    await world.app.ctx.digests.makeDue();
    await world.app.ctx.mail.deliverDue();
    const [mail] = smtp.mails.splice(0);
    expect(mail?.subject).to.equal('Sideline: 2 things since your last digest');
    expect(mail?.text).to.contain('* three\n  About three.\n* one\n  About one.').and.to.not.contain('two\n');
    await tell('late');
    at('2026-10-21T20:00:00Z');
    expect(await work(), 'once a day').to.deep.equal([]);
    at('2026-10-22T06:04:00Z');
    expect(await work()).to.deep.equal(['Sideline: late']);
  });

  it('are made once by many workers, and are not made where there is nothing', async () => {
    at('2026-10-22T10:00:00Z');
    await choose({});
    await tell('one');
    at('2026-10-23T06:00:00Z');
    const made = await Promise.all(Array.from({ length: 6 }, () => world.app.ctx.digests.makeDue()));
    expect(made.reduce((a, b) => a + b)).to.equal(1);
    expect(await work()).to.deep.equal(['Sideline: one']);
    at('2026-10-24T06:00:00Z');
    expect(await work()).to.deep.equal([]);
  });

  it('are made up for after days on which nobody worked, and once on a day that has the hour twice', async () => {
    at('2026-10-24T12:00:00Z');
    await choose({}, { digestAt: '02:30' });
    await tell('before the change');
    at('2026-10-25T00:31:00Z');
    expect(await work(), 'the first time it is half past two').to.deep.equal(['Sideline: before the change']);
    await tell('between');
    at('2026-10-25T01:31:00Z');
    expect(await work(), 'the second time').to.deep.equal([]);
    at('2026-10-29T22:00:00Z');
    expect(await work(), 'late, and not only at the next hour').to.deep.equal(['Sideline: between']);
  });

  it('are not sent of what somebody does not want to hear of any more, nor to who has gone', async () => {
    at('2026-10-30T10:00:00Z');
    await choose({});
    await tell('one');
    await choose({ email: 'never' });
    at('2026-10-31T10:00:00Z');
    expect(await work()).to.deep.equal([]);
    await choose({});
    await tell('two');
    await world.app.ctx.agents.update(system, person.id, { isActive: false });
    at('2026-11-01T10:00:00Z');
    expect(await work()).to.deep.equal([]);
  });

  it('say what the room wrote, with its files, and once of one thing', async () => {
    at('2026-11-02T10:00:00Z');
    await choose({ email: 'now' });
    const mail = { template: 'session-invitation', letter: { subject: 'Your session on Friday', paragraphs: ['We talk about pace.'] }, attachments: [{ filename: 'session.ics', contentType: 'text/calendar', content: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n', method: 'REQUEST' }] } as const;
    for (let i = 0; i < 2; i++) await tell('Session', { mail, dedupeKey: 'session:7:scheduled' });
    await world.app.ctx.mail.deliverDue();
    expect(smtp.mails.map(({ subject }) => subject)).to.deep.equal(['Your session on Friday']);
    expect(smtp.mails[0]?.attachments.map(({ filename }) => filename)).to.include('session.ics');
  });

  it('of a flood are the first three; the others wait for the digest', async () => {
    at('2026-11-03T10:00:00Z');
    await choose({}, {});
    const state = await world.app.ctx.preferences.get(await world.principal(person));
    await world.app.ctx.preferences.update(await world.principal(person), { ...DEFAULT_PREFERENCES, groups: { ...state.groups, presence: { inApp: 'now', email: 'now' } } });
    const data = { agentId: 1, agentName: 'x', teamId: world.org.team.id, intervalId: world.org.team.id, status: 'away', reason: null, reasonCode: null, since: clock.now().toISOString(), thresholdMinutes: 15 };
    for (let n = 1; n <= 50; n++) await tell(`Agent ${n}`, { type: 'presence_threshold', data });
    expect(await work()).to.have.members(['Agent 1', 'Agent 2', 'Agent 3']);
    at('2026-11-04T10:00:00Z');
    expect(await work()).to.deep.equal(['Sideline: 47 things since your last digest']);
  });

  it('leave the app in peace where it is to be told once a day as well', async () => {
    at('2026-11-05T10:00:00Z');
    const quiet = { ...DEFAULT_PREFERENCES, groups: { ...DEFAULT_PREFERENCES.groups, presence: { inApp: 'digest', email: 'never' } as const } };
    await world.app.ctx.preferences.update(await world.principal(person), quiet);
    const heard = listen(await world.app.socket(person.token));
    const data = { agentId: 1, agentName: 'x', teamId: world.org.team.id, intervalId: world.org.team.id, status: 'away', reason: null, reasonCode: null, since: clock.now().toISOString(), thresholdMinutes: 15 };
    for (let n = 1; n <= 3; n++) await tell(`Agent ${n}`, { type: 'presence_threshold', data });
    await world.app.settled();
    expect(heard).to.deep.equal([]);
    clock.at += 24 * HOUR;
    expect(await world.app.ctx.digests.makeDue()).to.equal(1);
    await world.app.settled();
    const [told] = heard.map(({ payload }) => payload as { type: string; title: string; data: { day: string; count: number } });
    expect(told).to.deep.include({ type: 'digest', title: '3 things since your last digest' });
    expect(told?.data).to.include({ day: '2026-11-06', count: 3 });
  });
});
