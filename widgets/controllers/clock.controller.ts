import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { clock } from './clock.ts';

/** Updates its host every `seconds`, for what changes with time alone (thresholds, ages). */
export class EverySeconds implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #seconds: number;
  #stop: (() => void) | undefined;

  constructor(host: ReactiveControllerHost, seconds: number) {
    this.#host = host;
    this.#seconds = seconds;
    host.addController(this);
  }

  hostConnected(): void {
    let next = 0;
    this.#stop = clock.subscribe((now) => {
      if (now < next) return;
      next = now + this.#seconds * 1000;
      this.#host.requestUpdate();
    });
  }

  hostDisconnected(): void {
    this.#stop?.();
  }
}
