import { createContext } from '@lit/context';
import type { components } from '../../api/http/contract.types.ts';

type Me = components['schemas']['Me'];

/** Who is signed in and whether the API answers. Immutable: every change is a new object. */
export interface Session {
  /** `expired`: the host could give no new token. `unreachable`: not yet known who this is, the API does not answer. */
  readonly state: 'signed-out' | 'starting' | 'ready' | 'expired' | 'unreachable';
  readonly me: Me | undefined;
  readonly online: boolean;
}

export const signedOut: Session = { state: 'signed-out', me: undefined, online: true };

export const sessionContext = createContext<Session>(Symbol.for('sideline.session'));

/** Whether this person writes coaching notes at all; about whom is the server's to say. */
export function writesNotes(session: Session): boolean {
  const role = session.me?.agent.role;
  return role === 'admin' || role === 'manager' || role === 'team_leader';
}

/** Whether this person may set somebody's status: their own, and that of people they lead. */
export function maySetStatus({ me }: Session, { id, teamId }: { id: number; teamId: string | null }): boolean {
  if (!me) return false;
  const { role } = me.agent;
  return role === 'admin' || role === 'manager' || id === me.agent.id || (role === 'team_leader' && me.ledTeams.some((team) => team.id === teamId));
}
