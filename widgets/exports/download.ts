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

export interface Download {
  readonly content: Blob;
  readonly name: string;
}

/**
 * An export, read while it is written: nobody knows beforehand how large it becomes.
 *
 * @param came is told how many bytes there are
 * @throws NotDownloaded
 */
export async function download(client: SidelineClient, choice: ExportChoice, signal: AbortSignal, came: (bytes: number) => void): Promise<Download> {
  const asked = client.http.GET('/api/exports/{kind}', { params: { path: { kind: choice.kind }, query: queryOf(choice) }, parseAs: 'stream', signal });
  const stream = await body(asked).catch(async (error: unknown) => {
    throw new NotDownloaded(toApiError(error), { wait: await waitOf(asked) });
  });
  const { headers } = (await asked).response;
  const pieces = await collect(stream, came);
  const name = /filename="([^"]+)"/.exec(headers.get('Content-Disposition') ?? '')?.[1];
  return { content: new Blob(pieces, { type: headers.get('Content-Type') ?? '' }), name: name ?? `sideline-${choice.kind}.${choice.format}` };
}

async function collect(stream: ReadableStream<Uint8Array<ArrayBuffer>>, came: (bytes: number) => void): Promise<Uint8Array<ArrayBuffer>[]> {
  const reader = stream.getReader();
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return pieces;
      pieces.push(value);
      bytes += value.length;
      came(bytes);
    }
  } catch (error) {
    throw new NotDownloaded(toApiError(error), { came: bytes });
  }
}

/** `Retry-After` in seconds. */
async function waitOf(asked: Promise<{ response: Response }>): Promise<number | undefined> {
  const answer = await asked.catch(() => undefined);
  const seconds = Number(answer?.response.headers.get('Retry-After') ?? 0);
  return seconds > 0 ? seconds : undefined;
}
