import { html, nothing, type TemplateResult } from 'lit';
import type { components } from '../../api/http/contract.types.ts';
import '../shared/evidence.ts';
import type { EvidenceNote } from '../shared/evidence.ts';
import { figure } from '../shared/figure.ts';
import { warningShape } from '../shared/icons.ts';
import type { Locale } from '../shared/locale.ts';

type Schemas = components['schemas'];
type Figure = Schemas['MetricFigure'];
export type Definition = Schemas['MetricDefinition'];

/** The four that decide a performance conversation; the rest is one click away. */
const FIRST: readonly Figure['metric'][] = ['csat', 'slaCompliance', 'avgResponseTime', 'aht'];

export interface FiguresOptions {
  locale: Locale;
  figures: readonly Figure[];
  definitions: ReadonlyMap<string, Definition>;
  all: boolean;
  opened: string | undefined;
  annotatable: boolean;
  toggle: (metric: string) => void;
  toggleAll: () => void;
  noteOn: (event: EvidenceNote) => void;
}

/** Figures with target, n and the period before; each opens its definition and the rows behind it. */
export function figuresGrid(options: FiguresOptions): TemplateResult {
  const { locale, figures, all, opened } = options;
  const first = FIRST.flatMap((metric) => figures.filter((candidate) => candidate.metric === metric));
  const rest = figures.filter((candidate) => !FIRST.includes(candidate.metric));
  const shown = all ? [...first, ...rest] : first;
  return html`<div class="figures" part="figures" @evidence-note=${options.noteOn}>
      ${shown.map((item) => html`${tile(item, options)}${opened === item.metric ? drill(item, options) : nothing}`)}
    </div>
    ${rest.length > 0
      ? html`<div class="more"><button type="button" class="link" aria-expanded=${all ? 'true' : 'false'} @click=${options.toggleAll}>
          ${all ? locale.t('card.fewerFigures') : locale.t('card.allFigures', { n: rest.length })}
        </button></div>`
      : nothing}`;
}

function tile(item: Figure, { locale, opened, toggle }: FiguresOptions): TemplateResult {
  const missed = item.meetsTarget === false && item.enough;
  const why = item.value === null ? locale.t('card.missing') : item.enough ? '' : locale.t('card.tooFew', { n: item.n, minimum: item.minimumN });
  return html`<button type="button" class="figure ${item.enough ? '' : 'few'}" part="figure" aria-expanded=${opened === item.metric ? 'true' : 'false'}
    title=${why || nothing} @click=${() => toggle(item.metric)}>
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

function drill(item: Figure, options: FiguresOptions): TemplateResult {
  const { locale, definitions } = options;
  const definition = definitions.get(item.metric);
  return html`<div class="drill">
    ${definition ? html`<p><span class="quiet">${locale.t('card.definition')}:</span> ${definition.formula}</p>` : nothing}
    ${definition && definition.exclusions.length > 0
      ? html`<p class="small quiet">${locale.t('card.exclusions', { list: definition.exclusions.join('; ') })}</p>`
      : nothing}
    ${item.enough || item.value === null ? nothing : html`<p class="small">${locale.t('card.tooFew', { n: item.n, minimum: item.minimumN })}</p>`}
    ${item.previous ? html`<p class="small quiet">${previous(item, locale)}</p>` : nothing}
    ${item.evidence.length === 0
      ? html`<p class="small quiet">${locale.t(item.n === 0 ? 'card.missing' : 'card.noRows')}</p>`
      : item.evidence.map((link) => html`<sideline-evidence ?annotatable=${options.annotatable} .link=${link}></sideline-evidence>`)}
  </div>`;
}

function previous(item: Figure, locale: Locale): string {
  if (!item.previous || item.previous.value === null) return locale.t('card.noPrevious');
  const value = locale.t('card.previous', { value: figure(locale, item.previous.value, item.unit) });
  return `${value}, ${locale.t('figure.n', { n: item.previous.n })}`;
}
