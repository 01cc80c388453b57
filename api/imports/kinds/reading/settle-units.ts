import type { ImportQuestion } from '../../mapping/import-mapping.ts';
import type { DurationUnit } from '../../values/durations.ts';
import type { TimeEvidence } from './time-evidence.ts';

/** What a text of two parts and a number without a unit would be. */
const LABELS: Readonly<Record<DurationUnit, (examples: TimeEvidence['examples']) => string>> = {
  seconds: ({ clock }) => (clock === undefined ? 'Seconds' : `Seconds; “${clock}” is minutes and seconds`),
  minutes: ({ clock }) => (clock === undefined ? 'Minutes' : `Minutes; “${clock}” is minutes and seconds`),
  hours: ({ clock }) => (clock === undefined ? 'Hours' : `Hours; “${clock}” is hours and minutes`),
  days: () => 'Parts of a day',
};

/**
 * Asks what the times of a column count.
 *
 * @param units to choose from
 */
export function unitQuestion(field: string, header: string, units: readonly DurationUnit[], { examples }: TimeEvidence): ImportQuestion {
  const { clock, number } = examples;
  const isMixed = clock !== undefined && number !== undefined;
  const shown = isMixed ? `has times such as “${clock}” and numbers such as ${number}` : `has ${clock === undefined ? `numbers such as ${number ?? 1}` : `times such as “${clock}”`}`;
  const choices = units.map((value) => ({ value, label: LABELS[value](examples) }));
  return { code: 'duration_unit', field, message: `“${header}” ${shown}. Does it count ${listed(units)}?`, answer: `/options/units/${field}`, choices };
}

const listed = (units: readonly string[]): string => `${units.slice(0, -1).join(', ')} or ${units.at(-1) ?? ''}`;
