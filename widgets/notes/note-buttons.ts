import { html, nothing, type TemplateResult } from 'lit';
import type { QuickNote } from '../controllers/outbox.ts';
import { icon } from '../shared/icons.ts';
import type { Locale } from '../shared/locale.ts';

/** What this person may do with a note; what is missing is not offered. Each has its key. */
export interface NoteDeeds {
  address?: (() => void) | undefined;
  agenda?: (() => void) | undefined;
  action?: (() => void) | undefined;
  edit?: (() => void) | undefined;
  remove?: (() => void) | undefined;
}

const KEYS = { d: 'address', a: 'agenda', t: 'action', e: 'edit' } as const satisfies Record<string, keyof NoteDeeds>;

export const deedOfKey = (key: string, deeds: NoteDeeds): (() => void) | undefined => (key in KEYS ? deeds[KEYS[key as keyof typeof KEYS]] : undefined);

export function noteButtons(locale: Locale, { addressedAt, agentName }: QuickNote, { address, agenda, action, edit, remove }: NoteDeeds): TemplateResult {
  const t = locale.t.bind(locale);
  const own = !address;
  return html`<div class="actions">
    ${address
      ? html`<button type="button" class=${addressedAt ? '' : 'primary'} part="address-button" aria-keyshortcuts="d" @click=${address}>
          ${addressedAt ? nothing : icon('check', 14)}${t(addressedAt ? 'notes.reopen' : 'notes.address')}</button>`
      : nothing}
    ${agenda
      ? html`<button type="button" part="agenda-button" aria-keyshortcuts="a" title=${own ? t('notes.toAgendaOwnHint') : t('notes.toAgendaHint', { name: agentName })} @click=${agenda}>${t(own ? 'notes.toAgendaOwn' : 'notes.toAgenda')}</button>`
      : nothing}
    ${action ? html`<button type="button" part="action-button" aria-keyshortcuts="t" title=${t('notes.toActionHint', { name: agentName })} @click=${action}>${t('notes.toAction')}</button>` : nothing}
    ${edit ? html`<button type="button" class="plain" part="edit-button" aria-keyshortcuts="e" @click=${edit}>${icon('note', 14)}${t('notes.edit')}</button>` : nothing}
    ${remove ? html`<button type="button" class="plain" part="delete-button" @click=${remove}>${t('notes.delete')}</button>` : nothing}
  </div>`;
}
