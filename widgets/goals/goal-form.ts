import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { components } from '../../api/http/contract.types.ts';
import type { Locale } from '../shared/locale.ts';
import { MEASURE_IDS, nameOf, type Goal, type GoalDraft, type Measure } from './goals-model.ts';

type GoalStatus = components['schemas']['GoalStatus'];

const ENDS = ['reached', 'missed', 'dropped'] as const satisfies readonly GoalStatus[];
const UNITS: Readonly<Record<Measure, string>> = { csat: '1–5', slaCompliance: '%', avgResponseTime: 'min', aht: 's', fcr: '%', resolutionRate: '%', sentiment: '−1–1' };

interface Shared {
  locale: Locale;
  problem: string;
  busy: boolean;
  cancel: () => void;
}

export interface GoalFormOptions extends Shared {
  draft: GoalDraft;
  change: (change: Partial<GoalDraft>) => void;
  save: () => void;
}

/** A new goal: a sentence, and where it can be measured its metric and target. */
export function goalForm({ locale, draft, problem, busy, change, save, cancel }: GoalFormOptions): TemplateResult {
  const t = locale.t.bind(locale);
  return html`<form novalidate @submit=${submits(save)} @keydown=${escapes(cancel)}>
    <div class="field"><label for="goal">${t('goals.what')}</label>
      <input id="goal" type="text" maxlength="200" autocomplete="off" placeholder=${t('goals.whatHint')} .value=${live(draft.title)} @input=${(event: Event) => change({ title: textOf(event) })} /></div>
    <div class="trio">
      <div class="field"><label for="metric">${t('goals.metric')}</label>
        <select id="metric" @change=${(event: Event) => change({ metric: (textOf(event) || undefined) as Measure | undefined })}>
          <option value="" .selected=${live(!draft.metric)}>${t('goals.noMetric')}</option>
          ${MEASURE_IDS.map((metric) => html`<option value=${metric} .selected=${live(metric === draft.metric)}>${nameOf(locale, metric)}</option>`)}
        </select></div>
      ${draft.metric
        ? html`<div class="field"><label for="target">${t('goals.target')} <span class="quiet">${UNITS[draft.metric]}</span></label>
            <input id="target" type="number" inputmode="decimal" step="any" .value=${live(draft.target)} @input=${(event: Event) => change({ target: textOf(event) })} /></div>`
        : nothing}
      <div class="field"><label for="due">${t('goals.due')} <span class="quiet">${t('common.optional')}</span></label>
        <input id="due" type="date" .value=${live(draft.due)} @change=${(event: Event) => change({ due: textOf(event) })} /></div>
    </div>
    ${told(problem)}
    <div class="buttons"><button type="submit" class="primary" ?disabled=${busy}>${t('goals.save')}</button>
      <button type="button" class="plain" @click=${cancel}>${t('common.cancel')}</button></div>
  </form>`;
}

/** How a goal ended. */
export interface Ending {
  readonly status: (typeof ENDS)[number];
  readonly outcome: string;
}

export interface ClosingFormOptions extends Shared {
  goal: Goal;
  ending: Ending;
  change: (change: Partial<Ending>) => void;
  save: () => void;
}

export function closingForm({ locale, goal, ending, problem, busy, change, save, cancel }: ClosingFormOptions): TemplateResult {
  const t = locale.t.bind(locale);
  return html`<form novalidate aria-label=${t('goals.closeOf', { title: goal.title })} @submit=${submits(save)} @keydown=${escapes(cancel)}>
    <fieldset class="ends"><legend class="sr">${t('goals.how')}</legend>
      ${ENDS.map((status) => html`<label class="check"><input type="radio" name="status" .checked=${live(status === ending.status)} @change=${() => change({ status })} />${t(`goals.status.${status}`)}</label>`)}</fieldset>
    <textarea rows="2" maxlength="5000" aria-label=${t('goals.outcome')} placeholder="${t('goals.outcome')} (${t('common.optional')})" .value=${live(ending.outcome)} @input=${(event: Event) => change({ outcome: textOf(event) })}></textarea>
    ${told(problem)}
    <div class="buttons"><button type="submit" class="primary" ?disabled=${busy}>${t('goals.close')}</button>
      <button type="button" class="plain" @click=${cancel}>${t('common.cancel')}</button></div>
  </form>`;
}

const told = (problem: string): TemplateResult | typeof nothing => (problem ? html`<p class="problem" role="alert">${problem}</p>` : nothing);

const submits = (save: () => void) => (event: Event): void => {
  event.preventDefault();
  save();
};

const escapes = (cancel: () => void) => (event: KeyboardEvent): void => {
  if (event.key !== 'Escape') return;
  event.stopPropagation();
  cancel();
};

const textOf = (event: Event): string => (event.target as HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement).value;
