import type { PersonFacts } from './queue-facts.ts';
import type { Trends } from './trends.ts';
import type { Figures } from './yardsticks.ts';

/** What is known of a person once figures and trends are taken. */
export interface Measured {
  readonly facts: PersonFacts;
  readonly figures: Figures;
  readonly trends: Trends;
}
