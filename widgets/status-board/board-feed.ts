import type { Resource } from '../controllers/resource.ts';
import type { Events } from '../provider/realtime.ts';
import type { Board, Person } from './board-model.ts';

/** Figures of a busy floor change with every call; one fetch answers all of half a minute. */
const SETTLE_MS = 30_000;
/** A day begins without an event. */
const OLD_MS = 300_000;

export interface BoardFeedHost {
  board: () => Pick<Resource<unknown, Board>, 'loading' | 'loadedAt' | 'mutate' | 'refresh'>;
  person: (id: number) => Person | undefined;
  online: () => boolean;
  /** Somebody's status is another now. */
  statusChanged: (person: Person, status: Person['onlineStatus']) => void;
}

/** Keeps the board what the server would answer: by events as they come, and by asking where only it can tell. */
export class BoardFeed {
  readonly #host: BoardFeedHost;
  #settle: ReturnType<typeof setTimeout> | undefined;

  constructor(host: BoardFeedHost) {
    this.#host = host;
  }

  stop(): void {
    clearTimeout(this.#settle);
    this.#settle = undefined;
  }

  changePerson(id: number, change: Partial<Person>): void {
    this.#host.board().mutate((board) => ({ ...board, people: board.people.map((person) => (person.id === id ? { ...person, ...change } : person)) }));
  }

  statusChanged({ agentId, status, timestamp, reason }: Events['agent_status_change']): void {
    const person = this.#host.person(agentId);
    if (!person) return;
    this.changePerson(agentId, { onlineStatus: status, statusSince: timestamp, statusReason: reason });
    this.#host.statusChanged(person, status);
  }

  /** A change of the person is shown at once; one of the team, the role or the job changes who is on the board. */
  agentChanged(agent: Events['agent_updated']): void {
    const known = this.#host.person(agent.id);
    if (!known) return agent.role === 'cs' && agent.isActive ? this.figuresChanged() : undefined;
    if (known.teamId !== agent.teamId || !agent.isActive || agent.role !== 'cs') return void this.#host.board().refresh();
    const { fullName, avatar, department, onlineStatus, statusReason, statusSince } = agent;
    this.changePerson(agent.id, { fullName, avatar, department, onlineStatus, statusReason, statusSince });
  }

  figuresChanged(): void {
    this.#settle ??= setTimeout(() => {
      this.#settle = undefined;
      if (this.#host.online()) void this.#host.board().refresh();
    }, SETTLE_MS);
  }

  /** To be called now and then. */
  renew(): void {
    const { loading, loadedAt = Infinity } = this.#host.board();
    if (this.#host.online() && !loading && Date.now() - loadedAt > OLD_MS) this.figuresChanged();
  }
}
