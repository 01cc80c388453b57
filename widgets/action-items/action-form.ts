import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { body, toApiError } from '../shared/api-error.ts';
import { addDays } from '../shared/business-day.ts';
import { problemText } from '../shared/blocks.ts';
import { formKeys } from '../shared/form-keys.ts';
import type { Locale } from '../shared/locale.ts';
import type { PersonRef } from '../shared/person-picker.ts';
import type { SidelineClient } from '../provider/client.ts';
import type { Outbox } from '../controllers/outbox.ts';
import { changesOf, draftFor, draftOf, faultOf, MAX_CATEGORY, MAX_DESCRIPTION, MAX_TITLE, PRIORITIES, toAction, type Draft, type MetricDefinition, type MetricId } from './action-draft.ts';
import { NEW_ACTION, type ActionItem } from './actions-model.ts';
import { segments } from './segments.ts';

export interface ActionFormHost {
  client: () => SidelineClient | undefined;
  outbox: () => Outbox | undefined;
  locale: () => Locale;
  today: () => string;
  /** Something of it is to be shown anew. */
  update: () => void;
  /** The item as it stands now. */
  changed: (item: ActionItem) => void;
  /** It is over: saved, kept for later (nothing is given), or given up. */
  left: (outcome: 'saved' | 'kept' | 'given-up', item?: ActionItem) => void;
}

/** An item while it is written or edited. What was written stays when saving fails. */
export class ActionForm {
  readonly #host: ActionFormHost;
  readonly #chooses: boolean;
  #item: ActionItem | undefined;
  #draft: Draft;
  #metrics: readonly MetricDefinition[] = [];
  #problem = '';
  #saving = false;

  /** @param about the item that is edited, or whom a new one is for (nobody yet: it is chosen) */
  constructor(host: ActionFormHost, about: { item: ActionItem } | { person: PersonRef | undefined }) {
    this.#host = host;
    this.#item = 'item' in about ? about.item : undefined;
    this.#chooses = !('item' in about) && about.person === undefined;
    this.#draft = 'item' in about ? draftOf(about.item, undefined) : draftFor(about.person, addDays(host.today(), 7));
    void this.#loadMetrics();
  }

  get id(): string | undefined {
    return this.#item?.id;
  }

  render(): TemplateResult {
    const locale = this.#host.locale();
    const t = locale.t.bind(locale);
    const mac = /Mac|iP(hone|ad)/.test(navigator.userAgent);
    const title = this.#item ? t('actions.editTitle') : this.#draft.person && !this.#chooses ? t('actions.addFor', { name: this.#draft.person.name }) : t('actions.add');
    return html`<div class="form" role="group" aria-label=${title} part="form" @keydown=${this.#onKey}>
      <h3>${title}</h3>
      ${this.#fields(locale)}
      <p id="form-problem" class="problem" role="alert">${this.#problem}</p>
      <div class="line">
        <button type="button" class="primary" part="save-button" ?disabled=${this.#saving} @click=${() => void this.#save()}>${t(this.#saving ? 'actions.saving' : this.#item ? 'actions.save' : 'actions.create')}</button>
        <button type="button" class="plain" @click=${() => this.#host.left('given-up', this.#item)}>${t('common.cancel')}</button>
        <span class="quiet small end">${t(mac ? 'actions.keysMac' : 'actions.keys')}</span>
      </div>
    </div>`;
  }

