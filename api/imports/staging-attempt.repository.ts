import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { Client } from 'pg';
import { from, type CopyStreamQuery } from 'pg-copy-streams';
import type { Db } from '../db/db.ts';
import { onConnection } from '../db/one-connection.ts';
import type { StagingRow } from './import-rows.repository.ts';

const columns = 'import_id, sheet, ordinal, row_number, external_id, hashed, action, data, errors, raw';
/** A worker whose machine is gone holds up the next attempt no longer than this; seconds. */
const SILENCE = { idle: 10, interval: 5, count: 3 } as const;

/** Begins attempts, each a transaction on a connection of its own: as fast as rows get into PostgreSQL. */
export class StagingAttempts {
  readonly #url: string;

  /** @param url connection string of the database */
  constructor(url: string) {
    this.#url = url;
  }

  async begin(): Promise<StagingAttempt> {
    const client = new Client({ connectionString: this.#url, application_name: 'sideline-import', connectionTimeoutMillis: 5000 });
    // An error of the connection ends what is under way too, and is met there.
    client.on('error', () => undefined);
    await client.connect();
    try {
      await client.query(`begin; set local tcp_keepalives_idle = ${SILENCE.idle}; set local tcp_keepalives_interval = ${SILENCE.interval}; set local tcp_keepalives_count = ${SILENCE.count}`);
      return new StagingAttempt(client);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
  }
}

/** One attempt's transaction: rows are copied into the preview, compared there, and show together, or none does. */
export class StagingAttempt {
  /** Statements of the transaction. Not while rows are being copied. */
  readonly db: Db;
  readonly #client: Client;
  #copy: RowCopy | null = null;

  constructor(client: Client) {
    this.#client = client;
    this.db = onConnection(client);
  }

  /** @param sheet that the rows are on; null in a file that has none */
  copy(importId: string, sheet: string | null): RowCopy {
    const stream = this.#client.query(from(`copy import_rows (${columns}) from stdin`));
    this.#copy = new RowCopy(stream, `${importId}\t${sheet === null ? NULL : escape(sheet)}\t`);
    return this.#copy;
  }

  async commit(): Promise<void> {
    await this.#client.query('commit');
  }

  /** Nothing remains of what was written before without {@link commit}. */
  async end(): Promise<void> {
    this.#copy?.abort();
    await this.#client.end().catch(() => undefined);
  }
}

/** Rows on their way. */
export class RowCopy {
  readonly #stream: CopyStreamQuery;
  readonly #prefix: string;
  #failed: Error | null = null;

  constructor(stream: CopyStreamQuery, prefix: string) {
    this.#stream = stream;
    this.#prefix = prefix;
    stream.on('error', (error) => {
      this.#failed = error;
    });
  }

  /** Resolves when the database keeps up. @throws what the database objects to. */
  async write(rows: readonly StagingRow[]): Promise<void> {
    if (this.#failed) throw this.#failed;
    let text = '';
    for (const row of rows) text += `${this.#prefix}${rowText(row)}\n`;
    if (!this.#stream.write(text)) await once(this.#stream, 'drain');
  }

  async finish(): Promise<void> {
    if (this.#failed) throw this.#failed;
    this.#stream.end();
    await finished(this.#stream, { readable: false });
  }

  abort(): void {
    if (!this.#stream.destroyed && !this.#stream.writableFinished) this.#stream.destroy();
  }
}

const NULL = String.raw`\N`;

/** PostgreSQL's text format: `\N` is null, backslashes are doubled. The texts of a row hold neither tabs nor line ends. */
function rowText({ ordinal, rowNumber, externalId, hashed, data, faults, raw }: StagingRow): string {
  const rejected = faults.length > 0;
  const id = hashed ? `${externalId}:1` : escape(externalId);
  const judged = rejected ? `rejected\t${NULL}\t${json(faults)}\t${json(raw)}` : `new\t${data === null ? NULL : json(data)}\t${NULL}\t${NULL}`;
  return `${ordinal}\t${rowNumber}\t${id}\t${hashed ? 't' : 'f'}\t${judged}`;
}

const json = (value: unknown): string => escape(JSON.stringify(value));

const ESCAPES: Readonly<Record<string, string>> = { '\\': String.raw`\\`, '\t': String.raw`\t`, '\n': String.raw`\n`, '\r': String.raw`\r` };

const escape = (text: string): string => (/[\\\t\n\r]/.test(text) ? text.replaceAll(/[\\\t\n\r]/g, (mark) => ESCAPES[mark] ?? mark) : text);
