import { presentAction } from '../actions/action.presenter.ts';
import type { components } from '../http/contract.types.ts';
import type { SessionSummary } from './summaries.service.ts';

/** What a session came to; which action items are in it, the reader has decided. */
export const presentSummary = ({ session, actions }: SessionSummary): components['schemas']['SessionSummary'] => ({
  sessionId: session.id,
  status: session.status,
  startedAt: session.startedAt,
  completedAt: session.completedAt,
  facilitator: session.facilitator,
  attendees: session.attendees.map(({ id, name }) => ({ id, name })),
  summary: session.summary,
  commitments: session.commitments,
  actionItems: actions.map(presentAction),
});
