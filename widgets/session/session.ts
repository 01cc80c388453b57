import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { Announcer } from '../controllers/announcer.ts';
import { EverySeconds } from '../controllers/clock.controller.ts';
import { toApiError } from '../shared/api-error.ts';
import { avatarStyles } from '../shared/avatar.ts';
import { bar, problemText, skeleton } from '../shared/blocks.ts';
import { confirmStyles } from '../shared/confirm.styles.ts';
import { define, SidelineElement } from '../shared/element.ts';
import type { SuggestedPlan } from '../shared/events.ts';
import { icon } from '../shared/icons.ts';
import '../shared/strings/session.ts';
import { Arriving } from './arriving.ts';
import { Begun } from './begun.ts';
import type { PageDocument } from './document.ts';
import { FIRST_WANTED, loadSession, loadSessions, wantMore, withDecision, withSession, type Sessions, type SessionsPart } from './load-sessions.ts';
import { SessionDeeds } from './session-deeds.ts';
import { sessionHead, type HeadDeeds } from './session-head.ts';
import { sessionList, sessionListStyles } from './session-list.ts';
import { isAhead, isOpenStep, nextOf, runs, stepOf, type Session, type Step } from './session-model.ts';
import type { SessionPartEvents } from './session-part.ts';
import { sessionSteps } from './session-steps.ts';
import { sessionStyles } from './session.styles.ts';
import { load, notHeld, stepPart } from './step-part.ts';

const writing = async () => import('./document.ts');

/**
 * One coaching session from the first thought to what it changed.
 *
 * @fires sideline-session-changed - a session was scheduled, or went a step further; detail `{sessionId, agentId, status}`
 * @fires sideline-session-shown - another session is shown, or none; detail `{sessionId}`
 * @csspart head status menu-button steps list
 */
export class SidelineSession extends SidelineElement {
  static override styles: CSSResultGroup = [SidelineElement.styles, avatarStyles, confirmStyles, sessionStyles, sessionListStyles];
  static override properties = {
    sessionId: { attribute: 'session-id' },
    agentId: { type: Number, attribute: 'agent-id' },
    agentName: { attribute: 'agent-name' },
    schedule: { type: Boolean },
    suggested: { attribute: false },
    chosen: { state: true },
    listed: { state: true },
    step: { state: true },
    passed: { state: true },
  };

  /** The session to show. */
  declare sessionId: string | undefined;
  /** Whose next session to show; one's own sessions when both are left out. */
  declare agentId: number | undefined;
  declare agentName: string | undefined;
  /** Opens with the form for a new session. */
  declare schedule: boolean;
  /** What that form begins with. */
  declare suggested: SuggestedPlan | undefined;
  /** The session chosen here. */
  declare private chosen: string | undefined;
  /** Whether the list is asked for although there is a next session. */
  declare private listed: boolean;
  /** The step chosen here; that of the session when nobody chose. */
  declare private step: Step | undefined;
  /** The session went on while something was being written: the way there is offered, not taken. */
  declare private passed: boolean;

