import type { Clock } from '../db/clock.ts';
import { newId } from '../db/ids.ts';
import type { Tx, UnitOfWork } from '../db/unit-of-work.ts';
import { conflict, notFound, unauthorized, unprocessable } from '../errors/problem.ts';
import type { MailService } from '../mail/mail.service.ts';
import type { TemplateName } from '../mail/mail.templates.ts';
import { passwordForgotten } from './auth.events.ts';
import { assertNotLocked, subjectOf } from './lockout.ts';
import * as links from './password-link.repository.ts';
import type { LinkOwner } from './password-link.repository.ts';
import { checkPassword, hashPassword } from './passwords.ts';
import { systemPrincipal, type Principal } from './principal.ts';
import * as signIn from './sign-in.repository.ts';
import type { SignIns } from './sign-ins.ts';
import { hashSecret, newSecret } from './tokens.ts';

/** How long a link works, and how its mail says so. */
interface Validity {
  readonly ms: number;
  readonly words: string;
}

const HOUR_MS = 3600_000;
const FORGOTTEN: Validity = { ms: HOUR_MS, words: 'one hour' };
const FROM_ADMINISTRATOR: Validity = { ms: 24 * HOUR_MS, words: '24 hours' };
/** People come back from holidays. */
const MOVED: Validity = { ms: 7 * 24 * HOUR_MS, words: '7 days' };
/** Long enough to type a new password twice. */
const AT_SIGN_IN: Validity = { ms: 15 * 60_000, words: '15 minutes' };
/** Mails an hour that anybody can cause somebody to get. */
const LINKS_PER_HOUR = 3;

/** What an administrator gets to know of a link: it went by mail, or here it is. */
export interface HandedLink {
  readonly sent: boolean;
  readonly link: string | null;
  readonly expiresAt: string;
}

/** Choosing, changing and forgetting passwords. Links work once; of the secret in them only a hash is stored. */
export class PasswordsService {
  readonly #uow: UnitOfWork;
  readonly #mail: MailService;
  readonly #signIns: SignIns;
  readonly #clock: Clock;
  readonly #publicUrl: string;

  constructor(deps: { uow: UnitOfWork; mail: MailService; signIns: SignIns; clock: Clock; publicUrl: string }) {
    this.#uow = deps.uow;
    this.#mail = deps.mail;
    this.#signIns = deps.signIns;
    this.#clock = deps.clock;
    this.#publicUrl = deps.publicUrl;
  }

  /** Whether links go by mail; the same for everybody, so that it tells nothing about anybody. */
  get sendsMail(): boolean {
    return this.#mail.sends;
  }

  /** Does the same, and takes the same time, whoever is meant: a worker looks for the person. */
  forgot(by: Principal, login: string): Promise<void> {
    return this.#uow.write(by, async (tx) => tx.record(passwordForgotten.record(newId(), { login }, {})));
  }

