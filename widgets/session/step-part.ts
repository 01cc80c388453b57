import { html, nothing, type TemplateResult } from 'lit';
import type { Locale } from '../shared/locale.ts';
import type { PageDocument } from './document.ts';
import type { Session, Step } from './session-model.ts';

/** Each step brings its own code, when it is first looked at. */
export const load: Record<Step | 'schedule', () => Promise<unknown>> = {
  prepare: () => import('./prepare.ts'),
  live: () => import('./live.ts'),
  complete: () => import('./outcome.ts'),
  effect: () => import('./effect.ts'),
  schedule: () => import('./schedule.ts'),
};

/** A step of a session, with what was written here as well, stored or not. Its code is here. @param doc of a session that is live */
export function stepPart(step: Step, session: Session, doc: PageDocument | undefined): TemplateResult {
  switch (step) {
    case 'prepare':
      return html`<sideline-session-prepare .coaching=${session}></sideline-session-prepare>`;
    case 'live':
      return html`<sideline-session-live .coaching=${session} .doc=${doc}></sideline-session-live>`;
    case 'complete':
      return html`<sideline-session-complete .coaching=${session} .doc=${doc}></sideline-session-complete>`;
    case 'effect':
      return html`<sideline-session-effect .coaching=${session}></sideline-session-effect>`;
  }
}

/** What became of a session that was not held, and the way on. @param another schedules another one, where that may be done */
export function notHeld(locale: Locale, { status, cancelReason }: Session, another: (() => void) | undefined): TemplateResult {
  const t = locale.t.bind(locale);
  return html`<div class="over"><p>${status === 'cancelled' ? t('session.calledOff', { reason: cancelReason ?? t('common.missing') }) : t('session.missed')}</p>
    ${another ? html`<button type="button" @click=${another}>${t('session.scheduleAnother')}</button>` : nothing}</div>`;
}
