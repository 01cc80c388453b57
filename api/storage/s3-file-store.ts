import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DeleteObjectCommand, GetObjectCommand, HeadBucketCommand, ListObjectsV2Command, NoSuchKey, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { newId } from '../db/ids.ts';
import { DiskFileStore } from './disk-file-store.ts';
import { assertKey, FileGone, isKey, keyOf, StorageAway, type FileStore, type StagedFile } from './file-store.ts';

/** Where the bucket is. Without keys the SDK looks for those of the machine, as AWS documents it. */
export interface S3Settings {
  /** Null for AWS itself. */
  readonly endpoint: string | null;
  readonly region: string;
  readonly bucket: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } | null;
  /** The bucket is part of the path and not of the host's name. */
  readonly forcePathStyle: boolean;
}

/** How long a server may say nothing before it counts as away. */
const SILENCE_MS = 30_000;
const CONNECT_MS = 5000;
/** A look at the bucket that takes longer has its answer. */
const PING_MS = 5000;

/**
 * Files in an S3-compatible bucket, under the keys the disk has. What arrives is received on this machine first, because it
 * is looked at before it is kept; then it goes out in one request, whole or not at all, so that nothing is left of an
 * upload that breaks off.
 */
export class S3FileStore implements FileStore {
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #local: DiskFileStore;
  readonly #incoming: string;

  /** @param folder for files on their way; created when it is missing */
  constructor({ endpoint, region, bucket, credentials, forcePathStyle }: S3Settings, folder: string) {
    this.#bucket = bucket;
    this.#local = new DiskFileStore(folder);
    this.#incoming = join(folder, 'incoming');
    this.#client = new S3Client({
      region,
      forcePathStyle,
      ...(endpoint === null ? {} : { endpoint }),
      ...(credentials === null ? {} : { credentials }),
      // What goes wrong is thrown; the log is ours.
      logger: { trace: () => undefined, debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
      requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout: SILENCE_MS },
      // Not every compatible server knows the checksums that AWS adds of itself; ours is sent with the file.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
  }

  receive(content: AsyncIterable<Uint8Array>, maxBytes: number): Promise<StagedFile> {
    return this.#local.receive(content, maxBytes);
  }

  async keep(staged: StagedFile): Promise<string> {
    const key = keyOf(staged);
    const ChecksumSHA256 = Buffer.from(staged.sha256, 'hex').toString('base64');
    await this.#asked(() => this.#client.send(new PutObjectCommand({ Bucket: this.#bucket, Key: key, Body: createReadStream(staged.path), ContentLength: staged.size, ChecksumSHA256 })));
    await staged.discard();
    return key;
  }

  async withLocalFile<T>(key: string, work: (path: string) => Promise<T>): Promise<T> {
    assertKey(key);
    await mkdir(this.#incoming, { recursive: true, mode: 0o700 });
    const path = join(this.#incoming, newId());
    try {
      await this.#asked(() => this.#fetch(key, path));
      return await work(path);
    } finally {
      await rm(path, { force: true });
    }
  }

  async remove(key: string): Promise<void> {
    assertKey(key);
    await this.#asked(() => this.#client.send(new DeleteObjectCommand({ Bucket: this.#bucket, Key: key })));
  }

  readonly ping = async (): Promise<void> => {
    await this.#asked(() => this.#client.send(new HeadBucketCommand({ Bucket: this.#bucket }), { abortSignal: AbortSignal.timeout(PING_MS) }));
  };

  async *keys(): AsyncGenerator<string, void, undefined> {
    let token: string | undefined;
    do {
      const page = await this.#asked(() => this.#client.send(new ListObjectsV2Command({ Bucket: this.#bucket, ContinuationToken: token })));
      for (const { Key: key = '' } of page.Contents ?? []) if (isKey(key)) yield key;
      token = page.NextContinuationToken;
    } while (token !== undefined);
  }

  clearAbandoned(now: Date): Promise<void> {
    return this.#local.clearAbandoned(now);
  }

  async #fetch(key: string, path: string): Promise<void> {
    const { Body } = await this.#client.send(new GetObjectCommand({ Bucket: this.#bucket, Key: key })).catch((error: unknown) => {
      throw error instanceof NoSuchKey ? new FileGone(key) : error;
    });
    await pipeline(Body as Readable, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
  }

  /** Whatever a bucket answers but that a file is gone is for its operator: refused keys, a missing bucket, silence. */
  async #asked<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw error instanceof FileGone ? error : new StorageAway(error);
    }
  }
}
