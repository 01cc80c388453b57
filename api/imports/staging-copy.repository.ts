import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { Client } from 'pg';
import { from, type CopyStreamQuery } from 'pg-copy-streams';
import type { StagingRow } from './import-rows.repository.ts';

const columns = 'attempt, import_id, ordinal, row_number, external_id, hashed, data, errors, raw';

/** Opens COPY streams, each on a connection of its own: as fast as rows get into PostgreSQL. */
export class StagingCopies {
  readonly #url: string;

  /** @param url connection string of the database */
  constructor(url: string) {
    this.#url = url;
  }

  async open(attempt: string, importId: string): Promise<StagingCopy> {
    const client = new Client({ connectionString: this.#url, application_name: 'sideline-import', connectionTimeoutMillis: 5000 });
    // An error of the connection ends the stream too, and is met there.
    client.on('error', () => undefined);
    await client.connect();
    return new StagingCopy(client, client.query(from(`copy import_staging (${columns}) from stdin`)), `${attempt}\t${importId}\t`);
  }
}

/** One attempt's rows on their way: all of them arrive when it is finished, or none. */
export class StagingCopy {
  readonly #client: Client;
  readonly #stream: CopyStreamQuery;
  readonly #prefix: string;
  #failed: Error | null = null;

  constructor(client: Client, stream: CopyStreamQuery, prefix: string) {
    this.#client = client;
    this.#stream = stream;
    this.#prefix = prefix;
    stream.on('error', (error) => {
      this.#failed = error;
    });
  }

  /** Resolves when the database keeps up. @throws what the database objects to. */
  async write(rows: readonly StagingRow[]): Promise<void> {
    if (this.#failed) throw this.#failed;
    const text = rows.map((row) => `${this.#prefix}${rowText(row)}\n`).join('');
    if (!this.#stream.write(text)) await once(this.#stream, 'drain');
  }

  async finish(): Promise<void> {
    if (this.#failed) throw this.#failed;
    this.#stream.end();
    await finished(this.#stream, { readable: false });
    await this.#client.end();
  }

  /** Nothing of what was written remains. Does nothing after {@link finish}. */
  async abort(): Promise<void> {
    if (!this.#stream.destroyed && !this.#stream.writableFinished) this.#stream.destroy();
    await this.#client.end().catch(() => undefined);
  }
}

/** PostgreSQL's text format: `\N` is null, backslashes are doubled. The texts hold neither tabs nor line ends. */
function rowText({ ordinal, rowNumber, externalId, hashed, data, faults, raw }: StagingRow): string {
  const rejected = faults.length > 0;
  return [ordinal, rowNumber, escape(externalId), hashed, json(data), json(rejected ? faults : null), json(rejected ? raw : null)].join('\t');
}

function json(value: unknown): string {
  return value === null ? String.raw`\N` : escape(JSON.stringify(value));
}

function escape(text: string): string {
  return text.includes('\\') ? text.replaceAll('\\', String.raw`\\`) : text;
}
