import type { Sealer } from '../auth/sealer.ts';
import { systemPrincipal } from '../auth/principal.ts';
import type { Clock } from '../db/clock.ts';
import { newId } from '../db/ids.ts';
import type { Tx, UnitOfWork } from '../db/unit-of-work.ts';
import type { Log } from '../observability/log.ts';
import { v5 } from 'uuid';
import { FOOTER, greetingOf, renderLetter, type Letter, type LetterBody } from './letter.ts';
import { MailDeferred, MailRefused, type Attachment, type MailTransport } from './mail-transport.ts';
import { mailQueued } from './mail.events.ts';
import type { DueMail, MailRepository, NewMailRow } from './mail.repository.ts';
import { TEMPLATES, type TemplateName } from './mail.templates.ts';

export interface NewMail {
  readonly template: TemplateName;
  readonly to: { readonly agentId: number; readonly name: string; readonly email: string; readonly username: string };
  readonly link: string;
  /** How long the link works, in words. */
  readonly validFor: string;
  /** When the mail is of no more use. */
  readonly expiresAt?: Date | undefined;
}

/** A mail that its room has written. */
export interface NewLetter {
  /** What kind of mail it is, for the log and the Message-ID. */
  readonly template: string;
  readonly to: { readonly agentId: number; readonly name: string; readonly email: string };
  readonly letter: LetterBody;
  readonly attachments?: readonly Attachment[] | undefined;
  /** What the mail is about: of a template, a key and a person there is one mail, and its Message-ID is always the same. */
  readonly key?: string | undefined;
  /** It waits until then: quiet hours. */
  readonly notBefore?: Date | undefined;
  readonly expiresAt?: Date | undefined;
}

/** Names the Message-IDs that follow from an occasion (RFC 9562, version 5). */
const OCCASIONS = '0a4f4c0e-9c55-5b0e-8d0e-2f7f2f6c1b5d';

/** Longer than a server may take over one mail, in seconds. */
const LEASE_SECONDS = 120;
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 6 * 3600_000;
/** With these waits about three days. */
const ATTEMPTS = 20;
/** Mails in one run, so that a worker that is told to stop can. */
const AT_ONCE = 500;
const system = systemPrincipal('mail');

type Outcome = 'sent' | 'refused' | 'expired' | 'later' | 'away';

/**
 * Sends mails, beside the requests that cause them: a mail is a row in the cause's own transaction, and a worker
 * sends it. A crash at the wrong moment sends it twice, under the same Message-ID.
 */
export class MailService {
  readonly #uow: UnitOfWork;
  readonly #mails: MailRepository;
  readonly #sealer: Sealer;
  readonly #transport: MailTransport | null;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #publicUrl: string;

  constructor(deps: { uow: UnitOfWork; mails: MailRepository; sealer: Sealer; transport: MailTransport | null; clock: Clock; log: Log; publicUrl: string }) {
    this.#uow = deps.uow;
    this.#mails = deps.mails;
    this.#sealer = deps.sealer;
    this.#transport = deps.transport;
    this.#clock = deps.clock;
    this.#log = deps.log;
    this.#publicUrl = deps.publicUrl;
  }

  /** Whether this installation sends mail at all; without `SMTP_URL` links are handed over by people. */
  get sends(): boolean {
    return this.#transport !== null;
  }

  /** Whether somebody can be reached: people of an import have an address of nobody's. */
  reaches(email: string): boolean {
    return this.sends && !email.endsWith('.invalid');
  }

  /** The mail goes out once the transaction is committed. Where it cannot be sent it is kept, without its link, and the log says so. */
  async queue(tx: Tx, { template, to, link, validFor, expiresAt }: NewMail): Promise<void> {
    const id = newId();
    const sealedLink = this.#sealer.seal(link, contextOf(id));
    await this.#insert(tx, { id, messageId: id, template, ...addressOf(to), data: { username: to.username, validFor }, sealedLink, content: null, notBefore: tx.now, expiresAt: expiresAt ?? null, now: tx.now });
  }

  /**
   * The same for what a room has written itself. Asked again for the same key and person, by a repeated job or
   * request, there is still one mail.
   */
  async send(tx: Tx, { template, key, to, letter, attachments = [], notBefore, expiresAt }: NewLetter): Promise<void> {
    const id = newId();
    const messageId = key === undefined ? id : v5(`${template}\n${key}\n${to.agentId}`, OCCASIONS);
    await this.#insert(tx, { id, messageId, template, ...addressOf(to), data: {}, sealedLink: null, content: { letter, attachments }, notBefore: notBefore ?? tx.now, expiresAt: expiresAt ?? null, now: tx.now });
  }

