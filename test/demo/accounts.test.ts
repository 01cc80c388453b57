import { expect } from 'chai';
import { systemPrincipal } from '../../api/auth/principal.ts';
import { ConfigError, toConfig } from '../../api/config.ts';
import { hashPassword } from '../../api/auth/passwords.ts';
import { sql } from '../../api/db/db.ts';
import { DEMO_PASSWORD } from '../../api/demo/story/people.ts';
import { installDemo, type DemoInstallation } from './demo-installation.ts';

describe('accounts of the demo', function () {
  this.timeout(60_000);
  let demo: DemoInstallation;
  const by = systemPrincipal('test');
  const signIn = async (username: string): Promise<number> => demo.ctx.auth.login(by, username, DEMO_PASSWORD).then(() => 200, (problem: { status: number }) => problem.status);

  before(async () => {
    demo = await installDemo('demo_accounts', new Date('2026-11-18T13:20:00Z'));
    expect(await demo.ctx.demo.settle(demo.config)).to.equal(true);
  });
  after(() => demo.close());

  it('never go with NODE_ENV=production', () => {
    const production = { NODE_ENV: 'production', JWT_SECRET: 'a-secret-of-more-than-thirty-two-bytes', DATABASE_URL: 'postgres://db/x' };
    expect(() => toConfig({ ...production, DEMO: 'on' })).to.throw(ConfigError, /DEMO/);
    expect(toConfig(production)).to.include({ demo: false, simulator: false });
  });

  it('keep production from starting on their database', async () => {
    const { ctx } = await demo.another({ DEMO: 'off' });
    const failure = await ctx.demo.settle({ demo: false, mode: 'production' }).catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(ConfigError);
    expect(String(failure)).to.match(/DATABASE_URL .*admin, manager, leader, agent, viewer/);
    expect(await signIn('leader')).to.equal(200);
  });

  it('are locked and signed out while the demo is off, except those with a password of their own', async () => {
    const { refreshToken } = await demo.ctx.auth.login(by, 'leader', DEMO_PASSWORD);
    await demo.query(sql`update agents set password_hash = ${await hashPassword('My-own-word-1')} where username = 'manager'`);
    const { ctx, config } = await demo.another({ DEMO: 'off' });
    expect(await ctx.demo.settle(config)).to.equal(false);
    for (const username of ['admin', 'leader', 'agent', 'viewer']) expect(await signIn(username), username).to.equal(401);
    const refused = await demo.ctx.auth.refresh(by, refreshToken).catch((problem: { status: number }) => problem.status);
    expect(refused).to.equal(401);
    await demo.ctx.auth.login(by, 'manager', 'My-own-word-1');
    // Nothing of theirs opens any door now.
    expect(await ctx.demo.settle({ demo: false, mode: 'production' })).to.equal(false);
  });

  it('open again with the demo', async () => {
    await demo.query(sql`delete from login_failures`);
    expect(await demo.ctx.demo.settle(demo.config)).to.equal(true);
    expect([await signIn('admin'), await signIn('leader')]).to.deep.equal([200, 200]);
    await demo.ctx.auth.login(by, 'manager', 'My-own-word-1');
  });
});
