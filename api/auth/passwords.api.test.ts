import { expect } from 'chai';
import { sql } from '../db/db.ts';
import { call, send } from '../../test/harness/calls.ts';
import { TEST_PASSWORD } from '../../test/harness/people.ts';
import { startSmtp, type TestSmtp } from '../../test/harness/smtp.ts';
import { startWorld, type World } from '../../test/harness/world.ts';
import { systemPrincipal } from './principal.ts';
import { newSecret } from './tokens.ts';

const system = systemPrincipal('test');
const NEW = 'Another-Horse-2';

/** A clock that tests turn. */
class TestClock {
  #ahead = 0;
  now(): Date {
    return new Date(Date.now() + this.#ahead);
  }
  forward(seconds: number): void {
    this.#ahead += seconds * 1000;
  }
}

describe('Passwords', function () {
  this.timeout(30_000);
  const clock = new TestClock();
  let smtp: TestSmtp;
  let world: World;

  before(async () => {
    smtp = await startSmtp();
    world = await startWorld('passwords', { SMTP_URL: smtp.url, MAIL_FROM: 'coaching@desk.example.test', PUBLIC_URL: 'https://desk.example.test' }, { clock });
  });
  after(async () => {
    await world.close();
    await smtp.close();
  });
  const postbox = async (): Promise<void> => {
    await world.app.ctx.mail.deliverDue();
    smtp.mails.length = 0;
  };
  beforeEach(postbox);

  const person = async () => {
    const username = `forgets_${world.next()}`;
    const row = await world.app.people.create('cs', { username, fullName: `Zoë Forgets` });
    return { id: row.id, username, email: row.email };
  };
  const login = (username: string, password: string) => call(world.app, 'login', { as: null, body: { username, password } });
  const signIn = async (username: string, password = TEST_PASSWORD): Promise<string> => ((await login(username, password)).body as { accessToken: string }).accessToken;
  const me = async (token: string): Promise<number> => (await call(world.app, 'getMe', { as: { token } })).status;
  const forgot = (usernameOrEmail: string) => call(world.app, 'forgotPassword', { as: null, body: { usernameOrEmail } });
  const reset = (token: string, password = NEW) => call(world.app, 'resetPassword', { as: null, body: { token, password } });
  /** What the worker does. */
  async function work(login: string): Promise<void> {
    await world.app.ctx.passwords.sendForgotten(login);
    await world.app.ctx.mail.deliverDue();
  }
  const tokenIn = (text: string | undefined): string => /https:\/\/desk\.example\.test\/reset#token=([\w-]{43})/.exec(text ?? '')?.[1] ?? '';
  async function mailedToken(login: string): Promise<string> {
    await postbox();
    await work(login);
    return tokenIn(smtp.mails[0]?.text);
  }

  it('that are forgotten are chosen anew with the link that comes by mail, which works once', async () => {
    const { username, email } = await person();
    const [before, elsewhere] = [await signIn(username), await signIn(username)];
    expect((await forgot(email.toUpperCase())).status).to.equal(202);
    const token = await mailedToken(email.toUpperCase());
    expect(smtp.mails[0]?.envelope.to).to.deep.equal([email]);
    expect(tokenIn(smtp.mails[0]?.html)).to.equal(token);
    expect((await login(username, TEST_PASSWORD)).status, 'until then the old one works').to.equal(200);
    expect((await reset(token)).status).to.equal(200);
    expect((await login(username, TEST_PASSWORD)).status).to.equal(401);
    expect((await login(username, NEW)).status).to.equal(200);
    expect([await me(before), await me(elsewhere)], 'every sign-in has ended').to.deep.equal([401, 401]);
    expect((await reset(token, 'Third-Horse-3')).status, 'a second time').to.equal(401);
    await world.app.ctx.mail.deliverDue();
    expect(smtp.mails.at(-1)?.subject).to.equal('Your Sideline password was changed');
  });

  it('follow the e-mail address, and the former one is told that they do', async () => {
    const { id, username, email } = await person();
    const token = await signIn(username);
    const change = (body: Record<string, unknown>) => world.app.request(token).put(`/api/agents/${id}`).send(body).expect(200);
    await change({ email: `new.${email}` });
    await change({ email: `NEW.${email}`, phone: '+49 30 1234' });
    await world.app.ctx.mail.deliverDue();
    expect(smtp.mails.map(({ subject, envelope }) => [subject, envelope.to])).to.deep.equal([['Your Sideline e-mail address was changed', [email]]]);
  });

  it('are asked for in the same words and by the same steps, whoever is meant', async () => {
    const { username, id } = await person();
    const gone = await person();
    await world.app.query(sql`update agents set is_active = false where id = ${gone.id}`);
    const count = () => world.app.query(sql<{ n: string }>`select (select count(*) from outbox) || '/' || (select count(*) from audit_log) || '/' || (select count(*) from one_time_tokens) || '/' || (select count(*) from mails) as n`);
    const answers: string[] = [];
    for (const name of [username, gone.username, `nobody_${world.next()}`, "' or 1=1 --", '%', 'İ'.repeat(255)]) {
      const [before] = await count();
      const { status, body } = await forgot(name);
      const [after] = await count();
      const steps = (after?.n ?? '').split('/').map((n, i) => Number(n) - Number(before?.n.split('/')[i]));
      answers.push(JSON.stringify({ status, body, steps }));
      await world.app.ctx.passwords.sendForgotten(name);
    }
    expect(new Set(answers).size, answers.join('\n')).to.equal(1);
    expect(await world.app.query(sql`select agent_id from one_time_tokens where agent_id = any(${[id, gone.id]})`)).to.deep.equal([{ agent_id: id }]);
  });

  it('are mailed at most three links an hour, whoever asks', async () => {
    const { username } = await person();
    for (let i = 0; i < 6; i++) await work(username);
    expect(smtp.mails).to.have.length(3);
    clock.forward(3601);
    await work(username);
    expect(smtp.mails).to.have.length(4);
  });

  it('cannot be set by a link that is old, another’s kind, guessed, or of somebody who has gone', async () => {
    const { username, id } = await person();
    const token = await mailedToken(username);
    clock.forward(3599);
    const { app } = world;
    for (const guess of [newSecret(), token.slice(0, -1), `${token}A`, token.toLowerCase(), token.split('').reverse().join('')]) expect((await reset(guess)).status, guess).to.equal(401);
    await app.query(sql`update agents set is_active = false where id = ${id}`);
    expect((await reset(token)).status).to.equal(401);
    await app.query(sql`update agents set is_active = true where id = ${id}`);
    clock.forward(2);
    expect((await reset(token)).status, 'an hour and a second').to.equal(401);
    const setup = newSecret();
    await app.query(sql`insert into one_time_tokens (token_hash, purpose, agent_id, expires_at) values (sha256(${setup}::bytea), 'setup', ${id}, now() + interval '90 days')`);
    expect((await reset(setup)).status).to.equal(401);
    expect((await login(username, TEST_PASSWORD)).status).to.equal(200);
  });

  it('are set by one of many who use a link at once', async () => {
    const { username } = await person();
    const token = await mailedToken(username);
    const statuses = (await Promise.all(Array.from({ length: 6 }, (_, i) => reset(token, `Horse-Number-${i}`)))).map(({ status }) => status);
    expect(statuses.sort()).to.deep.equal([200, 401, 401, 401, 401, 401]);
  });

  it('that are set close every other link', async () => {
    const { username } = await person();
    const [one, two] = [await mailedToken(username), await mailedToken(username)];
    expect((await reset(two)).status).to.equal(200);
    expect((await reset(one)).status).to.equal(401);
  });

  it('that are set unlock whoever had guessed too often', async () => {
    const { username } = await person();
    for (let i = 0; i < 6; i++) await login(username, 'Wrong-Horse-1');
    expect((await login(username, TEST_PASSWORD)).status).to.equal(429);
    expect((await reset(await mailedToken(username))).status).to.equal(200);
    expect((await login(username, NEW)).status).to.equal(200);
  });

  it('are changed by who knows the current one; other sign-ins end, this one goes on', async () => {
    const { username, id } = await person();
    const [here, there] = [await signIn(username), await signIn(username)];
    const link = await mailedToken(username);
    const change = (token: string, currentPassword: string, newPassword = NEW) => call(world.app, 'changePassword', { as: { token }, body: { currentPassword, newPassword } });
    const wrong = await change(here, 'Wrong-Horse-1');
    expect([wrong.status, (wrong.body as { details: { path: string }[] }).details[0]?.path]).to.deep.equal([422, '/body/currentPassword']);
    expect((await change(here, TEST_PASSWORD)).status).to.equal(200);
    expect([await me(here), await me(there)]).to.deep.equal([200, 401]);
    expect((await login(username, NEW)).status).to.equal(200);
    expect((await reset(link)).status, 'a link from before').to.equal(401);
    const actions = await world.app.query(sql<{ action: string; actor: string }>`select action, actor_id as actor from audit_log where target_type = 'agent' and target_id = ${String(id)} and action like 'auth.password%' order by at, id`);
    expect(actions.map(({ action }) => action)).to.deep.equal(['auth.password_link', 'auth.password_failed', 'auth.password_change']);
    expect(actions.at(-1)?.actor).to.equal(String(id));
  });

  it('cannot be guessed with a stolen sign-in either', async () => {
    const { username } = await person();
    const token = await signIn(username);
    const guess = () => call(world.app, 'changePassword', { as: { token }, body: { currentPassword: 'Wrong-Horse-1', newPassword: NEW } });
    for (let i = 0; i < 5; i++) expect((await guess()).status).to.equal(422);
    expect((await guess()).status).to.equal(429);
    expect((await login(username, TEST_PASSWORD)).status, 'one count for both doors').to.equal(429);
  });

  it('that must be changed open nothing but the change', async () => {
    const { username, id } = await person();
    const old = await signIn(username);
    const answer = await call(world.app, 'sendPasswordLink', { as: world.org.admin, params: { id }, body: { mustChange: true } });
    expect(answer.body).to.include({ sent: true, link: null });
    expect(await me(old)).to.equal(401);
    const refused = await login(username, TEST_PASSWORD);
    expect(refused.status).to.equal(403);
    expect(refused.body).to.include({ code: 'password_change_required' }).and.to.not.have.any.keys('accessToken', 'refreshToken');
    const { resetToken } = refused.body as { resetToken: string };
    expect(await me(resetToken), 'it is no access token').to.equal(401);
    expect((await send(world.app, 'login', { as: null, body: { username, password: 'Wrong-Horse-1' } })).text).to.not.contain('resetToken');
    expect((await reset(resetToken)).status).to.equal(200);
    expect((await login(username, NEW)).status).to.equal(200);
  });

  it('are the administrator’s to let choose: by mail, or by a link that is shown once', async () => {
    const { id, email } = await person();
    const mailed = await call(world.app, 'sendPasswordLink', { as: world.org.admin, params: { id } });
    expect(mailed.body).to.include({ sent: true, link: null });
    await world.app.ctx.mail.deliverDue();
    expect(smtp.mails.map(({ envelope }) => envelope.to)).to.deep.equal([[email]]);
    await world.app.query(sql`update agents set email = 'somebody@imported.invalid', password_hash = '!' where id = ${id}`);
    const shown = (await call(world.app, 'sendPasswordLink', { as: world.org.admin, params: { id } })).body as { sent: boolean; link: string };
    expect(shown.sent).to.equal(false);
    expect((await reset(tokenIn(shown.link))).status).to.equal(200);
    expect((await login('somebody@imported.invalid', NEW)).status).to.equal(200);
  });

  it('leave their links in no table and no event', async () => {
    const { username } = await person();
    const token = await mailedToken(username);
    const tables = await world.app.query(sql<{ name: string }>`select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind = 'r'`);
    for (const { name } of tables) {
      const rows = await world.app.query(sql<{ text: string }>`select t::text as text from ${sql.table(name)} t`);
      expect(rows.filter(({ text }) => text.includes(token)), name).to.deep.equal([]);
    }
  });

  it('changed while somebody signs in with the old one do not let them in', async () => {
    const { username } = await person();
    const token = await mailedToken(username);
    for (let i = 0; i < 3; i++) {
      const [signedIn] = await Promise.all([login(username, TEST_PASSWORD), i === 0 ? reset(token) : undefined]);
      if (signedIn.status === 200) expect(await me((signedIn.body as { accessToken: string }).accessToken), 'a sign-in from before').to.equal(i === 0 ? 401 : 200);
      else expect(signedIn.status).to.equal(401);
    }
  });
});

describe('Passwords of an installation without mail', function () {
  this.timeout(30_000);
  let world: World;

  before(async () => {
    world = await startWorld('passwords_no_mail');
  });
  after(() => world.close());

  it('are forgotten with the advice to ask an administrator, who gets the link', async () => {
    const { app, org } = world;
    const { body } = await call(app, 'forgotPassword', { as: null, body: { usernameOrEmail: org.agent.username } });
    expect((body as { message: string }).message).to.contain('ask an administrator');
    await app.ctx.passwords.sendForgotten(org.agent.username);
    const { body: handed } = await call(app, 'sendPasswordLink', { as: org.admin, params: { id: org.agent.id } });
    expect(handed).to.include({ sent: false });
    expect((handed as { link: string }).link).to.match(/^http:\/\/.*\/reset#token=[\w-]{43}$/);
    const twice = await app.ctx.passwords.issueFor(system, org.agent.id, false);
    expect(twice.link).to.not.equal((handed as { link: string }).link);
  });
});
