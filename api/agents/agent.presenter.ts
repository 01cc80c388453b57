import type { Principal } from '../auth/principal.ts';
import type { components } from '../http/contract.types.ts';
import type { Peer } from './agent-filters.ts';
import type { AgentRow } from './agent.repository.ts';

export type AgentView = components['schemas']['Agent'];

const CONTACT = { username: null, email: null, phone: null, lastLoginAt: null } as const;
const FIGURES = {
  currentTickets: null,
  totalTicketsHandled: null,
  avgResponseTime: null,
  customerSatisfaction: null,
  ticketsResolvedToday: null,
  messagesHandledToday: null,
  onlineHoursToday: null,
  performanceLevel: null,
} as const;

/** Remembered rows are shown many times, and never changed: each view of one is made once. */
function once<From extends object, To>(make: (from: From) => To): (from: From) => To {
  const made = new WeakMap<From, To>();
  return (from) => {
    const known = made.get(from);
    if (known !== undefined) return known;
    const fresh = make(from);
    made.set(from, fresh);
    return fresh;
  };
}

/** Everything there is about a person. */
export const presentAgent = once(({ figuresHidden: _hidden, ...row }: AgentRow): AgentView => row);

/** A person as the directory shows them: no contact and login fields. */
export const directoryView = once((agent: AgentView): AgentView => ({ ...agent, ...CONTACT }));

/** The directory entry for peers of a team that hides its figures. */
export const peerView = once((agent: AgentView): AgentView => ({ ...agent, ...CONTACT, ...FIGURES }));

/** Whether this viewer may read user names, e-mails and the like of everybody. */
const seesContacts = (viewer: Principal): boolean => viewer.role !== 'cs' && viewer.role !== 'viewer';

/** The viewer as the queries know them, where the directory is all they see of others. */
export const peerOf = (viewer: Principal): Peer | undefined => (seesContacts(viewer) ? undefined : { id: viewer.agentId, hidesFigures: viewer.role === 'cs' });

/** A person as this viewer may see them: `cs` and `viewer` see others as in the directory. */
export function presentAgentTo(viewer: Principal, row: AgentRow): AgentView {
  const agent = presentAgent(row);
  if (viewer.agentId === row.id || seesContacts(viewer)) return agent;
  return viewer.role === 'cs' && row.figuresHidden ? peerView(agent) : directoryView(agent);
}
