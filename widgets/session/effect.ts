import { html, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import type { components } from '../../api/http/contract.types.ts';
import { body } from '../shared/api-error.ts';
import { define } from '../shared/element.ts';
import { figure } from '../shared/figure.ts';
import { icon, warningShape } from '../shared/icons.ts';
import '../shared/strings/session-outcome.ts';
import { effectPlot, inWords, spanOf } from './effect-plot.ts';
import { effectStyles } from './effect.styles.ts';
import { SessionPart } from './session-part.ts';

type Schemas = components['schemas'];
type Effect = Schemas['SessionEffect'];
type Measured = Schemas['MetricEffect'];

/** What the session changed, as far as can be told: each metric before and after, and a verdict in words. */
export class SessionEffect extends SessionPart {
  static override styles: CSSResultGroup = [SessionPart.styles, effectStyles];
  static override properties = { whose: { state: true }, table: { state: true } };

  /** The attendee looked at; the only one, or the first, when nobody was chosen. */
  declare private whose: number | undefined;
  declare private table: boolean;

  readonly #effect = this.resource<{ id: string; agentId: number | undefined; version: number }, Effect>({
    key: () => ({ id: this.coaching.id, agentId: this.#agentId, version: this.coaching.focusMetrics.length }),
    load: (client, { id, agentId }, signal) => body(client.http.GET('/api/coaching-sessions/{id}/effect', { params: { path: { id }, query: agentId === undefined ? {} : { agentId } }, signal })),
  });

  constructor() {
    super();
    this.table = false;
  }

  protected override render(): TemplateResult {
    return html`${this.#choice()} ${this.show(this.#effect, (effect) => this.#shown(effect))} ${this.announcer.render()}`;
  }

  /** An attendee sees their own figures, whoever leads chooses. */
  get #agentId(): number | undefined {
    const { attendees } = this.coaching;
    if (attendees.some(({ id }) => id === this.me?.agent.id)) return this.me?.agent.id;
    return this.whose ?? attendees[0]?.id;
  }

  #choice(): TemplateResult | typeof nothing {
    const { attendees } = this.coaching;
    if (attendees.length < 2 || !this.runs) return nothing;
    const t = this.locale.t.bind(this.locale);
    return html`<section class="whose"><label>${t('effect.whose')}
      <select @change=${(event: Event) => (this.whose = Number((event.target as HTMLSelectElement).value))}>${attendees.map(({ id, name }) => html`<option value=${id} .selected=${id === this.#agentId}>${name}</option>`)}</select></label></section>`;
  }

  #shown(effect: Effect): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    if (effect.metrics.length === 0) return html`<div class="state" part="empty"><p>${t('effect.none')}</p></div>`;
    return html`<section aria-label=${t('effect.title')}>
        <header><h3>${t('effect.title')}</h3>
          <button type="button" class="plain end" aria-pressed=${this.table ? 'true' : 'false'} @click=${() => (this.table = !this.table)}>${t('effect.asTable')}</button></header>
        ${this.table ? this.#numbers(effect) : html`<ul class="metrics" role="list">${effect.metrics.map((metric) => this.#metric(metric))}</ul>
          <p class="hint">${t('effect.interval')}</p>`}
      </section>
      <section class="small quiet windows">
        ${[effect.before, effect.after].map((window, index) => window
          ? html`<p>${t(index === 0 ? 'effect.windows' : 'effect.windowsAfter', { from: this.locale.day(window.from), to: this.locale.day(window.to), days: window.days })} ${window.cutBy ? t(`effect.cut.${window.cutBy}`) : nothing}</p>`
          : nothing)}
        <details><summary>${t('effect.caveats')}</summary>${effect.caveats.map(({ text }) => html`<p>${text}</p>`)}</details>
      </section>`;
  }

  #metric(metric: Measured): TemplateResult {
    return html`<li class="metric">
      <div class="line"><h4>${metric.name}</h4>${verdictWord(this.locale.t(`effect.verdict.${metric.verdict}`), metric.verdict)}</div>
      ${metric.before.mean === null && metric.after.mean === null ? nothing : effectPlot(this.locale, metric)}
      <p class="sentence">${metric.reason.sentence}</p>
    </li>`;
  }

  #numbers(effect: Effect): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const side = ({ mean, n, days }: Schemas['EffectSide'], { unit }: Measured): TemplateResult => html`<td class="number">${figure(this.locale, mean, unit)}<span class="quiet">${t('common.n', { n })}, ${t('unit.day', { n: days })}</span></td>`;
    return html`<div class="numbers" tabindex="0" role="region" aria-label=${t('effect.table')}><table>
      <caption class="sr">${t('effect.table')}</caption>
      <thead><tr><th scope="col">${t('effect.metric')}</th><th scope="col" class="number">${t('effect.before')}</th><th scope="col" class="number">${t('effect.after')}</th><th scope="col" class="number">${t('effect.change')}</th></tr></thead>
      <tbody>${effect.metrics.map((metric) => html`<tr><th scope="row">${metric.name}<br /><span class="quiet">${t(`effect.verdict.${metric.verdict}`)}</span></th>${side(metric.before, metric)}${side(metric.after, metric)}
        <td class="number">${inWords(this.locale, metric.difference, metric.unit)}${metric.adjustedInterval ? html`<span class="quiet">${spanOf(this.locale, metric.adjustedInterval, metric.unit)}</span>` : nothing}</td></tr>`)}</tbody>
    </table></div>`;
  }
}

/** The verdict by shape and word; colour only repeats it. */
function verdictWord(word: string, verdict: Schemas['EffectVerdict']): TemplateResult {
  const shape = { improved: icon('check', 13), worse: warningShape(10), no_clear_change: icon('equal', 13), too_early: icon('snooze', 13) }[verdict];
  return html`<span class="verdict ${verdict}">${shape}${word}</span>`;
}

define('sideline-session-effect', SessionEffect);

declare global {
  interface HTMLElementTagNameMap {
    'sideline-session-effect': SessionEffect;
  }
}
