import { html, type PropertyValues, type TemplateResult } from 'lit';
import type { components } from '../../api/http/contract.types.ts';
import { Announcer } from '../controllers/announcer.ts';
import { body } from '../shared/api-error.ts';
import { cssVars } from '../shared/css-vars.ts';
import { define } from '../shared/element.ts';
import '../shared/strings/admin-settings.ts';
import { AdminPart } from './admin-part.ts';
import { clashNotice } from './clash-notice.ts';
import { saveEdited } from './editing.ts';
import { missing, numberField, selectField } from './fields.ts';
import { Form } from './form.ts';
import { flatten, unflatten } from './merge.ts';
import { withCodes } from './reason-code.ts';
import { reasonsEditor, type StatusReason } from './reasons-editor.ts';
import { saveBar } from './save-bar.ts';
import { CHANNELS, COACHING, COLOURS, numbers, TARGETS, THRESHOLDS, WEIGHTS, type SettingKey } from './settings-fields.ts';
import { settingsStyles } from './settings.styles.ts';

type Schemas = components['schemas'];
type State = Schemas['TeamSettingsState'];
type Settings = Schemas['TeamSettings'];

const TOTAL = 100;

/** What a team decides for itself: targets, weights, cadence, service times, thresholds, what peers see. */
export class AdminSettings extends AdminPart {
  static override styles = [AdminPart.styles, settingsStyles];
  static override properties = { teamId: { attribute: false }, saved: { state: true } };

  declare teamId: string;
  declare private saved: boolean;

