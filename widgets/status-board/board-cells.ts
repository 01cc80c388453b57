import { html, nothing, type TemplateResult } from 'lit';
import { elapsed } from '../controllers/clock.ts';
import { cssVars } from '../shared/css-vars.ts';
import { STATUSES, statusShape, warningShape } from '../shared/icons.ts';
import type { Locale } from '../shared/locale.ts';
import { sparkline } from '../shared/sparkline.ts';
import { isOver, limitSeconds, type Group, type Grouping, type Person, type Team } from './board-model.ts';

/** Ratings below it are drawn at the lower edge: most days lie between 3 and 5, and a full scale would flatten them. */
const CSAT_FLOOR = 3;

/** A group's name with its people by status, as numbers and as one thin stacked bar. */
export function groupCells(locale: Locale, group: Group, groupBy: Grouping): TemplateResult {
  const present = STATUSES.filter((status) => group.counts[status] > 0);
  const spoken = present.map((status) => locale.t('board.count', { n: group.counts[status], status: locale.t(`status.${status}`) })).join(', ');
  const nameless = locale.t(groupBy === 'department' ? 'board.noDepartment' : 'board.noTeam');
  return html`
    <span class="group-name ellipsis" role="rowheader">${group.name ?? nameless}<span class="sr">: ${spoken}</span></span>
    <span class="counts" aria-hidden="true">
      ${present.map((status) => html`<span title=${locale.t(`status.${status}`)}>${statusShape(status, 8)}${locale.number(group.counts[status])}</span>`)}
    </span>
    <span class="stack" aria-hidden="true">
      ${present.map((status) => html`<span class="segment status-${status}" ${cssVars({ '--share': group.counts[status] })}></span>`)}
    </span>
  `;
}

export interface StatusCellOptions {
  team: Team | undefined;
  /** ms since the epoch when the data was last known to be true; undefined while it is kept up to date. */
  stale: number | undefined;
  /** Asked for and not yet confirmed. */
  pending: boolean;
  /** Opens the change of the status; left out where the viewer may not change it. */
  change: ((event: Event) => void) | undefined;
}

/** Status by shape and word with its ticking time; past the team's threshold also by triangle and colour. */
export function statusCell(locale: Locale, person: Person, { team, stale, pending, change }: StatusCellOptions): TemplateResult {
  const over = !pending && isOver(person, team, stale ?? Date.now());
  const word = locale.t(`status.${person.onlineStatus}`);
  const limit = limitSeconds(person, team);
  const why = over && limit ? locale.t('board.over', { limit: locale.elapsed(limit), status: person.statusReason ?? word }) : '';
  const title = [person.statusReason, why].filter(Boolean).join(', ');
  const content = html`${statusShape(person.onlineStatus)}<span>${word}</span>
    ${person.statusReason ? html`<span class="reason ellipsis">${person.statusReason}</span>` : nothing}
    ${over ? html`${warningShape()}<span class="sr">${why}</span>` : nothing}`;
  return html`<span class="cell-status ${over ? 'over' : ''} ${pending ? 'pending' : ''}" part="status" role="gridcell" title=${title || nothing}>
    ${change
      ? html`<button type="button" class="plain change" part="status-button" tabindex="-1" aria-haspopup="dialog"
          aria-label=${locale.t('board.setStatus', { name: person.fullName, status: title ? `${word}, ${title}` : word })} @click=${change}>${content}</button>`
      : html`<span class="as-is">${content}</span>`}
    ${pending
      ? html`<span class="waiting">…<span class="sr">${locale.t('setStatus.setting', { status: word })}</span></span>`
      : html`<time datetime=${person.statusSince}>${elapsed(person.statusSince, locale, stale)}</time>`}
  </span>`;
}

/** Handled and mean handle time of today, the mean rating of seven days with its line and its n; a dash with the reason where there is none. */
export function figureCells(locale: Locale, { figures }: Person): TemplateResult {
  const t = locale.t.bind(locale);
  const missing = t('common.missing');
  if (!figures) {
    const why = t('board.hiddenFigures');
    return html`<span class="handled" part="figures" role="gridcell" title=${why}>${missing}<span class="sr">${why}</span></span>
      <span class="aht" role="gridcell" title=${why}>${missing}</span><span class="csat" role="gridcell" title=${why}>${missing}</span>`;
  }
  const { handledToday: handled, ahtToday: aht, handleTimeN, csat, ratings, csatDays } = figures;
  const ahtTitle = aht === null ? t('board.ahtNone') : t('board.ahtToday', { time: locale.elapsed(aht), n: handleTimeN });
  const csatTitle = csat === null ? t('board.csatNone') : t('board.csatWeek', { value: locale.number(csat, 2, 1), n: ratings });
  return html`
    <span class="handled" part="figures" role="gridcell" title=${t('board.handledToday', { n: handled })}>${locale.number(handled)}<span class="unit">${t('board.handled')}</span></span>
    <span class="aht" role="gridcell" title=${ahtTitle}><span class="unit">${t('board.aht')}</span>${aht === null ? missing : locale.elapsed(aht)}</span>
    <span class="csat" role="gridcell" title=${csatTitle}>
      <span class="line-of-days">${sparkline({ values: csatDays, min: CSAT_FLOOR, max: 5, label: csatTitle })}</span>
      <span aria-hidden="true"><span class="unit">${t('board.csat')}</span>${csat === null ? missing : locale.number(csat, 1)}</span>
      ${csat === null ? nothing : html`<span class="n" aria-hidden="true">${t('common.n', { n: ratings })}</span>`}
    </span>
  `;
}
