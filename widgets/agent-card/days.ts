import { html, type TemplateResult } from 'lit';
import type { components } from '../../api/http/contract.types.ts';
import type { ChartDay } from '../shared/chart.ts';
import { figure } from '../shared/figure.ts';
import type { Locale } from '../shared/locale.ts';

type Schemas = components['schemas'];
export type Day = Schemas['AgentPerformanceMetrics'];

/** The four that decide a performance conversation; the rest is one click away. */
export const CHARTED = ['csat', 'slaCompliance', 'avgResponseTime', 'aht'] as const satisfies readonly Schemas['MetricId'][];
export type Charted = (typeof CHARTED)[number];

const UNITS = { csat: 'rating', slaCompliance: 'percent', avgResponseTime: 'minutes', aht: 'seconds' } as const satisfies Record<Charted, Schemas['MetricUnit']>;

const READ: Record<Charted, (day: Day) => Omit<ChartDay, 'date'>> = {
  csat: (day) => ({ value: day.customerSatisfaction, n: day.n.ratings }),
  slaCompliance: (day) => ({ value: day.slaCompliance, n: day.n.slaEligible }),
  avgResponseTime: (day) => ({ value: day.avgResponseTime, n: day.n.wait }),
  aht: (day) => ({ value: day.aht, n: day.n.handleTime }),
};

export const isCharted = (metric: string): metric is Charted => (CHARTED as readonly string[]).includes(metric);

/** A figure day by day, oldest first. */
export const daysOf = (metric: Charted, days: readonly Day[]): ChartDay[] => days.map((day) => ({ date: day.date, ...READ[metric](day) }));

/** What the charts show, in numbers: newest first, n in brackets. @param back closes it, by the key that opened it */
export function daysTable(locale: Locale, days: readonly Day[], back: () => void): TemplateResult {
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' && event.key.toLowerCase() !== 't') return;
    event.preventDefault();
    event.stopPropagation();
    back();
  };
  return html`<div class="days" tabindex="0" role="region" aria-label=${locale.t('chart.tableTitle')} @keydown=${onKey}>
    <table>
      <caption class="small quiet">${locale.t('chart.tableTitle')}</caption>
      <thead>
        <tr>
          <th scope="col">${locale.t('chart.day')}</th>
          ${CHARTED.map((metric) => html`<th scope="col" class="number">${locale.t(`card.short.${metric}`)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${days.toReversed().map((day) => html`<tr>
          <th scope="row">${locale.shortDay(`${day.date}T00:00:00Z`, 'UTC')}</th>
          ${CHARTED.map((metric) => cell(locale, metric, READ[metric](day)))}
        </tr>`)}
      </tbody>
    </table>
  </div>`;
}

function cell(locale: Locale, metric: Charted, { value, n }: Omit<ChartDay, 'date'>): TemplateResult {
  if (value === null) return html`<td class="number quiet" title=${locale.t('common.noData')}>${locale.t('common.missing')}</td>`;
  return html`<td class="number">${figure(locale, value, UNITS[metric])} <span class="quiet">(${locale.number(n)})</span></td>`;
}
