import type { IncomingHttpHeaders } from 'node:http';

/** What a request is answered with. */
export type Answer = [status: number, body: unknown];

export interface Request {
  /** The number in its path; 1 where there is none. */
  id: number;
  uuid: string;
  path: string;
  method: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: unknown;
}

export function problem(status: number, detail = 'It did not work.'): unknown {
  return { type: 'about:blank', title: 'Problem', status, detail, instance: '/', code: 'fake', timestamp: new Date().toISOString(), requestId: 'req-1234', error: 'Problem', message: detail };
}

export const paged = <T>(data: readonly T[]): object => ({ data, meta: { total: data.length, page: 1, limit: 100, totalPages: 1 } });
