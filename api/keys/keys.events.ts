import { defineEvent } from '../events/event.ts';

/** A key was revoked. Nobody hears it on a socket; every process forgets that it knew the key. */
export const keyRevoked = defineEvent<{ keyId: string }>({
  type: 'key:revoked',
  aggregate: 'api_key',
  deliveries: () => [],
  affectsPrincipals: (event) => [event.payload.keyId],
});
