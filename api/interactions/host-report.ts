import type { FieldError } from '../errors/problem.ts';
import { isNoRating, parseRating, ratingScale, scaleLabel } from '../imports/kinds/reading/rating.ts';
import { cut } from '../text/cut.ts';
import type { Channel, Direction, Outcome } from './interaction.repository.ts';

/** A person as a host system names them. */
export type PersonName = { readonly system: string; readonly externalId: string } | { readonly email: string } | { readonly username: string };

/**
 * What a host system tells of one interaction: all of it, or the part that is new. What is absent stays as it is, null
 * empties it. Instants are ISO 8601, times are seconds.
 */
export interface HostReport {
  readonly source: string;
  readonly externalId: string;
  /** When this was true at the host; without it, when it arrived. */
  readonly updatedAt?: string | undefined;
  readonly channel?: Channel | undefined;
  readonly direction?: Direction | undefined;
  readonly agentId?: number | null | undefined;
  readonly agent?: PersonName | null | undefined;
  readonly teamId?: string | null | undefined;
  readonly queue?: string | null | undefined;
  readonly topic?: string | null | undefined;
  readonly customerRef?: string | null | undefined;
  readonly startedAt?: string | undefined;
  readonly waitSeconds?: number | null | undefined;
  readonly talkSeconds?: number | null | undefined;
  readonly holdSeconds?: number | null | undefined;
  readonly acwSeconds?: number | null | undefined;
  readonly outcome?: Outcome | undefined;
  readonly resolved?: boolean | null | undefined;
  readonly firstContact?: boolean | null | undefined;
  readonly rating?: number | null | undefined;
  readonly ratingScale?: string | undefined;
  readonly sentiment?: number | null | undefined;
  readonly campaignId?: string | null | undefined;
}

/** The facts of an interaction, by their names on the wire. */
export interface Facts {
  readonly channel: Channel;
  readonly direction: Direction;
  readonly agentId: number | null;
  readonly teamId: string | null;
  readonly queue: string | null;
  readonly topic: string | null;
  readonly customerRef: string | null;
  readonly startedAt: string;
  readonly waitSeconds: number | null;
  readonly talkSeconds: number | null;
  readonly holdSeconds: number | null;
  readonly acwSeconds: number | null;
  readonly outcome: Outcome;
  readonly resolved: boolean | null;
  readonly firstContact: boolean | null;
  readonly rating: number | null;
  readonly ratingOriginal: string | null;
  readonly ratingScale: string | null;
  readonly sentiment: number | null;
  readonly campaignId: string | null;
}

export type Fact = keyof Facts;

/** For each fact a host told, when it was true there: milliseconds of the epoch. */
export type FactTimes = Partial<Readonly<Record<Fact, number>>>;

export interface TimedFacts {
  readonly facts: Facts;
  readonly times: FactTimes;
}

/** A report with its names looked up: the facts it tells, all true at `at`. */
export interface Told {
  readonly facts: Partial<Facts>;
  readonly at: number;
  /** The team of the person it names today; it becomes the interaction's when that person takes it over. */
  readonly teamOfAgent?: string | null;
}

/** What an interaction is of which nothing else is known. */
const BLANK: Omit<Facts, 'channel' | 'startedAt' | 'outcome'> = {
  direction: 'inbound', agentId: null, teamId: null, queue: null, topic: null, customerRef: null, waitSeconds: null, talkSeconds: null,
  holdSeconds: null, acwSeconds: null, resolved: null, firstContact: null, rating: null, ratingOriginal: null, ratingScale: null,
  sentiment: null, campaignId: null,
};

export const FACTS = [...Object.keys(BLANK), 'channel', 'startedAt', 'outcome'] as readonly Fact[];

/** Without these nobody can count an interaction: the first report of it must tell them. */
const NEEDED = ['channel', 'startedAt', 'outcome'] as const;

/** Fields of a report that are facts as they stand; the others are looked up or converted. */
const PLAIN = [
  'channel', 'direction', 'teamId', 'queue', 'topic', 'customerRef', 'waitSeconds', 'talkSeconds', 'holdSeconds', 'acwSeconds', 'outcome',
  'resolved', 'firstContact', 'sentiment', 'campaignId',
] as const;

