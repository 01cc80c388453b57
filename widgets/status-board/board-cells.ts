import { html, nothing, type TemplateResult } from 'lit';
import { elapsed } from '../controllers/clock.ts';
import { cssVars } from '../shared/css-vars.ts';
import { STATUSES, statusShape, warningShape } from '../shared/icons.ts';
import type { Locale } from '../shared/locale.ts';
import { sparkline } from '../shared/sparkline.ts';
import { isOver, limitSeconds, type Agent, type Group, type Thresholds } from './board-model.ts';
import type { FiguresState } from './floor-figures.ts';

/** Ratings below it are drawn at the lower edge: most days lie between 3 and 5, and a full scale would flatten them. */
const CSAT_FLOOR = 3;

/** A team's name with its people by status, as numbers and as one thin stacked bar. */
export function groupCells(locale: Locale, group: Group): TemplateResult {
  const present = STATUSES.filter((status) => group.counts[status] > 0);
  const spoken = present.map((status) => locale.t('board.count', { n: group.counts[status], status: locale.t(`status.${status}`) })).join(', ');
  return html`
    <span class="group-name ellipsis" role="rowheader">${group.name ?? locale.t('board.noTeam')}<span class="sr">: ${spoken}</span></span>
    <span class="counts" aria-hidden="true">
      ${present.map((status) => html`<span title=${locale.t(`status.${status}`)}>${statusShape(status, 8)}${locale.number(group.counts[status])}</span>`)}
    </span>
    <span class="stack" aria-hidden="true">
      ${present.map((status) => html`<span class="segment status-${status}" ${cssVars({ '--share': group.counts[status] })}></span>`)}
    </span>
  `;
}

/** Status by shape and word with its ticking time; past the team's threshold also by triangle and colour. */
export function statusCell(locale: Locale, agent: Agent, thresholds: Thresholds | undefined): TemplateResult {
  const over = isOver(agent, thresholds, Date.now());
  const word = locale.t(`status.${agent.onlineStatus}`);
  const limit = limitSeconds(agent.onlineStatus, thresholds);
  const why = over && limit ? locale.t('board.over', { limit: locale.elapsed(limit), status: word }) : nothing;
  return html`<span class="cell-status ${over ? 'over' : ''}" part="status" role="gridcell" title=${agent.statusReason ?? why}>
    ${statusShape(agent.onlineStatus)}<span>${word}</span>
    ${over ? html`${warningShape()}<span class="sr">${why}</span>` : nothing}
    <time datetime=${agent.statusSince}>${elapsed(agent.statusSince, locale)}</time>
  </span>`;
}

/** Handled and average handle time of today. Nothing while it is on its way, a dash with the reason where there is none. */
export function handledCell(locale: Locale, state: FiguresState): TemplateResult {
  if (state === 'loading') return html`<span class="cell-figures" part="figures" role="gridcell"></span>`;
  const missing = locale.t('common.missing');
  if (typeof state === 'string') {
    const why = locale.t(state === 'hidden' ? 'board.hiddenFigures' : 'common.noData');
    return html`<span class="cell-figures" part="figures" role="gridcell" title=${why}><span class="handled">${missing}</span><span class="aht">${missing}</span></span>`;
  }
  const aht = state.aht === null ? missing : locale.elapsed(state.aht);
  const ahtTitle = state.aht === null ? locale.t('common.noData') : locale.t('board.ahtToday', { time: aht });
  return html`<span class="cell-figures" part="figures" role="gridcell">
    <span class="handled" title=${locale.t('board.handledToday', { n: state.handled })}
      >${locale.number(state.handled)}<span class="unit"> ${locale.t('board.column.handled').toLocaleLowerCase()}</span></span>
    <span class="aht" title=${ahtTitle}><span class="unit">${locale.t('board.column.aht')} </span>${aht}</span>
  </span>`;
}

/** Seven days of ratings as a line, and the last day's mean. */
export function csatCell(locale: Locale, state: FiguresState): TemplateResult {
  const days = typeof state === 'object' ? state.csat.filter((value) => value !== null) : [];
  const [first, last] = [days[0], days.at(-1)];
  if (typeof state === 'string' || first === undefined || last === undefined) {
    const why = locale.t(state === 'hidden' ? 'board.hiddenFigures' : 'board.csatNone');
    return html`<span class="cell-csat" role="gridcell" title=${why}>${state === 'loading' ? nothing : locale.t('common.missing')}</span>`;
  }
  const label = locale.t('board.csatRange', { first: locale.number(first, 1), last: locale.number(last, 1), n: state.ratings });
  return html`<span class="cell-csat" role="gridcell" title=${label}>
    ${sparkline({ values: state.csat, min: CSAT_FLOOR, max: 5, label })}<span aria-hidden="true">${locale.number(last, 1)}</span>
  </span>`;
}
