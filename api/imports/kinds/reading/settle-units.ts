import type { ImportQuestion } from '../../mapping/import-mapping.ts';
import type { DurationUnit } from '../../values/durations.ts';
import { areVast, type TimeEvidence } from './time-evidence.ts';

/** What a text of two parts and a number without a unit would be. */
const LABELS: Readonly<Record<DurationUnit, (examples: TimeEvidence['examples']) => string>> = {
  milliseconds: () => 'Milliseconds',
  seconds: ({ clock }) => (clock === undefined ? 'Seconds' : `Seconds; “${clock}” is minutes and seconds`),
  minutes: ({ clock }) => (clock === undefined ? 'Minutes' : `Minutes; “${clock}” is minutes and seconds`),
  hours: ({ clock }) => (clock === undefined ? 'Hours' : `Hours; “${clock}” is hours and minutes`),
  days: () => 'Parts of a day',
};

/** Of times that last minutes; hours of a day are many seconds in any case. */
const VAST_UNITS: readonly DurationUnit[] = ['milliseconds', 'seconds'];

/**
 * Asks what the times of a column count.
 *
 * @param usual to choose from, where the numbers are such as these count
 */
export function unitQuestion(field: string, header: string, usual: readonly DurationUnit[], evidence: TimeEvidence): ImportQuestion {
  const { examples } = evidence;
  const { clock, number } = examples;
  const units = areVast(evidence) && !usual.includes('hours') ? VAST_UNITS : usual;
  const isMixed = clock !== undefined && number !== undefined;
  const shown = isMixed ? `has times such as “${clock}” and numbers such as ${number}` : `has ${clock === undefined ? `numbers such as ${number ?? 1}` : `times such as “${clock}”`}`;
  const choices = units.map((value) => ({ value, label: LABELS[value](examples) }));
  return { code: 'duration_unit', field, message: `“${header}” ${shown}. Does it count ${listed(units)}?`, answer: `/options/units/${field}`, choices };
}

const listed = (units: readonly string[]): string => `${units.slice(0, -1).join(', ')} or ${units.at(-1) ?? ''}`;
