import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { LONG } from '../harness/long.ts';
import { startSmtp, type TestSmtp } from '../harness/smtp.ts';
import { until } from '../harness/until.ts';
import { CrashRig } from './rig.ts';

const SESSIONS = LONG ? 30 : 3;
/** A completion takes some tens of milliseconds: most kills hit it. */
const LONGEST_PEACE_MS = 80;
/** A killed API is back within seconds; a busy machine takes longer. */
const PATIENCE_MS = 60_000;
const DAY_MS = 86_400_000;

describe('Killed with kill -9 while sessions are being completed', function () {
  this.timeout(LONG ? 600_000 : 120_000);
  this.slow(60_000);
  let smtp: TestSmtp;
  let rig: CrashRig;

  before(async () => {
    smtp = await startSmtp();
    rig = await CrashRig.start({ SMTP_URL: smtp.url, MAIL_FROM: 'Sideline <coaching@desk.example.test>' });
  });
  after(async () => {
    await rig.stop();
    await smtp.close();
  });

  async function ask(method: string, path: string, body?: unknown): Promise<{ status: number; body: Record<string, unknown> }> {
    const answer = await fetch(`${rig.url}/api${path}`, {
      method, headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${rig.leader.token}` }, ...(body === undefined ? {} : { body: JSON.stringify(body) }), signal: AbortSignal.timeout(10_000),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  }

  /** A session that has begun, and a note about the person. */
  async function begun(n: number): Promise<{ id: string; noteId: string }> {
    const scheduledAt = new Date(Date.UTC(2035, 0, 1, 9) + n * DAY_MS).toISOString();
    const session = await ask('POST', '/coaching-sessions', { agentId: rig.agent.id, scheduledAt });
    const note = await ask('POST', '/quick-notes', { agentId: rig.agent.id, noteType: 'COACHING', content: `Note ${n}.` });
    const id = String(session.body['id']);
    expect((await ask('POST', `/coaching-sessions/${id}/start`)).status).to.equal(200);
    return { id, noteId: String(note.body['id']) };
  }

  /** Asks until it is completed: now, or by an attempt whose answer was lost. @returns how often it had to ask */
  async function complete({ id, noteId }: { id: string; noteId: string }, n: number): Promise<number> {
    const followUp = { scheduledAt: new Date(Date.UTC(2036, 0, 1, 9) + n * DAY_MS).toISOString() };
    const body = { summary: `Summary ${n}.`, addressedNoteIds: [noteId], actionItems: [{ title: `Item ${n}`, dueDate: '2036-01-01' }], followUp };
    const deadline = Date.now() + PATIENCE_MS;
    for (let attempt = 1; ; attempt++) {
      if (Date.now() > deadline) throw new Error(`never completed; the API said:\n${rig.said}`);
      const answer = await ask('POST', `/coaching-sessions/${id}/complete`, body).catch(() => undefined);
      if (answer?.status === 200 || (answer?.status === 409 && answer.body['state'] === 'completed')) return attempt;
      if (answer && answer.status !== 503) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
      await sleep(25);
    }
  }

  it('completes each with everything that belongs to it, once, and writes to both, whatever dies', async () => {
    let repetitions = 0;
    for (let n = 0; n < SESSIONS; n++) {
      const session = await begun(n);
      rig.startWorker();
      const completing = complete(session, n);
      // The first kill comes before any answer can.
      await sleep(n === 0 ? 5 : Math.random() * LONGEST_PEACE_MS);
      await Promise.all([rig.killApi(), rig.killWorker()]);
      const [, attempts] = await Promise.all([rig.startApi(), completing]);
      repetitions += attempts - 1;
    }
    expect(repetitions, 'kills that hit a request').to.be.above(0);

    const rows = await rig.query<Record<string, unknown>>(`
      select s.summary, (select count(*)::int from action_items i where i.session_id = s.id) as items,
        (select count(*)::int from coaching_sessions f where f.previous_session_id = s.id) as following,
        s.follow_up_session_id is not null as linked, t.acknowledgement as answer, t.due_at is not null as due,
        (select count(*)::int from quick_notes q where q.addressed_in_session = s.id) as notes,
        (select count(*)::int from audit_log l where l.target_id = s.id::text and l.action = 'session.complete') as audits,
        (select count(*)::int from outbox o where o.aggregate_id = s.id::text and o.type = 'session:updated' and o.payload ->> 'status' = 'completed') > 0 as told
      from coaching_sessions s join session_attendees t on t.session_id = s.id where s.previous_session_id is null order by s.scheduled_at`);
    expect(rows).to.deep.equal(Array.from({ length: SESSIONS }, (_, n) => ({ summary: `Summary ${n}.`, items: 1, following: 1, linked: true, answer: 'pending', due: true, notes: 1, audits: 1, told: true })));

    await until(async () => (await rig.query('select 1 from outbox where published_at is null')).length === 0, 20_000);
    // The leases of dead workers have run out.
    await rig.query(`update mails set next_attempt_at = now() - interval '1 second' where status = 'queued'`);
    const ctx = await rig.context();
    await ctx.mail.deliverDue();
    await ctx.close();
    expect(await rig.query(`select status, count(*)::int as n from mails where status <> 'sent' group by 1`)).to.deep.equal([]);
    const summaries = smtp.mails.filter(({ subject }) => subject?.startsWith('Summary'));
    const distinct = new Map(summaries.map((mail) => [mail.messageId, mail]));
    expect(distinct.size, 'two to a session').to.equal(2 * SESSIONS);
    for (let n = 0; n < SESSIONS; n++) {
      const about = [...distinct.values()].filter(({ text }) => text?.includes(`Summary ${n}.`));
      expect(about.map(({ envelope }) => envelope.to[0]).sort()).to.deep.equal([rig.leader.row.email, rig.agent.row.email].sort());
    }
  });
});
