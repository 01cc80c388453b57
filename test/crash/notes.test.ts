import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { LONG } from '../harness/long.ts';
import { until } from '../harness/until.ts';
import { NoteListener, NoteWriter } from './clients.ts';
import { CrashRig } from './rig.ts';

const WRITERS = 4;
const ROUNDS = LONG ? 25 : 2;
/** Notes are written for up to so long before the next kill, so that it hits anywhere. */
const LONGEST_PEACE_MS = 700;

type Victim = 'API' | 'PostgreSQL' | 'both';

describe('Killed with kill -9 while notes are being written', function () {
  this.timeout(LONG ? 900_000 : 120_000);
  this.slow(60_000);
  let rig: CrashRig;

  before(async () => {
    rig = await CrashRig.start();
  });
  after(() => rig.stop());

  async function kill(victim: Victim): Promise<void> {
    await Promise.all([victim !== 'PostgreSQL' && rig.killApi(), victim !== 'API' && rig.killPostgres()]);
    await sleep(Math.random() * 100);
    if (victim !== 'API') await rig.startPostgres();
    if (victim !== 'PostgreSQL') await rig.startApi();
  }

  for (const victim of ['API', 'PostgreSQL', 'both'] as const) {
    it(`${victim} loses no acknowledged note, doubles none, and every event arrives`, async () => {
      const listener = new NoteListener(rig);
      await listener.connected();
      const writers = Array.from({ length: WRITERS }, () => new NoteWriter(rig));
      for (const writer of writers) writer.start();
      for (let round = 0; round < ROUNDS; round++) {
        await sleep(Math.random() * LONGEST_PEACE_MS);
        await kill(victim);
      }
      await sleep(300);
      await Promise.all(writers.map((writer) => writer.stop()));

      const acknowledged = new Map(writers.flatMap((writer) => [...writer.acknowledged]));
      const attempted = new Set(writers.flatMap((writer) => [...writer.attempted]));
      expect(acknowledged.size).to.be.above(20);
      expect(writers.reduce((sum, writer) => sum + writer.repetitions, 0), 'kills that hit a request').to.be.above(0);
      expect(writers.flatMap((writer) => writer.strange)).to.deep.equal([]);

      const rows = (await rig.query<{ id: string; content: string }>('select id, content from quick_notes')).filter((row) => attempted.has(row.content));
      expect(new Map(rows.map((row) => [row.content, row.id])), 'stored notes by content').to.deep.equal(acknowledged);
      expect(rows, 'none is stored twice').to.have.lengthOf(acknowledged.size);

      const ids = new Set(rows.map((row) => row.id));
      await until(() => [...ids].every((id) => listener.heard.has(id)), 20_000);
      expect([...listener.heard].filter((id) => !ids.has(id)), 'heard of, but not stored').to.deep.equal([]);
      expect(listener.strange).to.deep.equal([]);
      if (victim !== 'PostgreSQL') expect(listener.connections).to.be.above(1);
      listener.stop();
    });
  }

  it('leaves events, audit entries and jobs that reconcile with the notes', async () => {
    await until(async () => (await rig.query('select 1 from outbox where published_at is null')).length === 0, 20_000);
    const [counts] = await rig.query<Record<'notes' | 'events' | 'audits' | 'keys' | 'jobs', number>>(`
      select (select count(*)::int from quick_notes) as notes,
        (select count(*)::int from outbox where type = 'quickNote:created' and aggregate_id in (select id::text from quick_notes)) as events,
        (select count(*)::int from audit_log where action = 'note.create' and target_id in (select id::text from quick_notes)) as audits,
        (select count(*)::int from idempotency_keys where operation = 'createQuickNote') as keys,
        (select count(*)::int from bullmq.job where name = 'announce-queue') as jobs`);
    // No worker runs here: the one job that waits stands for all of them.
    expect(counts).to.deep.equal({ notes: counts?.notes, events: counts?.notes, audits: counts?.notes, keys: counts?.notes, jobs: 1 });
    const orphans = await rig.query(`select type from outbox where type = 'quickNote:created' and aggregate_id not in (select id::text from quick_notes)`);
    expect(orphans).to.deep.equal([]);
    const numbers = await rig.query<{ seq: string }>('select seq from outbox order by outbox.seq');
    expect(new Set(numbers.map((row) => row.seq)).size, 'every event has a number of its own').to.equal(numbers.length);
  });
});
