import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { Announcer } from '../controllers/announcer.ts';
import type { SidelineClient } from '../provider/client.ts';
import { toApiError, type ApiError } from '../shared/api-error.ts';
import { failure, problemText } from '../shared/blocks.ts';
import { define, SidelineElement } from '../shared/element.ts';
import '../shared/strings/imports.ts';
import { commitBar } from './commit-bar.ts';
import { NO_DECISIONS, withDecisions, type Decisions } from './decisions.ts';
import { doneView, endedView, undoneView } from './done.ts';
import { fileHeader } from './file-header.ts';
import { isBusy, stepOf, type Import, type Kind, type KindInfo } from './import-model.ts';
import { importStyles } from './import.styles.ts';
import { partStyles } from './import-part.styles.ts';
import { keep, keptPlace } from './kept.ts';
import { cancelImport, commitImport, discardImport, loadImport, loadKinds, mapImport, newUpload, rollBackImport, upload, type Upload } from './load-import.ts';
import { progressView } from './progress.ts';
import './start.ts';
import { stepsRail } from './steps-rail.ts';
import type { ImportUndo } from './undo.ts';

const LOOK_AGAIN_MS = 1_000;

/** What each step needs comes while the file is read. */
const parts = { columns: () => import('./columns.ts'), people: () => import('./people.ts'), preview: () => import('./preview.ts'), undo: () => import('./undo.ts') };

type Refused = 'import.notRead' | 'import.notCommitted' | 'import.notUndone';

/**
 * A spreadsheet becomes data: file, columns, preview, import, done, on one surface.
 *
 * @fires sideline-import-committed - detail `{importId, lastDay}`
 * @fires sideline-import-rolled-back - detail `{importId}`
 * @fires sideline-queue-open - the queue as of the file's last day was asked for; detail `{asOf, teamId}`
 * @csspart steps kinds drop file progress columns people preview commit done
 */
export class SidelineImport extends SidelineElement {
  static override styles: CSSResultGroup = [SidelineElement.styles, partStyles, importStyles];
  static override properties = {
    importId: { attribute: 'import-id' },
    uploading: { state: true },
    problem: { state: true },
    decisions: { state: true },
    create: { state: true },
    teamId: { state: true },
    undoing: { state: true },
    busy: { state: true },
    tooLate: { state: true },
  };

  /** An import to go on with; the one that was open in this tab when left out. */
  declare importId: string | undefined;
  /** The file on its way, or one that did not arrive. */
  declare private uploading: (Upload & { state: 'sent' | 'lost' }) | undefined;
  declare private problem: string;
  declare private decisions: Decisions;
  declare private create: boolean;
  declare private teamId: string | undefined;
  /** It is being asked whether to take it back. */
  declare private undoing: boolean;
  /** Something was asked for and is not answered yet: a second click asks for nothing. */
  declare private busy: boolean;
  /** Somebody tried to stop what was being written. */
  declare private tooLate: boolean;

  readonly #announcer = new Announcer(this);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #abort: AbortController | undefined;
  #isRestored = false;
  /** The import and its status as they were last shown, and since when it is being worked on. */
  #shown: { id: string | undefined; status: Import['status'] | undefined; progress: string } = { id: undefined, status: undefined, progress: '' };
  #busySince = 0;
  #movedAt = 0;
  /** The file itself, as long as this page has it: it can be read as something else. */
  #file: File | undefined;
  #preset: Kind | undefined;
  #hadFocus = false;

  readonly #import = this.resource<string, Import>({ key: () => this.importId, load: loadImport });
  readonly #kinds = this.resource<'kinds', readonly KindInfo[]>({ key: () => 'kinds', load: (client, _key, signal) => loadKinds(client, signal) });

