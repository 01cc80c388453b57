import { expect } from 'chai';
import { SignInEnded, Tokens, type TokenReason } from './tokens.ts';

/** A token that was issued at `iat` and lives so many seconds; nobody checks its signature here. */
function jwt(iat: number, lifetime: number, id = 0): string {
  const payload = Buffer.from(JSON.stringify({ iat, exp: iat + lifetime, id })).toString('base64url');
  return `header.${payload}.signature`;
}

const seconds = (): number => Math.floor(Date.now() / 1000);

describe('Tokens', () => {
  it('asks once however many ask at the same time, and remembers the answer', async () => {
    const asked: TokenReason[] = [];
    const tokens = new Tokens(async (reason) => {
      asked.push(reason);
      return jwt(seconds(), 600);
    });
    await Promise.all([tokens.get(), tokens.get(), tokens.get()]);
    await tokens.get();
    expect(asked).to.deep.equal(['start']);
  });

  it('renews a token shortly before it ends', async () => {
    let id = 0;
    const tokens = new Tokens(async () => jwt(seconds(), id++ === 0 ? 5 : 600, id));
    const first = await tokens.get();
    expect(await tokens.get()).to.not.equal(first);
  });

  it('trusts a token’s lifetime, not this machine’s clock', async () => {
    const asked: TokenReason[] = [];
    const tokens = new Tokens(async (reason) => {
      asked.push(reason);
      return jwt(seconds() - 86_400, 600); // this machine is a day ahead of the server
    });
    await tokens.get();
    await tokens.get();
    expect(asked).to.deep.equal(['start']);
  });

  it('gives a refused token back only once: another answer may have renewed it meanwhile', async () => {
    let id = 0;
    const tokens = new Tokens(async () => `opaque-${id++}`);
    const refused = await tokens.get();
    const renewed = await tokens.renew(refused);
    expect(await tokens.renew(refused)).to.equal(renewed);
    expect(id).to.equal(2);
  });

  it('ends when there is no other token to be had', async () => {
    const tokens = new Tokens(async () => 'always-the-same');
    const refused = await tokens.get();
    expect(await tokens.renew(refused).catch((error: unknown) => error)).to.be.instanceOf(SignInEnded);
  });

  it('does not take a lost network for an ended sign-in', async () => {
    const tokens = new Tokens(() => Promise.reject(new TypeError('Failed to fetch')));
    expect(await tokens.get().catch((error: unknown) => error)).to.be.instanceOf(TypeError);
    const refused = new Tokens(() => Promise.reject(new Error('the host said no')));
    expect(await refused.get().catch((error: unknown) => error)).to.be.instanceOf(SignInEnded);
  });
});
