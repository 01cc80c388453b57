import { html, type TemplateResult } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import type { SidelineElement } from '../shared/element.ts';
import type { DrillSubject } from './subject.ts';

const drill = (): Promise<unknown> => import('./drill.ts');

/** Opens a figure over the widget it stands in; the dialog's code comes with the first figure that is opened. */
export class Drill {
  readonly #host: SidelineElement;
  readonly #element = createRef<HTMLElementTagNameMap['sideline-drill']>();

  constructor(host: SidelineElement) {
    this.#host = host;
  }

  async open(subject: DrillSubject): Promise<void> {
    if (await this.#host.bring(drill)) await this.#element.value?.present(subject);
  }

  render(): TemplateResult {
    return html`<sideline-drill ${ref(this.#element)}></sideline-drill>`;
  }
}
