import type { components } from '../http/contract.types.ts';
import type { SessionRequestRow } from './session-request.repository.ts';

export type SessionRequestView = components['schemas']['SessionRequest'];

export const presentSessionRequest = (row: SessionRequestRow): SessionRequestView => row;
