import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { call } from '../../test/harness/calls.ts';
import { startWorld, type World } from '../../test/harness/world.ts';
import { systemPrincipal } from '../auth/principal.ts';
import { toProblem } from '../http/error-handler.ts';
import { sql } from './db.ts';

const BY = systemPrincipal('test');
const TIMEOUT_MS = 400;

/** Many who want the same rows: nobody is told that something went wrong, for nothing did. */
describe('A write that others stand in the way of', function () {
  this.timeout(30_000);
  let world: World;

  before(async () => {
    world = await startWorld('in_the_way', { DATABASE_TIMEOUT: String(TIMEOUT_MS) });
  });
  after(() => world.close());

  /** As somebody's request would be answered that ended so. */
  const statusOf = (work: Promise<unknown>): Promise<number> => work.then(() => 200, (error: unknown) => toProblem(error).status);

  it('for too long is answered with 503: the same may well be done in a moment', async () => {
    const { app, org } = world;
    await app.ctx.uow.write(BY, async (tx) => {
      await tx.run(sql`set local idle_in_transaction_session_timeout = 0`);
      await tx.run(sql`select 1 from teams where id = ${org.team.id} for update`);
      const answer = await call(app, 'updateTeam', { as: org.admin, params: { id: org.team.id }, body: { name: 'Too late' } });
      expect([answer.status, answer.headers.get('retry-after')]).to.deep.equal([503, '2']);
    });
    expect((await call(app, 'updateTeam', { as: org.admin, params: { id: org.team.id }, body: { name: 'In time' } })).status).to.equal(200);
  });

  it('in a circle is tried anew, several times, and answered with 503 then', async () => {
    let times = 0;
    const circle = world.app.ctx.uow.write(BY, async (tx) => {
      times += 1;
      await tx.run(sql`do $$ begin raise exception 'a circle' using errcode = '40P01'; end $$`);
    });
    expect([await statusOf(circle), times]).to.deep.equal([503, 5]);
  });

  it('and that is ended for its own long silence is answered with 503', async () => {
    const silent = world.app.ctx.uow.write(BY, async (tx) => {
      await tx.run(sql`select 1`);
      await sleep(2 * TIMEOUT_MS);
      await tx.run(sql`select 1`);
    });
    expect(await statusOf(silent)).to.equal(503);
  });
});
