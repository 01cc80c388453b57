import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { OldFileError } from '../old-file-error.ts';

/** A table of the file, by the names it has there. */
export interface OldTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: number;
  /** Column → the table it refers to. */
  readonly references: ReadonlyMap<string, string>;
}

/** A batch is not filled up beyond this. */
const BATCH_BYTES = 16 * 1024 * 1024;
/** Milliseconds to wait for whoever is writing to it. */
const PATIENCE_MS = 5000;
const HEADER = 'SQLite format 3\0';

/** What SQLite's result codes mean to somebody who has a file and wants to bring it along. */
const IN_WORDS: Readonly<Record<number, string>> = {
  5: 'is locked by a program that is writing to it. Stop the Coach App, or copy the file together with its -wal beside it, and start again.',
  6: 'is locked by a program that is writing to it. Stop the Coach App, or copy the file together with its -wal beside it, and start again.',
  11: 'is damaged. Make a sound copy of it first: sqlite3 dev.db ".recover" | sqlite3 sound.db',
  14: 'cannot be opened. Where there is a -wal beside it, the folder has to be one you may write to: copy both files into one.',
  8: 'cannot be opened. Where there is a -wal beside it, the folder has to be one you may write to: copy both files into one.',
  26: 'is no SQLite database, or an encrypted one.',
};

/** A SQLite database as it was at one moment, for reading alone. */
export class SqliteFile {
  readonly #path: string;
  readonly #db: DatabaseSync;
  readonly tables: readonly OldTable[];

  /** @throws OldFileError */
  constructor(path: string, patienceMs = PATIENCE_MS) {
    this.#path = path;
    assertSqlite(path);
    this.#db = this.#said(() => new DatabaseSync(addressOf(path), { readOnly: true, timeout: patienceMs }));
    try {
      // One snapshot for all of it, whoever writes meanwhile; the first read takes it.
      this.#said(() => this.#db.exec('begin; select 1 from sqlite_schema'));
      const [check] = this.#said(() => this.#db.prepare('pragma quick_check(1)').all());
      if (check && Object.values(check)[0] !== 'ok') throw new OldFileError(`${path} ${IN_WORDS[11]}`);
      this.tables = this.#said(() => this.#readTables());
    } catch (error) {
      this.#db.close();
      throw error;
    }
  }

  /** The rows of a table in the order they were written, in batches; whole numbers beyond 2^53 as BigInt. */
  *batches(table: Pick<OldTable, 'name' | 'columns'>, size: number): Generator<Record<string, unknown>[]> {
    const rows = this.#said(() => {
      const statement = this.#db.prepare(`select ${table.columns.map(quoted).join(', ')} from ${quoted(table.name)}`);
      statement.setReadBigInts(true);
      return statement.iterate();
    });
    let bytes = 0;
    for (let batch: Record<string, unknown>[] = []; ; ) {
      const next = this.#said(() => rows.next());
      if (!next.done) {
        batch.push(next.value);
        bytes += sizeOf(next.value);
      }
      if (batch.length === size || bytes > BATCH_BYTES || (next.done && batch.length > 0)) {
        yield batch;
        [batch, bytes] = [[], 0];
      }
      if (next.done) return;
    }
  }

  /** In how many rows each of these columns has something. */
  filled(table: OldTable, columns: readonly string[]): number[] {
    if (columns.length === 0) return [];
    const counts = columns.map((column, index) => `count(${quoted(column)}) as c${index}`).join(', ');
    const row = this.#said(() => this.#db.prepare(`select ${counts} from ${quoted(table.name)}`).get());
    return columns.map((_column, index) => Number(row?.[`c${index}`]));
  }

  close(): void {
    this.#db.close();
  }

  #readTables(): OldTable[] {
    const names = this.#db.prepare(`select name from sqlite_schema where type = 'table' and name not like 'sqlite\\_%' escape '\\' order by name`).all();
    return names.map(({ name }) => {
      const table = quoted(String(name));
      const columns = this.#db.prepare(`pragma table_info(${table})`).all().map((column) => String(column['name']));
      const references = this.#db.prepare(`pragma foreign_key_list(${table})`).all().map((key) => [String(key['from']), String(key['table'])] as const);
      const rows = this.#db.prepare(`select count(*) as n from ${table}`).get();
      return { name: String(name), columns, rows: Number(rows?.['n']), references: new Map(references) };
    });
  }

  #said<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0;
      const words = IN_WORDS[code];
      throw words === undefined ? error : new OldFileError(`${this.#path} ${words}`, { cause: error });
    }
  }
}

/** About how much memory the texts and pictures of a row take. */
const sizeOf = (row: Readonly<Record<string, unknown>>): number =>
  Object.values(row).reduce<number>((sum, value) => sum + (typeof value === 'string' || value instanceof Uint8Array ? value.length : 0), 0);

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Nobody writes to a database that says it has a journal and has none: it is read as it is, wherever it lies. */
function addressOf(path: string): string | URL {
  const url = pathToFileURL(path);
  const isWal = headerOf(path).subarray(18, 20).equals(Buffer.from([2, 2]));
  if (!isWal || existsSync(`${path}-wal`)) return path;
  url.searchParams.set('immutable', '1');
  return url;
}

function assertSqlite(path: string): void {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw new OldFileError(`There is no file ${path}.`);
  if (!stat.isFile()) throw new OldFileError(`${path} is no file.`);
  if (stat.size === 0) throw new OldFileError(`${path} is empty: Prisma makes such a file when it is pointed at the wrong folder. Look for the dev.db that has something in it.`);
  if (headerOf(path).toString('latin1', 0, 16) !== HEADER) throw new OldFileError(`${path} ${IN_WORDS[26]}`);
}

function headerOf(path: string): Buffer {
  const header = Buffer.alloc(20);
  const file = openSync(path, 'r');
  try {
    readSync(file, header, 0, 20, 0);
    return header;
  } finally {
    closeSync(file);
  }
}
