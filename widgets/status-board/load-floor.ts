import type { SidelineClient } from '../provider/client.ts';
import { ApiError, body } from '../shared/api-error.ts';
import type { Agent, Thresholds } from './board-model.ts';

/** Everybody on the board, and after how long each team wants a status to be noticed. */
export interface Floor {
  readonly agents: readonly Agent[];
  /** By team; a team whose settings are not this person's to read has none. */
  readonly thresholds: ReadonlyMap<string, Thresholds>;
}

const PAGE = 100;

/** @param teams ids of teams, or everybody the person may see */
export async function loadFloor(client: SidelineClient, teams: readonly string[] | 'all', signal: AbortSignal): Promise<Floor> {
  const wanted = teams === 'all' ? [undefined] : teams;
  const agents = (await Promise.all(wanted.map((team) => loadPeople(client, team, signal)))).flat();
  const ids = [...new Set(agents.flatMap((agent) => agent.teamId ?? []))];
  const thresholds = await Promise.all(ids.map(async (id) => [id, await loadThresholds(client, id, signal)] as const));
  return { agents, thresholds: new Map(thresholds.filter((entry): entry is [string, Thresholds] => entry[1] !== undefined)) };
}

async function loadPeople(client: SidelineClient, teamId: string | undefined, signal: AbortSignal): Promise<Agent[]> {
  const people: Agent[] = [];
  for (let page = 1; ; page += 1) {
    const query = { role: 'cs', status: 'active', page, limit: PAGE, ...(teamId ? { teamId } : {}) } as const;
    const { data, meta } = await body(client.http.GET('/api/agents', { params: { query }, signal }));
    people.push(...data);
    if (page >= meta.totalPages) return people;
  }
}

/** Settings are the leaders' to read; for everybody else no time in a status is marked. */
async function loadThresholds(client: SidelineClient, id: string, signal: AbortSignal): Promise<Thresholds | undefined> {
  try {
    const { settings } = await body(client.http.GET('/api/teams/{id}/settings', { params: { path: { id } }, signal }));
    return settings.thresholds;
  } catch (error) {
    if (error instanceof ApiError && (error.kind === 'forbidden' || error.kind === 'gone')) return undefined;
    throw error;
  }
}
