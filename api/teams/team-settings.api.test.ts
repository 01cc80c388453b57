import { expect } from 'chai';
import { systemPrincipal } from '../auth/principal.ts';
import { sql } from '../db/db.ts';
import { DEFAULT_TEAM_SETTINGS } from '../performance/team-settings.ts';
import { call } from '../../test/harness/calls.ts';
import { until } from '../../test/harness/until.ts';
import { startWorld, type World } from '../../test/harness/world.ts';

describe('Team settings', function () {
  this.timeout(30_000);
  let world: World;

  before(async () => {
    world = await startWorld('team_settings');
  });
  after(() => world.close());

  it('name the person who saved the version in force, and nobody while the defaults are', async () => {
    const { app, org } = world;
    const request = { as: org.leader, params: { id: org.team.id } };
    const before = await call(app, 'getTeamSettings', request);
    expect(before.body).to.include({ version: 0, updatedAt: null, updatedBy: null });
    await call(app, 'updateTeamSettings', { ...request, as: org.manager, body: { ...DEFAULT_TEAM_SETTINGS, cadenceDays: 14 } });
    const { body } = await call(app, 'getTeamSettings', request);
    expect(body).to.deep.include({ version: 1, updatedBy: { id: org.manager.id, name: org.manager.row.fullName } });
  });

  it('are changed while people come into the team, and nobody waits in a circle', async () => {
    const { app, org } = world;
    let change: ReturnType<typeof call> | undefined;
    await app.ctx.uow.write(systemPrincipal('test'), async (tx) => {
      // Of a circle it would hear after a second.
      await tx.run(sql`set local lock_timeout = '500ms'`);
      await tx.run(sql`select 1 from agents where id = ${org.agent.id} for no key update`);
      // It holds the team, and announces its people: this one among them.
      change = call(app, 'updateTeamSettings', { as: org.admin, params: { id: org.team.id }, body: { ...DEFAULT_TEAM_SETTINGS, peerFigures: 'hidden' } });
      await until(async () => (await tx.rows(sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)).length > 0);
      for (const team of [org.otherTeam, org.team]) await tx.run(sql`update agents set team_id = ${team.id} where id = ${org.agent.id}`);
    });
    expect((await change)?.status).to.equal(200);
  });
});
