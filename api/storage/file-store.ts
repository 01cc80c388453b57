/** A file that has arrived whole but is not kept yet. */
export interface StagedFile {
  /** Where it lies on this machine until it is kept or discarded. */
  readonly path: string;
  readonly size: number;
  /** Of the content, in hex. */
  readonly sha256: string;
  /** Removes it; does nothing once it is kept. */
  discard(): Promise<void>;
}

/** The content grew beyond what was allowed; nothing of it is left. */
export class FileTooLarge extends Error {
  readonly maxBytes: number;

  constructor(maxBytes: number) {
    super(`The file is larger than ${maxBytes} bytes.`);
    this.name = 'FileTooLarge';
    this.maxBytes = maxBytes;
  }
}

/** There is no such file, although something expects it. */
export class FileGone extends Error {
  constructor(key: string) {
    super(`The stored file ${key} is not there any more.`);
    this.name = 'FileGone';
  }
}

/** The files cannot be reached at the moment; the same may work later. */
export class StorageAway extends Error {
  constructor(cause: unknown) {
    super('The storage for files cannot be reached at the moment.', { cause });
    this.name = 'StorageAway';
  }
}

/** The key of a file, by its content. */
export const keyOf = ({ sha256 }: Pick<StagedFile, 'sha256'>): string => `${sha256.slice(0, 2)}/${sha256}`;

/** Whether {@link keyOf} can have made it. */
export const isKey = (key: string): boolean => /^([0-9a-f]{2})\/\1[0-9a-f]{62}$/.test(key);

/** The hash of the content that a key was made of. */
export const hashOf = (key: string): string => key.slice(3);

/** @throws Error for what {@link keyOf} cannot have made: nobody names a path */
export function assertKey(key: string): void {
  if (!isKey(key)) throw new Error(`Not a key of a stored file: ${key}`);
}

/**
 * Keeps uploaded files by their content: the same content is kept once, under a key made of its hash. Who shares
 * files between records must therefore make sure, before removing one, that no other record needs it.
 */
export interface FileStore {
  /**
   * Receives a file of unknown size without holding it in memory.
   * @throws FileTooLarge as soon as it exceeds `maxBytes`
   */
  receive(content: AsyncIterable<Uint8Array>, maxBytes: number): Promise<StagedFile>;
  /** Makes a received file durable. Returns its key. @throws StorageAway */
  keep(staged: StagedFile): Promise<string>;
  /**
   * Gives the file a path on this machine for as long as `work` runs.
   * @throws FileGone, StorageAway
   */
  withLocalFile<T>(key: string, work: (path: string) => Promise<T>): Promise<T>;
  /** Removes a file; one that is gone already is fine. */
  remove(key: string): Promise<void>;
  /**
   * Whether files can be reached, where they lie elsewhere; null where they lie on this machine.
   * @throws StorageAway
   */
  readonly ping: (() => Promise<void>) | null;
  /** The keys of all files that are kept, in no order. Whatever else lies beside them is nobody's of ours. @throws StorageAway */
  keys(): AsyncIterable<string>;
  /** Removes what killed processes have received and never kept. */
  clearAbandoned(now: Date): Promise<void>;
}
