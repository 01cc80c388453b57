import type { components } from '../http/contract.types.ts';
import { METRIC_IDS, METRICS, type MetricId } from './metric-definitions.ts';
import { LEVEL_CONSTANTS, LEVEL_FORMULA, LEVEL_VERSION } from './performance-level.ts';
import { DEFAULT_TEAM_SETTINGS } from './team-settings.ts';

type Schemas = components['schemas'];

/** Everything that is published about numbers: the definitions they are computed with. */
export const presentDefinitions = (rules: Pick<Schemas['MetricDefinitions'], 'priorityQueue' | 'effect' | 'preparation'>, timezone: string): Schemas['MetricDefinitions'] => ({
  metrics: METRIC_IDS.map(presentDefinition),
  ...rules,
  performanceLevel: { version: LEVEL_VERSION, formula: LEVEL_FORMULA, constants: LEVEL_CONSTANTS },
  defaults: DEFAULT_TEAM_SETTINGS,
  businessTimezone: timezone,
});

function presentDefinition(id: MetricId): Schemas['MetricDefinition'] {
  const { version, name, formula, unit, direction, exclusions, counts, minimumN, source } = METRICS[id];
  return { id, version, name, formula, unit, direction, exclusions: [...exclusions], counts, minimumN, source };
}
