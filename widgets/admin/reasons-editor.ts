import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { components } from '../../api/http/contract.types.ts';
import { icon, STATUSES } from '../shared/icons.ts';
import type { Locale } from '../shared/locale.ts';
import type { Form } from './form.ts';
import { codeFor } from './reason-code.ts';

export type StatusReason = components['schemas']['StatusReason'];

const KEY = 'statusReasons';
const MAX = 40;

/** The reasons people may give for a status: a name, its status, and after how long leaders are told. */
export function reasonsEditor(locale: Locale, form: Form): TemplateResult {
  const t = locale.t.bind(locale);
  const reasons = (form.draft[KEY] ?? []) as readonly StatusReason[];
  const set = (next: readonly StatusReason[]): void => form.set(KEY, next);
  const change = (index: number, fields: Partial<StatusReason>): void => set(reasons.map((reason, at) => (at === index ? { ...reason, ...fields } : reason)));
  const fault = form.problems.get(KEY);
  return html`<fieldset><legend>${t('settings.reasons')}</legend>
    <p class="hint">${t('settings.reasonsHint')}</p>
    ${fault ? html`<p class="fault" role="alert">${fault.message}</p>` : nothing}
    <ul class="reasons">${reasons.map((reason, index) => html`<li>${row(locale, form, reason, index, { change: (fields) => change(index, fields), remove: () => set(reasons.filter((_other, at) => at !== index)) })}</li>`)}</ul>
    ${reasons.length < MAX
      ? html`<div><button type="button" @click=${() => set([...reasons, { code: codeFor('', reasons), label: '', status: 'away', thresholdMinutes: null }])}>${icon('plus', 14)}${t('settings.reasonAdd')}</button></div>`
      : nothing}
  </fieldset>`;
}

function row(locale: Locale, form: Form, reason: StatusReason, index: number, on: { change: (fields: Partial<StatusReason>) => void; remove: () => void }): TemplateResult {
  const t = locale.t.bind(locale);
  const faulty = (field: string): 'true' | 'false' => (form.problems.has(`${KEY}/${index}/${field}`) || form.problems.has(`${KEY}/${index}`) ? 'true' : 'false');
  const name = reason.label || t('settings.reasonNew');
  return html`
    <input type="text" maxlength="100" aria-label=${t('settings.reasonLabel')} placeholder=${t('settings.reasonNew')} aria-invalid=${faulty('label')} .value=${live(reason.label)}
      @input=${(event: Event) => on.change({ label: (event.target as HTMLInputElement).value })} />
    <select aria-label=${t('settings.reasonStatus', { name })} @change=${(event: Event) => on.change({ status: (event.target as HTMLSelectElement).value as StatusReason['status'] })}>
      ${STATUSES.map((status) => html`<option value=${status} .selected=${live(status === reason.status)}>${t(`status.${status}`)}</option>`)}
    </select>
    <span class="with-unit"><input class="number" type="number" inputmode="numeric" min="1" max="1440" aria-label=${t('settings.reasonMinutes', { name })} placeholder="–" aria-invalid=${faulty('thresholdMinutes')}
      .value=${live(reason.thresholdMinutes === null ? '' : String(reason.thresholdMinutes))} @input=${(event: Event) => on.change({ thresholdMinutes: minutes(event) })} /><span class="unit quiet">${t('settings.unit.minutes')}</span></span>
    <button type="button" class="plain icon" aria-label=${t('settings.reasonRemove', { name })} title=${t('settings.reasonRemove', { name })} @click=${on.remove}>${icon('close', 14)}</button>`;
}

function minutes(event: Event): number | null {
  const typed = (event.target as HTMLInputElement).valueAsNumber;
  return Number.isNaN(typed) ? null : Math.round(typed);
}
