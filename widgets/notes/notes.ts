import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { repeat } from 'lit/directives/repeat.js';
import { writesNotes } from '../contexts/session.context.ts';
import { Announcer } from '../controllers/announcer.ts';
import { EverySeconds } from '../controllers/clock.controller.ts';
import type { QuickNote } from '../controllers/outbox.ts';
import type { Resource } from '../controllers/resource.ts';
import { RovingFocus } from '../controllers/roving-focus.ts';
import { Toast } from '../controllers/toast.ts';
import { VirtualList, type Placed } from '../controllers/virtual-list.ts';
import { noteFormStyles } from '../quick-note/note-form.styles.ts';
import type { SidelineQuickNote } from '../quick-note/quick-note.ts';
import { agentDialogStyles } from '../shared/agent-dialog.styles.ts';
import { confirmStyles } from '../shared/confirm.styles.ts';
import { Confirm } from '../shared/confirm.ts';
import { cssVars } from '../shared/css-vars.ts';
import { draggedNote, type DraggedNote } from '../shared/dragged-note.ts';
import { define, SidelineElement } from '../shared/element.ts';
import { icon } from '../shared/icons.ts';
import { isTyping } from '../shared/keys.ts';
import '../shared/strings/note.ts';
import '../shared/strings/notes.ts';
import { dropTargets } from './drop-targets.ts';
import { keptNotes } from './kept-notes.ts';
import { NoteActions } from './note-actions.ts';
import { deedOfKey, noteButtons, type NoteDeeds } from './note-buttons.ts';
import type { NoteEditing } from './note-editing.ts';
import { noteEntry } from './note-entry.ts';
import { noteTools } from './note-tools.ts';
import { noNotes, noteBones } from './notes-blocks.ts';
import { NotesFeed } from './notes-feed.ts';
import { NotesChoice } from './notes-choice.ts';
import { loadNotes, toQuery, type Loaded, type Query } from './notes-model.ts';
import { notesStyles } from './notes.styles.ts';

const sessionDialog = async () => import('../shared/session-dialog.ts');
const quickNote = (): Promise<unknown> => import('../quick-note/quick-note.ts');
const noteEditing = async () => import('./note-editing.ts');

const FRESH_MS = 12_000;
const WIDE_PX = 720;
/** rem: a closed note is three lines, or one where there is room for columns. */
const NARROW_REM = 4.75;
const WIDE_REM = 2.5;

/** What a short word beside a note says. */
interface Told {
  readonly text: string;
  readonly label?: string;
  readonly run?: () => void;
}

/**
 * Notes in one's scope: found, filtered, read, addressed, edited.
 *
 * @fires sideline-note-saved - detail: `{note}`
 * @fires sideline-session-open - a session is to be scheduled; detail `{agentId, name, schedule}`
 * @csspart tools filter-button note text address-button agenda-button action-button edit-button delete-button drop-targets
 */
export class SidelineNotes extends SidelineElement {
  static override styles: CSSResultGroup = [SidelineElement.styles, confirmStyles, agentDialogStyles, noteFormStyles, notesStyles];
  static override properties = {
    agentId: { type: Number, attribute: 'agent-id' },
    opened: { state: true },
    openHeight: { state: true },
    edit: { state: true },
    told: { state: true },
    dragged: { state: true },
    fresh: { state: true },
    wide: { state: true },
  };

  /** Notes about one person only. */
  declare agentId: number | undefined;
  declare private opened: string | undefined;
  /** px; the opened note alone is as high as it needs to be. */
  declare private openHeight: number;
  declare private edit: NoteEditing | undefined;
  /** What was done last, and the way back or on, while it is shown. */
  declare private told: Told | undefined;
  /** A note that hangs under the pointer. */
  declare private dragged: QuickNote | undefined;
  declare private fresh: ReadonlySet<string>;
  declare private wide: boolean;

