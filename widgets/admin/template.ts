import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { Announcer } from '../controllers/announcer.ts';
import { body, toApiError } from '../shared/api-error.ts';
import { problemText } from '../shared/blocks.ts';
import { Confirm } from '../shared/confirm.ts';
import { define } from '../shared/element.ts';
import '../shared/strings/note.ts';
import '../shared/strings/queue.ts';
import { AdminPart } from './admin-part.ts';
import { clashNotice } from './clash-notice.ts';
import { saveEdited } from './editing.ts';
import { missing, textOf } from './fields.ts';
import { Form } from './form.ts';
import { makesTemplate } from './permissions.ts';
import { pointsStyles } from './points-editor.ts';
import { saveBar } from './save-bar.ts';
import { templateFields } from './template-fields.ts';
import { FIELDS, newTemplate, toChange, toForm, toNew, type Kind, type Point, type Template } from './template-form.ts';

/** A team for which a template may be made. */
export interface TeamChoice {
  readonly id: string;
  readonly name: string;
}

/**
 * One template: what a session, an agenda or a note begins with.
 *
 * @fires created @fires saved @fires deleted
 */
export class AdminTemplate extends AdminPart {
  static override styles = [
    AdminPart.styles,
    pointsStyles,
    css`
      .chips {
        display: flex;
        flex-wrap: wrap;
        gap: var(--_1);
      }
      .chips button {
        border-radius: 14px;
      }
      .chips button[aria-pressed='true'] {
        border-color: var(--_accent);
        background: var(--_accent-soft);
        color: var(--_accent-strong);
      }
      .end {
        padding: 0 var(--_3) var(--_3);
      }
    `,
  ];
  static override properties = { templateId: { attribute: false }, teams: { attribute: false }, saved: { state: true }, problem: { state: true } };

  declare templateId: string;
  declare teams: readonly TeamChoice[];
  declare private saved: boolean;
  declare private problem: string;

