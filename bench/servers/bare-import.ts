// What an import cannot do without, alone: reads the file with the same reader, and copies the same rows into a table.
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from, to } from 'pg-copy-streams';
import { defaultLimits } from '../../api/imports/parsing/limits.ts';
import { openSource } from '../../api/imports/parsing/open-source.ts';
import type { SourceRow } from '../../api/imports/parsing/row-source.ts';
import { textOf } from '../../api/imports/values/text.ts';

export interface BareQuestion {
  readonly path: string;
  /** Not the file: what has become of it, into a table that is made as `interactions` is. */
  readonly kept?: boolean;
}

export interface BareAnswer {
  readonly rows: number;
  readonly readSeconds: number;
  readonly copySeconds: number;
}

const COLUMNS = 10;

process.on('message', (message) => void answer(message as BareQuestion).then((found) => process.send?.(found)));
process.on('disconnect', () => process.exit(0));
process.on('SIGTERM', () => process.exit(0));
process.send?.({ type: 'ready', url: '' });

async function answer({ path, kept = false }: BareQuestion): Promise<BareAnswer> {
  if (kept) return { rows: 0, readSeconds: 0, copySeconds: await copyKept(path) };
  const started = performance.now();
  let rows = 0;
  await eachRow(path, () => {
    rows += 1;
  });
  const readSeconds = (performance.now() - started) / 1000;
  return { rows, readSeconds, copySeconds: await copy(path) };
}

async function eachRow(path: string, take: (row: SourceRow) => void | Promise<unknown>): Promise<void> {
  const source = await openSource(path, path, defaultLimits);
  try {
    for await (const row of source.rows(source.sheets[0]?.name ?? null)) {
      const waiting = take(row);
      if (waiting) await waiting;
    }
  } finally {
    await source.close();
  }
}

/** The rows lie ready as COPY wants them; only their way into the table is timed. */
async function copy(path: string): Promise<number> {
  const ready = `${path}.copy`;
  const file = createWriteStream(ready);
  await eachRow(path, ({ cells }) => {
    const line = Array.from({ length: COLUMNS }, (_, column) => textOf(cells[column])).join('\t');
    return file.write(`${line}\n`) ? undefined : once(file, 'drain');
  });
  file.end();
  await once(file, 'close');
  return connected(async (client) => {
    await client.query(`drop table if exists bare; create table bare (${Array.from({ length: COLUMNS }, (_, column) => `c${column} text`).join(', ')})`);
    return copyInto(client, ready);
  });
}

/** The rows as they were imported, into a table with the same columns, checks, keys and indexes. */
function copyKept(path: string): Promise<number> {
  const ready = `${path}.kept`;
  return connected(async (client) => {
    await pipeline(client.query(to('copy interactions to stdout')), createWriteStream(ready));
    await client.query('drop table if exists bare; create table bare (like interactions including all)');
    return copyInto(client, ready);
  });
}

/** @returns seconds */
async function copyInto(client: pg.Client, ready: string): Promise<number> {
  const started = performance.now();
  await pipeline(createReadStream(ready), client.query(from('copy bare from stdin')));
  return (performance.now() - started) / 1000;
}

async function connected(work: (client: pg.Client) => Promise<number>): Promise<number> {
  const client = new pg.Client({ connectionString: process.env['DATABASE_URL'] });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
