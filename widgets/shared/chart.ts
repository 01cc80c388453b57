import { html, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import uPlot from 'uplot';
import { EverySeconds } from '../controllers/clock.controller.ts';
import { chartStyles } from './chart.styles.ts';
import { define, SidelineElement } from './element.ts';
import { figure, type Unit } from './figure.ts';
import './strings/chart.ts';

/** One day of a figure; without a value a gap, never a zero. */
export interface ChartDay {
  readonly date: string;
  readonly value: number | null;
  readonly n: number;
}

/** Asked to see a day's rows, or the numbers as a table. */
export type ChartOpen = CustomEvent<{ date: string }>;

/** Between the end of the line and the labels that stand there instead of a legend. */
const LABEL_AIR = 4;
/** CSS px that every chart gives its labels, so that the days of several stand under each other. */
const LABEL_WIDTH = 44;
const LABEL_GAP = 11;
const WEEK = 7;

/** Colours as the canvas needs them, resolved from the tokens. */
interface Inks {
  line: string;
  target: string;
  grid: string;
  surface: string;
}

/**
 * A figure by day: a line with gaps, the target dashed, both labelled where they end. The cursor follows the pointer
 * or the arrow keys and says the day, its value and its n.
 *
 * @fires chart-open - a day was opened; detail `{date}`
 * @fires chart-table - the numbers were asked for as a table
 */
class SidelineChart extends SidelineElement {
  static override styles: CSSResultGroup = [SidelineElement.styles, chartStyles];
  static override properties = {
    name: {},
    unit: {},
    // Whoever shows a chart makes its days anew each time they draw themselves: the same days are no reason to draw again.
    days: { attribute: false, hasChanged: (days: unknown, before: unknown) => JSON.stringify(days) !== JSON.stringify(before) },
    target: { attribute: false },
    at: { state: true },
  };

  /** What is drawn. */
  declare name: string;
  declare unit: Unit;
  declare days: readonly ChartDay[];
  declare target: number | null;
  /** Index of the day under the cursor. */
  declare private at: number | undefined;

  readonly #place = createRef<HTMLDivElement>();
  #plot: uPlot | undefined;
  #inks = '';
  readonly #resized = new ResizeObserver(() => this.#fit());

  constructor() {
    super();
    this.name = '';
    this.unit = 'count';
    this.days = [];
    this.target = null;
    // A canvas does not follow the page's colour scheme, and nothing tells when that changes.
    new EverySeconds(this, 1, () => this.#recolour());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
    this.#plot?.destroy();
    this.#plot = undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) void this.updateComplete.then(() => this.#draw());
  }

  /** Focuses the plot. */
  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('.chart')?.focus();
  }

  protected override render(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const [first, last] = [this.days[0], this.days.at(-1)];
    const at = this.at === undefined ? undefined : this.days[this.at];
    const now = this.at ?? this.days.length - 1;
    return html`<div class="chart" dir="ltr" tabindex="0" role="slider" aria-label=${t('chart.name', { name: this.name, n: this.days.length })}
        aria-valuemin="0" aria-valuemax=${Math.max(0, this.days.length - 1)} aria-valuenow=${Math.max(0, now)} aria-valuetext=${this.#words(this.days[now])}
        aria-description=${t('chart.help')} title=${t('chart.help')} @keydown=${this.#onKey} @blur=${() => this.#move(undefined)} @click=${() => this.#openDay()}>
        <div class="plot" aria-hidden="true" ${ref(this.#place)}></div>
        ${['line', 'target', 'grid', 'surface'].map((ink) => html`<span class="ink ${ink}-ink"></span>`)}
      </div>
      <div class="foot" dir="ltr" aria-hidden="true">
        ${at ? html`<span class="at">${this.#words(at)}</span>` : html`<span>${first ? this.#short(first.date) : ''}</span><span>${last ? this.#short(last.date) : ''}</span>`}
      </div>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (changed.has('days') || changed.has('target') || changed.has('unit') || !this.#plot) this.#draw();
  }

  #short(date: string): string {
    return this.locale.shortDay(`${date}T00:00:00Z`, 'UTC');
  }

  #words(day: ChartDay | undefined): string {
    if (!day) return '';
    const date = this.#short(day.date);
    if (day.value === null) return this.locale.t('chart.empty', { day: date });
    return this.locale.t('chart.at', { day: date, value: `${figure(this.locale, day.value, this.unit)}, ${this.locale.t('common.n', { n: day.n })}` });
  }

  #draw(): void {
    const place = this.#place.value;
    if (!place || !this.isConnected) return;
    const at = this.at;
    this.#plot?.destroy();
    const data: uPlot.AlignedData = [this.days.map((_, index) => index), this.days.map((day) => day.value)];
    this.#plot = new uPlot(this.#options(place), data, place);
    this.#keep(at);
    this.#resized.disconnect();
    this.#resized.observe(place);
  }

  #options(place: HTMLElement): uPlot.Options {
    const inks = this.#resolve();
    this.#inks = JSON.stringify(inks);
    return {
      width: Math.max(60, place.clientWidth),
      height: Math.max(40, place.clientHeight),
      padding: [6, this.#labelWidth(), 6, 4],
      legend: { show: false },
      axes: [{ show: false }, { show: false }],
      scales: { x: { time: false, range: (_plot, min, max) => [min, Math.max(max, min + 1)] }, y: { range: (_plot, min, max) => this.#range(min, max) } },
      series: [{}, { stroke: inks.line, width: 1.5, spanGaps: false, points: { size: 4, fill: inks.line, width: 0, filter: alone } }],
      cursor: { y: false, drag: { x: false, y: false, setScale: false }, points: { size: 7, fill: inks.line, stroke: inks.surface, width: 2 } },
      hooks: {
        drawClear: [(plot) => this.#weeks(plot, inks)],
        draw: [(plot) => this.#labels(plot, inks)],
        setCursor: [(plot) => (this.at = plot.cursor.idx ?? undefined)],
      },
    };
  }

  /** All values and the target, with air; a flat line stands in the middle. */
  #range(min: number | null, max: number | null): [number, number] {
    const ends = [min, max, this.target].filter((value): value is number => typeof value === 'number' && Number.isFinite(value));
    if (ends.length === 0) return [0, 1];
    const [low, high] = [Math.min(...ends), Math.max(...ends)];
    const air = (high - low) * 0.12 || Math.abs(high) * 0.1 || 1;
    return [low - air, high + air];
  }

  /** A faint line before every Monday: the grid in which people think. */
  #weeks(plot: uPlot, inks: Inks): void {
    const { ctx, bbox } = plot;
    ctx.save();
    ctx.strokeStyle = inks.grid;
    ctx.lineWidth = devicePixelRatio;
    for (const [index, day] of this.days.entries()) {
      if (index === 0 || new Date(`${day.date}T00:00:00Z`).getUTCDay() % WEEK !== 1) continue;
      const x = Math.round(plot.valToPos(index - 0.5, 'x', true)) + 0.5;
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
    }
    ctx.restore();
  }

  /** The target as a dashed line with its value, and the last value beside its dot; the two never over each other. */
  #labels(plot: uPlot, inks: Inks): void {
    const { ctx, bbox } = plot;
    const ratio = devicePixelRatio;
    const font = getComputedStyle(this).fontFamily;
    const lastIndex = this.days.findLastIndex((day) => day.value !== null);
    const last = this.#last;
    const y = (value: number): number => plot.valToPos(value, 'y', true);
    const end = bbox.left + bbox.width;
    ctx.save();
    ctx.textBaseline = 'middle';
    ctx.font = `${11 * ratio}px ${font}`;
    const lastY = last === null ? undefined : y(last);
    if (this.target !== null) {
      const at = y(this.target);
      ctx.strokeStyle = inks.target;
      ctx.lineWidth = ratio;
      ctx.setLineDash([3 * ratio, 3 * ratio]);
      ctx.beginPath();
      ctx.moveTo(bbox.left, at);
      ctx.lineTo(end, at);
      ctx.stroke();
      ctx.setLineDash([]);
      ctx.fillStyle = inks.target;
      ctx.fillText(this.#label(this.target), end + LABEL_AIR * ratio, clear(at, lastY, LABEL_GAP * ratio));
    }
    if (last !== null && lastY !== undefined) {
      ctx.fillStyle = inks.line;
      ctx.beginPath();
      ctx.arc(plot.valToPos(lastIndex, 'x', true), lastY, 2.5 * ratio, 0, 2 * Math.PI);
      ctx.fill();
      ctx.font = `600 ${11 * ratio}px ${font}`;
      ctx.fillText(this.#label(last), end + LABEL_AIR * ratio, lastY);
    }
    ctx.restore();
  }

  get #last(): number | null {
    return this.days.findLast((day) => day.value !== null)?.value ?? null;
  }

  /** The unit of minutes stands with the figure itself; here there is no room for it. */
  #label(value: number): string {
    return this.unit === 'minutes' ? this.locale.number(value, value < 1 ? 2 : 1, 0) : figure(this.locale, value, this.unit);
  }

  /** Room for the longer of the two labels, CSS px. */
  #labelWidth(): number {
    const ctx = document.createElement('canvas').getContext('2d');
    if (!ctx) return 0;
    ctx.font = `600 11px ${getComputedStyle(this).fontFamily}`;
    const widths = [this.target, this.#last].map((value) => (value === null ? 0 : ctx.measureText(this.#label(value)).width));
    return Math.max(LABEL_WIDTH, Math.ceil(Math.max(...widths)) + 2 * LABEL_AIR);
  }

  #resolve(): Inks {
    const colour = (ink: string): string => {
      const probe = this.renderRoot.querySelector(`.${ink}-ink`);
      return probe ? getComputedStyle(probe).color : 'currentColor';
    };
    return { line: colour('line'), target: colour('target'), grid: colour('grid'), surface: colour('surface') };
  }

  #recolour(): void {
    if (this.#plot && JSON.stringify(this.#resolve()) !== this.#inks) this.#draw();
  }

  #fit(): void {
    const place = this.#place.value;
    if (!place || !this.#plot || place.clientWidth === 0) return;
    if (place.clientWidth === this.#plot.width && place.clientHeight === this.#plot.height) return;
    const at = this.at;
    this.#plot.setSize({ width: place.clientWidth, height: place.clientHeight });
    this.#keep(at);
  }

  /** The cursor stays on its day when the chart is drawn anew or gets another size. */
  #keep(at: number | undefined): void {
    if (at !== undefined && at < this.days.length) this.#move(at);
  }

  /** Puts the cursor on a day, as the pointer would. */
  #move(index: number | undefined): void {
    if (!this.#plot) return;
    if (index === undefined) this.#plot.setCursor({ left: -10, top: -10 });
    else this.#plot.setCursor({ left: this.#plot.valToPos(index, 'x'), top: 0 });
  }

  #onKey(event: KeyboardEvent): void {
    const last = this.days.length - 1;
    const at = this.at ?? last + 1;
    const to = { ArrowLeft: at - 1, ArrowDown: at - 1, ArrowRight: at + 1, ArrowUp: at + 1, Home: 0, End: last, PageUp: at - WEEK, PageDown: at + WEEK }[event.key];
    if (to !== undefined) this.#move(Math.max(0, Math.min(last, to)));
    else if (event.key === 'Enter') this.#openDay();
    else if (event.key === 'Escape' && this.at !== undefined) this.#move(undefined);
    else if (event.key.toLowerCase() === 't' && !event.ctrlKey && !event.metaKey && !event.altKey) this.dispatchEvent(new CustomEvent('chart-table', { bubbles: true }));
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #openDay(): void {
    const day = this.at === undefined ? undefined : this.days[this.at];
    if (day) this.dispatchEvent(new CustomEvent('chart-open', { detail: { date: day.date }, bubbles: true }));
  }
}

/** Days that no line reaches, because their neighbours have no value: they are drawn as dots. */
function alone(plot: uPlot, series: number): number[] {
  const values = plot.data[series] ?? [];
  const known = (index: number): boolean => typeof values[index] === 'number';
  return [...values.keys()].filter((index) => known(index) && !known(index - 1) && !known(index + 1));
}

/** A label's place, moved out of the way of another one. */
function clear(at: number, other: number | undefined, gap: number): number {
  if (other === undefined || Math.abs(at - other) >= gap) return at;
  return at <= other ? other - gap : other + gap;
}

define('sideline-chart', SidelineChart);

declare global {
  interface HTMLElementTagNameMap {
    'sideline-chart': SidelineChart;
  }
}
