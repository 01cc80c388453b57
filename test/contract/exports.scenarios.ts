import { parse } from 'csv-parse/sync';
import { uuidOfNobody, type Scenarios } from './scenario.ts';

export const exportsScenarios: Scenarios = {
  exportRows: {
    valid: async (world) => {
      await world.note(world.org.agent.id);
      return { as: world.org.leader, params: { kind: 'notes' }, query: { format: 'csv', from: '2020-01-01', to: '2099-12-31', agentId: world.org.agent.id } };
    },
    cases: [
      { status: 400, when: 'the days are the wrong way round', request: ({ org }) => ({ as: org.leader, params: { kind: 'metrics' }, query: { from: '2026-02-02', to: '2026-02-01' } }) },
      { status: 200, when: 'nothing is found', request: ({ org }) => ({ as: org.agent, params: { kind: 'sessions' }, query: { format: 'csv', teamId: uuidOfNobody } }) },
      { status: 200, when: 'everybody is asked for by somebody who sees the directory', request: ({ org }) => ({ as: org.agent, params: { kind: 'agents' }, query: { format: 'csv' } }) },
      { status: 200, when: 'what is to be done is asked for', request: ({ org }) => ({ as: org.leader, params: { kind: 'actions' }, query: { format: 'csv', from: '2026-01-01' } }) },
      { status: 200, when: 'a workbook is asked for', request: ({ org }) => ({ as: org.manager, params: { kind: 'interactions' } }) },
    ],
    list: {
      add: (world, agentId) => world.interaction(agentId),
      params: { kind: 'interactions' },
      query: { format: 'csv' },
      peopleIn: (body) => parse<{ 'Agent id': string }>(String(body), { bom: true, columns: true }).map((row) => Number(row['Agent id'])),
    },
  },
};
