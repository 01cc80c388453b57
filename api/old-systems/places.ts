import { DatabaseSync, type StatementSync } from 'node:sqlite';

/** Where a row went, and where it stood. */
export interface Place {
  /** Our id; null for a row that was refused. */
  readonly id: string | null;
  readonly content: string;
  readonly place: string;
}

/**
 * What a run has met so far, by old id. It is kept beside the memory, in a temporary file that SQLite removes by itself: a
 * million rows take no more memory than one.
 */
export class Places {
  readonly #db = new DatabaseSync('');
  readonly #find: StatementSync;
  readonly #add: StatementSync;

  constructor() {
    this.#db.exec('pragma cache_size = -32000; create table places (kind text, old_id text, id text, content text, place text, primary key (kind, old_id)) without rowid; begin');
    this.#find = this.#db.prepare('select id, content, place from places where kind = ? and old_id = ?');
    this.#add = this.#db.prepare('insert or replace into places values (?, ?, ?, ?, ?)');
  }

  get(kind: string, oldId: string): Place | undefined {
    return this.#find.get(kind, oldId) as Place | undefined;
  }

  set(kind: string, oldId: string, { id, content, place }: Place): void {
    this.#add.run(kind, oldId, id, content, place);
  }

  close(): void {
    this.#db.close();
  }
}
