import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Locale } from '../shared/locale.ts';
import type { FieldProblem, Form } from './form.ts';

interface Field {
  locale: Locale;
  form: Form;
  /** Its place in the form. */
  key: string;
  label: string;
  /** The rule it follows in words; also what is said when the rule is broken. */
  rule?: string | undefined;
  /** Shown, not offered for change. */
  locked?: boolean | undefined;
  required?: boolean | undefined;
}

export interface TextField extends Field {
  type?: 'text' | 'email' | 'tel' | 'password';
  maxlength?: number;
  autocomplete?: string;
  /** Words offered while typing. */
  suggestions?: readonly string[];
}

/** Rules of the contract's schemas: their own words are for programmers. */
const SCHEMA_RULES = ['pattern', 'minLength', 'maxLength', 'format', 'type', 'minimum', 'maximum', 'exclusiveMinimum', 'minItems', 'maxItems', 'required'];

export const idOf = (key: string): string => `f-${key.replaceAll(/[^\w-]/g, '-')}`;

/** A value of a text field. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What is wrong with a field, as a sentence. */
export function faultText({ label, rule }: Pick<Field, 'label' | 'rule'>, { message, code }: FieldProblem): string {
  if (rule && code && SCHEMA_RULES.includes(code)) return rule;
  const sentence = /^\p{Lu}/u.test(message) ? message : `${label} ${message}`;
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

/** A labelled control with its rule and, where there is one, its fault. */
function labelled(field: Field, control: (described: string) => TemplateResult): TemplateResult {
  const id = idOf(field.key);
  const fault = field.form.problems.get(field.key);
  const optional = !field.required && !field.locked ? html` <span class="quiet">${field.locale.t('common.optional')}</span>` : nothing;
  return html`<div class="field">
    <label for=${id}>${field.label}${optional}</label>
    ${control(fault ? `${id}-fault` : field.rule ? `${id}-rule` : '')}
    ${fault
      ? html`<p class="fault" id="${id}-fault" role="alert">${faultText(field, fault)}</p>`
      : field.rule ? html`<p class="rule" id="${id}-rule">${field.rule}</p>` : nothing}
  </div>`;
}

const invalid = ({ form, key }: Field): 'true' | 'false' => (form.problems.has(key) ? 'true' : 'false');

export function textField(field: TextField): TemplateResult {
  const { form, key, type = 'text', suggestions } = field;
  const list = suggestions?.length ? `${idOf(key)}-list` : undefined;
  return labelled(field, (described) => html`<input id=${idOf(key)} type=${type} maxlength=${field.maxlength ?? nothing} autocomplete=${field.autocomplete ?? 'off'}
      spellcheck="false" list=${list ?? nothing} aria-required=${field.required ? 'true' : 'false'} aria-invalid=${invalid(field)} aria-describedby=${described || nothing}
      ?readonly=${field.locked} .value=${live(textOf(form.draft[key]))} @input=${(event: Event) => form.set(key, (event.target as HTMLInputElement).value)} />
    ${list ? html`<datalist id=${list}>${suggestions?.map((word) => html`<option value=${word}></option>`)}</datalist>` : nothing}`);
}

export interface SelectField extends Field {
  options: readonly { value: string | null; label: string }[];
}

export function selectField(field: SelectField): TemplateResult {
  const { form, key, options } = field;
  const chosen = (form.draft[key] ?? null) as string | null;
  return labelled(field, (described) => html`<select id=${idOf(key)} aria-invalid=${invalid(field)} aria-describedby=${described || nothing} ?disabled=${field.locked}
      @change=${(event: Event) => form.set(key, options[(event.target as HTMLSelectElement).selectedIndex]?.value ?? null)}>
      ${options.map(({ value, label }) => html`<option .selected=${live(value === chosen)}>${label}</option>`)}
    </select>`);
}

export interface NumberField extends Field {
  unit: string;
  min: number;
  max: number;
  step?: number;
  /** What one stored unit is on the screen: 100 shows a ratio as a percentage. */
  scale?: number;
}

/** A number with its unit. What is no number is kept as NaN, so that it is neither saved nor silently changed. */
export function numberField(field: NumberField): TemplateResult {
  const { form, key, unit, min, max, step = 1, scale = 1 } = field;
  const value = form.draft[key];
  const shown = typeof value === 'number' && !Number.isNaN(value) ? String(Number((value * scale).toFixed(6))) : '';
  const read = (event: Event): void => {
    const typed = (event.target as HTMLInputElement).valueAsNumber;
    form.set(key, Number.isNaN(typed) ? NaN : Number((typed / scale).toFixed(8)));
  };
  return labelled({ ...field, required: true }, (described) => html`<span class="with-unit"><input id=${idOf(key)} class="number" type="number" inputmode="decimal"
      min=${min * scale} max=${max * scale} step=${step} aria-invalid=${invalid(field)} aria-describedby=${`${idOf(key)}-unit ${described}`.trim()}
      ?readonly=${field.locked} .value=${live(shown)} @input=${read} /><span class="unit quiet" id="${idOf(key)}-unit">${unit}</span></span>`);
}

/** Rules that are told before asking the server: what is missing, and what is no number. */
export function missing(locale: Locale, form: Form, required: readonly string[]): Map<string, FieldProblem> {
  const faults = new Map<string, FieldProblem>();
  for (const key of required) {
    const value = form.draft[key];
    if (value === undefined || value === null || (typeof value === 'string' && value.trim() === '') || Number.isNaN(value)) {
      faults.set(key, { message: locale.t('admin.missing'), code: undefined });
    }
  }
  return faults;
}
