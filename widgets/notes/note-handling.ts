import { html, nothing, type TemplateResult } from 'lit';
import { writesNotes, type Session } from '../contexts/session.context.ts';
import type { QuickNote } from '../controllers/outbox.ts';
import { Toast } from '../controllers/toast.ts';
import { Confirm } from '../shared/confirm.ts';
import { draggedNote, type DraggedNote } from '../shared/dragged-note.ts';
import type { SidelineElement } from '../shared/element.ts';
import { icon } from '../shared/icons.ts';
import { dropTargets } from './drop-targets.ts';
import { NoteActions, type NoteActionsHost } from './note-actions.ts';
import type { NoteDeeds } from './note-buttons.ts';

export interface NoteHandlingOptions extends Omit<NoteActionsHost, 'confirm' | 'bring'> {
  session: () => Session;
  /** The notes in the order of the list. */
  notes: () => readonly QuickNote[];
  head: (id: string) => HTMLElement | null;
  focus: (id: string) => Promise<void>;
  edit: (note: QuickNote) => void;
  /** A session with whom the note is about is to be scheduled. */
  schedule: (note: DraggedNote) => void;
}

/** What a short word beside a note says. */
interface Told {
  readonly text: string;
  readonly label?: string;
  readonly run?: () => void;
}

/** What is done with a note from the list: by its buttons and keys or by dragging it, with a word about it and the way back or on. */
export class NoteHandling {
  readonly #host: SidelineElement;
  readonly #options: NoteHandlingOptions;
  readonly #confirm: Confirm;
  readonly #actions: NoteActions;
  readonly #toast: Toast;
  /** What was done last, while it is shown. */
  #told: Told | undefined;
  /** A note that hangs under the pointer. */
  #dragged: QuickNote | undefined;

  constructor(host: SidelineElement, options: NoteHandlingOptions) {
    this.#host = host;
    this.#options = options;
    this.#confirm = new Confirm(host);
    this.#actions = new NoteActions({ ...options, confirm: this.#confirm, bring: (load) => host.bring(load) });
    this.#toast = new Toast(host, '.toast', () => this.#tell(undefined));
  }

  render(): TemplateResult {
    return html`<div class="toast" part="toast" popover="manual"
        @pointerenter=${this.#toast.hold} @focusin=${this.#toast.hold} @pointerleave=${this.#toast.release} @focusout=${this.#toast.release}>
        ${this.#told ? words(this.#told) : nothing}
      </div>
      ${this.#confirm.render()}`;
  }

  /** Where a note may be dropped, while one is dragged. */
  targets(): TemplateResult | typeof nothing {
    return this.#dragged ? dropTargets(this.#options.locale(), { action: this.#leads, drop: (to, note) => void this.#promote(note, to) }) : nothing;
  }

  drag(event: DragEvent, note: QuickNote): void {
    draggedNote.put(event, note);
    this.#hang(note);
  }

  readonly dragEnd = (): void => this.#hang(undefined);

  /**
   * Its author and administrators change a note, leaders mark it, not those it is about; the server decides again. A
   * private note becomes nothing that the person it is about would read.
   */
  deeds(note: QuickNote): NoteDeeds {
    const me = this.#options.session().me?.agent;
    const mine = me !== undefined && (note.createdBy.id === me.id || me.role === 'admin');
    return {
      address: this.#leads && note.agentId !== me?.id ? () => void this.#setAddressed(note, !note.addressedAt) : undefined,
      agenda: note.isPrivate ? undefined : () => void this.#promote(note, 'agenda'),
      action: this.#leads && !note.isPrivate ? () => void this.#promote(note, 'action') : undefined,
      edit: mine ? () => this.#options.edit(note) : undefined,
      remove: mine ? () => void this.#delete(note) : undefined,
    };
  }

  get #leads(): boolean {
    return writesNotes(this.#options.session());
  }

  async #promote(note: DraggedNote, to: 'agenda' | 'action'): Promise<void> {
    const { me } = this.#options.session();
    if (!me) return;
    this.#hang(undefined);
    const done = await this.#actions.promote(note, to, { own: note.agentId === me.agent.id, timeZone: me.installation.businessTimezone });
    if (!done) return;
    this.#options.say(done.text);
    const schedule = { label: this.#options.locale().t('notes.schedule'), run: () => this.#schedule(note) };
    this.#say({ text: done.text, ...(done.missing && this.#leads ? schedule : {}) }, note.id);
  }

  #schedule(note: DraggedNote): void {
    this.#toast.hide();
    this.#options.schedule(note);
  }

  async #setAddressed(note: QuickNote, addressed: boolean, undoable = true): Promise<void> {
    this.#toast.hide();
    const next = this.#after(note.id);
    const done = await this.#actions.setAddressed(note, addressed);
    if (!done) return;
    const left = !this.#options.notes().some(({ id }) => id === note.id);
    if (left && next) await this.#options.focus(next);
    if (!undoable) return;
    const locale = this.#options.locale();
    const text = locale.t(addressed ? 'notes.addressedNow' : 'notes.reopenedNow');
    this.#say({ text, label: locale.t('common.undo'), run: () => void this.#setAddressed(done, !addressed, false) }, left ? next : note.id);
  }

  async #delete(note: QuickNote): Promise<void> {
    const next = this.#after(note.id);
    if ((await this.#actions.remove(note)) && next) await this.#options.focus(next);
  }

  /** Where the focus goes when a note leaves the list. */
  #after(id: string): string | undefined {
    const notes = this.#options.notes();
    const at = notes.findIndex((note) => note.id === id);
    return (notes[at + 1] ?? notes[at - 1])?.id;
  }

  #say(told: Told, beside: string | undefined): void {
    this.#tell(told);
    void this.#toast.show(this.#options.head(beside ?? '') ?? this.#host);
  }

  #tell(told: Told | undefined): void {
    this.#told = told;
    this.#host.requestUpdate();
  }

  #hang(note: QuickNote | undefined): void {
    this.#dragged = note;
    this.#host.requestUpdate();
  }
}

function words({ text, label, run }: Told): TemplateResult {
  return html`${icon('check')}<span>${text}</span>${run ? html`<button class="link" type="button" @click=${run}>${label}</button>` : nothing}`;
}
