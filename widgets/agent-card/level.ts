import { html, type TemplateResult } from 'lit';
import type { components } from '../../api/http/contract.types.ts';
import { figure } from '../shared/figure.ts';
import type { Locale } from '../shared/locale.ts';

type Schemas = components['schemas'];

/** The level with its n, and opened with what it is made of. */
export function levelDetails(locale: Locale, level: Schemas['PerformanceLevel'], figures: readonly Schemas['MetricFigure'][]): TemplateResult {
  return html`<details class="level small" part="level">
    <summary class="quiet">${locale.t(`card.level.${level.level ?? 'none'}`)}, ${locale.t('card.level.n', level.n)}</summary>
    <p>${level.sentence}</p>
    <ul>
      ${level.components.map((part) => html`<li>${partOf(locale, part, figures)}</li>`)}
    </ul>
  </details>`;
}

function partOf(locale: Locale, { metric, value, target, attainment, weight }: Schemas['PerformanceLevel']['components'][number], figures: readonly Schemas['MetricFigure'][]): string {
  const { name, unit } = figures.find((candidate) => candidate.metric === metric) ?? { name: metric, unit: 'count' as const };
  return locale.t('card.level.part', {
    name, value: figure(locale, value, unit), target: figure(locale, target, unit),
    attainment: figure(locale, attainment, 'ratio'), weight: figure(locale, weight, 'ratio'),
  });
}
