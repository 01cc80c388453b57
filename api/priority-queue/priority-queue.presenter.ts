import type { components } from '../http/contract.types.ts';
import { METRICS, roundFigure } from '../performance/metric-definitions.ts';
import { rank, type NotEligible, type ProcessFinding, type Ranked, type Reason, type ScoredPerson, type ScoredTeam } from './priority-queue.scoring.ts';
import type { Explanation, Queue } from './priority-queue.service.ts';
import type { Moment, PersonFacts } from './queue-facts.ts';
import { reasonEvidence, recognitionEvidence, teamEvidence } from './queue-evidence.ts';
import { QUEUE_CONSTANTS, SCORING_VERSION, SIGNAL_DEFINITIONS } from './queue-constants.ts';
import type { Recognition } from './recognitions.ts';
import { ineligibleSentence, processSentence, reasonSentence, recognitionSentence } from './sentences.ts';
import type { Comparison, Params } from './signals.ts';

type Schemas = components['schemas'];

/** The rules of the score, for `GET /api/metrics/definitions`. */
export const presentQueueRules = (): Schemas['MetricDefinitions']['priorityQueue'] => ({
  version: SCORING_VERSION,
  signals: [...SIGNAL_DEFINITIONS],
  constants: QUEUE_CONSTANTS,
});

/** The queue of one or more teams as it goes out. Sentences are made for the page alone. */
export function presentQueue({ teams, moment }: Queue, page: number, limit: number): Schemas['PriorityQueue'] {
  const ranked = rank(teams);
  const start = (page - 1) * limit;
  const beside = teams.map(presentBeside);
  return {
    data: ranked.slice(start, start + limit).map((place, i) => presentItem(place, start + i + 1)),
    notEligible: beside.flatMap((team) => team.notEligible),
    processFindings: beside.flatMap((team) => team.processFindings),
    recognitions: beside.flatMap((team) => team.recognitions),
    meta: {
      total: ranked.length,
      page,
      limit,
      totalPages: Math.ceil(ranked.length / limit),
      ...moment,
      version: SCORING_VERSION,
      teams: teams.map(({ team }) => ({ id: team.id, name: team.name, settingsVersion: team.settingsVersion, people: team.size })),
    },
  };
}

/** One person's reasons and recognitions, worded as in the queue. */
export const presentExplanation = ({ person, recognitions, moment }: Explanation) => ({
  queue: {
    score: person.score,
    reasons: person.reasons.map((reason) => presentReason(reason, person.facts, moment)).map(({ code, sentence, points, weight, evidence }) => ({ code, sentence, points, weight, evidence })),
  },
  recognitions: recognitions.map((recognition) => presentRecognition(recognition, moment)).map(({ code, sentence, evidence }) => ({ code, sentence, evidence })),
});

type Beside = Pick<Schemas['PriorityQueue'], 'notEligible' | 'processFindings' | 'recognitions'>;

// Teams and people that are remembered as scored are asked for again and again until something changes: what is said
// about them is worded once.
const presentedBeside = new WeakMap<ScoredTeam, Beside>();

function presentBeside(team: ScoredTeam): Beside {
  const known = presentedBeside.get(team);
  if (known) return known;
  const beside = {
    notEligible: team.notEligible.map(presentNotEligible),
    processFindings: team.processFindings.map((finding) => presentFinding(finding, team)),
    recognitions: team.recognitions.map((recognition) => presentRecognition(recognition, team.moment)),
  };
  presentedBeside.set(team, beside);
  return beside;
}

const presentedReasons = new WeakMap<ScoredPerson, Schemas['QueueReason'][]>();

function presentItem({ person, moment }: Ranked, place: number): Schemas['PriorityQueueItem'] {
  const { facts, score } = person;
  const reasons = presentedReasons.get(person) ?? person.reasons.map((reason) => presentReason(reason, facts, moment));
  presentedReasons.set(person, reasons);
  return { rank: place, agent: facts.person, score, reasons, lastSessionAt: facts.lastSessionAt, nextSessionAt: facts.nextSessionAt };
}

const presentReason = (reason: Reason, facts: PersonFacts, moment: Moment): Schemas['QueueReason'] => ({
  code: reason.code,
  sentence: reasonSentence(reason),
  points: reason.points,
  weight: reason.weight,
  signal: roundFigure(reason.strength),
  hasData: reason.hasData,
  value: roundFigure(reason.value),
  unit: reason.unit,
  n: reason.n,
  comparison: presentComparison(reason.comparison),
  evidence: reasonEvidence(reason, facts, moment),
  params: presentParams(reason.params),
});

const presentNotEligible = ({ facts, reason }: NotEligible): Schemas['NotEligible'] => ({
  agent: facts.person,
  reason: { code: reason.code, sentence: ineligibleSentence(reason), until: reason.until, params: { ...reason.params } },
  lastSessionAt: facts.lastSessionAt,
  nextSessionAt: facts.nextSessionAt,
});

function presentFinding({ yardstick, people }: ProcessFinding, { team, moment }: ScoredTeam): Schemas['ProcessFinding'] {
  const { metric, target, missing, median } = yardstick;
  const value = roundFigure(median!); // a finding has measured people
  const params: Params = { metric, unit: METRICS[metric].unit, missing, measured: yardstick.measured, median: value, target };
  return {
    code: 'process.gap',
    metric,
    teamId: team.id,
    teamName: team.name,
    sentence: processSentence(params),
    value,
    unit: METRICS[metric].unit,
    target,
    missing,
    measured: yardstick.measured,
    evidence: teamEvidence(metric, team.id, people, moment),
    params: { ...params },
  };
}

const presentRecognition = (recognition: Recognition, moment: Moment): Schemas['Recognition'] => ({
  agent: recognition.facts.person,
  code: recognition.code,
  sentence: recognitionSentence(recognition),
  value: roundFigure(recognition.value),
  unit: recognition.unit,
  n: recognition.n,
  comparison: presentComparison(recognition.comparison),
  evidence: recognitionEvidence(recognition, moment),
  params: presentParams(recognition.params),
});

const presentComparison = (comparison: Comparison | null): Schemas['Comparison'] | null =>
  comparison && { kind: comparison.kind, value: roundFigure(comparison.value), deviations: roundFigure(comparison.deviations) };

/** Figures among the parameters with the decimals of all figures. */
const presentParams = (params: Params): Record<string, string | number | boolean | null> =>
  Object.fromEntries(Object.entries(params).map(([key, value]) => [key, typeof value === 'number' ? roundFigure(value) : value]));
