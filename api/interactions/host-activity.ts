import type { NewActivity } from '../activity/activity.service.ts';
import type { Channel } from './interaction.repository.ts';
import type { Fact, Facts } from './host-report.ts';
import type { StoredInteraction } from './host-interaction.repository.ts';

const WORDS: Readonly<Record<Channel, string>> = { voice: 'Call', chat: 'Chat', email: 'E-mail', ticket: 'Ticket', message: 'Message' };

/**
 * What a change of an interaction says its person did: it was given to them while open, they answered in writing,
 * they resolved it.
 *
 * @param before undefined for an interaction that was not known
 */
export function activitiesOf(before: Facts | undefined, after: StoredInteraction, now: Date): NewActivity[] {
  const { facts } = after;
  const { agentId } = facts;
  if (agentId === null) return [];
  const word = WORDS[facts.channel];
  const activity = (type: NewActivity['type'], fact: Fact, verb: string): NewActivity => ({
    agentId,
    type,
    description: `${word} ${after.externalId} ${verb}`,
    metadata: { ticketId: after.externalId, source: after.source, channel: facts.channel, interactionId: after.id },
    at: happenedAt(after, fact, before === undefined, now),
  });
  const found: NewActivity[] = [];
  if (facts.outcome === 'open' && before?.agentId !== agentId) found.push(activity('ticket_assigned', 'agentId', 'assigned'));
  if (facts.channel !== 'voice' && facts.outcome === 'answered' && before?.outcome !== 'answered') found.push(activity('message_sent', 'outcome', 'answered'));
  if (facts.resolved === true && before?.resolved !== true) found.push(activity('ticket_resolved', 'resolved', 'resolved'));
  return found;
}

/** When the host says; of an interaction that is over when it is first heard of, its own end. */
function happenedAt({ facts, times }: StoredInteraction, fact: Fact, isNew: boolean, now: Date): Date {
  const told = times[fact] ?? now.getTime();
  if (told !== now.getTime() || !isNew) return new Date(Math.min(told, now.getTime()));
  const seconds = fact === 'agentId' ? 0 : (facts.waitSeconds ?? 0) + (facts.talkSeconds ?? 0) + (facts.holdSeconds ?? 0) + (facts.acwSeconds ?? 0);
  return new Date(Math.min(now.getTime(), Date.parse(facts.startedAt) + seconds * 1000));
}
