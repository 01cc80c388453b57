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
import { confirmStyles } from '../shared/confirm.styles.ts';
import { Confirm } from '../shared/confirm.ts';
import { cssVars } from '../shared/css-vars.ts';
import { define, SidelineElement } from '../shared/element.ts';
import { icon } from '../shared/icons.ts';
import { isTyping } from '../shared/keys.ts';
import '../shared/strings/note.ts';
import '../shared/strings/notes.ts';
import { keptNotes } from './kept-notes.ts';
import { NoteActions } from './note-actions.ts';
import { deedOfKey, noteButtons, type NoteDeeds } from './note-buttons.ts';
import type { NoteEditing } from './note-editing.ts';
import { noteEntry } from './note-entry.ts';
import { noteTools } from './note-tools.ts';
import { noNotes, noteBones } from './notes-blocks.ts';
import { fits, loadNotes, NO_FILTERS, toQuery, withNote, withoutNote, type Filters, type Loaded, type Query } from './notes-model.ts';
import { notesStyles } from './notes.styles.ts';
import { ReadAhead } from './read-ahead.ts';

const TYPING_MS = 250;
const SETTLE_MS = 1_000;
const FRESH_MS = 12_000;
const WIDE_PX = 720;
/** rem: a closed note is three lines, or one where there is room for columns. */
const NARROW_REM = 4.75;
const WIDE_REM = 2.5;

/**
 * Notes in one's scope: found, filtered, read, addressed, edited.
 *
 * @fires sideline-note-saved - detail: `{note}`
 * @csspart tools filter-button note text address-button edit-button delete-button
 */
export class SidelineNotes extends SidelineElement {
  static override styles: CSSResultGroup = [SidelineElement.styles, confirmStyles, noteFormStyles, notesStyles];
  static override properties = {
    agentId: { type: Number, attribute: 'agent-id' },
    filters: { state: true },
    typed: { state: true },
    filtering: { state: true },
    opened: { state: true },
    openHeight: { state: true },
    edit: { state: true },
    undo: { state: true },
    fresh: { state: true },
    wide: { state: true },
  };

  /** Notes about one person only. */
  declare agentId: number | undefined;
  declare private filters: Filters;
  declare private typed: string;
  declare private filtering: boolean;
  declare private opened: string | undefined;
  /** px; the opened note alone is as high as it needs to be. */
  declare private openHeight: number;
  declare private edit: NoteEditing | undefined;
  /** The last marking, while it can be taken back. */
  declare private undo: QuickNote | undefined;
  declare private fresh: ReadonlySet<string>;
  declare private wide: boolean;

