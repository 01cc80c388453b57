import type { ReactiveControllerHost } from 'lit';
import type { components } from '../../api/http/contract.types.ts';
import type { LiveField, LiveValues } from '../controllers/live-document.ts';
import { LiveSession, type LiveSessionOptions } from '../controllers/live-session.ts';
import type { Session } from './session-model.ts';

export type { LiveField } from '../controllers/live-document.ts';

/** A field that two people wrote, in ways that cannot be put together. */
export interface Conflict {
  readonly field: LiveField;
  readonly mine: unknown;
  readonly theirs: unknown;
}

/** What participants write together while a session is held, as the parts of the page see it. */
export interface SessionDocument {
  readonly present: readonly components['schemas']['SessionVisitor'][];
  /** When the session began, by this machine's clock. ISO 8601. */
  readonly startedAtHere: string | undefined;
  /** When the server last confirmed a write, ms since the epoch. */
  readonly savedAt: number | undefined;
  /** Whether something written here has not been confirmed. */
  readonly unsaved: boolean;
  readonly conflicts: readonly Conflict[];
  write<Field extends LiveField>(field: Field, value: Session[Field]): void;
  /** Says what stands where two were written. */
  decide(field: LiveField, value: unknown): void;
  /** Sends what is not stored yet. */
  flush(): Promise<void>;
}

const FIELDS = ['discussionNotes', 'topicsCovered', 'engagementScore', 'agenda', 'focusMetrics', 'summary', 'commitments'] as const satisfies readonly LiveField[];

/** The shared document of the session on the page. One for all its steps: what is written in one is there in the others. */
export class PageDocument implements SessionDocument {
  readonly #live: LiveSession;

  constructor(host: ReactiveControllerHost, options: LiveSessionOptions) {
    this.#live = new LiveSession(host, options);
  }

  /** The session with everything that was written here, stored or not. */
  over(session: Session): Session {
    const stored = this.#live.session;
    if (stored?.id !== session.id) return session;
    const written = Object.fromEntries(FIELDS.map((field) => [field, this.#live.value(field)])) as Partial<LiveValues>;
    return { ...session, ...written };
  }

  /** Whether it can be written in. */
  isOpen(session: Session): boolean {
    return this.#live.session?.id === session.id;
  }

  get present(): SessionDocument['present'] {
    return this.#live.present;
  }

  get startedAtHere(): string | undefined {
    return this.#live.startedAtHere;
  }

  get savedAt(): number | undefined {
    return this.#live.savedAt;
  }

  get unsaved(): boolean {
    return this.#live.unsaved;
  }

  get conflicts(): readonly Conflict[] {
    return this.#live.clashes;
  }

  write<Field extends LiveField>(field: Field, value: Session[Field]): void {
    this.#live.edit(field, value);
  }

  decide(field: LiveField, value: unknown): void {
    this.#live.decide(field, value as LiveValues[LiveField]);
  }

  flush(): Promise<void> {
    return this.#live.flush();
  }
}
