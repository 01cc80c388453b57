import { sql, type Db } from '../db/db.ts';
import type { LetterBody } from './letter.ts';
import type { Attachment } from './mail-transport.ts';

/** What a mail of a room says, and what goes along. */
export interface MailContent {
  readonly letter: LetterBody;
  readonly attachments: readonly Attachment[];
}

export interface NewMailRow {
  readonly id: string;
  readonly messageId: string;
  readonly template: string;
  readonly agentId: number;
  readonly recipient: string;
  readonly recipientName: string;
  readonly data: Readonly<Record<string, string>>;
  readonly sealedLink: Buffer | null;
  readonly content: MailContent | null;
  readonly status: 'queued' | 'kept';
  readonly notBefore: Date;
  readonly expiresAt: Date | null;
  readonly now: Date;
}

/** A mail to be sent, by whoever has it now. */
export interface DueMail {
  id: string;
  messageId: string;
  template: string;
  agentId: number | null;
  recipient: string;
  recipientName: string;
  data: Record<string, string>;
  sealedLink: Buffer | null;
  content: MailContent | null;
  attempts: number;
  expired: boolean;
}

export class MailRepository {
  /** @returns false when the mail of this occasion is there already */
  async insert(db: Db, mail: NewMailRow): Promise<boolean> {
    const ended = mail.status === 'kept';
    const content = ended || !mail.content ? null : JSON.stringify(mail.content);
    const inserted = await db.run(sql`insert into mails (id, message_id, template, agent_id, recipient, recipient_name, data, sealed_link, content, status, next_attempt_at, expires_at, created_at, ended_at)
      values (${mail.id}, ${mail.messageId}, ${mail.template}, ${mail.agentId}, ${mail.recipient}, ${mail.recipientName}, ${JSON.stringify(mail.data)}::jsonb,
        ${ended ? null : mail.sealedLink}, ${content}::jsonb, ${mail.status}, ${mail.notBefore}, ${mail.expiresAt}, ${mail.now}, ${ended ? mail.now : null})
      on conflict (message_id) do nothing`);
    return inserted > 0;
  }

  /** Takes the mail that waited longest. It is nobody else's for the lease, in seconds; a crash meanwhile lets it be sent again. */
  async lease(db: Db, now: Date, seconds: number): Promise<DueMail | undefined> {
    return db.first(sql<DueMail>`
      update mails set attempts = attempts + 1, next_attempt_at = ${now}::timestamptz + make_interval(secs => ${seconds})
      where id = (select id from mails where status = 'queued' and next_attempt_at <= ${now} order by next_attempt_at limit 1 for update skip locked)
      returning id, message_id as "messageId", template, agent_id as "agentId", recipient, recipient_name as "recipientName", data, sealed_link as "sealedLink", content, attempts,
        coalesce(expires_at <= ${now}, false) as expired`);
  }

  /** The mail is done with; the link in it and what it said are forgotten. */
  async end(db: Db, id: string, status: 'sent' | 'refused' | 'expired', error: string | null, now: Date): Promise<void> {
    await db.run(sql`update mails set status = ${status}, error = ${error?.slice(0, 300) ?? null}, sealed_link = null, content = null, ended_at = ${now} where id = ${id}`);
  }

  async postpone(db: Db, id: string, until: Date, error: string): Promise<void> {
    await db.run(sql`update mails set next_attempt_at = ${until}, error = ${error.slice(0, 300)} where id = ${id} and status = 'queued'`);
  }
}
