import type { components } from '../http/contract.types.ts';
import { pageMeta } from '../http/handler.ts';
import { roundFigure } from '../performance/metric-definitions.ts';
import { FAIRNESS_CONSTANTS, FAIRNESS_DEFINITIONS } from './fairness-constants.ts';
import type { Fairness, FairnessFigures, LeaderFairness, TeamFairness, Waiting } from './fairness.service.ts';

type Schemas = components['schemas'];
type Kind = Schemas['FairnessKind'];

/** Whose rows: `&teamId=…`, `&leaderId=…`, or nothing for everybody. */
type Whose = string;

const PEOPLE: readonly Kind[] = ['people', 'inCadence', 'outOfCadence', 'coached'];
const NOTES: readonly Kind[] = ['praise', 'correction'];
const kindOf = (kind: Kind): Schemas['Evidence']['kind'] => (PEOPLE.includes(kind) ? 'people' : NOTES.includes(kind) ? 'quickNotes' : 'coachingSessions');

export function presentFairness(fairness: Fairness, page: number, limit: number): Schemas['Fairness'] {
  const { from, to, timezone, teamId } = fairness;
  const asked = teamId === null ? '' : `&teamId=${teamId}`;
  return {
    from,
    to,
    timezone,
    minimumN: FAIRNESS_CONSTANTS.minimumN,
    total: new FiguresView(fairness, asked).of(fairness.total),
    teams: fairness.teams.map((team) => presentTeam(team, fairness)),
    leaders: fairness.leaders.map((leader) => presentLeader(leader, fairness, asked)),
    waiting: fairness.waiting.map(presentWaiting),
    meta: pageMeta(fairness.waitingTotal, page, limit),
    definitions: [...FAIRNESS_DEFINITIONS],
  };
}

const presentTeam = ({ team, cadenceDays, leaders, figures, spread }: TeamFairness, period: Period): Schemas['FairnessTeam'] => ({
  team,
  cadenceDays,
  leaders: [...leaders],
  figures: new FiguresView(period, team ? `&teamId=${team.id}` : '&teamless=true').of(figures),
  spread: { ...spread, gini: roundFigure(spread.gini) },
});

const presentLeader = ({ leader, teams, figures }: LeaderFairness, period: Period, asked: Whose): Schemas['FairnessLeader'] => ({
  leader,
  teams: [...teams],
  figures: new FiguresView(period, `${asked}&leaderId=${leader.id}`).of(figures),
});

const presentWaiting = ({ person, team, nextSessionAt, absentUntil }: Waiting): Schemas['FairnessWaiting'] => ({
  agent: { id: person.id, name: person.name },
  team,
  lastSessionOn: person.lastSessionOn,
  joinedOn: person.joinedOn,
  days: person.days,
  cadenceDays: person.cadenceDays,
  nextSessionAt,
  absentUntil,
});

interface Period {
  readonly from: string;
  readonly to: string;
}

/** Figures with the way to their rows. */
class FiguresView {
  readonly #period: Period;
  readonly #whose: Whose;

  constructor(period: Period, whose: Whose) {
    this.#period = period;
    this.#whose = whose;
  }

  of({ people, inCadence, coached, gap, sessions, notes, answers }: FairnessFigures): Schemas['FairnessFigures'] {
    return {
      people: this.#count('people', people),
      inCadence: { ...this.#share('inCadence', inCadence, people), evidence: [...this.#rows('inCadence', inCadence), ...this.#rows('outOfCadence', people - inCadence)] },
      coached: this.#share('coached', coached, people),
      gapDays: { median: gap.median, n: gap.n },
      held: this.#count('held', sessions.held),
      cancelled: this.#count('cancelled', sessions.cancelled),
      noShow: this.#count('noShow', sessions.noShow),
      praise: this.#count('praise', notes.praise),
      correction: this.#count('correction', notes.correction),
      praiseShare: this.#share('praise', notes.praise, notes.praise + notes.correction),
      acknowledged: this.#share('acknowledged', answers.acknowledged, answers.asked),
      pending: this.#count('pending', answers.pending),
      overdue: this.#count('overdue', answers.overdue),
      disputed: this.#share('disputed', answers.disputed, answers.asked),
      upheld: answers.upheld,
    };
  }

  #count(kind: Kind, count: number): Schemas['FairnessCount'] {
    return { count, evidence: this.#rows(kind, count) };
  }

  #share(kind: Kind, count: number, of: number): Schemas['FairnessShare'] {
    return { count, of, share: of === 0 ? null : roundFigure(count / of), enough: of >= FAIRNESS_CONSTANTS.minimumN, evidence: this.#rows(kind, count) };
  }

  #rows(kind: Kind, count: number): Schemas['Evidence'][] {
    const { from, to } = this.#period;
    return count === 0 ? [] : [{ kind: kindOf(kind), href: `/api/fairness/rows?kind=${kind}&from=${from}&to=${to}${this.#whose}`, count }];
  }
}
