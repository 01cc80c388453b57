import type { Db } from '../db/db.ts';
import { newId } from '../db/ids.ts';
import type { Tx } from '../db/unit-of-work.ts';
import type { LetterBody } from '../mail/letter.ts';
import type { Attachment } from '../mail/mail-transport.ts';
import type { MailService } from '../mail/mail.service.ts';
import type { DigestRepository } from './digest.repository.ts';
import { groupOf, pluralOf, type MessageType, type NotificationType } from './notification-types.ts';
import type { NewNotificationRow, NotificationRepository, Pile, ToldRow } from './notification.repository.ts';
import { notification } from './notifications.events.ts';
import { deliverableFrom } from './preferences.ts';
import type { PreferencesService, Recipient, To } from './preferences.service.ts';

/** Something people are to be told. */
export interface NewNotification {
  readonly to: To;
  readonly type: NotificationType;
  readonly title: string;
  readonly message: string;
  /** For programs; its schema stands in the contract by the type. */
  readonly data: Readonly<Record<string, unknown>>;
  /** What their mail says instead of title and message. */
  readonly mail?: NotificationMail | undefined;
  /** What it is about: of one such key everybody is told once, however often this is called. At most 200 characters. */
  readonly dedupeKey?: string | undefined;
  /** They did it themselves: what goes to them by mail does, and nothing else. */
  readonly mailOnly?: boolean | undefined;
  /** It is about this very moment: shown to whoever has the app open to such things, and neither mailed nor kept for a digest. */
  readonly momentary?: boolean | undefined;
}

export interface NotificationMail {
  /** The kind of mail, e.g. `session-summary`. */
  readonly template: string;
  readonly letter: LetterBody;
  readonly attachments?: readonly Attachment[] | undefined;
  readonly expiresAt?: Date | undefined;
}

/** So many unread ones of a type and an hour are shown one by one; what follows them is a burst. */
const SHOWN_SINGLY = 3;

/**
 * Tells people things, in the transaction of the cause: in the app as rows and events, by mail as they chose. Of a
 * flood three are shown; the others of that type join one burst, with a count, until it is read, and what has no mail
 * of its own waits for the digest.
 */
export class NotificationsService {
  readonly #notifications: NotificationRepository;
  readonly #preferences: PreferencesService;
  readonly #digests: DigestRepository;
  readonly #mail: MailService;

  constructor(deps: { notifications: NotificationRepository; preferences: PreferencesService; digests: DigestRepository; mail: MailService }) {
    this.#notifications = deps.notifications;
    this.#preferences = deps.preferences;
    this.#digests = deps.digests;
    this.#mail = deps.mail;
  }

  /** @returns who was told by this call, in the app, by mail or in their next digest */
  async notify(tx: Tx, told: NewNotification): Promise<number[]> {
    const recipients = await this.#concerned(tx, told);
    const piles = await this.#piles(tx, told.type, recipients);
    for (const recipient of recipients) await this.#tell(tx, told, recipient, isPile(piles.get(recipient.id)));
    return recipients.map(({ id }) => id);
  }

  /** A message from person to person: shown at once, and each by itself. */
  async message(tx: Tx, to: number, told: Pick<NewNotification, 'title' | 'message' | 'data'> & { readonly type: MessageType }): Promise<ToldRow | undefined> {
    const [recipient] = await this.#preferences.recipients(tx, { userIds: [to] });
    return recipient && (await this.#tell(tx, { ...told, to: { userIds: [to] } }, recipient, false));
  }

  /** The IANA time zones people live by, of those who are told anything. */
  async zonesOf(db: Db, userIds: readonly number[]): Promise<ReadonlyMap<number, string>> {
    const recipients = await this.#preferences.recipients(db, { userIds });
    return new Map(recipients.map(({ id, preferences }) => [id, this.#preferences.quietOf(preferences).zone]));
  }

  async #tell(tx: Tx, told: NewNotification, recipient: Recipient, folds: boolean): Promise<ToldRow> {
    const { inApp, email } = recipient.preferences.groups[groupOf(told.type)];
    const row = rowFor(tx, told, recipient);
    if (told.mailOnly) {
      if (email === 'now') await this.#write(tx, told, recipient, row.id);
      return row;
    }
    if (told.momentary) return inApp === 'now' ? this.#show(tx, row, told.type, folds) : row;
    const shown = inApp === 'now' ? await this.#show(tx, row, told.type, folds) : undefined;
    if (inApp === 'digest') await this.#digests.keep(tx, 'inApp', row, null);
    if (email === 'now' && (told.mail || !folds)) await this.#write(tx, told, recipient, row.id);
    else if (email !== 'never' && this.#mail.reaches(recipient.email)) await this.#digests.keep(tx, 'email', { ...row, id: newId() }, shown?.id ?? null);
    return shown ?? row;
  }

  async #concerned(tx: Tx, { to, dedupeKey }: NewNotification): Promise<Recipient[]> {
    const recipients = await this.#preferences.recipients(tx, to);
    if (dedupeKey === undefined || recipients.length === 0) return recipients;
    const fresh = await this.#notifications.claim(tx, recipients.map(({ id }) => id), dedupeKey, tx.now);
    return recipients.filter(({ id }) => fresh.has(id));
  }

  async #piles(tx: Tx, type: NotificationType, recipients: readonly Recipient[]): Promise<Map<number, Pile>> {
    if (pluralOf(type) === undefined || recipients.length === 0) return new Map();
    const piles = await this.#notifications.piles(tx, recipients.map(({ id }) => id), type, tx.now);
    return new Map(piles.map((pile) => [pile.recipientId, pile]));
  }

  async #show(tx: Tx, row: NewNotificationRow, of: NotificationType, folds: boolean): Promise<ToldRow> {
    if (!folds) await this.#notifications.insert(tx, row);
    const { id, type, title, message, data } = folds ? await this.#notifications.addToBurst(tx, row, pluralOf(of) ?? '') : row;
    tx.record(notification.record(id, { id, type, title, message, data }, { userIds: [row.recipientId] }));
    return { id, type, title, message, data };
  }

  /** The Message-ID follows from what it is about, or from the notification. */
  async #write(tx: Tx, { title, message, data, mail, dedupeKey }: NewNotification, { id, name, email, preferences }: Recipient, notificationId: string): Promise<void> {
    await this.#mail.send(tx, {
      template: mail?.template ?? 'notification',
      key: dedupeKey ?? notificationId,
      to: { agentId: id, name, email },
      letter: { place: placeOf(data), ...(mail?.letter ?? { subject: title, paragraphs: [message] }) },
      attachments: mail?.attachments,
      expiresAt: mail?.expiresAt,
      notBefore: deliverableFrom(this.#preferences.quietOf(preferences), tx.now),
    });
  }
}

const isPile = (pile: Pile | undefined): boolean => pile !== undefined && (pile.hasBurst || pile.singles >= SHOWN_SINGLY);

/** What is about a session opens at that session. */
const placeOf = (data: NewNotification['data']): string | undefined => (typeof data?.['sessionId'] === 'string' ? `session=${data['sessionId']}` : undefined);

const rowFor = ({ by, now }: Tx, { type, title, message, data }: NewNotification, { id }: Recipient): NewNotificationRow => ({
  id: newId(),
  recipientId: id,
  senderId: by.kind === 'person' ? by.agentId : null,
  type,
  title,
  message,
  data,
  now,
});
