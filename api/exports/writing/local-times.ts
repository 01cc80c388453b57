import { IANAZone } from 'luxon';

const DAY_MS = 86_400_000;
/** Days whose offset is remembered. */
const REMEMBERED = 5000;

/** An instant as clocks in a zone show it. */
export interface LocalTime {
  /** The clock's time, as though it were UTC. */
  readonly clock: Date;
  /** `+02:00`, where the clock shows this time twice that day and only this tells which; else empty. */
  readonly offset: string;
}

/** Tells what the clocks of a time zone show. */
export class LocalTimes {
  readonly zone: string;
  readonly #zone: IANAZone;
  /** By days since 1970: the offset around all of that day in minutes; null where it changes. */
  readonly #steady = new Map<number, number | null>();

  /** @param zone an IANA name */
  constructor(zone: string) {
    this.zone = zone;
    this.#zone = IANAZone.create(zone);
  }

  /** @param instant ISO 8601 */
  of(instant: string): LocalTime {
    const at = Date.parse(instant);
    const steady = this.#steadyOffset(Math.floor(at / DAY_MS));
    const offset = steady ?? this.#zone.offset(at);
    const clock = new Date(at + offset * 60_000);
    return { clock, offset: steady === null && this.#happensTwice(clock.getTime(), offset) ? offsetText(offset) : '' };
  }

  #steadyOffset(day: number): number | null {
    const known = this.#steady.get(day);
    if (known !== undefined) return known;
    const before = this.#zone.offset((day - 1) * DAY_MS);
    const offset = before === this.#zone.offset((day + 2) * DAY_MS) ? before : null;
    if (this.#steady.size >= REMEMBERED) this.#steady.clear();
    this.#steady.set(day, offset);
    return offset;
  }

  /** Whether the clock shows this time at another offset as well. */
  #happensTwice(clock: number, offset: number): boolean {
    const others = [this.#zone.offset(clock - DAY_MS), this.#zone.offset(clock + DAY_MS)].filter((other) => other !== offset);
    return others.some((other) => this.#zone.offset(clock - other * 60_000) === other);
  }
}

/** `YYYY-MM-DD HH:MM:SS`, with milliseconds where there are any. */
export function clockText(clock: Date): string {
  const text = clock.toISOString();
  return `${text.slice(0, -14)} ${text.slice(-13, text.endsWith('.000Z') ? -5 : -1)}`;
}

function offsetText(minutes: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
