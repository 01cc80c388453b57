import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { components } from '../../api/http/contract.types.ts';
import type { Locale } from '../shared/locale.ts';
import { selectField, textField } from './fields.ts';
import type { Form } from './form.ts';
import { saveBar } from './save-bar.ts';

type Scope = components['schemas']['KeyScope'];

export interface NewKey {
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** How many days it lives; empty until it is revoked. */
  readonly days: string;
}

export const EXPIRY_DAYS = [30, 90, 365] as const;
export const NEW_KEY: NewKey = { name: '', scopes: [], days: '90' };

/** In the order in which host systems usually need them. The type says when the contract knows another one. */
const scopes: Readonly<Record<Scope, true>> = {
  'interactions:write': true, 'presence:write': true, 'agents:read': true, 'agents:write': true, 'teams:read': true,
  'interactions:read': true, 'performance:read': true, 'notes:read': true, 'coaching:read': true, 'metrics:read': true,
};
const SCOPES = Object.keys(scopes) as readonly Scope[];

export interface KeyForm {
  locale: Locale;
  form: Form;
  submit: () => void;
  cancel: () => void;
}

/** Name, scopes in plain words, and how long it lives. */
export function keyForm({ locale, form, submit, cancel }: KeyForm): TemplateResult {
  const t = locale.t.bind(locale);
  const chosen = form.draft['scopes'] as readonly Scope[];
  const fault = form.problems.get('scopes');
  const toggle = (scope: Scope, on: boolean): void => form.set('scopes', on ? [...chosen, scope] : chosen.filter((other) => other !== scope));
  const expiry = [...EXPIRY_DAYS.map((n) => ({ value: String(n), label: t('keys.expires.days', { n }) })), { value: '', label: t('keys.expires.never') }];
  return html`<form novalidate class="new-key" aria-label=${t('keys.new')} @submit=${(event: Event) => (event.preventDefault(), submit())}>
    <div class="grid">
      ${textField({ locale, form, key: 'name', label: t('keys.name'), required: true, maxlength: 100, rule: t('keys.nameRule') })}
      ${selectField({ locale, form, key: 'days', label: t('keys.expires'), required: true, options: expiry })}
    </div>
    <fieldset aria-describedby=${fault ? 'scopes-fault' : nothing}><legend>${t('keys.scopes')}</legend>
      ${fault ? html`<p class="fault" id="scopes-fault" role="alert">${fault.message}</p>` : nothing}
      <div class="scope-list">${SCOPES.map((scope) => html`<label class="check"><input type="checkbox" value=${scope} aria-invalid=${fault ? 'true' : 'false'} .checked=${live(chosen.includes(scope))}
        @change=${(event: Event) => toggle(scope, (event.target as HTMLInputElement).checked)} /><span>${t(`keys.scope.${scope}`)} <code class="quiet">${scope}</code></span></label>`)}</div>
    </fieldset>
    ${saveBar({ locale, form, label: t('keys.create'), saved: false, always: true, known: ['name', 'scopes', 'days', 'expiresAt'], cancel })}
  </form>`;
}
