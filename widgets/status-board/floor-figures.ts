import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { SidelineClient } from '../provider/client.ts';
import { body, toApiError } from '../shared/api-error.ts';
import { addDays, businessDay } from '../shared/business-day.ts';

/** What the board shows of a person beside the status. */
interface Figures {
  /** Interactions handled today. */
  readonly handled: number;
  /** Seconds; null when nothing was handled. */
  readonly aht: number | null;
  /** Daily mean rating of the last seven days, oldest first. */
  readonly csat: readonly (number | null)[];
  readonly ratings: number;
}

/** `hidden`: the team keeps figures from colleagues. `failed`: asked again later. */
export type FiguresState = Figures | 'hidden' | 'failed' | 'loading';

export interface FloorFiguresOptions {
  client: () => SidelineClient | undefined;
  timeZone: () => string;
}

const AT_ONCE = 4;
const FRESH_MS = 120_000;

/** Fetches the figures of the people in view, a few at a time, and again when they have grown old. */
export class FloorFigures implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #options: FloorFiguresOptions;
  readonly #known = new Map<number, { state: FiguresState; at: number }>();
  #queue: number[] = [];
  #running = 0;

  constructor(host: ReactiveControllerHost, options: FloorFiguresOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#queue = [];
  }

  get(agentId: number): FiguresState {
    return this.#known.get(agentId)?.state ?? 'loading';
  }

  /** These are in view now; what scrolled away before its turn is no longer asked for. */
  want(agentIds: readonly number[]): void {
    const now = Date.now();
    this.#queue = agentIds.filter((id) => now - (this.#known.get(id)?.at ?? 0) > FRESH_MS);
    this.#next();
  }

  /** Something happened to this person's figures. */
  outdate(agentId: number): void {
    const known = this.#known.get(agentId);
    if (known && Date.now() - known.at > 5_000) this.#known.set(agentId, { ...known, at: 0 });
  }

  clear(): void {
    this.#known.clear();
  }

  #next(): void {
    const client = this.#options.client();
    while (client && this.#running < AT_ONCE) {
      const id = this.#queue.shift();
      if (id === undefined) return;
      this.#running += 1;
      this.#known.set(id, { state: this.get(id), at: Date.now() });
      void this.#load(client, id).finally(() => {
        this.#running -= 1;
        this.#host.requestUpdate();
        this.#next();
      });
    }
  }

  async #load(client: SidelineClient, id: number): Promise<void> {
    const to = businessDay(Date.now(), this.#options.timeZone());
    const query = { from: addDays(to, -6), to };
    try {
      const days = await body(client.http.GET('/api/agents/{id}/performance', { params: { path: { id }, query } }));
      const today = days.at(-1);
      this.#known.set(id, {
        at: Date.now(),
        state: {
          handled: today?.messagesHandled ?? 0,
          aht: today?.aht ?? null,
          csat: days.map((day) => day.customerSatisfaction),
          ratings: days.reduce((sum, day) => sum + day.n.ratings, 0),
        },
      });
    } catch (error) {
      const known = this.#known.get(id)?.state;
      const failed = toApiError(error).kind === 'forbidden' ? 'hidden' : 'failed';
      this.#known.set(id, { at: Date.now(), state: typeof known === 'object' ? known : failed });
    }
  }
}
