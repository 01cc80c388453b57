import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { components } from '../../api/http/contract.types.ts';
import { body, type ApiError } from '../shared/api-error.ts';
import { define } from '../shared/element.ts';
import type { SuggestedPlan } from '../shared/events.ts';
import type { PersonRef } from '../shared/person-picker.ts';
import '../shared/person-picker.ts';
import '../shared/strings/queue.ts';
import '../shared/strings/session-schedule.ts';
import { clashOf, FOCUS_METRICS, emptyPlan, planFrom, planOf, toChange, toNew, type Clash, type Plan } from './plan.ts';
import { endOf, fromLocal, namesOf, toLocal, type Session } from './session-model.ts';
import { SessionPart } from './session-part.ts';
import { scheduleStyles } from './schedule.styles.ts';

type Schemas = components['schemas'];
type Template = Schemas['CoachingTemplate'];

const DURATIONS = [15, 30, 45, 60, 90];
const HOLDING = ['team_leader', 'manager', 'admin'] as const;

/**
 * A new session, or another time and other people for one.
 *
 * @fires left - it was saved, or given up
 */
export class SessionSchedule extends SessionPart {
  static override styles: CSSResultGroup = [SessionPart.styles, scheduleStyles];
  static override properties = { people: { attribute: false }, suggested: { attribute: false }, plan: { state: true }, clash: { state: true }, away: { state: true } };

  /** Whom it is with, where the page knows. */
  declare people: readonly PersonRef[];
  /** What it may be about, where whoever asked for the form knows. */
  declare suggested: SuggestedPlan | undefined;
  declare private plan: Plan;
  /** The session that somebody sits in then. */
  declare private clash: Clash | undefined;
  /** Somebody is on leave then: the server's sentence. */
  declare private away: string;

