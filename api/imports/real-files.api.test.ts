import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { skip } from '../../test/harness/skip.ts';
import { until } from '../../test/harness/until.ts';
import { ImportClient } from '../../test/imports/import-client.ts';
import { rawSheet } from '../../test/imports/raw-sheet.ts';
import { sql } from '../db/db.ts';

const folder = fileURLToPath(new URL('../../../shared/data/calls/', import.meta.url));
const workbookPath = `${folder}call-centre-5000.xlsx`;
const csvPath = `${folder}call-centre-sentiment.csv`;

const present = existsSync(workbookPath) && existsSync(csvPath);
const title = present ? 'importing what call centres really export' : `importing what call centres really export (skipped: no sample files in ${folder})`;

describe(title, function () {
  this.timeout(60_000);
  let client: ImportClient;
  let org: ImportClient['org'];

  before(async function () {
    if (!present) skip(this, 'the files are real and not part of the project; the title says where they were looked for');
    client = await ImportClient.start('imports_real');
    org = client.org;
  });
  after(() => client?.close());

  it('brings in the workbook of 5,000 calls, its eight agents, and the figures the sheet itself gives', async () => {
    const preview = await client.staged(org.manager, readFileSync(workbookPath), 'call-centre-5000.xlsx');
    expect(preview).to.deep.include({ status: 'staged', counts: { rows: 5000, new: 5000, changed: 0, unchanged: 0, rejected: 0 }, questions: [] });
    expect(preview.period).to.deep.equal({ from: '2021-01-01', to: '2021-03-31' });
    const names = ['Becky', 'Dan', 'Diane', 'Greg', 'Jim', 'Joe', 'Martha', 'Stewart'];
    expect(preview.missingAgents.map(({ name }) => name).sort()).to.deep.equal(names);
    expect(preview.missingAgents.reduce((sum, { rows }) => sum + rows, 0)).to.equal(5000);

    const refused = await client.commit(org.manager, preview.id, { createMissingAgents: false }).expect(409);
    expect(refused.body).to.include({ code: 'missing_agents' });
    await client.commit(org.manager, preview.id, { createMissingAgents: true, teamId: org.team.id }).expect(202);
    const done = await client.settled(org.manager, preview.id);
    expect(done).to.deep.include({ status: 'committed', counts: preview.counts, missingAgents: [] });

    const [totals] = await client.app.query(sql`select count(*)::int as n, count(*) filter (where outcome = 'answered')::int as answered,
      count(*) filter (where resolved)::int as resolved from interactions where source = ${done.source}`);
    expect(totals).to.deep.equal({ n: 5000, answered: 4054, resolved: 3646 });
    await expectSameAsSheet(done.source ?? '');
  });

  /** Per agent: calls, answered, mean speed of answer, mean talk time, mean rating, from both sides. */
  async function expectSameAsSheet(source: string): Promise<void> {
    const inSheet = new Map<string, { calls: number; answered: number; waits: number[]; talks: number[]; ratings: number[] }>();
    for (const row of await rawSheet(workbookPath)) {
      const name = String(row['Agent']);
      const sums = inSheet.get(name) ?? { calls: 0, answered: 0, waits: [], talks: [], ratings: [] };
      inSheet.set(name, sums);
      sums.calls += 1;
      if (row['Answered (Y/N)'] === 'Y') sums.answered += 1;
      if (typeof row['Speed of answer in seconds'] === 'number') sums.waits.push(row['Speed of answer in seconds']);
      if (typeof row['AvgTalkDuration'] === 'number') sums.talks.push(Math.round(row['AvgTalkDuration'] * 86_400));
      if (typeof row['Satisfaction rating'] === 'number') sums.ratings.push(row['Satisfaction rating']);
    }
    const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    const stored = await client.app.query(sql<Record<string, number | string>>`
      select a.full_name as name, count(*)::int as calls, count(*) filter (where i.outcome = 'answered')::int as answered,
        avg(i.wait_seconds)::float8 as wait, avg(i.talk_seconds)::float8 as talk, avg(i.rating)::float8 as rating
      from interactions i join agents a on a.id = i.agent_id where i.source = ${source} group by a.full_name`);
    const daily = await client.app.query(sql<Record<string, number | string>>`
      select a.full_name as name, sum(d.answered)::int as answered, (sum(d.wait_seconds_sum) / sum(d.wait_count))::float8 as wait,
        (sum(d.talk_seconds_sum) / sum(d.talk_count))::float8 as talk, (sum(d.rating_sum) / sum(d.rating_count))::float8 as rating
      from agent_performance_metrics d join agents a on a.id = d.agent_id group by a.full_name having sum(d.answered) > 0`);
    expect(stored).to.have.length(8);
    expect(inSheet.size).to.equal(8);
    for (const row of stored) {
      const sheet = inSheet.get(String(row['name']));
      if (!sheet) throw new Error(`${row['name']} is not in the sheet`);
      const figures = daily.find(({ name }) => name === row['name']);
      expect(row).to.include({ calls: sheet.calls, answered: sheet.answered });
      expect(figures).to.include({ answered: sheet.answered });
      for (const [figure, values] of [['wait', sheet.waits], ['talk', sheet.talks], ['rating', sheet.ratings]] as const) {
        expect(row[figure], `${figure} of ${row['name']}`).to.be.closeTo(mean(values), 1e-6);
        expect(figures?.[figure], `daily ${figure} of ${row['name']}`).to.be.closeTo(mean(values), 1e-6);
      }
    }
  }

  it('finds nothing new in the same workbook', async () => {
    const again = await client.staged(org.manager, readFileSync(workbookPath), 'copy.xlsx');
    expect(again).to.deep.include({ counts: { rows: 5000, new: 0, changed: 0, unchanged: 5000, rejected: 0 }, missingAgents: [] });
    await client.commit(org.manager, again.id).expect(202);
    expect(await client.settled(org.manager, again.id)).to.deep.include({ status: 'committed', counts: again.counts });
    const [people] = await client.app.query(sql`select count(*)::int as n from agents where department = 'Unassigned'`);
    expect(people).to.deep.equal({ n: 8 });
  });

  it('asks what the CSV of another centre leaves open, and imports it once it is told', async () => {
    const preview = await client.staged(org.manager, readFileSync(csvPath), 'call-centre-sentiment.csv');
    expect(preview.questions.map(({ answer }) => answer)).to.have.members(['/columns/agent', '/options/ratingScale', '/values/channel/Web']);
    expect(preview.mapping?.options.dateOrder).to.equal('mdy');
    expect((await client.commit(org.manager, preview.id).expect(409)).body.code).to.equal('open_questions');

    const told = await client.remapped(org.manager, preview.id, { columns: { agent: null }, options: { ratingScale: '1-10' }, values: { channel: { Web: 'message' } } });
    const rows = csvRows();
    expect(told).to.deep.include({ status: 'staged', questions: [], missingAgents: [], counts: { rows: rows.length, new: rows.length, changed: 0, unchanged: 0, rejected: 0 } });
    await client.commit(org.manager, preview.id).expect(202);
    const done = await client.settled(org.manager, preview.id);
    const [stored] = await client.app.query(sql`select count(*)::int as n, count(rating)::int as rated, sum(talk_seconds)::int / 60 as minutes,
      min(business_date)::text as first, max(business_date)::text as last, count(*) filter (where channel = 'message')::int as web,
      round(avg((rating - 1) * 9 / 4 + 1), 3)::float8 as csat, count(*) filter (where precision = 'day')::int as days
      from interactions where source = ${done.source}`);
    const ratings = rows.map((row) => row['csat_score']).filter(Boolean).map(Number);
    expect(stored).to.deep.include({
      n: rows.length,
      rated: ratings.length,
      minutes: rows.reduce((sum, row) => sum + Number(row['call duration in minutes']), 0),
      web: rows.filter((row) => row['channel'] === 'Web').length,
      days: rows.length,
      first: '2020-10-01',
      last: '2020-10-31',
    });
    expect((stored as { csat: number }).csat).to.be.closeTo(ratings.reduce((sum, rating) => sum + rating, 0) / ratings.length, 0.01);
  });

  /** The file has no quoted cells, so splitting is reading; two thirds of its lines are blank rows. */
  function csvRows(): Record<string, string>[] {
    const [header = '', ...lines] = readFileSync(csvPath, 'utf8').replaceAll('\r', '').split('\n').filter((line) => /[^,]/.test(line));
    expect(lines.some((line) => line.includes('"'))).to.equal(false);
    const names = header.split(',');
    return lines.map((line) => Object.fromEntries(line.split(',').map((cell, i) => [names[i] ?? '', cell])));
  }
});

