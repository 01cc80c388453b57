import type { Sealer } from '../auth/sealer.ts';
import { systemPrincipal } from '../auth/principal.ts';
import type { Clock } from '../db/clock.ts';
import { newId } from '../db/ids.ts';
import type { Tx, UnitOfWork } from '../db/unit-of-work.ts';
import type { Log } from '../observability/log.ts';
import { renderLetter } from './letter.ts';
import { MailDeferred, MailRefused, type MailTransport } from './mail-transport.ts';
import { mailQueued } from './mail.events.ts';
import type { DueMail, MailRepository } from './mail.repository.ts';
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

  constructor(deps: { uow: UnitOfWork; mails: MailRepository; sealer: Sealer; transport: MailTransport | null; clock: Clock; log: Log }) {
    this.#uow = deps.uow;
    this.#mails = deps.mails;
    this.#sealer = deps.sealer;
    this.#transport = deps.transport;
    this.#clock = deps.clock;
    this.#log = deps.log;
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
    const status = this.reaches(to.email) ? 'queued' : 'kept';
    const sealedLink = this.#sealer.seal(link, contextOf(id));
    const data = { username: to.username, validFor };
    await this.#mails.insert(tx, { id, template, agentId: to.agentId, recipient: to.email, recipientName: to.name, data, sealedLink, status, expiresAt: expiresAt ?? null, now: tx.now });
    if (status === 'queued') tx.record(mailQueued.record(id, { mailId: id }, {}));
    else this.#log.debug({ mailId: id, template, agentId: to.agentId }, this.sends ? 'mail kept: the address is a placeholder' : 'mail kept: SMTP_URL is not set');
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
    const link = mail.sealedLink && this.#sealer.open(mail.sealedLink, contextOf(mail.id));
    if (mail.expired || !link) return this.#end(mail, 'expired', link ? 'the link in it works no more' : 'the link in it cannot be read any more');
    const letter = TEMPLATES[mail.template as TemplateName];
    try {
      const rendered = renderLetter(letter({ name: mail.recipientName, username: mail.data['username'] ?? '', validFor: mail.data['validFor'] ?? '', link }));
      await transport.send({ messageId: `<${mail.id}@${transport.domain}>`, to: { name: mail.recipientName, address: mail.recipient }, ...rendered });
      return await this.#end(mail, 'sent', null);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (error instanceof MailRefused || mail.attempts >= ATTEMPTS) return this.#end(mail, 'refused', reason);
      await this.#postpone(mail, reason);
      return error instanceof MailDeferred ? 'later' : 'away';
    }
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

const contextOf = (mailId: string): string => `mail:${mailId}`;