  #rowHeight = 76;
  readonly #scroller = createRef<HTMLElement>();
  readonly #quickNote = createRef<SidelineQuickNote>();
  readonly #choice = new NotesChoice(this, () => (this.opened = undefined));
  readonly #announcer = new Announcer(this);
  readonly #confirm = new Confirm(this);
  readonly #actions = new NoteActions({
    client: () => this.client,
    locale: () => this.locale,
    confirm: this.#confirm,
    bring: (load) => this.bring(load),
    say: (text) => this.#announcer.now(text),
    changed: (note) => this.#feed.changed(note),
    gone: (id) => this.#feed.gone(id),
    refresh: () => this.#notes.refresh(),
  });
  readonly #feed: NotesFeed = new NotesFeed({
    notes: () => this.#notes,
    client: () => this.client,
    query: () => this.#query,
    arrived: (note) => this.#arrived(note),
    gone: (id) => {
      if (this.opened === id && this.edit?.id !== id) this.opened = undefined;
    },
  });
  readonly #toast = new Toast(this, '.toast', () => (this.told = undefined));
  readonly #width = new ResizeObserver(([entry]) => (this.wide = (entry?.contentRect.width ?? 0) >= WIDE_PX));
  readonly #tallness = new ResizeObserver(([entry]) => (this.openHeight = Math.ceil(entry?.borderBoxSize[0]?.blockSize ?? 0)));
  readonly #notes: Resource<{ me: number; key: Query }, Loaded> = this.resource<Query, Loaded>({
    key: () => this.#query,
    load: (client, query, signal) => loadNotes(client, query, this.#notes.data?.notes.length ?? 0, signal),
  });
  readonly #list = new VirtualList<QuickNote>(this, {
    items: () => this.#loaded,
    height: ({ id }) => (id === this.opened && this.openHeight > 0 ? this.openHeight : this.#rowHeight),
    scroller: () => this.#scroller.value,
  });
  readonly #focus = new RovingFocus<string>(this, {
    ids: () => this.#loaded.map(({ id }) => id),
    element: (id) => this.#head(id),
    reveal: (id) => this.#list.reveal(this.#loaded.findIndex((note) => note.id === id)),
  });

  constructor() {
    super();
    this.openHeight = 0;
    this.fresh = new Set();
    this.wide = false;
    new EverySeconds(this, 60); // ages grow with time alone
    this.addEventListener('sideline-note-saved', ({ detail }) => this.#feed.arrived(detail.note));
    this.addEventListener('sideline-note-undone', ({ detail }) => this.#feed.gone(detail.noteId));
    this.live({
      'quickNote:created': (note) => this.#feed.arrived(note),
      'quickNote:updated': (note) => this.#feed.changed(note),
      'quickNote:deleted': (gone) => this.#feed.gone(gone.id),
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#width.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#width.disconnect();
    this.#tallness.disconnect();
    this.#feed.stop();
  }

  /** Focuses the note last looked at: a page that showed something else meanwhile gives the focus back here. */
  override focus(): void {
    if (this.#focus.active !== undefined) void this.#focus.focus(this.#focus.active);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
    const least = matchMedia('(pointer: coarse)').matches ? 44 : 0;
    this.#rowHeight = Math.max(least, Math.round(rem * (this.wide ? WIDE_REM : NARROW_REM)));
    if (changed.has('opened')) this.openHeight = 0;
  }

  /** Writing comes after reading: nobody waits for its code. */
  protected override firstUpdated(): void {
    this.need(quickNote);
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.#measure();
    this.#feed.readTo(this.#list.visible().at(-1)?.index ?? 0);
  }

  protected override render(): TemplateResult {
    return html`${this.bars(this.#notes)} ${this.blocked() ?? html`${this.#tools()} ${keptNotes(this.locale, this.outbox, this.#query.agentId)} ${this.show(this.#notes, (loaded) => this.#entries(loaded), () => noteBones(this.locale))}`}
      <div class="toast" part="toast" popover="manual"
        @pointerenter=${this.#toast.hold} @focusin=${this.#toast.hold} @pointerleave=${this.#toast.release} @focusout=${this.#toast.release}>
        ${this.told ? this.#tell(this.told) : nothing}
      </div>
      ${this.#announcer.render()} ${this.#confirm.render()}
      <sideline-quick-note buttonless ${ref(this.#quickNote)}></sideline-quick-note>`;
  }

  get #query(): Query {
    return toQuery(this.#choice.filters, this.agentId);
  }

  get #loaded(): readonly QuickNote[] {
    return this.#notes.data?.notes ?? [];
  }

  get #leads(): boolean {
    return writesNotes(this.session);
  }

  #tools(): TemplateResult {
    return noteTools({
      locale: this.locale,
      filters: this.#choice.filters,
      total: this.#notes.data?.total,
      typed: this.#choice.typed,
      filtering: this.#choice.open,
      people: this.#leads && this.agentId === undefined,
      categories: this.#categories,
      type: this.#choice.type,
      searchKey: this.#onSearchKey,
      flip: this.#choice.flip,
      choose: this.#choice.choose,
      write: this.#writeButton(),
    });
  }

  #writeButton(): TemplateResult | typeof nothing {
    const about = this.agentId ?? this.#choice.filters.person?.id;
    if (!this.#leads || about === undefined) return nothing;
    const name = this.#choice.filters.person?.name ?? this.#loaded.find(({ agentId }) => agentId === about)?.agentName;
    return html`<sideline-quick-note agent-id=${about} agent-name=${name ?? nothing} exportparts="button: note-button"></sideline-quick-note>`;
  }

  /** Those of the quick note first, then those that people made up. */
  get #categories(): readonly string[] {
    const known = this.locale.t('note.categories').split('|');
    const found = this.#loaded.flatMap(({ category }) => category ?? []);
    return [...new Set([...known, ...found, ...(this.#choice.filters.category ? [this.#choice.filters.category] : [])])];
  }

  #entries(loaded: Loaded): TemplateResult {
    if (loaded.notes.length === 0) return noNotes(this.locale, this.#choice.filters, { clear: this.#choice.clear, all: () => this.#choice.choose({ shown: 'all' }) });
    const total = this.#list.total;
    return html`<div class="scroller ${this.#query.agentId === undefined ? '' : 'one-person'}" ${ref(this.#scroller)} ${cssVars({ '--natural': `${total}px` })} @keydown=${this.#onKey}>
      <ul class="canvas" role="list" aria-label=${this.locale.t('notes.title')} ${cssVars({ '--total': `${total}px` })}>
        ${repeat(this.#list.visible(), ({ item }) => item.id, (placed) => this.#entry(placed, loaded.total))}
      </ul>
    </div>
    ${this.dragged ? dropTargets(this.locale, { action: this.#leads, drop: (to, note) => void this.#promote(note, to) }) : nothing}`;
  }

  #entry({ item: note, index, top }: Placed<QuickNote>, total: number): TemplateResult {
    const open = note.id === this.opened;
    return noteEntry({
      locale: this.locale,
      note,
      open,
      index,
      total,
      fresh: this.fresh.has(note.id),
      tabIndex: this.#focus.tabIndex(note.id),
      onePerson: this.#query.agentId !== undefined,
      place: cssVars({ '--top': `${top}px`, '--height': `${this.#rowHeight}px` }),
      editing: this.edit?.id === note.id,
      below: !open ? nothing : this.edit?.id === note.id ? this.edit.render() : noteButtons(this.locale, note, this.#deeds(note)),
      toggle: () => (this.opened = open ? undefined : note.id),
      focused: () => this.#focus.focused(note.id),
      drag: this.#deeds(note).agenda ? (event) => this.#drag(event, note) : undefined,
      dragEnd: () => (this.dragged = undefined),
    });
  }

  /**
   * Its author and administrators change a note, leaders mark it, not those it is about; the server decides again. A
   * private note becomes nothing that the person it is about would read.
   */
  #deeds(note: QuickNote): NoteDeeds {
    const me = this.session.me?.agent;
    const mine = me !== undefined && (note.createdBy.id === me.id || me.role === 'admin');
    return {
      address: this.#leads && note.agentId !== me?.id ? () => void this.#setAddressed(note, !note.addressedAt) : undefined,
      agenda: note.isPrivate ? undefined : () => void this.#promote(note, 'agenda'),
      action: this.#leads && !note.isPrivate ? () => void this.#promote(note, 'action') : undefined,
      edit: mine ? () => void this.#startEdit(note) : undefined,
      remove: mine ? () => void this.#delete(note) : undefined,
    };
  }

  #tell({ text, label, run }: Told): TemplateResult {
    return html`${icon('check')}<span>${text}</span>${run ? html`<button class="link" type="button" @click=${run}>${label}</button>` : nothing}`;
  }

  #say(told: Told, beside: string | undefined): void {
    this.told = told;
    void this.#toast.show(this.#head(beside ?? '') ?? this);
  }

  #drag(event: DragEvent, note: QuickNote): void {
    draggedNote.put(event, note);
    this.dragged = note;
  }

  #schedule({ agentId, agentName: name }: DraggedNote): void {
    this.#toast.hide();
    const detail = { agentId, name, schedule: true };
    if (this.emit('sideline-session-open', detail, true)) void this.bring(sessionDialog).then((code) => code?.openSessionDialog(this, this.locale.t('common.close'), detail));
  }

  async #promote(note: DraggedNote, to: 'agenda' | 'action'): Promise<void> {
    const me = this.session.me;
    if (!me) return;
    this.dragged = undefined;
    const done = await this.#actions.promote(note, to, { own: note.agentId === me.agent.id, timeZone: me.installation.businessTimezone });
    if (!done) return;
    this.#announcer.now(done.text);
    const schedule = { label: this.locale.t('notes.schedule'), run: () => this.#schedule(note) };
    this.#say({ text: done.text, ...(done.missing && this.#leads ? schedule : {}) }, note.id);
  }

  async #setAddressed(note: QuickNote, addressed: boolean, undoable = true): Promise<void> {
    this.#toast.hide();
    const next = this.#after(note.id);
    const done = await this.#actions.setAddressed(note, addressed);
    if (!done) return;
    const left = !this.#loaded.some(({ id }) => id === note.id);
    if (left && next) await this.#focus.focus(next);
    if (!undoable) return;
    const text = this.locale.t(addressed ? 'notes.addressedNow' : 'notes.reopenedNow');
    this.#say({ text, label: this.locale.t('common.undo'), run: () => void this.#setAddressed(done, !addressed, false) }, left ? next : note.id);
  }

  /** Where the focus goes when a note leaves the list. */
  #after(id: string): string | undefined {
    const at = this.#loaded.findIndex((note) => note.id === id);
    return (this.#loaded[at + 1] ?? this.#loaded[at - 1])?.id;
  }

  async #startEdit(note: QuickNote): Promise<void> {
    const code = await this.bring(noteEditing);
    if (!code) return;
    this.opened = note.id;
    this.edit = new code.NoteEditing({
      client: () => this.client,
      locale: () => this.locale,
      update: () => this.requestUpdate(),
      changed: (changed) => this.#feed.changed(changed),
      left: ({ id }, saved) => this.#leaveEdit(id, saved),
    }, note);
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.edit textarea')?.focus();
  }

  #leaveEdit(id: string, saved: boolean): void {
    this.edit = undefined;
    if (saved) this.#announcer.now(this.locale.t('notes.saved'));
    void this.#focus.focus(id);
  }

  async #delete(note: QuickNote): Promise<void> {
    const next = this.#after(note.id);
    if ((await this.#actions.remove(note)) && next) await this.#focus.focus(next);
  }

  /** Somebody else's is said, when there is room. */
  #arrived({ id, agentName: name, createdBy }: QuickNote): void {
    this.fresh = new Set([...this.fresh, id]);
    setTimeout(() => (this.fresh = this.fresh.difference(new Set([id]))), FRESH_MS);
    if (createdBy.id !== this.session.me?.agent.id) this.#announcer.whenQuiet(this.locale.t('notes.new', { name, author: createdBy.name }));
  }

  #measure(): void {
    this.#tallness.disconnect();
    const open = this.renderRoot.querySelector('.entry.open');
    if (open) this.#tallness.observe(open);
  }

  #head(id: string): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>(`[data-note="${id}"]`);
  }

  readonly #onSearchKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && this.#choice.stopSearching()) {
      event.stopPropagation();
    } else if (event.key === 'ArrowDown' && this.#focus.active !== undefined) {
      event.preventDefault();
      void this.#focus.focus(this.#focus.active);
    }
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    if (isTyping(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    const onHead = event.composedPath()[0] instanceof HTMLElement && (event.composedPath()[0] as HTMLElement).matches('.head');
    if (onHead && this.#focus.onKey(event)) return;
    const note = this.#loaded.find(({ id }) => id === this.#focus.active);
    const does = note && this.#shortcut(event.key, note);
    if (!does) return;
    event.preventDefault();
    event.stopPropagation();
    does();
  };

  #shortcut(key: string, note: QuickNote): (() => void) | undefined {
    if (key === '/') return () => this.renderRoot.querySelector<HTMLElement>('input[type="search"]')?.focus();
    if (key === 'Escape' && this.opened !== undefined) return () => this.#close();
    if (key === 'n' && this.#leads) return () => void this.#quickNote.value?.open({ agentId: note.agentId, name: note.agentName }, this.#head(note.id) ?? undefined);
    return deedOfKey(key, this.#deeds(note));
  }

  #close(): void {
    const { opened } = this;
    this.opened = undefined;
    if (opened) void this.#focus.focus(opened);
  }
}

define('sideline-notes', SidelineNotes);

declare global {
  interface HTMLElementTagNameMap {
    'sideline-notes': SidelineNotes;
  }
}
