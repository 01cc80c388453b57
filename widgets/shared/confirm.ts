import { html, nothing, type TemplateResult } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import type { SidelineElement } from './element.ts';

export interface Question {
  title: string;
  text: string;
  /** What happens on yes, in the words of the button. */
  yes: string;
  no: string;
  danger?: boolean;
}

/** One question before something that is not easily taken back. Escape is no; the focus goes back where it was. */
export class Confirm {
  readonly #host: SidelineElement;
  readonly #dialog = createRef<HTMLDialogElement>();
  #question: Question | undefined;
  #answer: ((yes: boolean) => void) | undefined;

  constructor(host: SidelineElement) {
    this.#host = host;
  }

  async ask(question: Question): Promise<boolean> {
    this.#answer?.(false);
    this.#question = question;
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    this.#dialog.value?.showModal();
    return new Promise((resolve) => (this.#answer = resolve));
  }

  render(): TemplateResult {
    const question = this.#question;
    return html`<dialog class="ask" aria-labelledby="ask-title" aria-describedby="ask-text" ${ref(this.#dialog)} @close=${() => this.#close(false)} @keydown=${(event: Event) => event.stopPropagation()}>
      ${question
        ? html`<h3 id="ask-title">${question.title}</h3>
            <p id="ask-text">${question.text}</p>
            <div class="line">
              <button type="button" class=${question.danger ? 'danger' : 'primary'} @click=${() => this.#close(true)}>${question.yes}</button>
              <button type="button" autofocus @click=${() => this.#close(false)}>${question.no}</button>
            </div>`
        : nothing}
    </dialog>`;
  }

  #close(yes: boolean): void {
    const answer = this.#answer;
    this.#answer = undefined;
    if (this.#dialog.value?.open) this.#dialog.value.close();
    answer?.(yes);
  }
}
