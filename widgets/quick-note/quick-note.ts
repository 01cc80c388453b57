import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { writesNotes } from '../contexts/session.context.ts';
import { Announcer } from '../controllers/announcer.ts';
import type { Outbox, QuickNote, Sent } from '../controllers/outbox.ts';
import { Toast } from '../controllers/toast.ts';
import { body, toApiError } from '../shared/api-error.ts';
import { problemText } from '../shared/blocks.ts';
import { define, SidelineElement } from '../shared/element.ts';
import { focusedIn } from '../shared/focus.ts';
import { icon } from '../shared/icons.ts';
import { keepPlaced } from '../shared/place.ts';
import '../shared/strings/note.ts';
import { emptyDraft, MAX_CONTENT, NOTE_TYPES, noteForm, toNote, type Draft, type NoteType } from './note-form.ts';
import { noteFormStyles } from './note-form.styles.ts';
import type { NoteTemplates } from './note-templates.ts';
import { quickNoteStyles } from './quick-note.styles.ts';
import { undecidedNotes } from './undecided-notes.ts';

const noteTemplates = async () => import('./note-templates.ts');

/** Who a note is about, and what it is about. */
export interface NoteSubject {
  agentId: number;
  name: string;
  interactionId?: string | undefined;
  /** Shown as "About: …". */
  about?: string | undefined;
  /** The type chosen at first; a draft that was left open keeps its own. */
  noteType?: NoteType | undefined;
}

/** The last note written, while it can be taken back. */
interface Written {
  subject: NoteSubject;
  draft: Draft;
  key: string;
  note: QuickNote | undefined;
}

/**
 * A button that opens a note in the place where it is.
 *
 * @fires sideline-note-saved - detail: `{note}`
 * @fires sideline-note-kept - written offline; detail: `{agentId}`
 * @fires sideline-note-undone - detail: `{noteId}`
 * @csspart button - the button that opens the note
 * @csspart note - the note itself
 */
export class SidelineQuickNote extends SidelineElement {
  static override styles: CSSResultGroup = [SidelineElement.styles, noteFormStyles, quickNoteStyles];
  static override properties = {
    agentId: { type: Number, attribute: 'agent-id' },
    agentName: { attribute: 'agent-name' },
    interactionId: { attribute: 'interaction-id' },
    about: {},
    buttonless: { type: Boolean, reflect: true },
    primary: { type: Boolean },
    subject: { state: true },
    draft: { state: true },
    problem: { state: true },
    saving: { state: true },
    written: { state: true },
  };

  declare agentId: number | undefined;
  declare agentName: string | undefined;
  declare interactionId: string | undefined;
  declare about: string | undefined;
  /** No button of its own: opened by another widget through `open()`. */
  declare buttonless: boolean;
  /** The button is the one main action of its surroundings. */
  declare primary: boolean;
  declare private subject: NoteSubject | undefined;
  declare private draft: Draft;
  declare private problem: string;
  declare private saving: boolean;
  declare private written: Written | undefined;

  readonly #announcer = new Announcer(this);
  readonly #drafts = new Map<number, Draft>();
  #templates: NoteTemplates | undefined;
  #anchor: Element | undefined;
  #opener: HTMLElement | undefined;
  #stopPlacing: (() => void) | undefined;
  readonly #toast = new Toast(this, '.toast', () => (this.written = undefined));
  readonly #outside = (event: Event): void => this.#clickedOutside(event);

