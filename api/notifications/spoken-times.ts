import { DateTime } from 'luxon';

/** A moment in a text, and where: whoever reads it elsewhere says it anew. */
export interface SpokenTime {
  /** As it stands in title or message. */
  readonly text: string;
  /** The instant, ISO 8601. */
  readonly at: string;
  readonly as: 'instant' | 'day';
}

/** Says moments in the zone of the person who is told, with its name, and keeps which ones it said. */
export class SpokenTimes {
  readonly #zone: string;
  readonly #said = new Map<string, SpokenTime>();

  /** @param zone IANA */
  constructor(zone: string) {
    this.#zone = zone;
  }

  get times(): readonly SpokenTime[] {
    return [...this.#said.values()];
  }

  /** "Tuesday 2 January 2035, 09:00 (UTC)" */
  when(instant: string): string {
    return this.#say(instant, 'instant', 'cccc d LLLL yyyy, HH:mm (ZZZZ)');
  }

  /** "2 January 2035" */
  day(instant: string): string {
    return this.#say(instant, 'day', 'd LLLL yyyy');
  }

  #say(instant: string, as: SpokenTime['as'], format: string): string {
    const text = DateTime.fromISO(instant, { zone: this.#zone, locale: 'en-GB' }).toFormat(format);
    this.#said.set(text, { text, at: new Date(instant).toISOString(), as });
    return text;
  }
}
