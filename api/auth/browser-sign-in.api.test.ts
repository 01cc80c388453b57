import { expect } from 'chai';
import { parseSetCookie } from 'cookie';
import { systemPrincipal } from './principal.ts';
import { call, send } from '../../test/harness/calls.ts';
import type { Answer } from '../../test/harness/contract-checker.ts';
import { TEST_PASSWORD } from '../../test/harness/people.ts';
import { startWorld, type World } from '../../test/harness/world.ts';

interface Kept {
  readonly accessToken: string;
  readonly agent: { readonly id: number };
}

describe('A sign-in that a browser keeps', function () {
  this.timeout(30_000);
  let world: World;
  let ahead = 0;

  before(async () => {
    const clock = { now: () => new Date(Date.now() + ahead) };
    world = await startWorld('browser_sign_in', { JWT_EXPIRY: '15m', REFRESH_TOKEN_EXPIRY: '7d', PUBLIC_URL: 'https://desk.example.test' }, { clock });
  });
  after(() => world.close());

  const later = (seconds: number): void => void (ahead += seconds * 1000);
  const cookieOf = ({ headers }: Answer): string => (headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const signIn = async (Origin = world.app.url): Promise<Answer> => {
    const username = `browser_${world.next()}`;
    await world.app.people.create('cs', { username });
    return call(world.app, 'loginInBrowser', { as: null, headers: { Origin }, body: { username, password: TEST_PASSWORD } });
  };
  const refresh = (agentId: number, Cookie: string, Origin = world.app.url): Promise<Answer> =>
    call(world.app, 'refreshInBrowser', { as: null, headers: { Origin, Cookie }, body: { agentId } });
  const me = (token: string) => call(world.app, 'getMe', { as: { token } });
  const codeOf = ({ status, body }: Answer): unknown[] => [status, (body as { code: string }).code];

  it('has its refresh token in a cookie that no script, no other site and no other path is given', async () => {
    const answer = await signIn();
    const kept = answer.body as Kept;
    expect(Object.keys(kept)).to.have.members(['accessToken', 'tokenType', 'expiresIn', 'agent']);
    const cookie = parseSetCookie(answer.headers.get('set-cookie') ?? '');
    expect(cookie).to.include({ name: `__Secure-sideline_${kept.agent.id}`, path: '/api/auth', httpOnly: true, sameSite: 'strict', secure: true, maxAge: 7 * 86_400 });
    expect(answer.text).to.not.include(cookie.value);
  });

  it('goes on with the cookie, which is another one each time', async () => {
    const first = await signIn();
    const { agent } = first.body as Kept;
    const second = await refresh(agent.id, cookieOf(first));
    expect(second.status).to.equal(200);
    expect(cookieOf(second)).to.not.equal(cookieOf(first));
    expect((await me((second.body as Kept).accessToken)).body).to.nested.include({ 'agent.id': agent.id });
  });

  it('lives in two tabs that ask at once, and in whichever of the answers came last', async () => {
    for (const last of [0, 1]) {
      const first = await signIn();
      const { agent } = first.body as Kept;
      const both = await Promise.all([refresh(agent.id, cookieOf(first)), refresh(agent.id, cookieOf(first))]);
      expect(both.map(({ status }) => status)).to.deep.equal([200, 200]);
      later(3600);
      expect((await refresh(agent.id, cookieOf(both[last] as Answer))).status).to.equal(200);
    }
  });

  it('is over when one of two tokens goes on and the other turns up later: somebody copied it', async () => {
    const first = await signIn();
    const { agent } = first.body as Kept;
    const [mine, theirs] = [await refresh(agent.id, cookieOf(first)), await refresh(agent.id, cookieOf(first))];
    const on = await refresh(agent.id, cookieOf(theirs));
    expect(on.status).to.equal(200);
    later(31);
    expect(codeOf(await refresh(agent.id, cookieOf(mine)))).to.deep.equal([401, 'refresh_reused']);
    expect(codeOf(await me((on.body as Kept).accessToken))).to.deep.equal([401, 'session_ended']);
  });

  it('is over when a token is used again after half a minute', async () => {
    const first = await signIn();
    const { agent } = first.body as Kept;
    const second = await refresh(agent.id, cookieOf(first));
    later(31);
    expect(codeOf(await refresh(agent.id, cookieOf(first)))).to.deep.equal([401, 'refresh_reused']);
    expect(codeOf(await refresh(agent.id, cookieOf(second)))).to.deep.equal([401, 'refresh_invalid']);
  });

  it('is no other way in: not without the cookie, not as somebody else, not with the token of a program', async () => {
    const [first, other] = [await signIn(), await signIn()];
    const [mine, theirs] = [first, other].map((answer) => ({ id: (answer.body as Kept).agent.id, token: parseSetCookie(answer.headers.get('set-cookie') ?? '').value ?? '' }));
    const forged = `__Secure-sideline_${theirs?.id}=${mine?.token}`;
    for (const cookie of ['', 'sideline_1=x', forged]) expect(codeOf(await refresh(theirs?.id ?? 0, cookie)), cookie).to.deep.equal([401, 'refresh_invalid']);
    expect(codeOf(await call(world.app, 'refreshTokens', { as: null, body: { refreshToken: mine?.token } }))).to.deep.equal([401, 'refresh_invalid']);
    const username = `program_${world.next()}`;
    const { id } = await world.app.people.create('cs', { username });
    const program = await call(world.app, 'login', { as: null, body: { username, password: TEST_PASSWORD } });
    expect(codeOf(await refresh(id, `__Secure-sideline_${id}=${(program.body as { refreshToken: string }).refreshToken}`))).to.deep.equal([401, 'refresh_invalid']);
  });

  it('is for pages of this server alone, whichever of its names they were asked by', async () => {
    const first = await signIn('https://desk.example.test');
    expect(first.status).to.equal(200);
    const { agent } = first.body as Kept;
    for (const origin of ['https://evil.example.test', 'http://127.0.0.1:1', 'null', 'nonsense']) {
      expect(codeOf(await refresh(agent.id, cookieOf(first), origin)), origin).to.deep.equal([403, 'foreign_origin']);
      expect(codeOf(await signIn(origin)), origin).to.deep.equal([403, 'foreign_origin']);
    }
    expect(codeOf(await send(world.app, 'refreshInBrowser', { as: null, headers: { Cookie: cookieOf(first) }, body: { agentId: agent.id } }))).to.deep.equal([403, 'foreign_origin']);
    expect((await refresh(agent.id, cookieOf(first))).status, 'none of that used the token').to.equal(200);
  });

  it('ends by signing out, whichever tab of the person does it, and the cookie goes', async () => {
    const first = await signIn();
    const { agent, accessToken } = first.body as Kept;
    const program = await world.app.ctx.auth.login(systemPrincipal('test'), (await world.app.ctx.agents.get(agent.id)).username, TEST_PASSWORD);
    const out = await call(world.app, 'logout', { as: { token: program.accessToken }, headers: { Cookie: cookieOf(first) } });
    expect(parseSetCookie(out.headers.get('set-cookie') ?? '')).to.include({ name: `__Secure-sideline_${agent.id}`, value: '', maxAge: 0, path: '/api/auth' });
    for (const token of [accessToken, program.accessToken]) expect((await me(token)).status).to.equal(401);
    expect(codeOf(await refresh(agent.id, cookieOf(first)))).to.deep.equal([401, 'refresh_invalid']);
  });
});
