import { html, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { drillOfFigure } from '../agent-card/figures.ts';
import { Drill } from '../drill/open-drill.ts';
import '../goals/goals.ts';
import { body } from '../shared/api-error.ts';
import { bar } from '../shared/blocks.ts';
import { define } from '../shared/element.ts';
import { icon, warningShape } from '../shared/icons.ts';
import '../shared/strings/card.ts';
import '../shared/strings/note.ts';
import '../shared/strings/queue.ts';
import '../shared/strings/session-live.ts';
import '../shared/strings/session-outcome.ts';
import { switchStyles } from '../shared/switch.styles.ts';
import './agenda.ts';
import type { SessionAgenda } from './agenda.ts';
import './comments.ts';
import { sectionsOf, suggestionsOf, type EvidenceRow, type Preparation } from './evidence.ts';
import { prepareStyles } from './prepare.styles.ts';
import { isAhead } from './session-model.ts';
import { SessionPart } from './session-part.ts';

/** From so long before it on, holding a session is what one is here for. */
const SOON_MS = 3_600_000;
const isSoon = (scheduledAt: string): boolean => Date.parse(scheduledAt) - Date.now() < SOON_MS;

/** Before the session: what there is to talk about on one side, what will be on the other. */
export class SessionPrepare extends SessionPart {
  static override styles: CSSResultGroup = [SessionPart.styles, switchStyles, prepareStyles];
  static override properties = { whose: { state: true }, pane: { state: true }, dismissed: { state: true }, goalProblem: { state: true } };

  /** The attendee of a group whose evidence is read. */
  declare private whose: number | undefined;
  /** Which of both is seen where there is no room for both. */
  declare private pane: 'evidence' | 'agenda';
  declare private dismissed: ReadonlySet<string>;
  /** Why a goal was not taken into the session. */
  declare private goalProblem: string;

  readonly #agenda = createRef<SessionAgenda>();
  readonly #drill = new Drill(this);
  readonly #preparation = this.resource<{ id: string; agentId: number | undefined; status: string }, Preparation>({
    key: () => ({ id: this.coaching.id, agentId: this.#agentId, status: this.coaching.status }),
    load: (client, { id, agentId }, signal) => body(client.http.GET('/api/coaching-sessions/{id}/preparation', { params: { path: { id }, query: agentId === undefined ? {} : { agentId } }, signal })),
  });

  constructor() {
    super();
    this.pane = 'agenda';
    this.dismissed = new Set();
    this.goalProblem = '';
    const changed = ({ agentId }: { agentId: number }): void => {
      if (agentId === this.#agentId) void this.#preparation.refresh();
    };
    this.live({
      'preparation:updated': ({ sessionId }) => {
        if (sessionId === this.coaching.id) void this.#preparation.refresh();
      },
      'quickNote:created': changed,
      'quickNote:updated': changed,
      'quickNote:deleted': changed,
    });
  }

  protected override render(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const { agenda, focusMetrics } = this.coaching;
    const metrics = focusMetrics.map((metric) => t(metric === 'sentiment' ? 'reason.sentiment' : `reason.gap.${metric}`)).join(', ');
    const pane = (name: 'evidence' | 'agenda', label: string): TemplateResult => html`<button type="button" aria-pressed=${this.pane === name ? 'true' : 'false'} @click=${() => (this.pane = name)}>${label}</button>`;
    return html`<div class="switch" role="group" aria-label=${t('prepare.pane')}>${pane('agenda', `${t('session.agenda')} · ${this.locale.number(agenda.length)}`)} ${pane('evidence', t('prepare.evidence'))}</div>
      ${metrics ? html`<p class="focus small" part="focus">${t('prepare.focus', { metrics })}</p>` : nothing}
      <div class="columns" data-pane=${this.pane}>
        <div class="evidence" part="evidence">${this.#choice()} ${this.#goals()} ${this.show(this.#preparation, (preparation) => this.#sections(preparation))}</div>
        <div class="plan" part="agenda">${this.#plan()}</div>
      </div>
      <sideline-session-comments .coaching=${this.coaching}></sideline-session-comments>
      ${this.#drill.render()} ${this.announcer.render()}`;
  }

  /** An attendee reads about themselves, whoever leads a group chooses. */
  get #agentId(): number | undefined {
    const { attendees } = this.coaching;
    const me = this.me?.agent.id;
    return attendees.some(({ id }) => id === me) ? me : (this.whose ?? attendees[0]?.id);
  }

  #choice(): TemplateResult | typeof nothing {
    const { attendees } = this.coaching;
    if (attendees.length < 2 || !this.runs) return nothing;
    return html`<section><label class="whose">${this.locale.t('effect.whose')}
      <select @change=${(event: Event) => (this.whose = Number((event.target as HTMLSelectElement).value))}>${attendees.map(({ id, name }) => html`<option value=${id} .selected=${id === this.#agentId}>${name}</option>`)}</select></label></section>`;
  }

  /** What is worked on over several sessions, and in this one. */
  #goals(): TemplateResult | typeof nothing {
    const { attendees, goalIds } = this.coaching;
    const who = attendees.find(({ id }) => id === this.#agentId);
    if (!who) return nothing;
    return html`<section aria-label=${this.locale.t('card.goals')}><header><h3>${this.locale.t('card.goals')}</h3></header>
      <sideline-goals .agentId=${who.id} .name=${who.name} ?leads=${this.runs} .worked=${goalIds} ?workable=${this.runs && isAhead(this.coaching)}
        @work=${(event: CustomEvent<{ goalId: string; yes: boolean }>) => void this.#work(event.detail)}></sideline-goals>
      ${this.goalProblem ? html`<p class="problem" role="alert">${this.goalProblem}</p>` : nothing}</section>`;
  }

  async #work({ goalId, yes }: { goalId: string; yes: boolean }): Promise<void> {
    const { id, version, goalIds } = this.coaching;
    const params = { path: { id }, header: { 'If-Match': `"${version}"` } };
    const next = yes ? [...new Set([...goalIds, goalId])] : goalIds.filter((other) => other !== goalId);
    const done = await this.step((client) => body(client.http.PUT('/api/coaching-sessions/{id}', { params, body: { goalIds: next } })));
    this.goalProblem = done ? '' : this.problem;
    if (!done) this.requestUpdate(); // the tick stands for what is stored
  }

  #plan(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const { agenda, status, scheduledAt } = this.coaching;
    const soon = isSoon(scheduledAt);
    return html`${this.#suggestions()}
      <section aria-label=${t('session.agenda')}><header><h3>${t('session.agenda')}</h3><span class="end quiet">${t('session.agenda.count', { n: agenda.length })}</span></header>
        ${this.runs ? nothing : html`<p class="hint">${t('prepare.agentHint')}</p>`}
        <sideline-session-agenda ${ref(this.#agenda)} .coaching=${this.coaching}></sideline-session-agenda>
      </section>
      ${this.runs && isAhead(this.coaching) && status !== 'live'
        ? html`<div class="buttons begin">
            ${status === 'scheduled' ? html`<button type="button" class="narrow-only ${soon ? '' : 'primary'}" ?disabled=${this.busy} @click=${() => void this.#prepare()}>${t('session.prepare')}</button>` : nothing}
            <button type="button" class=${soon ? 'primary' : ''} part="start-button" ?disabled=${this.busy} @click=${() => void this.#begin()}>${t('session.begin')}</button>
            ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}</div>`
        : nothing}`;
  }

  /** The draft of an agenda, taken point by point. */
  #suggestions(): TemplateResult | typeof nothing {
    const t = this.locale.t.bind(this.locale);
    const open = (this.#preparation.data ? suggestionsOf(this.locale, this.#preparation.data) : []).filter(({ key }) => !this.dismissed.has(key) && !this.#isOn(key));
    if (!this.runs || !isAhead(this.coaching) || open.length === 0) return nothing;
    return html`<section class="suggested" aria-label=${t('prepare.suggested')}>
      <header><h3>${t('prepare.suggested')}</h3><button type="button" class="link end" @click=${() => void this.#acceptAll(open)}>${t('prepare.acceptAll', { n: open.length })}</button></header>
      <ul class="lines" role="list">${open.map((row) => html`<li><span class="what">${row.title}${row.detail ? html`<span class="quiet">${row.detail}</span>` : nothing}</span>
        <button type="button" class="plain icon accept" aria-label=${t('prepare.accept', { title: row.title })} @click=${() => void this.#put(row)}>${icon('check', 14)}</button>
        <button type="button" class="plain icon" aria-label=${t('prepare.dismiss', { title: row.title })} @click=${() => (this.dismissed = new Set([...this.dismissed, row.key]))}>${icon('close', 12)}</button></li>`)}</ul>
    </section>`;
  }

  #sections(preparation: Preparation): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const { status, computedAt } = preparation;
    return html`${status === 'pending' ? this.#pending() : status === 'stale' ? bar(t('prepare.stale'), { info: true }) : nothing}
      ${sectionsOf(this.locale, preparation).map(({ title, rows, none }) => html`<section aria-label=${title}><header><h3>${title}</h3></header>
      ${rows.length === 0 ? html`<p class="quiet small">${none}</p>` : html`<ul class="lines" role="list">${rows.map((row) => this.#row(row))}</ul>`}</section>`)}
      ${computedAt ? html`<section><p class="hint">${t('prepare.compiled', { when: this.locale.instant(computedAt) })}</p></section>` : nothing}`;
  }

  /** Not put together yet: on its way, or nobody has begun. */
  #pending(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const { status, scheduledAt } = this.coaching;
    if (status !== 'scheduled') return html`<section><p class="quiet small" role="status">${t('prepare.compiling')}</p></section>`;
    return html`<section><p class="quiet small">${t('prepare.notYet')}</p>
      ${this.runs ? html`<div class="buttons"><button type="button" class=${isSoon(scheduledAt) ? '' : 'primary'} part="prepare-button" ?disabled=${this.busy} @click=${() => void this.#prepare()}>${t('session.prepare')}</button></div>` : nothing}</section>`;
  }

  #row(row: EvidenceRow): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const on = this.#isOn(row.key);
    const offers = isAhead(this.coaching) && row.point !== undefined;
    return html`<li><span class="what">${row.title}${row.detail ? html`<span class=${row.missed && !row.value ? 'late small' : 'quiet'}>${row.missed && !row.value ? warningShape(9) : nothing}${row.detail}</span>` : nothing}</span>
      ${row.value
        ? html`<button type="button" class="plain value ${row.missed ? 'missed' : ''}" aria-label="${row.value}, ${t('prepare.figureOf', { name: row.title })}" @click=${() => this.#open(row)}>${row.missed ? warningShape(9) : nothing}${row.value}</button>`
        : nothing}
      ${!offers ? nothing : on
        ? html`<span class="good on" title=${t('prepare.isOn')}>${icon('check', 14)}<span class="sr">${t('prepare.isOn')}</span></span>`
        : html`<button type="button" class="plain icon" aria-label=${t('prepare.put', { title: row.title })} ?disabled=${this.#agenda.value === undefined} @click=${() => void this.#put(row)}>${icon('plus', 14)}</button>`}</li>`;
  }

  #open({ figure: item }: EvidenceRow): void {
    const asOf = this.#preparation.data?.content?.asOf;
    if (item) void this.#drill.open(drillOfFigure(item, asOf ? this.locale.t('queue.period', { day: this.locale.day(asOf) }) : '', this.locale));
  }

  #isOn(key: string): boolean {
    return this.coaching.agenda.some(({ refId }) => refId === key);
  }

  async #put({ point }: EvidenceRow): Promise<void> {
    if (point) await this.#agenda.value?.add(point);
  }

  async #acceptAll(rows: readonly EvidenceRow[]): Promise<void> {
    for (const row of rows) await this.#put(row); // one after the other, in their order
  }

  async #begin(): Promise<void> {
    const params = { path: { id: this.coaching.id } };
    await this.step((client) => body(client.http.POST('/api/coaching-sessions/{id}/start', { params })));
  }

  async #prepare(): Promise<void> {
    const params = { path: { id: this.coaching.id } };
    await this.step((client) => body(client.http.POST('/api/coaching-sessions/{id}/prepare', { params })));
  }
}

define('sideline-session-prepare', SessionPrepare);

declare global {
  interface HTMLElementTagNameMap {
    'sideline-session-prepare': SessionPrepare;
  }
}
