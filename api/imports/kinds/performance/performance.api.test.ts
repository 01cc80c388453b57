import { expect } from 'chai';
import { ImportClient } from '../../../../test/imports/import-client.ts';
import { table } from '../../../../test/imports/workbook-writer.ts';
import { sql } from '../../../db/db.ts';

const header = ['Agent Name', 'Day', 'Calls', 'Average Response Time', 'AHT', 'Rating', 'Surveys', 'Resolved', 'SLA', 'Logged in (hours)'];

describe('imports of daily figures', () => {
  let client: ImportClient;
  let org: ImportClient['org'];

  before(async () => {
    client = await ImportClient.start('imports_performance', { BUSINESS_TIMEZONE: 'UTC' }, { kind: 'performance' });
    org = client.org;
  });
  after(() => client.close());

  const days = async (from: string, to = from, id = org.agent.id) =>
    (await client.app.request(org.manager.token).get(`/api/agents/${id}/performance?from=${from}&to=${to}`).expect(200)).body as Record<string, unknown>[];

  it('of one person on one day are one row, whatever they are called', async () => {
    const { email, fullName } = org.agent.row;
    const same = await client.staged(org.manager, `Agent,Day,Calls\n${fullName},2026-10-01,5\n${email},2026-10-01,5\n`, 'days.csv');
    expect(same.counts).to.include({ rows: 2, new: 1, unchanged: 1 });
    const different = await client.staged(org.manager, `Agent,Day,Calls\n${email},2026-10-01,5\n${fullName},2026-10-01,7\n${fullName},2026-10-02,7\n`, 'days.csv');
    expect(different.counts).to.include({ rows: 3, new: 1, rejected: 2 });
  });

  it('come to stand beside what is computed, to the digit of the file, and weigh in the period', async () => {
    const done = await client.committed(org.manager, table([
      header,
      ['Ada Agent', '2021-05-03', 11, '0:00:38', '0:04:20', 4.11, 9, 10, '92.5 %', '7:30:00'],
      ['ada agent ', '2021-05-04', 20, '0:01:00', '0:05:00', 0, 0, 18, '80 %', '8:00:00'],
    ]));
    expect(done).to.deep.include({ status: 'committed', counts: { rows: 2, new: 2, changed: 0, unchanged: 0, rejected: 0 }, period: { from: '2021-05-03', to: '2021-05-04' } });
    const [first, second] = await days('2021-05-03', '2021-05-04');
    expect(first).to.include({ messagesHandled: 11, avgResponseTime: 0.6333, customerSatisfaction: 4.11, ticketsResolved: 10, slaCompliance: 92.5, onlineHours: 7.5 });
    expect(second).to.include({ messagesHandled: 20, avgResponseTime: 1, customerSatisfaction: null });
    const { body: summary } = await client.app.request(org.manager.token).get(`/api/agents/${org.agent.id}/summary?asOf=2021-05-04`).expect(200);
    const figure = (metric: string) => (summary as { period: { figures: { metric: string; value: number; n: number }[] } }).period.figures.find((one) => one.metric === metric);
    expect(figure('aht')).to.include({ value: Math.round(((11 * 260 + 20 * 300) / 31) * 1e4) / 1e4, n: 31 });
    expect(figure('csat')).to.include({ value: 4.11, n: 9 });
    // 10.175 and 16 of them in time, in whole interactions.
    expect(figure('slaCompliance')).to.include({ value: Math.round((26 / 31) * 1e6) / 1e4, n: 31 });
  });

  it('lose no share of their SLA to whole interactions, and say in the level what they have', async () => {
    const rows = Array.from({ length: 28 }, (_, i) => ['Colin Colleague', `2021-02-${String(i + 1).padStart(2, '0')}`, 10, '0:00:50', '0:04:00', 4.5, 5, 10, '95 %', 8]);
    await client.committed(org.manager, table([header, ...rows]));
    const { body } = await client.app.request(org.manager.token).get(`/api/agents/${org.colleague.id}/summary?asOf=2021-02-28`).expect(200);
    const { period, performanceLevel } = body as { period: { figures: { metric: string; value: number; n: number }[] }; performanceLevel: { level: string | null } };
    expect(period.figures.find(({ metric }) => metric === 'slaCompliance')).to.include({ value: 95, n: 280 });
    expect(performanceLevel.level).to.be.a('string');
  });

  it('find nothing new in the same file, and show what a corrected one changes', async () => {
    const rows = [header, ['Ada Agent', '2021-06-01', 11, '0:00:38', '0:04:20', 4.11, 9, 10, 92.5, 7.5], ['Ada Agent', '2021-06-02', 8, '0:00:50', '0:03:20', 4, 2, 8, 100, 8]];
    await client.committed(org.manager, table(rows));
    const again = await client.staged(org.manager, table(rows));
    expect(again.counts).to.deep.equal({ rows: 2, new: 0, changed: 0, unchanged: 2, rejected: 0 });
    const corrected = await client.staged(org.manager, table([header, ['Ada Agent', '2021-06-01', 12, '0:00:38', '0:04:20', 4.11, 9, 10, 92.5, 7.5]]));
    const [changed] = await client.preview(org.manager, corrected.id, 'changed');
    expect(changed?.changes).to.deep.equal({ messagesHandled: { old: 11, new: 12 } });
    await client.commit(org.manager, corrected.id).expect(202);
    await client.settled(org.manager, corrected.id);
    expect((await days('2021-06-01'))[0]).to.include({ messagesHandled: 12 });
    await client.rollBack(org.manager, corrected.id).expect(202);
    await client.settled(org.manager, corrected.id);
    expect((await days('2021-06-01'))[0]).to.include({ messagesHandled: 11 });
  });

  it('give way to interactions of the same day, and come back without them', async () => {
    await client.committed(org.manager, table([header, ['Ada Agent', '2021-07-01', 40, '60', '300', 5, 4, 40, 100, 8]]));
    await client.app.query(sql`
      insert into interactions (id, source, external_id, channel, agent_id, started_at, business_date, outcome, rating)
      values (gen_random_uuid(), 'here', 'one', 'voice', ${org.agent.id}, '2021-07-01T10:00:00Z', '2021-07-01', 'answered', 2)`);
    await client.app.query(sql`insert into stale_days (agent_id, date) values (${org.agent.id}, '2021-07-01')`);
    await client.app.ctx.recomputation.recomputeStaleDays();
    expect((await days('2021-07-01'))[0]).to.include({ messagesHandled: 1, customerSatisfaction: 2 });
    const { remarks } = await client.staged(org.manager, `Agent,Day,Calls\nAda Agent,2021-06-30,5\nAda Agent,2021-07-01,41\nAda Agent,2021-07-02,5\n`, 'days.csv');
    expect(remarks).to.deep.equal([{ code: 'counted_from_interactions', message: '1 row is of a day that is counted from calls, chats and tickets already: its figures are kept beside and not shown: row 3.', rows: [3] }]);
    await client.app.query(sql`with gone as (delete from interactions where source = 'here') insert into stale_days (agent_id, date) values (${org.agent.id}, '2021-07-01')`);
    await client.app.ctx.recomputation.recomputeStaleDays();
    expect((await days('2021-07-01'))[0]).to.include({ messagesHandled: 40, customerSatisfaction: 5 });
  });

  it('are shown again where somebody else has brought the same day in meanwhile', async () => {
    const days = (calls: number) => table([header, ['Ada Agent', '2021-10-04', calls, '60', '300', 5, 4, 4, 100, 8]]);
    const [one, two] = [await client.staged(org.manager, days(4)), await client.staged(org.manager, days(5))];
    expect([one.counts.new, two.counts.new]).to.deep.equal([1, 1]);
    await client.commit(org.manager, one.id).expect(202);
    expect(await client.settled(org.manager, one.id)).to.include({ status: 'committed' });
    await client.commit(org.manager, two.id).expect(202);
    const shown = await client.settled(org.manager, two.id);
    expect(shown).to.include({ status: 'staged' });
    expect([shown.notice?.code, shown.counts.changed]).to.deep.equal(['preview_overtaken', 1]);
  });

  it('ask for the scale where ratings go beyond it, and bring them to 1 to 5 only then', async () => {
    const rows = ['8,5', '9', '10', '4'].map((rating, i) => ['Ada Agent', `2021-11-0${i + 1}`, 4, '60', '300', rating, 4, 4, 100, 8]);
    const preview = await client.staged(org.manager, table([header, ...rows]));
    expect(preview.counts).to.include({ new: 1, rejected: 3 });
    expect(preview.questions.map(({ answer, message, choices }) => [answer, message.slice(0, 20), choices[0]?.value])).to.deep.equal([['/options/ratingScale', 'Ratings go up to 10.', '1-10']]);
    const told = await client.remapped(org.manager, preview.id, { options: { ratingScale: '1-10' } });
    expect(told).to.deep.include({ questions: [] });
    expect((await client.preview(org.manager, told.id)).map(({ values }) => values?.['customerSatisfaction'])).to.deep.equal([4.33, 4.56, 5, 2.33]);
  });

  it('are taken back whole, added people included', async () => {
    const before = await client.app.query(sql`select id from agents order by id`);
    const done = await client.committed(org.manager, table([header, ['Dora Daily', '2021-08-02', 4, '60', '300', 5, 4, 4, 100, 8], ['Dora Daily', '2021-08-03', 5, '60', '300', 5, 4, 4, 100, 8]]), { createMissingAgents: true, teamId: org.team.id });
    expect(done.counts).to.include({ new: 2 });
    await client.rollBack(org.manager, done.id).expect(202);
    expect(await client.settled(org.manager, done.id)).to.include({ status: 'rolled_back' });
    expect(await client.app.query(sql`select id from agents order by id`)).to.deep.equal(before);
  });

  it('name every cell that cannot be', async () => {
    const preview = await client.staged(org.manager, table([
      header,
      ['', '2021-09-01', 1, '1', '1', 4, 1, 1, 50, 8],
      ['Ada Agent', 'soon', -2, '1 day', 'long', 9, 1.5, 1, 101, 25],
      ['Ada Agent', '2021-09-03', 1, '61', '1', 4, 1, 1, 50, 8], ['Ada Agent', '2021-09-03', 2, '61', '1', 4, 1, 1, 50, 8],
    ]));
    const rejected = await client.preview(org.manager, preview.id, 'rejected');
    expect(rejected.map(({ rowNumber, errors }) => [rowNumber, errors?.map(({ cell, code }) => `${cell} ${code}`)])).to.deep.equal([
      [2, ['A2 missing']],
      [3, ['B3 invalid_date', 'C3 invalid_count', 'G3 invalid_count', 'D3 invalid_duration', 'E3 invalid_duration', 'J3 invalid_duration', 'I3 invalid_share', 'F3 rating_out_of_scale']],
      [4, ['A4 conflicting_rows']], [5, ['A5 conflicting_rows']],
    ]);
  });

  it('ask what bare numbers count where nobody can know, and whose and which day they are', async () => {
    const preview = await client.staged(org.manager, table([['Team', 'Chats', 'Response time'], ['North', 3, 2], ['North', 4, 3]]));
    expect(preview.questions.map(({ answer }) => answer)).to.have.members(['/columns/agent', '/options/day', '/options/units/avgResponseTime']);
  });
});
