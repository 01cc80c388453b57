import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { NoteDraft } from '../controllers/outbox.ts';
import type { Locale } from '../shared/locale.ts';

export const NOTE_TYPES = ['COACHING', 'POSITIVE', 'URGENT'] as const;
const PRIORITIES = ['LOW', 'MEDIUM', 'HIGH'] as const;
export const MAX_CONTENT = 10_000;
const MAX_CATEGORY = 50;

export type NoteType = (typeof NOTE_TYPES)[number];
type Priority = (typeof PRIORITIES)[number];

/** What is being written; kept as it is when the note is closed without saving. */
export interface Draft {
  noteType: NoteType;
  /** Undefined follows the type: urgent is high, the rest medium. */
  priority: Priority | undefined;
  content: string;
  category: string;
  isPrivate: boolean;
}

export const emptyDraft: Draft = { noteType: 'COACHING', priority: undefined, content: '', category: '', isPrivate: false };

function priorityOf(draft: Draft): Priority {
  return draft.priority ?? (draft.noteType === 'URGENT' ? 'HIGH' : 'MEDIUM');
}

/** The request body of a draft. */
export function toNote(draft: Draft, agentId: number, interactionId: string | undefined): NoteDraft {
  const category = draft.category.trim();
  return {
    agentId,
    noteType: draft.noteType,
    priority: priorityOf(draft),
    content: draft.content.trim(),
    isPrivate: draft.isPrivate,
    ...(category ? { category } : {}),
    ...(interactionId ? { interactionId } : {}),
  };
}

export interface NoteFormOptions {
  locale: Locale;
  draft: Draft;
  name: string;
  problem: string;
  saving: boolean;
  change: (change: Partial<Draft>) => void;
}

/** Type, text, priority, category and privacy. The text comes second so that it opens with focus and Tab goes on. */
export function noteForm({ locale, draft, name, problem, saving, change }: NoteFormOptions): TemplateResult {
  const t = locale.t.bind(locale);
  return html`
    ${choice(t('note.type'), 'type', NOTE_TYPES, draft.noteType, (type) => t(`note.type.${type}`), (noteType) => change({ noteType }), true)}
    <textarea
      id="text" part="note-text" rows="4" aria-label=${t('note.text')} placeholder=${t('note.placeholder')}
      aria-invalid=${problem ? 'true' : 'false'} aria-describedby="problem"
      .value=${live(draft.content)} ?readonly=${saving}
      @input=${(event: InputEvent) => change({ content: (event.target as HTMLTextAreaElement).value })}
    ></textarea>
    <p id="problem" class="problem" role="alert">${problem}</p>
    <div class="row">
      ${choice(t('note.priority'), 'priority', PRIORITIES, priorityOf(draft), (priority) => t(`note.priority.${priority}`), (priority) => change({ priority }))}
      <label class="check" title=${t('note.privateHint', { name })}>
        <input type="checkbox" role="switch" .checked=${live(draft.isPrivate)}
          @change=${(event: Event) => change({ isPrivate: (event.target as HTMLInputElement).checked })} />
        ${t('note.private')}
      </label>
    </div>
    ${draft.isPrivate ? html`<p class="quiet small">${t('note.privateHint', { name })}</p>` : nothing}
    <div class="category">
      <input type="text" maxlength=${MAX_CATEGORY} aria-label=${t('note.category')} autocomplete="off"
        placeholder=${`${t('note.category')} (${t('common.optional')})`} .value=${live(draft.category)}
        @input=${(event: InputEvent) => change({ category: (event.target as HTMLInputElement).value })} />
      <div class="chips">
        ${t('note.categories').split('|').map((category) => html`<button type="button" class="chip"
          aria-pressed=${draft.category === category ? 'true' : 'false'}
          @click=${() => change({ category: draft.category === category ? '' : category })}>${category}</button>`)}
      </div>
    </div>
  `;
}

function choice<T extends string>(
  legend: string,
  name: string,
  values: readonly T[],
  chosen: T,
  label: (value: T) => string,
  choose: (value: T) => void,
  numbered = false,
): TemplateResult {
  return html`<fieldset class="choice" part=${name}>
    <legend class="sr">${legend}</legend>
    ${values.map((value, index) => html`<label class="choice-${value}">
      <input class="sr" type="radio" name=${name} value=${value} .checked=${live(value === chosen)} @change=${() => choose(value)} />
      ${numbered ? html`<kbd aria-hidden="true">${index + 1}</kbd>` : nothing}<span>${label(value)}</span>
    </label>`)}
  </fieldset>`;
}
