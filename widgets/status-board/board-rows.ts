import { html, nothing, type TemplateResult } from 'lit';
import { avatar } from '../shared/avatar.ts';
import { icon } from '../shared/icons.ts';
import type { Locale } from '../shared/locale.ts';
import { figureCells, groupCells, statusCell, type StatusCellOptions } from './board-cells.ts';
import type { Group, Grouping, Person } from './board-model.ts';

/** What the columns are, for eyes: each cell says it by itself to whoever hears it. */
export function boardHeads(locale: Locale): TemplateResult {
  const t = locale.t.bind(locale);
  return html`<div class="heads" aria-hidden="true">
    <span class="who">${t('board.column.person')}</span><span class="team">${t('board.team')}</span><span>${t('board.column.status')}</span>
    <span class="number">${t('board.column.handled')}</span><span class="number">${t('board.column.aht')}</span><span>${t('board.column.csat')}</span>
  </div>`;
}

/** Where a line stands among the others. */
export interface RowPlace {
  readonly index: number;
  /** Directive that sets its top and its height. */
  readonly css: unknown;
}

export function groupRow(locale: Locale, group: Group, groupBy: Grouping, { index, css }: RowPlace): TemplateResult {
  return html`<div class="placed group" part="group" role="row" aria-rowindex=${index + 1} ${css}>${groupCells(locale, group, groupBy)}</div>`;
}

export interface PersonRowOptions {
  locale: Locale;
  person: Person;
  place: RowPlace;
  tabIndex: '0' | '-1';
  status: StatusCellOptions;
  focused: () => void;
  open: () => void;
  /** Left out where the viewer writes no notes. */
  writeNote: ((event: Event) => void) | undefined;
}

/** One person: who they are, how they stand, their figures, and what can be done about them. */
export function personRow({ locale, person, place, tabIndex, status, focused, open, writeNote }: PersonRowOptions): TemplateResult {
  const keys = [writeNote && 'n', status.change && 's'].filter(Boolean).join(' ');
  return html`<div class="placed row" part="row" role="row" aria-rowindex=${place.index + 1} data-agent=${person.id} tabindex=${tabIndex}
    aria-keyshortcuts=${keys || nothing} ${place.css} @focus=${focused} @click=${open}>
    ${avatar(person.fullName, person.onlineStatus)}
    <span class="cell-name ellipsis" part="name" role="gridcell">${person.fullName}</span>
    <span class="cell-team ellipsis" role="gridcell">${person.teamName}</span>
    ${statusCell(locale, person, status)} ${figureCells(locale, person)}
    <span class="cell-note" role="gridcell">
      ${writeNote
        ? html`<button class="plain icon" part="note-button" type="button" tabindex="-1" aria-label=${locale.t('board.note', { name: person.fullName })}
            @click=${writeNote}>${icon('note')}</button>`
        : nothing}
    </span>
  </div>`;
}
