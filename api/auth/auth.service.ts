import type { ActivityService } from '../activity/activity.service.ts';
import type { AgentRow, AgentsService } from '../agents/agents.service.ts';
import type { Config } from '../config.ts';
import type { Clock } from '../db/clock.ts';
import type { Tx, UnitOfWork } from '../db/unit-of-work.ts';
import { conflict, Problem, unauthorized } from '../errors/problem.ts';
import { agentSignedIn } from './auth.events.ts';
import { assertNotLocked, subjectOf } from './lockout.ts';
import { checkPassword } from './passwords.ts';
import type { PasswordsService } from './passwords.service.ts';
import { systemPrincipal, type Principal } from './principal.ts';
import * as signIn from './sign-in.repository.ts';
import type { SignIns } from './sign-ins.ts';
import { hashSecret, newSecret, type AccessTokens } from './tokens.ts';

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly tokenType: 'Bearer';
  readonly expiresIn: number;
  readonly agent: AgentRow;
}

export interface FirstAdministrator {
  readonly token: string;
  readonly username: string;
  readonly email: string;
  readonly fullName: string;
  readonly password: string;
}

/** Whether the refresh token goes to the caller, or into a cookie of their browser. */
export type KeptIn = 'caller' | 'cookie';

/** How long a token of a cookie may be exchanged again: for tabs that ask at once, and pages gone before the answer came. */
const AGAIN_MS = 30_000;

const SETUP_LINK_MS = 24 * 3600 * 1000;

/** Signing in and out. Access tokens are short JWTs; refresh tokens are opaque, used once, and form a family per sign-in. */
export class AuthService {
  readonly #uow: UnitOfWork;
  readonly #agents: AgentsService;
  readonly #activity: ActivityService;
  readonly #tokens: AccessTokens;
  readonly #signIns: SignIns;
  readonly #passwords: PasswordsService;
  readonly #clock: Clock;
  readonly #refreshMs: number;

  constructor(deps: { uow: UnitOfWork; agents: AgentsService; activity: ActivityService; tokens: AccessTokens; signIns: SignIns; passwords: PasswordsService; clock: Clock; config: Config }) {
    this.#uow = deps.uow;
    this.#agents = deps.agents;
    this.#activity = deps.activity;
    this.#tokens = deps.tokens;
    this.#signIns = deps.signIns;
    this.#passwords = deps.passwords;
    this.#clock = deps.clock;
    this.#refreshMs = deps.config.auth.refreshSeconds * 1000;
  }

