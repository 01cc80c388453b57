import { defineHandlers } from '../http/handler.ts';
import { presentQueue } from './priority-queue.presenter.ts';
import type { PriorityQueueService } from './priority-queue.service.ts';
import type { SnoozesService } from './snoozes.service.ts';

export type PriorityQueueOperations = 'getPriorityQueue' | 'getQueueEvidence' | 'snoozeAgent' | 'wakeAgent';

export const priorityQueueRoutes = (queue: PriorityQueueService, snoozes: SnoozesService) =>
  defineHandlers<PriorityQueueOperations>({
    getPriorityQueue: async ({ principal, query: { page = 1, limit = 50, ...request } }) => {
      return { status: 200, body: presentQueue(await queue.queue(principal, request), page, limit) };
    },
    getQueueEvidence: async ({ principal, params, query }) => {
      const { rows, moment } = await queue.evidence(principal, params.agentId, query.kind, query.asOf);
      return { status: 200, body: { data: rows, meta: { total: rows.length, asOf: moment.asOf } } };
    },
    snoozeAgent: async ({ principal, params, body }) => {
      const snooze = await snoozes.snooze(principal, params.agentId, body);
      return { status: 201, body: snooze };
    },
    wakeAgent: async ({ principal, params }) => {
      await snoozes.wake(principal, params.agentId);
      return { status: 204, body: undefined };
    },
  });
