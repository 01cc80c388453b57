import { expect } from 'chai';
import { ImportClient } from '../../../../test/imports/import-client.ts';
import { table, type TestCell } from '../../../../test/imports/workbook-writer.ts';
import { systemPrincipal } from '../../../auth/principal.ts';
import { sql } from '../../../db/db.ts';

describe('imports of logins and logouts', () => {
  let client: ImportClient;
  let org: ImportClient['org'];
  const header = ['SL No', 'Agent', 'Date', 'Login Time', 'Logout Time', 'Duration'];

  before(async () => {
    client = await ImportClient.start('imports_presence', { BUSINESS_TIMEZONE: 'Europe/Berlin' }, { kind: 'presence' });
    org = client.org;
  });
  after(() => client.close());

  type Day = { date: string; onlineHours: number };
  const sheet = (...rows: TestCell[][]): Buffer => table([header, ...rows.map((row, i) => [i + 1, ...row])]);
  const hours = async (agentId: number, from: string, to = from): Promise<Record<string, number>> => {
    const { body } = await client.app.request(org.admin.token).get(`/api/agents/${agentId}/performance?from=${from}&to=${to}`).expect(200);
    return Object.fromEntries((body as Day[]).map(({ date, onlineHours }) => [date.slice(0, 10), onlineHours]));
  };
  const record = async (agentId: number, from: string, to = from) =>
    (await client.app.request(org.admin.token).get(`/api/agents/${agentId}/presence?from=${from}&to=${to}`).expect(200)).body as { intervals: Record<string, unknown>[]; totals: { onlineHours: number } };
  const reasons = async (id: string) => (await client.preview(org.manager, id, 'rejected')).map(({ rowNumber, errors }) => [rowNumber, errors?.map(({ cell, code }) => `${cell} ${code}`)]);
  const someone = async (fullName: string) => (await client.app.people.create('cs', { fullName, teamId: org.team.id })).id;

  it('are there from login to logout, past midnight too, and count once where lines overlap', async () => {
    const id = await someone('Nina Night');
    const done = await client.committed(org.manager, sheet(
      ['Nina Night', '2022-07-29', '22:00:00', '2:00:00', '4:00:00'],
      ['Nina Night', '2022-07-30', '9:00:00', '12:00:00', '3:00:00'],
      ['Nina Night', '2022-07-30', '9:00:00', '9:02:00', '0:01:59'],
      ['nina  night', '2022-07-30', '11:00:00', '1:00 PM', null],
    ));
    expect(done).to.deep.include({ status: 'committed', questions: [], period: { from: '2022-07-29', to: '2022-07-30' }, counts: { rows: 4, new: 4, changed: 0, unchanged: 0, rejected: 0 } });
    expect(await hours(id, '2022-07-29', '2022-07-30')).to.deep.equal({ '2022-07-29': 2, '2022-07-30': 6 });
    const { intervals, totals } = await record(id, '2022-07-30');
    expect(totals.onlineHours).to.equal(6);
    expect(intervals[0]).to.deep.include({ status: 'online', source: 'import', startedAt: '2022-07-29T20:00:00.000Z', endedAt: '2022-07-30T00:00:00.000Z' });
  });

  it('say nothing new when they come again, from wherever, nor twice in one file', async () => {
    const id = await someone('Rita Repeat');
    const row: TestCell[] = ['Rita Repeat', '2022-07-20', '9:00', '17:00', '8:00:00'];
    expect((await client.committed(org.manager, sheet(row, row))).counts).to.deep.equal({ rows: 2, new: 1, changed: 0, unchanged: 1, rejected: 0 });
    const other = await client.committed(org.manager, `Mitarbeiter;Anmeldung;Abmeldung\nRita Repeat;20.07.2022 09:00;20.07.2022 17:00\n${id};20.07.2022 18:00;20.07.2022 18:30`, {}, 'log.csv');
    expect(other.counts).to.deep.equal({ rows: 2, new: 1, changed: 0, unchanged: 1, rejected: 0 });
    expect(await hours(id, '2022-07-20')).to.deep.equal({ '2022-07-20': 8.5 });
  });

  it('change what has an id, and give it back', async () => {
    const id = await someone('Ida Id');
    const log = (...rows: string[]): string => ['Session ID,Agent,Login,Logout', ...rows].join('\n');
    await client.committed(org.manager, log('S1,Ida Id,2022-06-01 09:00,2022-06-01 12:00', 'S2,Ida Id,2022-06-02 09:00,2022-06-02 12:00'), {}, 'log.csv');
    const changed = await client.committed(org.manager, log('S1,Ida Id,2022-06-01 09:00,2022-06-03 01:00', 'S2,Ida Id,2022-06-02 09:00,2022-06-02 12:00', 'S3,Ida Id,2022-06-04 09:00,2022-06-04 10:00'), {}, 'log.csv');
    expect(changed.counts).to.deep.equal({ rows: 3, new: 1, changed: 1, unchanged: 1, rejected: 0 });
    const [row] = await client.preview(org.manager, changed.id, 'changed');
    expect(row?.changes).to.deep.equal({ endedAt: { old: '2022-06-01T10:00:00.000Z', new: '2022-06-02T23:00:00.000Z' } });
    const all = ['2022-06-01', '2022-06-04'] as const;
    expect(await hours(id, ...all)).to.deep.equal({ '2022-06-01': 15, '2022-06-02': 24, '2022-06-03': 1, '2022-06-04': 1 });
    await client.rollBack(org.manager, changed.id).expect(202);
    expect(await client.settled(org.manager, changed.id)).to.include({ status: 'rolled_back' });
    expect(await hours(id, ...all)).to.deep.equal({ '2022-06-01': 3, '2022-06-02': 3, '2022-06-03': 0, '2022-06-04': 0 });
  });

  it('are taken back whole, people and hours included', async () => {
    const before = await client.app.query(sql`select id from agents order by id`);
    const done = await client.committed(org.manager, sheet(['Newton New', '2022-05-02', '9:00', '10:00', null]), { createMissingAgents: true, teamId: org.team.id });
    expect(done.counts).to.include({ new: 1 });
    await client.rollBack(org.manager, done.id).expect(202);
    expect(await client.settled(org.manager, done.id)).to.include({ status: 'rolled_back' });
    expect(await client.app.query(sql`select id from agents order by id`)).to.deep.equal(before);
    expect(await client.app.query(sql`select 1 from presence_intervals where import_id = ${done.id}`)).to.deep.equal([]);
  });

  it('name every cell that cannot be, and what contradicts itself', async () => {
    const { id } = await client.staged(org.manager, sheet(
      ['', '2022-07-01', '9:00', '17:00', '8:00:00'],
      ['Ada Agent', 'soon', '25:00', 'late', 'long'],
      ['Ada Agent', '2022-07-01', '9:00', '17:00', '7:30:00'],
      ['Ada Agent', null, '9:00', '17:00', '8:00:00'],
      ['Ada Agent', '2022-07-01', '9:00', null, null],
      ['Ada Agent', '2022-07-01', '2022-07-01 09:00', '2022-06-30 17:00', null],
      ['Ada Agent', '2022-07-01', { xml: '<c t="e"><v>#VALUE!</v></c>' }, '17:00', '8:00:00'],
      ['Ada Agent', '2999-07-01', '9:00', '17:00', '8:00:00'],
      ['Ada Agent', '2022-07-01', '9:00', '16:59:30', '8:00:00'],
      ['Ada Agent', '2022-07-01', '9:00', '9:00', null],
    ));
    expect(await reasons(id)).to.deep.equal([
      [2, ['B2 missing']], [3, ['C3 invalid_date', 'D3 invalid_time', 'E3 invalid_time', 'F3 invalid_duration']], [4, ['F4 contradiction']], [5, ['C5 missing']],
      [6, ['E6 missing']], [7, ['E7 contradiction']], [8, ['D8 cell_error']], [9, ['C9 in_the_future']], [11, ['E11 empty_span']],
    ]);
    expect((await client.preview(org.manager, id, 'rejected'))[2]?.errors?.[0]?.message).to.equal('From login to logout it is 8:00:00, not 7:30:00.');
  });

  it('fit their duration where it is more than a day, and where the clocks change', async () => {
    const id = await someone('Dora Days');
    const done = await client.committed(org.manager, sheet(
      ['Dora Days', '2022-02-01', '9:00', '11:00', '26:00:00'],
      ['Dora Days', '2022-03-26', '22:00', '6:00', '8:00:00'],
      ['Dora Days', '2022-10-29', '22:00', '6:00', '9:00:00'],
    ));
    expect(done.counts).to.include({ new: 3 });
    expect(await hours(id, '2022-02-01', '2022-02-02')).to.deep.equal({ '2022-02-01': 15, '2022-02-02': 11 });
    expect(await hours(id, '2022-03-27')).to.deep.equal({ '2022-03-27': 5 });
    expect(await hours(id, '2022-10-30')).to.deep.equal({ '2022-10-30': 7 });
  });

  it('never stand over what was recorded here, and are nothing new where they say the same', async () => {
    const id = await someone('Rea Recorded');
    await client.app.query(sql`insert into presence_intervals (id, agent_id, status, source, started_at, ended_at) values
      (gen_random_uuid(), ${id}, 'online', 'socket', '2023-03-01 08:00:00.4Z', '2023-03-01 10:00:00Z'), (gen_random_uuid(), ${id}, 'busy', 'self', '2023-03-01 10:00Z', '2023-03-01 12:00:00.9Z'),
      (gen_random_uuid(), ${id}, 'offline', 'socket_lost', '2023-03-01 12:00:00.9Z', '2023-03-02 08:00Z'), (gen_random_uuid(), ${id}, 'online', 'socket', '2023-03-02 08:00Z', null)`);
    const rows: TestCell[][] = [['Rea Recorded', '2023-02-28', '9:00', '13:00', null], ['Rea Recorded', '2023-03-01', '9:00', '13:00', null], ['Rea Recorded', '2023-03-01', '9:00', '14:00', null], ['Rea Recorded', '2023-03-05', '9:00', '14:00', null]];
    const done = await client.committed(org.manager, sheet(...rows));
    expect(done.counts).to.deep.equal({ rows: 4, new: 1, changed: 0, unchanged: 1, rejected: 2 });
    expect((await client.preview(org.manager, done.id, 'rejected')).map(({ errors }) => [errors?.[0]?.code, errors?.[0]?.message])).to.deep.equal([
      ['recorded_otherwise', 'Presence was recorded here, and says otherwise: online from 2023-03-01 08:00:00 to 2023-03-01 10:00:00 (UTC).'],
      ['recorded_otherwise', 'Presence was recorded here, and says otherwise: online from 2023-03-02 08:00:00 on (UTC).'],
    ]);
    expect(await hours(id, '2023-02-28')).to.deep.equal({ '2023-02-28': 4 });
    const over = client.app.query(sql`insert into presence_intervals (id, agent_id, status, source, started_at, ended_at, in_history, import_id)
      values (gen_random_uuid(), ${id}, 'online', 'import', '2023-03-01 09:00Z', '2023-03-01 11:00Z', true, ${done.id})`);
    expect(String(await over.then(() => 'written', (error: unknown) => error))).to.contain('is recorded already');
  });

  it('are looked at again when they are written: somebody may have come online since', async () => {
    const id = await someone('Lia Late');
    const preview = await client.staged(org.manager, sheet(['Lia Late', '2024-03-01', '9:00', '13:00', null]));
    expect(preview.counts).to.include({ new: 1 });
    await client.app.query(sql`insert into presence_intervals (id, agent_id, status, source, started_at) values (gen_random_uuid(), ${id}, 'online', 'host', '2024-03-01 09:00Z')`);
    await client.commit(org.manager, preview.id).expect(202);
    expect((await client.settled(org.manager, preview.id)).counts).to.deep.equal({ rows: 1, new: 0, changed: 0, unchanged: 0, rejected: 1 });
  });

  it('may be corrected, gaps and all, and stay put then', async () => {
    const id = await someone('Cora Corrected');
    const done = await client.committed(org.manager, sheet(['Cora Corrected', '2022-04-01', '9:00', '12:00', null], ['Cora Corrected', '2022-04-01', '13:00', '17:00', null]));
    const correction = { from: '2022-04-01T09:00:00Z', to: '2022-04-01T11:30:00Z', status: 'online', reason: 'The line was down.' };
    await client.app.request(org.leader.token).post(`/api/agents/${id}/presence/corrections`).send(correction).expect(201);
    await client.app.ctx.recomputation.recomputeStaleDays();
    expect(await hours(id, '2022-04-01')).to.deep.equal({ '2022-04-01': 8 });
    const { intervals } = await record(id, '2022-04-01');
    expect(intervals.map(({ source }) => source)).to.deep.equal(['import', 'correction', 'import']);
    // Their ledger begins years later, and knows of no hole.
    await client.app.ctx.presence.setStatus(systemPrincipal('test'), id, 'online', null);
    const again = await client.staged(org.manager, sheet(['Cora Corrected', '2022-04-01', '9:00', '12:00', null]));
    expect(again.counts).to.include({ rejected: 1 });
    const { body } = await client.rollBack(org.manager, done.id).expect(409);
    expect(body.details.map(({ code }: { code: string }) => code)).to.deep.equal(['changed_since', 'changed_since']);
  });

  it('never make a day longer than it is, whatever else history says of it, and are taken back without a trace', async () => {
    const id = await someone('Hana History');
    await client.app.query(sql`insert into presence_intervals (id, agent_id, status, source, started_at, ended_at)
      select gen_random_uuid(), ${id}, v.status, 'import', v.started::timestamptz, v.ended::timestamptz from (values
        ('offline', '2021-05-04 22:00Z', '2021-05-05 06:00Z'), ('online', '2021-05-05 06:00Z', '2021-05-05 10:00Z'), ('away', '2021-05-05 10:00Z', '2021-05-05 11:00Z'),
        ('busy', '2021-05-05 10:30Z', '2021-05-05 14:00Z'), ('offline', '2021-05-05 14:00Z', '2021-05-05 22:00Z')) v(status, started, ended)`);
    const seconds = async () => ((await record(id, '2021-05-05')) as unknown as { days: { seconds: Record<string, number> }[] }).days[0]?.seconds;
    const before = { online: 4 * 3600, away: 3600, busy: 3 * 3600, offline: 16 * 3600, onlineHours: 8, awayHours: 1 };
    expect(await seconds()).to.deep.equal(before);
    const preview = await client.staged(org.manager, sheet(['Hana History', '2021-05-05', '2:00', '18:00', null]));
    expect(preview.counts).to.include({ new: 1 });
    expect(preview.remarks).to.deep.include({ code: 'beside_other_history', message: '1 row shares time with history of other statuses; away and busy stay what they are, offline gives way: row 2.', rows: [2] });
    await client.commit(org.manager, preview.id).expect(202);
    await client.settled(org.manager, preview.id);
    expect(await seconds()).to.deep.equal({ online: 12 * 3600, away: 3600, busy: 3 * 3600, offline: 8 * 3600, onlineHours: 16, awayHours: 1 });
    expect(await hours(id, '2021-05-05')).to.deep.equal({ '2021-05-05': 16 });
    await client.rollBack(org.manager, preview.id).expect(202);
    await client.settled(org.manager, preview.id);
    expect(await seconds()).to.deep.equal(before);
  });

  it('are of one’s own people, for leaders', async () => {
    const preview = await client.staged(org.leader, sheet([org.stranger.row.fullName, '2022-01-03', '9:00', '13:00', null], ['Ada Agent', '2022-01-03', '9:00', '13:00', null]));
    expect(preview.counts).to.include({ new: 1, rejected: 1 });
  });
});
