import { defineHandlers, etag, expectedVersion, pageMeta } from '../http/handler.ts';
import { presentAbsence } from './absence.presenter.ts';
import type { AbsencesService } from './absences.service.ts';
import { peerOf, presentAgent, presentAgentTo } from './agent.presenter.ts';
import type { AgentsService } from './agents.service.ts';

export type AgentsOperations =
  | 'listAgents' | 'searchAgents' | 'getAgent' | 'createAgent' | 'updateAgent'
  | 'bulkUpdateAgents' | 'deleteAgent' | 'getAgentStats' | 'listDepartments'
  | 'listAbsences' | 'createAbsence' | 'deleteAbsence';

export const agentsRoutes = (agents: AgentsService, absences: AbsencesService) =>
  defineHandlers<AgentsOperations>({
    listAgents: async ({ principal, query }) => {
      const page = { page: query.page ?? 1, limit: query.limit ?? 20 };
      const { value: { rows, total }, hit } = await agents.listRemembered({ ...query, peer: peerOf(principal) }, page);
      return { status: 200, body: { data: rows.map((row) => presentAgentTo(principal, row)), meta: pageMeta(total, page.page, page.limit) }, headers: xCache(hit) };
    },
    searchAgents: async ({ principal, query: { q, page = 1, limit = 20, ...filters } }) => {
      const { rows, total } = await agents.search(q, { ...filters, peer: peerOf(principal) }, { page, limit });
      return { status: 200, body: { data: rows.map((row) => presentAgentTo(principal, row)), meta: pageMeta(total, page, limit) } };
    },
    getAgent: async ({ principal, params }) => {
      const row = await agents.get(params.id);
      return { status: 200, body: presentAgentTo(principal, row), headers: etag(row.version) };
    },
    createAgent: async ({ principal, body }) => {
      const row = await agents.create(principal, body);
      return { status: 201, body: presentAgent(row), headers: { ...etag(row.version), Location: `/api/agents/${row.id}` } };
    },
    updateAgent: async ({ principal, params, body, headers }) => {
      const row = await agents.update(principal, params.id, body, expectedVersion(headers));
      return { status: 200, body: presentAgentTo(principal, row), headers: etag(row.version) };
    },
    bulkUpdateAgents: async ({ principal, body }) => {
      const { updated, errors } = await agents.updateMany(principal, body.agentIds, body.updates);
      return { status: 200, body: { success: errors.length === 0, updated, errors: [...errors] } };
    },
    deleteAgent: async ({ principal, params }) => {
      const { fullName } = await agents.deactivate(principal, params.id);
      return { status: 200, body: { success: true, message: `${fullName} is deactivated.` } };
    },
    getAgentStats: async () => {
      const { value, hit } = await agents.stats();
      return { status: 200, body: value, headers: xCache(hit) };
    },
    listDepartments: async () => {
      const { value, hit } = await agents.departments();
      return { status: 200, body: { data: value }, headers: xCache(hit) };
    },
    listAbsences: async ({ principal, params, query }) => {
      const page = { page: query.page ?? 1, limit: query.limit ?? 20 };
      const { rows, total } = await absences.list(principal, params.id, page);
      return { status: 200, body: { data: rows.map(presentAbsence), meta: pageMeta(total, page.page, page.limit) } };
    },
    createAbsence: async ({ principal, params, body }) => ({ status: 201, body: presentAbsence(await absences.create(principal, params.id, body)) }),
    deleteAbsence: async ({ principal, params }) => {
      await absences.remove(principal, params.id, params.absenceId);
      return { status: 204, body: undefined };
    },
  });

const xCache = (hit: boolean): Record<string, string> => ({ 'X-Cache': hit ? 'HIT' : 'MISS' });
