import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import type { components } from '../../api/http/contract.types.ts';
import { writesNotes } from '../contexts/session.context.ts';
import { Announcer } from '../controllers/announcer.ts';
import { Drill } from '../drill/open-drill.ts';
import type { DrillSubject } from '../drill/subject.ts';
import type { Events } from '../provider/realtime.ts';
import { body } from '../shared/api-error.ts';
import { agentDialogStyles } from '../shared/agent-dialog.styles.ts';
import { avatarStyles } from '../shared/avatar.ts';
import { skeleton } from '../shared/blocks.ts';
import { define, SidelineElement } from '../shared/element.ts';
import '../shared/strings/card.ts';
import '../shared/strings/chart.ts';
import { switchStyles } from '../shared/switch.styles.ts';
import '../quick-note/quick-note.ts';
import { agentCardStyles } from './agent-card.styles.ts';
import { cardHead } from './card-head.ts';
import { CHARTED, daysTable, type Day } from './days.ts';
import { drillOfDay, drillOfFigure, figuresBones, figuresGrid, type Figure } from './figures.ts';
import { loadNotes, NotesSection, type Notes, type NotesQuery } from './notes-section.ts';

type Schemas = components['schemas'];
type Agent = Schemas['Agent'];
type Summary = Schemas['AgentSummary'];

const sessionDialog = async () => import('../shared/session-dialog.ts');
const statusControl = (): Promise<unknown> => import('../status-control/status-control.ts');
const actionItems = (): Promise<unknown> => import('../action-items/action-items.ts');
const charts = (): Promise<unknown> => import('../shared/chart.ts');

/**
 * One person: status, level, figures against target, and the notes about them.
 *
 * @fires sideline-status-set - the person set their own status; detail `{agentId, status}`
 * @fires sideline-session-open - their sessions, or the form for a new one, were asked for; detail `{agentId, name, schedule}`; cancel it to show it yourself
 * @csspart person status level next-session figures figure chart table-button goals actions past-sessions notes note address-button record-button
 */
export class SidelineAgentCard extends SidelineElement {
  static override styles: CSSResultGroup = [SidelineElement.styles, avatarStyles, agentDialogStyles, switchStyles, agentCardStyles];
  static override properties = {
    agentId: { type: Number, attribute: 'agent-id' },
    asOf: { attribute: 'as-of' },
    period: { state: true },
    allFigures: { state: true },
    table: { state: true },
  };

  /** Whose card; one's own when left out. */
  declare agentId: number | undefined;
  /** Last business day of the figures; today when left out. */
  declare asOf: string | undefined;
  declare private period: 'period' | 'today';
  declare private allFigures: boolean;
  /** Whether the days are shown as numbers. */
  declare private table: boolean;