/** Clocks differ; what is further ahead is a mistake, and would keep every later report from counting. */
const AHEAD_MS = 5 * 60_000;
const EARLIEST = Date.parse('2000-01-01T00:00:00Z');

/** The facts of a report that need nobody to be looked up, and what is wrong with it. Paths begin at the report. */
export function readReport(report: HostReport, now: Date): { told: Told; errors: FieldError[] } {
  const errors: FieldError[] = [];
  const at = report.updatedAt === undefined ? now.getTime() : instant(report.updatedAt, '/updatedAt', now, errors);
  const facts: Record<string, unknown> = {};
  for (const field of PLAIN) if (report[field] !== undefined) facts[field] = asStored(field, report[field]);
  if (report.startedAt !== undefined) facts['startedAt'] = new Date(instant(report.startedAt, '/startedAt', now, errors)).toISOString();
  if (report.rating !== undefined) Object.assign(facts, readRating(report.rating, report.ratingScale, errors));
  if (report.agent !== undefined && report.agentId !== undefined) errors.push({ path: '/agent', message: 'names the person a second time', code: 'agent_twice' });
  return { told: { facts, at }, errors };
}

/** As it will be read again, so that the same word a second time changes nothing. */
function asStored(field: (typeof PLAIN)[number], value: unknown): unknown {
  if (field === 'sentiment' && typeof value === 'number') return Math.round(value * 1000) / 1000;
  return (field === 'teamId' || field === 'campaignId') && typeof value === 'string' ? value.toLowerCase() : value;
}

function instant(text: string, path: string, now: Date, errors: FieldError[]): number {
  const at = Date.parse(text);
  if (at >= EARLIEST && at <= now.getTime() + AHEAD_MS) return at;
  errors.push({ path, message: at > now.getTime() ? 'is in the future' : 'is not an instant since 2000', code: 'instant' });
  return EARLIEST;
}

/** Brought to 1–5; the rating as it was given stays beside it. */
function readRating(given: number | null, scaleText: string | undefined, errors: FieldError[]): Pick<Facts, 'rating' | 'ratingOriginal' | 'ratingScale'> {
  const none = { rating: null, ratingOriginal: null, ratingScale: null };
  const scale = ratingScale(scaleText === undefined ? {} : { ratingScale: scaleText });
  if (scaleText !== undefined && scaleLabel(scale) !== scaleText) errors.push({ path: '/ratingScale', message: 'is not a scale', code: 'rating_scale' });
  if (given === null || isNoRating(given, scale)) return none;
  const rating = parseRating(given, scale);
  if (rating === null) errors.push({ path: '/rating', message: `is not on the scale ${scaleLabel(scale)}`, code: 'rating' });
  return { rating, ratingOriginal: cut(String(given), 20), ratingScale: scaleLabel(scale) };
}

/** What the first report of an interaction has to tell and does not. */
export const lacking = ({ facts }: Told): FieldError[] =>
  NEEDED.filter((field) => facts[field] === undefined).map((field) => ({ path: `/${field}`, message: 'is needed for an interaction that is not known yet', code: 'incomplete' }));

/** An interaction as its first report tells it; nothing may be {@link lacking}. */
export function begin(told: Told): TimedFacts {
  const empty = { ...BLANK, ...told.facts } as Facts;
  return merge({ facts: { ...empty, agentId: null, teamId: null }, times: {} }, told);
}

/**
 * An interaction after a report. Of every fact the latest word counts, by the time at the host and whichever arrives
 * first; of words of the same time the one that arrives later.
 */
export function merge(before: TimedFacts, { facts, at, teamOfAgent }: Told): TimedFacts {
  const after: Record<string, unknown> = { ...before.facts };
  const times: Record<string, number> = { ...before.times };
  const tell = (fact: Fact, value: unknown): void => {
    if ((times[fact] ?? -Infinity) > at) return;
    after[fact] = value;
    times[fact] = at;
  };
  for (const [fact, value] of Object.entries(facts)) tell(fact as Fact, value);
  const changesHands = after['agentId'] !== before.facts.agentId && after['agentId'] === facts.agentId;
  if (changesHands && facts.teamId === undefined && teamOfAgent !== undefined) tell('teamId', teamOfAgent);
  return { facts: after as unknown as Facts, times };
}

export const sameFacts = (a: Facts, b: Facts): boolean => FACTS.every((fact) => a[fact] === b[fact]);