  /** A kept note went out while it could still be undone: undoing it now means deleting it. */
  readonly #sent = (event: Event): void => {
    const { key, answer } = (event as CustomEvent<Sent>).detail;
    if (this.written?.key === key) this.written = { ...this.written, note: answer as QuickNote };
  };
  #listening: Outbox | undefined;

  constructor() {
    super();
    this.buttonless = false;
    this.primary = false;
    this.draft = emptyDraft;
    this.problem = '';
    this.saving = false;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (this.outbox === this.#listening) return;
    this.#listening?.removeEventListener('sent', this.#sent);
    this.#listening = this.outbox;
    this.#listening?.addEventListener('sent', this.#sent);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopPlacing?.();
    removeEventListener('pointerdown', this.#outside, true);
  }

  /** Opens the note beside `anchor` (the button, when left out); closing gives the focus back to where it was. */
  async open(subject: NoteSubject, anchor?: Element): Promise<void> {
    this.#keepDraft();
    this.subject = subject;
    this.draft = this.#drafts.get(subject.agentId) ?? { ...emptyDraft, noteType: subject.noteType ?? 'COACHING' };
    this.problem = '';
    this.#opener = focusedIn(this);
    this.#anchor = anchor ?? this.renderRoot.querySelector('.open') ?? this;
    this.#toast.hide();
    await this.updateComplete;
    const note = this.#part('.note');
    note.showPopover();
    this.#stopPlacing?.();
    this.#stopPlacing = keepPlaced(note, this.#anchor);
    addEventListener('pointerdown', this.#outside, true);
    this.#part('textarea').focus({ preventScroll: true });
    void this.#offerTemplates();
  }

  /** Last of all: writing does not wait for them. */
  async #offerTemplates(): Promise<void> {
    const code = await this.bring(noteTemplates);
    this.#templates ??= code && new code.NoteTemplates({ client: () => this.client, locale: () => this.locale, update: () => this.requestUpdate() });
    await this.#templates?.load();
  }

  close(): void {
    this.#keepDraft();
    this.#stopPlacing?.();
    removeEventListener('pointerdown', this.#outside, true);
    const note = this.#part('.note');
    if (note.matches(':popover-open')) note.hidePopover();
    this.subject = undefined;
    this.#opener?.focus({ preventScroll: true });
  }

  protected override render(): TemplateResult {
    return html`
      ${this.buttonless ? nothing : this.#button()}
      <div class="note floating" part="note" popover="manual" role="dialog" aria-labelledby="title" @keydown=${this.#onKey}>
        ${this.subject ? this.#form(this.subject) : nothing}
      </div>
      <div class="toast floating" part="toast" popover="manual"
        @pointerenter=${this.#toast.hold} @focusin=${this.#toast.hold} @pointerleave=${this.#toast.release} @focusout=${this.#toast.release}>
        ${this.written ? this.#offerUndo(this.written) : nothing}
      </div>
      ${this.#announcer.render()}
    `;
  }

  #button(): TemplateResult {
    const allowed = !this.session.me || writesNotes(this.session);
    const word = this.locale.t(this.primary ? 'note.write' : 'note.open');
    const label = this.agentName ? this.locale.t('note.openFor', { word, name: this.agentName }) : word;
    return html`<button class="open ${this.primary ? 'primary' : ''}" part="button" type="button" aria-haspopup="dialog" aria-label=${label}
      aria-disabled=${allowed ? 'false' : 'true'} title=${allowed ? nothing : this.locale.t('state.forbidden.title')}
      @click=${() => (allowed ? void this.#openOwn() : this.#announcer.now(this.locale.t('state.forbidden.title')))}>
      ${icon('note')}<span>${word}</span>
    </button>`;
  }

  #form(subject: NoteSubject): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const mac = /Mac|iP(hone|ad)/.test(navigator.userAgent);
    const change = (change: Partial<Draft>): void => this.#change(change);
    return html`
      <div class="head">
        <h2 id="title">${t('note.title', { name: subject.name })}</h2>
        <button class="plain icon end" type="button" aria-label=${t('common.close')} @click=${this.close}>${icon('close')}</button>
      </div>
      ${subject.about ? html`<p class="quiet small" part="context">${t('note.about', { context: subject.about })}</p>` : nothing}
      ${this.session.state === 'expired' ? html`<p class="quiet small">${t('state.expired.title')} ${t('note.kept')}.</p>` : nothing}
      ${this.outbox ? undecidedNotes(this.locale, this.outbox) : nothing}
      ${noteForm({ locale: this.locale, draft: this.draft, name: subject.name, problem: this.problem, saving: this.saving, change })}
      ${this.#templates?.choice?.(this.draft, change)}
      <div class="foot">
        <span class="quiet small">${t(mac ? 'note.keysMac' : 'note.keys')}</span>
        <button class="primary" type="button" ?disabled=${this.saving} @click=${() => void this.#save()}>
          ${t(this.saving ? 'note.saving' : 'note.save')}
        </button>
      </div>
    `;
  }

  #offerUndo(written: Written): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    return html`${icon('check')}<span>${this.#outcome(written)}</span>
      <button class="link" type="button" @click=${() => void this.#undo(written)}>${t('common.undo')}</button>`;
  }

  #outcome({ note }: Written): string {
    if (note) return this.locale.t('note.saved');
    return this.locale.t(this.outbox?.durable === false ? 'note.keptUntilClosed' : 'note.kept');
  }

  async #openOwn(): Promise<void> {
    if (!this.agentId) return this.#announcer.now(this.locale.t('note.noAgent'));
    const { agentId, agentName, interactionId, about } = this;
    await this.open({ agentId, name: agentName ?? `#${agentId}`, interactionId, about });
  }

  #change(change: Partial<Draft>): void {
    this.draft = { ...this.draft, ...change };
    this.problem = '';
  }

  #onKey(event: KeyboardEvent): void {
    const digit = /^Digit([123])$/.exec(event.code)?.[1];
    if (event.key === 'Escape') {
      event.stopPropagation();
      event.preventDefault(); // else a dialog around it would close as well
      this.close();
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void this.#save();
    } else if (digit && this.#choosesType(event)) {
      event.preventDefault();
      this.#change({ noteType: NOTE_TYPES[Number(digit) - 1] ?? 'COACHING' });
    } else {
      event.stopPropagation(); // what is typed here is no shortcut of the page around it
    }
  }

  /** Bare digits choose while nothing is written yet, Alt + digit always. */
  #choosesType(event: KeyboardEvent): boolean {
    if (event.altKey) return true;
    if (event.ctrlKey || event.metaKey || event.shiftKey) return false;
    const target = event.composedPath()[0];
    return target instanceof HTMLTextAreaElement ? target.value === '' : !(target instanceof HTMLInputElement && target.type === 'text');
  }

  async #save(): Promise<void> {
    const { subject, draft, outbox } = this;
    if (!subject || this.saving) return;
    this.problem = this.#check(draft);
    if (this.problem) return this.#part('textarea').focus();
    if (!outbox) {
      this.problem = `${this.locale.t('note.notSaved')} ${this.locale.t('state.signedOut.title')}`;
      return;
    }
    this.saving = true;
    try {
      const { key, answer: note } = await outbox.write(toNote(draft, subject.agentId, subject.interactionId));
      this.#done({ subject, draft, key, note });
    } catch (error) {
      this.problem = `${this.locale.t('note.notSaved')} ${problemText(this.locale, toApiError(error))}`;
    } finally {
      this.saving = false;
    }
  }

  #check(draft: Draft): string {
    const length = draft.content.trim().length;
    if (length === 0) return this.locale.t('note.required');
    return length > MAX_CONTENT ? this.locale.t('note.tooLong', { max: MAX_CONTENT, n: length }) : '';
  }

  #done(written: Written): void {
    this.draft = emptyDraft;
    this.close();
    this.written = written;
    if (written.note) this.emit('sideline-note-saved', { note: written.note });
    else this.emit('sideline-note-kept', { agentId: written.subject.agentId });
    this.#announcer.now(this.#outcome(written));
    void this.#toast.show(this.#anchor);
  }

  /** Takes the note back and opens it again with its text. */
  async #undo(written: Written): Promise<void> {
    this.#toast.hold();
    try {
      await this.#takeBack(written);
    } catch (error) {
      this.#announcer.now(`${this.locale.t('note.undoFailed')} ${problemText(this.locale, toApiError(error))}`);
      return this.#toast.hide();
    }
    this.#drafts.set(written.subject.agentId, written.draft);
    this.#announcer.now(this.locale.t('note.undone'));
    if (written.note) this.emit('sideline-note-undone', { noteId: written.note.id });
    await this.open(written.subject, this.#anchor);
  }

  async #takeBack({ note, key }: Written): Promise<void> {
    if (!note) return this.outbox?.discard(key);
    if (!this.client) return;
    await body(this.client.http.DELETE('/api/quick-notes/{id}', { params: { path: { id: note.id } } }));
  }

  #keepDraft(): void {
    if (!this.subject) return;
    if (this.draft.content) this.#drafts.set(this.subject.agentId, this.draft);
    else this.#drafts.delete(this.subject.agentId);
  }

  /** A click elsewhere closes an empty note; one with text stays, so that facts can be looked up meanwhile. */
  #clickedOutside(event: Event): void {
    if (this.draft.content.trim() === '' && !event.composedPath().includes(this.#part('.note'))) this.close();
  }

  #part(selector: string): HTMLElement {
    const element = this.renderRoot.querySelector<HTMLElement>(selector);
    if (!element) throw new Error(`${selector} is not rendered`);
    return element;
  }
}

define('sideline-quick-note', SidelineQuickNote);

declare global {
  interface HTMLElementTagNameMap {
    'sideline-quick-note': SidelineQuickNote;
  }
}
