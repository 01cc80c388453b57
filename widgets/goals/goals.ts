import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { components } from '../../api/http/contract.types.ts';
import { Announcer } from '../controllers/announcer.ts';
import type { SidelineClient } from '../provider/client.ts';
import { body, toApiError } from '../shared/api-error.ts';
import { problemText, skeleton } from '../shared/blocks.ts';
import { businessDay } from '../shared/business-day.ts';
import { cssVars } from '../shared/css-vars.ts';
import { define, SidelineElement } from '../shared/element.ts';
import { icon, warningShape } from '../shared/icons.ts';
import '../shared/strings/goals.ts';
import '../shared/strings/queue.ts';
import { closingForm, goalForm, type Ending } from './goal-form.ts';
import { emptyGoal, standsOn, toGoal, wayOf, type Goal, type GoalDraft } from './goals-model.ts';
import { goalsStyles } from './goals.styles.ts';

type Changes = components['schemas']['UpdateGoalData'];

const FIRST_ENDING: Ending = { status: 'reached', outcome: '' };

/**
 * Goals of one person that span sessions, as a section of what shows the person or a session with them.
 *
 * @fires work - a goal is to be worked on in the session, or no longer; detail `{goalId, yes}`
 */
export class Goals extends SidelineElement {
  static override styles: CSSResultGroup = [SidelineElement.styles, goalsStyles];
  static override properties = {
    agentId: { attribute: false },
    name: { attribute: false },
    leads: { type: Boolean },
    worked: { attribute: false },
    workable: { type: Boolean },
    form: { state: true },
    draft: { state: true },
    ending: { state: true },
    problem: { state: true },
    busy: { state: true },
  };

  declare agentId: number;
  declare name: string;
  /** Whether this person sets and closes goals here. */
  declare leads: boolean;
  /** Goals worked on in the session it is shown in; undefined outside of one. */
  declare worked: readonly string[] | undefined;
  /** Whether that can be changed. */
  declare workable: boolean;
  /** The form that is open: `new`, or the id of the goal to be closed. */
  declare private form: string | undefined;
  declare private draft: GoalDraft;
  declare private ending: Ending;
  declare private problem: string;
  declare private busy: boolean;

