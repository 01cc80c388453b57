import { DateTime } from 'luxon';
import type { ActionRow } from '../actions/actions.service.ts';
import type { Tx } from '../db/unit-of-work.ts';
import type { LetterItem } from '../mail/letter.ts';
import type { Attachment } from '../mail/mail-transport.ts';
import type { NotificationType } from '../notifications/notification-types.ts';
import type { NotificationsService } from '../notifications/notifications.service.ts';
import { SpokenTimes } from '../notifications/spoken-times.ts';
import { calendarFile, type CalendarContext, type CalendarMethod } from './calendar-file.ts';
import { participantsOf } from './session-desk.ts';
import type { Participant, SessionRepository, SessionRow } from './session.repository.ts';

/** What people are told about a session, whoever they are. */
interface News {
  readonly type: NotificationType;
  readonly title: string;
  readonly message: string;
  /** The mail's kind and what it says; without it title and message are all there is. */
  readonly template?: string;
  readonly items?: readonly LetterItem[];
  readonly calendar?: CalendarMethod;
  readonly momentary?: boolean;
  /** What tells this news apart from other news of the same type about the session. */
  readonly occasion: string;
}

/** Tells the people of a session what became of it, in the app and by mail, with a file for their calendars. */
export class SessionLetters {
  readonly #notifications: NotificationsService;
  readonly #sessions: SessionRepository;
  readonly #timezone: string;
  readonly #sender: Omit<CalendarContext, 'now'>;

  constructor(deps: { notifications: NotificationsService; sessions: SessionRepository; timezone: string; sender: Omit<CalendarContext, 'now'> }) {
    this.#notifications = deps.notifications;
    this.#sessions = deps.sessions;
    this.#timezone = deps.timezone;
    this.#sender = deps.sender;
  }

  scheduled(tx: Tx, row: SessionRow): Promise<void> {
    return this.#invite(tx, row, participantsOf(row), '0');
  }

