import { expect } from 'chai';
import fc from 'fast-check';

import { startTestApp, type TestApp } from '../../test/harness/app.ts';
import { insertInteractions, type TestInteraction } from '../../test/harness/interactions.ts';
import { LONG } from '../../test/harness/long.ts';
import { expected, FIRST, instant, interactionOf, LAST, plain, ZONE, type Row } from '../../test/harness/plain-days.ts';
import { systemPrincipal } from '../auth/principal.ts';
import { sql } from '../db/db.ts';
import { iso } from '../db/iso.ts';
import type { Tx } from '../db/unit-of-work.ts';
import type { InteractionRow } from '../interactions/interaction.repository.ts';
import { countOf, figureOf, METRIC_IDS, METRICS, roundFigure, type MetricId } from './metric-definitions.ts';

const BY = systemPrincipal('test');

/** Something that may happen at any moment, beside anything else. */
type Act =
  | { readonly kind: 'arrives'; readonly row: TestInteraction; readonly markFirst: boolean; readonly lingers: boolean }
  | { readonly kind: 'is told of'; readonly key: number; readonly minute: number; readonly row: TestInteraction }
  | { readonly kind: 'moves'; readonly which: number; readonly to: TestInteraction }
  | { readonly kind: 'is deleted'; readonly which: number }
  | { readonly kind: 'recompute' | 'aggregate' | 'die' };

/** Few days, so that acts meet: on either side of a midnight, and of the midnight after the clocks changed. */
const MEETING = ['2026-03-28T22:59:59.000Z', '2026-03-28T23:00:00.000Z', '2026-03-29T12:00:00.000Z', '2026-03-29T22:30:00.000Z'] as const;

const rowOf = ([ada, bob]: readonly number[]): fc.Arbitrary<TestInteraction> =>
  fc.tuple(interactionOf([ada!, ada!, ada!, bob!]), fc.constantFrom(...MEETING)).map(([row, startedAt]) => ({ ...row, startedAt }));

const actOf = (agents: readonly number[]): fc.Arbitrary<Act> =>
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ kind: fc.constant('arrives' as const), row: rowOf(agents), markFirst: fc.boolean(), lingers: fc.boolean() }) },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('is told of' as const), key: fc.nat({ max: 5 }), minute: fc.nat({ max: 50 }), row: rowOf(agents) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('moves' as const), which: fc.nat({ max: 9 }), to: rowOf(agents) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('is deleted' as const), which: fc.nat({ max: 9 }) }) },
    { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom('recompute', 'recompute', 'recompute', 'recompute', 'aggregate', 'die') }) },
  );

describe('aggregation, whatever happens at once', function () {
  this.timeout(LONG ? 600_000 : 120_000);
  this.slow(60_000);
  let app: TestApp;
  let people: number[];

  before(async () => {
    app = await startTestApp('aggregation', { BUSINESS_TIMEZONE: ZONE });
    people = [(await app.people.create('cs')).id, (await app.people.create('cs')).id];
  });
  after(() => app.close());

  it('ends with exactly what a plain reading of the rows gives, and with the rows behind every figure', async () => {
    const lanes = fc.array(fc.array(actOf(people), { minLength: 1, maxLength: 10 }), { minLength: 3, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(lanes, async (all) => {
        await app.ctx.uow.write(BY, async (tx) => {
          for (const table of ['interactions', 'agent_performance_metrics', 'stale_days', 'stale_figures']) await tx.run(sql`delete from ${sql.table(table)}`);
        });
        await Promise.all(all.map(async (lane) => {
          for (const act of lane) await happen(act);
        }));
        await app.ctx.recomputation.recomputeStaleDays({ quiet: true });
        const once = (await days()).map(plain);
        expect(once).to.deep.equal(expected(await rows(), []));
        expect(await app.query(sql`select * from stale_days union all select agent_id, null, marked_at from stale_figures`)).to.deep.equal([]);
        await app.ctx.recomputation.aggregateRange(FIRST, LAST, { quiet: true });
        expect((await days()).map(plain)).to.deep.equal(once);
        for (const id of people) await figuresLeadToTheirRows(id);
      }),
      { numRuns: LONG ? 300 : 20 },
    );
  });

  async function happen(act: Act): Promise<void> {
    const { recomputation, uow } = app.ctx;
    switch (act.kind) {
      case 'recompute':
        await recomputation.recomputeStaleDays({ quiet: true });
        return;
      case 'aggregate':
        await recomputation.aggregateRange(FIRST, LAST, { quiet: true });
        return;
      case 'die': {
        // Has computed everything, and is killed before it can commit.
        const killed = uow.write(BY, async () => {
          await recomputation.recomputeStaleDays({ quiet: true });
          throw new Error('killed');
        });
        await killed.catch((error: unknown) => expect(String(error)).to.contain('killed'));
        return;
      }
      case 'arrives':
        await uow.write(BY, async (tx) => {
          if (act.markFirst) await mark(tx, [act.row]);
          await insertInteractions(tx, [act.row], ZONE);
          if (!act.markFirst) await mark(tx, [act.row]);
          // So that others find it marked and not committed.
          if (act.lingers) await tx.run(sql`select pg_sleep(0.03)`);
        });
        return;
      case 'is told of': {
        const { row, key, minute } = act;
        const updatedAt = new Date(Date.parse('2026-04-01T00:00:00Z') + minute * 60_000).toISOString();
        const report = { ...row, source: 'desk', externalId: `k${key}`, updatedAt } as Parameters<typeof app.ctx.recording.record>[1][number];
        expect((await app.ctx.recording.record(BY, [report]))[0]).to.not.have.property('errors');
        return;
      }
      case 'moves':
        await uow.write(BY, async (tx) => {
          const found = await take(tx, act.which);
          if (!found) return;
          const { agentId, startedAt, outcome, rating } = act.to;
          await tx.run(sql`update interactions set agent_id = ${agentId}, started_at = ${startedAt}, outcome = ${outcome}, rating = ${rating ?? null},
            business_date = (${startedAt}::timestamptz at time zone ${ZONE})::date where id = ${found.id}`);
          await mark(tx, [found, act.to]);
        });
        return;
      case 'is deleted':
        await uow.write(BY, async (tx) => {
          const found = await take(tx, act.which);
          if (!found) return;
          await tx.run(sql`delete from interactions where id = ${found.id}`);
          await mark(tx, [found]);
        });
    }
  }

  const take = (tx: Tx, which: number) =>
    tx.first(sql<{ id: string; agentId: number | null; startedAt: string }>`
      select id, agent_id as "agentId", ${iso('started_at')} as "startedAt" from interactions where source = 'test' order by id offset ${which} limit 1 for update`);

  const dayOf = (at: string) => new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE }).format(new Date(at));
  const mark = (tx: Tx, touched: readonly { agentId: number | null; startedAt: string }[]) =>
    app.ctx.recomputation.markStale(tx, touched.flatMap(({ agentId, startedAt }) => (agentId === null ? [] : [{ agentId, date: dayOf(startedAt) }])));

  const days = () => app.query(sql<Row>`select * from agent_performance_metrics order by agent_id, date, origin`);
  const rows = () =>
    app.query(sql<TestInteraction>`
      select agent_id as "agentId", ${iso('started_at')} as "startedAt", channel, direction, outcome, wait_seconds as "waitSeconds", talk_seconds as "talkSeconds",
        hold_seconds as "holdSeconds", acw_seconds as "acwSeconds", resolved, first_contact as "firstContact", rating::float8 as rating, sentiment::float8 as sentiment
      from interactions order by id`);

  /** Every figure of the period: as many rows are listed as it counts, and they give its value by plain arithmetic. */
  async function figuresLeadToTheirRows(agentId: number): Promise<void> {
    const { period } = await app.ctx.performance.summary(BY, agentId, LAST);
    for (const metric of METRIC_IDS.filter((id) => METRICS[id].rows !== null)) {
      const listed = await app.ctx.interactions.list(BY, { agentId, from: period.from, to: period.to, metric }, undefined, 500);
      expect(listed.total, `n of ${metric}`).to.equal(countOf(metric, period.sums));
      expect(listed.rows.length, `rows of ${metric}`).to.equal(listed.total);
      const value = VALUES[metric]?.(listed.rows);
      if (value !== undefined) expect(roundFigure(value), metric).to.equal(figureOf(metric, period.sums));
    }
  }
});

