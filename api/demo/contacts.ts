import { demandAt } from './demand.ts';
import { Even, normal, Random, seedOf } from './random.ts';
import { ratingAt } from './ratings.ts';
import type { Skill } from './story/people.ts';
import type { ContactKind, StoryTeam } from './story/teams.ts';

/** How a contact ended. Only calls that a person makes end busy, failed or with a machine. */
export type Outcome = 'answered' | 'abandoned' | 'missed' | 'busy' | 'failed' | 'voicemail';

/** A contact of a customer with one person: what will have been recorded of it in the end. Times in whole seconds. */
export interface Contact {
  readonly kind: ContactKind;
  readonly queue: string;
  readonly topic: string;
  readonly customerRef: string;
  readonly outcome: Outcome;
  readonly waitSeconds: number | null;
  readonly talkSeconds: number | null;
  readonly holdSeconds: number | null;
  readonly acwSeconds: number | null;
  readonly resolved: boolean | null;
  readonly firstContact: boolean | null;
  readonly rating: number | null;
  readonly sentiment: number | null;
}

/** How much handle times of one kind differ: σ of the logarithm. */
const HANDLE_SPREAD = 0.42;
const RESPONSE_RATE = 0.27;
const SENTIMENT_RATE = 0.5;
const SENTIMENT_SPREAD = 0.24;
export const CUSTOMERS = 18_000;
/** Of the contacts that ring at a person: those not picked up, and those the customer gives up. */
const MISSED = 0.012;
const ABANDONED = 0.016;
/** Of the calls a person makes: engaged, not put through, answered by a machine. */
const OUTBOUND_FAILURES = [['busy', 0.06], ['failed', 0.05], ['voicemail', 0.08]] as const;

/** Draws a person's contacts of one shift, one after the other. */
export class ContactDraws {
  readonly #team: StoryTeam;
  readonly #form: Skill;
  readonly #random: Random;
  readonly #even: (name: string, dimension: number) => Even;

  /** @param seed what tells this shift from any other */
  constructor(team: StoryTeam, form: Skill, ...seed: readonly (string | number)[]) {
    this.#team = team;
    this.#form = form;
    this.#random = new Random('contacts', ...seed);
    const known = new Map<string, Even>();
    this.#even = (name, dimension) => {
      const found = known.get(name) ?? new Even(seedOf('even', name, ...seed) / 2 ** 32, dimension);
      known.set(name, found);
      return found;
    };
  }

  /** The time until the next contact, in seconds; shorter when many customers want something. */
  idleSeconds(hour: number, weekday: number): number {
    const exponential = -Math.log(1 - Math.min(0.95, this.#even('idle', 5).next()));
    return Math.round(8 + (this.#team.idleSeconds * exponential) / Math.sqrt(demandAt(hour, weekday)));
  }

  next(hour: number, weekday: number): Contact {
    const kind = this.#kind();
    const [queue, topic] = byShare(this.#team.topics, (entry) => entry[2], this.#random.next());
    const customerRef = `C-${100_000 + this.#random.int(1, CUSTOMERS)}`;
    const about = { kind, queue, topic, customerRef };
    const outcome = this.#outcome(kind);
    const waitSeconds = kind.outbound ? null : this.#wait(kind, outcome, hour, weekday);
    if (outcome !== 'answered') return { ...about, outcome, waitSeconds, ...NOTHING };
    return { ...about, outcome, waitSeconds, ...this.#times(kind), ...this.#resolution(), ...this.#opinion(kind) };
  }

  #kind(): ContactKind {
    return byShare(this.#team.kinds, (kind) => kind.share, this.#even('kind', 1).next());
  }

  #outcome(kind: ContactKind): Outcome {
    const draw = this.#even('outcome', 2).next();
    if (kind.outbound) {
      let limit = 0;
      for (const [outcome, share] of OUTBOUND_FAILURES) if (draw < (limit += share)) return outcome;
      return 'answered';
    }
    if (!kind.live) return 'answered';
    return draw < MISSED ? 'missed' : draw < MISSED + ABANDONED ? 'abandoned' : 'answered';
  }

  #wait(kind: ContactKind, outcome: Outcome, hour: number, weekday: number): number {
    if (outcome !== 'answered') return this.#random.int(20, 75);
    const crowd = 0.8 + 0.2 * demandAt(hour, weekday);
    const score = normal(this.#even(`wait ${kind.channel}`, 3).next());
    return Math.max(1, Math.round(kind.wait.median * this.#form.pace * crowd * Math.exp(kind.wait.spread * score)));
  }

  #times({ channel, outbound, handle, live }: ContactKind): Pick<Contact, 'talkSeconds' | 'holdSeconds' | 'acwSeconds'> {
    const score = normal(this.#even(`handle ${channel} ${outbound}`, 0).next());
    const total = handle.mean * this.#form.handle * Math.exp(HANDLE_SPREAD * score - HANDLE_SPREAD ** 2 / 2);
    // Not every call is put on hold; those that are, for longer.
    const hold = handle.hold > 0 && this.#random.next() < 0.4 ? Math.round(total * handle.hold * 2.5) : 0;
    const wrapUp = Math.round(total * handle.wrapUp);
    return {
      talkSeconds: Math.max(5, Math.round(total) - hold - wrapUp),
      holdSeconds: channel === 'voice' ? hold : null,
      acwSeconds: live ? wrapUp : null,
    };
  }

  #resolution(): Pick<Contact, 'resolved' | 'firstContact'> {
    const { fcr, resolution } = this.#form;
    const draw = this.#even('resolution', 4).next();
    if (draw < fcr) return { resolved: true, firstContact: true };
    if (draw < resolution) return { resolved: true, firstContact: false };
    return { resolved: false, firstContact: this.#random.next() < 0.6 };
  }

  #opinion(kind: ContactKind): Pick<Contact, 'rating' | 'sentiment'> {
    const asked = !kind.outbound && this.#even('response', 6).next() < RESPONSE_RATE;
    const rating = asked ? ratingAt(this.#form.csat, this.#even('rating', 0).next()) : null;
    if (this.#even('heard', 7).next() >= SENTIMENT_RATE) return { rating, sentiment: null };
    const lean = rating === null ? 0 : (rating - this.#form.csat) * 0.12;
    const value = this.#form.mood + lean + SENTIMENT_SPREAD * normal(this.#even('sentiment', 8).next());
    return { rating, sentiment: Math.round(Math.max(-1, Math.min(1, value)) * 1000) / 1000 };
  }
}

const NOTHING = { talkSeconds: null, holdSeconds: null, acwSeconds: null, resolved: null, firstContact: null, rating: null, sentiment: null } as const;

/** The entry into whose share a draw from 0 to 1 falls. */
export function byShare<T>(entries: readonly T[], shareOf: (entry: T) => number, draw: number): T {
  let left = draw * entries.reduce((sum, entry) => sum + shareOf(entry), 0);
  const found = entries.find((entry) => (left -= shareOf(entry)) < 0) ?? entries.at(-1);
  if (found === undefined) throw new Error('nothing to choose from');
  return found;
}