  readonly #note = createRef<HTMLElementTagNameMap['sideline-quick-note']>();
  readonly #announcer = new Announcer(this);
  readonly #drill = new Drill(this);
  #settle: ReturnType<typeof setTimeout> | undefined;
  /** The chart from which the table was opened. */
  #left: string | undefined;
  readonly #person = this.resource<number, Agent>({
    key: () => this.#id,
    load: (client, id, signal) => body(client.http.GET('/api/agents/{id}', { params: { path: { id } }, signal })),
  });
  readonly #summary = this.resource<{ id: number; asOf: string | undefined }, Summary>({
    key: () => (this.#id === undefined ? undefined : { id: this.#id, asOf: this.asOf || undefined }),
    load: (client, { id, asOf }, signal) =>
      body(client.http.GET('/api/agents/{id}/summary', { params: { path: { id }, query: asOf ? { asOf } : {} }, signal })),
  });
  readonly #days = this.resource<{ id: number; asOf: string | undefined }, Day[]>({
    key: () => (this.#id === undefined ? undefined : { id: this.#id, asOf: this.asOf || undefined }),
    load: (client, { id, asOf }, signal) =>
      body(client.http.GET('/api/agents/{id}/performance', { params: { path: { id }, query: asOf ? { to: asOf } : {} }, signal })),
  });
  readonly #notes = this.resource<NotesQuery, Notes>({
    key: () => (this.#id === undefined || !this.#readsNotes ? undefined : this.#notesSection.query(this.#id)),
    load: loadNotes,
  });
  readonly #notesSection: NotesSection = new NotesSection(this, {
    client: () => this.client,
    locale: () => this.locale,
    agentId: () => this.#id,
    viewer: () => this.session.me?.agent.id,
    leads: () => this.#leads,
    notes: () => this.#notes,
    announcer: this.#announcer,
    show: (ready) => this.show(this.#notes, ready, () => skeleton(this.locale, 2)),
  });

  constructor() {
    super();
    this.period = 'period';
    this.allFigures = false;
    this.table = false;
    // From this card's own note: shown at once, the event over the socket is then known already.
    this.addEventListener('sideline-note-saved', ({ detail }) => this.#notesSection.arrived(detail.note));
    this.addEventListener('sideline-note-undone', ({ detail }) => this.#notesSection.gone(detail.noteId));
    this.live({
      agent_status_change: (event) => this.#statusChanged(event),
      agent_updated: (agent) => {
        if (agent.id === this.#id) void this.#person.refresh();
      },
      performance_update: (event) => {
        if (event.agentId === this.#id) this.#figuresChanged();
      },
      'quickNote:created': (note) => this.#notesSection.arrived(note),
      'quickNote:updated': (note) => this.#notesSection.changed(note),
      'quickNote:deleted': (gone) => this.#notesSection.gone(gone.id),
      'session:updated': (session) => {
        if (session.attendees.some(({ id }) => id === this.#id)) void this.#summary.refresh();
      },
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#settle);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (this.#own) this.need(statusControl);
    if (changed.has('agentId')) this.#notesSection.forget();
  }

  protected override render(): TemplateResult {
    return html`${this.bars(this.#person)}
      ${this.show(this.#person, (agent) => this.#card(agent), () => skeleton(this.locale, 5))}
      ${this.#announcer.render()}
      ${this.#drill.render()}
      <sideline-quick-note buttonless ${ref(this.#note)}></sideline-quick-note>`;
  }

  /** The charts come after the card: nobody waits for them. */
  protected override firstUpdated(): void {
    this.need(charts);
  }

  get #id(): number | undefined {
    return this.agentId ?? this.session.me?.agent.id;
  }

  get #own(): boolean {
    return this.#id === this.session.me?.agent.id;
  }

  get #leads(): boolean {
    return writesNotes(this.session) && !this.#own;
  }

  /** Viewers read no notes, and nobody at the front line reads a colleague's. */
  get #readsNotes(): boolean {
    return writesNotes(this.session) || this.#own;
  }

  #card(agent: Agent): TemplateResult {
    return html`
      ${this.#head(agent)} ${this.#own ? html`<sideline-status-control part="status-control"></sideline-status-control>` : nothing}
      ${this.#leads
        ? html`<div class="primary-action"><sideline-quick-note agent-id=${agent.id} agent-name=${agent.fullName} primary exportparts="button: note-button"></sideline-quick-note>
            <button type="button" part="session-button" @click=${() => this.#openSession(agent, !this.#summary.data?.nextSession)}>${this.locale.t(this.#summary.data?.nextSession ? 'card.openSessions' : 'card.schedule')}</button></div>`
        : nothing}
      ${this.#figures(agent)} ${this.#readsNotes ? html`${this.#goalsSection(agent)} ${this.#actionsSection(agent)} ${this.#pastSessions(agent)} ${this.#notesSection.render(agent.fullName)}` : nothing} ${this.#own ? this.#record(agent) : nothing}
    `;
  }

  #head(agent: Agent): TemplateResult {
    return cardHead({
      locale: this.locale,
      agent,
      summary: this.#summary.data,
      own: this.#own,
      stale: this.staleSince(this.#person),
      openSessions: () => this.#openSession(agent, false),
    });
  }

  #figures(agent: Agent): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const summary = this.#summary.data;
    const hidden = this.#summary.error?.kind === 'forbidden';
    const shown = summary?.[this.period];
    return html`<section aria-label=${t('card.figures')}>
      <header>
        <h3 title=${shown ? t('card.range', { from: this.locale.day(shown.from), to: this.locale.day(shown.to) }) : nothing}>
          ${this.asOf ? t('card.figuresAsOf', { day: this.locale.day(this.asOf) }) : t('card.figures')}
        </h3>
        <button type="button" class="plain as-table end" part="table-button" aria-pressed=${this.table ? 'true' : 'false'}
          @click=${() => (this.table = !this.table)}>${t('chart.table')}</button>
        <div class="switch" role="group" aria-label=${t('card.period')}>
          ${(['period', 'today'] as const).map((period) => html`<button type="button" aria-pressed=${period === this.period ? 'true' : 'false'}
            @click=${() => (this.period = period)}>${period === 'period' ? t('card.period28') : this.asOf ? this.locale.day(this.asOf) : t('card.today')}</button>`)}
        </div>
      </header>
      ${hidden ? html`<p class="state quiet">${t('card.hidden')}</p>` : this.show(this.#summary, () => this.#grid(agent), () => figuresBones(this.locale))}
    </section>`;
  }

  #grid(agent: Agent): TemplateResult {
    const days = this.#days.data;
    if (this.table && days) return daysTable(this.locale, days, () => void this.#toCharts());
    return figuresGrid({
      locale: this.locale,
      figures: this.#summary.data?.[this.period].figures ?? [],
      days: customElements.get('sideline-chart') ? days : undefined,
      all: this.allFigures,
      open: (item) => void this.#drill.open(this.#about(agent, drillOfFigure(item, this.#periodWords(), this.locale))),
      openDay: (item, date) => this.#openDay(agent, item, date),
      toTable: (metric) => void this.#toTable(metric),
      toggleAll: () => (this.allFigures = !this.allFigures),
    });
  }

  #openSession({ id, fullName: name }: Agent, schedule: boolean, sessionId?: string): void {
    const detail = { sessionId, agentId: id, name, schedule };
    if (this.emit('sideline-session-open', detail, true)) void this.bring(sessionDialog).then((code) => code?.openSessionDialog(this, this.locale.t('common.close'), detail));
  }

  #periodWords(): string {
    const shown = this.#summary.data?.[this.period];
    if (!shown) return '';
    return this.period === 'today' ? this.locale.day(shown.to) : this.locale.t('card.range', { from: this.locale.day(shown.from), to: this.locale.day(shown.to) });
  }

  #openDay(agent: Agent, item: Figure, date: string): void {
    const day = this.#days.data?.find((candidate) => candidate.date === date);
    const subject = day ? drillOfDay(item, day, this.locale) : undefined;
    if (subject) void this.#drill.open(this.#about(agent, subject));
  }

  #about({ id, fullName }: Agent, subject: DrillSubject): DrillSubject {
    return this.#leads ? { ...subject, about: { agentId: id, name: fullName } } : subject;
  }

  async #toTable(from?: string): Promise<void> {
    this.#left = from;
    this.table = true;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.days')?.focus();
  }

  /** Back to the charts, and to the one that was left. */
  async #toCharts(): Promise<void> {
    this.table = false;
    await this.updateComplete;
    const chart = this.renderRoot.querySelector<HTMLElementTagNameMap['sideline-chart']>(`[data-metric=${this.#left ?? CHARTED[0]}] sideline-chart`);
    await chart?.updateComplete;
    chart?.focus();
  }

  #record({ id }: Agent): TemplateResult {
    void import('./own-record.ts');
    return html`<section class="record"><sideline-own-record .agentId=${id} exportparts="record-button"></sideline-own-record></section>`;
  }

  #goalsSection(agent: Agent): TemplateResult {
    void import('../goals/goals.ts');
    return html`<section aria-label=${this.locale.t('card.goals')} part="goals">
      <header><h3>${this.locale.t('card.goals')}</h3></header>
      <sideline-goals .agentId=${agent.id} .name=${agent.fullName} ?leads=${this.#leads}></sideline-goals>
    </section>`;
  }

  /** What was, whether or not something is booked. */
  #pastSessions(agent: Agent): TemplateResult {
    void import('./past-sessions.ts');
    return html`<section aria-label=${this.locale.t('card.sessions')} part="past-sessions">
      <header><h3>${this.locale.t('card.sessions')}</h3></header>
      <sideline-past-sessions .agentId=${agent.id} @session-asked=${({ detail }: CustomEvent<{ sessionId?: string }>) => this.#openSession(agent, false, detail.sessionId)}></sideline-past-sessions>
    </section>`;
  }

  /** Who reads the notes about somebody reads what they are to do. */
  #actionsSection(agent: Agent): TemplateResult {
    this.need(actionItems);
    return html`<section aria-label=${this.locale.t('card.actions')} part="actions">
      <header><h3>${this.locale.t('card.actions')}</h3></header>
      <sideline-action-items barless agent-id=${agent.id}></sideline-action-items>
    </section>`;
  }

  #statusChanged({ agentId, status, reason, timestamp }: Events['agent_status_change']): void {
    if (agentId !== this.#id) return;
    this.#person.mutate((agent) => ({ ...agent, onlineStatus: status, statusReason: reason, statusSince: timestamp }));
  }

  /** Calls end in bursts; the figures are asked for once a burst is over. */
  #figuresChanged(): void {
    clearTimeout(this.#settle);
    this.#settle = setTimeout(() => {
      void this.#summary.refresh();
      void this.#days.refresh();
    }, 2_000);
  }
}

define('sideline-agent-card', SidelineAgentCard);

declare global {
  interface HTMLElementTagNameMap {
    'sideline-agent-card': SidelineAgentCard;
  }
}
