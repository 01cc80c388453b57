import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readEnv } from '../../config.ts';
import { sql } from '../../db/db.ts';
import { systemPrincipal } from '../../auth/principal.ts';
import { startTestApp, type TestApp } from '../../../test/harness/app.ts';
import { call } from '../../../test/harness/calls.ts';
import { fingerprint } from '../../../test/harness/fingerprint.ts';
import { TEST_PASSWORD } from '../../../test/harness/people.ts';
import { runProgram } from '../../../test/harness/programs.ts';
import { startSmtp, type TestSmtp } from '../../../test/harness/smtp.ts';

const SCRIPT = new URL('migrate-agents.cli.ts', import.meta.url).pathname;

/** As the mock system of the backend document answers. */
const legacy = (id: number, username: string, fields: object = {}) => ({
  id, username, email: `${username}@Legacy.test`, role: 'cs', isActive: true, lastLoginAt: '2024-05-01T08:00:00.000Z', createdAt: '2023-01-15 09:30:00', updatedAt: '2024-05-01T08:00:00.000Z',
  fullName: `Legacy ${username}`, avatar: 'https://cdn.example.test/a.png', phone: '+49 30 1234', department: 'Support', onlineStatus: 'online', currentTickets: 3, customerSatisfaction: 4.5, ...fields,
});

