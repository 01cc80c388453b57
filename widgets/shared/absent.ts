import type { TemplateResult } from 'lit';
import { define, SidelineElement } from './element.ts';
import type { Load } from './lazy.ts';

/** Stands inside a widget whose code did not come: says so, asks again when the API answers, and goes when it is here. */
export class SidelineAbsent extends SidelineElement {
  /** The widget's code. */
  load: Load | undefined;

  protected override render(): TemplateResult {
    const { load } = this;
    if (load && this.need(load)) this.remove();
    return load ? this.coming(load) : this.bars();
  }
}

define('sideline-absent', SidelineAbsent);

declare global {
  interface HTMLElementTagNameMap {
    'sideline-absent': SidelineAbsent;
  }
}
