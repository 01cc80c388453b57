import type { AgentsService } from '../agents/agents.service.ts';
import { leads, type Principal } from '../auth/principal.ts';
import type { Tx, UnitOfWork } from '../db/unit-of-work.ts';
import { conflict, notFound, unprocessable } from '../errors/problem.ts';
import { typesOf, type Group, type MessageType } from './notification-types.ts';
import type { NotificationRepository, NotificationRow, ToldRow } from './notification.repository.ts';
import { notificationRead } from './notifications.events.ts';
import type { NotificationsService } from './notifications.service.ts';

export interface NewMessage {
  readonly userId: number;
  readonly type: MessageType;
  readonly message: string;
  /** Whatever the sender's programs want to say to the recipient's. */
  readonly data?: unknown;
}

export interface SentMessage extends ToldRow {
  readonly type: MessageType;
  readonly userId: number;
  readonly createdAt: string;
}

/** Bytes of JSON that go along with a message. */
const DATA_LIMIT = 8000;
/** Ids in one event. */
const CHUNK = 500;

/** Reading what one was told, and telling somebody something. */
export class InboxService {
  readonly #uow: UnitOfWork;
  readonly #rows: NotificationRepository;
  readonly #notifications: NotificationsService;
  readonly #agents: AgentsService;

  constructor(deps: { uow: UnitOfWork; rows: NotificationRepository; notifications: NotificationsService; agents: AgentsService }) {
    this.#uow = deps.uow;
    this.#rows = deps.rows;
    this.#notifications = deps.notifications;
    this.#agents = deps.agents;
  }

  list(by: Principal, { unread, group }: { unread?: boolean | undefined; group?: Group | undefined }, page: number, limit: number): Promise<{ rows: NotificationRow[]; total: number }> {
    const types = group && typesOf(group);
    return this.#uow.read((db) => this.#rows.list(db, by.agentId, { unread, types }, page, limit));
  }

  countUnread(by: Principal): Promise<number> {
    return this.#uow.read((db) => this.#rows.countUnread(db, by.agentId));
  }

  /** Marking what is marked already changes nothing. @throws Problem 404. */
  mark(by: Principal, id: string, read: boolean): Promise<NotificationRow> {
    return this.#uow.write(by, async (tx) => {
      const changed = await this.#rows.mark(tx, by.agentId, id, read ? tx.now : null);
      const row = await this.#rows.byId(tx, by.agentId, id);
      if (!row) throw notFound('Notification');
      if (changed) this.#tellOtherWindows(tx, [id], row.readAt);
      return row;
    });
  }

  /** @returns how many were unread */
  markAll(by: Principal): Promise<number> {
    return this.#uow.write(by, async (tx) => {
      const ids = await this.#rows.markAll(tx, by.agentId, tx.now);
      if (ids.length > 0) this.#tellOtherWindows(tx, ids, tx.now.toISOString());
      return ids.length;
    });
  }

  #tellOtherWindows(tx: Tx, ids: readonly string[], readAt: string | null): void {
    for (let i = 0; i < ids.length; i += CHUNK) {
      tx.record(notificationRead.record(tx.by.agentId, { ids: ids.slice(i, i + CHUNK), readAt }, { userIds: [tx.by.agentId] }));
    }
    tx.audit({ action: 'notification.read', targetType: 'agent', targetId: tx.by.agentId, after: { read: readAt !== null, count: ids.length, ...(ids.length === 1 ? { notificationId: ids[0] } : {}) } });
  }

  /** @throws Problem 404 (nobody of that id whom one leads), 409 (not active any more), 422 (too much data). */
  send(by: Principal, { userId, type, message, data }: NewMessage): Promise<SentMessage> {
    if (data !== undefined && Buffer.byteLength(JSON.stringify(data)) > DATA_LIMIT) {
      throw unprocessable('data_too_large', `Send at most ${DATA_LIMIT} bytes along.`, [{ path: '/body/data', message: `is over ${DATA_LIMIT} bytes of JSON` }]);
    }
    return this.#uow.write(by, async (tx) => {
      const person = await this.#agents.get(userId);
      if (userId !== by.agentId && !leads(by, person.teamId)) throw notFound('Agent');
      const told = await this.#notifications.message(tx, userId, { type, title: `Message from ${by.name}`, message, data: asObject(data) });
      if (!told) throw conflict('not_active', 'This person is not active any more.');
      tx.audit({ action: 'notification.send', targetType: 'agent', targetId: userId, after: { notificationId: told.id, type, message } });
      return { ...told, type, userId, createdAt: tx.now.toISOString() };
    });
  }
}

const asObject = (data: unknown): Record<string, unknown> => {
  if (data === undefined || data === null) return {};
  return typeof data === 'object' && !Array.isArray(data) ? (data as Record<string, unknown>) : { value: data };
};