  readonly #form = new Form(this);
  readonly #confirm = new Confirm(this);
  readonly #announcer = new Announcer(this);
  #key = crypto.randomUUID();
  #shownVersion: string | undefined;
  readonly #template = this.resource<string, Template>({
    key: () => (this.templateId === 'new' ? undefined : this.templateId),
    load: (client, id, signal) => body(client.http.GET('/api/coaching-templates/{id}', { params: { path: { id } }, signal })),
  });

  constructor() {
    super();
    this.teams = [];
    this.saved = false;
    this.problem = '';
  }

  override get dirty(): boolean {
    return this.#form.dirty;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('templateId')) this.#begin();
    const template = this.#template.data;
    const version = template && `${template.id} ${template.version}`;
    if (this.templateId === 'new' || !template || version === this.#shownVersion) return;
    this.#shownVersion = version;
    if (this.#form.started) this.#form.rebase(toForm(template));
    else this.#form.start(toForm(template));
  }

  protected override render(): TemplateResult {
    const blocked = this.blocked();
    if (blocked) return blocked;
    const t = this.locale.t.bind(this.locale);
    const shown = this.templateId === 'new'
      ? html`<div class="detail-head"><h2>${t('template.new')}</h2></div> ${this.#edit(undefined)}`
      : this.show(this.#template, (template) => this.#opened(template));
    return html`${shown} ${this.#confirm.render()} ${this.#announcer.render()}`;
  }

  #opened(template: Template): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const { kind, name, teamName, createdBy, updatedAt } = template;
    return html`<div class="detail-head"><div><h2 class="ellipsis">${name}</h2>
        <p class="quiet small">${t(`template.kind.${kind}`)} · ${teamName ?? t('template.everybody')}${createdBy ? html` · ${t('template.by', { name: createdBy.name, when: this.locale.shortDay(updatedAt) })}` : nothing}</p></div></div>
      ${this.#mayChange(template) ? nothing : html`<p class="hint pad">${t('template.locked')}</p>`}
      ${this.#edit(template)}
      ${this.#mayChange(template) ? html`<div class="end">${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
        <button type="button" class="danger" @click=${() => void this.#delete(template)}>${t('template.delete')}</button></div>` : nothing}`;
  }

  #mayChange(template: Template | undefined): boolean {
    const { me } = this.session;
    return me !== undefined && (!template || makesTemplate(me, template.teamId));
  }

  #edit(template: Template | undefined): TemplateResult {
    const { locale } = this;
    const form = this.#form;
    const locked = !this.#mayChange(template);
    const kind = form.draft['kind'] as Kind | undefined;
    if (!kind) return html``;
    const forEverybody = this.session.me && makesTemplate(this.session.me, null) ? [{ value: null, label: locale.t('template.everybody') }] : [];
    const whose = [...forEverybody, ...this.teams.map(({ id, name }) => ({ value: id, label: name }))];
    return html`${clashNotice(locale, form, { label: (key) => this.#label(key), value: (key, value) => this.#word(key, value) })}
      <form novalidate aria-label=${locale.t('template.kind')} @submit=${this.#onSubmit}>
        ${templateFields({ locale, form, kind, locked, isNew: !template, whose, focusPoint: (index) => void this.#focusPoint(index) })}
        ${locked ? nothing : saveBar({ locale, form, saved: this.saved, known: ['name', 'description', ...FIELDS[kind]], ...(template ? {} : { label: locale.t('admin.create'), always: true }) })}
      </form>`;
  }

  async #focusPoint(index: number): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(`.points > li:nth-child(${index + 1}) input`)?.focus();
  }

  #label(key: string): string {
    const words = { name: 'template.name', description: 'template.description', durationMinutes: 'template.duration', agenda: 'template.agenda', focusMetrics: 'template.focus', noteType: 'template.noteType', category: 'template.category', text: 'template.text' } as const;
    return key in words ? this.locale.t(words[key as keyof typeof words]) : key;
  }

  #word(key: string, value: unknown): string {
    const { locale } = this;
    if (key === 'agenda') return (value as readonly Point[]).map(({ title }) => title).join(', ') || locale.t('admin.none');
    if (key === 'focusMetrics') return (value as readonly string[]).join(', ') || locale.t('admin.none');
    return typeof value === 'number' ? `${locale.number(value)} ${locale.t('template.minutes')}` : textOf(value);
  }

  readonly #onSubmit = (event: Event): void => {
    event.preventDefault();
    if (!this.#form.undecided) void (this.templateId === 'new' ? this.#create() : this.#save());
  };

  #begin(): void {
    this.saved = false;
    this.problem = '';
    this.#shownVersion = undefined;
    this.#key = crypto.randomUUID();
    this.#form.forget();
    const { me } = this.session;
    if (this.templateId === 'new') this.#form.start(newTemplate(me && makesTemplate(me, null) ? null : (this.teams[0]?.id ?? null)));
  }

  async #create(): Promise<void> {
    const { client } = this;
    if (!client || !(await this.#complete())) return;
    let created: Template | undefined;
    const error = await this.#form.save(async () => {
      created = await body(client.http.POST('/api/coaching-templates', { params: { header: { 'Idempotency-Key': this.#key } }, body: toNew(this.#form.draft) }));
    });
    if (error && error.status > 0) this.#key = crypto.randomUUID();
    if (error || !created) return this.focusFault();
    this.#form.start(this.#form.draft);
    this.#announcer.now(this.locale.t('template.created', { name: created.name }));
    this.tell('created', created);
  }

  async #save(): Promise<void> {
    const { client } = this;
    const current = this.#template.data;
    if (!client || !current || !(await this.#complete())) return;
    const path = { id: current.id };
    const error = await saveEdited<Template>({
      form: this.#form,
      current,
      put: ({ version }) => body(client.http.PUT('/api/coaching-templates/{id}', { params: { path, header: { 'If-Match': `"${version}"` } }, body: toChange(this.#form.changes, current.kind) })),
      fetch: () => body(client.http.GET('/api/coaching-templates/{id}', { params: { path } })),
      toForm,
      author: () => ({}),
      saved: (template) => this.#template.mutate(() => template),
    });
    this.saved = !error;
    if (error) return this.focusFault();
    this.#announcer.now(this.locale.t('admin.saved'));
    this.tell('saved');
  }

  /** What the server would refuse is told on its field. */
  async #complete(): Promise<boolean> {
    const { draft } = this.#form;
    const needed = { session: ['name', 'durationMinutes'], agenda: ['name'], note: ['name', 'text'] }[draft['kind'] as Kind];
    const faults = missing(this.locale, this.#form, needed);
    if (draft['kind'] === 'agenda' && !(draft['agenda'] as readonly Point[]).some(({ title }) => title.trim())) faults.set('agenda', { message: this.locale.t('template.agendaMissing'), code: undefined });
    this.#form.refuse(faults);
    if (faults.size > 0) await this.focusFault();
    return faults.size === 0;
  }

  async #delete({ id, name }: Template): Promise<void> {
    const t = this.locale.t.bind(this.locale);
    const yes = await this.#confirm.ask({ title: t('template.deleteAsk', { name }), text: t('template.deleteText'), yes: t('template.delete'), no: t('common.cancel'), danger: true });
    if (!yes || !this.client) return;
    this.problem = '';
    try {
      await body(this.client.http.DELETE('/api/coaching-templates/{id}', { params: { path: { id } } }));
    } catch (error) {
      const refused = toApiError(error);
      if (refused.kind !== 'gone') return void (this.problem = problemText(this.locale, refused));
    }
    this.#form.reset();
    this.#announcer.now(t('template.deleted', { name }));
    this.tell('deleted');
  }
}

define('sideline-admin-template', AdminTemplate);
