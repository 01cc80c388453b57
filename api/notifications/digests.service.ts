import { systemPrincipal } from '../auth/principal.ts';
import type { Clock } from '../db/clock.ts';
import { newId } from '../db/ids.ts';
import type { Tx, UnitOfWork } from '../db/unit-of-work.ts';
import type { MailService } from '../mail/mail.service.ts';
import type { DigestItem, DigestRepository } from './digest.repository.ts';
import { groupOf, NOTIFICATION_TYPES, type NotificationType } from './notification-types.ts';
import type { NotificationRepository } from './notification.repository.ts';
import { notification } from './notifications.events.ts';
import { deliverableFrom, lastDigestTime } from './preferences.ts';
import type { PreferencesService, Recipient } from './preferences.service.ts';

const POSTMAN = systemPrincipal('digest');
/** Listed one by one; the others are counted. */
const LISTED = { mail: 50, app: 20 } as const;

/**
 * Tells people once a day what they did not want to be told at once: at their hour, by their clock. However often and
 * by however many workers it is asked, a day has one digest, and what was missed while nobody worked is made up for.
 */
export class DigestsService {
  readonly #uow: UnitOfWork;
  readonly #digests: DigestRepository;
  readonly #notifications: NotificationRepository;
  readonly #preferences: PreferencesService;
  readonly #mail: MailService;
  readonly #clock: Clock;

  constructor(deps: { uow: UnitOfWork; digests: DigestRepository; notifications: NotificationRepository; preferences: PreferencesService; mail: MailService; clock: Clock }) {
    this.#uow = deps.uow;
    this.#digests = deps.digests;
    this.#notifications = deps.notifications;
    this.#preferences = deps.preferences;
    this.#mail = deps.mail;
    this.#clock = deps.clock;
  }

  /** Makes every digest that is due. @returns how many people got one */
  async makeDue(signal?: AbortSignal): Promise<number> {
    const waiting = await this.#uow.read((db) => this.#digests.waiting(db));
    const people = await this.#uow.read((db) => this.#preferences.recipients(db, { userIds: waiting.map(({ recipientId }) => recipientId) }));
    const since = new Map(waiting.map((row) => [row.recipientId, row.since]));
    let made = 0;
    for (const person of people) {
      if (signal?.aborted) break;
      const { at, day } = lastDigestTime(person.preferences.digestAt, this.#preferences.quietOf(person.preferences).zone, this.#clock.now());
      if ((since.get(person.id) ?? Infinity) < at.getTime() && (await this.#make(person, day))) made++;
    }
    return made;
  }

  #make(person: Recipient, day: string): Promise<boolean> {
    return this.#uow.write(POSTMAN, async (tx) => {
      if (!(await this.#digests.claim(tx, person.id, day, tx.now))) return false;
      const items = (await this.#digests.take(tx, person.id)).filter((item) => wanted(person, item));
      const [mailed, shown] = [items.filter(({ channel }) => channel === 'email'), items.filter(({ channel }) => channel === 'inApp')];
      if (mailed.length > 0) await this.#write(tx, person, day, mailed);
      if (shown.length > 0) await this.#show(tx, person, day, shown);
      await this.#digests.count(tx, person.id, day, items.length);
      return items.length > 0;
    });
  }

  async #write(tx: Tx, { id, name, email, preferences }: Recipient, day: string, items: readonly DigestItem[]): Promise<void> {
    const others = items.length - LISTED.mail;
    await this.#mail.send(tx, {
      template: 'digest',
      key: day,
      to: { agentId: id, name, email },
      letter: {
        subject: items.length === 1 ? `Sideline: ${items[0]?.title ?? ''}` : `Sideline: ${items.length} things since your last digest`,
        paragraphs: [items.length === 1 ? 'There is one thing you have not read yet:' : `There are ${items.length} things you have not read yet; the newest come first:`],
        items: [...items.slice(0, LISTED.mail).map(({ title, message }) => ({ title, detail: message })), ...(others > 0 ? [{ title: `and ${others} more in Sideline` }] : [])],
      },
      notBefore: deliverableFrom(this.#preferences.quietOf(preferences), tx.now),
    });
  }

  async #show(tx: Tx, { id: recipientId }: Recipient, day: string, items: readonly DigestItem[]): Promise<void> {
    const id = newId();
    const title = items.length === 1 ? 'One thing since your last digest' : `${items.length} things since your last digest`;
    const told = { type: 'digest', title, message: items[0]?.title ?? '', data: { day, count: items.length, items: items.slice(0, LISTED.app).map(toItem) } };
    await this.#notifications.insert(tx, { id, recipientId, senderId: null, now: tx.now, ...told });
    tx.record(notification.record(id, { id, ...told }, { userIds: [recipientId] }));
  }
}

/** Not what has been read in the app meanwhile, nor what the person does not want to hear of any more. */
function wanted({ preferences }: Recipient, { channel, type, read }: DigestItem): boolean {
  // What waits may be of a type that an older version knew.
  const group = type in NOTIFICATION_TYPES ? groupOf(type as NotificationType) : 'messages';
  return !read && preferences.groups[group][channel] !== 'never';
}

const toItem = ({ type, title, message, data, at }: DigestItem): object => ({ type, title, message, data, at });
