import { expect } from 'chai';
import fc from 'fast-check';

import { startTestApp, type TestApp } from '../../test/harness/app.ts';
import { expected, FIRST, intervalOf, interactionOf, LAST, plain, ZONE, type Row } from '../../test/harness/plain-days.ts';
import { insertInteractions, insertPresence, type TestInteraction, type TestInterval } from '../../test/harness/interactions.ts';
import { processors } from '../../workers/processors.ts';
import { buildRegistry } from '../../workers/registry.ts';
import { runWorkers } from '../../workers/run.ts';
import { systemPrincipal } from '../auth/principal.ts';
import { sql } from '../db/db.ts';
import { jobs } from '../jobs.ts';
import { addDays, BusinessCalendar } from './business-day.ts';

const BY = systemPrincipal('test');

describe('daily rows', () => {
  let app: TestApp;
  let ada: number;
  let bob: number;

  before(async () => {
    app = await startTestApp('daily_rows', { BUSINESS_TIMEZONE: ZONE });
    ada = (await app.people.create('cs')).id;
    bob = (await app.people.create('cs')).id;
  });
  after(() => app.close());
  afterEach(() =>
    app.ctx.uow.write(BY, async (tx) => {
      await tx.run(sql`delete from interactions`);
      await tx.run(sql`delete from presence_intervals`);
      await tx.run(sql`delete from agent_performance_metrics`);
      await tx.run(sql`delete from stale_days`);
      await tx.run(sql`delete from team_settings_history`);
      await tx.run(sql`delete from team_settings`);
    }),
  );

  const interact = (rows: readonly TestInteraction[]) => app.ctx.uow.write(BY, (tx) => insertInteractions(tx, rows, ZONE));
  const sit = (rows: readonly TestInterval[]) => app.ctx.uow.write(BY, (tx) => insertPresence(tx, rows));
  const stored = () =>
    app.query(sql<Row>`select * from agent_performance_metrics order by agent_id, date, origin`);
  const facts = (rows: readonly Row[]) => rows.map(({ id: _id, created_at: _created, updated_at: _updated, ...row }) => row);

  it('counts what the rows say, and only that', async () => {
    await interact([
      { agentId: ada, startedAt: '2026-03-02T09:00:00Z', waitSeconds: 20, talkSeconds: 100, holdSeconds: 10, acwSeconds: 5, rating: 4, resolved: true, firstContact: true, sentiment: 0.5 },
      { agentId: ada, startedAt: '2026-03-02T10:00:00Z', waitSeconds: 21, talkSeconds: 200, rating: 5, resolved: true, firstContact: false },
      { agentId: ada, startedAt: '2026-03-02T11:00:00Z', waitSeconds: 60, talkSeconds: 300, rating: 2, resolved: false },
      { agentId: ada, startedAt: '2026-03-02T12:00:00Z' },
      { agentId: ada, startedAt: '2026-03-02T13:00:00Z', outcome: 'abandoned', waitSeconds: 5 },
      { agentId: ada, startedAt: '2026-03-02T14:00:00Z', outcome: 'open' },
      { agentId: ada, startedAt: '2026-03-02T15:00:00Z', direction: 'outbound', talkSeconds: 50 },
      { agentId: ada, startedAt: '2026-03-02T15:00:00Z', channel: 'chat', waitSeconds: 59 },
      { agentId: null, startedAt: '2026-03-02T15:30:00Z', outcome: 'abandoned' },
    ]);
    expect(await app.ctx.recomputation.aggregateRange('2026-03-02', '2026-03-02')).to.equal(1);
    const [row] = await stored();
    expect(row).to.include({
      agent_id: ada, origin: 'computed', interactions: 8, messages_handled: 6, tickets_resolved: 2, offered: 6, answered: 5, abandoned: 1,
      sla_eligible: 5, within_target: 2, voice_sla_eligible: 4, voice_within_target: 1, wait_count: 4, handle_count: 4, talk_count: 4,
      resolution_count: 3, resolved_count: 2, first_contact_eligible: 2, first_contact_resolved: 1, rating_count: 3, rating_top2: 2,
      sentiment_count: 1, service_level_seconds: 20, presence_days: 0,
    });
    // (20 + 21 + 60 + 59) / 4 = 40 s; 11 / 3; 2 of 5.
    expect(row).to.include({ avg_response_time: '0.6667', customer_satisfaction: '3.6667', sla_compliance: '40.0000', rating_sum_squares: '45.0000' });
  });

  it('puts an interaction on the business day of its zone', async () => {
    await interact([
      { agentId: ada, startedAt: '2026-03-01T22:59:59Z' },
      { agentId: ada, startedAt: '2026-03-01T23:00:00Z' },
    ]);
    await app.ctx.recomputation.aggregateRange('2026-03-01', '2026-03-02');
    const rows = await app.query(sql<{ date: string; n: number }>`select date::text, interactions as n from agent_performance_metrics order by date`);
    expect(rows).to.deep.equal([{ date: '2026-03-01', n: 1 }, { date: '2026-03-02', n: 1 }]);
  });

  it('gives a day of 23 and one of 25 hours their hours, and counts overlapping intervals once', async () => {
    await sit([
      { agentId: ada, status: 'online', startedAt: '2026-03-20T00:00:00Z', endedAt: '2026-04-02T00:00:00Z' },
      { agentId: ada, status: 'away', startedAt: '2026-03-29T10:00:00Z', endedAt: '2026-03-29T11:00:00Z' },
      { agentId: ada, status: 'away', startedAt: '2026-03-29T10:30:00Z', endedAt: '2026-03-29T11:30:00Z' },
      { agentId: bob, status: 'busy', startedAt: '2025-10-25T12:00:00Z', endedAt: '2025-10-27T12:00:00Z' },
      { agentId: bob, status: 'offline', startedAt: '2025-10-27T12:00:00Z', endedAt: '2025-10-28T12:00:00Z' },
    ]);
    await app.ctx.recomputation.aggregateRange('2025-10-25', '2026-04-02');
    const hours = async (agentId: number, date: string) => {
      const [row] = await app.query(sql<{ online: number; away: number }>`
        select online_hours::float8 as online, away_hours::float8 as away from agent_performance_metrics where agent_id = ${agentId} and date = ${date}`);
      return row;
    };
    expect(await hours(ada, '2026-03-29')).to.deep.equal({ online: 23, away: 1.5 });
    expect(await hours(ada, '2026-03-28')).to.deep.equal({ online: 24, away: 0 });
    expect(await hours(bob, '2025-10-25')).to.deep.equal({ online: 10, away: 0 });
    expect(await hours(bob, '2025-10-26')).to.deep.equal({ online: 25, away: 0 });
    expect(await hours(bob, '2025-10-27')).to.deep.equal({ online: 13, away: 0 });
    expect(await hours(bob, '2025-10-28')).to.equal(undefined);
  });

  it('counts an open interval up to now', async () => {
    const started = new Date(Date.now() - 30 * 60_000);
    const calendar = new BusinessCalendar(ZONE);
    await sit([{ agentId: ada, status: 'online', startedAt: started.toISOString(), endedAt: null }]);
    await app.ctx.recomputation.aggregateLastDays();
    const [row] = await app.query(sql<{ hours: number }>`select sum(online_hours)::float8 as hours from agent_performance_metrics where agent_id = ${ada}`);
    expect(row?.hours).to.be.closeTo(0.5, 0.02);
    const [person] = await app.query(sql<{ today: number }>`select online_hours_today::float8 as today from agents where id = ${ada}`);
    const isToday = calendar.dayOf(started) === calendar.dayOf(new Date());
    if (isToday) expect(person?.today).to.be.closeTo(0.5, 0.02);
  });

  it('takes a day’s row away when nothing is left of the day, and leaves imported rows alone', async () => {
    await interact([{ agentId: ada, startedAt: '2026-03-02T09:00:00Z' }]);
    await app.ctx.uow.write(BY, (tx) => tx.run(sql`insert into agent_performance_metrics (agent_id, date, origin, messages_handled) values (${ada}, '2026-03-02', 'imported', 77)`));
    await app.ctx.recomputation.aggregateRange('2026-03-02', '2026-03-02');
    expect((await stored()).map((row) => row['origin'])).to.deep.equal(['computed', 'imported']);
    await app.ctx.uow.write(BY, async (tx) => {
      await tx.run(sql`delete from interactions`);
      await app.ctx.recomputation.markStale(tx, [{ agentId: ada, date: '2026-03-02' }]);
    });
    await app.ctx.recomputation.recomputeStaleDays();
    expect((await stored()).map((row) => [row['origin'], row['messages_handled']])).to.deep.equal([['imported', 77]]);
  });

  it('writes nothing when nothing has changed', async () => {
    await interact([{ agentId: ada, startedAt: '2026-03-02T09:00:00Z', waitSeconds: 3, rating: 4 }]);
    await app.ctx.recomputation.aggregateRange('2026-03-01', '2026-03-03');
    const before = await stored();
    expect(await app.ctx.recomputation.aggregateRange('2026-03-01', '2026-03-03')).to.equal(0);
    expect(await stored()).to.deep.equal(before);
  });

  it('judges by the policy in force on the day, and says by which', async () => {
    const team = await app.people.team('Policy');
    const person = await app.people.create('cs', { teamId: team.id });
    const save = (version: number, seconds: number, at: string) =>
      app.ctx.uow.write(BY, async (tx) => {
        const settings = JSON.stringify({ serviceLevelSeconds: seconds });
        await tx.run(sql`insert into team_settings_history (team_id, version, settings, changed_at) values (${team.id}, ${version}, ${settings}::jsonb, ${at})`);
        await tx.run(sql`insert into team_settings (team_id, version, settings) values (${team.id}, ${version}, ${settings}::jsonb)
          on conflict (team_id) do update set settings = excluded.settings, version = excluded.version`);
      });
    const policies = () =>
      app.query(sql<Row>`select date::text, within_target as within, service_level_seconds as t from agent_performance_metrics where agent_id = ${person.id} order by date`);
    await interact(['2026-03-01', '2026-03-05', '2026-03-10'].map((day) => ({ agentId: person.id, startedAt: `${day}T09:00:00Z`, waitSeconds: 30 })));
    await app.ctx.recomputation.aggregateRange('2026-03-01', '2026-03-10');
    expect((await policies()).map((row) => [row['within'], row['t']])).to.deep.equal([[0, 20], [0, 20], [0, 20]]);
    await save(1, 30, '2026-03-05T12:00:00Z');
    await save(2, 29, '2026-03-10T12:00:00Z');
    await app.ctx.recomputation.applyTeamPolicy(team.id);
    // Before the first version, the one of today; on a day of change, the one at its end.
    expect((await policies()).map((row) => [row['within'], row['t']])).to.deep.equal([[0, 29], [1, 30], [0, 29]]);
    expect(await app.query(sql`select * from stale_days`)).to.deep.equal([]);
  });

  it('equals a plain recomputation, in whatever steps the rows came', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(interactionOf([ada, bob]), { minLength: 1, maxLength: 40 }), fc.array(intervalOf([ada, bob]), { maxLength: 8 }), fc.nat({ max: 40 }), async (rows, intervals, cut) => {
        await app.ctx.uow.write(BY, async (tx) => {
          await tx.run(sql`delete from interactions`);
          await tx.run(sql`delete from presence_intervals`);
        });
        await sit(intervals);
        await interact(rows.slice(0, cut));
        await app.ctx.recomputation.aggregateRange(FIRST, LAST, { quiet: true });
        await interact(rows.slice(cut));
        await app.ctx.recomputation.aggregateRange(FIRST, LAST, { quiet: true });
        const once = facts(await stored());
        expect(once.map(plain)).to.deep.equal(expected(rows, intervals));
        await app.ctx.uow.write(BY, (tx) => tx.run(sql`delete from agent_performance_metrics`));
        await app.ctx.recomputation.aggregateRange(FIRST, LAST, { quiet: true });
        expect(facts(await stored())).to.deep.equal(once);
      }),
      { numRuns: 25 },
    );
  });

  it('loses no interaction that is committed while its day is recomputed', async () => {
    const days = Array.from({ length: 4 }, (_, i) => addDays('2026-03-01', i));
    let writing = true;
    const recomputing = Promise.all(
      [1, 2].map(async () => {
        while (writing) await app.ctx.recomputation.recomputeStaleDays({ quiet: true });
      }),
    );
    await Promise.all(
      [1, 2, 3].map(async (writer) => {
        for (let i = 0; i < 40; i++) {
          const touched = [days[(i + writer) % 4]!, days[(i * writer) % 4]!];
          await app.ctx.uow.write(BY, async (tx) => {
            // Either order: the mark may come before the rows it stands for.
            if (i % 2) await app.ctx.recomputation.markStale(tx, touched.map((date) => ({ agentId: ada, date })));
            await insertInteractions(tx, touched.map((date) => ({ agentId: ada, startedAt: `${date}T12:00:00Z` })), ZONE);
            if (i % 2 === 0) await app.ctx.recomputation.markStale(tx, touched.map((date) => ({ agentId: ada, date })));
          });
        }
      }),
    );
    writing = false;
    await recomputing;
    await app.ctx.recomputation.recomputeStaleDays({ quiet: true });
    const [sum] = await app.query(sql<{ n: number }>`select sum(interactions)::int as n from agent_performance_metrics`);
    expect(sum?.n).to.equal(240);
    expect(await app.query(sql`select * from stale_days`)).to.deep.equal([]);
  });

  it('follows by itself once the transaction that marked the days is committed', async () => {
    const workers = runWorkers(app.ctx, buildRegistry(processors, jobs));
    try {
      await app.ctx.uow.write(BY, async (tx) => {
        await insertInteractions(tx, [{ agentId: bob, startedAt: '2026-03-02T12:00:00Z' }], ZONE);
        await app.ctx.recomputation.markStale(tx, [{ agentId: bob, date: '2026-03-02' }]);
      });
      const deadline = Date.now() + 15_000;
      while ((await stored()).length === 0 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
      expect((await stored()).map((row) => row['interactions'])).to.deep.equal([1]);
    } finally {
      await workers.close();
    }
  });

  it('leaves a day marked whose mark a writer still holds', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let marked = (): void => undefined;
    const ready = new Promise<void>((resolve) => (marked = resolve));
    await app.ctx.uow.write(BY, (tx) => app.ctx.recomputation.markStale(tx, [{ agentId: ada, date: '2026-03-02' }]));
    const writer = app.ctx.uow.write(BY, async (tx) => {
      await insertInteractions(tx, [{ agentId: ada, startedAt: '2026-03-02T12:00:00Z' }], ZONE);
      await app.ctx.recomputation.markStale(tx, [{ agentId: ada, date: '2026-03-02' }]);
      marked();
      await held;
    });
    await ready;
    expect(await app.ctx.recomputation.recomputeStaleDays({ quiet: true })).to.equal(0);
    expect(await app.query(sql`select * from stale_days`)).to.have.length(1);
    release();
    await writer;
    expect(await app.ctx.recomputation.recomputeStaleDays({ quiet: true })).to.equal(1);
  });
});
