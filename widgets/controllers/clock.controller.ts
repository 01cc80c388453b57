import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { clock } from './clock.ts';

/** Updates its host every `seconds`, or does what it is given, for what changes with time alone (thresholds, ages). */
export class EverySeconds implements ReactiveController {
  readonly #seconds: number;
  readonly #run: () => void;
  #stop: (() => void) | undefined;

  constructor(host: ReactiveControllerHost, seconds: number, run = (): void => host.requestUpdate()) {
    this.#run = run;
    this.#seconds = seconds;
    host.addController(this);
  }

  hostConnected(): void {
    let next = 0;
    this.#stop = clock.subscribe((now) => {
      if (now < next) return;
      next = now + this.#seconds * 1000;
      this.#run();
    });
  }

  hostDisconnected(): void {
    this.#stop?.();
  }
}
