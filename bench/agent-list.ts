import { compared, defineBench, median, milliseconds, timed, whole, type Measurement } from './bench.ts';
import { askChild, startChild } from './children.ts';
import { install } from './installation.ts';
import type { LoadRequest, LoadResult } from './load.ts';

const PEOPLE = 500;
const CONNECTIONS = 20;
const ROUNDS = 7;
const SECONDS = 4;
const PATHS = [1, 2, 3, 4, 5, 6].map((page) => `/api/agents?role=cs&status=active&department=Support&limit=25&page=${page}`);

/** The list of people against the same list written with Express and pg alone. */
export const agentList = defineBench({
  name: 'agent-list',
  about: `\`GET /api/agents\` filtered, sorted, 25 of ${PEOPLE} rows and their count, ${CONNECTIONS} connections, with sign-in, roles and validation, nothing remembered (\`CACHE_TTL_AGENTS=0\`; who asks the same at the same moment shares one answer), and as it runs, remembered until somebody changes; bare: Express and \`pg\` with two queries, without any of that. Medians of ${ROUNDS} interleaved rounds of ${SECONDS} s.`,
  async run(note): Promise<readonly Measurement[]> {
    const installation = await install(PEOPLE);
    const api = await installation.startApi({ CACHE_TTL_AGENTS: '0' });
    const remembering = await installation.startApi();
    const bare = await startChild(new URL('./servers/bare-list.ts', import.meta.url), { DATABASE_URL: installation.databaseUrl });
    try {
      const headers = { Authorization: `Bearer ${installation.tokenOf(1)}` };
      await assertSameRows(api.url, bare.url, headers);
      const ask = (url: string, seconds: number): Promise<LoadResult> => fire({ url, paths: PATHS, headers, connections: CONNECTIONS, seconds });
      for (const { url } of [api, remembering, bare]) await ask(url, 3);
      const ours: LoadResult[] = [];
      const remembered: LoadResult[] = [];
      const theirs: LoadResult[] = [];
      for (let round = 1; round <= ROUNDS; round++) {
        ours.push(await ask(api.url, SECONDS));
        remembered.push(await ask(remembering.url, SECONDS));
        theirs.push(await ask(bare.url, SECONDS));
        note(`round ${round}: ours ${whole(ours.at(-1)?.perSecond ?? 0)}/s, p99 ${ours.at(-1)?.p99Ms} ms; bare ${whole(theirs.at(-1)?.perSecond ?? 0)}/s, p99 ${theirs.at(-1)?.p99Ms} ms`);
      }
      return [
        compared('requests per second', median(ours.map((r) => r.perSecond)), median(theirs.map((r) => r.perSecond)), '/s', 0.6),
        timed('p99', median(ours.map((r) => r.p99Ms)), median(theirs.map((r) => r.p99Ms)), 25),
        { what: 'requests per second, remembered', ours: `${whole(median(remembered.map((r) => r.perSecond)))} /s`, bare: '', target: '', met: null },
        { what: 'p99, remembered', ours: milliseconds(median(remembered.map((r) => r.p99Ms))), bare: '', target: '', met: null },
      ];
    } finally {
      await Promise.all([api.stop(), remembering.stop(), bare.stop()]);
      await installation.close();
    }
  },
});

async function fire(request: LoadRequest): Promise<LoadResult> {
  const result = await askChild<LoadResult>(new URL('./load.ts', import.meta.url), request);
  if (result.failed > 0) throw new Error(`${result.failed} requests to ${request.url} failed`);
  return result;
}

/** A race between two lists is worth something only if they are the same list. */
async function assertSameRows(ours: string, bare: string, headers: Record<string, string>): Promise<void> {
  for (const path of PATHS) {
    const [a, b] = await Promise.all([ours, bare].map(async (url) => JSON.stringify(sorted(await (await fetch(url + path, { headers })).json()))));
    if (a !== b) throw new Error(`${path} differs:\n${a}\n${b}`);
  }
}

const sorted = (value: unknown): unknown =>
  Array.isArray(value) ? value.map(sorted)
  : typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, sorted(inner)]))
  : value;