const dailyFolder = fileURLToPath(new URL('../../../shared/data/daily/', import.meta.url));
const loginsPath = `${dailyFolder}AgentLogingReport.pseudonymised.csv`;
const figuresPath = `${dailyFolder}AgentPerformance.pseudonymised.csv`;
const dailyPresent = existsSync(loginsPath) && existsSync(figuresPath);
const dailyTitle = dailyPresent ? 'importing what a chat centre reports of its days' : `importing what a chat centre reports of its days (skipped: no sample files in ${dailyFolder})`;

describe(dailyTitle, function () {
  this.timeout(60_000);
  let client: ImportClient;
  let org: ImportClient['org'];

  before(async function () {
    if (!dailyPresent) skip(this, 'the files are real and not part of the project; the title says where they were looked for');
    client = await ImportClient.start('imports_real_daily', {}, { kind: 'presence' });
    org = client.org;
  });
  after(() => client?.close());

  const created = () => ({ createMissingAgents: true, teamId: org.team.id });
  const columns = (path: string): string[][] => readFileSync(path, 'utf8').trim().split(/\r?\n/).slice(1).map((line) => line.split(','));

  it('brings in 1,000 logins of 49 people, the 66 past midnight and the 24 overlaps included', async () => {
    const preview = await client.staged(org.manager, readFileSync(loginsPath), 'AgentLogingReport.csv');
    expect(preview).to.deep.include({ status: 'staged', questions: [], counts: { rows: 1000, new: 1000, changed: 0, unchanged: 0, rejected: 0 }, period: { from: '2022-07-01', to: '2022-07-30' } });
    // The running number in the first column is nobody's id.
    expect(preview.mapping?.columns).to.deep.equal({ agent: 1, date: 2, login: 3, logout: 4, duration: 5 });
    expect(preview.missingAgents).to.have.length(49);
    await client.commit(org.manager, preview.id, created()).expect(202);
    expect(await client.settled(org.manager, preview.id)).to.include({ status: 'committed' });

    const spans = loginSpans();
    const [stored] = await client.app.query(sql`select count(*)::int as n, sum(extract(epoch from ended_at - started_at))::int as seconds,
      count(*) filter (where started_at::date <> ended_at::date)::int as nights from presence_intervals where import_id = ${preview.id}`);
    expect(stored).to.deep.equal({ n: 1000, seconds: spans.reduce((sum, { start, end }) => sum + end - start, 0), nights: 66 });
    const hours = async () => (await client.app.query(sql<{ hours: number | null }>`select sum(online_hours)::float8 as hours from agent_performance_metrics where origin = 'computed'`))[0]?.hours;
    await until(async () => Math.abs(((await hours()) ?? 0) - unionSeconds(spans) / 3600) < 0.02); // the days follow by a job
    expect(await hours()).to.be.closeTo(unionSeconds(spans) / 3600, 0.02);
    expect(unionSeconds(spans)).to.equal(5_936_869);
  });

  it('finds nothing new in the same logins', async () => {
    const again = await client.staged(org.manager, readFileSync(loginsPath), 'copy.csv');
    expect(again).to.deep.include({ counts: { rows: 1000, new: 0, changed: 0, unchanged: 1000, rejected: 0 }, missingAgents: [] });
  });

  it('brings in the daily figures of the same people', async () => {
    const figures = client.of('performance');
    const preview = await figures.staged(org.manager, readFileSync(figuresPath), 'AgentPerformance.csv');
    // Of 60 days that somebody has twice, 39 say the same both times; 21 have figures in one line and zeros in the other.
    expect(preview).to.deep.include({ status: 'staged', questions: [], counts: { rows: 2160, new: 2079, changed: 0, unchanged: 39, rejected: 42 }, period: { from: '2022-07-01', to: '2022-07-30' } });
    expect(preview.mapping?.columns).to.deep.equal({ date: 1, agent: 2, messagesHandled: 3, avgResponseTime: 4, avgHandleTime: 5, customerSatisfaction: 6, ratingCount: 7 });
    expect(preview.mapping?.options).to.deep.include({ dateOrder: 'mdy' });
    const { body } = await client.app.request(org.manager.token).get(`/api/imports/${preview.id}/preview/counts`).expect(200);
    expect((body as { reasons: unknown }).reasons).to.deep.equal([{ code: 'conflicting_rows', field: 'agent', rows: 42 }]);
    // 70 people, of whom the logins have brought 49.
    expect(preview.missingAgents).to.have.length(21);

    await figures.commit(org.manager, preview.id, created()).expect(202);
    expect(await figures.settled(org.manager, preview.id)).to.include({ status: 'committed' });
    const [sums] = await client.app.query(sql`select sum(messages_handled)::int as chats, sum(rating_count)::int as ratings, count(customer_satisfaction)::int as rated
      from agent_performance_metrics where import_id = ${preview.id}`);
    expect(sums).to.deep.equal({ chats: 14_311, ratings: 8_995, rated: ratedDays() });
    const again = await figures.staged(org.manager, readFileSync(figuresPath), 'copy.csv');
    expect(again).to.deep.include({ counts: { rows: 2160, new: 0, changed: 0, unchanged: 2118, rejected: 42 }, missingAgents: [] });
  });

  /** Days that were brought in and have a rating; a 0 is none. */
  function ratedDays(): number {
    const lines = new Map<string, Set<string>>();
    for (const [, date = '', name = '', ...figures] of columns(figuresPath)) {
      const day = `${name.trim().toLowerCase()} ${date}`;
      lines.set(day, (lines.get(day) ?? new Set()).add(figures.join()));
    }
    return [...lines.values()].filter((said) => said.size === 1 && [...said].some((figures) => figures.split(',')[3] !== '0')).length;
  }

  /** Person, login and logout of every line, in seconds since 1970. */
  function loginSpans(): { name: string; start: number; end: number }[] {
    return columns(loginsPath).map(([, name = '', date = '', login = '', logout = '']) => {
      const seconds = (time: string): number => time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
      const start = Date.parse(`${date}T00:00:00Z`) / 1000 + seconds(login);
      const end = Date.parse(`${date}T00:00:00Z`) / 1000 + seconds(logout);
      return { name: name.trim().toLowerCase(), start, end: end < start ? end + 86_400 : end };
    });
  }

  /** What the spans cover, each person's overlaps once. */
  function unionSeconds(spans: ReturnType<typeof loginSpans>): number {
    const reached = new Map<string, number>();
    return spans.toSorted((a, b) => a.start - b.start).reduce((sum, { name, start, end }) => {
      const reach = reached.get(name) ?? 0;
      reached.set(name, Math.max(reach, end));
      return sum + Math.max(0, end - Math.max(start, reach));
    }, 0);
  }
});