  #fields(locale: Locale): TemplateResult {
    const t = locale.t.bind(locale);
    const draft = this.#draft;
    const text = (event: Event): string => (event.target as HTMLInputElement).value;
    const days: readonly (readonly [number, string])[] = [[1, t('actions.field.tomorrow')], [7, t('actions.field.inWeek')], [14, t('actions.field.inTwoWeeks')]];
    return html`
      ${this.#chooses ? html`<div class="field"><span>${t('actions.person')}</span>
        <sideline-person-picker single label=${t('actions.person')} .chosen=${draft.person ? [draft.person] : []}
          @picked=${(event: CustomEvent<PersonRef[]>) => this.#change({ person: event.detail[0] })}></sideline-person-picker></div>` : nothing}
      <label class="field">${t('actions.field.title')}
        <input type="text" class="what" maxlength=${MAX_TITLE} placeholder=${t('actions.field.titleHint')} aria-describedby="form-problem" aria-invalid=${this.#problem ? 'true' : 'false'}
          .value=${live(draft.title)} ?readonly=${this.#saving} @input=${(event: Event) => this.#change({ title: text(event) })} /></label>
      <div class="field due"><label>${t('actions.field.due')}
        <input type="date" min=${this.#item ? nothing : this.#host.today()} max="2199-12-31" .value=${live(draft.dueDate)} @input=${(event: Event) => this.#change({ dueDate: text(event) })} /></label>
        <div class="chips">${days.map(([n, word]) => {
          const day = addDays(this.#host.today(), n);
          return html`<button type="button" class="chip" aria-pressed=${draft.dueDate === day ? 'true' : 'false'} @click=${() => this.#change({ dueDate: day })}>${word}</button>`;
        })}</div></div>
      <label class="field">${t('actions.field.description')}
        <textarea rows="2" maxlength=${MAX_DESCRIPTION} .value=${live(draft.description)} @input=${(event: Event) => this.#change({ description: text(event) })}></textarea></label>
      ${segments(t('actions.priority'), PRIORITIES, draft.priority, (priority) => t(`actions.priority.${priority}`), (priority) => this.#change({ priority }))}
      <div class="two">
        <label class="field">${t('actions.field.metric')}
          <select @change=${(event: Event) => this.#change({ metric: text(event) as MetricId | '', target: '' })}>
            <option value="" .selected=${draft.metric === ''}>${t('actions.field.noMetric')}</option>
            ${this.#metrics.map(({ id, name }) => html`<option value=${id} .selected=${id === draft.metric}>${name}</option>`)}
          </select></label>
        ${draft.metric ? html`<label class="field">${t('actions.field.target')}${this.#unitWord(locale)}
          <input type="text" inputmode="decimal" placeholder=${t('actions.field.targetHint')} .value=${live(draft.target)} @input=${(event: Event) => this.#change({ target: text(event) })} /></label>` : nothing}
      </div>
      <label class="field">${t('actions.category')}
        <input type="text" maxlength=${MAX_CATEGORY} list="categories" autocomplete="off" placeholder=${t('common.optional')} .value=${live(draft.category)} @input=${(event: Event) => this.#change({ category: text(event) })} /></label>
      <datalist id="categories">${t('actions.categories').split('|').map((category) => html`<option value=${category}></option>`)}</datalist>
    `;
  }

  #unitWord(locale: Locale): string {
    const unit = this.#unit;
    if (unit === 'ratio' || unit === 'percent') return ' (%)';
    if (unit === 'rating') return ' (1–5)';
    return unit === 'seconds' ? ` (${locale.t('unit.second', { n: '' }).trim()})` : unit === 'minutes' ? ` (${locale.t('unit.minute', { n: '' }).trim()})` : '';
  }

  get #unit(): string | undefined {
    return this.#metrics.find(({ id }) => id === this.#draft.metric)?.unit;
  }

  readonly #onKey = formKeys(() => void this.#save(), () => this.#host.left('given-up', this.#item));

  #change(change: Partial<Draft>): void {
    this.#draft = { ...this.#draft, ...change };
    this.#set('');
  }

  #set(problem: string, saving = false): void {
    this.#problem = problem;
    this.#saving = saving;
    this.#host.update();
  }

  /** Those one can want to be higher or lower; a ratio is edited in percent, which needs its unit. */
  async #loadMetrics(): Promise<void> {
    const client = this.#host.client();
    if (!client) return;
    const { metrics } = await body(client.http.GET('/api/metrics/definitions')).catch(() => ({ metrics: [] }));
    this.#metrics = metrics.filter(({ direction, id }) => direction !== 'neutral' || id === this.#draft.metric);
    if (this.#item?.targetMetric === this.#draft.metric) this.#draft = { ...this.#draft, target: draftOf(this.#item, this.#unit).target };
    this.#host.update();
  }

  async #save(): Promise<void> {
    if (this.#saving) return;
    const locale = this.#host.locale();
    const fault = faultOf(this.#draft, this.#unit, this.#host.today(), this.#item?.dueDate);
    if (fault) return this.#set(locale.t(`actions.${fault}`));
    this.#set('', true);
    try {
      await (this.#item ? this.#update(this.#item) : this.#create());
    } catch (error) {
      await this.#refused(error);
    }
  }

  async #create(): Promise<void> {
    const { outbox } = this.#host;
    const person = this.#draft.person;
    if (!person) return;
    const written = await outbox()?.post<ActionItem>({ method: 'POST', path: '/api/action-items', body: toAction(this.#draft, person.id, this.#unit), about: NEW_ACTION });
    const item = written?.answer;
    if (item) this.#host.changed(item);
    this.#host.left(item ? 'saved' : 'kept', item);
  }

  async #update(item: ActionItem): Promise<void> {
    const client = this.#host.client();
    const changes = changesOf(item, this.#draft, this.#unit);
    if (!client || Object.keys(changes).length === 0) return this.#host.left('given-up', item);
    const params = { path: { id: item.id }, header: { 'If-Match': `"${item.version}"` } };
    const saved = await body(client.http.PUT('/api/action-items/{id}', { params, body: changes }));
    this.#host.changed(saved);
    this.#host.left('saved', saved);
  }

  /** When somebody was faster, their item is what the next try is about: it keeps what only they changed. */
  async #refused(error: unknown): Promise<void> {
    const locale = this.#host.locale();
    const problem = toApiError(error);
    const client = this.#host.client();
    if (problem.status !== 412 || !client || !this.#item) return this.#set(`${locale.t('actions.notSaved')} ${problemText(locale, problem)}`);
    const theirs = await body(client.http.GET('/api/action-items/{id}', { params: { path: { id: this.#item.id } } })).catch(() => undefined);
    if (theirs) this.#rebase(this.#item, theirs);
    this.#set(locale.t('actions.overtaken'));
  }

  #rebase(mine: ActionItem, theirs: ActionItem): void {
    const was = draftOf(mine, this.#unit);
    const written = Object.fromEntries(Object.entries(this.#draft).filter(([key, value]) => key !== 'person' && value !== was[key as keyof Draft]));
    this.#item = theirs;
    this.#draft = { ...draftOf(theirs, this.#unit), ...written };
    this.#host.changed(theirs);
  }
}
