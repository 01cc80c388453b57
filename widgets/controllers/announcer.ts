import { html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';

const QUIET_MS = 10_000;

/** A polite live region that speaks at most every ten seconds and then says only the latest. */
export class Announcer implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #text = '';
  #next: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {}

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Says it now, whatever was said before: the answer to something the person did. */
  now(text: string): void {
    this.#speak(text);
  }

  /** Says it when there is room: something that happened elsewhere. */
  whenQuiet(text: string): void {
    this.#next = text;
    if (this.#timer === undefined) this.#speak(text);
  }

  render(): TemplateResult {
    return html`<div class="sr" role="status" aria-live="polite">${this.#text}</div>`;
  }

  #speak(text: string): void {
    this.#text = text;
    this.#next = undefined;
    this.#host.requestUpdate();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#next !== undefined) this.#speak(this.#next);
    }, QUIET_MS);
  }
}
