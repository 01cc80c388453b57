import type { components } from '../../api/http/contract.types.ts';
import type { DrillSubject } from '../drill/subject.ts';
import '../shared/strings/evidence.ts';
import type { Locale } from '../shared/locale.ts';
import type { MessageKey } from '../shared/strings.ts';

type Schemas = components['schemas'];
export type Fairness = Schemas['Fairness'];
type Figures = Schemas['FairnessFigures'];
type Share = Schemas['FairnessShare'];
type Count = Schemas['FairnessCount'];
type Spread = Schemas['FairnessSpread'];

/** A figure as it stands, in words, and what it opens. */
export interface Item {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  /** Of how many, beside a share. */
  readonly n: string;
  /** From 0 to 1, for a bar. */
  readonly part: number;
  readonly subject: DrillSubject;
}

/** What is said of everybody, of a team or of a leader. */
export interface Group {
  readonly id: string;
  readonly name: string;
  /** Beside the name: cadence, leaders, teams. */
  readonly note: string;
  /** Drawn as a bar. */
  readonly cadence: Item;
  readonly items: readonly Item[];
}

/** Turns figures into words; the definitions are those that came with them. */
export class FairnessWords {
  readonly #fairness: Fairness;
  readonly #locale: Locale;

  constructor(fairness: Fairness, locale: Locale) {
    this.#fairness = fairness;
    this.#locale = locale;
  }

  total(): Group {
    return this.#group('total', this.#locale.t('fairness.total'), '', this.#fairness.total);
  }

  teams(): Group[] {
    const { t } = this.#say();
    return this.#fairness.teams.map(({ team, cadenceDays, leaders, figures, spread }) => {
      const led = leaders.length > 0 ? t('fairness.ledBy', { names: leaders.map(({ name }) => name).join(', ') }) : '';
      const note = [t('fairness.cadence', { n: cadenceDays }), led].filter(Boolean).join(' · ');
      return this.#group(team?.id ?? 'none', team?.name ?? t('fairness.noTeam'), note, figures, spread);
    });
  }

  leaders(): Group[] {
    return this.#fairness.leaders.map(({ leader, teams, figures }) => {
      const note = teams.length > 0 ? this.#locale.t('fairness.leads', { names: teams.map(({ name }) => name).join(', ') }) : '';
      return this.#group(String(leader.id), leader.name, note, figures);
    });
  }

  #group(id: string, name: string, note: string, figures: Figures, spread?: Spread): Group {
    const upheld = figures.disputed.count > 0 ? [this.#locale.t('fairness.upheld', { n: figures.upheld })] : [];
    return {
      id,
      name,
      note,
      cadence: this.#share('inCadence', name, figures.inCadence),
      items: [
        this.#share('coached', name, figures.coached),
        this.#count('held', name, figures.held),
        this.#gap(name, figures),
        this.#share('praiseShare', name, figures.praiseShare),
        this.#count('cancelled', name, figures.cancelled),
        this.#count('noShow', name, figures.noShow),
        this.#share('acknowledged', name, figures.acknowledged),
        this.#count('overdue', name, figures.overdue),
        this.#share('disputed', name, figures.disputed, upheld),
        ...(spread ? [this.#spread(name, spread, figures.held)] : []),
      ],
    };
  }

  #share(id: 'inCadence' | 'coached' | 'praiseShare' | 'acknowledged' | 'disputed', name: string, share: Share, facts: readonly string[] = []): Item {
    const { t } = this.#say();
    const { count, of, enough } = share;
    const counted = t('fairness.of', { n: count, of });
    const value = of === 0 ? t('common.missing') : enough ? t('figure.percent', { n: this.#locale.number((share.share ?? 0) * 100) }) : counted;
    const few = !enough && of > 0 ? [t('fairness.few', { minimum: this.#fairness.minimumN })] : [];
    return this.#item(id, name, value, share.evidence, [...few, ...facts], { part: share.share ?? 0, n: enough ? counted : '' });
  }

  #count(id: 'held' | 'cancelled' | 'noShow' | 'overdue', name: string, { count, evidence }: Count): Item {
    return this.#item(id, name, this.#locale.number(count), evidence, []);
  }

  #gap(name: string, { gapDays, held }: Figures): Item {
    const value = gapDays.median === null ? this.#locale.t('common.missing') : this.#locale.number(gapDays.median, 1, 0);
    return this.#item('gap', name, value, held.evidence, [], {}, 'gapDays');
  }

  #spread(name: string, { people, least, most, median, gini }: Spread, { evidence }: Count): Item {
    const { t } = this.#say();
    const number = (value: number | null, digits: number): string => (value === null ? t('common.missing') : this.#locale.number(value, digits, 0));
    const value = least === null || most === null ? t('common.missing') : least === most ? this.#locale.number(most) : t('fairness.spreadValue', { least, most });
    const facts = people > 0 ? [t('fairness.spreadLong', { n: people, median: number(median, 1), gini: number(gini, 2) })] : [];
    return this.#item('spread', name, value, evidence, facts, {}, 'gini');
  }

  #item(id: string, name: string, value: string, links: DrillSubject['links'], facts: readonly string[], { part = 0, n = '' }: { part?: number; n?: string } = {}, definition = id): Item {
    const label = this.#locale.t(`fairness.${id}` as MessageKey);
    const formula = this.#fairness.definitions.find((one) => one.id === definition)?.formula;
    const subject = { title: `${label} · ${name}`, value, facts: [...(formula ? [formula] : []), ...(n ? [n] : []), ...facts], links, named: true };
    return { id, label, value, n, part, subject };
  }

  #say() {
    return { t: this.#locale.t.bind(this.#locale) };
  }
}
