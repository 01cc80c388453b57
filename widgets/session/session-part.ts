import type { CSSResultGroup, PropertyDeclarations } from 'lit';
import type { components } from '../../api/http/contract.types.ts';
import { Announcer } from '../controllers/announcer.ts';
import type { SidelineClient } from '../provider/client.ts';
import { toApiError, type ApiError } from '../shared/api-error.ts';
import { avatarStyles } from '../shared/avatar.ts';
import { problemText } from '../shared/blocks.ts';
import { SidelineElement } from '../shared/element.ts';
import '../shared/strings/session.ts';
import { runs, type Session } from './session-model.ts';
import { partStyles } from './session-part.styles.ts';

/** What the parts tell `sideline-session`; stays inside it. */
export interface SessionPartEvents {
  /** The session as it stands now. */
  'session-changed': Session;
  /** What is shown is out of date. */
  'session-stale': undefined;
  /** Another view is asked for: another session, the list, the form. */
  'session-go': { id?: string; to?: 'list' | 'schedule' | 'live' | 'complete' };
}

/** A part of a session's page; `sideline-session` puts it together. */
export abstract class SessionPart extends SidelineElement {
  static override styles: CSSResultGroup = [SidelineElement.styles, avatarStyles, partStyles];
  static override properties: PropertyDeclarations = { coaching: { attribute: false }, problem: { state: true }, busy: { state: true } };

  /** The session it is a part of. */
  declare coaching: Session;
  /** Why the last deed was not done. */
  declare protected problem: string;
  declare protected busy: boolean;

  protected readonly announcer = new Announcer(this);

  constructor() {
    super();
    this.problem = '';
    this.busy = false;
  }

  protected get me(): components['schemas']['Me'] | undefined {
    return this.session.me;
  }

  /** Whether this person holds the session. */
  protected get runs(): boolean {
    return this.me !== undefined && this.coaching !== undefined && runs(this.me, this.coaching);
  }

  protected tell<Type extends keyof SessionPartEvents>(type: Type, detail: SessionPartEvents[Type]): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  /**
   * Does something with the session and shows what came of it.
   *
   * @returns the answer; nothing when it was refused, and `problem` says why
   */
  protected async act<T>(work: (client: SidelineClient) => Promise<T>, refused: (error: ApiError) => string | undefined = () => undefined): Promise<T | undefined> {
    if (!this.client || this.busy) return undefined;
    this.busy = true;
    this.problem = '';
    try {
      return await work(this.client);
    } catch (error) {
      const problem = toApiError(error);
      this.problem = refused(problem) ?? (problem.status === 412 ? this.locale.t('problem.clash') : problemText(this.locale, problem));
      if (problem.kind === 'clash' || problem.kind === 'gone') this.tell('session-stale', undefined);
      return undefined;
    } finally {
      this.busy = false;
    }
  }

  /** The same, with an answer that is the session. */
  protected async step(work: (client: SidelineClient) => Promise<Session>, refused?: (error: ApiError) => string | undefined): Promise<Session | undefined> {
    const session = await this.act(work, refused);
    if (session) this.tell('session-changed', session);
    return session;
  }
}

declare global {
  interface HTMLElementEventMap extends SessionPartEventMap {}
}

type SessionPartEventMap = { [Type in keyof SessionPartEvents]: CustomEvent<SessionPartEvents[Type]> };
