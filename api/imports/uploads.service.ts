import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { Problem } from '../errors/problem.ts';
import type { RequestStream } from '../http/handler.ts';
import type { FileStore, StagedFile } from '../storage/file-store.ts';
import type { ImportKindName } from './kinds/kind-names.ts';
import { UnpacksTooLong } from './parsing/gzip.ts';
import type { ParsingLimits } from './parsing/limits.ts';
import { openSource } from './parsing/open-source.ts';
import { FileRefused } from './parsing/refusal.ts';
import { fieldProblem, readUploadForm } from './upload-form.ts';
import { tidy } from './values/text.ts';

/** So much of a packed file is unpacked to be looked at while others wait for answers, in bytes; the worker meets the rest. */
const LOOKED_AT = 64 * 1024 * 1024;

/** A file that was received and looked at, with what was said about it. */
export interface ReceivedFile {
  readonly file: StagedFile;
  readonly fileName: string;
  readonly kind: ImportKindName;
  /** Label of the system it comes from; null for the header's signature. */
  readonly source: string | null;
}

export interface UploadsDependencies {
  readonly files: FileStore;
  readonly kinds: Readonly<Record<ImportKindName, unknown>>;
  readonly limits: ParsingLimits;
  readonly uploadLimitBytes: number;
}

/** Takes files in and looks whether they can be read at all. Nothing here asks who is uploading. */
export class UploadsService {
  readonly #deps: UploadsDependencies;

  constructor(deps: UploadsDependencies) {
    this.#deps = deps;
  }

  /**
   * Takes in an uploaded form. The caller discards the file, whether or not it was kept.
   * @throws Problem 400, 413, 415, 422; nothing is left behind
   */
  async receive(stream: RequestStream): Promise<ReceivedFile> {
    const { files, uploadLimitBytes } = this.#deps;
    const { file, fileName, fields } = await readUploadForm(stream, ['kind', 'source'], files, uploadLimitBytes);
    return this.#accept(file, fileName, fields);
  }

  /** Takes in a file of this machine, of any size. Otherwise as {@link receive}. */
  async receiveFile(path: string, fields: Readonly<Record<string, string>>): Promise<ReceivedFile> {
    const file = await this.#deps.files.receive(createReadStream(path) as AsyncIterable<Buffer>, Number.MAX_SAFE_INTEGER);
    return this.#accept(file, basename(path), fields);
  }

  async #accept(file: StagedFile, fileName: string, fields: Readonly<Record<string, string>>): Promise<ReceivedFile> {
    try {
      const kind = this.#kindOf(fields['kind']);
      const source = fields['source'] === undefined ? null : labelOf(fields['source']);
      await this.#inspect(file.path, fileName);
      return { file, fileName, kind, source };
    } catch (error) {
      await file.discard();
      throw error;
    }
  }

  /** @throws Problem when the file cannot be a spreadsheet, or is one that is unsafe to open */
  async #inspect(path: string, fileName: string): Promise<void> {
    try {
      const { limits } = this.#deps;
      const source = await openSource(path, fileName, { ...limits, unpacked: Math.min(limits.unpacked, LOOKED_AT) });
      await source.close();
    } catch (error) {
      // Whether it is more than is ever unpacked is for the worker to find.
      if (error instanceof UnpacksTooLong) return;
      if (error instanceof FileRefused) throw new Problem(error.status, error.code, error.message, { cause: error, details: [{ path: '/body/file', message: error.message, code: error.code }] });
      throw error;
    }
  }

  #kindOf(kind: string | undefined): ImportKindName {
    if (kind === undefined) throw fieldProblem('kind', 'is required');
    const known = Object.keys(this.#deps.kinds);
    if (!known.includes(kind)) throw fieldProblem('kind', `must be one of ${known.join(', ')}`);
    return kind as ImportKindName;
  }
}

function labelOf(text: string): string {
  const label = tidy(text);
  if (label === '' || label.length > 100) throw fieldProblem('source', 'must have 1 to 100 characters');
  return label;
}
