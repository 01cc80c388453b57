import { figure, type Unit } from '../shared/figure.ts';
import type { Locale } from '../shared/locale.ts';
import type { KindInfo } from './import-model.ts';

/** What figures of a day are stored in; elsewhere a field's name says it. */
const UNITS: Readonly<Record<string, Unit>> = { avgResponseTime: 'minutes', avgHandleTime: 'seconds', onlineHours: 'hours', slaCompliance: 'percent', customerSatisfaction: 'rating', rating: 'rating' };

/** A value as a person would say it; times as they stand in the file, which is the business's time zone. */
export function valueText(locale: Locale, kind: KindInfo | undefined, field: string, value: unknown, timeZone: string): string {
  if (value === null || value === undefined || value === '') return locale.t('common.missing');
  if (typeof value === 'boolean') return locale.t(value ? 'import.yes' : 'import.no');
  if (typeof value === 'number') return numberText(locale, field, value);
  if (typeof value !== 'string') return JSON.stringify(value);
  const isDated = kind?.fields.some(({ name, holds }) => name === field && holds === 'date') ?? false;
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return locale.day(value);
  return isDated || /^\d{4}-\d\d-\d\dT/.test(value) ? locale.instant(value, timeZone) : value;
}

function numberText(locale: Locale, field: string, value: number): string {
  const unit = UNITS[field] ?? (field.endsWith('Seconds') ? 'seconds' : undefined);
  return unit ? figure(locale, value, unit) : locale.number(value, 2, 0);
}
