import type { components } from '../../api/http/contract.types.ts';
import type { Locale } from './locale.ts';
import './strings/evidence.ts';

type Schemas = components['schemas'];
export type Unit = Schemas['QueueReason']['unit'] | Schemas['MetricUnit'];

/** A number with its unit. A ratio (0–1) is read as a percentage; what is missing is a dash, never 0. */
export function figure(locale: Locale, value: number | null, unit: Unit): string {
  if (value === null) return locale.t('common.missing');
  switch (unit) {
    case 'rating':
    case 'sentiment':
      return locale.number(value, 2, 1);
    case 'percent':
      return locale.t('figure.percent', { n: locale.number(value, 1, 0) });
    case 'ratio':
      return locale.t('figure.percent', { n: locale.number(hundredths(value), 1, 0) });
    case 'seconds':
      return locale.elapsed(Math.round(value));
    case 'minutes':
      return locale.t('figure.minutes', { n: locale.number(value, value < 1 ? 2 : 1, 0) });
    case 'hours':
      return locale.t('figure.hours', { n: locale.number(value, 1, 0) });
    case 'days':
      return locale.t('figure.days', { n: Math.round(value) });
    case 'count':
      return locale.number(value);
  }
}

/** A share as a percentage, by its digits: 0.2855 is 28.55, though the product of the binary numbers is a little less. */
export const hundredths = (ratio: number): number => Number((ratio * 100).toPrecision(12));