  readonly #templates = this.resource<'templates', Schemas['CoachingTemplatePage']>({
    key: () => (this.coaching ? undefined : 'templates'),
    load: (client, _key, signal) => body(client.http.GET('/api/coaching-templates', { params: { query: { limit: 100 } }, signal })),
  });
  /** What those who take part have that day already. */
  readonly #thatDay = this.resource<{ date: string; people: readonly number[] }, readonly Session[]>({
    key: () => (this.plan.date && this.plan.people.length > 0 ? { date: this.plan.date, people: [...this.plan.people, ...(this.plan.facilitator ? [this.plan.facilitator] : [])].map(({ id }) => id) } : undefined),
    load: async (client, { date, people }, signal) => {
      const [from, to] = [fromLocal(date, '00:00'), fromLocal(date, '23:59')];
      if (!from || !to) return [];
      const query = { from, to, status: ['scheduled', 'preparing', 'live'] satisfies Schemas['SessionStatus'][], order: 'earliest', limit: 20 } as const;
      const pages = await Promise.all(people.slice(0, 4).flatMap((id) => [{ agentId: id }, { facilitatorId: id }]).map((who) => body(client.http.GET('/api/coaching-sessions', { params: { query: { ...query, ...who } }, signal }))));
      return [...new Map(pages.flatMap(({ data }) => data).map((session) => [session.id, session])).values()].sort((a, b) => a.scheduledAt.localeCompare(b.scheduledAt));
    },
  });

  constructor() {
    super();
    this.people = [];
    this.plan = emptyPlan(Date.now());
    this.away = '';
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (this.hasUpdated) return;
    const me = this.me?.agent;
    const facilitator = me && { id: me.id, name: me.fullName };
    this.plan = this.coaching ? planOf(this.coaching) : { ...emptyPlan(Date.now()), people: this.people, facilitator, ...(this.suggested && planFrom(this.suggested)) };
  }

  protected override firstUpdated(): void {
    this.renderRoot.querySelector<HTMLElement>('h2')?.focus();
  }

  protected override render(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const { plan } = this;
    const title = this.coaching ? t('plan.change', { name: namesOf(this.coaching) }) : plan.people.length > 0 ? t('plan.newWith', { name: plan.people.map(({ name }) => name).join(', ') }) : t('plan.new');
    return html`<form novalidate aria-labelledby="title" @submit=${this.#onSubmit} @keydown=${this.#onKey}>
      <h2 id="title" tabindex="-1">${title}</h2>
      <div class="field"><span class="label">${t('plan.who')}</span>
        <sideline-person-picker label=${t('plan.who')} .chosen=${plan.people} @picked=${(event: CustomEvent<PersonRef[]>) => this.#set({ people: event.detail })}></sideline-person-picker>
        <p class="hint">${t('plan.whoHint')}</p></div>
      ${this.#when()} ${this.#busy()} ${this.#trouble()}
      ${this.coaching ? nothing : this.#template()}
      ${this.#taken()} ${this.#focus()}
      ${this.coaching ? nothing : html`<div class="field"><label for="agenda">${t('plan.agenda')} <span class="quiet">${t('common.optional')}</span></label>
        <textarea id="agenda" rows="3" .value=${live(plan.agenda)} @input=${(event: Event) => this.#set({ agenda: textOf(event) })}></textarea></div>`}
      <div class="pair wide-only">
        <div class="field"><span class="label">${t('plan.facilitator')}</span>
          <sideline-person-picker single label=${t('plan.facilitator')} .roles=${HOLDING} .chosen=${plan.facilitator ? [plan.facilitator] : []}
            @picked=${(event: CustomEvent<PersonRef[]>) => this.#set({ facilitator: event.detail[0] })}></sideline-person-picker></div>
        <div class="field"><label for="remote">${t('plan.remote')} <span class="quiet">${t('common.optional')}</span></label>
          <input id="remote" type="url" maxlength="500" placeholder="https://" .value=${live(plan.remoteUrl)} @input=${(event: Event) => this.#set({ remoteUrl: textOf(event).trim() })} /></div>
      </div>
      ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
      <div class="buttons"><button type="submit" class="primary" ?disabled=${this.busy}>${t(this.busy ? 'plan.saving' : this.coaching ? 'plan.saveChange' : 'plan.save')}</button>
        <button type="button" class="plain" @click=${() => this.#leave()}>${t('common.cancel')}</button></div>
    </form>`;
  }

  #when(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const { plan } = this;
    const fixed = this.coaching?.status === 'live';
    const durations = [...new Set([...DURATIONS, plan.durationMinutes])].sort((a, b) => a - b);
    return html`<div class="when">
        <div class="field"><label for="date">${t('plan.date')}</label>
          <input id="date" type="date" required ?disabled=${fixed} aria-invalid=${this.clash || this.away ? 'true' : 'false'} .value=${live(plan.date)} @change=${(event: Event) => this.#set({ date: textOf(event) })} /></div>
        <div class="field"><label for="time">${t('plan.time')}</label>
          <input id="time" type="time" required step="300" ?disabled=${fixed} aria-invalid=${this.clash ? 'true' : 'false'} .value=${live(plan.time)} @change=${(event: Event) => this.#set({ time: textOf(event) })} /></div>
        <div class="field"><label for="duration">${t('plan.duration')}</label>
          <select id="duration" @change=${(event: Event) => this.#set({ durationMinutes: Number((event.target as HTMLSelectElement).value) })}>
            ${durations.map((minutes) => html`<option value=${minutes} .selected=${minutes === plan.durationMinutes}>${this.locale.number(minutes)}</option>`)}
          </select></div>
      </div>
      ${fixed ? html`<p class="hint">${t('plan.live')}</p>` : nothing}`;
  }

  /** What is planned that day for those who take part: a clash is seen before it is refused. */
  #busy(): TemplateResult | typeof nothing {
    const others = (this.#thatDay.data ?? []).filter(({ id }) => id !== this.coaching?.id);
    if (others.length === 0) return nothing;
    const start = Date.parse(fromLocal(this.plan.date, this.plan.time) ?? '');
    const end = start + this.plan.durationMinutes * 60_000;
    return html`<div class="that-day small"><span class="quiet">${this.locale.t('plan.thatDay')}</span>
      ${others.map((session) => {
        const meets = Date.parse(session.scheduledAt) < end && endOf(session) > start;
        return html`<span class=${meets ? 'late' : ''}>${this.locale.t('plan.busy', { from: this.locale.time(session.scheduledAt), to: this.#end(session), name: namesOf(session) })}</span>`;
      })}</div>`;
  }

  #trouble(): TemplateResult | typeof nothing {
    const t = this.locale.t.bind(this.locale);
    const { clash } = this;
    if (clash) {
      const free = toLocal(new Date(endOf(clash)).toISOString());
      return html`<div class="callout bad" role="alert"><p>${t('plan.clash', { name: clash.personName, from: this.locale.time(clash.scheduledAt), to: this.#end(clash) })}</p>
        <div class="buttons"><button type="button" @click=${() => this.#set(free)}>${t('plan.clashTake', { time: this.#end(clash) })}</button></div></div>`;
    }
    if (!this.away) return nothing;
    return html`<div class="callout warn" role="alert"><p>${this.away}</p>
      <label class="check"><input type="checkbox" .checked=${live(this.plan.despiteLeave)} @change=${(event: Event) => (this.plan = { ...this.plan, despiteLeave: (event.target as HTMLInputElement).checked })} />${t('plan.leave')}</label></div>`;
  }

  #end(session: Pick<Session, 'scheduledAt' | 'durationMinutes'>): string {
    return this.locale.time(new Date(endOf(session)).toISOString());
  }

  #template(): TemplateResult | typeof nothing {
    const templates = (this.#templates.data?.data ?? []).filter(({ kind }) => kind !== 'note');
    if (templates.length === 0) return nothing;
    const t = this.locale.t.bind(this.locale);
    return html`<div class="field"><label for="template">${t('plan.template')}</label>
      <select id="template" @change=${(event: Event) => this.#take(templates.find(({ id }) => id === (event.target as HTMLSelectElement).value))}>
        <option value="">${t('plan.noTemplate')}</option>
        ${templates.map(({ id, name }) => html`<option value=${id} .selected=${id === this.plan.templateId}>${name}</option>`)}
      </select></div>`;
  }

  /** What came with the form is what it begins with, and is left out by one press while it stands as it came. */
  #taken(): TemplateResult | typeof nothing {
    const { plan } = this;
    const came = this.suggested && planFrom(this.suggested);
    if (this.coaching || !came || plan.agenda !== came.agenda || plan.focusMetrics.join() !== came.focusMetrics.join()) return nothing;
    return html`<p class="hint taken">${this.locale.t('plan.suggested')}
      <button type="button" class="link" @click=${() => this.#set({ focusMetrics: [], agenda: '' })}>${this.locale.t('plan.suggestedNone')}</button></p>`;
  }

  #focus(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const chosen = this.plan.focusMetrics;
    return html`<fieldset class="chips"><legend>${t('plan.focus')} <span class="quiet">${t('common.optional')}</span></legend>
      ${FOCUS_METRICS.map((metric) => html`<button type="button" class="chip" aria-pressed=${chosen.includes(metric) ? 'true' : 'false'}
        @click=${() => this.#set({ focusMetrics: chosen.includes(metric) ? chosen.filter((other) => other !== metric) : [...chosen, metric] })}>${t(metric === 'sentiment' ? 'reason.sentiment' : `reason.gap.${metric}`)}</button>`)}
      <p class="hint">${t('plan.focusHint')}</p></fieldset>`;
  }

  /** What the template has; what was written here stays. */
  #take(template: Template | undefined): void {
    if (!template) return this.#set({ templateId: undefined });
    const lines = [...new Set([...this.plan.agenda.split('\n').filter(Boolean), ...template.agenda.map(({ title }) => title)])];
    this.#set({
      templateId: template.id,
      agenda: lines.join('\n'),
      ...(template.durationMinutes ? { durationMinutes: template.durationMinutes } : {}),
      ...(template.focusMetrics.length > 0 ? { focusMetrics: FOCUS_METRICS.filter((metric) => (template.focusMetrics as readonly string[]).includes(metric)) } : {}),
    });
  }

  #set(change: Partial<Plan>): void {
    const moved = change.date !== undefined || change.time !== undefined || change.people !== undefined || change.durationMinutes !== undefined || 'facilitator' in change;
    if (moved) {
      this.clash = undefined;
      this.away = '';
    }
    this.problem = '';
    this.plan = { ...this.plan, ...change, ...(moved ? { despiteLeave: false } : {}) };
  }

  readonly #onSubmit = (event: Event): void => {
    event.preventDefault();
    void this.#save();
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.stopPropagation();
    this.#leave();
  };

  async #save(): Promise<void> {
    const { plan, coaching } = this;
    this.problem = this.#fault(plan);
    if (this.problem) return;
    const saved = coaching ? await this.#change(coaching, plan) : await this.#create(plan);
    if (!saved) return;
    this.announcer.now(this.locale.t(coaching ? 'plan.changed' : 'plan.done', { when: this.locale.instant(saved.scheduledAt) }));
    if (!coaching) this.tell('session-go', { id: saved.id });
    else this.#leave();
  }

  #fault({ people, date, time, remoteUrl }: Plan): string {
    if (people.length === 0) return this.locale.t('plan.nobody');
    if (!fromLocal(date, time)) return this.locale.t('plan.incomplete');
    return remoteUrl && !/^https:\/\/[^\s"<>]+$/.test(remoteUrl) ? this.locale.t('plan.remoteRule') : '';
  }

  /** One key for one plan: pressing twice, or again after a lost answer, schedules once. */
  readonly #key = crypto.randomUUID();
  #sent = '';
  #attempt = 0;

  #create(plan: Plan): Promise<Session | undefined> {
    const data = toNew(plan);
    const now = JSON.stringify(data);
    if (now !== this.#sent) this.#attempt += 1;
    this.#sent = now;
    const header = { 'Idempotency-Key': `${this.#key}-${this.#attempt}` };
    return this.step((client) => body(client.http.POST('/api/coaching-sessions', { params: { header }, body: data })), (error) => this.#refused(error));
  }

  async #change(session: Session, plan: Plan): Promise<Session | undefined> {
    const changes = toChange(session, plan);
    if (Object.keys(changes).length === 0) return session;
    const params = { path: { id: session.id }, header: { 'If-Match': `"${session.version}"` } };
    return this.step((client) => body(client.http.PUT('/api/coaching-sessions/{id}', { params, body: changes })), (error) => this.#refused(error));
  }

  #refused(error: ApiError): string | undefined {
    this.clash = clashOf(error);
    if (this.clash) return '';
    if (error.code !== 'on_leave') return undefined;
    this.away = error.message;
    return '';
  }

  #leave(): void {
    this.dispatchEvent(new CustomEvent('left'));
  }
}

const textOf = (event: Event): string => (event.target as HTMLInputElement | HTMLTextAreaElement).value;

define('sideline-session-schedule', SessionSchedule);

declare global {
  interface HTMLElementTagNameMap {
    'sideline-session-schedule': SessionSchedule;
  }
}
