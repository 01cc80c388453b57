import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { repeat } from 'lit/directives/repeat.js';
import { writesNotes } from '../contexts/session.context.ts';
import { Announcer } from '../controllers/announcer.ts';
import { EverySeconds } from '../controllers/clock.controller.ts';
import { Fresh } from '../controllers/fresh.ts';
import { onListKey } from '../controllers/list-keys.ts';
import type { QuickNote } from '../controllers/outbox.ts';
import type { Resource } from '../controllers/resource.ts';
import { RovingFocus } from '../controllers/roving-focus.ts';
import type { Placed } from '../controllers/virtual-list.ts';
import { noteFormStyles } from '../quick-note/note-form.styles.ts';
import type { SidelineQuickNote } from '../quick-note/quick-note.ts';
import { agentDialogStyles } from '../shared/agent-dialog.styles.ts';
import { confirmStyles } from '../shared/confirm.styles.ts';
import { cssVars } from '../shared/css-vars.ts';
import type { DraggedNote } from '../shared/dragged-note.ts';
import { define, SidelineElement } from '../shared/element.ts';
import { findStyles } from '../shared/find.styles.ts';
import { listToolsStyles } from '../shared/list-tools.styles.ts';
import '../shared/strings/note.ts';
import '../shared/strings/notes.ts';
import { switchStyles } from '../shared/switch.styles.ts';
import { toastStyles } from '../shared/toast.styles.ts';
import { keptNotes } from './kept-notes.ts';
import { deedOfKey, noteButtons } from './note-buttons.ts';
import type { NoteEditing } from './note-editing.ts';
import { noteEntry } from './note-entry.ts';
import { NoteHandling } from './note-handling.ts';
import { noteTools } from './note-tools.ts';
import { noNotes, noteBones } from './notes-blocks.ts';
import { NotesChoice } from './notes-choice.ts';
import { NotesFeed } from './notes-feed.ts';
import { loadNotes, toQuery, type Loaded, type Query } from './notes-model.ts';
import { NotesRows } from './notes-rows.ts';
import { notesStyles } from './notes.styles.ts';

const sessionDialog = async () => import('../shared/session-dialog.ts');
const quickNote = (): Promise<unknown> => import('../quick-note/quick-note.ts');
const noteEditing = async () => import('./note-editing.ts');

/**
 * Notes in one's scope: found, filtered, read, addressed, edited.
 *
 * @fires sideline-note-saved - detail: `{note}`
 * @fires sideline-session-open - a session is to be scheduled; detail `{agentId, name, schedule}`
 * @csspart tools filter-button note note-template text address-button agenda-button action-button edit-button delete-button drop-targets
 */
export class SidelineNotes extends SidelineElement {
  static override styles: CSSResultGroup = [SidelineElement.styles, confirmStyles, agentDialogStyles, noteFormStyles, findStyles, listToolsStyles, switchStyles, toastStyles, notesStyles];
  static override properties = {
    agentId: { type: Number, attribute: 'agent-id' },
    opened: { state: true },
    edit: { state: true },
  };

  /** Notes about one person only. */
  declare agentId: number | undefined;
  declare private opened: string | undefined;
  declare private edit: NoteEditing | undefined;

