import { html, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { loadTeams } from '../admin/load.ts';
import { Announcer } from '../controllers/announcer.ts';
import type { SidelineClient } from '../provider/client.ts';
import { ApiError } from '../shared/api-error.ts';
import { failure, problemText, skeleton } from '../shared/blocks.ts';
import { businessDay } from '../shared/business-day.ts';
import { define, SidelineElement } from '../shared/element.ts';
import { saveFile } from '../shared/save-file.ts';
import '../shared/strings/exports.ts';
import { download, type NotDownloaded } from './download.ts';
import { downloadsOf, type Downloads, type Fetch } from './downloads.ts';
import { FORMATS, isBackwards, KINDS, proposedDays, type ExportChoice, type ExportKind } from './export-choice.ts';
import { exportsStyles } from './exports.styles.ts';

interface Team {
  readonly id: string;
  readonly name: string;
}

const MANAGE: ReadonlySet<string> = new Set(['admin', 'manager']);

/**
 * Rows as a spreadsheet: what, of which days, of which team, in which file. A download that runs goes on without it.
 *
 * @csspart form progress
 */
export class SidelineExports extends SidelineElement {
  static override styles: CSSResultGroup = [SidelineElement.styles, exportsStyles];
  static override properties = { choice: { state: true }, problem: { state: true } };

  /** What was chosen; the rest is as proposed. */
  declare private choice: Partial<ExportChoice>;
  /** Why nothing was asked for. */
  declare private problem: string;

  readonly #announcer = new Announcer(this);
  readonly #teams = this.resource<'teams', readonly Team[]>({ key: () => 'teams', load: async (client, _key, signal) => (MANAGE.has(this.#role) ? loadTeams(client, signal) : (this.session.me?.ledTeams ?? [])) });
  /** Of whoever is signed in, while this is shown. */
  #downloads: Downloads | undefined;

  constructor() {
    super();
    this.choice = {};
    this.problem = '';
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // What was seen is not told again.
    this.#downloads?.forget();
    this.#watch(undefined);
  }

  protected override willUpdate(changed: Parameters<SidelineElement['willUpdate']>[0]): void {
    super.willUpdate(changed);
    this.#watch(this.isConnected && this.client ? downloadsOf(this.client) : undefined);
  }

  protected override render(): TemplateResult {
    return html`${this.bars(this.#teams)} ${this.blocked() ?? this.#body()} ${this.#announcer.render()}`;
  }

  get #role(): string {
    return this.session.me?.agent.role ?? '';
  }

  #body(): TemplateResult {
    if (!this.session.me) return skeleton(this.locale, 3);
    if (this.#role === 'viewer') return failure(this.locale, new ApiError(403));
    return this.show(this.#teams, (teams) => this.#form(teams), () => skeleton(this.locale, 3));
  }

  get #chosen(): ExportChoice {
    const kind = this.choice.kind ?? 'interactions';
    const today = businessDay(Date.now(), this.session.me?.installation.businessTimezone ?? 'UTC');
    return { kind, format: 'xlsx', teamId: '', ...proposedDays(kind, today), ...this.choice };
  }

  #form(teams: readonly Team[]): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const { kind, from, to } = this.#chosen;
    const day = (name: 'from' | 'to', value: string): TemplateResult => html`<label>${t(`exports.${name}`)}
      <input type="date" name=${name} max="2199-12-31" aria-describedby="days" .value=${live(value)} @change=${(event: Event) => this.#choose({ [name]: valueOf(event) })} /></label>`;
    return html`<form part="form" aria-label=${t('exports.title')} @submit=${this.#onSubmit}>
      <p class="quiet small">${t('exports.about')}</p>
      <div class="fields">
        <label class="wide">${t('exports.kind')}${choose(KINDS.map((one) => [one, t(`exports.kind.${one}`)]), kind, (value) => this.#choose({ kind: value as ExportKind }))}</label>
        ${day('from', from)} ${day('to', to)}
        <p class="quiet small wide hint" id="days">${t(`exports.days.${kind}`)}</p>
        ${this.#teamAndFile(teams)}
      </div>
      ${this.#deed()}
    </form>`;
  }

  #teamAndFile(teams: readonly Team[]): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const { format, teamId } = this.#chosen;
    const offered: [string, string][] = [['', t('exports.everyTeam')], ...teams.map(({ id, name }): [string, string] => [id, name])];
    return html`${teams.length > 1 ? html`<label>${t('exports.team')}${choose(offered, teamId, (value) => this.#choose({ teamId: value }))}</label>` : nothing}
      <label>${t('exports.format')}${choose(FORMATS.map((one) => [one, t(`exports.format.${one}`)]), format, (value) => this.#choose({ format: value as ExportChoice['format'] }), 'csv')}</label>
      ${format === 'csv' ? html`<p class="quiet small wide hint" id="csv">${t('exports.csvHint')}</p>` : nothing}`;
  }

  #deed(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const running = this.#downloads?.running;
    const problem = this.problem || this.#failure();
    const outcome = this.#outcome();
    return html`<div class="deed">
        <button type="submit" class="primary download" aria-disabled=${running ? 'true' : 'false'}>${t('exports.download')}</button>
        ${!running ? nothing : html`<progress part="progress" aria-label=${this.#working(running.kind)}></progress><button type="button" class="stop" @click=${() => this.#downloads?.stop()}>${t('exports.stop')}</button>`}
      </div>
      ${!running ? nothing : html`<p class="quiet small">${this.#working(running.kind)} · ${t('exports.came', { size: this.#size(running.bytes) })}</p>`}
      ${problem ? html`<p class="problem" role="alert">${problem}</p>` : nothing}
      ${outcome ? html`<p class="small outcome">${outcome}</p>` : nothing}`;
  }

  #choose(choice: Partial<ExportChoice>): void {
    this.choice = { ...this.choice, ...choice };
    this.problem = '';
    this.#downloads?.forget();
  }

  #working(kind: ExportKind): string {
    return this.locale.t('exports.working', { kind: this.locale.t(`exports.kind.${kind}`) });
  }

  readonly #onSubmit = (event: Event): void => {
    event.preventDefault();
    const downloads = this.#downloads;
    if (!downloads || downloads.running) return;
    downloads.forget();
    this.problem = isBackwards(this.#chosen) ? this.locale.t('exports.backwards') : '';
    if (this.problem || !this.client) return;
    this.#announcer.now(this.#working(this.#chosen.kind));
    void downloads.start(this.#chosen, fetchWith(this.client));
  };

  #watch(downloads: Downloads | undefined): void {
    if (downloads === this.#downloads) return;
    this.#downloads?.removeEventListener('change', this.#onChange);
    this.#downloads = downloads;
    downloads?.addEventListener('change', this.#onChange);
  }

  /** Whoever had the focus on what goes away gets it back at what remains. */
  readonly #onChange = (): void => {
    const { running } = this.#downloads ?? {};
    const outcome = this.#outcome();
    if (outcome) this.#announcer.now(outcome);
    if (!running && this.shadowRoot?.activeElement?.classList.contains('stop')) this.renderRoot.querySelector<HTMLElement>('.download')?.focus();
    this.requestUpdate();
  };

  #outcome(): string {
    const outcome = this.#downloads?.outcome;
    if (!outcome || 'failed' in outcome) return '';
    return 'stopped' in outcome ? this.locale.t('exports.stopped') : this.locale.t('exports.saved', { name: outcome.saved.name, size: this.#size(outcome.saved.bytes) });
  }

  #failure(): string {
    const outcome = this.#downloads?.outcome;
    return outcome && 'failed' in outcome ? this.#reason(outcome.failed) : '';
  }

  #reason({ error, wait, came }: NotDownloaded): string {
    const t = this.locale.t.bind(this.locale);
    const minutes = wait !== undefined && wait >= 120;
    const time = wait === undefined ? '' : minutes ? t('exports.minutes', { n: Math.ceil(wait / 60) }) : t('exports.seconds', { n: wait });
    const detail = [problemText(this.locale, error), time && t('exports.wait', { time })].filter(Boolean).join(' ');
    if (came > 0 && error.kind === 'offline') return t('exports.lost', { size: this.#size(came) });
    return came > 0 ? t('exports.brokeOff', { size: this.#size(came), detail }) : t('exports.failed', { detail });
  }

  #size(bytes: number): string {
    const kilobytes = Math.ceil(bytes / 1000);
    return kilobytes < 1000 ? this.locale.t('exports.kilobytes', { n: kilobytes }) : this.locale.t('exports.megabytes', { n: this.locale.number(bytes / 1_000_000, 1) });
  }
}

const fetchWith = (client: SidelineClient): Fetch => async (choice, signal, came) => {
  const { content, name } = await download(client, choice, signal, came);
  saveFile(content, name);
  return { name, bytes: content.size };
};

const valueOf = (event: Event): string => (event.target as HTMLInputElement | HTMLSelectElement).value;

function choose(offered: readonly (readonly [value: string, label: string])[], chosen: string, change: (value: string) => void, describedBy?: string): TemplateResult {
  return html`<select aria-describedby=${describedBy ?? nothing} @change=${(event: Event) => change(valueOf(event))}>
    ${offered.map(([value, label]) => html`<option value=${value} ?selected=${value === chosen}>${label}</option>`)}
  </select>`;
}

define('sideline-exports', SidelineExports);

declare global {
  interface HTMLElementTagNameMap {
    'sideline-exports': SidelineExports;
  }
}