  async #insert(tx: Tx, mail: Omit<NewMailRow, 'status'>): Promise<void> {
    const status = this.reaches(mail.recipient) ? 'queued' : 'kept';
    if (!(await this.#mails.insert(tx, { ...mail, status }))) return;
    if (status === 'queued') tx.record(mailQueued.record(mail.id, { mailId: mail.id }, {}));
    else this.#log.debug({ mailId: mail.id, template: mail.template, agentId: mail.agentId }, this.sends ? 'mail kept: the address is a placeholder' : 'mail kept: SMTP_URL is not set');
  }

  /** Sends everything that is due. @returns how many were sent. */
  async deliverDue(signal?: AbortSignal): Promise<number> {
    if (!this.#transport) return 0;
    let sent = 0;
    for (let i = 0; i < AT_ONCE && !signal?.aborted; i++) {
      const mail = await this.#uow.write(system, (tx) => this.#mails.lease(tx, tx.now, LEASE_SECONDS));
      if (!mail) break;
      const outcome = await this.#deliver(mail, this.#transport);
      if (outcome === 'sent') sent++;
      // Where the server does not answer, the others would wait for it in vain as well.
      if (outcome === 'away') break;
    }
    return sent;
  }

  async #deliver(mail: DueMail, transport: MailTransport): Promise<Outcome> {
    const letter = this.#letterOf(mail);
    if (mail.expired || !letter) return this.#end(mail, 'expired', letter ? 'it is of no more use' : 'the link in it cannot be read any more');
    try {
      const attachments = mail.content?.attachments;
      await transport.send({ messageId: `<${mail.messageId}@${transport.domain}>`, to: { name: mail.recipientName, address: mail.recipient }, ...renderLetter(letter), attachments });
      return await this.#end(mail, 'sent', null);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (error instanceof MailRefused || mail.attempts >= ATTEMPTS) return this.#end(mail, 'refused', reason);
      await this.#postpone(mail, reason);
      return error instanceof MailDeferred ? 'later' : 'away';
    }
  }

  /** What the mail says; undefined when the link in it was sealed with a secret that is gone. */
  #letterOf({ id, template, recipientName, data, sealedLink, content }: DueMail): Letter | undefined {
    if (content) {
      const { place, ...body } = content.letter;
      return { link: { label: 'Open Sideline', href: place ? `${this.#publicUrl}/#${place}` : this.#publicUrl }, ...body, greeting: greetingOf(recipientName), footer: FOOTER };
    }
    const link = sealedLink && this.#sealer.open(sealedLink, contextOf(id));
    return link ? TEMPLATES[template as TemplateName]({ name: recipientName, username: data['username'] ?? '', validFor: data['validFor'] ?? '', link }) : undefined;
  }

  async #end(mail: DueMail, status: 'sent' | 'refused' | 'expired', reason: string | null): Promise<'sent' | 'refused' | 'expired'> {
    await this.#uow.write(system, (tx) => this.#mails.end(tx, mail.id, status, reason, tx.now));
    if (reason !== null) this.#log.warn({ mailId: mail.id, template: mail.template, agentId: mail.agentId, attempts: mail.attempts, reason: withoutAddress(reason, mail) }, `mail ${status}`);
    return status;
  }

  async #postpone(mail: DueMail, reason: string): Promise<void> {
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (mail.attempts - 1));
    const until = new Date(this.#clock.now().getTime() + wait);
    await this.#uow.write(system, (tx) => this.#mails.postpone(tx, mail.id, until, reason));
    this.#log.warn({ mailId: mail.id, template: mail.template, attempts: mail.attempts, until: until.toISOString(), reason: withoutAddress(reason, mail) }, 'mail waits for the server');
  }
}

/** Servers repeat the address in what they say; the log is no place for it. */
const withoutAddress = (reason: string, mail: DueMail): string => reason.replaceAll(mail.recipient, '***');

const addressOf = (to: NewLetter['to']): Pick<NewMailRow, 'agentId' | 'recipient' | 'recipientName'> => ({ agentId: to.agentId, recipient: to.email, recipientName: to.name });

const contextOf = (mailId: string): string => `mail:${mailId}`;
