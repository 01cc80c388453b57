import type { SidelineClient } from '../provider/client.ts';
import { body, toApiError, type ApiError } from '../shared/api-error.ts';
import { queryOf, type ExportChoice } from './export-choice.ts';

/** Why there is no file. */
export class NotDownloaded extends Error {
  readonly error: ApiError;
  /** After how many seconds the server wants to be asked again. */
  readonly wait: number | undefined;
  /** Bytes that had come. */
  readonly came: number;

  constructor(error: ApiError, { wait, came = 0 }: { wait?: number | undefined; came?: number } = {}) {
    super(error.message);
    this.error = error;
    this.wait = wait;
    this.came = came;
  }
}

const TOGETHER_BYTES = 8 * 1024 * 1024;
const SILENT_MS = 120_000;

export interface Download {
  readonly content: Blob;
  readonly name: string;
}

/**
 * An export, read while it is written: nobody knows beforehand how large it becomes.
 *
 * @param came is told how many bytes there are
 * @param silentMs when nothing has come for so long, the network is taken to be lost
 * @throws NotDownloaded
 */
export async function download(client: SidelineClient, choice: ExportChoice, signal: AbortSignal, came: (bytes: number) => void, silentMs = SILENT_MS): Promise<Download> {
  const asked = client.http.GET('/api/exports/{kind}', { params: { path: { kind: choice.kind }, query: queryOf(choice) }, parseAs: 'stream', signal });
  const stream = await body(asked).catch(async (error: unknown) => {
    throw new NotDownloaded(toApiError(error), { wait: await waitOf(asked) });
  });
  const { headers } = (await asked).response;
  const pieces = await collect(stream, came, silentMs);
  const name = /filename="([^"]+)"/.exec(headers.get('Content-Disposition') ?? '')?.[1];
  return { content: new Blob(pieces, { type: headers.get('Content-Type') ?? '' }), name: name ?? `sideline-${choice.kind}.${choice.format}` };
}

/** Pieces are put together as they come: what is together the browser may keep on the disk. */
async function collect(stream: ReadableStream<Uint8Array<ArrayBuffer>>, came: (bytes: number) => void, silentMs: number): Promise<Blob[]> {
  const reader = stream.getReader();
  const together: Blob[] = [];
  let pieces: Uint8Array<ArrayBuffer>[] = [];
  let [bytes, lately] = [0, 0];
  try {
    for (;;) {
      const { done, value } = await unlessSilent(reader.read(), silentMs);
      if (done) return [...together, new Blob(pieces)];
      pieces.push(value);
      bytes += value.length;
      lately += value.length;
      if (lately >= TOGETHER_BYTES) {
        together.push(new Blob(pieces));
        [pieces, lately] = [[], 0];
      }
      came(bytes);
    }
  } catch (error) {
    void reader.cancel().catch(() => undefined);
    throw new NotDownloaded(toApiError(error), { came: bytes });
  }
}

/** A network that is lost without a word: the server itself would not be silent for so long. @throws TypeError, as when it is lost with one */
async function unlessSilent<T>(next: Promise<T>, silentMs: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silent = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(new TypeError('nothing came')), silentMs)));
  return Promise.race([next, silent]).finally(() => clearTimeout(timer));
}

/** `Retry-After` in seconds. */
async function waitOf(asked: Promise<{ response: Response }>): Promise<number | undefined> {
  const answer = await asked.catch(() => undefined);
  const seconds = Number(answer?.response.headers.get('Retry-After') ?? 0);
  return seconds > 0 ? seconds : undefined;
}