describe('npm run migrate:agents', function () {
  // Each run is a process of its own, and there are two dozen.
  this.timeout(180_000);
  let app: TestApp;
  let smtp: TestSmtp;
  let folder: string;

  before(async () => {
    smtp = await startSmtp();
    folder = await mkdtemp(join(tmpdir(), 'sideline-legacy-'));
  });
  beforeEach(async () => {
    smtp.mails.length = 0;
    app = await startTestApp('migrate_agents', { SMTP_URL: smtp.url, MAIL_FROM: 'coaching@desk.example.test' });
  });
  afterEach(() => app.close());
  after(async () => {
    await smtp.close();
    await rm(folder, { recursive: true });
  });

  async function run(content: unknown, args: readonly string[] = [], name = 'people.json', env: Record<string, string> = {}): Promise<{ code: number; said: string; error: string }> {
    const file = join(folder, name);
    await writeFile(file, typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content));
    const [secret] = app.config.auth.secrets;
    const given = { PATH: readEnv()['PATH'], NODE_ENV: 'test', DATABASE_URL: app.config.database.url, JWT_SECRET: secret?.secret, SMTP_URL: smtp.url, MAIL_FROM: 'coaching@desk.example.test', ...env };
    const { code, output, errors } = await runProgram([SCRIPT, file, ...args], given);
    return { code, said: output, error: errors };
  }
  const people = () => app.query(sql<Record<string, unknown>>`select id, username, email, role, is_active, full_name, department, phone, avatar, password_hash, must_change_password, joined_on::text, online_status, current_tickets from agents order by id`);

  it('brings people along under their ids, whatever the spelling of the fields, without inventing anything', async () => {
    const { department, ...snake } = { id: '12', username: 'Bob_2', email: 'bob@legacy.test', role: 'AGENT', is_active: false, full_name: 'Bob Björk', department: 'Sales & Co', created_at: '2022-03-04T00:00:00Z', avatar: 'javascript:alert(1)' };
    const { code, said, error } = await run({ data: [legacy(40, 'ada', { role: 'Team Leader' }), { ...snake, department }], meta: { total: 2 } });
    expect(code, said + error).to.equal(0);
    expect(await people()).to.deep.equal([
      { id: 12, username: 'Bob_2', email: 'bob@legacy.test', role: 'cs', is_active: false, full_name: 'Bob Björk', department: 'Sales & Co', phone: null, avatar: null, password_hash: '!', must_change_password: true, joined_on: '2022-03-04', online_status: 'offline', current_tickets: 0 },
      { id: 40, username: 'ada', email: 'ada@legacy.test', role: 'team_leader', is_active: true, full_name: 'Legacy ada', department: 'Support', phone: '+49 30 1234', avatar: 'https://cdn.example.test/a.png', password_hash: '!', must_change_password: true, joined_on: '2023-01-15', online_status: 'offline', current_tickets: 0 },
    ]);
    expect((await app.people.create('cs')).id, 'the next one is nobody’s').to.equal(41);
    expect(said).to.contain('2 new, 0 there already').and.to.contain('0 are mailed');
    expect(await app.query(sql`select type from outbox where type = 'agent_created'`)).to.have.length(3);
  });

  it('reads CSV as spreadsheets write it', async () => {
    const csv = '\ufeffid;username;email;role;full_name;department;is_active;phone\r\n7;carla;carla@legacy.test;cs;"Carla; the ""Great""";Support;yes;\r\n\r\n8;dan;dan@legacy.test;viewer;Dan Dare;Support;0;030 1\r\n';
    const { code, said, error } = await run(csv, [], 'people.csv');
    expect(code, said + error).to.equal(0);
    expect((await people()).map(({ id, full_name, is_active, phone }) => [id, full_name, is_active, phone])).to.deep.equal([[7, 'Carla; the "Great"', true, null], [8, 'Dan Dare', false, '030 1']]);
  });

  it('says in a dry run exactly what it then does, and writes nothing', async () => {
    const here = await app.people.create('cs', { username: 'here' });
    const file = [legacy(40, 'ada'), legacy(here.id, 'here', { email: here.email, fullName: here.fullName, department: 'Elsewhere' }), legacy(41, 'gone', { isActive: false })];
    const before = await fingerprint(app);
    const dry = await run(file, ['--dry-run', '--notify']);
    expect(dry.code).to.equal(0);
    expect(await fingerprint(app)).to.deep.equal(before);
    expect(dry.said).to.contain('Dry run').and.to.contain('department differ').and.to.contain('1 would be mailed');
    const real = await run(file, ['--notify']);
    const rows = (said: string): string[] => said.split('\n').filter((line) => line.startsWith('row'));
    expect(rows(real.said)).to.deep.equal(rows(dry.said));
    expect(rows(real.said)).to.have.length(3);
    expect(real.said).to.contain('1 are mailed');
    expect((await people()).map(({ username }) => username)).to.have.members(['here', 'ada', 'gone']);
  });

  it('run twice changes nothing and mails nobody twice', async () => {
    const file = [legacy(40, 'ada'), legacy(41, 'bob')];
    expect((await run(file)).code, 'first without mail').to.equal(0);
    expect((await run(file, ['--notify'])).said).to.contain('0 new, 2 there already').and.to.contain('2 are mailed');
    await app.ctx.mail.deliverDue();
    expect(smtp.mails.map(({ envelope }) => envelope.to[0]).sort()).to.deep.equal(['ada@legacy.test', 'bob@legacy.test']);
    await app.settled();
    // As retention leaves it after a month.
    await app.query(sql`delete from mails`);
    const before = await fingerprint(app);
    expect((await run(file, ['--notify'])).said).to.contain('0 new, 2 there already').and.to.contain('0 are mailed');
    expect(await fingerprint(app)).to.deep.equal(before);
  });

  it('lets people choose their first password with the link, and in no other way', async () => {
    await run([legacy(40, 'ada')], ['--notify']);
    for (const password of ['!', '', TEST_PASSWORD]) expect((await app.request().post('/api/auth/login').send({ username: 'ada', password })).status).to.be.oneOf([400, 401]);
    await app.ctx.mail.deliverDue();
    const token = /#token=([\w-]{43})/.exec(smtp.mails[0]?.text ?? '')?.[1] ?? '';
    expect(smtp.mails[0]?.text).to.contain('Your user name is ada').and.to.contain('7 days');
    expect((await call(app, 'resetPassword', { as: null, body: { token, password: TEST_PASSWORD } })).status).to.equal(200);
    const { agent } = await app.ctx.auth.login(systemPrincipal('test'), 'ada', TEST_PASSWORD);
    expect(agent.id).to.equal(40);
    expect((await run([legacy(40, 'ada')], ['--notify'])).said, 'who has a password needs no link').to.contain('0 are mailed');
  });

  it('names every clash, row by row, and then writes nothing at all', async () => {
    const otto = await app.people.create('cs', { username: 'otto', fullName: 'Otto Other' });
    const file = [
      legacy(otto.id, 'eve'),
      legacy(50, 'OTTO'),
      legacy(51, 'mail', { email: 'OTTO@example.test' }),
      legacy(52, 'twin'), legacy(53, 'TWIN', { email: 'other@legacy.test' }),
      legacy(54, 'same_id'), legacy(54, 'same_id_2'),
      legacy(55, 'a!', { email: 'nowhere', role: 'boss', department: '', fullName: 7 }),
      { username: 'no_id' },
      legacy(60, 'fine'),
    ];
    const before = await fingerprint(app);
    const { code, said } = await run(file, ['--notify']);
    expect(code).to.equal(1);
    const line = (row: number): string => said.split('\n').find((text) => text.startsWith(`row ${String(row).padStart(4)} `)) ?? '';
    expect(line(1)).to.contain('CLASH').and.to.contain('the id is that of Otto Other (otto)');
    expect(line(2)).to.contain('CLASH').and.to.contain('the user name is that of Otto Other (otto)');
    expect(line(3)).to.contain('CLASH').and.to.contain('the e-mail is that of Otto Other (otto)');
    expect(line(4)).to.contain('row 5 has the same user name');
    expect(line(5)).to.contain('row 4 has the same user name');
    expect(line(6)).to.contain('row 7 has the same id');
    for (const field of ['username', 'email', 'role', 'department']) expect(line(8)).to.contain('WRONG').and.to.contain(field);
    expect(line(9)).to.contain('id must be a whole number');
    expect(line(10)).to.contain('new');
    expect(said).to.contain('1 new, 0 there already, 9 that cannot be taken').and.to.contain('Nothing was written');
    expect(await fingerprint(app)).to.deep.equal(before);
  });

  it('refuses what it cannot read, and mail where there is none', async () => {
    expect((await run('{"data": 7}')).error).to.contain('array of people');
    expect((await run('[{')).error).to.contain('not JSON');
    expect((await run('[1]')).error).to.contain('array of people');
    expect((await run(new Uint8Array([0x5b, 0xff, 0x5d]))).error).to.contain('UTF-8');
    expect((await run('id,username\n1,"open', [], 'people.csv')).error).to.contain('not CSV');
    expect((await run([], ['--notfy'])).error).to.contain('--notfy').and.to.contain('Usage');
    expect((await run([legacy(1, 'ada')], ['--notify'], 'people.json', { SMTP_URL: '' })).error).to.contain('--notify needs SMTP_URL');
    expect(await people()).to.deep.equal([]);
  });
});
