import { defineEvent, leadership, rooms, type Delivery, type Directory, type StoredEvent } from '../events/event.ts';
import type { NoteView } from './note.presenter.ts';

interface About {
  readonly agentId: number;
  readonly authorId: number | undefined;
}

/** Those who may read a note by HTTP: leaders of the person's team and the person, where it is not private. */
const publicReaders = (agentId: number, directory: Directory): string[] => [...leadership(directory.teamOf(agentId)), rooms.agent(agentId)];

/** A private one managers, administrators and, as long as they lead the person, its author; never its subject. */
function privateReaders({ agentId, authorId }: About, directory: Directory): Omit<Delivery, 'payload'> {
  const team = directory.teamOf(agentId);
  return { rooms: [rooms.managers, ...(team === null || authorId === undefined ? [] : [rooms.leaderOf(team, authorId)])], except: [rooms.user(agentId)] };
}

function deliveries({ payload }: StoredEvent<NoteView>, directory: Directory): Delivery[] {
  const { agentId, teamLeaderId: authorId } = payload;
  if (payload.isPrivate) return [{ ...privateReaders({ agentId, authorId }, directory), payload }];
  return [{ rooms: publicReaders(agentId, directory), payload }];
}

export const noteCreated = defineEvent<NoteView>({
  type: 'quickNote:created',
  aggregate: 'quick_note',
  aliases: ['quick-note-created'],
  deliveries,
});

export const noteUpdated = defineEvent<NoteView>({ type: 'quickNote:updated', aggregate: 'quick_note', deliveries });

export interface NoteGone {
  readonly id: string;
  readonly agentId: number;
}

/** Deleted, or made private: gone for those who could read it until now. Goes to nobody who still can. */
export const noteDeleted = defineEvent<NoteGone>({
  type: 'quickNote:deleted',
  aggregate: 'quick_note',
  deliveries: ({ payload, audience: { authorId, isPrivate, withdrawn } }, directory) => {
    const { agentId } = payload;
    if (!isPrivate) return [{ rooms: publicReaders(agentId, directory), payload }];
    if (!withdrawn) return [{ ...privateReaders({ agentId, authorId }, directory), payload }];
    const team = directory.teamOf(agentId);
    const subject = [rooms.agent(agentId)];
    if (team === null) return [{ rooms: subject, payload }];
    const author = authorId === undefined ? [] : [rooms.leaderOf(team, authorId)];
    return [{ rooms: [rooms.leadersOf(team)], except: [...author, ...subject], payload }, { rooms: subject, payload }];
  },
});
