import { DEFAULT_TEAM_SETTINGS } from '../../api/performance/team-settings.ts';
import type { Call } from '../harness/calls.ts';
import type { World } from '../harness/world.ts';
import type { Scenarios } from './scenario.ts';

/** Two colleagues of a team that hides its figures; the first asks for the second's. */
async function peerOfHidden(world: World): Promise<Call> {
  const { people, ctx } = world.app;
  const team = await people.team(`Hidden ${world.next()}`);
  await ctx.teams.updateSettings(await world.principal(world.org.admin), team.id, { ...DEFAULT_TEAM_SETTINGS, peerFigures: 'hidden' });
  return { as: await people.person('cs', { teamId: team.id, username: `curious_${world.next()}` }), params: { id: await world.someone('cs', team.id) } };
}

export const performanceScenarios: Scenarios = {
  getMetricDefinitions: { valid: ({ org }) => ({ as: org.viewer }) },
  getAgentPerformance: {
    valid: ({ org }) => ({ as: org.leader, params: { id: org.agent.id }, query: { from: '2026-01-01', to: '2026-01-31' } }),
    cases: [{ status: 403, when: 'the team hides its figures from peers', request: peerOfHidden }],
    about: { request: (_world, { id }) => ({ params: { id } }) },
  },
  getAgentSummary: {
    valid: ({ org }) => ({ as: org.agent, params: { id: org.agent.id } }),
    cases: [{ status: 403, when: 'the team hides its figures from peers', request: peerOfHidden }],
    about: { request: (_world, { id }) => ({ params: { id } }) },
  },
};
