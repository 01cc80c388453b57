import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Fresh } from '../controllers/fresh.ts';
import type { QuickNote } from '../controllers/outbox.ts';
import { icon, warningShape } from '../shared/icons.ts';
import type { Locale } from '../shared/locale.ts';

export interface NotesListOptions {
  locale: Locale;
  notes: readonly QuickNote[];
  /** What arrived while the list was on screen. */
  fresh: Pick<Fresh, 'has'>;
  /** Whether this person may say what is addressed. */
  leads: boolean;
  setAddressed: (note: QuickNote, addressed: boolean) => void;
}

/** Notes, newest first; what arrives while they are read is tinted. */
export function notesList(options: NotesListOptions): TemplateResult {
  return html`<ul class="notes" part="notes" role="list">
    ${repeat(options.notes, (note) => note.id, (note) => noteRow(note, options))}
  </ul>`;
}

function noteRow(note: QuickNote, { locale, fresh, leads, setAddressed }: NotesListOptions): TemplateResult {
  const t = locale.t.bind(locale);
  const when = locale.ago(Date.parse(note.createdAt), Date.now());
  return html`<li class="note ${fresh.has(note.id) ? 'fresh' : ''}" part="note" data-key=${note.id}>
    <div class="kind">
      <b class=${note.noteType}>${mark(note)}${t(`note.type.${note.noteType}`)}</b>
      ${note.priority === 'HIGH' ? html`<span>${t('card.highPriority')}</span>` : nothing}
      ${note.category ? html`<span>${note.category}</span>` : nothing}
      ${note.isPrivate ? html`<span class="line" title=${t('card.private', { name: note.agentName })}>${icon('lock', 12)}${t('note.private')}</span>` : nothing}
    </div>
    ${leads
      ? html`<button type="button" class="plain" part="address-button" @click=${() => setAddressed(note, !note.addressedAt)}>
          ${note.addressedAt ? nothing : icon('check', 14)}${t(note.addressedAt ? 'card.reopen' : 'card.address')}
        </button>`
      : nothing}
    <p class="text">${note.content}</p>
    <p class="by">
      ${t('card.noteBy', { author: note.createdBy.name, when })}
      ${note.addressedAt && note.addressedBy ? html` · ${t('card.addressed', { name: note.addressedBy.name, when: locale.ago(Date.parse(note.addressedAt), Date.now()) })}` : nothing}
    </p>
  </li>`;
}

/** Shape beside the word, so that the kind does not hang on colour. */
function mark({ noteType }: QuickNote): TemplateResult | typeof nothing {
  if (noteType === 'URGENT') return warningShape(10);
  return noteType === 'POSITIVE' ? icon('check', 12) : nothing;
}