  #rowHeight = 76;
  #typing: ReturnType<typeof setTimeout> | undefined;
  #settle: ReturnType<typeof setTimeout> | undefined;
  readonly #scroller = createRef<HTMLElement>();
  readonly #quickNote = createRef<SidelineQuickNote>();
  readonly #announcer = new Announcer(this);
  readonly #confirm = new Confirm(this);
  readonly #actions = new NoteActions({
    client: () => this.client,
    locale: () => this.locale,
    confirm: this.#confirm,
    say: (text) => this.#announcer.now(text),
    changed: (note) => this.#changed(note),
    gone: (id) => this.#gone(id),
    refresh: () => this.#notes.refresh(),
  });
  readonly #ahead = new ReadAhead({
    client: () => this.client,
    query: () => this.#query,
    loaded: () => (this.#notes.error ? undefined : this.#notes.data),
    read: (loaded) => this.#notes.mutate(() => loaded),
    failed: () => void this.#notes.refresh(),
  });
  readonly #toast = new Toast(this, '.toast', () => (this.undo = undefined));
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
    this.filters = NO_FILTERS;
    this.typed = '';
    this.filtering = false;
    this.openHeight = 0;
    this.fresh = new Set();
    this.wide = false;
    new EverySeconds(this, 60); // ages grow with time alone
    this.addEventListener('sideline-note-saved', ({ detail }) => this.#arrived(detail.note));
    this.addEventListener('sideline-note-undone', ({ detail }) => this.#gone(detail.noteId));
    this.live({
      'quickNote:created': (note) => this.#arrived(note),
      'quickNote:updated': (note) => this.#changed(note),
      'quickNote:deleted': (gone) => this.#gone(gone.id),
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
    clearTimeout(this.#typing);
    clearTimeout(this.#settle);
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
    void import('../quick-note/quick-note.ts');
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.#measure();
    void this.#ahead.to(this.#list.visible().at(-1)?.index ?? 0);
  }

  protected override render(): TemplateResult {
    return html`${this.bars(this.#notes)} ${this.blocked() ?? html`${this.#tools()} ${keptNotes(this.locale, this.outbox, this.#query.agentId)} ${this.show(this.#notes, (loaded) => this.#entries(loaded), () => noteBones(this.locale))}`}
      <div class="toast" part="toast" popover="manual"
        @pointerenter=${this.#toast.hold} @focusin=${this.#toast.hold} @pointerleave=${this.#toast.release} @focusout=${this.#toast.release}>
        ${this.undo ? this.#offerUndo(this.undo) : nothing}
      </div>
      ${this.#announcer.render()} ${this.#confirm.render()}
      <sideline-quick-note buttonless ${ref(this.#quickNote)}></sideline-quick-note>`;
  }

  get #query(): Query {
    return toQuery(this.filters, this.agentId);
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
      filters: this.filters,
      total: this.#notes.data?.total,
      typed: this.typed,
      filtering: this.filtering,
      people: this.#leads && this.agentId === undefined,
      categories: this.#categories,
      type: this.#onType,
      searchKey: this.#onSearchKey,
      flip: () => this.#flip(),
      choose: (change) => this.#choose(change),
      write: this.#writeButton(),
    });
  }

  #writeButton(): TemplateResult | typeof nothing {
    const about = this.agentId ?? this.filters.person?.id;
    if (!this.#leads || about === undefined) return nothing;
    const name = this.filters.person?.name ?? this.#loaded.find(({ agentId }) => agentId === about)?.agentName;
    return html`<sideline-quick-note agent-id=${about} agent-name=${name ?? nothing} exportparts="button: note-button"></sideline-quick-note>`;
  }

  /** Those of the quick note first, then those that people made up. */
  get #categories(): readonly string[] {
    const known = this.locale.t('note.categories').split('|');
    const found = this.#loaded.flatMap(({ category }) => category ?? []);
    return [...new Set([...known, ...found, ...(this.filters.category ? [this.filters.category] : [])])];
  }

  #entries(loaded: Loaded): TemplateResult {
    if (loaded.notes.length === 0) return noNotes(this.locale, this.filters, { clear: () => this.#clear(), all: () => this.#choose({ shown: 'all' }) });
    const total = this.#list.total;
    return html`<div class="scroller ${this.#query.agentId === undefined ? '' : 'one-person'}" ${ref(this.#scroller)} ${cssVars({ '--natural': `${total}px` })} @keydown=${this.#onKey}>
      <ul class="canvas" role="list" aria-label=${this.locale.t('notes.title')} ${cssVars({ '--total': `${total}px` })}>
        ${repeat(this.#list.visible(), ({ item }) => item.id, (placed) => this.#entry(placed, loaded.total))}
      </ul>
    </div>`;
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
      below: open ? this.#below(note) : html`${nothing}`,
      toggle: () => (this.opened = open ? undefined : note.id),
      focused: () => this.#focus.focused(note.id),
      drag: undefined,
      dragEnd: () => undefined,
    });
  }

  #below(note: QuickNote): TemplateResult {
    return this.edit?.id === note.id ? this.edit.render() : noteButtons(this.locale, note, this.#deeds(note));
  }

  /** Its author and administrators change a note, leaders mark it, not those it is about; the server decides again. */
  #deeds(note: QuickNote): NoteDeeds {
    const me = this.session.me?.agent;
    const mine = me !== undefined && (note.createdBy.id === me.id || me.role === 'admin');
    return {
      address: this.#leads && note.agentId !== me?.id ? () => void this.#setAddressed(note, !note.addressedAt) : undefined,
      edit: mine ? () => void this.#startEdit(note) : undefined,
      remove: mine ? () => void this.#delete(note) : undefined,
    };
  }

  #offerUndo(note: QuickNote): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    return html`${icon('check')}<span>${t(note.addressedAt ? 'notes.addressedNow' : 'notes.reopenedNow')}</span>
      <button class="link" type="button" @click=${() => void this.#setAddressed(note, !note.addressedAt, false)}>${t('common.undo')}</button>`;
  }

  #flip(): void {
    void import('../shared/person-picker.ts');
    this.filtering = !this.filtering;
  }

  #choose(change: Partial<Filters>): void {
    this.filters = { ...this.filters, ...change };
    this.opened = undefined;
  }

  #clear(): void {
    this.typed = '';
    this.#choose({ ...NO_FILTERS, shown: this.filters.shown });
  }

  async #setAddressed(note: QuickNote, addressed: boolean, undoable = true): Promise<void> {
    this.#toast.hide();
    const next = this.#after(note.id);
    const done = await this.#actions.setAddressed(note, addressed);
    if (!done) return;
    const left = !this.#loaded.some(({ id }) => id === note.id);
    if (left && next) await this.#focus.focus(next);
    if (!undoable) return;
    this.undo = done;
    void this.#toast.show(this.#head((left ? next : note.id) ?? '') ?? this);
  }

  /** Where the focus goes when a note leaves the list. */
  #after(id: string): string | undefined {
    const at = this.#loaded.findIndex((note) => note.id === id);
    return (this.#loaded[at + 1] ?? this.#loaded[at - 1])?.id;
  }

  async #startEdit(note: QuickNote): Promise<void> {
    const { NoteEditing } = await import('./note-editing.ts');
    this.opened = note.id;
    this.edit = new NoteEditing({
      client: () => this.client,
      locale: () => this.locale,
      update: () => this.requestUpdate(),
      changed: (changed) => this.#changed(changed),
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

  #arrived(note: QuickNote): void {
    const known = this.#loaded.some(({ id }) => id === note.id);
    this.#changed(note);
    if (known || !this.#loaded.some(({ id }) => id === note.id)) return;
    this.fresh = new Set([...this.fresh, note.id]);
    setTimeout(() => (this.fresh = this.fresh.difference(new Set([note.id]))), FRESH_MS);
    if (note.createdBy.id !== this.session.me?.agent.id) this.#announcer.whenQuiet(this.locale.t('notes.new', { name: note.agentName, author: note.createdBy.name }));
  }

  #changed(note: QuickNote): void {
    const belongs = fits(note, this.#query);
    if (belongs === undefined) this.#askSoon();
    else if (belongs) this.#notes.mutate((loaded) => withNote(loaded, note));
    else this.#gone(note.id);
  }

  #gone(id: string): void {
    if (this.opened === id && this.edit?.id !== id) this.opened = undefined;
    this.#notes.mutate((loaded) => withoutNote(loaded, id));
  }

  #askSoon(): void {
    this.#settle ??= setTimeout(() => {
      this.#settle = undefined;
      void this.#notes.refresh();
    }, SETTLE_MS);
  }

  #measure(): void {
    this.#tallness.disconnect();
    const open = this.renderRoot.querySelector('.entry.open');
    if (open) this.#tallness.observe(open);
  }

  #head(id: string): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>(`[data-note="${id}"]`);
  }

  readonly #onType = (event: Event): void => {
    this.typed = (event.target as HTMLInputElement).value;
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.#choose({ search: this.typed.trim() }), TYPING_MS);
  };

  readonly #onSearchKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && this.typed) {
      event.stopPropagation();
      this.typed = '';
      clearTimeout(this.#typing);
      this.#choose({ search: '' });
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
