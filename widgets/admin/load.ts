import type { components } from '../../api/http/contract.types.ts';
import type { SidelineClient } from '../provider/client.ts';
import { body } from '../shared/api-error.ts';

export type Team = components['schemas']['Team'];

const PAGE = 100;

/** All teams, by name. */
export async function loadTeams(client: SidelineClient, signal: AbortSignal): Promise<readonly Team[]> {
  return everyPage((page) => body(client.http.GET('/api/teams', { params: { query: { page, limit: PAGE } }, signal })));
}

/** Names of departments that have people. */
export async function loadDepartments(client: SidelineClient, signal: AbortSignal): Promise<readonly string[]> {
  const { data } = await body(client.http.GET('/api/agents/departments', { signal }));
  return data.map(({ name }) => name);
}

/** The active people of a team. */
export async function loadMembers(client: SidelineClient, id: string, signal: AbortSignal): Promise<components['schemas']['Agent'][]> {
  return everyPage((page) => body(client.http.GET('/api/teams/{id}/members', { params: { path: { id }, query: { page, limit: PAGE } }, signal })));
}

export async function everyPage<T>(ask: (page: number) => Promise<{ data: T[]; meta: { totalPages: number } }>): Promise<T[]> {
  const all: T[] = [];
  for (let page = 1; ; page += 1) {
    const { data, meta } = await ask(page);
    all.push(...data);
    if (page >= meta.totalPages) return all;
  }
}