  /** Those who take no further part have it taken out of their calendars. */
  async changed(tx: Tx, before: SessionRow, row: SessionRow): Promise<void> {
    const occasion = String(row.calendarSequence);
    const known = new Set(participantsOf(before).map(({ id }) => id));
    const now = new Set(participantsOf(row).map(({ id }) => id));
    const stays = before.scheduledAt === row.scheduledAt;
    await this.#tell(tx, row, participantsOf(row).filter(({ id }) => known.has(id)), (say) => ({
      type: 'session_changed',
      title: `Coaching session ${stays ? 'was changed' : `was moved to ${say.when(row.scheduledAt)}`}`,
      message: `${whoWith(row)}, ${say.when(row.scheduledAt)}, for ${row.durationMinutes} minutes.`,
      template: 'session-invitation',
      items: agendaItems(row),
      calendar: 'REQUEST',
      occasion,
    }));
    await this.#invite(tx, row, participantsOf(row).filter(({ id }) => !known.has(id)), occasion);
    await this.#tell(tx, row, participantsOf(before).filter(({ id }) => !now.has(id)), (say) => ({
      type: 'session_cancelled',
      title: `You take no part any more in the session on ${say.when(before.scheduledAt)}`,
      message: `${row.facilitator.name} holds it with others.`,
      template: 'session-cancellation',
      calendar: 'CANCEL',
      occasion,
    }));
  }

  #invite(tx: Tx, row: SessionRow, people: readonly { id: number }[], occasion: string): Promise<void> {
    return this.#tell(tx, row, people, (say) => ({
      type: 'session_scheduled',
      title: `Coaching session on ${say.when(row.scheduledAt)}`,
      message: `${whoWith(row)}, ${say.when(row.scheduledAt)}, for ${row.durationMinutes} minutes.`,
      template: 'session-invitation',
      items: agendaItems(row),
      calendar: 'REQUEST',
      occasion,
    }));
  }

  cancelled(tx: Tx, row: SessionRow): Promise<void> {
    return this.#tell(tx, row, participantsOf(row), (say) => ({
      type: 'session_cancelled',
      title: `Coaching session on ${say.when(row.scheduledAt)} was called off`,
      message: `${whoWith(row)}, ${say.when(row.scheduledAt)}, does not take place.${row.cancelReason ? `\n\n${row.cancelReason}` : ''}`,
      template: 'session-cancellation',
      calendar: 'CANCEL',
      occasion: 'cancelled',
    }));
  }

  /** To those whom it is about, in the app alone: a mail would come when it is over. */
  started(tx: Tx, row: SessionRow): Promise<void> {
    return this.#tell(tx, row, row.attendees, () => ({
      type: 'session_started',
      title: `${row.facilitator.name} has begun your coaching session`,
      message: 'It is live now.',
      momentary: true,
      occasion: 'started',
    }));
  }

  missed(tx: Tx, row: SessionRow): Promise<void> {
    return this.#tell(tx, row, row.attendees, (say) => ({
      type: 'session_missed',
      title: `Coaching session on ${say.when(row.scheduledAt)} did not take place`,
      message: `${row.facilitator.name} put down that nobody came.`,
      occasion: 'missed',
    }));
  }

  /**
   * The summary, to everybody who was there.
   * @param actions what was agreed, at whatever moment, by who reads of it
   * @param followUp the next session, where one was booked
   */
  async completed(tx: Tx, row: SessionRow, actions: ReadonlyMap<number, readonly ActionRow[]>, followUp: SessionRow | undefined): Promise<void> {
    const commitments = row.commitments.map((commitment) => this.#commitmentItem(row, commitment));
    for (const person of participantsOf(row)) {
      const dueAt = row.attendees.find(({ id }) => id === person.id)?.acknowledgement.dueAt;
      const asked = dueAt && `Please acknowledge it, or say what is wrong with it, by the end of ${this.#lastDay(dueAt)}.`;
      await this.#tell(tx, row, [person], (say) => ({
        type: 'session_completed',
        title: `Summary of the coaching session on ${say.when(row.startedAt ?? row.scheduledAt)}`,
        message: [row.summary.trim() || `${whoWith(row)}.`, followUp && `The next session: ${say.when(followUp.scheduledAt)}, for ${followUp.durationMinutes} minutes.`, asked].filter(Boolean).join('\n\n'),
        template: 'session-summary',
        items: [...commitments, ...(actions.get(person.id) ?? []).map(actionItem)],
        occasion: 'completed',
      }));
    }
  }

  acknowledged(tx: Tx, row: SessionRow, attendeeId: number): Promise<void> {
    return this.#tell(tx, row, [row.facilitator], (say) => ({
      type: 'session_acknowledged',
      title: `${nameOf(row, attendeeId)} acknowledged the session of ${say.day(row.scheduledAt)}`,
      message: row.attendees.find(({ id }) => id === attendeeId)?.acknowledgement.comment ?? '',
      occasion: `${attendeeId}:${tx.now.toISOString()}`,
    }));
  }

  /** The owner has to decide; the facilitator learns of it. */
  disputed(tx: Tx, row: SessionRow, attendeeId: number): Promise<void> {
    const dispute = row.attendees.find(({ id }) => id === attendeeId)?.acknowledgement.dispute;
    if (!dispute) return Promise.resolve();
    return this.#tell(tx, row, [dispute.owner, row.facilitator], (say) => ({
      type: 'session_disputed',
      title: `${nameOf(row, attendeeId)} disputes the record of the session of ${say.day(row.scheduledAt)}`,
      message: `${dispute.comment}\n\n${dispute.owner.name} has to decide by the end of ${this.#lastDay(dispute.dueAt)}.`,
      template: 'session-dispute',
      occasion: `${attendeeId}:${dispute.raisedAt}:${dispute.owner.id}`,
    }));
  }

  resolved(tx: Tx, row: SessionRow, attendeeId: number): Promise<void> {
    const dispute = row.attendees.find(({ id }) => id === attendeeId)?.acknowledgement.dispute;
    if (!dispute?.outcome) return Promise.resolve();
    return this.#tell(tx, row, [{ id: attendeeId }, row.facilitator], (say) => ({
      type: 'session_dispute_resolved',
      title: `The dispute about the session of ${say.day(row.scheduledAt)} was decided: ${dispute.outcome}`,
      message: dispute.resolution ?? '',
      template: 'session-dispute',
      occasion: `${attendeeId}:${dispute.resolvedAt}`,
    }));
  }

  commented(tx: Tx, row: SessionRow, author: string, content: string, commentId: string): Promise<void> {
    return this.#tell(tx, row, participantsOf(row).filter(({ id }) => id !== tx.by.agentId), (say) => ({
      type: 'session_commented',
      title: `${author} commented on the session of ${say.day(row.scheduledAt)}`,
      message: content,
      occasion: commentId,
    }));
  }

  agendaAdded(tx: Tx, row: SessionRow, title: string, pointId: string): Promise<void> {
    return this.#tell(tx, row, participantsOf(row).filter(({ id }) => id !== tx.by.agentId), (say) => ({
      type: 'session_agenda',
      title: `On the agenda of the session on ${say.when(row.scheduledAt)}: ${title}`,
      message: `Added by ${tx.by.name}.`,
      occasion: pointId,
    }));
  }

  /** An answer is late: the attendee is reminded, the facilitator and the leaders are told. */
  async acknowledgementLate(tx: Tx, row: SessionRow, attendeeId: number): Promise<void> {
    const occasion = `${attendeeId}:${row.attendees.find(({ id }) => id === attendeeId)?.acknowledgement.dueAt}`;
    const news = (say: SpokenTimes) => ({ title: `The session of ${say.day(row.scheduledAt)} is waiting to be acknowledged`, template: 'session-reminder', occasion });
    await this.#tell(tx, row, [{ id: attendeeId }], (say) => ({ ...news(say), type: 'session_acknowledgement_due', message: 'Please acknowledge what was put down, or say what is wrong with it.' }));
    await this.#tell(tx, row, [row.facilitator], (say) => ({ ...news(say), type: 'session_acknowledgement_late', message: `${nameOf(row, attendeeId)} has not answered in time.` }));
  }

  disputeLate(tx: Tx, row: SessionRow, attendeeId: number, ownerId: number): Promise<void> {
    return this.#tell(tx, row, [{ id: ownerId }], (say) => ({
      type: 'session_dispute_late',
      title: `A dispute about the session of ${say.day(row.scheduledAt)} is waiting for you`,
      message: `${nameOf(row, attendeeId)} was to have an answer by now.`,
      template: 'session-reminder',
      occasion: `${attendeeId}:${ownerId}:${row.attendees.find(({ id }) => id === attendeeId)?.acknowledgement.dispute?.dueAt}`,
    }));
  }

  /** Each one hears of their own times and gets a file of their own; whoever did it gets the mail alone. */
  async #tell(tx: Tx, row: SessionRow, people: readonly { readonly id: number }[], newsIn: (say: SpokenTimes) => News): Promise<void> {
    const ids = [...new Set(people.map(({ id }) => id))];
    const [known, zones] = [await this.#sessions.participants(tx, ids), await this.#notifications.zonesOf(tx, ids)];
    for (const person of known) {
      const say = new SpokenTimes(zones.get(person.id) ?? this.#timezone);
      const news = newsIn(say);
      const isTheirs = person.id === tx.by.agentId;
      if (isTheirs && !news.template) continue;
      await this.#notifications.notify(tx, {
        to: { userIds: [person.id] },
        type: news.type,
        title: news.title,
        message: news.message,
        data: { sessionId: row.id, agentId: row.agentId, scheduledAt: row.scheduledAt, times: say.times },
        dedupeKey: `session:${row.id}:${news.type}:${news.occasion}`,
        mailOnly: isTheirs,
        momentary: news.momentary,
        mail: news.template === undefined ? undefined : {
          template: news.template,
          letter: { subject: news.title, paragraphs: news.message === '' ? [] : news.message.split('\n\n'), items: news.items, link: row.remoteUrl && news.calendar === 'REQUEST' ? { label: 'Join', href: row.remoteUrl } : undefined },
          attachments: news.calendar ? [this.#attachment(tx, row, news.calendar, person)] : [],
        },
      });
    }
  }

  #attachment(tx: Tx, row: SessionRow, method: CalendarMethod, person: Participant): Attachment {
    return { filename: method === 'CANCEL' ? 'cancellation.ics' : 'invitation.ics', contentType: 'text/calendar', method, content: calendarFile(row, method, person, { now: tx.now, ...this.#sender }) };
  }

  #commitmentItem(row: SessionRow, { text, personId, dueOn }: SessionRow['commitments'][number]): LetterItem {
    const who = participantsOf(row).find(({ id }) => id === personId)?.name;
    return { title: text, detail: [who, dueOn ? `by ${spokenDay(dueOn)}` : undefined].filter((part) => part !== undefined).join(', ') || undefined };
  }

  /** The last business day to answer, of a deadline at its end: midnight belongs to the day before. */
  #lastDay(instant: string): string {
    return DateTime.fromMillis(Date.parse(instant) - 1, { zone: this.#timezone, locale: 'en-GB' }).toFormat('d LLLL yyyy');
  }
}

/** A business day, `YYYY-MM-DD`, as one says it. */
const spokenDay = (day: string): string => DateTime.fromISO(day, { zone: 'utc', locale: 'en-GB' }).toFormat('d LLLL yyyy');

const whoWith = ({ agentName, attendees, facilitator }: SessionRow): string => `${agentName ?? `${attendees.length} people`} with ${facilitator.name}`;

const agendaItems = ({ agenda }: SessionRow): LetterItem[] => agenda.map(({ title, detail }) => ({ title, detail: detail ?? undefined }));

const actionItem = ({ title, assigneeName, dueDate }: ActionRow): LetterItem => ({ title, detail: `${assigneeName}, by ${spokenDay(dueDate)}` });

const nameOf = (row: SessionRow, id: number): string => row.attendees.find((attendee) => attendee.id === id)?.name ?? '';
