import { html, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import type { components } from '../../api/http/contract.types.ts';
import { EverySeconds } from '../controllers/clock.controller.ts';
import { Drill } from '../drill/open-drill.ts';
import { body } from '../shared/api-error.ts';
import { define, SidelineElement } from '../shared/element.ts';
import { statusShape, warningShape } from '../shared/icons.ts';
import '../shared/strings/stats.ts';
import { quickStatsStyles } from './quick-stats.styles.ts';
import { drillOfOpen, drillOfPeople, drillOfTile, tilesOf, usualFoot, type People, type Tile } from './stats-model.ts';

type Stats = components['schemas']['QuickStats'];

/** Calls end in bursts; the figures are asked for once a burst is over, and not more often than this. */
const SETTLE_MS = 4_000;
/** What is usual moves with the time of day, also when nothing happens. */
const REFRESH_SECONDS = 60;
/** Shown of a brief one. */
const BRIEF = 4;

/**
 * A day at a glance: what came, how it was served, how it was liked, who is there.
 *
 * @csspart figures figure people person-count team
 */
export class SidelineQuickStats extends SidelineElement {
  static override styles: CSSResultGroup = [SidelineElement.styles, quickStatsStyles];
  static override properties = {
    teamId: { attribute: 'team-id' },
    asOf: { attribute: 'as-of' },
    brief: { type: Boolean },
    all: { state: true },
  };

  /** One team only; everybody in the reader's scope when left out. */
  declare teamId: string | undefined;
  /** A business day (`YYYY-MM-DD`); today when left out. */
  declare asOf: string | undefined;
  /** Shows the first figures alone until more are asked for: for the top of a panel. */
  declare brief: boolean;
  declare private all: boolean;

  readonly #drill = new Drill(this);
  #settle: ReturnType<typeof setTimeout> | undefined;
  readonly #stats = this.resource<{ teamId: string | undefined; asOf: string | undefined }, Stats>({
    key: () => ({ teamId: this.teamId || undefined, asOf: this.asOf || undefined }),
    load: (client, { teamId, asOf }, signal) => {
      const query = { ...(teamId ? { teamId } : {}), ...(asOf ? { asOf } : {}) };
      return body(client.http.GET('/api/quick-stats', { params: { query }, signal }));
    },
  });

  constructor() {
    super();
    this.brief = false;
    this.all = false;
    new EverySeconds(this, REFRESH_SECONDS, () => this.#aged());
    this.live({
      performance_update: () => this.#changed(),
      agent_status_change: () => this.#changed(),
      agent_updated: () => this.#changed(),
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#settle);
    this.#settle = undefined;
  }

  protected override render(): TemplateResult {
    return html`${this.bars(this.#stats)} ${this.show(this.#stats, (stats) => this.#day(stats), () => this.#bones())} ${this.#drill.render()}`;
  }

  #day(stats: Stats): TemplateResult {
    const { t } = this.#say();
    const tiles = tilesOf(stats, this.locale);
    const few = this.brief && !this.all;
    const shown = few ? tiles.slice(0, BRIEF) : tiles;
    return html`<section aria-label=${t('stats.title')}>
      ${this.#head(stats)}
      <div class="figures ${few ? 'brief' : ''}" part="figures">${shown.map((tile) => this.#tile(tile, stats))}</div>
      ${stats.people && !few ? this.#people(stats.people) : nothing}
      <footer class="small quiet">
        <span>${usualFoot(stats, this.locale)}</span>
        ${this.brief && tiles.length > BRIEF
          ? html`<button type="button" class="link" aria-expanded=${this.all ? 'true' : 'false'} @click=${() => (this.all = !this.all)}>
              ${this.all ? t('stats.fewer') : t('stats.more')}
            </button>`
          : nothing}
      </footer>
    </section>`;
  }

  #head({ teams, asOf, at, until }: Stats): TemplateResult {
    const { t } = this.#say();
    return html`<header>
      <h2>${until === null ? this.locale.day(asOf) : t('stats.title')}</h2>
      ${teams.length > 1
        ? html`<select part="team" aria-label=${t('stats.team')} @change=${(event: Event) => (this.teamId = (event.target as HTMLSelectElement).value || undefined)}>
            <option value="" ?selected=${!this.teamId}>${t('stats.allTeams')}</option>
            ${teams.map((team) => html`<option value=${team.id} ?selected=${team.id === this.teamId}>${team.name}</option>`)}
          </select>`
        : nothing}
      <span class="small quiet end">${until === null ? nothing : t('stats.at', { time: this.locale.time(at) })}</span>
    </header>`;
  }

  #tile(tile: Tile, stats: Stats): TemplateResult {
    const open = (): void => void this.#drill.open(tile.id === 'open' ? drillOfOpen(stats, this.locale) : drillOfTile(tile, stats, this.locale));
    return html`<button type="button" class="figure ${tile.few ? 'few' : ''}" part="figure" aria-haspopup="dialog" title=${tile.why || nothing} @click=${open}>
      <span class="label">${tile.label}</span>
      <span class="value ${tile.missed ? 'missed' : ''}">${tile.value}${tile.missed
        ? html`${warningShape()}<span class="sr">, ${this.locale.t('stats.missed')}</span>`
        : nothing}${tile.n ? html`<span class="n">${tile.n}</span>` : nothing}</span>
      ${[0, 1].map((line) => html`<span class="compare">${tile.lines[line]}</span>`)}
      ${tile.why ? html`<span class="sr">${tile.why}</span>` : nothing}
    </button>`;
  }

  #people(people: People): TemplateResult {
    const { t } = this.#say();
    const total = people.reduce((sum, { count }) => sum + count, 0);
    if (total === 0) return html`<p class="nobody small quiet">${t('stats.nobody')}</p>`;
    return html`<div class="people" part="people" role="group" aria-label=${t('stats.people')}>
      ${people.map(({ status, count, evidence }) => html`<button type="button" class="plain" part="person-count" aria-haspopup="dialog"
        @click=${() => void this.#drill.open(drillOfPeople({ status, count, evidence }, this.locale))}>
        ${statusShape(status)}<b>${this.locale.number(count)}</b><span class="word">${t(`status.${status}`)}</span>
      </button>`)}
    </div>`;
  }

  /** The shape of what comes: head, as many tiles, people, foot. */
  #bones(): TemplateResult {
    const bone = html`<div class="figure"><span class="bone"></span><span class="bone tall"></span><span class="bone"></span></div>`;
    return html`<div class="skeleton" part="skeleton" role="status" aria-label=${this.locale.t('common.loading')}>
      <header></header>
      <div class="figures ${this.brief ? 'brief' : ''}">${Array.from({ length: this.brief ? BRIEF : 9 }, () => bone)}</div>
      ${this.brief || this.session.me?.agent.role === 'cs' ? nothing : html`<div class="people"></div>`}
      <footer></footer>
    </div>`;
  }

  #changed(): void {
    if (this.asOf || this.#settle !== undefined) return;
    this.#settle = setTimeout(() => {
      this.#settle = undefined;
      void this.#stats.refresh();
    }, SETTLE_MS);
  }

  #aged(): void {
    const { loadedAt } = this.#stats;
    if (loadedAt !== undefined && Date.now() - loadedAt > (REFRESH_SECONDS * 1000) / 2) this.#changed();
  }

  #say() {
    return { t: this.locale.t.bind(this.locale) };
  }
}

define('sideline-quick-stats', SidelineQuickStats);

declare global {
  interface HTMLElementTagNameMap {
    'sideline-quick-stats': SidelineQuickStats;
  }
}
