import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { components } from '../../api/http/contract.types.ts';
import { body, toApiError } from '../shared/api-error.ts';
import { problemText } from '../shared/blocks.ts';
import { define } from '../shared/element.ts';
import { AdminPart } from './admin-part.ts';
import type { Agent } from './permissions.ts';
import './secret.ts';

type Link = components['schemas']['PasswordLink'];

/** Lets a person choose a password: by mail, or by a link to hand over where there is no mail. */
export class AdminPasswordLink extends AdminPart {
  static override properties = { person: { attribute: false }, link: { state: true }, problem: { state: true }, mustChange: { state: true }, working: { state: true } };

  declare person: Agent;
  declare private link: Link | undefined;
  declare private problem: string;
  declare private mustChange: boolean;
  declare private working: boolean;
  #of: number | undefined;

  constructor() {
    super();
    this.problem = '';
    this.mustChange = false;
    this.working = false;
  }

  /** A link that was not handed over is lost when one leaves. */
  override get dirty(): boolean {
    return Boolean(this.link?.link);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (this.person.id === this.#of) return;
    this.#of = this.person.id;
    this.link = undefined;
    this.problem = '';
    this.mustChange = false;
  }

  protected override render(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    return html`<section class="block" aria-label=${t('admin.password.title')}>
      <h3>${t('admin.password.title')}</h3>
      <p class="hint">${t('admin.password.hint')}</p>
      <label class="check"><input type="checkbox" .checked=${live(this.mustChange)} @change=${(event: Event) => (this.mustChange = (event.target as HTMLInputElement).checked)} />${t('admin.password.mustChange')}</label>
      <div><button type="button" ?disabled=${this.working} @click=${() => void this.#send()}>${t('admin.password.send')}</button></div>
      ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing} ${this.link ? this.#told(this.link) : nothing}
    </section>`;
  }

  #told({ sent, link, expiresAt }: Link): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const until = this.locale.instant(expiresAt);
    if (sent || !link) return html`<p class="small" role="status">${t('admin.password.sent', { address: this.person.email ?? '', until })}</p>`;
    return html`<div class="handed" role="status"><p class="small">${t('admin.password.handOver', { name: this.person.fullName, until })}</p>
      <sideline-admin-secret label=${t('admin.password.link', { name: this.person.fullName })} .value=${link}></sideline-admin-secret>
      <button type="button" @click=${() => (this.link = undefined)}>${t('admin.password.done')}</button></div>`;
  }

  async #send(): Promise<void> {
    if (!this.client || this.working) return;
    this.working = true;
    this.problem = '';
    this.link = undefined;
    try {
      this.link = await body(this.client.http.POST('/api/agents/{id}/password-reset', { params: { path: { id: this.person.id } }, body: { mustChange: this.mustChange } }));
    } catch (error) {
      this.problem = problemText(this.locale, toApiError(error));
    } finally {
      this.working = false;
    }
  }
}

define('sideline-admin-password', AdminPasswordLink);