describe('what hosts tell, as it is aggregated', function () {
  this.timeout(120_000);
  this.slow(30_000);
  let app: TestApp;
  let people: number[];

  before(async () => {
    app = await startTestApp('told', { BUSINESS_TIMEZONE: ZONE });
    people = [(await app.people.create('cs')).id, (await app.people.create('cs')).id];
  });
  after(() => app.close());

  it('counts as open what is open, for whoever has it', async () => {
    const report = fc.record({ key: fc.nat({ max: 7 }), agentId: fc.constantFrom(...people, null), outcome: fc.constantFrom('open', 'open', 'answered'), startedAt: instant });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(report, { minLength: 1, maxLength: 6 }), { minLength: 2, maxLength: 4 }), async (lanes) => {
        await app.query(sql`delete from interactions`);
        await app.query(sql`update agents set current_tickets = 0`);
        await Promise.all(lanes.map((lane) =>
          app.ctx.recording.record(BY, lane.map(({ key, ...rest }) => ({ source: 'desk', externalId: `k${key}`, channel: 'chat' as const, ...rest, outcome: rest.outcome as 'open' }))),
        ));
        const counted = await app.query(sql<{ id: number; said: number; open: number }>`
          select a.id, a.current_tickets as said, count(i.id)::int as open from agents a left join interactions i on i.agent_id = a.id and i.outcome = 'open' group by a.id order by a.id`);
        expect(counted.map((one) => one.said)).to.deep.equal(counted.map((one) => one.open));
      }),
      { numRuns: 25 },
    );
  });
});

const mean = (values: readonly number[]): number | null => (values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length);
const share = (list: readonly InteractionRow[], has: (row: InteractionRow) => boolean): number | null => mean(list.map((row) => (has(row) ? 1 : 0)));
const handling = (row: InteractionRow): number => (row.talkSeconds ?? 0) + (row.holdSeconds ?? 0) + (row.acwSeconds ?? 0);

/** Figures by hand, of the rows that are listed for them. */
const VALUES: Partial<Record<MetricId, (rows: readonly InteractionRow[]) => number | null>> = {
  handled: (list) => list.length,
  resolved: (list) => list.length,
  csat: (list) => mean(list.map((row) => row.rating ?? NaN)),
  csatTop2: (list) => share(list, (row) => (row.rating ?? NaN) >= 4),
  asa: (list) => mean(list.map((row) => row.waitSeconds ?? NaN)),
  abandonment: (list) => share(list, (row) => row.outcome === 'abandoned'),
  avgResponseTime: (list) => mean(list.map((row) => (row.waitSeconds ?? NaN) / 60)),
  aht: (list) => mean(list.map(handling)),
  talkTime: (list) => mean(list.map((row) => row.talkSeconds ?? NaN)),
  fcr: (list) => share(list, (row) => row.resolved === true && row.firstContact === true),
  resolutionRate: (list) => share(list, (row) => row.resolved === true),
  sentiment: (list) => mean(list.map((row) => row.sentiment ?? NaN)),
};
