import { englishFor, type Message } from './messages.ts';
import './strings/common.ts';
import type { Catalogue, MessageKey } from './strings.ts';

export type Params = Record<string, string | number>;

/** Words, numbers and times in one language. Immutable: another language is another Locale. */
export class Locale {
  readonly tag: string;
  readonly #overrides: Partial<Catalogue>;
  readonly #plural: Intl.PluralRules;
  readonly #numbers = new Map<string, Intl.NumberFormat>();
  readonly #dates = new Map<string, Intl.DateTimeFormat>();
  readonly #relative: Intl.RelativeTimeFormat;

  /** @param tag BCP 47; @param overrides words that replace the English ones, in part or in full */
  constructor(tag = 'en', overrides: Partial<Catalogue> = {}) {
    this.tag = tag;
    this.#overrides = overrides;
    this.#plural = new Intl.PluralRules(tag);
    this.#relative = new Intl.RelativeTimeFormat(tag, { numeric: 'auto', style: 'short' });
  }

  /** The message with its `{placeholders}` filled in; `n` also chooses the plural form. */
  t(key: MessageKey, params: Params = {}): string {
    const text = this.#form(this.#overrides[key] ?? englishFor(key), params['n']);
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = params[name];
      return typeof value === 'number' ? this.number(value) : (value ?? whole);
    });
  }

  /**
   * @param digits most decimals
   * @param least decimals that are shown even when they are 0; all of them when left out, so that columns line up
   */
  number(value: number, digits = 0, least = digits): string {
    const key = `${digits} ${least}`;
    let format = this.#numbers.get(key);
    if (!format) {
      format = new Intl.NumberFormat(this.tag, { minimumFractionDigits: least, maximumFractionDigits: digits });
      this.#numbers.set(key, format);
    }
    // A hyphen is no minus: beside digits it reads as a dash.
    return format.format(value).replace('-', '−');
  }

  /** "2 min. ago"; seconds are not counted, because an age that flickers says nothing. */
  ago(instant: number, now: number): string {
    // Whole units that have passed, as the queue's sentences count them.
    const minutes = Math.trunc((instant - now) / 60_000);
    if (Math.abs(minutes) < 60) return this.#relative.format(minutes, 'minute');
    const hours = Math.trunc(minutes / 60);
    if (Math.abs(hours) < 48) return this.#relative.format(hours, 'hour');
    return this.#relative.format(Math.trunc(hours / 24), 'day');
  }

  /** A business day (`YYYY-MM-DD`): the same day for every reader, whatever their time zone. */
  day(isoDate: string): string {
    return this.#at(`${isoDate}T00:00:00Z`, { day: 'numeric', month: 'short', year: 'numeric' }, 'UTC');
  }

  /** "Friday" of a business day. */
  weekday(isoDate: string): string {
    return this.#at(`${isoDate}T00:00:00Z`, { weekday: 'long' }, 'UTC');
  }

  /** An instant in the reader's own time zone, or the given one; the year only where it is not this one. */
  instant(iso: string, timeZone?: string): string {
    return this.#at(iso, { ...shortDate(iso), ...clock }, timeZone);
  }

  /** "20 Nov" of an instant, in the reader's own time zone, or the given one; the year as above. */
  shortDay(iso: string, timeZone?: string): string {
    return this.#at(iso, shortDate(iso), timeZone);
  }

  /**
   * When something is due: the day alone where it is due at the end of a business day, whose midnight is another time of day
   * for a reader elsewhere; else the moment, by the reader's own clock.
   *
   * @param businessZone where business days end; the reader's own zone when left out
   */
  due(iso: string, businessZone?: string): string {
    const before = new Date(Date.parse(iso) - 1).toISOString();
    return this.shortDay(before, businessZone) === this.shortDay(iso, businessZone) ? this.instant(iso) : this.shortDay(before, businessZone);
  }

  time(iso: string, timeZone?: string): string {
    return this.#at(iso, clock, timeZone);
  }

  /** Time that passed: `0:42`, `12:04`, then `1 h 12 m`, then `2 d 3 h`. @param seconds 0 or more */
  elapsed(seconds: number): string {
    const s = Math.max(0, Math.floor(seconds));
    if (s < 3600) return `${Math.floor(s / 60)}:${String(s % 60).padStart(2, '0')}`;
    if (s < 86_400) return this.t('unit.hoursMinutes', { h: Math.floor(s / 3600), m: Math.floor((s % 3600) / 60) });
    return this.t('unit.daysHours', { d: Math.floor(s / 86_400), h: Math.floor((s % 86_400) / 3600) });
  }

  #form(message: Message, n: string | number | undefined): string {
    if (typeof message === 'string') return message;
    return message[this.#plural.select(Number(n))] ?? message.other;
  }

  /** Formats are costly to make and few: each is kept under what it was made from. */
  #at(iso: string, shape: Intl.DateTimeFormatOptions, timeZone?: string): string {
    const options = timeZone ? { ...shape, timeZone } : shape;
    const key = JSON.stringify(options);
    let format = this.#dates.get(key);
    if (!format) {
      format = new Intl.DateTimeFormat(this.tag, options);
      this.#dates.set(key, format);
    }
    return format.format(new Date(iso));
  }
}

const clock = { hour: '2-digit', minute: '2-digit' } as const;

function shortDate(iso: string): Intl.DateTimeFormatOptions {
  const thisYear = new Date(iso).getFullYear() === new Date().getFullYear();
  return { day: 'numeric', month: 'short', ...(thisYear ? {} : { year: 'numeric' }) };
}

/** English, for widgets that stand outside a provider. */
export const defaultLocale = new Locale();
