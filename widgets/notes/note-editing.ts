import { html, nothing, type TemplateResult } from 'lit';
import type { components } from '../../api/http/contract.types.ts';
import type { QuickNote } from '../controllers/outbox.ts';
import type { SidelineClient } from '../provider/client.ts';
import { MAX_CONTENT, noteForm, type Draft } from '../quick-note/note-form.ts';
import { body, toApiError } from '../shared/api-error.ts';
import { problemText } from '../shared/blocks.ts';
import { formKeys } from '../shared/form-keys.ts';
import type { Locale } from '../shared/locale.ts';

export interface EditingHost {
  client: () => SidelineClient | undefined;
  locale: () => Locale;
  /** Something of it is to be shown anew. */
  update: () => void;
  /** The note as it stands now, whoever changed it. */
  changed: (note: QuickNote) => void;
  /** Editing is over. */
  left: (note: QuickNote, saved: boolean) => void;
}

/** One note while it is edited. What was written stays when it scrolls away, and when saving fails. */
export class NoteEditing {
  readonly #host: EditingHost;
  #note: QuickNote;
  #draft: Draft;
  #problem = '';
  #saving = false;

  constructor(host: EditingHost, note: QuickNote) {
    const { noteType, priority, content, category, isPrivate } = note;
    this.#host = host;
    this.#note = note;
    this.#draft = { noteType, priority, content, category: category ?? '', isPrivate };
  }

  get id(): string {
    return this.#note.id;
  }

  render(): TemplateResult {
    const locale = this.#host.locale();
    const t = locale.t.bind(locale);
    const change = (changed: Partial<Draft>): void => this.#change(changed);
    const mac = /Mac|iP(hone|ad)/.test(navigator.userAgent);
    return html`<div class="edit" role="group" aria-label=${t('notes.editTitle', { name: this.#note.agentName })} @keydown=${this.#onKey}>
      ${noteForm({ locale, draft: this.#draft, name: this.#note.agentName, problem: this.#problem, saving: this.#saving, change })}
      <div class="line">
        <button type="button" class="primary" ?disabled=${this.#saving} @click=${() => void this.#save()}>${t(this.#saving ? 'note.saving' : 'notes.save')}</button>
        <button type="button" class="plain" @click=${() => this.#host.left(this.#note, false)}>${t('common.cancel')}</button>
        ${this.#saving ? nothing : html`<span class="quiet small end">${t(mac ? 'note.keysMac' : 'note.keys')}</span>`}
      </div>
    </div>`;
  }

  readonly #onKey = formKeys(() => void this.#save(), () => this.#host.left(this.#note, false));

  #change(change: Partial<Draft>): void {
    this.#draft = { ...this.#draft, ...change };
    this.#set('');
  }

  #set(problem: string, saving = false): void {
    this.#problem = problem;
    this.#saving = saving;
    this.#host.update();
  }

  async #save(): Promise<void> {
    const client = this.#host.client();
    if (!client || this.#saving) return;
    const fault = this.#fault();
    if (fault) return this.#set(fault);
    const changes = changesOf(this.#note, this.#draft);
    if (Object.keys(changes).length === 0) return this.#host.left(this.#note, false);
    this.#set('', true);
    try {
      const params = { path: { id: this.#note.id }, header: { 'If-Match': `"${this.#note.version}"` } };
      const saved = await body(client.http.PUT('/api/quick-notes/{id}', { params, body: changes }));
      this.#host.changed(saved);
      this.#host.left(saved, true);
    } catch (error) {
      await this.#refused(client, error);
    }
  }

  #fault(): string {
    const locale = this.#host.locale();
    const { length } = this.#draft.content.trim();
    if (length === 0) return locale.t('note.required');
    return length > MAX_CONTENT ? locale.t('note.tooLong', { max: MAX_CONTENT, n: length }) : '';
  }

  /** Where somebody was faster, theirs is shown, and saving again says that this one is kept. */
  async #refused(client: SidelineClient, error: unknown): Promise<void> {
    const locale = this.#host.locale();
    const problem = toApiError(error);
    const theirs = problem.status === 412 ? await body(client.http.GET('/api/quick-notes/{id}', { params: { path: { id: this.#note.id } } })).catch(() => undefined) : undefined;
    if (!theirs) return this.#set(`${locale.t('note.notSaved')} ${problemText(locale, problem)}`);
    this.#note = theirs;
    this.#host.changed(theirs);
    this.#set(locale.t('notes.overtaken', { text: theirs.content }));
  }
}

/** What was changed and nothing else, so that nobody's other change is undone. */
export function changesOf(note: QuickNote, draft: Draft): components['schemas']['UpdateQuickNoteData'] {
  const content = draft.content.trim();
  const category = draft.category.trim();
  return {
    ...(draft.noteType === note.noteType ? {} : { noteType: draft.noteType }),
    ...(draft.priority === undefined || draft.priority === note.priority ? {} : { priority: draft.priority }),
    ...(content === note.content ? {} : { content }),
    ...(category === (note.category ?? '') || !category ? {} : { category }),
    ...(draft.isPrivate === note.isPrivate ? {} : { isPrivate: draft.isPrivate }),
  };
}
