import type { components } from '../http/contract.types.ts';
import { defineHandlers } from '../http/handler.ts';
import { presentDefinitions } from './definitions.presenter.ts';
import { presentDays, presentSummary } from './performance.presenter.ts';
import type { PerformanceService } from './performance.service.ts';

export type PerformanceOperations = 'getMetricDefinitions' | 'getAgentPerformance' | 'getAgentSummary';

/** @param rules what other rooms publish of theirs */
export const performanceRoutes = (performance: PerformanceService, rules: Pick<components['schemas']['MetricDefinitions'], 'priorityQueue' | 'effect' | 'preparation'>) => {
  const definitions = presentDefinitions(rules, performance.timezone);
  return defineHandlers<PerformanceOperations>({
    getMetricDefinitions: () => Promise.resolve({ status: 200, body: definitions }),
    getAgentPerformance: async ({ principal, params, query }) => {
      const days = await performance.daily(principal, params.id, query.from, query.to);
      return { status: 200, body: presentDays(params.id, days) };
    },
    getAgentSummary: async ({ principal, params, query }) => {
      const summary = await performance.summary(principal, params.id, query.asOf);
      return { status: 200, body: presentSummary(summary) };
    },
  });
};
