import { expect } from 'chai';
import { callsSheet } from '../../test/imports/calls-sheet.ts';
import { ImportClient } from '../../test/imports/import-client.ts';
import { ImportedPeople } from '../agents/imported-people.service.ts';
import { systemPrincipal } from '../auth/principal.ts';
import { sql } from '../db/db.ts';
import type { ImportView } from './import.presenter.ts';
import { buildImports } from './imports.room.ts';

const system = systemPrincipal('test');
const DAY = '2021-03-31';

describe('imports that are taken back', () => {
  let client: ImportClient;
  let org: ImportClient['org'];

  before(async () => {
    client = await ImportClient.start('imports_rollback');
    org = client.org;
  });
  after(() => client.close());

  async function imported(source: string, file: Buffer, options: Record<string, unknown> = {}, by = org.manager): Promise<ImportView> {
    const { body } = await client.app.request(by.token).post('/api/imports').field('kind', 'interactions').field('source', source).attach('file', file, 'calls.xlsx').expect(202);
    await client.settled(by, body.id);
    await client.commit(by, body.id, options).expect(202);
    return client.settled(by, body.id);
  }
  async function takenBack({ id }: ImportView, by = org.manager): Promise<ImportView> {
    await client.rollBack(by, id).expect(202);
    return client.settled(by, id);
  }
  /** Everything that an import writes, and what follows from it; not what only counts changes. */
  const state = async (source: string) => ({
    interactions: await client.app.query(sql`select to_jsonb(i) - 'version' - 'updated_at' as row from interactions i where source = ${source} order by external_id`),
    figures: await client.app.query(sql`
      select agent_id, date::text, offered, answered, wait_count, rating_sum::float8, rating_count, tickets_resolved from agent_performance_metrics
      where offered + answered > 0 order by agent_id, date`),
    people: await client.app.query(sql`select id, full_name from agents order by id`),
  });
  const blockers = async ({ id }: ImportView): Promise<[string, string][]> => {
    const { body } = await client.rollBack(org.manager, id).expect(409);
    expect(body.code).to.equal('rollback_blocked');
    return (body as { details: { code: string; message: string }[] }).details.map(({ code, message }) => [code, message]);
  };

  const plan = async ({ id }: ImportView) => (await client.app.request(org.manager.token).get(`/api/imports/${id}/rollback`).expect(200)).body as { blockers: { message: string }[] };

  it('leave everything as it was: rows, values, people, figures', async () => {
    await imported('undo', callsSheet({ id: 'U1' }, { id: 'U2', date: '2021-02-01' }, { id: 'U3' }));
    const before = await state('undo');
    const second = await imported('undo', callsSheet({ id: 'U1', rating: 1, topic: 'Other' }, { id: 'U2', date: '2021-02-03', agent: 'Nadia New' }, { id: 'U3' }, { id: 'U4' }, { id: 'U5', agent: 'Nadia New' }),
      { createMissingAgents: true, teamId: org.team.id });
    expect(second.counts).to.deep.equal({ rows: 5, new: 2, changed: 2, unchanged: 1, rejected: 0 });
    expect(await state('undo')).to.not.deep.equal(before);

    expect(await plan(second)).to.deep.equal({ removed: 2, restored: 2, people: 1, blockers: [], more: false });
    const done = await takenBack(second);
    expect(done).to.deep.include({ status: 'rolled_back', counts: second.counts, progress: { phase: 'done', percent: 100, rows: 5 } });
    expect(done.rolledBackAt).to.be.a('string');
    expect(await state('undo')).to.deep.equal(before);
    const [audit] = await client.app.query(sql`select actor_id::int from audit_log where action = 'import.rollback' and target_id = ${second.id}`);
    expect(audit).to.deep.equal({ actor_id: org.manager.id });
    expect((await client.rollBack(org.manager, second.id).expect(409)).body.code).to.equal('import_not_committed');
    // What was taken back can be brought in again.
    const again = await imported('undo', callsSheet({ id: 'U4' }));
    expect(again.counts).to.include({ new: 1 });
  });

  it('leave rows where they came from, those as well of which an earlier version kept that in another way', async () => {
    const first = await imported('origins', callsSheet({ id: 'O1' }));
    const [row] = await client.app.query(sql<{ id: string }>`
      update interactions set provenance = jsonb_build_object('importId', import_id, 'sheet', import_sheet, 'row', import_row), import_sheet = null, import_row = null
      where source = 'origins' returning id`);
    const origin = async () => ((await client.app.request(org.manager.token).get(`/api/interactions/${row?.id}`).expect(200)).body as { provenance: unknown }).provenance;
    const told = { importId: first.id, fileName: 'calls.xlsx', sheet: 'Sheet1', row: 2, mayOpen: true };
    expect(await origin()).to.deep.equal(told);
    const second = await imported('origins', callsSheet({ id: 'O0' }, { id: 'O1', rating: 1 }));
    expect(await origin()).to.deep.equal({ ...told, importId: second.id, row: 3 });
    await takenBack(second);
    expect(await origin()).to.deep.equal(told);
  });

  it('are taken back one after another, the newest first', async () => {
    const first = await imported('stack', callsSheet({ id: 'S1', rating: 1 }));
    const second = await imported('stack', callsSheet({ id: 'S1', rating: 2 }));
    const third = await imported('stack', callsSheet({ id: 'S1', rating: 3 }));
    const rating = async () => (await client.app.query(sql<{ rating: number }>`select rating::float8 as rating from interactions where source = 'stack'`))[0]?.rating;
    expect(await blockers(first)).to.deep.equal([['changed_since', 'Row 2 (S1) was changed since: by the import of calls.xlsx.']]);
    await takenBack(third);
    expect(await rating()).to.equal(2);
    await takenBack(second);
    expect(await rating()).to.equal(1);
    await takenBack(first);
    expect(await rating()).to.equal(undefined);
  });

  it('stay where something newer depends on them, all of it named', async () => {
    const done = await imported('kept', callsSheet({ id: 'K1' }, { id: 'K2' }, { id: 'K3', agent: 'Karim Kept' }), { createMissingAgents: true, teamId: org.team.id });
    const [interaction] = await client.app.query(sql<{ id: string }>`select id from interactions where source = 'kept' and external_id = 'K1'`);
    const [person] = await client.app.query(sql<{ id: number }>`select id from agents where full_name = 'Karim Kept'`);
    const note = await client.app.request(org.leader.token).post('/api/quick-notes').send({ agentId: org.agent.id, noteType: 'COACHING', content: 'Listen to this one.', interactionId: interaction?.id }).expect(201);
    await client.app.query(sql`update interactions set resolved = false, version = version + 1 where source = 'kept' and external_id = 'K2'`);
    await client.app.request(org.manager.token).put(`/api/agents/${person?.id}`).send({ department: 'Support' }).expect(200);
    expect((await plan(done)).blockers.map(({ message }) => message)).to.deep.equal((await blockers(done)).map(([, message]) => message));
    expect(await blockers(done)).to.deep.equal([
      ['changed_since', 'Row 3 (K2) was changed since: by hand or by a host system.'],
      ['depended_on', 'Row 2 (K1) is referred to by a note.'],
      ['person_in_use', 'Karim Kept, who was added for this import, is in use: edited, or signed in.'],
    ]);
    expect(await client.get(org.manager, done.id)).to.include({ status: 'committed' });
    // A deleted note does not count any more.
    await client.app.request(org.leader.token).delete(`/api/quick-notes/${note.body.id}`).expect(204);
    expect((await blockers(done)).map(([code]) => code)).to.deep.equal(['changed_since', 'person_in_use']);
  });

  it('do not mind a note that was there before they changed its call', async () => {
    await imported('noted', callsSheet({ id: 'N1' }));
    const [interaction] = await client.app.query(sql<{ id: string }>`select id from interactions where source = 'noted'`);
    await client.app.request(org.leader.token).post('/api/quick-notes').send({ agentId: org.agent.id, noteType: 'POSITIVE', content: 'Well done.', interactionId: interaction?.id }).expect(201);
    const second = await imported('noted', callsSheet({ id: 'N1', rating: 1 }));
    expect(await takenBack(second)).to.include({ status: 'rolled_back' });
  });

  it('are a leader’s own to take back, and nobody else’s but a manager’s', async () => {
    const done = await imported('own', callsSheet({ id: 'O1' }), {}, org.leader);
    await client.rollBack(org.otherLeader, done.id).expect(404);
    await client.rollBack(org.agent, done.id).expect(403);
    expect(await takenBack(done, org.leader)).to.include({ status: 'rolled_back' });
  });

  it('are told of by one event, whoever asks and however often', async () => {
    const done = await imported('told', callsSheet({ id: 'T1' }, { id: 'T2' }));
    const heard: unknown[] = [];
    const socket = await client.app.socket(org.manager.token);
    socket.on('import:rolled-back', (payload: unknown) => heard.push(payload));
    const answers = await Promise.all([client.rollBack(org.manager, done.id), client.rollBack(org.admin, done.id), client.rollBack(org.manager, done.id)]);
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([202, 409, 409]);
    await client.settled(org.manager, done.id);
    await client.app.settled();
    const { id, kind, source, fileName, counts, period } = done;
    expect(heard).to.deep.equal([{ id, kind, source, fileName, counts, period, uploadedBy: org.manager.id }]);
  });
});

