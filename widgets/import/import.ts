import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import type { components } from '../../api/http/contract.types.ts';
import { Announcer } from '../controllers/announcer.ts';
import type { SidelineClient } from '../provider/client.ts';
import type { Events } from '../provider/realtime.ts';
import { body, toApiError } from '../shared/api-error.ts';
import { Confirm } from '../shared/confirm.ts';
import { confirmStyles } from '../shared/confirm.styles.ts';
import { failure, problemText } from '../shared/blocks.ts';
import { define, SidelineElement } from '../shared/element.ts';
import { icon } from '../shared/icons.ts';
import '../shared/strings/imports.ts';
import { columnsTable } from './columns-table.ts';
import { importStyles } from './import.styles.ts';
import { ACTIONS, isBusy, withAnswer, withColumn, type Import, type MappingData, type Question, type RowAction, type RowPage } from './import-model.ts';
import { blockersList, doneView, fileHeader, progressView, recentList, undoneView } from './import-steps.ts';
import { previewTable } from './preview-table.ts';

type Schemas = components['schemas'];
type TeamRef = Schemas['TeamRef'];

const LOOK_AGAIN_MS = 1_000;
const PREVIEW_ROWS = 20;

/**
 * A spreadsheet becomes data: file, columns, preview, commit, done, on one surface.
 *
 * @fires sideline-import-committed - detail `{importId, lastDay}`
 * @fires sideline-import-rolled-back - detail `{importId}`
 * @fires sideline-queue-open - the queue as of the file's last day was asked for; detail `{asOf, teamId}`
 * @csspart drop file columns preview commit done
 */
export class SidelineImport extends SidelineElement {
  static override styles: CSSResultGroup = [SidelineElement.styles, importStyles, confirmStyles];
  static override properties = {
    importId: { attribute: 'import-id' },
    uploading: { state: true },
    problem: { state: true },
    blockers: { state: true },
    over: { state: true },
    action: { state: true },
    create: { state: true },
    teamId: { state: true },
    answers: { state: true },
  };

  /** An import to go on with; a new one when left out. */
  declare importId: string | undefined;
  /** Name of the file on its way. */
  declare private uploading: string | undefined;
  declare private problem: string;
  /** What keeps it from being taken back. */
  declare private blockers: readonly string[];
  declare private over: boolean;
  declare private action: RowAction;
  declare private create: boolean;
  declare private teamId: string | undefined;
  declare private answers: ReadonlyMap<string, Question['choices'][number]['value']>;

