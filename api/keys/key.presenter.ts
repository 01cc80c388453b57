import type { components } from '../http/contract.types.ts';
import type { KeyRow } from './key.repository.ts';

type KeyView = components['schemas']['ApiKey'];

/** A key as administrators see it. @param now decides whether it has expired */
export const presentKey = (row: KeyRow, now: Date): KeyView => ({ ...row, status: statusOf(row, now) });

function statusOf({ revokedAt, expiresAt }: KeyRow, now: Date): KeyView['status'] {
  if (revokedAt) return 'revoked';
  return expiresAt && Date.parse(expiresAt) <= now.getTime() ? 'expired' : 'active';
}
