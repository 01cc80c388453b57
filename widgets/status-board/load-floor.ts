import type { SidelineClient } from '../provider/client.ts';
import { body } from '../shared/api-error.ts';
import type { Board } from './board-model.ts';

/** Everybody on the board at once. @param teamId one team; whom the person works with when left out */
export function loadFloor(client: SidelineClient, teamId: string | undefined, signal: AbortSignal): Promise<Board> {
  return body(client.http.GET('/api/status-board', { params: { query: teamId ? { teamId } : {} }, signal }));
}
