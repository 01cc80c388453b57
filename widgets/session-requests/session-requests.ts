import { html, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { Announcer } from '../controllers/announcer.ts';
import { EverySeconds } from '../controllers/clock.controller.ts';
import type { Resource } from '../controllers/resource.ts';
import type { SidelineClient } from '../provider/client.ts';
import { body, toApiError } from '../shared/api-error.ts';
import { avatarStyles } from '../shared/avatar.ts';
import { empty, problemText } from '../shared/blocks.ts';
import { confirmStyles } from '../shared/confirm.styles.ts';
import { Confirm } from '../shared/confirm.ts';
import { define, SidelineElement } from '../shared/element.ts';
import { icon } from '../shared/icons.ts';
import '../shared/strings/requests.ts';
import { answerForm, startAnswer, type AnswerDraft } from './answer-form.ts';
import { askForm, emptyAsk, type AskDraft } from './ask-form.ts';
import { requestEntry } from './request-entry.ts';
import { futureInstant, isLate, loadRequests, withRequest, type Loaded, type SessionRequest } from './requests-model.ts';
import { sessionRequestsStyles } from './session-requests.styles.ts';

/**
 * Requests for a session: people ask, and see what became of it; those who lead them schedule or say why not, and see
 * what has waited for too long.
 *
 * @fires sideline-session-scheduled - detail: `{sessionId, requestId, agentId}`
 * @csspart ask-button ask-form answer-form request name topic due schedule-button decline-button withdraw-button
 */
export class SidelineSessionRequests extends SidelineElement {
  static override styles: CSSResultGroup = [SidelineElement.styles, avatarStyles, confirmStyles, sessionRequestsStyles];
  static override properties = {
    agentId: { type: Number, attribute: 'agent-id' },
    asking: { state: true },
    ask: { state: true },
    answer: { state: true },
    problem: { state: true },
    sending: { state: true },
  };

  /** Requests of one person only. */
  declare agentId: number | undefined;
  declare private asking: boolean;
  declare private ask: AskDraft;
  declare private answer: AnswerDraft | undefined;
  declare private problem: string;
  declare private sending: boolean;

  /** The same request, repeated after a lost answer, is asked once. */
  #key = crypto.randomUUID();
  readonly #announcer = new Announcer(this);
  readonly #confirm = new Confirm(this);
  readonly #requests: Resource<{ me: number; key: { agentId: number | undefined } }, Loaded> = this.resource<{ agentId: number | undefined }, Loaded>({
    key: () => ({ agentId: this.agentId }),
    load: (client, { agentId }, signal) => loadRequests(client, agentId, signal),
  });

  constructor() {
    super();
    this.asking = false;
    this.ask = emptyAsk;
    this.problem = '';
    this.sending = false;
    new EverySeconds(this, 15); // lateness comes with time alone
    this.live({ 'sessionRequest:updated': (request) => this.#heard(request) });
  }

  protected override render(): TemplateResult {
    return html`${this.bars(this.#requests)} ${this.show(this.#requests, ({ requests }) => this.#all(requests))} ${this.#announcer.render()} ${this.#confirm.render()}`;
  }

  /** Those who are led ask; managers and administrators are asked. */
  get #mayAsk(): boolean {
    const me = this.session.me?.agent;
    return (me?.role === 'cs' || me?.role === 'team_leader') && (this.agentId === undefined || this.agentId === me.id);
  }

  #all(requests: readonly SessionRequest[]): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const open = requests.filter(({ status }) => status === 'open');
    const answered = requests.filter(({ status }) => status !== 'open');
    const onlyOwn = this.session.me?.agent.role === 'cs';
    return html`
      <div class="top">
        <bdi class="small quiet" role="status">${open.length > 0 ? t('requests.open', { n: open.length }) : nothing}</bdi>
        ${this.#mayAsk && !this.asking
          ? html`<button type="button" class="end ${onlyOwn ? 'primary' : ''}" part="ask-button" @click=${() => void this.#startAsking()}>${icon('plus', 14)}${t('requests.ask')}</button>`
          : nothing}
      </div>
      ${this.asking ? this.#askForm() : nothing}
      ${this.problem && !this.asking && !this.answer ? html`<p class="problem aside" role="alert">${this.problem}</p>` : nothing}
      ${requests.length === 0 && !this.asking ? empty(t(onlyOwn ? 'requests.emptyOwn' : 'requests.empty')) : nothing}
      ${open.length > 0 ? html`<ul role="list" aria-label=${t('requests.title')}>${open.map((request) => this.#entry(request))}</ul>` : nothing}
      ${answered.length > 0 ? html`<h3 class="answered">${t('requests.answered')}</h3><ul role="list" aria-label=${t('requests.answered')}>${answered.map((request) => this.#entry(request))}</ul>` : nothing}`;
  }

  #entry(request: SessionRequest): TemplateResult {
    const me = this.session.me?.agent;
    const own = request.agentId === me?.id;
    const leads = !own && me?.role !== 'cs';
    const draft = this.answer?.requestId === request.id ? this.answer : undefined;
    return requestEntry({
      locale: this.locale,
      request,
      now: Date.now(),
      businessZone: this.session.me?.installation.businessTimezone,
      own,
      schedule: leads ? () => void this.#startAnswer(request, 'schedule') : undefined,
      decline: leads ? () => void this.#startAnswer(request, 'decline') : undefined,
      withdraw: own ? () => void this.#withdraw(request) : undefined,
      form: draft && request.status === 'open' ? this.#answerForm(request, draft) : undefined,
    });
  }

  #askForm(): TemplateResult {
    return askForm({
      locale: this.locale,
      draft: this.ask,
      problem: this.problem,
      sending: this.sending,
      change: (change) => {
        this.ask = { ...this.ask, ...change };
        this.problem = '';
        this.#key = crypto.randomUUID();
      },
      send: () => void this.#sendAsk(),
      close: () => void this.#stopAsking(),
    });
  }

  #answerForm(request: SessionRequest, draft: AnswerDraft): TemplateResult {
    return answerForm({
      locale: this.locale,
      request,
      draft,
      problem: this.problem,
      sending: this.sending,
      change: (change) => {
        this.answer = { ...draft, ...change };
        this.problem = '';
        this.#key = crypto.randomUUID();
      },
      send: () => void this.#sendAnswer(request, draft),
      close: () => void this.#stopAnswer(request),
    });
  }

  async #startAsking(): Promise<void> {
    this.answer = undefined;
    this.problem = '';
    this.asking = true;
    await this.#focus('#topic');
  }

  async #stopAsking(): Promise<void> {
    this.asking = false;
    this.problem = '';
    await this.#focus('[part="ask-button"]');
  }

  async #startAnswer(request: SessionRequest, how: AnswerDraft['how']): Promise<void> {
    this.asking = false;
    this.problem = '';
    this.answer = startAnswer(request, how, Date.now());
    await this.#focus(how === 'schedule' ? '#when' : '#reason');
  }

  async #stopAnswer({ id }: SessionRequest): Promise<void> {
    const button = this.answer?.how === 'decline' ? 'decline-button' : 'schedule-button';
    this.answer = undefined;
    this.problem = '';
    await this.#focus(`[data-request="${id}"] [part="${button}"]`);
  }

  async #sendAsk(): Promise<void> {
    const topic = this.ask.topic.trim();
    const message = this.ask.message.trim();
    const entered = this.ask.times.filter(Boolean);
    const times = entered.flatMap((time) => futureInstant(time, Date.now()) ?? []);
    if (!topic) return this.#refuse(this.locale.t('requests.topicMissing'), '#topic');
    if (times.length < entered.length) return this.#refuse(this.locale.t('requests.timeOver'), 'input[type="datetime-local"]');
    const data = { topic, ...(message ? { message } : {}), ...(times.length > 0 ? { preferredTimes: [...new Set(times)] } : {}) };
    const asked = await this.#attempt((client) => body(client.http.POST('/api/session-requests', { params: { header: { 'Idempotency-Key': this.#key } }, body: data })));
    if (!asked) return;
    this.ask = emptyAsk;
    this.#key = crypto.randomUUID();
    this.#take(asked);
    this.#announcer.now(this.locale.t('requests.sent', { when: this.locale.due(asked.answerDueAt, this.session.me?.installation.businessTimezone) }));
    await this.#stopAsking();
  }

  async #sendAnswer(request: SessionRequest, draft: AnswerDraft): Promise<void> {
    const { t } = this.locale;
    if (draft.how === 'decline') {
      const reason = draft.reason.trim();
      if (!reason) return this.#refuse(t.call(this.locale, 'requests.reasonMissing', { name: request.agentName }), '#reason');
      const params = { path: { id: request.id }, header: { 'If-Match': `"${request.version}"` } };
      const declined = await this.#attempt((client) => body(client.http.POST('/api/session-requests/{id}/decline', { params, body: { reason } })));
      return declined ? this.#answered(declined, t.call(this.locale, 'requests.declinedNow')) : undefined;
    }
    const scheduledAt = futureInstant(draft.when, Date.now());
    if (!scheduledAt) return this.#refuse(t.call(this.locale, 'requests.whenMissing'), '#when');
    const data = { agentId: request.agentId, scheduledAt, durationMinutes: draft.minutes, requestId: request.id };
    const session = await this.#attempt((client) => body(client.http.POST('/api/coaching-sessions', { params: { header: { 'Idempotency-Key': this.#key } }, body: data })));
    if (!session) return;
    this.emit('sideline-session-scheduled', { sessionId: session.id, requestId: request.id, agentId: request.agentId });
    const answered = await this.#attempt((client) => body(client.http.GET('/api/session-requests/{id}', { params: { path: { id: request.id } } })));
    this.#answered(answered ?? { ...request, status: 'scheduled', sessionId: session.id }, t.call(this.locale, 'requests.scheduled', { when: this.locale.instant(scheduledAt) }));
  }

  #answered(request: SessionRequest, said: string): void {
    this.answer = undefined;
    this.#key = crypto.randomUUID();
    this.#take(request);
    this.#announcer.now(said);
    const next = this.#requests.data?.requests.find(({ status }) => status === 'open');
    void this.#focus(next ? `[data-request="${next.id}"] button` : `[part="ask-button"]`);
  }

  async #withdraw(request: SessionRequest): Promise<void> {
    const t = this.locale.t.bind(this.locale);
    if (!(await this.#confirm.ask({ title: t('requests.withdrawTitle'), text: t('requests.withdrawText'), yes: t('requests.withdrawYes'), no: t('requests.withdrawNo') }))) return;
    const params = { path: { id: request.id }, header: { 'If-Match': `"${request.version}"` } };
    const withdrawn = await this.#attempt((client) => body(client.http.POST('/api/session-requests/{id}/withdraw', { params })));
    if (!withdrawn) return;
    this.#take(withdrawn);
    this.#announcer.now(t('requests.withdrawn'));
    await this.#focus('[part="ask-button"]');
  }

  /** Why it was not done is said where it was tried; what was written stays. */
  async #attempt<T>(work: (client: SidelineClient) => Promise<T>): Promise<T | undefined> {
    const client = this.client;
    if (!client || this.sending) return undefined;
    this.sending = true;
    this.problem = '';
    try {
      return await work(client);
    } catch (error) {
      const failed = toApiError(error);
      this.problem = failed.kind === 'offline' ? this.locale.t('requests.offline') : this.locale.t('requests.notDone', { detail: problemText(this.locale, failed) });
      // Somebody was faster: what is shown is not what is.
      if (failed.kind === 'clash' || failed.kind === 'gone') void this.#requests.refresh();
      return undefined;
    } finally {
      this.sending = false;
    }
  }

  #refuse(problem: string, field: string): void {
    this.problem = problem;
    void this.#focus(field);
  }

  #take(request: SessionRequest): void {
    this.#requests.mutate((loaded) => withRequest(loaded, request));
  }

  #heard(request: SessionRequest): void {
    if (this.agentId !== undefined && request.agentId !== this.agentId) return;
    const known = this.#requests.data?.requests.some(({ id }) => id === request.id) ?? true;
    this.#take(request);
    if (!known && request.status === 'open' && request.agentId !== this.session.me?.agent.id) {
      this.#announcer.whenQuiet(this.locale.t('requests.new', { name: request.agentName, topic: request.topic }));
    }
  }

  async #focus(selector: string): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }

  /** How many wait for longer than they should: for whoever shows a count beside the widget. */
  get late(): number {
    return this.#requests.data?.requests.filter((request) => isLate(request, Date.now())).length ?? 0;
  }
}

define('sideline-session-requests', SidelineSessionRequests);

declare global {
  interface HTMLElementTagNameMap {
    'sideline-session-requests': SidelineSessionRequests;
  }
}
