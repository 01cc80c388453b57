import type { Scenarios } from './scenario.ts';

export const httpScenarios: Scenarios = {
  getMetrics: { valid: ({ org }) => ({ as: org.admin }) },
  getHealth: { valid: () => ({ as: null }) },
};
