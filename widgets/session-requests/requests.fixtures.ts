import type { components } from '../../api/http/contract.types.ts';
import { agent, minutesAgo } from '../gallery/fixtures.ts';

type Schemas = components['schemas'];
export type SessionRequest = Schemas['SessionRequest'];

export function sessionRequest(id: number, change: Partial<SessionRequest> = {}): SessionRequest {
  const agentId = change.agentId ?? 1;
  return {
    id: `01890000-0000-7000-8100-${String(id).padStart(12, '0')}`, agentId, agentName: agent(agentId).fullName, topic: 'Difficult callers', message: null, preferredTimes: [], status: 'open',
    answerDueAt: minutesAgo(-60 * 48), isLate: false, answeredAt: null, answeredBy: null, declineReason: null, sessionId: null, createdAt: minutesAgo(120), updatedAt: minutesAgo(120), version: 1, ...change,
  };
}
