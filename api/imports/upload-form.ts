import type { Readable } from 'node:stream';
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import { badRequest, Problem } from '../errors/problem.ts';
import type { RequestStream } from '../http/handler.ts';
import { FileTooLarge, type FileStore, type StagedFile } from '../storage/file-store.ts';
import { cut } from '../text/cut.ts';
import { tidy } from './values/text.ts';

/** A multipart upload, its file received and not kept yet. */
export interface UploadForm {
  readonly file: StagedFile;
  readonly fileName: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** Headers and boundaries around the file. */
const envelopeBytes = 64 * 1024;
const limits = { files: 1, fields: 10, parts: 12, fieldSize: 1000, fieldNameSize: 100, headerPairs: 20, headerSize: 8192 };

/**
 * Receives a form with one file, streaming it into the store.
 *
 * @param known names of the text fields that may be there
 * @throws Problem 400 (malformed, unknown or repeated field, no file), 413, 415; nothing is left behind
 */
export async function readUploadForm(stream: RequestStream, known: readonly string[], files: FileStore, maxBytes: number): Promise<UploadForm> {
  const contentType = String(stream.headers['content-type'] ?? '');
  if (!/^multipart\/form-data\s*;.*boundary=/i.test(contentType)) {
    throw new Problem(415, 'unsupported_media_type', 'Send the file as multipart/form-data.');
  }
  if (Number(stream.headers['content-length'] ?? 0) > maxBytes + envelopeBytes) {
    // Not even looked at: the connection ends with the answer.
    throw new Problem(413, 'payload_too_large', tooLarge(maxBytes), { headers: { Connection: 'close' } });
  }
  const parser = new Busboy({ headers: { ...stream.headers, 'content-type': contentType }, limits });
  const form = new FormReader(known, files, maxBytes);
  try {
    await form.read(stream.body, parser);
    return form.result();
  } catch (error) {
    stream.body.unpipe(parser);
    // The rest is taken in and forgotten, so that the client gets to read why it was refused.
    stream.body.resume();
    await form.discard();
    throw error instanceof FileTooLarge ? new Problem(413, 'payload_too_large', tooLarge(maxBytes), { cause: error }) : error;
  }
}

class FormReader {
  readonly #known: readonly string[];
  readonly #files: FileStore;
  readonly #maxBytes: number;
  readonly #fields: Record<string, string> = {};
  #fileName = '';
  #content: Readable | null = null;
  #receiving: Promise<StagedFile> | null = null;

  constructor(known: readonly string[], files: FileStore, maxBytes: number) {
    this.#known = known;
    this.#files = files;
    this.#maxBytes = maxBytes;
  }

  async read(body: NodeJS.ReadableStream, parser: BusboyInstance): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      // A part may come without a name, whatever the types say.
      parser.on('file', (name: string | undefined, content, fileName) => this.#onFile(name ?? '', content, fileName, reject));
      parser.on('field', (name: string | undefined, value, nameCut, valueCut) => {
        const problem = this.#onField(name ?? '', value, nameCut || valueCut);
        if (problem) reject(problem);
      });
      for (const event of ['filesLimit', 'fieldsLimit', 'partsLimit'] as const) {
        parser.on(event, () => reject(badRequest('too_many_parts', 'The form has more parts than it may have.')));
      }
      parser.on('finish', resolve);
      parser.on('error', (error) => reject(badRequest('invalid_form', `The form could not be read (${String(error)}).`)));
      body.on('error', reject);
      body.on('close', () => {
        if (!('readableEnded' in body) || body.readableEnded !== true) reject(badRequest('aborted', 'The upload ended before the file did.'));
      });
      body.pipe(parser);
    });
    await this.#receiving;
  }

  async discard(): Promise<void> {
    // Where the upload broke off, nothing else would ever end the file.
    this.#content?.destroy();
    const staged = await this.#receiving?.catch(() => null);
    await staged?.discard();
  }

  async result(): Promise<UploadForm> {
    if (!this.#receiving) throw fieldProblem('file', 'is required');
    return { file: await this.#receiving, fileName: this.#fileName, fields: this.#fields };
  }

  #onFile(name: string, content: Readable, fileName: string | undefined, reject: (error: Error) => void): void {
    // The parser reports a cut-off part by this event alone; unheard, it would end the process.
    content.on('error', (error: Error) => {
      // Nobody reads on: whoever stopped tells why.
      if (error.name === 'AbortError') return;
      reject(badRequest('invalid_form', `The form could not be read (${error.message}).`));
      content.destroy(error);
    });
    if (name !== 'file') {
      content.resume();
      reject(fieldProblem(name, 'is not known here'));
      return;
    }
    this.#fileName = cut(tidy(fileName ?? ''), 255) || 'upload';
    this.#content = content;
    this.#receiving = this.#files.receive(content as AsyncIterable<Uint8Array>, this.#maxBytes);
    this.#receiving.catch(reject);
  }

  #onField(name: string, value: string, cut: boolean): Problem | undefined {
    if (name === 'file') return fieldProblem('file', 'must be a file');
    if (!this.#known.includes(name)) return fieldProblem(name, 'is not known here');
    if (name in this.#fields) return fieldProblem(name, 'is given more than once');
    if (cut) return fieldProblem(name, 'is too long');
    this.#fields[name] = value;
    return undefined;
  }
}

export function fieldProblem(field: string, message: string): Problem {
  const path = `/body/${cut(field, 100)}`;
  return badRequest('validation_failed', `${path} ${message}.`, [{ path, message }]);
}

function tooLarge(maxBytes: number): string {
  return `The file is larger than ${Math.floor(maxBytes / 1024 / 1024)} MB.`;
}
