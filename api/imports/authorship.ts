import type { KnownPerson } from '../agents/imported-people.service.ts';
import { cut } from '../text/cut.ts';
import type { ImportMapping, ImportQuestion } from './mapping/import-mapping.ts';
import { PeopleResolver } from './people-resolver.ts';

/** Who has written something, or why it cannot be said to be theirs; `field` is the cell at fault. */
export type Author = { readonly id: number } | { readonly field: 'agent' | 'author'; readonly code: string; readonly message: string };

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
    if (found.kind === 'missing') return fault('unknown_author', `Nobody here is called “${cut(name, 60)}”. Without the column of authors the notes are imported as your own.`);
    return this.#allowed(found.id, about);
  }

  /** The names that several people have. */
  questions(): ImportQuestion[] {
    return this.#names.questions();
  }

  #allowed(id: number, about: number | null): Author {
    const { fullName = '', role = '' } = this.#people.get(id) ?? {};
    if (id === about) return fault('note_about_yourself', `${fullName} writes no note about themselves.`);
    if (this.#isLeader && id !== this.#uploader) return fault('not_the_author', `Leaders import notes of their own; this one is by ${fullName}.`);
    return writers.has(role) ? { id } : fault('not_an_author', `${fullName} writes no notes: leaders, managers and administrators do.`);
  }
}

const fault = (code: string, message: string): Author => ({ field: 'author', code, message });
