import { expect } from 'chai';
import createClient from 'openapi-fetch';
import type { paths } from '../../api/http/contract.types.ts';
import type { SidelineClient } from '../provider/client.ts';
import { download, NotDownloaded } from './download.ts';
import { KINDS, type ExportChoice } from './export-choice.ts';

const choice: ExportChoice = { kind: 'notes', format: 'csv', from: '2026-03-01', to: '', teamId: '' };

const clientOf = (answer: (request: Request) => Response): SidelineClient => {
  const http = createClient<paths>({ baseUrl: 'http://api.test', fetch: (request) => Promise.resolve(answer(request)) });
  return { http, apiUrl: 'http://api.test', ended: new AbortController().signal, follow: () => Promise.reject(new Error('not asked')) };
};

/** Two pieces, and then the end or a connection that is lost. */
const pieces = (isLost: boolean): ReadableStream<Uint8Array> => {
  const rest = ['Note\n', 'Hello\n'];
  return new ReadableStream({
    pull: (controller) => {
      const next = rest.shift();
      if (next) controller.enqueue(new TextEncoder().encode(next));
      else if (isLost) controller.error(new TypeError('network error'));
      else controller.close();
    },
  });
};

const failed = (client: SidelineClient): Promise<unknown> => download(client, choice, new AbortController().signal, () => undefined).then(() => undefined, (error: unknown) => error);

describe('a download', () => {
  it('asks for what was chosen and nothing else, counts what comes, and is named by the server', async () => {
    const told: number[] = [];
    const asked: string[] = [];
    const client = clientOf(({ url }) => {
      asked.push(url);
      return new Response(pieces(false), { headers: { 'Content-Disposition': 'attachment; filename="sideline-notes-now.csv"' } });
    });
    const { content, name } = await download(client, choice, new AbortController().signal, (bytes) => told.push(bytes));
    expect([await content.text(), name, told, asked]).to.deep.equal(['Note\nHello\n', 'sideline-notes-now.csv', [5, 11], ['http://api.test/api/exports/notes?format=csv&from=2026-03-01']]);
  });

  it('is no file when it breaks off', async () => {
    const error = await failed(clientOf(() => new Response(pieces(true))));
    expect(error).to.be.instanceOf(NotDownloaded).and.to.deep.include({ came: 11, wait: undefined });
    expect((error as NotDownloaded).error.kind).to.equal('offline');
  });

  it('is given up when nothing comes any more', async () => {
    let cancelled = false;
    const silent = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(new TextEncoder().encode('Note\n')), cancel: () => void (cancelled = true) });
    const error: unknown = await download(clientOf(() => new Response(silent)), choice, new AbortController().signal, () => undefined, 20).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(NotDownloaded).and.to.deep.include({ came: 5 });
    expect((error as NotDownloaded).error.kind).to.equal('offline');
    expect(cancelled).to.equal(true);
  });

  it('is whole however many pieces it comes in', async () => {
    const piece = new Uint8Array(3 * 1024 * 1024).fill(120);
    let left = 7;
    const stream = new ReadableStream<Uint8Array>({ pull: (controller) => (left-- > 0 ? controller.enqueue(piece) : controller.close()) });
    const { content } = await download(clientOf(() => new Response(stream)), choice, new AbortController().signal, () => undefined);
    expect(content.size).to.equal(7 * piece.length);
  });

  it('knows when the server wants to be asked again', async () => {
    const error = await failed(clientOf(() => Response.json({ status: 503, detail: 'Away.' }, { status: 503, headers: { 'Retry-After': '30' } })));
    expect(error).to.deep.include({ wait: 30, came: 0, message: 'Away.' });
  });

  it('is offered of every kind the contract has', () => {
    expect([...KINDS].sort()).to.deep.equal(['actions', 'agents', 'interactions', 'metrics', 'notes', 'sessions']);
  });
});
