import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { components } from '../../api/http/contract.types.ts';
import { Announcer } from '../controllers/announcer.ts';
import { body, toApiError } from '../shared/api-error.ts';
import { problemText } from '../shared/blocks.ts';
import { define } from '../shared/element.ts';
import { icon } from '../shared/icons.ts';
import '../shared/strings/admin-keys.ts';
import { AdminPart } from './admin-part.ts';
import { Confirm } from '../shared/confirm.ts';
import { missing, textField } from './fields.ts';
import { Form } from './form.ts';
import { managesPeople } from './permissions.ts';

type Identity = components['schemas']['Identity'];

const NEW = { system: '', externalId: '', displayName: '' };
const USUAL_SYSTEMS = ['zendesk', 'salesforce', 'twilio', 'genesys', 'amazon-connect', 'hubspot', 'five9', 'webex'];

/** Who a person is in host systems. */
export class AdminIdentities extends AdminPart {
  static override properties = { personId: { attribute: false }, problem: { state: true } };

  declare personId: number;
  declare private problem: string;

  readonly #form = new Form(this);
  readonly #confirm = new Confirm(this);
  readonly #announcer = new Announcer(this);
  #key = crypto.randomUUID();
  readonly #identities = this.resource<number, readonly Identity[]>({
    key: () => this.personId,
    load: async (client, id, signal) => (await body(client.http.GET('/api/agents/{id}/identities', { params: { path: { id } }, signal }))).data,
  });

  constructor() {
    super();
    this.problem = '';
    this.#form.start(NEW);
    this.live({
      'identity:created': ({ agentId }) => (agentId === this.personId ? void this.#identities.refresh() : undefined),
      'identity:deleted': ({ agentId }) => (agentId === this.personId ? void this.#identities.refresh() : undefined),
    });
  }

  override get dirty(): boolean {
    return this.#form.dirty;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (!changed.has('personId')) return;
    this.#form.start(NEW);
    this.problem = '';
  }

  protected override render(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const { me } = this.session;
    return html`<section class="block" aria-label=${t('identity.title')}>
        <h3>${t('identity.title')}</h3>
        <p class="hint">${t('identity.hint')}</p>
        ${this.show(this.#identities, (identities) => this.#list(identities), () => html`<span class="bone grow"></span>`)}
        ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
      </section>
      ${me && managesPeople(me) ? this.#addForm() : nothing} ${this.#confirm.render()} ${this.#announcer.render()}`;
  }

  #list(identities: readonly Identity[]): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const { me } = this.session;
    if (identities.length === 0) return html`<p class="small quiet">${t('identity.none')}</p>`;
    return html`<ul class="identities">${identities.map((identity) => html`<li class="line">
      <span class="badge">${identity.system}</span><span class="ellipsis">${identity.externalId}</span>
      ${identity.displayName ? html`<span class="quiet ellipsis">${identity.displayName}</span>` : nothing}<span class="end"></span>
      ${me && managesPeople(me) ? html`<button type="button" class="plain icon" title=${t('identity.remove')} aria-label=${t('identity.removeOf', { id: identity.externalId, system: identity.system })} @click=${() => void this.#remove(identity)}>${icon('close', 14)}</button>` : nothing}
    </li>`)}</ul>`;
  }

  #addForm(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const form = this.#form;
    const rule = (key: 'system' | 'externalId'): string | undefined => (form.problems.has(key) ? t(`identity.${key}Rule`) : undefined);
    return html`<form novalidate aria-label=${t('identity.title')} @submit=${(event: Event) => (event.preventDefault(), void this.#add())}>
      <div class="three">
        ${textField({ locale: this.locale, form, key: 'system', label: t('identity.system'), required: true, maxlength: 50, rule: rule('system'), suggestions: USUAL_SYSTEMS })}
        ${textField({ locale: this.locale, form, key: 'externalId', label: t('identity.externalId'), required: true, maxlength: 200, rule: rule('externalId') })}
        ${textField({ locale: this.locale, form, key: 'displayName', label: t('identity.displayName'), maxlength: 255 })}
      </div>
      <div class="line"><button type="submit" ?disabled=${form.saving}>${t('identity.add')}</button>
        ${form.error && form.problems.size === 0 ? html`<p class="problem" role="alert">${problemText(this.locale, form.error)}</p>` : nothing}</div>
    </form>`;
  }

  async #add(): Promise<void> {
    const { client } = this;
    const faults = missing(this.locale, this.#form, ['system', 'externalId']);
    this.#form.refuse(faults);
    if (!client || faults.size > 0) return this.focusFault();
    const { system, externalId, displayName } = this.#form.draft as typeof NEW;
    const data = { system: system.trim().toLowerCase(), externalId: externalId.trim(), ...(displayName.trim() ? { displayName: displayName.trim() } : {}) };
    const params = { path: { id: this.personId }, header: { 'Idempotency-Key': this.#key } };
    const error = await this.#form.save(() => body(client.http.POST('/api/agents/{id}/identities', { params, body: data })));
    if (!error || error.status > 0) this.#key = crypto.randomUUID();
    if (error) return this.focusFault();
    this.#form.start(NEW);
    this.#announcer.now(this.locale.t('identity.added'));
    await this.#identities.refresh();
    this.renderRoot.querySelector<HTMLElement>('form input')?.focus();
  }

  async #remove({ id, system, externalId }: Identity): Promise<void> {
    const t = this.locale.t.bind(this.locale);
    const words = { id: externalId, system };
    const yes = await this.#confirm.ask({ title: t('identity.removeAsk', words), text: t('identity.removeText'), yes: t('identity.remove'), no: t('common.cancel'), danger: true });
    if (!yes || !this.client) return;
    this.problem = '';
    try {
      await body(this.client.http.DELETE('/api/agents/{id}/identities/{identityId}', { params: { path: { id: this.personId, identityId: id } } }));
      this.#announcer.now(t('identity.removed'));
    } catch (error) {
      this.problem = problemText(this.locale, toApiError(error));
    }
    await this.#identities.refresh();
  }
}

define('sideline-admin-identities', AdminIdentities);
