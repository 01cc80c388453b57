import type { FileStore } from '../../storage/file-store.ts';
import type { ParsingLimits } from '../parsing/limits.ts';
import { openSource } from '../parsing/open-source.ts';
import type { RowSource } from '../parsing/row-source.ts';

/**
 * Reads a stored file for as long as somebody takes what `read` makes of it; afterwards it is given back.
 * @throws FileGone, StorageAway, FileRefused
 */
export async function* lent<T>(files: FileStore, { storageKey, fileName }: { storageKey: string; fileName: string }, limits: ParsingLimits, read: (source: RowSource) => AsyncIterable<T>): AsyncGenerator<T, void, undefined> {
  const opened = Promise.withResolvers<string>();
  const ended = Promise.withResolvers<void>();
  const lending = files.withLocalFile(storageKey, (path) => {
    opened.resolve(path);
    return ended.promise;
  });
  lending.catch(opened.reject);
  const source = await openSource(await opened.promise, fileName, limits).catch((error: unknown) => {
    ended.resolve();
    throw error;
  });
  try {
    yield* read(source);
  } finally {
    await source.close();
    ended.resolve();
    await lending;
  }
}
