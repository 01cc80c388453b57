import type { AgentsService } from '../agents/agents.service.ts';
import type { Tx } from '../db/unit-of-work.ts';
import type { NewNotification, NotificationsService } from '../notifications/notifications.service.ts';
import { shortened } from '../text/shortened.ts';
import type { CommentRow } from './action-evidence.repository.ts';
import type { ActionRow } from './action.repository.ts';
import type { Concerned } from './concerned.ts';

type Told = Pick<NewNotification, 'type' | 'title' | 'message' | 'dedupeKey'>;

/** A comment is quoted up to here, in characters. */
const QUOTED = 200;

/** Tells people about action items: those who have to do with one, never whoever did it. */
export class ActionNews {
  readonly #notifications: NotificationsService;
  readonly #agents: AgentsService;
  readonly #concerned: Concerned;

  constructor(deps: { notifications: NotificationsService; agents: AgentsService; concerned: Concerned }) {
    this.#notifications = deps.notifications;
    this.#agents = deps.agents;
    this.#concerned = deps.concerned;
  }

  /** Who is to do it. */
  async assigned(tx: Tx, item: ActionRow): Promise<void> {
    await this.#tell(tx, item, [item.assignedTo], { type: 'action_assigned', title: 'Something new to do', message: `“${item.title}”, by ${spokenDay(item.dueDate)}, from ${tx.by.name}.` });
  }

  /** Who wanted it. */
  async done(tx: Tx, item: ActionRow): Promise<void> {
    await this.#tell(tx, item, [item.createdBy.id], { type: 'action_done', title: `${item.assigneeName} has done it`, message: `“${item.title}” is done.` });
  }

  async commented(tx: Tx, item: ActionRow, { id, text }: CommentRow): Promise<void> {
    const told: Told = { type: 'action_commented', title: `${tx.by.name} on “${item.title}”`, message: shortened(text, QUOTED), dedupeKey: `action-comment/${id}` };
    await this.#tell(tx, item, [item.agentId, item.assignedTo, item.createdBy.id], told);
  }

  /** Who is to do it, the day before. */
  async due(tx: Tx, item: ActionRow): Promise<void> {
    await this.#tell(tx, item, [item.assignedTo], { type: 'action_due', title: `Due on ${spokenDay(item.dueDate)}`, message: item.title, dedupeKey: `action-due/${item.id}/${item.dueDate}` });
  }

  /** Who is to do it, the day after. */
  async overdue(tx: Tx, item: ActionRow): Promise<void> {
    await this.#tell(tx, item, [item.assignedTo], { type: 'action_overdue', title: `Was due on ${spokenDay(item.dueDate)}`, message: item.title, dedupeKey: `action-overdue/${item.id}/${item.dueDate}` });
  }

  async #tell(tx: Tx, item: ActionRow, people: readonly number[], told: Told): Promise<void> {
    const about = await this.#agents.get(item.agentId);
    const userIds: number[] = [];
    for (const id of new Set(people)) if (id !== tx.by.agentId && (await this.#concerned.includes(id, about, item.heldBy))) userIds.push(id);
    if (userIds.length === 0) return;
    const { id: actionItemId, agentId, agentName, title, dueDate, status } = item;
    await this.#notifications.notify(tx, { ...told, to: { userIds }, data: { actionItemId, agentId, agentName, title, dueDate, status } });
  }
}

const DAY = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' });

/** A business day as one says it: "Tuesday 3 March". */
const spokenDay = (day: string): string => DAY.format(new Date(`${day}T00:00:00Z`)).replace(',', '');
