import { html, nothing, type TemplateResult } from 'lit';
import type { components } from '../../api/http/contract.types.ts';
import type { Locale } from '../shared/locale.ts';
import '../shared/strings/inbox.ts';

type Schemas = components['schemas'];
export type PreferencesState = Schemas['NotificationPreferencesState'];
export type Preferences = Schemas['NotificationPreferences'];
type Group = Schemas['NotificationGroup'];
type Timing = Schemas['NotificationTiming'];

const GROUPS = ['sessions', 'actions', 'requests', 'goals', 'notes', 'presence', 'messages'] as const satisfies readonly Group[];
const TIMINGS = ['now', 'digest', 'never'] as const satisfies readonly Timing[];
/** What quiet hours begin with when somebody switches them on. */
const USUAL_NIGHT = { from: '20:00', to: '07:00' } as const;
/** A Monday; the others follow. */
const MONDAY = Date.UTC(2024, 0, 1);

export interface PreferencesFormOptions {
  readonly locale: Locale;
  readonly state: PreferencesState;
  readonly draft: Preferences;
  readonly problem: string;
  readonly saving: boolean;
  readonly blocked: boolean;
  readonly change: (change: Partial<Preferences>) => void;
  readonly save: () => void;
  readonly cancel: () => void;
}

/** What is changed and sent back: the state without what is only told. */
export const draftOf = ({ timezone, digestAt, quietHours, quietDays, groups }: PreferencesState): Preferences => ({ timezone, digestAt, quietHours, quietDays, groups });

/** How somebody is told what, over which channel, and when not. */
export function preferencesForm(options: PreferencesFormOptions): TemplateResult {
  const { locale, state, problem, saving, blocked, save, cancel } = options;
  const t = locale.t.bind(locale);
  const submit = (event: Event): void => {
    event.preventDefault();
    save();
  };
  return html`<form class="tell" part="preferences" aria-label=${t('inbox.settings')} @submit=${submit}>
    ${state.sendsMail ? nothing : html`<p class="quiet small">${t('tell.noMail')}</p>`}
    <table>
      <thead><tr><th scope="col" class="sr">${t('tell.what')}</th><th scope="col">${t('tell.inApp')}</th><th scope="col">${t('tell.email')}</th></tr></thead>
      <tbody>${GROUPS.map((group) => groupRow(group, options))}</tbody>
    </table>
    ${times(options)} ${quiet(options)}
    <p class="problem" role="alert">${problem}</p>
    <div class="line">
      <button type="submit" class="primary" ?disabled=${saving || blocked}>${t('tell.save')}</button>
      <button type="button" class="plain" @click=${cancel}>${t('common.cancel')}</button>
    </div>
  </form>`;
}

function groupRow(group: Group, { locale, draft, change }: PreferencesFormOptions): TemplateResult {
  const t = locale.t.bind(locale);
  const name = t(`tell.group.${group}`);
  const choice = (channel: 'inApp' | 'email'): TemplateResult => html`<select aria-label=${t('tell.choice', { group: name, channel: t(`tell.${channel}`) })}
    @change=${(event: Event) => change({ groups: { ...draft.groups, [group]: { ...draft.groups[group], [channel]: (event.target as HTMLSelectElement).value as Timing } } })}>
    ${TIMINGS.map((timing) => html`<option value=${timing} .selected=${draft.groups[group][channel] === timing}>${t(`tell.${timing}`)}</option>`)}
  </select>`;
  // Somebody who is spoken to hears it: that is not for them to switch off.
  const inApp = group === 'messages' ? html`<span class="quiet small">${t('tell.always')}</span>` : choice('inApp');
  return html`<tr><th scope="row">${name}</th><td>${inApp}</td><td>${choice('email')}</td></tr>`;
}

function times({ locale, state, draft, change }: PreferencesFormOptions): TemplateResult {
  const t = locale.t.bind(locale);
  return html`<div class="pair">
    <label><span>${t('tell.digestAt')}</span>
      <input type="time" required .value=${draft.digestAt} @change=${(event: Event) => change({ digestAt: (event.target as HTMLInputElement).value || draft.digestAt })} /></label>
    <label><span>${t('tell.timezone')}</span>
      <select class="zone" @change=${(event: Event) => change({ timezone: (event.target as HTMLSelectElement).value || null })}>
        <option value="" .selected=${draft.timezone === null}>${t('tell.sameZone', { zone: state.defaultTimezone })}</option>
        ${zones(draft.timezone).map((zone) => html`<option value=${zone} .selected=${zone === draft.timezone}>${zone.replaceAll('_', ' ')}</option>`)}
      </select></label>
  </div>`;
}

function quiet({ locale, draft, change }: PreferencesFormOptions): TemplateResult {
  const t = locale.t.bind(locale);
  const { quietHours, quietDays } = draft;
  const edge = (name: 'from' | 'to', label: string): TemplateResult => html`<label><span>${label}</span>
    <input type="time" required .value=${quietHours?.[name] ?? ''} @change=${(event: Event) => quietHours && change({ quietHours: { ...quietHours, [name]: (event.target as HTMLInputElement).value || quietHours[name] } })} /></label>`;
  const short = new Intl.DateTimeFormat(locale.tag, { weekday: 'short', timeZone: 'UTC' });
  const weekday = (day: number): string => short.format(MONDAY + (day - 1) * 86_400_000);
  const toggle = (day: number): number[] => (quietDays.includes(day) ? quietDays.filter((other) => other !== day) : [...quietDays, day].sort());
  return html`<fieldset>
    <legend class="sr">${t('tell.quiet')}</legend>
    <label class="check"><input type="checkbox" role="switch" .checked=${quietHours !== null} @change=${(event: Event) => change({ quietHours: (event.target as HTMLInputElement).checked ? USUAL_NIGHT : null })} />${t('tell.quiet')}</label>
    ${quietHours ? html`<div class="pair even">${edge('from', t('tell.quietFrom'))} ${edge('to', t('tell.quietTo'))}</div>` : nothing}
    <div class="days" role="group" aria-label=${t('tell.quietDays')}>
      <span class="quiet small">${t('tell.quietDays')}</span>
      ${[1, 2, 3, 4, 5, 6, 7].map((day) => html`<button type="button" class="chip" aria-pressed=${quietDays.includes(day) ? 'true' : 'false'}
        ?disabled=${!quietDays.includes(day) && quietDays.length === 6} @click=${() => change({ quietDays: toggle(day) })}>${weekday(day)}</button>`)}
    </div>
    <p class="quiet small">${t('tell.quietHint')}</p>
  </fieldset>`;
}

/** Those the browser knows, and the one that was chosen, should it know less. */
function zones(chosen: string | null): readonly string[] {
  const known = Intl.supportedValuesOf('timeZone');
  return chosen === null || known.includes(chosen) ? known : [chosen, ...known];
}
