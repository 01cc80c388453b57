import type { KnownPerson } from '../agents/imported-people.service.ts';
import { cut } from '../text/cut.ts';
import { pointerTo, type ImportMapping, type ImportQuestion } from './mapping/import-mapping.ts';
import { NearNames } from './near-names.ts';
import { choiceOf, LEAVE_OUT, PeopleResolver } from './people-resolver.ts';
import { counted } from './remarks.ts';
import { fold } from './values/text.ts';

/** Who has written something, or why it cannot be said to be theirs; `field` is the cell at fault. */
export type Author = { readonly id: number } | { readonly field: 'agent' | 'author'; readonly code: string; readonly message: string };

const mostAsked = 20;
const mostCounted = 1000;
const mostListed = 100;

const writers = new Set(['admin', 'manager', 'team_leader']);

/**
 * Who the notes of a file are by. An import follows the rules of notes that are written here: leaders, managers and
 * administrators write them, about people they lead and never about themselves, and under their own name. Of what was
 * written elsewhere before, managers and administrators may bring in notes of others who may write notes; leaders bring
 * their own. A note whose author is nobody here is rejected: it is not the word of whoever brings the file. All this is
 * asked of new notes; one that is here already keeps its author.
 */
export class Authorship {
  readonly #people: ReadonlyMap<number, KnownPerson>;
  readonly #names: PeopleResolver;
  readonly #uploader: number;
  readonly #isLeader: boolean;
  readonly #unknown = new Map<string, { readonly name: string; rows: number }>();

  /** @param isLeader leaders bring notes of their own alone */
  constructor(people: readonly KnownPerson[], decided: ImportMapping['people'], uploader: number, isLeader: boolean) {
    this.#people = new Map(people.map((person) => [person.id, person]));
    this.#names = new PeopleResolver(people, decided, null);
    this.#uploader = uploader;
    this.#isLeader = isLeader;
  }

  /**
   * @param name as the file has it; null where it names nobody: then it is by whoever brings it
   * @param about whom the note is about; null for somebody who is not there yet
   */
  of(name: string | null, about: number | null): Author {
    if (about === this.#uploader) return { field: 'agent', code: 'note_about_yourself', message: 'A note about yourself is written, and imported, by somebody else.' };
    if (name === null) return { id: this.#uploader };
    const found = this.#names.resolve(name);
    if (found.kind === 'refused') return fault(found.code, found.message);
    if (found.kind === 'nobody') return { id: this.#uploader };
    if (found.kind === 'missing') return this.#unknownTo(name);
    return this.#allowed(found.id, about);
  }

  /** Who the authors are whom nobody here is called, most notes first, and the names that several people have. */
  questions(): ImportQuestion[] {
    const unknown = [...this.#unknown.values()].sort((a, b) => b.rows - a.rows).slice(0, mostAsked);
    return [...unknown.map(({ name, rows }) => this.#question(name, rows)), ...this.#names.questions()];
  }

  #unknownTo(name: string): Author {
    const known = this.#unknown.get(fold(name));
    if (known) known.rows += 1;
    else if (this.#unknown.size < mostCounted) this.#unknown.set(fold(name), { name, rows: 1 });
    return fault('unknown_author', `Nobody here is called “${cut(name, 60)}”.`);
  }

  /** Leaders bring their own notes alone: what somebody else has written is theirs or left out. */
  #question(name: string, rows: number): ImportQuestion {
    const others = this.#isLeader ? [] : [...this.#people.values()].filter(({ id, role }) => id !== this.#uploader && writers.has(role));
    const near = new Set(new NearNames(others).of(name).map(({ id }) => id));
    const listed = [...others.filter(({ id }) => near.has(id)), ...others.filter(({ id }) => !near.has(id)).sort((a, b) => a.fullName.localeCompare(b.fullName))];
    const choices = [...listed.slice(0, mostListed).map(choiceOf), { value: null, label: 'I am: import them as my own' }, LEAVE_OUT];
    return { code: 'unknown_author', field: 'author', message: `Who is “${cut(name, 60)}”, who wrote ${counted(rows, 'note', 'notes')}? Nobody here is called so.`, answer: pointerTo('people', name), choices };
  }

  #allowed(id: number, about: number | null): Author {
    const { fullName = '', role = '' } = this.#people.get(id) ?? {};
    if (id === about) return fault('note_about_yourself', `${fullName} writes no note about themselves.`);
    if (this.#isLeader && id !== this.#uploader) return fault('not_the_author', `Leaders import notes of their own; this one is by ${fullName}.`);
    return writers.has(role) ? { id } : fault('not_an_author', `${fullName} writes no notes: leaders, managers and administrators do.`);
  }
}

const fault = (code: string, message: string): Author => ({ field: 'author', code, message });