describe('imports whose way back is interrupted', () => {
  let client: ImportClient;

  before(async () => {
    client = await ImportClient.start('imports_rollback_faults', {}, { workers: false });
  });
  after(() => client.close());

  async function asked(source: string): Promise<string> {
    const { manager } = client.org;
    const { body } = await client.app.request(manager.token).post('/api/imports').field('kind', 'interactions').field('source', source).attach('file', callsSheet({ id: 'W1' }, { id: 'W2' }), 'calls.xlsx').expect(202);
    await client.app.ctx.imports.stage(system, body.id, 1);
    await client.commit(manager, body.id).expect(202);
    await client.app.ctx.imports.commit(system, body.id);
    await client.rollBack(manager, body.id).expect(202);
    return body.id as string;
  }
  const rows = async (source: string) => (await client.app.query(sql<{ n: number }>`select count(*)::int as n from interactions where source = ${source}`))[0]?.n;

  it('are taken back once when the figures fail to follow, and the figures follow later', async () => {
    const { config, log, clock, uow, files, teams, ephemeral, repositories, agents, importedPresence: presence, imports } = client.app.ctx;
    const people = new ImportedPeople({ uow, agents: repositories.agents, service: agents });
    const failing = buildImports({ config, log, clock, uow, files, teams, people, presence, ephemeral, recomputeStaleDays: () => Promise.reject(new Error('no figures today')) });
    const id = await asked('figures');
    await failing.undo(system, id).then(() => expect.fail('should have asked to be repeated'), () => undefined);
    expect(await client.get(client.org.manager, id)).to.include({ status: 'rolling_back' });
    expect(await rows('figures')).to.equal(0);
    await Promise.all([imports.undo(system, id), imports.undo(system, id)]);
    expect(await client.get(client.org.manager, id)).to.include({ status: 'rolled_back' });
    const [events] = await client.app.query(sql`select count(*)::int as n from outbox where type = 'import:rolled-back' and aggregate_id = ${id}`);
    expect(events).to.deep.equal({ n: 1 });
    const [day] = (await client.app.request(client.org.manager.token).get(`/api/agents/${client.org.agent.id}/performance?from=${DAY}&to=${DAY}`).expect(200)).body;
    expect(day).to.include({ messagesHandled: 0 });
  });

  it('stay committed, and say why, when somebody changes a row before the worker comes', async () => {
    const id = await asked('raced');
    await client.app.query(sql`update interactions set topic = 'Corrected', version = version + 1 where source = 'raced' and external_id = 'W2'`);
    await client.app.ctx.imports.undo(system, id);
    expect(await client.get(client.org.manager, id)).to.deep.include({ status: 'committed', notice: { code: 'rollback_blocked', message: 'Not taken back: Row 3 (W2) was changed since: by hand or by a host system.' } });
    expect(await rows('raced')).to.equal(2);
  });

  it('stay committed when the database refuses, with everything in place', async () => {
    const id = await asked('refused');
    await client.app.query(sql`alter table imports add constraint no_way_back check (reverted_at is null) not valid`);
    await client.app.ctx.imports.undo(system, id);
    await client.app.query(sql`alter table imports drop constraint no_way_back`);
    const kept = await client.get(client.org.manager, id);
    expect([kept.status, kept.notice?.code]).to.deep.equal(['committed', 'internal_error']);
    expect(await rows('refused')).to.equal(2);
    await client.rollBack(client.org.manager, id).expect(202);
    await client.app.ctx.imports.undo(system, id);
    expect(await rows('refused')).to.equal(0);
  });

  it('are given a new job when theirs was lost', async () => {
    const id = await asked('lost');
    await client.app.query(sql`update imports set updated_at = now() - interval '11 minutes' where id = ${id}`);
    expect(await client.app.ctx.imports.tidy(system)).to.equal(1);
    const [events] = await client.app.query(sql`select count(*)::int as n from outbox where type = 'import:rollback-asked' and aggregate_id = ${id}`);
    expect(events).to.deep.equal({ n: 2 });
  });
});
