import { Client } from 'pg';

type Done = (error: Error | null, result: unknown) => void;
type Query = (...args: unknown[]) => unknown;

/**
 * A connection whose answers are freed when nobody needs them any more. The promises that pg itself makes tie each query to its
 * callback and back: V8 then takes every row that was read for something that lasts, and keeps it until a full collection, so that
 * whoever reads much pays for copying all of it twice (`freeing-client.api.test.ts` shows it). What is called back instead goes with
 * the next young one.
 */
export class FreeingClient extends Client {
  // `never`, because no one type fits all overloads of the original, whose callers keep its types.
  override query(...args: unknown[]): never {
    const original = super.query.bind(this) as Query;
    if (isOfItsOwn(args[0]) || args.some((arg) => typeof arg === 'function')) return original(...args) as never;
    return calledBack((done) => original(...args, done)) as never;
  }
}

/** A cursor, a COPY: it tells its rows itself. */
const isOfItsOwn = (query: unknown): boolean => typeof query === 'object' && query !== null && 'submit' in query;

/** As pg's own: with the trace of who asked. */
const calledBack = (ask: (done: Done) => unknown): Promise<unknown> =>
  new Promise((resolve, reject) => {
    ask((error, result) => (error ? reject(error) : resolve(result)));
  }).catch((error: unknown) => {
    if (error instanceof Error) Error.captureStackTrace(error);
    throw error;
  });
