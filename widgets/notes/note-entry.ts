import { html, nothing, type TemplateResult } from 'lit';
import type { QuickNote } from '../controllers/outbox.ts';
import { icon, warningShape } from '../shared/icons.ts';
import type { Locale } from '../shared/locale.ts';

export interface NoteEntryOptions {
  locale: Locale;
  note: QuickNote;
  open: boolean;
  fresh: boolean;
  /** Where it stands among all. */
  index: number;
  total: number;
  tabIndex: '0' | '-1';
  /** Whether the list is about one person, whose name need not be repeated. */
  onePerson: boolean;
  /** Sets the place in the list. */
  place: unknown;
  /** What may be done with it; instead of its text, the form while it is edited. */
  below: TemplateResult | typeof nothing;
  editing: boolean;
  toggle: () => void;
  focused: () => void;
  drag: ((event: DragEvent) => void) | undefined;
  dragEnd: () => void;
}

/** One note: kind, person and the beginning of its text in a known height; opened, all of it and what can be done. */
export function noteEntry(options: NoteEntryOptions): TemplateResult {
  const { locale, note, open, fresh, place } = options;
  const t = locale.t.bind(locale);
  return html`<li class="placed entry ${open ? 'open' : ''} ${fresh ? 'fresh' : ''} ${note.addressedAt ? 'done' : ''}" part="note" data-key=${note.id}
    aria-setsize=${options.total} aria-posinset=${options.index + 1} draggable=${options.drag ? 'true' : 'false'} @dragstart=${options.drag} @dragend=${options.dragEnd} ${place}>
    <button type="button" class="head" data-note=${note.id} tabindex=${options.tabIndex} aria-expanded=${open ? 'true' : 'false'} @click=${options.toggle} @focus=${options.focused}>
      <span class="top">
        <span class="kind ${note.noteType}">${mark(note)}${t(`note.type.${note.noteType}`)}</span>
        ${options.onePerson ? nothing : html`<span class="who ellipsis">${note.agentName}</span>`}
        ${open ? privately(options) : nothing}
        ${note.priority === 'HIGH' ? html`<span class="high">${t('notes.highPriority')}</span>` : nothing}
        <span class="category ellipsis">${note.category}</span>
        ${note.addressedAt ? html`<span class="marked" title=${t('notes.addressed')}>${icon('check', 12)}<span class="sr">${t('notes.addressed')}</span></span>` : nothing}
        <time class="when" datetime=${note.createdAt} title=${locale.instant(note.createdAt)}>${locale.ago(Date.parse(note.createdAt), Date.now())}</time>
      </span>
      ${open ? nothing : html`<span class="beginning">${privately(options)}${note.content}</span>`}
    </button>
    ${open ? detail(options) : nothing}
  </li>`;
}

function detail({ locale, note, below, editing }: NoteEntryOptions): TemplateResult {
  if (editing) return html`<div class="detail">${below}</div>`;
  const t = locale.t.bind(locale);
  return html`<div class="detail">
    <p class="text" part="text">${note.content}</p>
    <p class="small quiet">
      ${t('notes.written', { author: note.createdBy.name, when: locale.instant(note.createdAt) })}
      ${[note.category, note.priority === 'LOW' ? t('notes.lowPriority') : null].filter(Boolean).map((word) => ` · ${word}`)}
      ${note.addressedAt && note.addressedBy ? html`<br />${t('notes.addressedBy', { name: note.addressedBy.name, when: locale.instant(note.addressedAt) })}` : nothing}
      ${note.isPrivate ? html`<br />${t('notes.privateHint', { name: note.agentName })}` : nothing}
    </p>
    ${below}
  </div>`;
}

/** Said before the text, so that nobody reads it out to the wrong person. */
function privately({ locale, note }: NoteEntryOptions): TemplateResult | typeof nothing {
  if (!note.isPrivate) return nothing;
  return html`<span class="private" title=${locale.t('notes.privateHint', { name: note.agentName })}>${icon('lock', 11)}${locale.t('notes.markedPrivate')}</span> `;
}

/** Shape beside the word, so that the kind does not hang on colour. */
function mark({ noteType }: QuickNote): TemplateResult | typeof nothing {
  if (noteType === 'URGENT') return warningShape(10);
  return noteType === 'POSITIVE' ? icon('check', 12) : nothing;
}
