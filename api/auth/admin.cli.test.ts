import { expect } from 'chai';
import { sql } from '../db/db.ts';
import { startTestApp, type TestApp } from '../../test/harness/app.ts';
import { runProgram, type Ended } from '../../test/harness/programs.ts';
import { readEnv } from '../config.ts';

const SCRIPT = new URL('admin.cli.ts', import.meta.url).pathname;
const PASSWORD = 'Correct-Horse-1';

describe('npm run admin:create', function () {
  this.timeout(60_000);
  let app: TestApp;

  before(async () => {
    app = await startTestApp('admin_cli');
  });
  after(() => app.close());

  const create = (args: readonly string[], input: string): Promise<Ended> =>
    runProgram([SCRIPT, ...args], { PATH: readEnv()['PATH'], NODE_ENV: 'test', DATABASE_URL: app.config.database.url, JWT_SECRET: 'x1'.repeat(20) }, input);
  const person = ['--username', 'ada', '--email', 'Ada@example.test', '--name', 'Ada Admin'];
  const people = () => app.query(sql<{ username: string; role: string }>`select username, role from agents`);

  it('refuses nonsense field by field and creates nobody', async () => {
    const { code, errors } = await create(['--username', 'a!', '--email', 'nowhere', '--name', ' '], 'short\n');
    expect(code).to.equal(1);
    for (const field of ['username', 'email', 'name', 'password']) expect(errors).to.match(new RegExp(`^${field} (must|has|is) `, 'm'));
    expect(errors).to.not.contain('short');
    expect(await people()).to.deep.equal([]);
  });

  it('does not take a password from the command line', async () => {
    const { code, errors } = await create([...person, '--password', PASSWORD], `${PASSWORD}\n`);
    expect(code).to.equal(1);
    expect(errors).to.contain("'--password'").and.to.contain('Usage');
    expect((await create([PASSWORD, ...person], `${PASSWORD}\n`)).code).to.equal(1);
    expect(await people()).to.deep.equal([]);
  });

  it('says what is missing where nobody can be asked', async () => {
    const { code, errors } = await create(['--username', 'ada'], `${PASSWORD}\n`);
    expect(code).to.equal(1);
    expect(errors).to.contain('--email is missing');
    expect((await create(person, '')).code).to.equal(1);
  });

  it('creates the first administrator, who can sign in at once', async () => {
    const { code, output } = await create(person, `${PASSWORD}\n`);
    expect(code).to.equal(0);
    expect(output).to.contain('Ada Admin (ada)').and.to.not.contain(PASSWORD);
    expect(await people()).to.deep.equal([{ username: 'ada', role: 'admin' }]);
    await app.request().post('/api/auth/login').send({ username: 'ada@example.test', password: PASSWORD }).expect(200);
    const audit = await app.query(sql`select 1 from audit_log where action = 'agent.create' and actor_id = 'terminal'`);
    expect(audit).to.have.length(1);
  });

  it('refuses a second one', async () => {
    const { code, errors } = await create(['--username', 'eve', '--email', 'eve@example.test', '--name', 'Eve Second'], `${PASSWORD}\n`);
    expect(code).to.equal(1);
    expect(errors).to.contain('already: ada');
    expect(await people()).to.have.length(1);
  });

  it('does not count one who cannot sign in', async () => {
    await app.query(sql`update agents set is_active = false`);
    expect((await create(['--username', 'eve', '--email', 'eve@example.test', '--name', 'Eve Second'], `${PASSWORD}\n`)).code).to.equal(0);
  });
});
