import type { ActionRow, ActionsService } from '../actions/actions.service.ts';
import { systemPrincipal, type Principal } from '../auth/principal.ts';
import type { SessionDesk } from './session-desk.ts';
import type { SessionRow } from './session.repository.ts';

/** What a session came to, as one reader of it may know it. */
export interface SessionSummary {
  readonly session: SessionRow;
  readonly actions: readonly ActionRow[];
}

const LETTERS = systemPrincipal('session-summaries');

/** Sums sessions up: what was written down, promised and agreed in them, also before they ended. */
export class SummariesService {
  readonly #desk: SessionDesk;
  readonly #actions: ActionsService;

  constructor(deps: { desk: SessionDesk; actions: ActionsService }) {
    this.#desk = deps.desk;
    this.#actions = deps.actions;
  }

  /** Action items as far as the reader may read them. @throws Problem 404. */
  async get(by: Principal, id: string): Promise<SessionSummary> {
    return { session: await this.#desk.get(by, id), actions: await this.#agreedIn(by, id) };
  }

  /** The same for each of those who took part: who held it knows of everything, of the others each of what is about them. */
  async actionsByReader({ id, facilitator, attendees }: SessionRow): Promise<ReadonlyMap<number, readonly ActionRow[]>> {
    const all = await this.#agreedIn(LETTERS, id);
    return new Map([[facilitator.id, all], ...attendees.map((attendee) => [attendee.id, all.filter(({ agentId }) => agentId === attendee.id)] as const)]);
  }

  /** Joins the transaction that is open. What was called off again was not agreed. */
  async #agreedIn(by: Principal, id: string): Promise<ActionRow[]> {
    return (await this.#actions.ofSession(by, id)).filter(({ status }) => status !== 'cancelled');
  }
}
