import { html, nothing, type TemplateResult } from 'lit';
import type { components } from '../../api/http/contract.types.ts';
import type { DrillSubject } from '../drill/subject.ts';
import type { ChartOpen } from '../shared/chart.ts';
import { figure } from '../shared/figure.ts';
import { warningShape } from '../shared/icons.ts';
import type { Locale } from '../shared/locale.ts';
import { CHARTED, daysOf, isCharted, type Day } from './days.ts';

export type Figure = components['schemas']['MetricFigure'];

export interface FiguresOptions {
  locale: Locale;
  figures: readonly Figure[];
  /** The days behind the charts; undefined while they are on their way, empty where there are none to draw. */
  days: readonly Day[] | undefined;
  all: boolean;
  open: (figure: Figure) => void;
  openDay: (figure: Figure, date: string) => void;
  toTable: (metric: string) => void;
  toggleAll: () => void;
}

/** Figures with target, n and their last days; each opens its definition and the rows behind it. */
export function figuresGrid(options: FiguresOptions): TemplateResult {
  const { locale, figures, all } = options;
  const first = CHARTED.flatMap((metric) => figures.filter((candidate) => candidate.metric === metric));
  const rest = figures.filter((candidate) => !isCharted(candidate.metric));
  return html`<div class="figures" part="figures">${first.map((item) => chartTile(item, options))}</div>
    ${all ? html`<div class="figures">${rest.map((item) => tile(item, options))}</div>` : nothing}
    ${rest.length > 0
      ? html`<div class="more"><button type="button" class="link" aria-expanded=${all ? 'true' : 'false'} @click=${options.toggleAll}>
          ${all ? locale.t('card.fewerFigures') : locale.t('card.allFigures', { n: rest.length })}
        </button></div>`
      : nothing}`;
}

/** The shape of what comes: four tiles with their charts. */
export function figuresBones(locale: Locale): TemplateResult {
  const bone = html`<div class="tile"><div class="figure"><span class="bone"></span><span class="bone tall"></span></div><div class="chart-place"></div></div>`;
  return html`<div class="skeleton flush" part="skeleton" role="status" aria-label=${locale.t('common.loading')}>
    <div class="figures">${CHARTED.map(() => bone)}</div>
  </div>`;
}

/** The chart's place is kept free until its code and its days are here. */
function chartTile(item: Figure, options: FiguresOptions): TemplateResult {
  const { days, openDay, toTable } = options;
  if (!isCharted(item.metric)) return tile(item, options);
  return html`<div class="tile" data-metric=${item.metric}>
    ${tile(item, options)}
    <div class="chart-place" @chart-open=${(event: ChartOpen) => openDay(item, event.detail.date)} @chart-table=${() => toTable(item.metric)}>
      ${days
        ? html`<sideline-chart part="chart" .name=${item.name} .unit=${item.unit} .days=${daysOf(item.metric, days)} .target=${item.target}></sideline-chart>`
        : nothing}
    </div>
  </div>`;
}

function tile(item: Figure, { locale, open }: FiguresOptions): TemplateResult {
  const missed = item.meetsTarget === false && item.enough;
  const why = item.value === null ? locale.t('card.missing') : item.enough ? '' : locale.t('card.tooFew', { n: item.n, minimum: item.minimumN });
  return html`<button type="button" class="figure ${item.enough ? '' : 'few'}" part="figure" aria-haspopup="dialog" title=${why || nothing} @click=${() => open(item)}>
    <span class="label">${item.name}</span>
    <span class="value ${missed ? 'missed' : ''}">${figure(locale, item.value, item.unit)}${missed
      ? html`${warningShape()}<span class="sr">, ${locale.t('card.missed')}</span>`
      : nothing}</span>
    <span class="compare">${[
      item.target === null ? '' : locale.t('compare.target', { value: figure(locale, item.target, item.unit) }),
      locale.t('figure.n', { n: item.n }),
    ].filter(Boolean).join(', ')}</span>
    ${why ? html`<span class="sr">${why}</span>` : nothing}
  </button>`;
}

/** A figure opened. @param period what it is about, in words */
export function drillOfFigure(item: Figure, period: string, locale: Locale): DrillSubject {
  const target = item.target === null ? '' : locale.t('compare.target', { value: figure(locale, item.target, item.unit) });
  const few = item.enough || item.value === null ? '' : locale.t('card.tooFew', { n: item.n, minimum: item.minimumN });
  return {
    title: `${item.name}, ${period}`,
    value: figure(locale, item.value, item.unit),
    n: item.n,
    facts: [target, few, item.previous ? previous(item, locale) : ''].filter(Boolean),
    metric: item.metric,
    links: item.evidence,
  };
}

/** One day of a figure opened: the rows are those of the whole period, cut to the day. */
export function drillOfDay(item: Figure, day: Day, locale: Locale): DrillSubject | undefined {
  if (!isCharted(item.metric)) return undefined;
  const [{ value, n } = { value: null, n: 0 }] = daysOf(item.metric, [day]);
  return {
    title: `${item.name}, ${locale.day(day.date)}`,
    value: figure(locale, value, item.unit),
    n,
    facts: item.target === null ? [] : [locale.t('compare.target', { value: figure(locale, item.target, item.unit) })],
    metric: item.metric,
    // A reader who follows no figure follows no day.
    links: item.evidence.length > 0 && (n > 0 || (day.origin === 'imported' && value !== null)) ? [rowsOfDay(item, day, n)] : [],
  };
}

/** Of an imported day only the numbers are known, and where they stand. */
function rowsOfDay({ metric }: Figure, { agentId, date, origin }: Day, n: number): DrillSubject['links'][number] {
  if (origin === 'imported') return { kind: 'dailyRows', href: `/api/agents/${agentId}/performance?from=${date}&to=${date}`, count: 1 };
  return { kind: 'interactions', href: `/api/interactions?agentId=${agentId}&from=${date}&to=${date}&metric=${metric}`, count: n };
}

function previous(item: Figure, locale: Locale): string {
  if (!item.previous || item.previous.value === null) return locale.t('card.noPrevious');
  const value = locale.t('card.previous', { value: figure(locale, item.previous.value, item.unit) });
  return `${value}, ${locale.t('figure.n', { n: item.previous.n })}`;
}