  readonly #form = new Form(this);
  readonly #announcer = new Announcer(this);
  #shownVersion: string | undefined;
  readonly #settings = this.resource<string, State>({
    key: () => this.teamId,
    load: (client, id, signal) => body(client.http.GET('/api/teams/{id}/settings', { params: { path: { id } }, signal })),
  });

  constructor() {
    super();
    this.saved = false;
    this.live({ 'team:settings-updated': ({ teamId, version }) => (teamId === this.teamId && version > (this.#settings.data?.version ?? 0) ? void this.#settings.refresh() : undefined) });
  }

  override get dirty(): boolean {
    return this.#form.dirty;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('teamId')) {
      this.#form.forget();
      this.#shownVersion = undefined;
      this.saved = false;
    }
    const state = this.#settings.data;
    const version = state && `${state.teamId} ${state.version}`;
    if (!state || version === this.#shownVersion) return;
    this.#shownVersion = version;
    if (this.#form.started) this.#form.rebase(flatten(state.settings), state.updatedBy?.name, state.updatedAt ?? undefined);
    else this.#form.start(flatten(state.settings));
  }

  protected override render(): TemplateResult {
    return html`${this.show(this.#settings, (state) => this.#edit(state))} ${this.#announcer.render()}`;
  }

  #edit(state: State): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    return html`${clashNotice(this.locale, this.#form, { label: (key) => this.#label(key), value: (key, value) => this.#word(key, value) })}
      <form novalidate aria-label=${t('admin.team.view.settings')} @submit=${this.#onSubmit}>
        <p class="hint">${this.#savedBy(state)}</p>
        ${this.#group('targets', TARGETS)} ${this.#weights()} ${this.#group('coaching', COACHING)}
        ${this.#group('service', CHANNELS)} ${this.#group('thresholds', THRESHOLDS)} ${reasonsEditor(this.locale, this.#form)} ${this.#peers()}
        ${saveBar({ locale: this.locale, form: this.#form, saved: this.saved, blocked: this.#offTotal(), known: this.#known })}
      </form>`;
  }

  #savedBy({ updatedAt, updatedBy, version }: State): string {
    const t = this.locale.t.bind(this.locale);
    if (!updatedAt) return t('settings.defaults');
    const when = this.locale.instant(updatedAt);
    return updatedBy ? t('settings.by', { name: updatedBy.name, when, version }) : t('settings.version', { when, version });
  }

  #group(name: 'targets' | 'coaching' | 'service' | 'thresholds', keys: readonly SettingKey[]): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    return html`<fieldset><legend>${t(`settings.${name}`)}</legend>
      <p class="hint">${t(`settings.${name}Hint`)}</p>
      <div class="numbers">${keys.map((key) => this.#number(key))}</div>
    </fieldset>`;
  }

  #number(key: SettingKey): TemplateResult {
    const { unit, ...rest } = numbers[key];
    const { min, max, scale = 1 } = rest;
    const rule = this.#form.problems.has(key) ? this.locale.t('settings.range', { min: this.locale.number(min * scale, 2, 0), max: this.locale.number(max * scale, 2, 0) }) : undefined;
    return numberField({ locale: this.locale, form: this.#form, key, label: this.#label(key), unit: this.locale.t(`settings.unit.${unit}`), rule, ...rest });
  }

  #weights(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const total = this.#total;
    const right = total === TOTAL;
    const shares = WEIGHTS.map((key) => [key, Number(this.#form.draft[key]) || 0] as const).filter(([, points]) => points > 0);
    return html`<fieldset><legend>${t('settings.weights')}</legend>
      <p class="hint">${t('settings.weightsHint')}</p>
      <div class="weight-bar ${right ? '' : 'off'}" aria-hidden="true">${shares.map(([key, points]) => html`<span class="segment" title=${`${this.#label(key)} ${points}`} ${cssVars({ '--share': points, '--colour': COLOURS[key] ?? '' })}></span>`)}</div>
      <p class="total ${right ? '' : 'off'}" role="status">${this.#totalText(total)}</p>
      <div class="numbers">${WEIGHTS.map((key) => this.#number(key))}</div>
    </fieldset>`;
  }

  #peers(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    return html`<fieldset><legend>${t('settings.peers')}</legend>
      ${selectField({ locale: this.locale, form: this.#form, key: 'peerFigures', label: t('settings.peerFigures'), required: true, rule: t('settings.peersHint'),
        options: (['visible', 'hidden'] as const).map((value) => ({ value, label: t(`settings.peerFigures.${value}`) })) })}
    </fieldset>`;
  }

  get #total(): number {
    return Number(WEIGHTS.reduce((sum, key) => sum + (Number(this.#form.draft[key]) || 0), 0).toFixed(4));
  }

  #totalText(total: number): string {
    const t = this.locale.t.bind(this.locale);
    const n = this.locale.number(Math.abs(TOTAL - total), 2, 0);
    if (total === TOTAL) return t('settings.total.right');
    return t(total < TOTAL ? 'settings.total.under' : 'settings.total.over', { total: this.locale.number(total, 2, 0), left: n });
  }

  #offTotal(): string | undefined {
    return this.#form.dirty && this.#total !== TOTAL ? this.#totalText(this.#total) : undefined;
  }

  get #known(): string[] {
    const inReasons = [...this.#form.problems.keys()].filter((key) => key.startsWith('statusReasons/'));
    return [...Object.keys(numbers), 'peerFigures', ...(inReasons.length > 0 ? inReasons : ['statusReasons'])];
  }

  #label(key: string): string {
    if (key === 'statusReasons') return this.locale.t('settings.reasons');
    return this.locale.t(key === 'peerFigures' ? 'settings.peerFigures' : `settings.field.${key as SettingKey}`);
  }

  #word(key: string, value: unknown): string {
    const t = this.locale.t.bind(this.locale);
    if (key === 'peerFigures') return t(`settings.peerFigures.${value as Settings['peerFigures']}`);
    if (key === 'statusReasons') return (value as readonly StatusReason[]).map(({ label }) => label).join(', ');
    const field = numbers[key as SettingKey] as (typeof numbers)[SettingKey] | undefined;
    if (!field) return JSON.stringify(value);
    return `${this.locale.number(Number(value) * (field.scale ?? 1), 2, 0)} ${t(`settings.unit.${field.unit}`)}`.trim();
  }

  readonly #onSubmit = (event: Event): void => {
    event.preventDefault();
    if (!this.#form.undecided) void this.#save();
  };

  #toBody({ settings: { statusReasons = [] } }: State): Settings {
    const settings = unflatten(this.#form.draft) as unknown as Settings;
    return { ...settings, statusReasons: withCodes(settings.statusReasons ?? [], new Set(statusReasons.map(({ code }) => code))) };
  }

  async #save(): Promise<void> {
    const { client } = this;
    const current = this.#settings.data;
    const faults = missing(this.locale, this.#form, Object.keys(numbers));
    const reasons = (this.#form.draft['statusReasons'] ?? []) as readonly StatusReason[];
    for (const [index, { label }] of reasons.entries()) {
      if (label.trim()) continue;
      faults.set('statusReasons', { message: this.locale.t('settings.reasonMissing'), code: undefined });
      faults.set(`statusReasons/${index}/label`, { message: '', code: undefined });
    }
    this.#form.refuse(faults);
    if (!client || !current || faults.size > 0) return this.focusFault();
    if (this.#offTotal()) return;
    const path = { id: this.teamId };
    const error = await saveEdited<State>({
      form: this.#form,
      current,
      put: ({ version }) => body(client.http.PUT('/api/teams/{id}/settings', { params: { path, header: { 'If-Match': `"${version}"` } }, body: this.#toBody(current) })),
      fetch: () => body(client.http.GET('/api/teams/{id}/settings', { params: { path } })),
      toForm: ({ settings }) => flatten(settings),
      author: ({ updatedBy, updatedAt }) => ({ by: updatedBy?.name, at: updatedAt ?? undefined }),
      saved: (state) => this.#settings.mutate(() => state),
    });
    this.saved = !error;
    if (error) return this.focusFault();
    this.#announcer.now(this.locale.t('admin.saved'));
  }
}

define('sideline-admin-settings', AdminSettings);