  readonly #announcer = new Announcer(this);
  readonly #confirm = new Confirm(this);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #busySince = 0;
  readonly #import = this.resource<string, Import>({
    key: () => this.importId,
    load: (client, id, signal) => body(client.http.GET('/api/imports/{id}', { params: { path: { id } }, signal })),
  });
  readonly #recent = this.resource<'recent', readonly Import[]>({
    key: () => (this.importId ? undefined : 'recent'),
    load: async (client, _key, signal) => (await body(client.http.GET('/api/imports', { params: { query: { limit: 3 } }, signal }))).data,
  });
  /** Asked again when the mapping changes: every new version of the import is another preview. */
  readonly #rows = this.resource<{ id: string; version: number; action: RowAction }, RowPage>({
    key: () => {
      const item = this.#import.data;
      return item?.status === 'staged' ? { id: item.id, version: item.version, action: this.action } : undefined;
    },
    load: (client, { id, action }, signal) =>
      body(client.http.GET('/api/imports/{id}/preview', { params: { path: { id }, query: { action, limit: PREVIEW_ROWS } }, signal })),
  });
  readonly #teams = this.resource<'teams', readonly TeamRef[]>({
    key: () => ((this.#import.data?.missingAgents.length ?? 0) > 0 ? 'teams' : undefined),
    load: (client, _key, signal) => this.#loadTeams(client, signal),
  });

  constructor() {
    super();
    this.problem = '';
    this.blockers = [];
    this.over = false;
    this.action = 'new';
    this.create = false;
    this.answers = new Map();
    this.live({ 'import:progress': (event) => this.#progressed(event) });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!changed.has('importId')) return;
    this.problem = '';
    this.blockers = [];
    this.answers = new Map();
    this.action = 'new';
    this.#busySince = Date.now();
  }

  protected override updated(): void {
    const item = this.#import.data;
    if (item && isBusy(item)) this.#lookAgain();
  }

  protected override render(): TemplateResult {
    return html`${this.bars(this.#import)} ${this.blocked() ?? (this.importId ? this.#opened() : this.#start())} ${this.#confirm.render()} ${this.#announcer.render()}`;
  }

  #opened(): TemplateResult {
    return this.show(this.#import, (item) => html`${fileHeader(this.locale, item, () => void this.#discard(item))} ${(this.problem || item.notice) ? html`<p class="problem" role="alert">${this.problem || item.notice?.message}</p>` : nothing} ${blockersList(this.locale, this.blockers)} ${this.#step(item)}`);
  }

  #step(item: Import): TemplateResult {
    if (isBusy(item)) return progressView(this.locale, item.progress, this.#busySince);
    if (item.status === 'staged') return this.#staged(item);
    if (item.status === 'committed') {
      const openQueue = (asOf: string): void => void this.emit('sideline-queue-open', { asOf, teamId: item.teamId }, true);
      return doneView(this.locale, item, this.#anotherButton(), { openQueue, undo: () => void this.#undo(item) });
    }
    if (item.status === 'rolled_back') return undoneView(this.locale, item, this.#anotherButton());
    const text = item.status === 'failed' ? this.locale.t('import.failed', { detail: item.error?.message ?? '' }) : this.locale.t('import.gone');
    return html`<div class="state" role="alert"><p>${text}</p>${this.#anotherButton()}</div>`;
  }

  #start(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    if (this.#recent.error?.kind === 'forbidden') return failure(this.locale, this.#recent.error);
    if (this.uploading) return html`<div class="progress" role="status"><p>${t('import.uploading', { name: this.uploading })}</p><progress></progress></div>`;
    return html`
      <div class="drop ${this.over ? 'over' : ''}" part="drop" @dragover=${this.#onDrag} @dragleave=${() => (this.over = false)} @drop=${this.#onDrop}>
        ${icon('upload', 24)}
        <p>${t('import.intro')}</p>
        <input class="sr" id="file" type="file" accept=".xlsx,.xlsm,.csv,.tsv" @change=${this.#onChoose} />
        <label class="button" for="file">${t('import.choose')}</label>
        <p class="quiet">${t('import.drop')} · ${t('import.formats')}</p>
      </div>
      ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
      ${this.#recent.data?.length ? recentList(this.locale, this.#recent.data, (id) => (this.importId = id)) : nothing}
    `;
  }

  #staged(item: Import): TemplateResult {
    return html`${item.questions.length > 0 ? this.#questions(item) : nothing} ${this.#columns(item)}
      ${item.missingAgents.length > 0 ? this.#people(item) : nothing} ${this.#preview(item)} ${this.#commitBar(item)}`;
  }

  #questions(item: Import): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    return html`<section aria-label=${t('import.questions')}>
      <h3 class="section-title">${t('import.questions')}</h3>
      ${item.questions.map((question) => html`<fieldset class="question">
        <legend>${question.message}</legend>
        ${question.choices.map(({ value, label }) => html`<label>
          <input type="radio" name=${question.answer} .checked=${this.answers.get(question.answer) === value} @change=${() => (this.answers = new Map([...this.answers, [question.answer, value]]))} />${label}
        </label>`)}
      </fieldset>`)}
      <div class="pad">
        <button type="button" class="primary" ?disabled=${this.answers.size === 0} @click=${() => void this.#answer(item)}>${t('import.apply')}</button>
      </div>
    </section>`;
  }

  #columns(item: Import): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const total = item.detected?.headers.length ?? 0;
    const used = Object.values(item.mapping?.columns ?? {}).filter((column) => column !== null).length;
    return html`<section part="columns">
      <details ?open=${item.questions.length > 0 || item.counts.rejected > item.counts.rows / 2}>
        <summary>${t('import.columns')}<span class="quiet small">${t('import.columnsUsed', { used, total })}</span>${icon('chevron', 14)}</summary>
        ${columnsTable({
          locale: this.locale,
          item,
          rows: this.#rows.data?.data ?? [],
          timeZone: this.#timeZone,
          change: (column, field) => item.mapping && void this.#map(withColumn(item.mapping, column, field)),
        })}
      </details>
    </section>`;
  }

  #preview(item: Import): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    return html`<section part="preview" aria-label=${t('import.preview')}>
      <div class="counts section-title" role="group" aria-label=${t('import.preview')}>
        ${ACTIONS.map((action) => html`<button type="button" class=${action} aria-pressed=${action === this.action ? 'true' : 'false'} @click=${() => (this.action = action)}>
          <b class=${item.counts[action] > 0 ? 'some' : ''}>${this.locale.number(item.counts[action])}</b>${t(`import.action.${action}`)}
        </button>`)}
      </div>
      ${this.show(this.#rows, (page) => previewTable(this.locale, page, this.action, this.#timeZone))}
    </section>`;
  }

  #people(item: Import): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    return html`<section class="people" aria-label=${t('import.missing', { n: item.missingAgents.length })}>
      <h3 class="section-title">${t('import.missing', { n: item.missingAgents.length })}</h3>
      <ul>${item.missingAgents.map(({ name, rows }) => html`<li>${t('import.missingRows', { name, n: rows })}</li>`)}</ul>
      <div class="create">
        <label class="check"><input type="checkbox" .checked=${this.create} @change=${(event: Event) => (this.create = (event.target as HTMLInputElement).checked)} />${t('import.create')}</label>
        ${this.create ? this.#teamChoice() : nothing}
      </div>
    </section>`;
  }

  #teamChoice(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const teams = this.#teams.data ?? [];
    return html`<label class="line">
      <span class="quiet">${t('import.team')}</span>
      <select @change=${(event: Event) => (this.teamId = (event.target as HTMLSelectElement).value)}>
        ${this.#leadsOnly ? nothing : html`<option value="">${t('import.noTeam')}</option>`}
        ${teams.map((team) => html`<option value=${team.id} ?selected=${team.id === this.#team}>${team.name}</option>`)}
      </select>
    </label>`;
  }

  #commitBar(item: Import): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const rows = item.counts.new + item.counts.changed;
    const undecided = item.missingAgents.length > 0 && !this.create;
    const blocked = item.questions.length > 0 || undecided || (item.missingAgents.length > 0 && this.#leadsOnly && !this.#team);
    return html`<div class="commit" part="commit">
      <button type="button" class="primary" ?disabled=${blocked} aria-describedby=${undecided ? 'undecided' : nothing} @click=${() => void this.#commit(item)}>
        ${rows > 0 ? t('import.commit', { n: rows }) : t('import.commitAnyway')}
      </button>
      ${undecided ? html`<span class="quiet small" id="undecided">${t('import.mustCreate')}</span>` : nothing}
      ${rows === 0 && !undecided ? html`<span class="quiet small">${t('import.nothing')}</span>` : nothing}
    </div>`;
  }

  #anotherButton(): TemplateResult {
    return html`<button type="button" @click=${() => this.#startAgain()}>${this.locale.t('import.another')}</button>`;
  }

  readonly #onDrag = (event: DragEvent): void => {
    event.preventDefault();
    this.over = true;
  };

  readonly #onDrop = (event: DragEvent): void => {
    event.preventDefault();
    this.over = false;
    void this.#take([...(event.dataTransfer?.files ?? [])]);
  };

  readonly #onChoose = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    void this.#take([...(input.files ?? [])]);
    input.value = ''; // the same file may be chosen again after a refusal
  };

  async #take([file, second]: File[]): Promise<void> {
    if (!file || !this.client) return;
    this.problem = second ? this.locale.t('import.onlyOne') : '';
    if (second) return;
    this.uploading = file.name;
    try {
      const accepted = await upload(this.client, file);
      this.importId = accepted.id;
    } catch (error) {
      this.problem = this.locale.t('import.notUploaded', { name: file.name, detail: problemText(this.locale, toApiError(error)) });
    } finally {
      this.uploading = undefined;
    }
  }

  /** Whether people are created is decided for each file anew. */
  #startAgain(): void {
    this.importId = undefined;
    this.create = false;
  }

  async #answer({ mapping }: Import): Promise<void> {
    if (!mapping) return;
    let next: MappingData = mapping;
    for (const [pointer, value] of this.answers) next = withAnswer(next, pointer, value);
    this.answers = new Map();
    await this.#map(next);
  }

  async #map(mapping: MappingData): Promise<void> {
    await this.#change((client, id) => body(client.http.PUT('/api/imports/{id}/mapping', { params: { path: { id } }, body: mapping })));
  }

  async #commit(item: Import): Promise<void> {
    const creates = item.missingAgents.length > 0 && this.create;
    const choice = { createMissingAgents: creates, ...(creates && this.#team ? { teamId: this.#team } : {}) };
    await this.#change((client, id) => body(client.http.POST('/api/imports/{id}/commit', { params: { path: { id } }, body: choice })));
  }

  async #undo({ fileName, counts }: Import): Promise<void> {
    const t = this.locale.t.bind(this.locale);
    const question = { title: t('import.undoAsk', { name: fileName }), text: t('import.undoText', { new: counts.new, changed: counts.changed }), yes: t('import.undoYes'), no: t('import.undoNo'), danger: true };
    if (!(await this.#confirm.ask(question))) return;
    await this.#change((client, id) => body(client.http.POST('/api/imports/{id}/rollback', { params: { path: { id } } })), 'import.notUndone');
  }

  async #discard({ id }: Import): Promise<void> {
    if (!this.client) return;
    try {
      await body(this.client.http.DELETE('/api/imports/{id}', { params: { path: { id } } }));
      this.#announcer.now(this.locale.t('import.discarded'));
      this.#startAgain();
    } catch (error) {
      this.problem = problemText(this.locale, toApiError(error));
    }
  }

  async #change(ask: (client: SidelineClient, id: string) => Promise<Import>, refused: 'import.notCommitted' | 'import.notUndone' = 'import.notCommitted'): Promise<void> {
    const { client, importId } = this;
    if (!client || !importId) return;
    this.problem = '';
    this.blockers = [];
    this.#busySince = Date.now();
    try {
      const next = await ask(client, importId);
      this.#import.mutate(() => next);
    } catch (error) {
      const problem = toApiError(error);
      this.blockers = problem.code === 'rollback_blocked' ? problem.details.map(({ message }) => message) : [];
      this.problem = this.locale.t(refused, { detail: problemText(this.locale, problem) });
      await this.#import.refresh();
    }
  }

  /** Events tell how far it is; asking now and then tells the outcome even where events do not arrive. */
  #lookAgain(): void {
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#refresh();
    }, LOOK_AGAIN_MS);
  }

  async #refresh(): Promise<void> {
    const before = this.#import.data?.status;
    await this.#import.refresh();
    const item = this.#import.data;
    if (item?.status === 'rolled_back' && before !== 'rolled_back') {
      this.#announcer.now(this.locale.t('import.undone', { name: item.fileName }));
      this.emit('sideline-import-rolled-back', { importId: item.id });
    }
    if (item?.status !== 'committed' || before === 'committed' || before === 'rolling_back') return;
    this.#announcer.now(this.locale.t('import.done', { name: item.fileName }));
    this.emit('sideline-import-committed', { importId: item.id, lastDay: item.period?.to ?? null });
  }

  #progressed({ id, status, progress }: Events['import:progress']): void {
    if (id !== this.importId) return;
    const finished = status !== this.#import.data?.status;
    if (finished) void this.#refresh();
    else this.#import.mutate((item) => ({ ...item, progress }));
  }

  get #leadsOnly(): boolean {
    return this.session.me?.agent.role === 'team_leader';
  }

  get #timeZone(): string {
    return this.session.me?.installation.businessTimezone ?? 'UTC';
  }

  get #team(): string | undefined {
    return this.teamId ?? (this.#leadsOnly ? this.#teams.data?.[0]?.id : undefined);
  }

  async #loadTeams(client: SidelineClient, signal: AbortSignal): Promise<readonly TeamRef[]> {
    if (this.#leadsOnly) return this.session.me?.ledTeams ?? [];
    return (await body(client.http.GET('/api/teams', { params: { query: { limit: 100 } }, signal }))).data;
  }
}

/** Sends the file as a form; the browser sets the boundary. The key keeps a repeated request from storing it twice. */
async function upload(client: SidelineClient, file: File): Promise<Import> {
  const form = new FormData();
  form.set('kind', 'interactions');
  form.set('file', file);
  const params = { header: { 'Idempotency-Key': crypto.randomUUID() } };
  return body(client.http.POST('/api/imports', { params, body: { kind: 'interactions', file: file.name }, bodySerializer: () => form }));
}

define('sideline-import', SidelineImport);

declare global {
  interface HTMLElementTagNameMap {
    'sideline-import': SidelineImport;
  }
}
