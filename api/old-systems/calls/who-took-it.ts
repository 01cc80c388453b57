import type { KnownPerson } from '../../agents/imported-people.service.ts';
import type { Db } from '../../db/db.ts';
import { PeopleResolver } from '../../imports/people-resolver.ts';
import type { OldRow } from '../old-row.ts';

/** Finds people by ids they had in other systems, or have in host systems; an id may be of several. */
export type PeopleByOldId = (db: Db, oldIds: readonly string[]) => Promise<readonly { readonly oldId: string; readonly agentId: number }[]>;

/** What a call says of the person who took it. */
export interface Named {
  readonly id: string | null;
  readonly email: string | null;
  readonly name: string | null;
}

export const namedIn = (row: OldRow): Named => ({ id: row.id('agentId', 'agent_id'), email: row.text('agentEmail'), name: row.text('agentName') });

/**
 * Who took a call: by an id of theirs, else by e-mail, user name or full name. Whoever could be several people, or is nobody
 * here, is counted and told, never guessed.
 */
export class WhoTookIt {
  readonly #byOldId: PeopleByOldId;
  readonly #people: PeopleResolver;
  readonly #names: ReadonlyMap<number, string>;
  readonly #found = new Map<string, ReadonlySet<number>>();
  readonly #unknown = new Map<string, { readonly id: string | null; calls: number }>();
  readonly #ambiguous = new Map<string, { readonly ids: ReadonlySet<number>; calls: number }>();

  constructor(people: readonly KnownPerson[], byOldId: PeopleByOldId) {
    this.#people = new PeopleResolver(people, {}, null);
    this.#names = new Map(people.map(({ id, fullName, email }) => [id, `${fullName} (${email})`]));
    this.#byOldId = byOldId;
  }

  /** Looks up the ids of a batch at once. */
  async meet(db: Db, named: readonly Named[]): Promise<void> {
    const ids = [...new Set(named.flatMap(({ id }) => (id === null || this.#found.has(id) ? [] : [id])))];
    if (ids.length === 0) return;
    const people = Map.groupBy(await this.#byOldId(db, ids), ({ oldId }) => oldId);
    for (const id of ids) this.#found.set(id, new Set(people.get(id)?.map(({ agentId }) => agentId)));
  }

  /** Our id of the person; null where nobody is named, or nobody can be said for certain. */
  of({ id, email, name }: Named): number | null {
    const byId = id === null ? undefined : this.#found.get(id);
    if (byId && byId.size > 1) return this.#unsure(id ?? '', byId);
    const [known] = byId ?? [];
    if (known !== undefined) return known;
    // A bare number counts people of the old system, not ours.
    const words = [email, name, id].filter((word) => word !== null && !/^\d+$/.test(word));
    const answers = words.map((word) => ({ word, answer: this.#people.resolve(word) }));
    const sure = answers.find(({ answer }) => answer.kind === 'known');
    if (sure?.answer.kind === 'known') return sure.answer.id;
    const unsure = answers.find(({ answer }) => answer.kind === 'refused' && answer.code === 'ambiguous_person');
    if (unsure?.word) return this.#unsure(unsure.word, new Set());
    const told = name ?? email ?? id;
    if (told !== null) {
      const known = this.#unknown.get(told) ?? { id, calls: 0 };
      this.#unknown.set(told, known);
      known.calls += 1;
    }
    return null;
  }

  /** A sentence for each who is nobody, or could be several. */
  sentences(): string[] {
    const ambiguous = [...this.#ambiguous].map(([word, { ids, calls }]) => `${word} (${callsIn(calls)}) could be several people${ids.size > 0 ? `: ${[...ids].map((id) => this.#names.get(id) ?? id).join(', ')}` : ''}. These calls are nobody’s until only one of them has this id or name.`);
    const unknown = [...this.#unknown].slice(0, 100).map(([word, { id, calls }]) => `${word} (${callsIn(calls)}) is nobody here. These calls are nobody’s; ${id === null ? `add the person under this ${word.includes('@') ? 'e-mail' : 'name'}` : `give the person an identity with the id ${id}`}, and start again.`);
    return [...ambiguous, ...unknown, ...(this.#unknown.size > 100 ? [`${this.#unknown.size - 100} more are nobody here.`] : [])];
  }

  #unsure(word: string, ids: ReadonlySet<number>): null {
    const known = this.#ambiguous.get(word) ?? { ids, calls: 0 };
    this.#ambiguous.set(word, known);
    known.calls += 1;
    return null;
  }
}

const callsIn = (count: number): string => `${count} ${count === 1 ? 'call' : 'calls'}`;
