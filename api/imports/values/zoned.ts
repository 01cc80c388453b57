import { IANAZone } from 'luxon';
import type { CivilMoment } from './moments.ts';

const dayMs = 86_400_000;
const remembered = 5_000;

/** By zone and day (as UTC midnight): the offset all of that day, in milliseconds; null when it changes. */
const steadyOffsets = new Map<string, number | null>();

/**
 * The instant of a civil moment, in milliseconds since 1970. The same text gives the same instant whenever it is
 * read: times that a zone's clocks skip count as if they had not been put forward yet, and of times that happen
 * twice the first is meant. A moment without a time is that day's midnight.
 *
 * @param zone IANA name, used unless the moment names its own offset.
 */
export function instantOf(moment: CivilMoment, zone: string): number {
  const day = Date.UTC(moment.year, moment.month - 1, moment.day);
  const local = day + (moment.seconds ?? 0) * 1000;
  if (moment.offsetMinutes !== null) return local - moment.offsetMinutes * 60_000;
  if (zone === 'UTC') return local;
  const steady = steadyOffset(zone, day);
  return local - (steady ?? changingOffset(zone, local));
}

/** The calendar day of an instant (milliseconds since 1970) in a zone, as `YYYY-MM-DD`. */
export const dayOfInstant = (instant: number, zone: string): string => new Date(instant + offsetAt(zone, instant)).toISOString().slice(0, 10);

/** An instant as ISO 8601 in UTC, as `toISOString` has it: a file has thousands of instants on each of few days. */
export function isoOf(instant: number): string {
  const day = Math.floor(instant / dayMs);
  const time = instant - day * dayMs;
  if (time % 1000 !== 0) return new Date(instant).toISOString();
  const seconds = time / 1000;
  return `${isoDay(day)}T${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.000Z`;
}

const isoDays = new Map<number, string>();

/** @param day since 1970 */
function isoDay(day: number): string {
  const known = isoDays.get(day);
  if (known !== undefined) return known;
  const text = new Date(day * dayMs).toISOString().slice(0, -'T00:00:00.000Z'.length);
  if (isoDays.size >= remembered) isoDays.clear();
  isoDays.set(day, text);
  return text;
}

const two = (number: number): string => (number < 10 ? `0${number}` : String(number));

export function isTimezone(zone: string): boolean {
  return IANAZone.isValidZone(zone);
}

function steadyOffset(zone: string, day: number): number | null {
  const key = `${zone} ${day}`;
  const known = steadyOffsets.get(key);
  if (known !== undefined) return known;
  const before = offsetAt(zone, day - dayMs);
  const offset = before === offsetAt(zone, day + 2 * dayMs) ? before : null;
  if (steadyOffsets.size >= remembered) steadyOffsets.clear();
  steadyOffsets.set(key, offset);
  return offset;
}

/** The offset of a local time near a change of the clocks. */
function changingOffset(zone: string, local: number): number {
  const before = offsetAt(zone, local - dayMs);
  const after = offsetAt(zone, local + dayMs);
  const fitting = [before, after].filter((offset) => offsetAt(zone, local - offset) === offset);
  return fitting.length > 0 ? Math.max(...fitting) : before;
}

function offsetAt(zone: string, instant: number): number {
  return IANAZone.create(zone).offset(instant) * 60_000;
}