  /** Sends the link that somebody asked for, if there is such a person and they were not sent a few already. */
  sendForgotten(login: string): Promise<void> {
    return this.#uow.write(systemPrincipal('password'), async (tx) => {
      const found = await links.ownerByLogin(tx, login);
      const owner = found && (await links.lockOwner(tx, found.id));
      if (!owner?.isActive) return;
      if ((await links.linksSince(tx, owner.id, new Date(tx.now.getTime() - HOUR_MS))) >= LINKS_PER_HOUR) return;
      await this.#send(tx, owner, 'password-reset', FORGOTTEN);
    });
  }

  /**
   * A link for a person, by mail where that reaches them, else for the administrator to hand over.
   * @param mustChange the password in use is from now on good for nothing but choosing another one
   * @throws Problem 404, 409 (not active any more).
   */
  issueFor(by: Principal, agentId: number, mustChange: boolean): Promise<HandedLink> {
    return this.#uow.write(by, async (tx) => {
      const owner = await links.lockOwner(tx, agentId);
      if (!owner) throw notFound('Agent');
      if (!owner.isActive) throw conflict('agent_inactive', 'A person who is not active does not sign in.');
      if (mustChange) {
        await links.requireChange(tx, agentId);
        await this.#signIns.endAll(tx, agentId, 'password_change');
      }
      const { link, expiresAt } = await this.#send(tx, owner, 'password-link', FROM_ADMINISTRATOR, { mustChange });
      const sent = this.#mail.reaches(owner.email);
      return { sent, link: sent ? null : link, expiresAt: expiresAt.toISOString() };
    });
  }

  /** Mails somebody who was brought along from another system the link to choose their first password. */
  async welcome(tx: Tx, owner: Omit<LinkOwner, 'isActive'>): Promise<void> {
    await this.#send(tx, { ...owner, isActive: true }, 'account-moved', MOVED);
  }

  /** A secret for somebody who has just proved who they are and must choose another password first. */
  async atSignIn(tx: Tx, agentId: number): Promise<string> {
    const { secret } = await this.#make(tx, agentId, AT_SIGN_IN);
    return secret;
  }

  /** Every sign-in of the person ends, and every other link of theirs. @throws Problem 401 (used, unknown or old link). */
  async reset(by: Principal, token: string, password: string): Promise<void> {
    const hash = await hashPassword(password);
    await this.#uow.write(by, async (tx) => {
      const agentId = await links.linkOwner(tx, hashSecret(token));
      const owner = agentId === undefined ? undefined : await links.lockOwner(tx, agentId);
      if (!owner?.isActive || !(await links.takeLink(tx, hashSecret(token), tx.now))) {
        throw unauthorized('reset_link_invalid', 'This link is not valid any more; ask for a new one.');
      }
      await this.#store(tx, owner, hash, 'auth.password_reset');
      await this.#signIns.endAll(tx, owner.id, 'password_reset');
    });
  }

  /** Every other sign-in of the person ends. @throws Problem 422 (the current one is wrong, or the new one the same), 429 while locked. */
  async change(by: Principal, current: string, next: string): Promise<void> {
    const now = this.#clock.now();
    const subject = subjectOf(by.agentId);
    await this.#uow.read(async (db) => assertNotLocked(await signIn.lockedUntil(db, subject, now), now));
    const stored = await this.#uow.read((db) => links.passwordHashOf(db, by.agentId));
    if (!(await checkPassword(stored, current))) {
      await this.#uow.write(by, async (tx) => {
        await signIn.countFailure(tx, subject, tx.now);
        tx.audit({ action: 'auth.password_failed', targetType: 'agent', targetId: by.agentId });
      });
      throw wrongPassword();
    }
    if (current === next) throw unprocessable('same_password', 'Choose another password than the current one.', [{ path: '/body/newPassword', message: 'is the current one' }]);
    const hash = await hashPassword(next);
    await this.#uow.write(by, async (tx) => {
      const owner = await links.lockOwner(tx, by.agentId);
      // Somebody may have set another one since it was checked: they did so to keep others out.
      if (!owner || (await links.passwordHashOf(tx, by.agentId)) !== stored) throw wrongPassword();
      await this.#store(tx, owner, hash, 'auth.password_change');
      await this.#signIns.endOthers(tx, by.agentId, by.sessionId, 'password_change');
    });
  }

  async #store(tx: Tx, owner: LinkOwner, passwordHash: string, action: string): Promise<void> {
    await links.setPassword(tx, owner.id, passwordHash);
    await links.closeLinks(tx, owner.id, tx.now);
    await signIn.clearFailures(tx, subjectOf(owner.id));
    await this.#mail.queue(tx, { template: 'password-changed', to: recipient(owner), link: this.#publicUrl, validFor: '' });
    tx.audit({ action, targetType: 'agent', targetId: owner.id });
  }

  async #send(tx: Tx, owner: LinkOwner, template: TemplateName, validity: Validity, detail: Record<string, unknown> = {}): Promise<{ link: string; expiresAt: Date }> {
    const { secret, expiresAt } = await this.#make(tx, owner.id, validity);
    const link = `${this.#publicUrl}/reset#token=${secret}`;
    await this.#mail.queue(tx, { template, to: recipient(owner), link, validFor: validity.words, expiresAt });
    tx.audit({ action: 'auth.password_link', targetType: 'agent', targetId: owner.id, after: { template, ...detail } });
    return { link, expiresAt };
  }

  async #make(tx: Tx, agentId: number, { ms }: Validity): Promise<{ secret: string; expiresAt: Date }> {
    const secret = newSecret();
    const expiresAt = new Date(tx.now.getTime() + ms);
    await links.insertLink(tx, { hash: hashSecret(secret), agentId, expiresAt, now: tx.now });
    return { secret, expiresAt };
  }
}

const recipient = ({ id, name, email, username }: LinkOwner): { agentId: number; name: string; email: string; username: string } => ({ agentId: id, name, email, username });

const wrongPassword = (): Error => unprocessable('wrong_password', 'The current password is wrong.', [{ path: '/body/currentPassword', message: 'is wrong' }]);
