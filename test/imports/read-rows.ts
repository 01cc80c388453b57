import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultLimits, type ParsingLimits } from '../../api/imports/parsing/limits.ts';
import { openSource } from '../../api/imports/parsing/open-source.ts';
import type { RowSource, SourceRow } from '../../api/imports/parsing/row-source.ts';

/** Lends a file with this content, in a folder that is removed afterwards. */
export async function withFile<T>(content: Buffer | string, name: string, work: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'sideline-import-'));
  try {
    const path = join(folder, name);
    await writeFile(path, content);
    return await work(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Opens the content as the importer would. */
export function withSource<T>(content: Buffer | string, name: string, work: (source: RowSource) => Promise<T>, limits: Partial<ParsingLimits> = {}): Promise<T> {
  return withFile(content, name, async (path) => {
    const source = await openSource(path, name, { ...defaultLimits, ...limits });
    try {
      return await work(source);
    } finally {
      await source.close();
    }
  });
}

/** Every row of one sheet, by default the first. Holes in sparse rows become `undefined`. */
export function readRows(content: Buffer | string, name = 'book.xlsx', limits: Partial<ParsingLimits> = {}): Promise<SourceRow[]> {
  return withSource(
    content,
    name,
    async (source) => {
      const rows: SourceRow[] = [];
      for await (const row of source.rows(source.sheets[0]?.name ?? null)) rows.push({ ...row, cells: Array.from(row.cells) });
      return rows;
    },
    limits,
  );
}
