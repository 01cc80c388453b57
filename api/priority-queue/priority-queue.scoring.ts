import { roundToTenths } from '../statistics/largest-remainder.ts';
import { SIGNAL_CODES, TARGET_METRICS, type SignalCode, type TargetMetric } from '../performance/team-settings.ts';
import type { Moment, PersonFacts, TeamFacts } from './queue-facts.ts';
import { eligibility, type Ineligibility } from './eligibility.ts';
import { recognitionsOf, type Recognition } from './recognitions.ts';
import { cadenceSignal, gapSignal, notesSignal, overdueSignal, trendSignal, type Signal } from './signals.ts';
import type { Measured } from './measured.ts';
import { strongest, trendsOf } from './trends.ts';
import { figuresOf, yardsticksOf, type Yardstick } from './yardsticks.ts';

/** A signal with what it is worth. */
export interface Reason extends Signal {
  readonly weight: number;
  /** In tenths; the points of all reasons add up to the score. */
  readonly points: number;
}

export interface ScoredPerson {
  readonly facts: PersonFacts;
  readonly score: number;
  /** Most points first, then in the fixed order of the signals. */
  readonly reasons: readonly Reason[];
}

export interface NotEligible {
  readonly facts: PersonFacts;
  readonly reason: Ineligibility;
}

/** A target that most of a team misses. */
export interface ProcessFinding {
  readonly yardstick: Yardstick;
  /** Everybody of the team, by id. */
  readonly people: readonly PersonFacts[];
}

/** One team's part of the queue; teams do not influence each other. */
export interface ScoredTeam {
  readonly team: Pick<TeamFacts, 'id' | 'name' | 'settingsVersion'> & { readonly size: number };
  readonly moment: Moment;
  readonly eligible: readonly ScoredPerson[];
  readonly notEligible: readonly NotEligible[];
  readonly processFindings: readonly ProcessFinding[];
  readonly recognitions: readonly Recognition[];
}

/**
 * Scores the people of a team from the facts alone: the same facts in any order give the same result.
 * Score = Σ weight × strength over the signals, 0 to 100; rounded to tenths by largest remainder.
 */
export function scoreTeam(team: TeamFacts, moment: Moment): ScoredTeam {
  const figures = team.people.map(figuresOf);
  const yardsticks = yardsticksOf(figures, team.settings);
  const weighted = TARGET_METRICS.filter((metric) => weightOf(metric, team) > 0);
  const watched = weighted.filter((metric) => metric !== 'sentiment').map((metric) => yardsticks[metric]);
  const people = team.people
    .map((facts, i): Measured => ({ facts, figures: figures[i]!, trends: trendsOf(facts.days, watched) }))
    .sort((a, b) => a.facts.person.id - b.facts.person.id);
  const eligible: ScoredPerson[] = [];
  const notEligible: NotEligible[] = [];
  for (const person of people) {
    const reason = eligibility(person.facts);
    if (reason) notEligible.push({ facts: person.facts, reason });
    else eligible.push(scorePerson(person, team, yardsticks, moment));
  }
  return {
    team: { id: team.id, name: team.name, settingsVersion: team.settingsVersion, size: people.length },
    moment,
    eligible,
    notEligible,
    processFindings: weighted.filter((metric) => yardsticks[metric].isProcess).map((metric) => ({ yardstick: yardsticks[metric], people: people.map(({ facts }) => facts) })),
    recognitions: recognitionsOf(people, weighted.map((metric) => yardsticks[metric])),
  };
}

/** The weight of a metric's own signal: a team that gives none does not look at the metric at all. */
const weightOf = (metric: TargetMetric, team: TeamFacts): number => team.settings.weights[metric === 'sentiment' ? metric : (`gap.${metric}` as const)];

function scorePerson(person: Measured, team: TeamFacts, yardsticks: Readonly<Record<TargetMetric, Yardstick>>, moment: Moment): ScoredPerson {
  const { facts, trends } = person;
  const signals = SIGNAL_CODES.map((code): Signal => {
    switch (code) {
      case 'trend':
        return trendSignal(strongest(trends, 1), trends.measuredMetrics);
      case 'notes':
        return notesSignal(facts);
      case 'overdueActions':
        return overdueSignal(facts);
      case 'cadence':
        return cadenceSignal(facts, team.settings.cadenceDays, moment.to);
      default: {
        const metric = metricOf(code);
        return gapSignal(code, person.figures[metric], yardsticks[metric]);
      }
    }
  });
  const weights = signals.map((signal) => team.settings.weights[signal.code]);
  const { parts, total } = roundToTenths(signals.map((signal, i) => signal.strength * weights[i]!));
  const reasons = signals
    .map((signal, i): Reason => ({ ...signal, weight: weights[i]!, points: parts[i]! }))
    .filter((reason) => reason.weight > 0)
    .sort((a, b) => b.points - a.points || Number(b.hasData) - Number(a.hasData));
  return { facts, score: total, reasons };
}

type MetricSignal = Exclude<SignalCode, 'trend' | 'notes' | 'overdueActions' | 'cadence'>;
const metricOf = (code: MetricSignal): TargetMetric => (code === 'sentiment' ? code : (code.slice('gap.'.length) as TargetMetric));

/** A place in the queue of one or more teams. */
export interface Ranked {
  readonly person: ScoredPerson;
  /** The moment the person's team was read as of. */
  readonly moment: Moment;
}

/** Several teams' people in one order: highest score, then longest without a session, then lowest id. */
export function rank(teams: readonly ScoredTeam[]): Ranked[] {
  return teams.flatMap(({ eligible, moment }) => eligible.map((person) => ({ person, moment }))).sort((a, b) => order(a.person, b.person));
}

const order = (a: ScoredPerson, b: ScoredPerson): number =>
  b.score - a.score || compare(uncoachedSince(a.facts), uncoachedSince(b.facts)) || a.facts.person.id - b.facts.person.id;

/** Since when somebody has been without a session; ISO strings of one form compare like the instants they name. */
const uncoachedSince = (facts: PersonFacts): string => facts.lastSessionAt ?? `${facts.joinedOn}T00:00:00.000Z`;
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
