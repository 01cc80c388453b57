import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { access, constants, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { isDatabaseAway, isDiskFull } from '../db/failures.ts';
import { loadContract } from '../http/contract.ts';
import { ContractValidator } from '../http/validator.ts';
import { Refused } from './cli-options.ts';
import type { PartialMapping } from './mapping/import-mapping.ts';

// The files that the person at the terminal names.

/** @throws Refused for what cannot be read as a file */
export async function checkReadable(path: string): Promise<void> {
  const found = await stat(path).catch((error: unknown) => {
    throw new Refused(codeOf(error) === 'ENOENT' ? `There is no file ${path}.` : `${path} cannot be read: ${troubleOf(error)}.`);
  });
  if (!found.isFile()) throw new Refused(`${path} is ${found.isDirectory() ? 'a folder, not a' : 'no'} file.`);
  await access(path, constants.R_OK).catch((error: unknown) => {
    throw new Refused(`${path} cannot be read: ${troubleOf(error)}.`);
  });
}

/**
 * A mapping as `PUT /api/imports/{id}/mapping` takes it.
 * @throws Refused for a file that is none, and says what in it is not
 */
export async function readMapping(path: string): Promise<PartialMapping> {
  await checkReadable(path);
  const mapping = parsed(await readFile(path, 'utf8'), path);
  const [fault, ...more] = ContractValidator.of(loadContract()).schema('ImportMappingData')(mapping);
  if (!fault) return mapping as PartialMapping;
  const name = fault.path.slice(1).replaceAll('/', '.');
  const words = fault.code === 'additionalProperties' ? `“${name}” is nothing a mapping can say` : `${name === '' ? 'it' : `“${name}”`} ${fault.message}`;
  throw new Refused(`${path} is no mapping: ${words}${more.length > 0 ? ` (and ${more.length} more)` : ''}.`);
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new Refused(`${path} is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * Looks beforehand whether a file can be written there.
 * @param imported must stay as it is, by whatever path it is reached
 * @throws Refused
 */
export async function checkTarget(path: string, imported: string): Promise<void> {
  const folder = await stat(dirname(path)).catch(() => undefined);
  if (!folder?.isDirectory()) throw new Refused(`--rejected: there is no folder ${dirname(path)}.`);
  const [there, source] = await Promise.all([stat(path, { bigint: true }).catch(() => undefined), stat(imported, { bigint: true })]);
  if (there && there.dev === source.dev && there.ino === source.ino) throw new Refused('--rejected would overwrite the file that is imported.');
  if (there && !there.isFile()) throw new Refused(`--rejected: ${path} is no file.`);
}

/**
 * Writes all of a file or nothing: what stood there before stays until the new one is complete.
 * @throws Refused where it cannot be written, and what `pieces` throws
 */
export async function writeWhole(path: string, pieces: AsyncIterable<string | Uint8Array>): Promise<void> {
  // A link stays a link.
  const target = await realpath(path).catch(() => path);
  const unfinished = join(dirname(target), `.sideline-${randomUUID()}.part`);
  try {
    await pipeline(pieces, createWriteStream(unfinished, { flags: 'wx' }));
    await rename(unfinished, target);
  } catch (error) {
    await rm(unfinished, { force: true });
    // What is not of the file's own making is somebody else's to tell.
    throw isOfFiles(error) ? new Refused(`${path} could not be written: ${troubleOf(error)}.`) : error;
  }
}

const isOfFiles = (error: unknown): boolean => error instanceof Error && 'syscall' in error && !isDatabaseAway(error);

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

const TROUBLES: Readonly<Record<string, string>> = {
  EACCES: 'that is not permitted', EPERM: 'that is not permitted', EROFS: 'nothing can be written there', EFBIG: 'files may not be that large', ENOTDIR: 'its path leads through a file', ENAMETOOLONG: 'its name is too long',
};

function troubleOf(error: unknown): string {
  if (isDiskFull(error)) return 'there is no room left on the disk';
  return TROUBLES[codeOf(error)] ?? (error instanceof Error ? error.message : String(error));
}
