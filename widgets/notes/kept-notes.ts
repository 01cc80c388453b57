import { html, nothing, type TemplateResult } from 'lit';
import type { Outbox } from '../controllers/outbox.ts';
import { undecidedNotes } from '../quick-note/undecided-notes.ts';
import type { Locale } from '../shared/locale.ts';

/** What was written here and has not arrived yet. @param about one person only */
export function keptNotes(locale: Locale, outbox: Outbox | undefined, about: number | undefined): TemplateResult | typeof nothing {
  const waiting = (outbox?.waiting ?? []).filter(({ draft, refusal }) => refusal === null && (about === undefined || draft.agentId === about));
  if (!outbox || (waiting.length === 0 && outbox.undecided.length === 0)) return nothing;
  const t = locale.t.bind(locale);
  return html`<div class="kept" part="kept">
    ${undecidedNotes(locale, outbox)}
    ${waiting.length === 0
      ? nothing
      : html`<p class="small strong">${t('notes.keptTitle', { n: waiting.length })}</p>
          <ul role="list">
            ${waiting.map(({ draft }) => html`<li class="line"><span class="kind ${draft.noteType}">${t(`note.type.${draft.noteType}`)}</span><span class="ellipsis">${draft.content}</span></li>`)}
          </ul>`}
  </div>`;
}
