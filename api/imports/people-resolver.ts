import type { KnownPerson } from '../agents/imported-people.service.ts';
import { cut } from '../text/cut.ts';
import { pointerTo, type ImportMapping, type ImportQuestion } from './mapping/import-mapping.ts';
import { saysNobody } from './values/nothing.ts';
import { fold, tidy } from './values/text.ts';

/** Instead of a person's id: rows with this name are left out. */
export const LEFT_OUT = 0;

/** Who a name in a file is. */
export type Resolution =
  | { readonly kind: 'known'; readonly id: number }
  /** With the name somebody would be added by: `Amara Okafor`, whichever way round the file has it. */
  | { readonly kind: 'missing'; readonly key: string; readonly name: string }
  /** The user decided that rows with this name have nobody. */
  | { readonly kind: 'nobody' }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string };

const remembered = 50_000;

/**
 * Finds people by id, e-mail, user name or full name, as `Surname, Given` too; case, accents and stray blanks do not matter.
 * First names alone, or similar names, match nobody: they are missing. `N/A` or `Unassigned` is nobody, unless somebody is called so. Who shares a name with others has to be decided.
 */
export class PeopleResolver {
  readonly #byKey = new Map<string, KnownPerson[]>();
  readonly #decided: ReadonlyMap<string, number | null>;
  readonly #people: ReadonlyMap<number, KnownPerson>;
  readonly #teamIds: readonly string[] | null;
  readonly #mayBeNobody: boolean;
  readonly #answers = new Map<string, Resolution>();
  readonly #firstNames = new Map<number, string>();
  readonly #ambiguous = new Map<string, ImportQuestion>();
  readonly #decidedHere = new Map<string, string>();

  /**
   * @param teamIds teams whose people may be touched; null for all
   * @param mayBeNobody rows can do without a person
   */
  constructor(people: readonly KnownPerson[], decided: ImportMapping['people'], teamIds: readonly string[] | null, mayBeNobody = false) {
    this.#mayBeNobody = mayBeNobody && teamIds === null;
    this.#people = new Map(people.map((person) => [person.id, person]));
    this.#decided = new Map(Object.entries(decided).map(([name, id]) => [fold(name), id]));
    this.#teamIds = teamIds;
    for (const person of people) this.#index(person);
  }

  /** @param name as in the file; null for a row that names nobody */
  resolve(name: string | null): Resolution {
    if (name === null) return this.#noName();
    const key = fold(name);
    const answer = this.#answers.get(key) ?? this.#find(name, key);
    // A column that holds no names has a different one in every row.
    if (this.#answers.size < remembered) this.#answers.set(key, answer);
    return answer;
  }

  /** The first name that the file has for somebody it names in several ways. */
  firstNameOf(id: number, name: string): string {
    const first = this.#firstNames.get(id) ?? name;
    this.#firstNames.set(id, first);
    return first;
  }

  /** Of several names for one person the first that is somebody's decides; else one that cannot be, else the first. */
  resolveAny(names: readonly (string | null)[]): Resolution {
    const answers = names.map((name) => this.resolve(name));
    return answers.find(({ kind }) => kind === 'known') ?? answers.find(({ kind }) => kind === 'refused') ?? answers[0] ?? { kind: 'nobody' };
  }

  /** The names that several people have. */
  questions(): ImportQuestion[] {
    return [...this.#ambiguous.values()].slice(0, 20);
  }

  /** Names of the file whose person was decided for an earlier one. @param given what was decided for this one */
  recalled(given: ImportMapping['people']): { name: string; person: string }[] {
    const now = new Set(Object.keys(given).map(fold));
    return [...this.#decidedHere].filter(([name]) => !now.has(fold(name)) && !now.has(turned(fold(name)))).map(([name, person]) => ({ name, person }));
  }

  #find(name: string, key: string): Resolution {
    const decided = this.#decided.has(key) ? this.#decided.get(key) : this.#decided.get(turned(key));
    if (decided === LEFT_OUT) {
      this.#decidedHere.set(name, 'nobody whose rows are taken');
      return { kind: 'refused', code: 'left_out', message: `Rows with “${cut(name, 60)}” are left out, as was decided.` };
    }
    if (decided === null) {
      this.#decidedHere.set(name, 'nobody');
      return this.#teamIds === null ? { kind: 'nobody' } : this.#noName();
    }
    if (decided !== undefined) {
      const person = this.#people.get(decided);
      if (person && this.#isReachable(person)) {
        this.#decidedHere.set(name, `${person.fullName} (${person.email})`);
        return { kind: 'known', id: decided };
      }
      // What another leader once decided for such a file says nothing about this one's people.
    }
    const found = this.#byKey.get(key) ?? this.#byKey.get(turned(key)) ?? [];
    if (found.length === 0) return saysNobody(name) ? this.#noName() : missing(turned(tidy(name)));
    const reachable = found.filter((person) => this.#isReachable(person));
    if (reachable.length > 1) this.#ambiguous.set(key, ambiguity(name, reachable, this.#mayBeNobody));
    return reachable.length > 1
      ? { kind: 'refused', code: 'ambiguous_person', message: `${reachable.length} people are called “${cut(name, 60)}”.` }
      : this.#reach(reachable.length === 1 ? reachable : found);
  }

  #noName(): Resolution {
    if (this.#teamIds === null) return { kind: 'nobody' };
    return { kind: 'refused', code: 'agent_required', message: 'The row names nobody; leaders import interactions of their own people.' };
  }

  #reach([person]: readonly KnownPerson[]): Resolution {
    if (person && this.#isReachable(person)) return { kind: 'known', id: person.id };
    return { kind: 'refused', code: 'outside_teams', message: `${person?.fullName ?? 'The person'} is in no team you lead.` };
  }

  #isReachable(person: KnownPerson): boolean {
    return mayTouch(this.#teamIds, person);
  }

  #index(person: KnownPerson): void {
    const keys = new Set([String(person.id), fold(person.email), fold(person.username), fold(person.fullName)]);
    for (const key of keys) {
      const known = this.#byKey.get(key);
      if (known) known.push(person);
      else this.#byKey.set(key, [person]);
    }
  }
}

/** Whether somebody is in one of these teams; null for all. */
export const mayTouch = (teamIds: readonly string[] | null, { teamId }: KnownPerson): boolean => teamIds === null || (teamId !== null && teamIds.includes(teamId));

/** `okafor, amara` as `amara okafor`. */
const turned = (key: string): string => key.replace(/^([^,]+?) ?, ?([^,]+)$/, '$2 $1');

function missing(name: string): Resolution {
  const key = fold(name);
  return key.length >= 2 ? { kind: 'missing', key, name } : { kind: 'refused', code: 'invalid_name', message: `“${name}” is no name.` };
}

function ambiguity(name: string, people: readonly KnownPerson[], mayBeNobody: boolean): ImportQuestion {
  const choices = [...people.slice(0, 20).map(choiceOf), ...(mayBeNobody ? [{ value: null, label: 'Nobody: keep the rows without a person' }] : []), LEAVE_OUT];
  return { code: 'ambiguous_person', field: 'agent', message: `Who is “${name}”? Several people have this name.`, answer: pointerTo('people', name), choices };
}

/** Somebody to choose. */
export const choiceOf = ({ id, fullName, email }: Pick<KnownPerson, 'id' | 'fullName' | 'email'>): ImportQuestion['choices'][number] => ({ value: id, label: `${fullName} (${email})` });

export const LEAVE_OUT: ImportQuestion['choices'][number] = { value: LEFT_OUT, label: 'I do not know: leave these rows out' };
