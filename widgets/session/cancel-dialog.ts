import { html, nothing, type TemplateResult } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import type { SidelineElement } from '../shared/element.ts';
import type { Locale } from '../shared/locale.ts';

/** Asks why a session is called off: everybody is told. Escape keeps it; the focus goes back where it was. */
export class CancelDialog {
  readonly #host: SidelineElement;
  readonly #locale: () => Locale;
  readonly #dialog = createRef<HTMLDialogElement>();
  #open = false;
  #missing = false;
  #answer: ((reason: string | undefined) => void) | undefined;

  constructor(host: SidelineElement, locale: () => Locale) {
    this.#locale = locale;
    this.#host = host;
  }

  /** @returns the reason; nothing when it stays */
  async ask(): Promise<string | undefined> {
    this.#open = true;
    this.#missing = false;
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    this.#dialog.value?.showModal();
    return new Promise((resolve) => (this.#answer = resolve));
  }

  render(): TemplateResult {
    const locale = this.#locale();
    const t = locale.t.bind(locale);
    return html`<dialog class="ask" aria-labelledby="cancel-title" aria-describedby="cancel-text" ${ref(this.#dialog)} @close=${() => this.#close(undefined)} @keydown=${(event: Event) => event.stopPropagation()}>
      ${this.#open
        ? html`<h3 id="cancel-title">${t('session.cancelTitle')}</h3>
            <p id="cancel-text">${t('session.cancelText')}</p>
            <textarea rows="2" maxlength="500" autofocus aria-label=${t('session.cancelReason')} placeholder=${t('session.cancelReason')} aria-invalid=${this.#missing ? 'true' : 'false'}></textarea>
            ${this.#missing ? html`<p class="problem" role="alert">${t('session.cancelMissing')}</p>` : nothing}
            <div class="line">
              <button type="button" class="danger" @click=${() => this.#take()}>${t('session.cancelYes')}</button>
              <button type="button" @click=${() => this.#close(undefined)}>${t('session.cancelNo')}</button>
            </div>`
        : nothing}
    </dialog>`;
  }

  #take(): void {
    const reason = this.#dialog.value?.querySelector('textarea')?.value.trim();
    if (reason) return this.#close(reason);
    this.#missing = true;
    this.#host.requestUpdate();
    this.#dialog.value?.querySelector('textarea')?.focus();
  }

  #close(reason: string | undefined): void {
    const answer = this.#answer;
    this.#answer = undefined;
    this.#open = false;
    if (this.#dialog.value?.open) this.#dialog.value.close();
    this.#host.requestUpdate();
    answer?.(reason);
  }
}
