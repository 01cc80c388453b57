import { html, type TemplateResult } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import type { DrillSubject } from './subject.ts';

/** Opens a figure over the widget it stands in; the dialog's code comes with the first figure that is opened. */
export class Drill {
  readonly #element = createRef<HTMLElementTagNameMap['sideline-drill']>();

  async open(subject: DrillSubject): Promise<void> {
    await import('./drill.ts');
    await this.#element.value?.present(subject);
  }

  render(): TemplateResult {
    return html`<sideline-drill ${ref(this.#element)}></sideline-drill>`;
  }
}
