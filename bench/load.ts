// The load generator, a process of its own: takes one message, answers with what it saw.
import autocannon from 'autocannon';

/** What to send where. */
export interface LoadRequest {
  readonly url: string;
  readonly paths: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly connections: number;
  readonly seconds: number;
}

export interface LoadResult {
  readonly perSecond: number;
  readonly p99Ms: number;
  /** Answers that were not 2xx, and requests without an answer. */
  readonly failed: number;
}

process.once('message', (request: LoadRequest) => {
  void load(request).then((result) => process.send?.(result, () => process.exit(0)));
});

async function load({ url, paths, headers, connections, seconds }: LoadRequest): Promise<LoadResult> {
  const requests = paths.map((path) => ({ method: 'GET' as const, path }));
  const result = await autocannon({ url, connections, duration: seconds, headers, requests });
  return { perSecond: result['2xx'] / result.duration, p99Ms: result.latency.p99, failed: result.non2xx + result.errors + result.timeouts };
}
