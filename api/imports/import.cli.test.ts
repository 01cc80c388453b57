import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { startTestApp, type TestApp } from '../../test/harness/app.ts';
import { runProgram, type Ended } from '../../test/harness/programs.ts';
import { callsSheet } from '../../test/imports/calls-sheet.ts';
import { withFile } from '../../test/imports/read-rows.ts';
import { table } from '../../test/imports/workbook-writer.ts';
import { sql } from '../db/db.ts';

const program = fileURLToPath(new URL('./import.cli.ts', import.meta.url));

describe('npm run import', function () {
  this.timeout(60_000);
  this.slow(10_000);
  let app: TestApp;
  let org: Awaited<ReturnType<TestApp['people']['organisation']>>;

  before(async () => {
    app = await startTestApp('import_cli');
    org = await app.people.organisation();
  });
  after(() => app.close());

  function start(...args: string[]): Promise<Ended> {
    const { config } = app;
    return runProgram([program, ...args], { NODE_ENV: 'test', PATH: '', DATABASE_URL: config.database.url, DATA_DIR: config.dataDir, JWT_SECRET: config.auth.secrets[0]?.secret });
  }
  const run = (file: Buffer, ...args: string[]): Promise<Ended> => withFile(file, 'calls.xlsx', (path) => start(path, ...args));
  const undo = (id: string): Promise<Ended> => start('--undo', id);

  const stored = async (id: string) => (await app.query(sql<{ n: number }>`select count(*)::int as n from interactions where external_id = ${id}`))[0]?.n;

  it('shows what would happen, and with --dry-run leaves it at that', async () => {
    const { code, output } = await run(callsSheet({ id: 'CLI1' }, { id: 'CLI2', date: 'never' }), '--kind', 'interactions', '--dry-run');
    expect(code).to.equal(0);
    expect(output).to.contain('Rows      2: 1 new, 0 changed, 0 unchanged, 1 rejected');
    expect(output).to.contain('C3: “never” is not a date.');
    expect(output).to.contain('Call Id → externalId');
    expect(output).to.contain('dry run');
    expect(await stored('CLI1')).to.equal(0);
  });

  it('commits, and names the queue of that time', async () => {
    const { code, output, errors } = await run(callsSheet({ id: 'CLI3' }), '--kind', 'interactions', '--as', org.leader.username);
    expect(errors).to.equal('');
    expect(code).to.equal(0);
    expect(output).to.contain('Committed 1: 1 new');
    expect(output).to.contain('asOf=2021-03-31');
    expect(await stored('CLI3')).to.equal(1);
    const [row] = await app.query(sql`select uploaded_by, status from imports order by created_at desc limit 1`);
    expect(row).to.deep.equal({ uploaded_by: org.leader.id, status: 'committed' });
  });

  it('writes the rejected rows to a file, which is imported once it is mended', async () => {
    const path = join(app.config.dataDir, 'rejected.csv');
    const { code, output } = await run(callsSheet({ id: 'CLI-R1' }, { id: 'CLI-R2', date: 'never' }), '--kind', 'interactions', '--rejected', path);
    expect(code).to.equal(0);
    expect(output).to.contain(`Rejected  rows are in ${path}`);
    const mended = (await readFile(path, 'utf8')).replace('never', '2021-03-30');
    expect(mended.split('\r\n')[1]).to.match(/^CLI-R2,Ada Agent,2021-03-30,.*,Date: “never” is not a date\. \(Row 3 of calls\.xlsx\)/);
    const again = await withFile(mended, 'mended.csv', (file) => start(file, '--kind', 'interactions', '--rejected', path));
    expect(again.output).to.contain('Rejected  none').and.contain('Committed 1: 1 new');
    expect(await stored('CLI-R2')).to.equal(1);
  });

  it('takes a committed import back, or says what depends on it', async () => {
    const { output } = await run(callsSheet({ id: 'CLI-U1' }, { id: 'CLI-U2' }), '--kind', 'interactions');
    const id = /--undo (\S+)/.exec(output)?.[1] ?? '';
    await app.query(sql`update interactions set topic = 'Corrected', version = version + 1 where external_id = 'CLI-U2'`);
    const refused = await undo(id);
    expect([refused.code, refused.errors]).to.deep.equal([1, 'Not taken back, something newer depends on it:\n  Row 3 (CLI-U2) was changed since: by hand or by a host system.\n']);
    await app.query(sql`update interactions set version = 1 where external_id = 'CLI-U2'`);
    expect(await undo(id)).to.deep.include({ code: 0, output: 'Taken back 2: 2 new, 0 changed, 0 unchanged, 0 rejected\n' });
    expect(await stored('CLI-U1')).to.equal(0);
  });

  it('adds missing people only when it is told to, to the team that is named', async () => {
    const file = callsSheet({ id: 'CLI4', agent: 'Terry Minal' });
    const refused = await run(file, '--kind', 'interactions');
    expect(refused.code).to.equal(2);
    expect(refused.output).to.contain('Missing   1 people: Terry Minal (1 rows)');
    expect(await stored('CLI4')).to.equal(0);
    const added = await run(file, '--kind', 'interactions', '--create-missing-agents', '--team', 'blue');
    expect(added.code).to.equal(0);
    const [terry] = await app.query(sql`select team_id from agents where full_name = 'Terry Minal'`);
    expect(terry).to.deep.equal({ team_id: org.team.id });
  });

  it('prints open questions with the place of their answers, and takes them from a file', async () => {
    const file = table([['Call Id', 'Agent', 'Date', 'Answered', 'Rating'], ...['7', '9', '3'].map((rating, i) => [`CLI5${i}`, 'Ada Agent', '2021-03-31', 'Y', rating])]);
    const asked = await run(file, '--kind', 'interactions');
    expect(asked.code).to.equal(2);
    expect(asked.output).to.contain('/options/ratingScale = "1-10"');
    const mapping = join(app.config.dataDir, 'mapping.json');
    await writeFile(mapping, JSON.stringify({ options: { ratingScale: '1-10' } }));
    const { code, output } = await run(file, '--kind', 'interactions', '--map', mapping);
    expect(output).to.contain('Committed 3: 3 new');
    expect(code).to.equal(0);
  });

  it('says in plain words what is wrong', async () => {
    const wrong = async (file: Buffer, ...args: string[]) => {
      const { code, errors } = await run(file, ...args);
      expect(code).to.equal(1);
      expect(errors).not.to.contain('    at ');
      return errors;
    };
    const file = callsSheet({});
    const kind = ['--kind', 'interactions'];
    // Each is refused before anything is written; together they take the time of a few.
    const said = await Promise.all([
      wrong(file),
      wrong(file, ...kind, '--colour', 'red'),
      wrong(Buffer.from('%PDF-1.7'), ...kind),
      wrong(file, '--kind', 'recipes'),
      wrong(file, ...kind, '--map', '/nowhere.json'),
      wrong(file, ...kind, '--as', 'nobody'),
      wrong(file, ...kind, '--as', org.agent.username),
      wrong(file, ...kind, '--team', 'Pink'),
      start(app.config.dataDir, ...kind).then(({ errors }) => errors),
    ]);
    const expected = ['actions, agents, interactions, notes, performance, presence', '--colour', 'PDF', 'must be one of', '/nowhere.json', 'nobody', 'may not import', 'Blue, Green', 'is no file'];
    for (const [n, words] of expected.entries()) expect(said[n]).to.contain(words);
    expect(said[0]).to.contain('Usage:');
  });
});
