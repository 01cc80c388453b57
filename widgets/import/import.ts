import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { Announcer } from '../controllers/announcer.ts';
import type { SidelineClient } from '../provider/client.ts';
import { failure } from '../shared/blocks.ts';
import { businessDay } from '../shared/business-day.ts';
import { define, SidelineElement } from '../shared/element.ts';
import '../shared/strings/imports.ts';
import { commitBar } from './commit-bar.ts';
import { NO_DECISIONS, type Decisions } from './decisions.ts';
import { Deeds } from './deeds.ts';
import { doneView, endedView, undoneView } from './done.ts';
import { fileHeader } from './file-header.ts';
import { isBusy, stepOf, type Import, type Kind, type KindInfo } from './import-model.ts';
import { importStyles } from './import.styles.ts';
import { partStyles } from './import-part.styles.ts';
import { keep, keptPlace } from './kept.ts';
import { Following } from './following.ts';
import { loadImport, loadKinds } from './load-import.ts';
import { progressView } from './progress.ts';
import { refuseFiles } from './refuse-files.ts';
import './start.ts';
import { stepsRail } from './steps-rail.ts';
import type { ImportUndo } from './undo.ts';
import { Uploading } from './uploading.ts';

const LOOK_AGAIN_MS = 1_000;

/** What each step needs comes while the file is read. */
const parts = { columns: () => import('./columns.ts'), people: () => import('./people.ts'), preview: () => import('./preview.ts'), undo: () => import('./undo.ts') };

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
    row: { type: Number },
    problem: { state: true },
    decisions: { state: true },
    create: { state: true },
    teamId: { state: true },
    undoing: { state: true },
  };

  /** An import to go on with; the one that was open in this tab when left out. */
  declare importId: string | undefined;
  /** The row of its file that is looked up; such a look is not kept for the tab. */
  declare row: number | undefined;
  declare private problem: string;
  declare private decisions: Decisions;
  declare private create: boolean;
  declare private teamId: string | undefined;
  /** It is being asked whether to take it back. */
  declare private undoing: boolean;

  readonly #announcer = new Announcer(this);
  readonly #uploading = new Uploading(this);
  readonly #following = new Following();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isRestored = false;
  #preset: Kind | undefined;
  #hadFocus = false;

  readonly #deeds = new Deeds({
    client: () => this.client,
    locale: () => this.locale,
    item: () => this.#import.data,
    refresh: () => this.#import.refresh(),
    became: (next) => this.#import.mutate(() => next),
    changed: () => this.requestUpdate(),
  });
  readonly #import = this.resource<string, Import>({ key: () => this.importId, load: loadImport });
  readonly #kinds = this.resource<'kinds', readonly KindInfo[]>({ key: () => 'kinds', load: (client, _key, signal) => loadKinds(client, signal) });

  constructor() {
    super();
    refuseFiles(this);
    this.#forget();
    const look = ({ id }: { id: string }): void => void (id === this.importId && this.#import.refresh());
    this.live({
      'import:progress': ({ id, status, progress }) => {
        if (id !== this.importId) return;
        // What is done may be done anew: read again in another window, it is another preview.
        const goesOn = status === this.#import.data?.status && progress.phase !== 'done';
        if (goesOn) this.#import.mutate((item) => ({ ...item, progress }));
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
    if (this.#import.data && this.#import.loadedAt !== undefined) this.#deeds.heard(this.#import.data, this.#import.loadedAt);
    if (this.importId !== this.#following.id) this.#following.begin(this.importId, Date.now());
  }

  protected override updated(changed: PropertyValues): void {
    const item = this.#import.data;
    if (item && item.id === this.#following.id) this.#follow(item);
    const me = this.session.me?.agent.id;
    if (me !== undefined && this.#isRestored && this.row === undefined && (changed.has('importId') || changed.has('decisions'))) keep(me, this.importId ? { importId: this.importId, decisions: this.decisions } : undefined);
    if (item && isBusy(item)) this.#lookAgain();
    // What had the focus is gone: it goes to what came instead of it, not back to the top of the page.
    if (this.#hadFocus && !this.shadowRoot?.activeElement) this.renderRoot.querySelector<HTMLElement>('h2')?.focus();
  }

  protected override render(): TemplateResult {
    return html`${this.bars(this.importId ? this.#import : undefined)} ${this.blocked() ?? (this.importId ? this.#opened() : this.#start())} ${this.#announcer.render()}`;
  }

  #start(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    return html`<h2 class="sr" tabindex="-1">${t('import.title')}</h2>
      ${stepsRail(this.locale, 'file')}
      ${this.#uploading.render(this.locale, () => void this.#sent((client) => this.#uploading.again(client)))}
      ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
      ${this.#uploading.isRunning
        ? nothing
        : this.show(this.#kinds, (kinds) => html`<sideline-import-start exportparts="kinds, drop" .kinds=${kinds} .preset=${this.#preset}
            @import-file=${({ detail }: HTMLElementEventMap['import-file']) => void this.#sent((client) => this.#uploading.send(client, detail.file, detail.kind))}
            @import-open=${({ detail }: HTMLElementEventMap['import-open']) => this.#open(detail.id)}></sideline-import-start>`)}`;
  }

  #opened(): TemplateResult {
    const { error } = this.#import;
    if (error && !this.#import.data && (error.kind === 'gone' || error.kind === 'forbidden')) return html`${failure(this.locale, error)}<div class="next pad"><button type="button" @click=${() => this.#leave()}>${this.locale.t('import.toList')}</button></div>`;
    return this.show(this.#import, (item) => {
      const mayDiscard = item.status === 'staged' || item.status === 'failed';
      const message = this.#deeds.problem || item.notice?.message;
      return html`${stepsRail(this.locale, stepOf(item, this.decisions.size > 0))}
        ${fileHeader(this.locale, item, this.#kindOf(item), { leave: () => this.#leave(), discard: mayDiscard ? () => void this.#discard() : undefined })}
        ${message ? html`<p class="problem" role="alert">${message}</p>` : nothing}
        ${this.#step(item)}`;
    });
  }

  #step(item: Import): TemplateResult {
    const { locale } = this;
    const another = (): void => this.#leave();
    if (isBusy(item)) {
      const mayStop = item.status !== 'rolling_back' && item.progress.phase !== 'writing' && !this.#deeds.isTooLate;
      return progressView({ locale, item, since: this.#following.busySince, movedAt: this.#following.movedAt, now: Date.now(), stop: mayStop ? () => void this.#stop(item) : undefined });
    }
    if (item.status === 'staged') return this.#staged(item);
    if (item.status === 'committed') return this.#done(item);
    return item.status === 'rolled_back' ? undoneView(locale, item, another) : endedView(locale, item, another);
  }

  #staged(item: Import): TemplateResult {
    const { locale, decisions, create, teamId } = this;
    const { busy } = this.#deeds;
    const kind = this.#kindOf(item);
    const lacksTeam = this.session.me?.agent.role === 'team_leader' && teamId === undefined;
    return html`<div @import-decided=${({ detail }: HTMLElementEventMap['import-decided']) => (this.decisions = detail.decisions)}
      @import-forget=${() => void this.#deeds.forgetRemembered()}
      @import-kind=${({ detail }: HTMLElementEventMap['import-kind']) => void this.#readAs(item, detail.kind)} @import-people=${this.#onPeople}>
        <sideline-import-columns part="columns" .item=${item} .kind=${kind} .kinds=${this.#kinds.data ?? []} .decisions=${decisions}></sideline-import-columns>
        ${item.missingAgents.length > 0 ? html`<sideline-import-people part="people" .item=${item} .kind=${kind} .decisions=${decisions} .create=${create} .teamId=${teamId}></sideline-import-people>` : nothing}
        <sideline-import-preview part="preview" .item=${item} .kind=${kind} .row=${this.row}></sideline-import-preview>
      </div>
      ${commitBar({ locale, item, decisions, create, lacksTeam, busy, read: () => void this.#map(item), drop: () => this.#drop(), commit: () => void this.#deeds.commit(item, item.missingAgents.length > 0 && create ? { teamId } : undefined) })}`;
  }

  #done(item: Import): TemplateResult {
    const openQueue = (asOf: string): void => void this.emit('sideline-queue-open', { asOf, teamId: item.teamId }, true);
    const kind = this.#kindOf(item);
    return html`${doneView(this.locale, item, { another: () => this.#leave(), openQueue, today: businessDay(Date.now(), this.session.me?.installation.businessTimezone ?? 'UTC'), undo: () => (this.undoing = true) })}
      ${this.undoing ? html`<sideline-import-undo .item=${item} .kind=${kind} .busy=${this.#deeds.busy} @import-undo=${this.#onUndo}></sideline-import-undo>` : nothing}
      <sideline-import-preview part="preview" .item=${item} .kind=${kind} .row=${this.row}></sideline-import-preview>`;
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
    if (this.row !== undefined) return;
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
    this.row = undefined;
  }

  /** Whatever was said is said of one file. */
  #forget(): void {
    this.#uploading.forget();
    this.problem = '';
    this.decisions = NO_DECISIONS;
    this.create = false;
    this.teamId = undefined;
    this.undoing = false;
    this.#deeds.forget();
  }

  #drop(): void {
    this.decisions = NO_DECISIONS;
    this.#announcer.now(this.locale.t('import.dropped'));
  }

  /** Brings the code of the next step, and tells whoever does not look, and the page around. */
  #follow(item: Import): void {
    const { from, arrived, moved } = this.#following.look(item, Date.now());
    if (isBusy(item) || item.status === 'staged') void Promise.all([parts.columns(), parts.preview(), item.missingAgents.length > 0 && parts.people()]);
    if (item.status === 'committed') void Promise.all([parts.preview(), parts.undo()]);
    if (isBusy(item) && moved) this.#announcer.whenQuiet(`${this.locale.t(`import.phase.${item.progress.phase}`)}, ${this.locale.t('import.percent', { n: item.progress.percent })}`);
    else if (arrived && from !== undefined) this.#arrived(item, from);
  }

  #arrived(item: Import, from: Import['status']): void {
    const t = this.locale.t.bind(this.locale);
    const { fileName: name, counts, questions } = item;
    this.#deeds.settled();
    if (item.status === 'staged') this.#announcer.now([t('import.read', { name, n: counts.rows, rejected: counts.rejected }), questions.length > 0 ? t('import.asks', { n: questions.length }) : ''].join(' '));
    if (item.status === 'rolled_back') {
      this.#announcer.now(t('import.undone', { name }));
      this.emit('sideline-import-rolled-back', { importId: item.id });
    }
    if (item.status !== 'committed' || from === 'rolling_back') return;
    this.#announcer.now(t('import.done', { name }));
    this.emit('sideline-import-committed', { importId: item.id, lastDay: item.period?.to ?? null });
  }

  async #sent(send: (client: SidelineClient) => Promise<Import | undefined>): Promise<void> {
    if (!this.client) return;
    this.problem = '';
    const accepted = await send(this.client);
    if (!accepted) return;
    this.#preset = undefined;
    this.#open(accepted.id);
  }

  /** What is not a table of calls may be one of daily figures: the file is sent as that, and this one forgotten. */
  async #readAs(item: Import, kind: Kind): Promise<void> {
    const file = this.#uploading.file(item.fileName);
    if (!(await this.#discard())) return;
    this.#preset = kind;
    if (file) await this.#sent((client) => this.#uploading.send(client, file, kind));
    else this.problem = this.locale.t('import.chooseAgain', { name: item.fileName });
  }

  async #map(item: Import): Promise<void> {
    if (await this.#deeds.map(item, this.decisions)) this.decisions = NO_DECISIONS;
  }

  async #undo(): Promise<void> {
    const done = await this.#deeds.undo(() => this.renderRoot.querySelector<ImportUndo>('sideline-import-undo')?.refresh());
    if (done) this.undoing = false;
  }

  async #stop(item: Import): Promise<void> {
    if (await this.#deeds.stop(item)) this.#announcer.now(this.locale.t('import.stopped', { name: item.fileName }));
  }

  /** @returns whether it is gone */
  async #discard(): Promise<boolean> {
    const isGone = await this.#deeds.discard();
    if (!isGone) return false;
    this.#leave();
    this.#announcer.now(this.locale.t('import.discarded'));
    return true;
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
