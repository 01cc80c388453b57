import { expect } from 'chai';
import { DEFAULT_TEAM_SETTINGS } from '../performance/team-settings.ts';
import { call } from '../../test/harness/calls.ts';
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
});
