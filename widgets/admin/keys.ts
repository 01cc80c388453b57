import { html, nothing, type TemplateResult } from 'lit';
import type { components } from '../../api/http/contract.types.ts';
import { Announcer } from '../controllers/announcer.ts';
import { body, toApiError } from '../shared/api-error.ts';
import { empty, problemText } from '../shared/blocks.ts';
import { define } from '../shared/element.ts';
import { icon } from '../shared/icons.ts';
import '../shared/strings/admin-keys.ts';
import { AdminPart } from './admin-part.ts';
import { fillStyles } from './admin.styles.ts';
import { Confirm } from '../shared/confirm.ts';
import { Form } from './form.ts';
import { EXPIRY_DAYS, keyForm, NEW_KEY, type NewKey } from './key-form.ts';
import { keysStyles } from './keys.styles.ts';
import './secret.ts';

type Schemas = components['schemas'];
type ApiKey = Schemas['ApiKey'];
type Page = Schemas['ApiKeyPage'];

const FEW = 20;
const ALL = 100;
const DAY_MS = 86_400_000;

/** Keys of host systems: made, shown once, revoked. */
export class AdminKeys extends AdminPart {
  static override styles = [AdminPart.styles, fillStyles, keysStyles];
  static override properties = {
    guard: { attribute: false },
    creating: { attribute: false },
    made: { state: true },
    limit: { state: true },
    problem: { state: true },
  };

  /** Whether the form of a new key is open. */
  declare creating: boolean;
  /** The key just made, while it may still be copied. Only ever in memory. */
  declare private made: Schemas['NewApiKey'] | undefined;
  declare private limit: number;
  declare private problem: string;

  readonly #form = new Form(this);
  readonly #confirm = new Confirm(this);
  readonly #announcer = new Announcer(this);
  readonly #keys = this.resource<number, Page>({
    key: () => this.limit,
    load: (client, limit, signal) => body(client.http.GET('/api/keys', { params: { query: { limit } }, signal })),
  });

  constructor() {
    super();
    this.creating = false;
    this.limit = FEW;
    this.problem = '';
    this.#form.start(NEW_KEY);
  }

  /** A key that was not yet said to be kept is lost for good when one leaves. */
  override get dirty(): boolean {
    return this.made !== undefined || (this.creating && this.#form.dirty);
  }

  protected override render(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    return html`<div class="column">
      <div class="tools"><p class="hint intro">${t('keys.intro')}</p>
        ${this.creating || this.made ? nothing : html`<button type="button" class="primary" @click=${() => void this.#begin()}>${icon('plus', 14)}${t('keys.new')}</button>`}</div>
      ${this.made ? this.#shownOnce(this.made) : nothing}
      ${this.creating ? keyForm({ locale: this.locale, form: this.#form, submit: () => void this.#create(), cancel: () => void this.#cancel() }) : nothing}
      ${this.problem ? html`<p class="problem pad" role="alert">${this.problem}</p>` : nothing}
      ${this.show(this.#keys, (page) => this.#list(page))}
    </div>
    ${this.#confirm.render()} ${this.#announcer.render()}`;
  }

  #list({ data, meta }: Page): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    if (data.length === 0) return this.creating || this.made ? html`` : empty(t('keys.empty'));
    return html`<ul class="rows" aria-label=${t('keys.list')}>${data.map((key) => this.#row(key))}</ul>
      ${meta.total > data.length && this.limit < ALL ? html`<div class="pager"><button type="button" class="link" @click=${() => (this.limit = ALL)}>${t('keys.more')}</button></div>` : nothing}`;
  }

  #row(key: ApiKey): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    return html`<li class="key ${key.status === 'active' ? '' : 'over'}" part="row">
      <div class="what">
        <p class="line"><span class="name ellipsis">${key.name}</span><span class="badge ${key.status === 'active' ? 'good' : ''}">${t(`keys.status.${key.status}`)}</span></p>
        <p class="sub"><code>${key.prefix}…</code></p>
        <p class="sub">${this.#facts(key)}</p>
        <ul class="scopes">${key.scopes.map((scope) => html`<li title=${t(`keys.scope.${scope}`)}><code>${scope}</code></li>`)}</ul>
      </div>
      ${key.status === 'active' ? html`<button type="button" class="danger" aria-label=${t('keys.revokeOf', { name: key.name })} @click=${() => void this.#revoke(key)}>${t('keys.revoke')}</button>` : nothing}
    </li>`;
  }

  #facts({ lastUsedAt, createdBy, createdAt, expiresAt }: ApiKey): string {
    const t = this.locale.t.bind(this.locale);
    return [
      lastUsedAt ? t('keys.lastUsed', { ago: this.locale.ago(Date.parse(lastUsedAt), Date.now()) }) : t('keys.neverUsed'),
      t('keys.by', { name: createdBy?.name ?? '–', day: this.locale.shortDay(createdAt) }),
      ...(expiresAt ? [t('keys.until', { day: this.locale.shortDay(expiresAt) })] : []),
    ].join(' · ');
  }

  #shownOnce({ name, key }: Schemas['NewApiKey']): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    return html`<section class="once" part="new-key" aria-labelledby="made">
      <h3 id="made" tabindex="-1">${t('keys.made', { name })}</h3>
      <p>${t('keys.once')}</p>
      <sideline-admin-secret label=${t('keys.made', { name })} .value=${key}></sideline-admin-secret>
      <div><button type="button" @click=${() => this.#kept()}>${t('keys.done')}</button></div>
    </section>`;
  }

  async #begin(): Promise<void> {
    this.#form.start(NEW_KEY);
    this.creating = true;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('form input')?.focus();
  }

  async #cancel(): Promise<void> {
    if (!(await this.guard())) return;
    this.creating = false;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.tools .primary')?.focus();
  }

  async #create(): Promise<void> {
    const { client } = this;
    const { name, scopes, days } = this.#form.draft as unknown as NewKey;
    const faults = new Map<string, { message: string; code: string | undefined }>();
    if (!name.trim()) faults.set('name', { message: this.locale.t('admin.missing'), code: undefined });
    if (scopes.length === 0) faults.set('scopes', { message: this.locale.t('keys.scopesMissing'), code: undefined });
    this.#form.refuse(faults);
    if (!client || faults.size > 0) return this.focusFault();
    const chosen = EXPIRY_DAYS.find((choice) => String(choice) === days);
    const expiresAt = chosen ? { expiresAt: new Date(Date.now() + chosen * DAY_MS).toISOString() } : {};
    const error = await this.#form.save(async () => {
      this.made = await body(client.http.POST('/api/keys', { body: { name: name.trim(), scopes: [...scopes], ...expiresAt } }));
    });
    if (error) return this.focusFault();
    this.creating = false;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('#made')?.focus();
    await this.#keys.refresh();
  }

  #kept(): void {
    this.made = undefined;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.tools .primary')?.focus());
  }

  async #revoke({ id, name }: ApiKey): Promise<void> {
    const t = this.locale.t.bind(this.locale);
    const yes = await this.#confirm.ask({ title: t('keys.revokeAsk', { name }), text: t('keys.revokeText'), yes: t('keys.revoke'), no: t('common.cancel'), danger: true });
    if (!yes || !this.client) return;
    this.problem = '';
    try {
      await body(this.client.http.DELETE('/api/keys/{id}', { params: { path: { id } } }));
      this.#announcer.now(t('keys.revoked', { name }));
    } catch (error) {
      this.problem = t('keys.notRevoked', { detail: problemText(this.locale, toApiError(error)) });
    }
    await this.#keys.refresh();
  }
}

define('sideline-admin-keys', AdminKeys);
