import { html, nothing, type TemplateResult } from 'lit';
import { ref, createRef } from 'lit/directives/ref.js';
import type { SidelineElement } from './element.ts';
import { icon } from './icons.ts';

const card = (): Promise<unknown> => import('../agent-card/agent-card.ts');

/** Shows a person over the widget that was asked for them, where the page does not show them itself. */
export class AgentDialog {
  readonly #host: SidelineElement;
  readonly #dialog = createRef<HTMLDialogElement>();
  #agentId: number | undefined;
  #asOf: string | undefined;

  constructor(host: SidelineElement) {
    this.#host = host;
  }

  /** The native dialog gives the focus back to the opener when it closes. */
  async open(agentId: number, asOf?: string): Promise<void> {
    if (!(await this.#host.bring(card))) return;
    this.#agentId = agentId;
    this.#asOf = asOf;
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    this.#dialog.value?.showModal();
  }

  render(closeLabel: string): TemplateResult {
    return html`<dialog class="agent-dialog" ${ref(this.#dialog)} @close=${() => this.#closed()} @keydown=${(event: Event) => event.stopPropagation()}>
      ${this.#agentId === undefined
        ? nothing
        : html`<button class="plain icon close" type="button" aria-label=${closeLabel} @click=${() => this.#dialog.value?.close()}>${icon('close')}</button>
            <sideline-agent-card agent-id=${this.#agentId} as-of=${this.#asOf ?? nothing}></sideline-agent-card>`}
    </dialog>`;
  }

  #closed(): void {
    this.#agentId = undefined;
    this.#host.requestUpdate();
  }
}