  readonly #quickNote = createRef<SidelineQuickNote>();
  readonly #choice = new NotesChoice(this, () => (this.opened = undefined));
  readonly #announcer = new Announcer(this);
  readonly #fresh = new Fresh(this);
  readonly #feed: NotesFeed = new NotesFeed({
    notes: () => this.#notes,
    client: () => this.client,
    query: () => this.#query,
    arrived: (note) => this.#arrived(note),
    gone: (id) => {
      if (this.opened === id && this.edit?.id !== id) this.opened = undefined;
    },
  });
  readonly #notes: Resource<{ me: number; key: Query }, Loaded> = this.resource<Query, Loaded>({
    key: () => this.#query,
    load: (client, query, signal) => loadNotes(client, query, this.#notes.data?.notes.length ?? 0, signal),
  });
  readonly #rows = new NotesRows(this, { notes: () => this.#loaded, opened: () => this.opened });
  readonly #focus = new RovingFocus<string>(this, {
    ids: () => this.#loaded.map(({ id }) => id),
    element: (id) => this.#head(id),
    reveal: (id) => this.#rows.reveal(id),
  });
  readonly #handling = new NoteHandling(this, {
    client: () => this.client,
    locale: () => this.locale,
    session: () => this.session,
    notes: () => this.#loaded,
    head: (id) => this.#head(id),
    focus: (id) => this.#focus.focus(id),
    say: (text) => this.#announcer.now(text),
    changed: (note) => this.#feed.changed(note),
    gone: (id) => this.#feed.gone(id),
    refresh: () => this.#notes.refresh(),
    edit: (note) => void this.#startEdit(note),
    schedule: (note) => this.#schedule(note),
  });

  constructor() {
    super();
    new EverySeconds(this, 60); // ages grow with time alone
    this.addEventListener('sideline-note-saved', ({ detail }) => this.#feed.arrived(detail.note));
    this.addEventListener('sideline-note-undone', ({ detail }) => this.#feed.gone(detail.noteId));
    this.live({
      'quickNote:created': (note) => this.#feed.arrived(note),
      'quickNote:updated': (note) => this.#feed.changed(note),
      'quickNote:deleted': (gone) => this.#feed.gone(gone.id),
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#feed.stop();
  }

  /** Focuses the note last looked at: a page that showed something else meanwhile gives the focus back here. */
  override focus(): void {
    if (this.#focus.active !== undefined) void this.#focus.focus(this.#focus.active);
  }

  /** Writing comes after reading: nobody waits for its code. */
  protected override firstUpdated(): void {
    this.need(quickNote);
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.#feed.readTo(this.#rows.visible().at(-1)?.index ?? 0);
  }

  protected override render(): TemplateResult {
    return html`${this.bars(this.#notes)} ${this.blocked() ?? html`${this.#tools()} ${keptNotes(this.locale, this.outbox, this.#query.agentId)} ${this.show(this.#notes, (loaded) => this.#entries(loaded), () => noteBones(this.locale))}`}
      ${this.#handling.render()} ${this.#announcer.render()}
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
    if (loaded.notes.length === 0) return noNotes(this.locale, this.#choice.filters, { clear: this.#choice.clearAll, all: () => this.#choice.choose({ shown: 'all' }) });
    const { total } = this.#rows;
    return html`<div class="scroller ${this.#query.agentId === undefined ? '' : 'one-person'}" ${ref(this.#rows.scroller)} ${cssVars({ '--natural': `${total}px` })}
      @keydown=${(event: KeyboardEvent) => onListKey(event, this.#focus, (key) => this.#shortcut(key))}>
      <ul class="canvas" role="list" aria-label=${this.locale.t('notes.title')} ${cssVars({ '--total': `${total}px` })}>
        ${repeat(this.#rows.visible(), ({ item }) => item.id, (placed) => this.#entry(placed, loaded.total))}
      </ul>
    </div>
    ${this.#handling.targets()}`;
  }

  #entry({ item: note, index, top }: Placed<QuickNote>, total: number): TemplateResult {
    const open = note.id === this.opened;
    const deeds = this.#handling.deeds(note);
    return noteEntry({
      locale: this.locale,
      note,
      open,
      index,
      total,
      fresh: this.#fresh.has(note.id),
      tabIndex: this.#focus.tabIndex(note.id),
      onePerson: this.#query.agentId !== undefined,
      place: cssVars({ '--top': `${top}px`, '--height': `${this.#rows.height}px` }),
      editing: this.edit?.id === note.id,
      below: !open ? nothing : this.edit?.id === note.id ? this.edit.render() : noteButtons(this.locale, note, deeds),
      toggle: () => (this.opened = open ? undefined : note.id),
      focused: () => this.#focus.focused(note.id),
      drag: deeds.agenda ? (event) => this.#handling.drag(event, note) : undefined,
      dragEnd: this.#handling.dragEnd,
    });
  }

  #schedule({ agentId, agentName: name }: DraggedNote): void {
    const detail = { agentId, name, schedule: true };
    if (this.emit('sideline-session-open', detail, true)) void this.bring(sessionDialog).then((code) => code?.openSessionDialog(this, this.locale.t('common.close'), detail));
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

  /** Somebody else's is said, when there is room. */
  #arrived({ id, agentName: name, createdBy }: QuickNote): void {
    this.#fresh.add(id);
    if (createdBy.id !== this.session.me?.agent.id) this.#announcer.whenQuiet(this.locale.t('notes.new', { name, author: createdBy.name }));
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

  #shortcut(key: string): (() => void) | undefined {
    const note = this.#loaded.find(({ id }) => id === this.#focus.active);
    if (!note) return undefined;
    if (key === '/') return () => this.renderRoot.querySelector<HTMLElement>('input[type="search"]')?.focus();
    if (key === 'Escape' && this.opened !== undefined) return () => this.#close();
    if (key === 'n' && this.#leads) return () => void this.#writeNote(note);
    return deedOfKey(key, this.#handling.deeds(note));
  }

  async #writeNote({ id, agentId, agentName: name }: QuickNote): Promise<void> {
    if (await this.bring(quickNote)) await this.#quickNote.value?.open({ agentId, name }, this.#head(id) ?? undefined);
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
