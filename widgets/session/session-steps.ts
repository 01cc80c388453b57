import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../shared/icons.ts';
import type { Locale } from '../shared/locale.ts';
import { isAhead, isOpenStep, STEPS, stepOf, type Session, type Step } from './session-model.ts';

export interface StepsOptions {
  locale: Locale;
  session: Session;
  shown: Step;
  choose: (step: Step) => void;
}

/** The steps as tabs: where the session is, what is behind it, and what cannot be looked at yet. Arrows walk through them. */
export function sessionSteps(options: StepsOptions): TemplateResult {
  const { locale, session, shown, choose } = options;
  const now = STEPS.indexOf(stepOf(session));
  return html`<div class="steps" part="steps" role="tablist" aria-label=${locale.t('session.steps')} @keydown=${(event: KeyboardEvent) => walk(event, options)}>
    ${STEPS.map((step, index) => {
      const open = isOpenStep(step, session);
      return html`<button type="button" role="tab" id="step-${step}" aria-controls="panel" tabindex=${step === shown ? '0' : '-1'} aria-selected=${step === shown ? 'true' : 'false'}
        aria-disabled=${open ? 'false' : 'true'} @click=${() => open && choose(step)}>
        ${index === now && isAhead(session) ? html`<span class="now" aria-hidden="true"></span>` : step !== 'effect' && (index < now || session.status === 'completed') ? html`<span class="past">${icon('check', 12)}</span>` : nothing}
        ${locale.t(`session.step.${step}`)}</button>`;
    })}
  </div>`;
}

function walk(event: KeyboardEvent, { session, shown, choose }: StepsOptions): void {
  const tabs = event.currentTarget as HTMLElement;
  const rtl = getComputedStyle(tabs).direction === 'rtl';
  const by = { ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1 }[event.key];
  const open = STEPS.filter((step) => isOpenStep(step, session));
  const next = by && open[(open.indexOf(shown) + by + open.length) % open.length];
  if (!next) return;
  event.preventDefault();
  choose(next);
  tabs.querySelector<HTMLElement>(`#step-${next}`)?.focus();
}
