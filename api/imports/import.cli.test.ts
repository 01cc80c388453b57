import { readFile, readdir, writeFile } from 'node:fs/promises';
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

  const env = () => ({ NODE_ENV: 'test', PATH: '', DATABASE_URL: app.config.database.url, DATA_DIR: app.config.dataDir, JWT_SECRET: app.config.auth.secrets[0]?.secret });
  const start = (...args: string[]): Promise<Ended> => runProgram([program, ...args], env());
  const run = (file: Buffer, ...args: string[]): Promise<Ended> => withFile(file, 'calls.xlsx', (path) => start(path, ...args));
  const undo = (id: string): Promise<Ended> => start('--undo', id);

  const latest = async () => (await app.query(sql<{ status: string }>`select status from imports order by created_at desc limit 1`))[0]?.status;
  const stored = async (id: string) => (await app.query(sql<{ n: number }>`select count(*)::int as n from interactions where external_id = ${id}`))[0]?.n;

  it('shows what would happen, and with --dry-run leaves it at that and says what is missing', async () => {
    const others = Array.from({ length: 34 }, (_, i) => ({ id: `CLI-B${i}`, ...(i < 14 ? { date: 'never' } : {}) }));
    const { code, output } = await run(callsSheet({ id: 'CLI1', agent: 'Missy Ng' }, ...others), '--kind', 'interactions', '--dry-run');
    expect(code).to.equal(2);
    expect(output).to.contain('Rows      35: 21 new, 0 changed, 0 unchanged, 14 rejected');
    expect(output).to.contain('C14: “never” is not a date.').and.not.contain('C15: ');
    expect(output).to.contain('Rejected  12 of 14 rows are shown; --rejected FILE writes all of them.');
    expect(output).to.contain('Call Id → externalId');
    expect(output).to.match(/Nothing was written \(dry run\)\. To import the file, add --create-missing-agents, or map the missing people to others with --map\.\n$/);
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
    await app.people.create('cs', { fullName: 'Terry Minall' });
    const file = callsSheet({ id: 'CLI4', agent: 'Terry Minal' });
    const refused = await run(file, '--kind', 'interactions');
    expect(refused.code).to.equal(2);
    expect(refused.output).to.contain('Missing   1 person: Terry Minal (1 row)');
    expect(refused.output).to.match(/Near {6}\/people\/Terry Minal = \d+ {3}“Terry Minal” is Terry Minall \(/);
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

  it('that cannot write the rejected rows says so, imports nothing and leaves nothing behind', async () => {
    const path = join(app.config.dataDir, 'too-large.csv');
    await writeFile(path, 'mended by hand');
    const file = callsSheet({ id: 'CLI-W1' }, ...Array.from({ length: 300 }, (_, i) => ({ id: `CLI-W${i + 2}`, date: 'never', topic: 'Long '.repeat(200) })));
    // A disk that is full, as far as a program can tell: no file may be larger than 100 kB.
    const { code, errors } = await withFile(file, 'calls.xlsx', (sheet) => runProgram([program, sheet, '--kind', 'interactions', '--rejected', path], env(), '', 'ulimit -f 200'));
    expect([code, errors]).to.deep.equal([1, `${path} could not be written: files may not be that large. Nothing was imported.\n`]);
    expect([await readFile(path, 'utf8'), (await readdir(app.config.dataDir)).filter((name) => name.endsWith('.part'))]).to.deep.equal(['mended by hand', []]);
    expect([await stored('CLI-W1'), await latest()]).to.deep.equal([0, 'discarded']);
  });

  it('asks for another sheet where there is none of that name, and leaves nothing to be looked at', async () => {
    const mapping = join(app.config.dataDir, 'sheet.json');
    await writeFile(mapping, JSON.stringify({ sheet: 'Nope' }));
    const asked = await run(callsSheet({ id: 'CLI-S1' }), '--kind', 'interactions', '--map', mapping);
    expect([asked.code, await latest()]).to.deep.equal([2, 'discarded']);
    expect(asked.output).to.contain('Question  There is no sheet “Nope”; sheets: Sheet1.').and.contain('/sheet = "Sheet1"');
    await writeFile(mapping, JSON.stringify({ options: { timezone: 'Mars/Olympus' } }));
    const refused = await run(callsSheet({ id: 'CLI-S2' }), '--kind', 'interactions', '--map', mapping);
    expect([refused.code, refused.errors, await latest()]).to.deep.equal([1, '“Mars/Olympus” is no IANA time zone such as Europe/Berlin.\n', 'discarded']);
  });

  it('names no queue of days that are still to come', async () => {
    const { code, output } = await run(table([['Agent', 'Action', 'Due'], ['Ada Agent', 'Listen to two calls', '2099-12-10']]), '--kind', 'actions', '--as', org.leader.username);
    expect(code).to.equal(0);
    expect(output).to.contain('Due       2099-12-10').and.not.contain('asOf');
  });

  it('shows how it is used', async () => {
    const { code, output, errors } = await start('--help');
    expect([code, errors]).to.deep.equal([0, '']);
    expect(output).to.match(/^Usage: npm run import/).and.contain('actions, agents, interactions, notes, performance, presence');
  });

  it('says in plain words what is wrong', async () => {
    const wrong = async (file: Buffer, ...args: string[]) => {
      const { code, errors } = await run(file, ...args);
      expect(code).to.equal(1);
      expect(errors).not.to.contain('    at ').and.not.to.contain('/body/');
      return errors;
    };
    const file = callsSheet({});
    const kind = ['--kind', 'interactions'];
    const unknown = '01a22b95-ce24-711a-a3c4-c0be81cfbe90';
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
      undo('123').then(({ errors }) => errors),
      undo(unknown).then(({ errors }) => errors),
    ]);
    const kinds = 'actions, agents, interactions, notes, performance, presence';
    const expected = ['--kind is missing: say what the rows of', 'There is no option --colour.\n\nUsage:', 'PDF', `--kind must be one of ${kinds}, not “recipes”.\n`, 'There is no file /nowhere.json.\n', 'nobody', 'may not import', 'Blue, Green', 'is a folder, not a file.\n', 'There is no import 123.\n', `There is no import ${unknown}.\n`];
    for (const [n, words] of expected.entries()) expect(said[n]).to.contain(words);
  });
});
