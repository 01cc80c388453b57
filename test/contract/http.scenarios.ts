import type { Scenarios } from './scenario.ts';

export const httpScenarios: Scenarios = {
  getHealth: { valid: () => ({ as: null }) },
};
