import { join } from 'node:path';
import S3rver from 's3rver';
import type { S3Settings } from '../../api/storage/s3-file-store.ts';

/** An S3 server with one bucket, on a free port of loopback. */
export interface S3Server {
  readonly settings: S3Settings;
  close(): Promise<void>;
}

/**
 * @param folder where the bucket's files lie
 * @param at a port it had before; 0 for a free one
 */
export async function startS3(folder: string, at = 0): Promise<S3Server> {
  const server = new S3rver({ port: at, address: '127.0.0.1', silent: true, directory: join(folder, 'bucket'), configureBuckets: [{ name: 'sideline', configs: [] }] });
  const { port } = await server.run();
  return {
    settings: { endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', bucket: 'sideline', credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' }, forcePathStyle: true },
    close: () => server.close(),
  };
}
