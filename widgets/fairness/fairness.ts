import { html, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { Drill } from '../drill/open-drill.ts';
import { agentDialogStyles } from '../shared/agent-dialog.styles.ts';
import { AgentDialog } from '../shared/agent-dialog.ts';
import { body } from '../shared/api-error.ts';
import { empty } from '../shared/blocks.ts';
import { cssVars } from '../shared/css-vars.ts';
import { define, SidelineElement } from '../shared/element.ts';
import '../shared/strings/fairness.ts';
import { FairnessWords, type Fairness, type Group, type Item } from './fairness-model.ts';
import { fairnessStyles } from './fairness.styles.ts';

const sessionDialog = async () => import('../shared/session-dialog.ts');

const PERIODS = [30, 90, 180, 365] as const;
const DEFAULT_DAYS = 90;
/** People shown before more are asked for. */
const WAITING = 10;
/** Sessions and notes come one by one; the view is about months. */
const SETTLE_MS = 10_000;

type Waiting = Fairness['waiting'][number];

interface Asked {
  readonly teamId: string | undefined;
  readonly days: number;
  readonly limit: number;
}

/**
 * Whether everybody gets coached: cadence, sessions, praise and answers by team, and who has waited for how long.
 *
 * @fires sideline-agent-open - a person's card was asked for; detail `{agentId, name}`; cancel it to show it yourself
 * @csspart group figure bar waiting person
 */
export class SidelineFairness extends SidelineElement {
  static override styles: CSSResultGroup = [SidelineElement.styles, agentDialogStyles, fairnessStyles];
  static override properties = {
    teamId: { attribute: 'team-id' },
    days: { type: Number },
    limit: { state: true },
  };

  /** One team only; everybody in the reader's scope when left out. */
  declare teamId: string | undefined;
  /** Length of the period that ends today. */
  declare days: number;
  declare private limit: number;

  readonly #drill = new Drill(this);
  readonly #person = new AgentDialog(this);
  #choice: readonly { id: string; name: string }[] = [];
  #settle: ReturnType<typeof setTimeout> | undefined;
  readonly #fairness = this.resource<Asked, Fairness>({
    key: () => ({ teamId: this.teamId || undefined, days: this.days, limit: this.limit }),
    load: (client, { teamId, days, limit }, signal) => {
      const from = new Date(Date.now() - (days - 1) * 86_400_000).toISOString().slice(0, 10);
      return body(client.http.GET('/api/fairness', { params: { query: { from, limit, ...(teamId ? { teamId } : {}) } }, signal }));
    },
  });

  constructor() {
    super();
    this.days = DEFAULT_DAYS;
    this.limit = WAITING;
    const changed = (): void => this.#changed();
    this.live({ 'session:updated': changed, 'quickNote:created': changed, 'quickNote:updated': changed, 'quickNote:deleted': changed, 'team:settings-updated': changed });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#settle);
    this.#settle = undefined;
  }

  protected override render(): TemplateResult {
    return html`${this.bars(this.#fairness)} ${this.show(this.#fairness, (found) => this.#view(found), () => this.#bones())}
      <div @sideline-session-open=${this.#toSession} @sideline-agent-open=${this.#toPerson}>${this.#drill.render()}</div> ${this.#person.render(this.locale.t('common.close'))}`;
  }

  /** The session of a row: the page's to show, else over this widget. */
  readonly #toSession = (event: HTMLElementEventMap['sideline-session-open']): void => {
    event.preventDefault();
    event.stopPropagation();
    const { detail } = event;
    if (this.emit('sideline-session-open', detail, true)) void this.bring(sessionDialog).then((code) => code?.openSessionDialog(this, this.locale.t('common.close'), detail));
  };

  readonly #toPerson = (event: HTMLElementEventMap['sideline-agent-open']): void => {
    event.preventDefault();
    event.stopPropagation();
    if (this.emit('sideline-agent-open', event.detail, true)) void this.#person.open(event.detail.agentId);
  };

  #view(found: Fairness): TemplateResult {
    const { t } = this.#say();
    if (!this.teamId) this.#choice = found.teams.flatMap(({ team }) => (team ? [team] : []));
    const words = new FairnessWords(found, this.locale);
    const leaders = words.leaders();
    return html`<section aria-label=${t('fairness.title')}>
      ${this.#head()}
      ${found.total.people.count === 0 && found.teams.length === 0 ? empty(t('fairness.none')) : html`
        ${found.teams.length > 1 ? this.#group(words.total()) : nothing}
        ${this.#list('fairness.teams', words.teams())} ${this.#waiting(found)}
        ${leaders.length > 0 ? this.#list('fairness.leaders', leaders, t('fairness.leadersHint')) : nothing}
        <footer class="small quiet">${t('fairness.foot', { from: this.locale.day(found.from), to: this.locale.day(found.to) })}</footer>`}
    </section>`;
  }

  #head(): TemplateResult {
    const { t } = this.#say();
    return html`<header>
      <h2>${t('fairness.title')}</h2>
      <span class="choices">
        ${this.#choice.length > 1
          ? html`<select part="team" aria-label=${t('fairness.team')} @change=${(event: Event) => (this.teamId = (event.target as HTMLSelectElement).value || undefined)}>
              <option value="" ?selected=${!this.teamId}>${t('fairness.allTeams')}</option>
              ${this.#choice.map((team) => html`<option value=${team.id} ?selected=${team.id === this.teamId}>${team.name}</option>`)}
            </select>`
          : nothing}
        <select part="period" aria-label=${t('fairness.period')} @change=${(event: Event) => (this.days = Number((event.target as HTMLSelectElement).value))}>
          ${[...new Set([...PERIODS, this.days])].sort((a, b) => a - b).map((n) => html`<option value=${n} ?selected=${n === this.days}>${t('fairness.days', { n })}</option>`)}
        </select>
      </span>
    </header>`;
  }

  #list(title: 'fairness.teams' | 'fairness.leaders', groups: readonly Group[], hint = ''): TemplateResult {
    return html`<h3>${this.locale.t(title)}</h3>
      ${hint ? html`<p class="hint small quiet">${hint}</p>` : nothing}
      <ul>${groups.map((group) => html`<li>${this.#group(group)}</li>`)}</ul>`;
  }

  #group(group: Group): TemplateResult {
    return html`<div class="group" part="group" role="group" aria-label=${group.name}>
      <p class="name"><b>${group.name}</b> <span class="small quiet">${group.note}</span></p>
      <button type="button" class="plain cadence" part="bar" aria-haspopup="dialog" @click=${() => void this.#drill.open(group.cadence.subject)}>
        <span class="label">${group.cadence.label}</span>
        <span class="track" aria-hidden="true"><span class="fill" ${cssVars({ '--part': `${group.cadence.part * 100}%` })}></span></span>
        ${this.#value(group.cadence)}
      </button>
      <div class="figures">${group.items.map((item) => this.#figure(item))}</div>
    </div>`;
  }

  /** Set apart from the words around it: numbers keep their order in every direction of writing. */
  #value({ value, n }: Item): TemplateResult {
    return html`<span class="value"><bdi>${value}</bdi>${n ? html` <bdi class="n">${n}</bdi>` : nothing}</span>`;
  }

  #figure(item: Item): TemplateResult {
    return html`<button type="button" class="plain figure" part="figure" aria-haspopup="dialog" @click=${() => void this.#drill.open(item.subject)}>
      <span class="label">${item.label}</span>${this.#value(item)}
    </button>`;
  }

  #waiting({ waiting, meta }: Fairness): TemplateResult {
    const { t } = this.#say();
    if (meta.total === 0) return html`<h3>${t('fairness.waiting')}</h3><p class="hint small quiet">${t('fairness.waitingNone')}</p>`;
    return html`<h3>${t('fairness.waiting')} <span class="quiet">${this.locale.number(meta.total)}</span></h3>
      <ul class="waiting" part="waiting">${waiting.map((one) => this.#one(one))}</ul>
      ${waiting.length < meta.total
        ? html`<p class="hint small quiet"><bdi>${t('fairness.shown', { n: waiting.length, total: meta.total })}</bdi>
            <button type="button" class="link" @click=${() => (this.limit = Math.min(500, this.limit + 5 * WAITING))}>${t('fairness.more')}</button></p>`
        : nothing}`;
  }

  #one({ agent, team, days, cadenceDays, lastSessionOn, joinedOn, nextSessionAt, absentUntil }: Waiting): TemplateResult {
    const { t } = this.#say();
    const last = lastSessionOn ? t('fairness.since', { day: this.locale.day(lastSessionOn) }) : t('fairness.never', { day: this.locale.day(joinedOn) });
    const ahead = [nextSessionAt ? t('fairness.booked', { day: this.locale.shortDay(nextSessionAt) }) : '', absentUntil ? t('fairness.absent', { day: this.locale.day(absentUntil) }) : ''];
    return html`<li>
      <button type="button" class="plain person" part="person" aria-haspopup="dialog" aria-label=${t('fairness.open', { name: agent.name })} @click=${() => this.#open(agent)}>${agent.name}</button>
      <span class="since small quiet">${[team?.name, last, ...ahead].filter(Boolean).join(' · ')}</span>
      <span class="days"><bdi class="strong">${t('fairness.waited', { n: days })}</bdi> <bdi class="small quiet">${t('fairness.cadence', { n: cadenceDays })}</bdi></span>
    </li>`;
  }

  #open({ id, name }: Waiting['agent']): void {
    if (this.emit('sideline-agent-open', { agentId: id, name }, true)) void this.#person.open(id);
  }

  /** The shape of what comes: head, two teams, some people. */
  #bones(): TemplateResult {
    const group = html`<div class="group"><p class="name"><span class="bone grow"></span></p><span class="bone wide"></span>
      <div class="figures">${Array.from({ length: 9 }, () => html`<span class="figure"><span class="bone"></span></span>`)}</div></div>`;
    return html`<div class="skeleton" part="skeleton" role="status" aria-label=${this.locale.t('common.loading')}>${group}${group}</div>`;
  }

  #changed(): void {
    if (this.#settle !== undefined) return;
    this.#settle = setTimeout(() => {
      this.#settle = undefined;
      void this.#fairness.refresh();
    }, SETTLE_MS);
  }

  #say() {
    return { t: this.locale.t.bind(this.locale) };
  }
}

define('sideline-fairness', SidelineFairness);

declare global {
  interface HTMLElementTagNameMap {
    'sideline-fairness': SidelineFairness;
  }
}
