import type { components } from '../http/contract.types.ts';
import type { TeamRow } from './team.repository.ts';

export type TeamView = components['schemas']['Team'];

/** A team as everybody sees it. */
export const presentTeam = (row: TeamRow): TeamView => row;
