import { join } from 'node:path';
import type { Config } from '../config.ts';
import { DiskFileStore } from './disk-file-store.ts';
import type { FileStore } from './file-store.ts';

/** Where this installation keeps files. What talks to buckets is loaded only where there is one: it is large. */
export async function openFileStore({ s3, dataDir }: Pick<Config, 's3' | 'dataDir'>): Promise<FileStore> {
  const folder = join(dataDir, 'files');
  if (s3 === null) return new DiskFileStore(folder);
  const { S3FileStore } = await import('./s3-file-store.ts');
  return new S3FileStore(s3, folder);
}