  constructor() {
    super();
    this.#forget();
    const look = ({ id }: { id: string }): void => void (id === this.importId && this.#import.refresh());
    this.live({
      'import:progress': ({ id, status, progress }) => {
        if (id !== this.importId) return;
        if (status === this.#import.data?.status) this.#import.mutate((item) => ({ ...item, progress }));
        else void this.#import.refresh();
      },
      'import:committed': look,
      'import:cancelled': look,
      'import:rolled-back': look,
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    this.#hadFocus = Boolean(this.shadowRoot?.activeElement);
    this.#restore();
    if (this.importId === this.#shown.id) return;
    this.#shown = { id: this.importId, status: undefined, progress: '' };
    this.#busySince = this.#movedAt = Date.now();
  }

  protected override updated(changed: PropertyValues): void {
    const item = this.#import.data;
    if (item && item.id === this.#shown.id) this.#follow(item);
    const me = this.session.me?.agent.id;
    if (me !== undefined && this.#isRestored && (changed.has('importId') || changed.has('decisions'))) keep(me, this.importId ? { importId: this.importId, decisions: this.decisions } : undefined);
    if (item && isBusy(item)) this.#lookAgain();
    // What had the focus is gone: it goes to what came instead of it, not back to the top of the page.
    if (this.#hadFocus && !this.shadowRoot?.activeElement) this.renderRoot.querySelector<HTMLElement>('h2')?.focus();
  }

  protected override render(): TemplateResult {
    return html`${this.bars(this.importId ? this.#import : undefined)} ${this.blocked() ?? (this.importId ? this.#opened() : this.#start())} ${this.#announcer.render()}`;
  }

  #start(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const { uploading } = this;
    return html`<h2 class="sr" tabindex="-1">${t('import.title')}</h2>
      ${stepsRail(this.locale, 'file')}
      ${uploading ? this.#uploading(uploading) : nothing}
      ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
      ${uploading?.state === 'sent'
        ? nothing
        : this.show(this.#kinds, (kinds) => html`<sideline-import-start exportparts="kinds, drop" .kinds=${kinds} .preset=${this.#preset}
            @import-file=${({ detail }: HTMLElementEventMap['import-file']) => void this.#send(newUpload(detail.file, detail.kind))}
            @import-open=${({ detail }: HTMLElementEventMap['import-open']) => this.#open(detail.id)}></sideline-import-start>`)}`;
  }

  #uploading(sent: NonNullable<typeof this.uploading>): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const { name } = sent.file;
    if (sent.state === 'lost') return html`<div class="next pad"><button type="button" class="primary" @click=${() => void this.#send(sent)}>${t('common.retry')}</button></div>`;
    return html`<div class="progress" part="progress"><p role="status">${t('import.uploading', { name })}</p><progress aria-label=${t('import.uploading', { name })}></progress>
      <div><button type="button" @click=${() => this.#abort?.abort()}>${t('common.cancel')}</button></div></div>`;
  }

  #opened(): TemplateResult {
    const { error } = this.#import;
    if (error && !this.#import.data && (error.kind === 'gone' || error.kind === 'forbidden')) return html`${failure(this.locale, error)}<div class="next pad"><button type="button" @click=${() => this.#leave()}>${this.locale.t('import.toList')}</button></div>`;
    return this.show(this.#import, (item) => {
      const mayDiscard = item.status === 'staged' || item.status === 'failed';
      const message = this.problem || item.notice?.message;
      return html`${stepsRail(this.locale, stepOf(item, this.decisions.size > 0))}
        ${fileHeader(this.locale, item, this.#kindOf(item), { leave: () => this.#leave(), discard: mayDiscard ? () => void this.#discard(item) : undefined })}
        ${message ? html`<p class="problem" role="alert">${message}</p>` : nothing}
        ${this.#step(item)}`;
    });
  }

  #step(item: Import): TemplateResult {
    const { locale } = this;
    const another = (): void => this.#leave();
    if (isBusy(item)) {
      const mayStop = item.status !== 'rolling_back' && !this.tooLate;
      return progressView({ locale, item, since: this.#busySince, movedAt: this.#movedAt, now: Date.now(), stop: mayStop ? () => void this.#stop(item) : undefined });
    }
    if (item.status === 'staged') return this.#staged(item);
    if (item.status === 'committed') return this.#done(item);
    return item.status === 'rolled_back' ? undoneView(locale, item, another) : endedView(locale, item, another);
  }

  #staged(item: Import): TemplateResult {
    const { locale, decisions, create, teamId, busy } = this;
    const kind = this.#kindOf(item);
    const lacksTeam = this.session.me?.agent.role === 'team_leader' && teamId === undefined;
    return html`<div @import-decided=${({ detail }: HTMLElementEventMap['import-decided']) => (this.decisions = detail.decisions)}
      @import-kind=${({ detail }: HTMLElementEventMap['import-kind']) => void this.#readAs(item, detail.kind)} @import-people=${this.#onPeople}>
        <sideline-import-columns part="columns" .item=${item} .kind=${kind} .kinds=${this.#kinds.data ?? []} .decisions=${decisions}></sideline-import-columns>
        ${item.missingAgents.length > 0 ? html`<sideline-import-people part="people" .item=${item} .kind=${kind} .decisions=${decisions} .create=${create} .teamId=${teamId}></sideline-import-people>` : nothing}
        <sideline-import-preview part="preview" .item=${item} .kind=${kind}></sideline-import-preview>
      </div>
      ${commitBar({ locale, item, decisions, create, lacksTeam, busy, read: () => void this.#map(item), drop: () => this.#drop(), commit: () => void this.#commit(item) })}`;
  }

  #done(item: Import): TemplateResult {
    const openQueue = (asOf: string): void => void this.emit('sideline-queue-open', { asOf, teamId: item.teamId }, true);
    const kind = this.#kindOf(item);
    return html`${doneView(this.locale, item, { another: () => this.#leave(), openQueue, undo: () => (this.undoing = true) })}
      ${this.undoing ? html`<sideline-import-undo .item=${item} .kind=${kind} .busy=${this.busy} @import-undo=${this.#onUndo}></sideline-import-undo>` : nothing}
      <sideline-import-preview part="preview" .item=${item} .kind=${kind}></sideline-import-preview>`;
  }

  readonly #onPeople = ({ detail }: HTMLElementEventMap['import-people']): void => {
    this.create = detail.create;
    this.teamId = detail.teamId;
  };

  readonly #onUndo = ({ detail: { sure } }: HTMLElementEventMap['import-undo']): void => {
    if (sure) return void this.#undo();
    this.undoing = false;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.undo')?.focus());
  };

  #kindOf({ kind }: Import): KindInfo | undefined {
    return this.#kinds.data?.find((one) => one.kind === kind);
  }

  /** Goes on where this tab was, once it is known who sits at it. */
  #restore(): void {
    const me = this.session.me?.agent.id;
    if (this.#isRestored || me === undefined) return;
    this.#isRestored = true;
    const place = keptPlace(me);
    if (!place || (this.importId !== undefined && this.importId !== place.importId)) return;
    this.importId = place.importId;
    this.decisions = place.decisions;
  }

  #open(id: string): void {
    this.#forget();
    this.importId = id;
  }

  /** The import stays where it is, and in the list. */
  #leave(): void {
    this.#forget();
    this.importId = undefined;
  }

  /** Whatever was said is said of one file. */
  #forget(): void {
    this.uploading = undefined;
    this.problem = '';
    this.decisions = NO_DECISIONS;
    this.create = false;
    this.teamId = undefined;
    this.undoing = false;
    this.busy = false;
    this.tooLate = false;
  }

  #drop(): void {
    this.decisions = NO_DECISIONS;
    this.#announcer.now(this.locale.t('import.dropped'));
  }

  /** Notices what moved: brings the code of the next step, tells whoever does not look, and the page around. */
  #follow(item: Import): void {
    const before = this.#shown;
    const progress = JSON.stringify(item.progress);
    if (progress !== before.progress || item.status !== before.status) this.#movedAt = Date.now();
    this.#shown = { id: item.id, status: item.status, progress };
    if (isBusy(item) || item.status === 'staged') void Promise.all([parts.columns(), parts.preview(), item.missingAgents.length > 0 && parts.people()]);
    if (item.status === 'committed') void Promise.all([parts.preview(), parts.undo()]);
    if (isBusy(item) && progress !== before.progress) this.#announcer.whenQuiet(`${this.locale.t(`import.phase.${item.progress.phase}`)}, ${this.locale.t('import.percent', { n: item.progress.percent })}`);
    if (item.status === before.status) return;
    if (isBusy(item)) this.#busySince = Date.now();
    else if (before.status !== undefined) this.#arrived(item, before.status);
  }

  #arrived(item: Import, from: Import['status']): void {
    const t = this.locale.t.bind(this.locale);
    const { fileName: name, counts, questions } = item;
    this.tooLate = false;
    if (item.status === 'staged') this.#announcer.now([t('import.read', { name, n: counts.rows, rejected: counts.rejected }), questions.length > 0 ? t('import.asks', { n: questions.length }) : ''].join(' '));
    if (item.status === 'rolled_back') {
      this.#announcer.now(t('import.undone', { name }));
      this.emit('sideline-import-rolled-back', { importId: item.id });
    }
    if (item.status !== 'committed' || from === 'rolling_back') return;
    this.#announcer.now(t('import.done', { name }));
    this.emit('sideline-import-committed', { importId: item.id, lastDay: item.period?.to ?? null });
  }

  async #send(sent: Upload): Promise<void> {
    const { client } = this;
    if (!client || this.uploading?.state === 'sent') return;
    this.problem = '';
    this.#abort = new AbortController();
    this.uploading = { ...sent, state: 'sent' };
    try {
      const accepted = await upload(client, sent, this.#abort.signal);
      this.#forget();
      this.#file = sent.file;
      this.#preset = undefined;
      this.importId = accepted.id;
    } catch (error) {
      this.#notSent(sent, toApiError(error));
    }
  }

  #notSent(sent: Upload, error: ApiError): void {
    const t = this.locale.t.bind(this.locale);
    const { name } = sent.file;
    const isStopped = this.#abort?.signal.aborted === true;
    this.problem = isStopped ? t('import.uploadStopped', { name }) : t('import.notUploaded', { name, detail: problemText(this.locale, error) });
    // The same request once more, by the same key: if it had arrived after all, it is that import.
    this.uploading = error.transient && !isStopped ? { ...sent, state: 'lost' } : undefined;
  }

  /** What is not a table of calls may be one of daily figures: the file is sent as that, and this one forgotten. */
  async #readAs(item: Import, kind: Kind): Promise<void> {
    const file = this.#file?.name === item.fileName ? this.#file : undefined;
    if (!(await this.#discard(item))) return;
    this.#preset = kind;
    if (file) await this.#send(newUpload(file, kind));
    else this.problem = this.locale.t('import.chooseAgain', { name: item.fileName });
  }

  async #map({ decided }: Import): Promise<void> {
    if (await this.#do((client, id) => mapImport(client, id, withDecisions(decided, this.decisions)), 'import.notRead')) this.decisions = NO_DECISIONS;
  }

  async #commit({ missingAgents, version }: Import): Promise<void> {
    const creates = missingAgents.length > 0 && this.create;
    const choice = { version, createMissingAgents: creates, ...(creates && this.teamId ? { teamId: this.teamId } : {}) };
    await this.#do((client, id) => commitImport(client, id, choice), 'import.notCommitted');
  }

  async #undo(): Promise<void> {
    const done = await this.#do(rollBackImport, 'import.notUndone', () => this.renderRoot.querySelector<ImportUndo>('sideline-import-undo')?.refresh());
    if (done) this.undoing = false;
  }

  async #stop({ status }: Import): Promise<void> {
    const done = await this.#do(cancelImport, 'import.notCommitted', () => {
      this.tooLate = status === 'committing';
      this.problem = this.locale.t('import.tooLate');
    });
    if (done) this.#announcer.now(this.locale.t('import.stopped', { name: done.fileName }));
  }

  /** @returns whether it is gone */
  async #discard({ id }: Import): Promise<boolean> {
    if (!this.client) return false;
    try {
      await discardImport(this.client, id);
      this.#leave();
      this.#announcer.now(this.locale.t('import.discarded'));
      return true;
    } catch (error) {
      this.problem = problemText(this.locale, toApiError(error));
      await this.#import.refresh();
      return false;
    }
  }

  /**
   * Asks for a step, once at a time, and shows what came of it.
   *
   * @param clash what to make of a refusal by how the import stands; that it has moved on when left out
   * @returns the import as it stands; nothing when it was refused or not answered
   */
  async #do(work: (client: SidelineClient, id: string) => Promise<Import>, refused: Refused, clash?: () => void): Promise<Import | undefined> {
    const { client, importId } = this;
    if (!client || !importId || this.busy) return undefined;
    this.busy = true;
    this.problem = '';
    try {
      const next = await work(client, importId);
      this.#import.mutate((item) => (item.id === next.id ? next : item));
      return next;
    } catch (error) {
      await this.#refused(toApiError(error), refused, clash);
      return undefined;
    } finally {
      this.busy = false;
    }
  }

  async #refused(error: ApiError, refused: Refused, clash: (() => void) | undefined): Promise<void> {
    const before = this.#import.data?.version;
    await this.#import.refresh();
    const hasMoved = this.#import.data?.version !== before;
    if (error.transient) this.problem = hasMoved ? '' : this.locale.t('import.noAnswer');
    else if (error.kind === 'clash' && clash) clash();
    else this.problem = error.kind === 'clash' && hasMoved ? this.locale.t('import.movedOn') : this.locale.t(refused, { detail: problemText(this.locale, error) });
  }

  /** Events tell how far it is; asking now and then tells the outcome even where events do not arrive. */
  #lookAgain(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#import.refresh();
    }, LOOK_AGAIN_MS);
  }
}

define('sideline-import', SidelineImport);

declare global {
  interface HTMLElementTagNameMap {
    'sideline-import': SidelineImport;
  }
}
