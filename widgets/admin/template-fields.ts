import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Locale } from '../shared/locale.ts';
import { idOf, faultText, numberField, selectField, textField, textOf } from './fields.ts';
import type { Form } from './form.ts';
import { pointsEditor } from './points-editor.ts';
import { FOCUS, KINDS, NOTE_TYPES, type Kind } from './template-form.ts';

export interface TemplateFields {
  locale: Locale;
  form: Form;
  kind: Kind;
  /** Shown, not offered for change. */
  locked: boolean;
  isNew: boolean;
  /** Puts the focus into a point of the agenda once it is there. */
  focusPoint: (index: number) => void;
  /** For whom it may be: teams, and null for everybody. */
  whose: readonly { value: string | null; label: string }[];
}

/** The fields of a template: those of every one, then those of its kind. */
export function templateFields(options: TemplateFields): TemplateResult {
  const { locale, form, kind, locked, isNew, whose } = options;
  const t = locale.t.bind(locale);
  return html`<div class="grid">
      ${isNew
        ? html`${selectField({ locale, form, key: 'kind', label: t('template.kind'), required: true, rule: t(`template.kindHint.${kind}`), options: KINDS.map((value) => ({ value, label: t(`template.kind.${value}`) })) })}
            ${selectField({ locale, form, key: 'teamId', label: t('template.whose'), required: true, options: whose })}`
        : nothing}
      ${textField({ locale, form, key: 'name', label: t('template.name'), required: true, locked, maxlength: 100 })}
      ${textField({ locale, form, key: 'description', label: t('template.description'), locked, maxlength: 500 })}
    </div>
    ${kind === 'note' ? noteFields(options) : sessionFields(options)}`;
}

function sessionFields({ locale, form, kind, locked, focusPoint }: TemplateFields): TemplateResult {
  const t = locale.t.bind(locale);
  return html`${kind === 'session'
      ? html`<div class="grid">${numberField({ locale, form, key: 'durationMinutes', label: t('template.duration'), unit: t('template.minutes'), min: 5, max: 480, step: 5, locked, rule: form.problems.has('durationMinutes') ? t('template.minutesRule') : undefined })}</div>`
      : nothing}
    ${pointsEditor({ locale, form, locked, focus: focusPoint })} ${kind === 'session' ? focus(locale, form, locked) : nothing}`;
}

function focus(locale: Locale, form: Form, locked: boolean): TemplateResult {
  const chosen = (form.draft['focusMetrics'] ?? []) as readonly string[];
  return html`<fieldset><legend>${locale.t('template.focus')} <span class="quiet">${locale.t('common.optional')}</span></legend>
    <div class="chips">${FOCUS.map((metric) => html`<button type="button" ?disabled=${locked} aria-pressed=${chosen.includes(metric) ? 'true' : 'false'}
      @click=${() => form.set('focusMetrics', FOCUS.filter((other) => (other === metric) !== chosen.includes(other)))}>${locale.t(metric === 'sentiment' ? 'reason.sentiment' : `reason.gap.${metric}`)}</button>`)}</div>
  </fieldset>`;
}

function noteFields({ locale, form, locked }: TemplateFields): TemplateResult {
  const t = locale.t.bind(locale);
  const fault = form.problems.get('text');
  const id = idOf('text');
  return html`<div class="grid">
      ${selectField({ locale, form, key: 'noteType', label: t('template.noteType'), required: true, locked, options: NOTE_TYPES.map((value) => ({ value, label: t(`note.type.${value}`) })) })}
      ${textField({ locale, form, key: 'category', label: t('template.category'), locked, maxlength: 50, suggestions: t('note.categories').split('|') })}
      <div class="field wide"><label for=${id}>${t('template.text')}</label>
        <textarea id=${id} rows="4" maxlength="5000" aria-required="true" aria-invalid=${fault ? 'true' : 'false'} aria-describedby=${fault ? `${id}-fault` : nothing} ?readonly=${locked}
          .value=${live(textOf(form.draft['text']))} @input=${(event: Event) => form.set('text', (event.target as HTMLTextAreaElement).value)}></textarea>
        ${fault ? html`<p class="fault" id="${id}-fault" role="alert">${faultText({ label: t('template.text') }, fault)}</p>` : nothing}</div>
    </div>`;
}
