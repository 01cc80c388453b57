import { html, nothing, type TemplateResult } from 'lit';
import { draggedNote, type DraggedNote } from '../shared/dragged-note.ts';
import type { Locale } from '../shared/locale.ts';

export interface DropTargetsOptions {
  /** Whether action items may be made. */
  action: boolean;
  drop: (to: 'agenda' | 'action', note: DraggedNote) => void;
}

/** Where a dragged note may fall; there only while one is dragged. Everything they do has a key as well. */
export function dropTargets(locale: Locale, { action, drop }: DropTargetsOptions): TemplateResult {
  const target = (to: 'agenda' | 'action', label: string): TemplateResult => html`<div class="drop" data-drop=${to} @dragover=${onOver} @dragleave=${onLeave}
    @drop=${(event: DragEvent) => {
      event.preventDefault();
      const note = draggedNote.read(event);
      if (note) drop(to, note);
    }}>${label}</div>`;
  return html`<div class="drops" part="drop-targets" aria-hidden="true">${target('agenda', locale.t('notes.dropAgenda'))} ${action ? target('action', locale.t('notes.dropAction')) : nothing}</div>`;
}

function onOver(event: DragEvent): void {
  if (!draggedNote.is(event)) return;
  event.preventDefault();
  (event.currentTarget as HTMLElement).classList.add('over');
}

function onLeave(event: DragEvent): void {
  (event.currentTarget as HTMLElement).classList.remove('over');
}
