import type { MetricUnit } from './metric-definitions.ts';

/** A value with its unit, as short as it can be without hiding a difference that matters; the widgets write it the same. */
export function figure(value: unknown, unit: MetricUnit | 'days'): string {
  if (value === null || value === undefined) return '–';
  const number = Number(value);
  switch (unit) {
    case 'ratio':
      return `${decimal(hundredths(number), 1)} %`;
    case 'percent':
      return `${decimal(number, 1)} %`;
    case 'seconds':
      return duration(Math.round(number));
    case 'minutes':
      return `${decimal(number, number < 1 ? 2 : 1)} min`;
    case 'hours':
      return `${decimal(number, 1)} h`;
    case 'rating':
    case 'sentiment':
      return decimal(number, 2, 1);
    default:
      return decimal(number, 2);
  }
}

/** `0:42`, `12:04`, then `1 h 12 m`. */
function duration(seconds: number): string {
  if (seconds < 3600) return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} m`;
}

/** A share as a percentage, by its digits: 0.2855 is 28.55, though the product of the binary numbers is a little less. */
export const hundredths = (ratio: number): number => Number((ratio * 100).toPrecision(12));

/** At most so many decimals and at least so many, and no minus before a zero. */
export function decimal(value: number, digits: number, least = 0): string {
  // By the digits as they are read: 68.55 is 68.6 to everybody, though the nearest binary number is a little less.
  const rounded = Number(value.toLocaleString('en', { maximumFractionDigits: digits, useGrouping: false }));
  const text = String(rounded === 0 ? 0 : rounded).replace('-', '−');
  const missing = least - (text.split('.')[1]?.length ?? 0);
  return missing > 0 ? `${text}${text.includes('.') ? '' : '.'}${'0'.repeat(missing)}` : text;
}
