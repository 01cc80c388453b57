import type { Scenarios } from './scenario.ts';

const tomorrow = (): string => new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);

export const fairnessScenarios: Scenarios = {
  getFairness: {
    valid: ({ org }) => ({ as: org.leader, query: { from: '2026-01-01', to: '2026-03-31', teamId: org.team.id } }),
    cases: [
      { status: 400, when: 'the period ends in the future', request: ({ org }) => ({ as: org.leader, query: { to: tomorrow() } }) },
      { status: 400, when: 'the period is longer than a year', request: ({ org }) => ({ as: org.leader, query: { from: '2024-01-01', to: '2026-03-31' } }) },
      { status: 404, when: 'the team is another leader’s', request: ({ org }) => ({ as: org.leader, query: { teamId: org.otherTeam.id } }) },
    ],
    about: { request: (_world, { teamId }) => ({ query: { teamId } }) },
  },
  listFairnessRows: {
    valid: ({ org }) => ({ as: org.leader, query: { kind: 'people', teamId: org.team.id } }),
    cases: [
      { status: 400, when: 'the period is the wrong way round', request: ({ org }) => ({ as: org.leader, query: { kind: 'held', from: '2026-03-31', to: '2026-01-01' } }) },
      { status: 404, when: 'the team is another leader’s', request: ({ org }) => ({ as: org.leader, query: { kind: 'held', teamId: org.otherTeam.id } }) },
    ],
    about: { request: (_world, { teamId }) => ({ query: { kind: 'correction', teamId } }) },
  },
};