  /** The same goal sent twice is one. */
  #key = crypto.randomUUID();
  readonly #announcer = new Announcer(this);
  readonly #goals = this.resource<number, readonly Goal[]>({
    key: () => this.agentId,
    load: async (client, agentId, signal) => (await body(client.http.GET('/api/goals', { params: { query: { agentId, limit: 100 } }, signal }))).data,
  });

  constructor() {
    super();
    this.name = '';
    this.leads = false;
    this.workable = false;
    this.draft = emptyGoal;
    this.ending = FIRST_ENDING;
    this.problem = '';
    this.busy = false;
    this.live({
      'goal:updated': (goal) => {
        if (goal.agentId === this.agentId) this.#became(goal);
      },
    });
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (!changed.has('agentId')) return;
    this.form = undefined;
    this.draft = emptyGoal;
  }

  protected override render(): TemplateResult {
    return html`${this.show(this.#goals, (goals) => this.#list(goals), () => skeleton(this.locale, 1))} ${this.#announcer.render()}`;
  }

  #list(goals: readonly Goal[]): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const [open, closed] = [goals.filter(({ status }) => status === 'open'), goals.filter(({ status }) => status !== 'open')];
    const own = this.agentId === this.session.me?.agent.id;
    return html`<div class="goals">
      ${open.length === 0 ? html`<p class="quiet">${own ? t('goals.noneOwn') : t('goals.none', { name: this.name })}</p>` : html`<ul class="goals" role="list" aria-label=${t('goals.title')}>${open.map((goal) => html`<li class="goal">${this.#open(goal)}</li>`)}</ul>`}
      ${this.form === 'new'
        ? goalForm({ locale: this.locale, draft: this.draft, problem: this.problem, busy: this.busy, change: (change) => this.#change(change), save: () => void this.#set(), cancel: () => void this.#leave('.new') })
        : this.leads ? html`<div><button type="button" class="new" part="new-goal-button" @click=${() => void this.#show('new')}>${icon('plus', 14)}${t('goals.new')}</button></div>` : nothing}
      ${closed.length > 0
        ? html`<details class="ended"><summary>${t('goals.closed', { n: closed.length })}</summary><ul class="goals" role="list">${closed.map((goal) => html`<li class="goal">${this.#closed(goal)}</li>`)}</ul></details>`
        : nothing}
    </div>`;
  }

  #open(goal: Goal): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const { id, title, progress, description } = goal;
    const share = progress?.share ?? null;
    return html`<span class="title">${title}</span>
      ${this.leads ? html`<button type="button" data-close=${id} aria-label=${t('goals.closeOf', { title })} @click=${() => void this.#show(id)}>${t('goals.close')}</button>` : nothing}
      ${description ? html`<p class="facts">${description}</p>` : nothing}
      ${share === null ? nothing : html`<div class="way" role="img" aria-label=${t('goals.progress', { percent: t('figure.percent', { n: this.locale.number(share * 100) }) })}><span ${cssVars({ '--share': `${Math.round(Math.max(0, Math.min(1, share)) * 100)}%` })}></span></div>`}
      ${this.#facts(goal)} ${this.#work(goal)}
      ${this.form === id
        ? closingForm({ locale: this.locale, goal, ending: this.ending, problem: this.problem, busy: this.busy, change: (change) => this.#change({}, change), save: () => void this.#close(goal), cancel: () => void this.#leave(`[data-close="${id}"]`) })
        : nothing}`;
  }

  #facts(goal: Goal): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const { dueDate, isOverdue, sessions, progress } = goal;
    const words = [wayOf(this.locale, goal), standsOn(this.locale, goal), dueDate && !isOverdue ? t('goals.until', { when: this.locale.day(dueDate) }) : '', sessions.length > 0 ? t('goals.sessions', { n: sessions.length }) : ''];
    return html`<p class="facts">${progress?.isReached ? html`<span class="good">${icon('check', 12)}${t('goals.atTarget')}</span> · ` : nothing}
      ${isOverdue && dueDate ? html`<span class="late">${warningShape(9)}${t('goals.overdue', { when: this.locale.day(dueDate) })}</span> ` : nothing}${words.filter(Boolean).join(' · ')}</p>`;
  }

  /** In a session: whether it is worked on there. */
  #work({ id, title }: Goal): TemplateResult | typeof nothing {
    if (!this.worked) return nothing;
    const t = this.locale.t.bind(this.locale);
    const yes = this.worked.includes(id);
    if (!this.workable) return yes ? html`<p class="facts good">${icon('check', 12)}${t('goals.worked')}</p>` : nothing;
    return html`<label class="check work"><input type="checkbox" aria-label=${t('goals.workOf', { title })} .checked=${live(yes)}
      @change=${(event: Event) => this.dispatchEvent(new CustomEvent('work', { detail: { goalId: id, yes: (event.target as HTMLInputElement).checked } }))} />${t('goals.work')}</label>`;
  }

  #closed(goal: Goal): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const { id, title, status, outcome, closedAt, closedBy } = goal;
    return html`<span class="title">${title}</span>
      ${this.leads ? html`<button type="button" aria-label=${t('goals.reopenOf', { title })} ?disabled=${this.busy} @click=${() => void this.#reopen(goal)}>${t('goals.reopen')}</button>` : nothing}
      <p class="facts">${t(`goals.status.${status}`)}${closedAt && closedBy ? html` · ${t('goals.closedBy', { when: this.locale.day(closedAt.slice(0, 10)), name: closedBy.name })}` : nothing}${wayOf(this.locale, goal) ? ` · ${wayOf(this.locale, goal)}` : nothing}</p>
      ${outcome ? html`<blockquote>${outcome}</blockquote>` : nothing}
      ${this.form === `open ${id}` && this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}`;
  }

  #change(draft: Partial<GoalDraft>, ending: Partial<Ending> = {}): void {
    this.draft = { ...this.draft, ...draft };
    this.ending = { ...this.ending, ...ending };
    this.problem = '';
  }

  async #show(form: string): Promise<void> {
    this.form = form;
    this.ending = FIRST_ENDING;
    this.problem = '';
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('form input')?.focus();
  }

  /** The focus goes back to what opened the form, or to what is there instead. */
  async #leave(opener: string): Promise<void> {
    this.form = undefined;
    this.problem = '';
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(`${opener}, .new`)?.focus();
  }

  async #set(): Promise<void> {
    const zone = this.session.me?.installation.businessTimezone ?? 'UTC';
    const data = toGoal(this.draft, this.agentId, businessDay(Date.now(), zone));
    if (typeof data === 'string') {
      this.problem = this.locale.t(data);
      return void this.renderRoot.querySelector<HTMLElement>(data === 'goals.targetMissing' ? '#target' : data === 'goals.past' ? '#due' : '#goal')?.focus();
    }
    const goal = await this.#attempt((client) => body(client.http.POST('/api/goals', { params: { header: { 'Idempotency-Key': this.#key } }, body: data })));
    if (!goal) return;
    this.#key = crypto.randomUUID();
    this.draft = emptyGoal;
    this.#announcer.now(this.locale.t('goals.set', { title: goal.title }));
    await this.#leave('.new');
  }

  async #close(goal: Goal): Promise<void> {
    const { status, outcome } = this.ending;
    const closed = await this.#put(goal, { status, ...(outcome.trim() ? { outcome: outcome.trim() } : {}) });
    if (!closed) return;
    this.#announcer.now(this.locale.t('goals.closedNow', { title: goal.title, status: this.locale.t(`goals.status.${status}`) }));
    await this.#leave('.new');
  }

  async #reopen(goal: Goal): Promise<void> {
    this.form = `open ${goal.id}`;
    if (!(await this.#put(goal, { status: 'open' }))) return;
    this.#announcer.now(this.locale.t('goals.reopened', { title: goal.title }));
    await this.#leave(`[data-close="${goal.id}"]`);
  }

  #put(goal: Goal, changes: Changes): Promise<Goal | undefined> {
    const params = { path: { id: goal.id }, header: { 'If-Match': `"${goal.version}"` } };
    return this.#attempt((client) => body(client.http.PUT('/api/goals/{id}', { params, body: changes })));
  }

  /** @returns the goal as it stands; nothing when it was refused, and `problem` says why */
  async #attempt(work: (client: SidelineClient) => Promise<Goal>): Promise<Goal | undefined> {
    if (!this.client || this.busy) return undefined;
    this.busy = true;
    this.problem = '';
    try {
      const goal = await work(this.client);
      this.#became(goal);
      return goal;
    } catch (error) {
      const refused = toApiError(error);
      this.problem = refused.status === 412 ? this.locale.t('problem.clash') : problemText(this.locale, refused);
      if (refused.kind === 'clash' || refused.kind === 'gone') void this.#goals.refresh();
      return undefined;
    } finally {
      this.busy = false;
    }
  }

  #became(goal: Goal): void {
    this.#goals.mutate((goals) => {
      const known = goals.find(({ id }) => id === goal.id);
      if (!known) return [...goals, goal];
      return known.version > goal.version ? goals : goals.map((other) => (other === known ? goal : other));
    });
  }
}

define('sideline-goals', Goals);

declare global {
  interface HTMLElementTagNameMap {
    'sideline-goals': Goals;
  }
}
