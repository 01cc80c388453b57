import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { EventHandlers, Events, Realtime } from '../provider/realtime.ts';

export interface LiveEventsOptions {
  realtime: () => Realtime | undefined;
  handlers: EventHandlers;
  /** Events may have been missed: fetch again. */
  onResync: () => void;
}

/** Listens to server events while its host is on the page; follows the connection when it is replaced. */
export class LiveEvents implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #options: LiveEventsOptions;
  #realtime: Realtime | undefined;
  #stops: (() => void)[] = [];

  constructor(host: ReactiveControllerHost, options: LiveEventsOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostUpdate(): void {
    const realtime = this.#options.realtime();
    if (realtime === this.#realtime) return;
    this.hostDisconnected();
    this.#realtime = realtime;
    if (realtime) this.#listen(realtime);
  }

  hostDisconnected(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
    this.#realtime = undefined;
  }

  #listen(realtime: Realtime): void {
    const { handlers, onResync } = this.#options;
    const update = (): void => this.#host.requestUpdate();
    realtime.addEventListener('resync', onResync);
    realtime.addEventListener('state', update);
    this.#stops = (Object.keys(handlers) as (keyof Events)[]).map((event) => listen(realtime, event, handlers));
    this.#stops.push(() => {
      realtime.removeEventListener('resync', onResync);
      realtime.removeEventListener('state', update);
    });
  }
}

function listen<Type extends keyof Events>(realtime: Realtime, event: Type, handlers: EventHandlers): () => void {
  const handler = handlers[event];
  return handler ? realtime.on(event, handler) : () => undefined;
}
