import type { Locale } from '../shared/locale.ts';

/** "6 Dec" of a business day; the year only where it is not this one. */
export const dayOf = (locale: Locale, day: string): string => locale.shortDay(`${day}T00:00:00Z`, 'UTC');
