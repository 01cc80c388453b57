import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { ApiError } from '../shared/api-error.ts';
import { failure, skeleton } from '../shared/blocks.ts';
import { define } from '../shared/element.ts';
import { AdminPart } from './admin-part.ts';
import { adminHostStyles, fillStyles } from './admin.styles.ts';
import { Confirm } from '../shared/confirm.ts';
import { sectionsFor, type Section } from './permissions.ts';

const load: Record<Section, () => Promise<unknown>> = {
  people: () => import('./people.ts'),
  teams: () => import('./teams.ts'),
  templates: () => import('./templates.ts'),
  keys: () => import('./keys.ts'),
};

/**
 * People, teams with their settings, templates, and API keys, as far as the role goes.
 *
 * @csspart tabs section list detail clash save
 */
export class SidelineAdmin extends AdminPart {
  static override styles = [AdminPart.styles, fillStyles, adminHostStyles];
  static override properties = { section: {}, open: { attribute: 'open' } };

  /** The section shown; the first one the role finds when left out. */
  declare section: Section | undefined;
  /** What is opened in it at first: the id of a person, a team, a template or a key, or `new`. */
  declare open: string | undefined;

  readonly #confirm = new Confirm(this);
  /** Closing the page asks too; the browser has its own words for it. */
  readonly #beforeUnload = (event: Event): void => {
    if (this.dirty) event.preventDefault();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('beforeunload', this.#beforeUnload);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('beforeunload', this.#beforeUnload);
  }

  override get dirty(): boolean {
    return this.partIsDirty('[role="tabpanel"] > *');
  }

  /** For a page that is about to show something else: asks, if something would be lost. */
  async mayLeave(): Promise<boolean> {
    if (!this.dirty) return true;
    const { locale } = this;
    return this.#confirm.ask({
      title: locale.t('admin.leave.title'), text: locale.t('admin.leave.text'),
      yes: locale.t('admin.leave.yes'), no: locale.t('admin.leave.no'), danger: true,
    });
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const shown = this.#shown;
    if (shown) this.need(load[shown]);
  }

  protected override render(): TemplateResult {
    const blocked = this.blocked();
    if (blocked) return html`${this.bars()} ${blocked}`;
    const { me } = this.session;
    if (!me) return skeleton(this.locale, 6);
    const sections = sectionsFor(me);
    if (sections.length === 0) return failure(this.locale, new ApiError(403));
    return html`${this.bars()} ${this.#tabs(sections)}
      <div class="panel" role="tabpanel" id="panel" aria-labelledby="tab-${this.#shown ?? ''}">${this.#body()}</div>
      ${this.#confirm.render()}`;
  }

  get #shown(): Section | undefined {
    const sections = this.session.me ? sectionsFor(this.session.me) : [];
    return this.section && sections.includes(this.section) ? this.section : sections[0];
  }

  #tabs(sections: readonly Section[]): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    return html`<div class="tabs" part="tabs" role="tablist" aria-label=${t('admin.title')} @keydown=${(event: KeyboardEvent) => this.#walk(event, sections)}>
      ${sections.map((section) => html`<button type="button" role="tab" id="tab-${section}" aria-controls="panel" tabindex=${section === this.#shown ? '0' : '-1'}
        aria-selected=${section === this.#shown ? 'true' : 'false'} @click=${() => void this.#show(section)}>${t(`admin.section.${section}`)}</button>`)}
    </div>`;
  }

  #body(): TemplateResult | typeof nothing {
    const open = this.open || undefined;
    const shown = this.#shown;
    if (shown && !customElements.get(`sideline-admin-${shown}`)) return this.coming(load[shown], 6);
    const guard = (): Promise<boolean> => this.mayLeave();
    switch (shown) {
      case 'people':
        return html`<sideline-admin-people part="section" .guard=${guard} .opened=${open === 'new' ? 'new' : open ? Number(open) : undefined}></sideline-admin-people>`;
      case 'teams':
        return html`<sideline-admin-teams part="section" .guard=${guard} .opened=${open}></sideline-admin-teams>`;
      case 'templates':
        return html`<sideline-admin-templates part="section" .guard=${guard} .opened=${open}></sideline-admin-templates>`;
      case 'keys':
        return html`<sideline-admin-keys part="section" .guard=${guard} .creating=${open === 'new'}></sideline-admin-keys>`;
      case undefined:
        return nothing;
    }
  }

  async #show(section: Section): Promise<void> {
    if (section === this.#shown || !(await this.mayLeave())) return;
    this.open = undefined;
    this.section = section;
  }

  #walk(event: KeyboardEvent, sections: readonly Section[]): void {
    const rtl = getComputedStyle(this).direction === 'rtl';
    const step = { ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1 }[event.key];
    if (!step || !this.#shown) return;
    event.preventDefault();
    const next = sections[(sections.indexOf(this.#shown) + step + sections.length) % sections.length];
    if (!next) return;
    void this.#show(next).then(async () => {
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus();
    });
  }
}

define('sideline-admin', SidelineAdmin);

declare global {
  interface HTMLElementTagNameMap {
    'sideline-admin': SidelineAdmin;
  }
}
