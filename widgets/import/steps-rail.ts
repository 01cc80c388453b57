import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../shared/icons.ts';
import type { Locale } from '../shared/locale.ts';
import { STEPS, type Step } from './import-model.ts';

/** Where one is on the way from file to done. */
export function stepsRail(locale: Locale, now: Step): TemplateResult {
  const at = STEPS.indexOf(now);
  return html`<ol class="steps" part="steps" aria-label=${locale.t('import.steps')}>
    ${STEPS.map((step, index) => html`<li class=${index < at ? 'past' : index === at ? 'now' : ''} aria-current=${index === at ? 'step' : nothing}>
      ${index < at ? icon('check', 12) : html`<span class="dot" aria-hidden="true"></span>`}${locale.t(`import.step.${step}`)}
    </li>`)}
  </ol>`;
}