  /** What is written together; its code comes when a session is live. */
  #document: PageDocument | undefined;
  /** The next session when it was looked for: what is on the screen does not change because another one would be next by now. */
  #next: string | undefined;
  #lookedForNext = false;
  #changing = false;
  #told: string | null = null;
  #wanted = FIRST_WANTED;
  readonly #arriving = new Arriving(this);
  readonly #announcer = new Announcer(this);
  readonly #begun = new Begun(this, {
    locale: () => this.locale,
    me: () => this.session.me,
    shown: () => this.#id,
    say: (text) => this.#announcer.now(text),
    go: (id) => this.#go({ id }),
  });
  readonly #whole = new SessionDeeds(this, {
    client: () => this.client,
    locale: () => this.locale,
    became: (session) => this.#became(session, true),
    failed: (error) => {
      this.#announcer.now(problemText(this.locale, toApiError(error)));
      void this.#one.refresh();
    },
  });
  readonly #sessions = this.resource<{ agentId: number | undefined }, Sessions>({
    key: () => (this.sessionId && !this.listed ? undefined : { agentId: this.agentId }),
    load: (client, { agentId }, signal) => {
      const { me } = this.session;
      if (!me) throw new Error('nobody is signed in');
      return loadSessions(client, me, agentId, this.#wanted, signal);
    },
  });
  readonly #one = this.resource<string, Session>({ key: () => this.#id, load: (client, id, signal) => loadSession(client, id, signal) });

  constructor() {
    super();
    this.schedule = false;
    this.listed = false;
    this.passed = false;
    new EverySeconds(this, 30); // deadlines pass with time alone
    this.addEventListener('session-changed', (event) => this.#own(event, () => this.#became(event.detail, true)));
    this.addEventListener('session-stale', (event) => this.#own(event, () => void this.#one.refresh()));
    this.addEventListener('session-go', (event) => this.#own(event, () => this.#go(event.detail)));
    this.live({
      'session:updated': (session) => this.#became(session, false),
      'session:withdrawn': ({ id }) => {
        if (id === this.#id) void this.#one.refresh();
        void this.#sessions.refresh();
      },
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('sessionId') || changed.has('agentId')) this.#forget();
    const { data } = this.#sessions;
    const { me } = this.session;
    if (!data || !me || this.#lookedForNext) return;
    this.#lookedForNext = true;
    const next = nextOf([...data.ahead, ...data.past], me);
    // What waits for a decision is in the list, and not put off by what comes next week.
    this.#next = data.toDecide.length > 0 && next?.status !== 'live' ? undefined : next?.id;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.#openDocument();
    const part = this.#part;
    if (part) this.need(load[part]);
    this.#arriving.settle();
    this.#tellShown();
  }

  /** Shows a session as if it had been chosen in the list. */
  open(id: string): void {
    this.#go({ id });
  }

  #tellShown(): void {
    const sessionId = this.schedule || this.listed ? null : (this.#id ?? null);
    if (sessionId === this.#told) return;
    this.#told = sessionId;
    this.emit('sideline-session-shown', { sessionId });
  }

  protected override render(): TemplateResult {
    const blocked = this.blocked();
    const source = this.#id ? this.#one : this.#sessions;
    if (blocked) return html`${this.bars()} ${blocked}`;
    return html`${this.bars(source)} ${this.#begun.render()} ${this.#body()} ${this.#announcer.render()} ${this.#whole.render()}`;
  }

  #body(): TemplateResult {
    if (this.schedule) return this.#form(this.#changing ? this.#one.data : undefined);
    if (this.listed || !this.#id) return this.show(this.#sessions, (sessions) => this.#list(sessions));
    return html`${this.sessionId ? nothing : this.#toList()} ${this.show(this.#one, (session) => this.#session(session))}`;
  }

  get #id(): string | undefined {
    return this.chosen ?? (this.sessionId || this.#next);
  }

  /** The part whose code is needed. */
  get #part(): Step | 'schedule' | undefined {
    if (this.schedule) return 'schedule';
    const session = this.listed ? undefined : this.#one.data;
    return session && this.#shown(session);
  }

  #shown(session: Session): Step {
    return this.step && isOpenStep(this.step, session) ? this.step : stepOf(session);
  }

  #list(sessions: Sessions): TemplateResult {
    const { me } = this.session;
    if (!me) return skeleton(this.locale, 4);
    const about = { id: this.agentId, name: this.agentName ?? [...sessions.past, ...sessions.ahead].find(({ agentId }) => agentId === this.agentId)?.agentName ?? undefined };
    return html`${this.listed && this.#id ? this.#back() : nothing}
      ${sessionList({ locale: this.locale, sessions, me, about, open: ({ id }) => this.#go({ id }), schedule: this.#maySchedule ? () => this.#go({ to: 'schedule' }) : undefined, more: (part) => this.#showMore(part) })}`;
  }

  #showMore(part: SessionsPart): void {
    this.#wanted = wantMore(this.#wanted, part);
    void this.#sessions.refresh();
  }

  get #maySchedule(): boolean {
    const me = this.session.me?.agent;
    return me !== undefined && me.role !== 'cs' && me.role !== 'viewer' && this.agentId !== me.id;
  }

  #session(session: Session): TemplateResult {
    const shown = this.#shown(session);
    const begun = this.passed && shown !== stepOf(session);
    return html`${sessionHead(this.locale, session, this.#deeds(session))} ${sessionSteps({ locale: this.locale, session, shown, choose: (step) => this.#choose(step) })}
      ${begun
        ? bar(this.locale.t(session.status === 'live' ? 'session.toLive' : 'session.toComplete'), { info: true, action: { label: this.locale.t('session.goThere'), run: () => this.#choose(stepOf(session)) } })
        : nothing}
      <div class="panel" role="tabpanel" id="panel" aria-labelledby="step-${shown}">${session.status === 'cancelled' || session.status === 'no_show' ? this.#notHeld(session) : this.#stepPart(session, shown)}</div>`;
  }

  /** The document of a live session; the steps then show what was written here as well, stored or not. */
  #openDocument(): void {
    if (this.#document || this.#one.data?.status !== 'live') return;
    const code = this.need(writing);
    if (!code) return;
    this.#document = new code.PageDocument(this, {
      sessionId: () => (this.#one.data?.status === 'live' ? this.#one.data.id : undefined),
      owner: () => (this.session.me ? `${this.client?.apiUrl ?? ''} ${this.session.me.agent.id}` : undefined),
      client: () => this.client,
      realtime: () => this.realtime,
      onSession: (session) => this.#became(session, false),
    });
    this.requestUpdate();
  }

  #notHeld(session: Session): TemplateResult {
    return notHeld(this.locale, session, this.#maySchedule ? () => this.#go({ to: 'schedule' }) : undefined);
  }

  #stepPart(stored: Session, step: Step): TemplateResult {
    const doc = stored.status === 'live' && this.#document?.isOpen(stored) ? this.#document : undefined;
    const session = doc?.over(stored) ?? stored;
    if (!customElements.get(`sideline-session-${step}`)) return this.coming(load[step]);
    return stepPart(step, session, doc);
  }

  #form(session: Session | undefined): TemplateResult {
    if (!customElements.get('sideline-session-schedule')) return this.coming(load.schedule);
    const chosen = this.#one.data;
    const people = session?.attendees ?? (this.agentId !== undefined ? [{ id: this.agentId, name: this.agentName ?? chosen?.agentName ?? `#${this.agentId}` }] : (chosen?.attendees ?? []));
    return html`<sideline-session-schedule .coaching=${session} .people=${people.map(({ id, name }) => ({ id, name }))} .suggested=${this.suggested} @left=${() => this.#leaveForm()}></sideline-session-schedule>`;
  }

  #back(): TemplateResult {
    return html`<button type="button" class="plain back" @click=${() => (this.listed = false)}>${icon('back', 14)}${this.locale.t('session.toSession')}</button>`;
  }

  #toList(): TemplateResult {
    return html`<button type="button" class="plain back" @click=${() => this.#showList()}>${icon('back', 14)}${this.locale.t('session.all')}</button>`;
  }

  #deeds(session: Session): HeadDeeds {
    const { me } = this.session;
    const ahead = isAhead(session) && me !== undefined && runs(me, session);
    const missed = ahead && session.status !== 'live' && Date.parse(session.scheduledAt) < Date.now();
    return {
      change: ahead ? () => this.#openForm(true) : undefined,
      calendar: () => void this.#whole.saveCalendar(session),
      noShow: missed ? () => void this.#whole.putDownAsMissed(session) : undefined,
      cancel: ahead ? () => void this.#whole.callOff(session) : undefined,
      all: this.sessionId ? () => this.#showList() : undefined,
    };
  }

  /** A session as it stands now, from here or from elsewhere. An older word about it is no news. */
  #became(session: Session, here: boolean): void {
    const { me } = this.session;
    this.#sessions.mutate((sessions) => (this.#concerns(session) ? withSession(sessions, session) : sessions));
    if (me && this.agentId === undefined) this.#sessions.mutate((sessions) => withDecision(sessions, session, me));
    this.#begun.heard(session);
    const before = this.#one.data;
    if (before?.id === session.id && (session.version >= before.version || here)) {
      this.#one.mutate(() => session);
      if (before.status !== session.status) this.#wentOn(before, session, here);
    }
    if (here && before?.status !== session.status) this.emit('sideline-session-changed', { sessionId: session.id, agentId: session.agentId, status: session.status });
  }

  #concerns({ id, facilitator, attendees }: Session): boolean {
    const me = this.session.me?.agent;
    const known = [...(this.#sessions.data?.ahead ?? []), ...(this.#sessions.data?.past ?? [])].some((session) => session.id === id);
    if (known || !me) return known;
    const who = this.agentId ?? (me.role === 'cs' ? me.id : undefined);
    return who === undefined ? facilitator.id === me.id : attendees.some((person) => person.id === who);
  }

  /** Only what is written while one prepares is in the way: what was written live is kept, and its fields are over. */
  #wentOn(before: Session, session: Session, here: boolean): void {
    this.#announcer.now(this.locale.t(`session.status.${session.status}`));
    this.passed = !here && this.#shown(before) === 'prepare' && this.#arriving.isWriting;
    this.step = this.passed ? 'prepare' : undefined;
    this.#arriving.next('[role="tab"][aria-selected="true"]');
  }

  #choose(step: Step): void {
    this.step = step;
    this.passed = false;
  }

  #go({ id, to }: SessionPartEvents['session-go']): void {
    if (to === 'list') return this.#showList();
    if (to === 'schedule') return this.#openForm(false);
    if (to) return this.#choose(to);
    this.#arriving.next('.head h2');
    this.chosen = id;
    this.listed = false;
    this.schedule = false;
    this.suggested = undefined;
    this.step = undefined;
    this.passed = false;
  }

  #openForm(changing: boolean): void {
    this.#changing = changing;
    this.schedule = true;
  }

  #leaveForm(): void {
    this.#arriving.next('.head h2, .sessions button');
    this.schedule = false;
    this.suggested = undefined;
    this.#changing = false;
  }

  #showList(): void {
    this.#arriving.next('.back, .sessions button');
    this.listed = true;
  }

  #forget(): void {
    this.chosen = undefined;
    this.#next = undefined;
    this.#lookedForNext = false;
    this.step = undefined;
    this.passed = false;
  }

  #own(event: Event, run: () => void): void {
    event.stopPropagation();
    run();
  }
}

define('sideline-session', SidelineSession);

declare global {
  interface HTMLElementTagNameMap {
    'sideline-session': SidelineSession;
  }
}
