import type { components } from '../http/contract.types.ts';
import type { IdentityRow } from './identity.repository.ts';

export type IdentityView = components['schemas']['Identity'];

export const presentIdentity = (row: IdentityRow): IdentityView => row;
