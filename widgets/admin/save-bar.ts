import { html, nothing, type TemplateResult } from 'lit';
import { problemText } from '../shared/blocks.ts';
import { icon } from '../shared/icons.ts';
import type { Locale } from '../shared/locale.ts';
import type { Form } from './form.ts';

export interface SaveBar {
  locale: Locale;
  form: Form;
  /** The button's word; "Save" when left out. */
  label?: string;
  /** Just saved, and not touched since. */
  saved: boolean;
  /** May be pressed although nothing was changed (a new thing). */
  always?: boolean;
  /** Told instead of the button while it cannot be saved. */
  blocked?: string | undefined;
  /** Words for fields' faults that stand on no field of this form. */
  known: readonly string[];
  /** Leaves the form; offered where there is nothing to go back to. */
  cancel?: () => void;
}

/** The one main action of a form, and how it went. Faults that no field can show are told here. */
export function saveBar({ locale, form, label, saved, always = false, blocked, known, cancel }: SaveBar): TemplateResult {
  const t = locale.t.bind(locale);
  const waits = form.undecided ? t('admin.clash.decide') : blocked;
  return html`<div class="save" part="save">
    <button type="submit" class="primary" ?disabled=${form.saving || Boolean(waits) || (!always && !form.dirty)}>${form.saving ? t('admin.saving') : (label ?? t('admin.save'))}</button>
    ${form.dirty && !always ? html`<button type="button" class="plain" ?disabled=${form.saving} @click=${() => form.reset()}>${t('admin.reset')}</button>` : nothing}
    ${cancel ? html`<button type="button" class="plain" @click=${cancel}>${t('common.cancel')}</button>` : nothing}
    ${told(locale, form, known, waits) || (saved && !form.dirty ? html`<span class="saved" role="status">${icon('check', 14)}${t('admin.saved')}</span>` : nothing)}
  </div>`;
}

function told(locale: Locale, form: Form, known: readonly string[], blocked: string | undefined): TemplateResult | undefined {
  if (blocked) return html`<p class="problem" role="status">${blocked}</p>`;
  const onFields = [...form.problems.keys()].filter((key) => known.includes(key));
  const { error } = form;
  if (onFields.length > 0) return html`<p class="problem" role="alert">${locale.t('admin.fix', { n: onFields.length })}</p>`;
  if (!error || form.clash) return undefined;
  const detail = error.kind === 'clash' && error.status === 412 ? locale.t('problem.clash') : problemText(locale, error);
  return html`<p class="problem" role="alert">${locale.t('admin.notSaved', { detail })}</p>`;
}
