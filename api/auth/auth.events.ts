import { defineEvent, rooms } from '../events/event.ts';

/** Somebody has signed in; for those who see when people were last there. */
export const agentSignedIn = defineEvent<{ agentId: number; lastLoginAt: string }>({
  type: 'agent_signed_in',
  aggregate: 'agent',
  deliveries: ({ payload }) => [{ rooms: [rooms.managers, rooms.leaders, rooms.user(payload.agentId)], payload }],
});

/**
 * A sign-in has ended (all of a person's when `sessionId` is null). Nobody hears it on a socket; every process
 * forgets the tokens and closes the sockets behind it.
 */
export const signInEnded = defineEvent<{ agentId: number; sessionId: string | null }>({
  type: 'auth:sign-in-ended',
  aggregate: 'agent',
  deliveries: () => [],
  affectsPrincipals: (event) => [event.payload.agentId],
});

export interface PasswordForgotten {
  /** What was typed: a user name, an e-mail, or nobody's. */
  readonly login: string;
}

/** Somebody asked for a link by mail. Only the worker hears it. */
export const passwordForgotten = defineEvent<PasswordForgotten>({ type: 'auth:password-forgotten', aggregate: 'password', deliveries: () => [] });