  /**
   * @throws Problem 401 (the same for an unknown name and a wrong password), 429 while the name is locked, 403 with a
   * `resetToken` where another password has to be chosen first.
   */
  async login(by: Principal, username: string, password: string, keptIn: KeptIn = 'caller'): Promise<Tokens> {
    const now = this.#clock.now();
    const person = await this.#uow.read((db) => signIn.credentialsOf(db, username));
    // One count a person, whichever of their names is tried.
    const subject = person ? subjectOf(person.id) : nameSubject(username);
    const locked = await this.#uow.read((db) => signIn.lockedUntil(db, subject, now));
    assertNotLocked(locked, now);
    const correct = await checkPassword(person?.passwordHash, password);
    if (!person?.isActive || !correct) {
      await this.#uow.write(by, async (tx) => {
        await signIn.countFailure(tx, subject, tx.now);
        tx.audit({ action: 'auth.login_failed', targetType: 'agent', targetId: person?.id ?? 0, after: { username } });
      });
      throw wrongCredentials();
    }
    return this.#uow.write(by, async (tx) => {
      // Set anew since it was checked, perhaps to keep this caller out: then it was the wrong one.
      if (!(await signIn.stillValid(tx, person.id, person.passwordHash))) throw wrongCredentials();
      return person.mustChangePassword ? this.#passwords.atSignIn(tx, person.id) : this.#open(by, person.id, keptIn);
    }).then((outcome) => {
      if (typeof outcome === 'string') throw changeRequired(outcome);
      return outcome;
    });
  }

  /** @throws Problem 401; a token used twice ends the whole family (`refresh_reused`). */
  refresh(by: Principal, refreshToken: string): Promise<Tokens> {
    return this.#refresh(by, refreshToken, ({ inCookie }) => !inCookie);
  }

  /**
   * As {@link refresh}, with the token of a cookie: good again for {@link AGAIN_MS} after its first use.
   * @throws Problem 401, also for a token of somebody else.
   */
  refreshInBrowser(by: Principal, agentId: number, refreshToken: string): Promise<Tokens> {
    return this.#refresh(by, refreshToken, (state) => state.inCookie && state.agentId === agentId);
  }

  async #refresh(by: Principal, refreshToken: string, fits: (state: signIn.RefreshState) => boolean): Promise<Tokens> {
    const outcome = await this.#uow.write(by, async (tx) => {
      const state = await signIn.lockRefreshToken(tx, hashSecret(refreshToken), tx.now);
      if (!state?.alive || !fits(state)) return 'ended' as const;
      if (state.usedAgoMs !== null && !(state.inCookie && state.usedAgoMs <= AGAIN_MS)) {
        await this.#signIns.end(tx, state.agentId, state.sessionId, 'refresh_reused');
        tx.audit({ action: 'auth.refresh_reused', targetType: 'agent', targetId: state.agentId });
        return 'reused' as const;
      }
      const expiresAt = new Date(tx.now.getTime() + this.#refreshMs);
      if (state.usedAgoMs === null) await signIn.useRefreshToken(tx, state.sessionId, expiresAt, tx.now);
      return this.#tokensFor(tx, state.agentId, state.sessionId, expiresAt);
    });
    if (outcome === 'ended') throw unauthorized('refresh_invalid', 'This refresh token is not valid; sign in again.');
    if (outcome === 'reused') throw unauthorized('refresh_reused', 'This refresh token was used before; the sign-in has been ended.');
    return outcome;
  }

  /** @param inCookie the refresh token their browser keeps, if any: its sign-in ends as well */
  async logout(by: Principal, inCookie?: string): Promise<void> {
    const { sessionId } = by;
    if (!sessionId) return;
    await this.#uow.write(by, async (tx) => {
      await this.#signIns.end(tx, by.agentId, sessionId, 'logout');
      const kept = inCookie === undefined ? undefined : await signIn.lockRefreshToken(tx, hashSecret(inCookie), tx.now);
      if (kept?.agentId === by.agentId && kept.sessionId !== sessionId) await this.#signIns.end(tx, by.agentId, kept.sessionId, 'logout');
      tx.audit({ action: 'auth.logout', targetType: 'agent', targetId: by.agentId });
      await this.#activity.record(tx, [{ agentId: by.agentId, type: 'logout', description: 'Signed out' }]);
    });
  }

  /** A new one-time set-up link's secret, or undefined once anybody exists. Earlier links stop working. */
  async offerSetup(): Promise<string | undefined> {
    return this.#uow.write(systemPrincipal('setup'), async (tx) => {
      if ((await this.#agents.count()) > 0) return undefined;
      const secret = newSecret();
      await signIn.replaceSetupToken(tx, hashSecret(secret), new Date(tx.now.getTime() + SETUP_LINK_MS));
      return secret;
    });
  }

  /** @throws Problem 401 (used, replaced or old link), 409 (somebody exists already). */
  async setup(by: Principal, data: FirstAdministrator): Promise<Tokens> {
    return this.#uow.write({ ...systemPrincipal('setup'), ip: by.ip, requestId: by.requestId }, async (tx) => {
      if (!(await signIn.useOneTimeToken(tx, hashSecret(data.token), 'setup', tx.now))) {
        throw unauthorized('setup_link_invalid', 'This set-up link is not valid any more; start the server again for a new one.');
      }
      if ((await this.#agents.count()) > 0) throw conflict('already_set_up', 'This installation has its administrator already.');
      const { token: _token, ...person } = data;
      const admin = await this.#agents.create(tx.by, { ...person, role: 'admin', department: 'Administration' });
      return this.#open(tx.by, admin.id, 'caller');
    });
  }

  /**
   * The first administrator, from a terminal. One who has no password to sign in with does not count.
   * @throws Problem 409 (there is one already; user name or e-mail taken).
   */
  createAdministrator(by: Principal, data: Omit<FirstAdministrator, 'token'>): Promise<AgentRow> {
    return this.#uow.write(by, async (tx) => {
      const existing = await signIn.lockAdministrator(tx);
      if (existing) throw conflict('already_set_up', `This installation has its administrator already: ${existing}.`);
      return this.#agents.create(tx.by, { ...data, role: 'admin', department: 'Administration' });
    });
  }

  #open(by: Principal, agentId: number, keptIn: KeptIn): Promise<Tokens> {
    return this.#uow.write(by, async (tx) => {
      const expiresAt = new Date(tx.now.getTime() + this.#refreshMs);
      const sessionId = await signIn.insertSession(tx, { agentId, inCookie: keptIn === 'cookie', expiresAt, ip: by.ip, now: tx.now });
      await signIn.markLogin(tx, agentId, tx.now);
      await signIn.clearFailures(tx, subjectOf(agentId));
      tx.record(agentSignedIn.record(agentId, { agentId, lastLoginAt: tx.now.toISOString() }, { agentId }));
      tx.audit({ action: 'auth.login', targetType: 'agent', targetId: agentId });
      await this.#activity.record(tx, [{ agentId, type: 'login', description: 'Signed in' }]);
      return this.#tokensFor(tx, agentId, sessionId, expiresAt);
    });
  }

  async #tokensFor(tx: Tx, agentId: number, sessionId: string, expiresAt: Date): Promise<Tokens> {
    const refreshToken = newSecret();
    await signIn.insertRefreshToken(tx, { hash: hashSecret(refreshToken), sessionId, expiresAt, now: tx.now });
    const { token, expiresIn } = this.#tokens.issue(agentId, sessionId, tx.now);
    return { accessToken: token, refreshToken, tokenType: 'Bearer', expiresIn, agent: await this.#agents.get(agentId) };
  }
}

/** Some letters grow when they are made small (`İ`), beyond what the column holds. */
const nameSubject = (username: string): string => `name:${username.toLowerCase()}`.slice(0, 300);

const wrongCredentials = (): Error => unauthorized('wrong_credentials', 'User name or password is wrong.');

/** The password was right, and is good for nothing but choosing another one: the token does that, once. */
const changeRequired = (resetToken: string): Error =>
  new Problem(403, 'password_change_required', 'Choose another password before you sign in.', { extensions: { resetToken } });
