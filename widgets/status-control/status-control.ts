import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import type { components } from '../../api/http/contract.types.ts';
import { Announcer } from '../controllers/announcer.ts';
import { EverySeconds } from '../controllers/clock.controller.ts';
import { elapsed } from '../controllers/clock.ts';
import type { Events } from '../provider/realtime.ts';
import { body, toApiError } from '../shared/api-error.ts';
import { problemText } from '../shared/blocks.ts';
import { define, SidelineElement } from '../shared/element.ts';
import { icon, statusShape, warningShape, type OnlineStatus } from '../shared/icons.ts';
import { isTyping } from '../shared/keys.ts';
import { place } from '../shared/place.ts';
import { limitMinutes, loadReasons, REASON_LENGTH, reasonChips, statusFormStyles, statusOfKey, statusTiles, type Offered } from '../shared/status-form.ts';
import '../shared/strings/status.ts';
import { statusControlStyles } from './status-control.styles.ts';

type Agent = components['schemas']['Agent'];

/** Asked for and not yet confirmed. */
interface Wish {
  readonly status: OnlineStatus;
  readonly reason: string | null;
}

/**
 * One's own status with its reason, how long it lasts, and the hours online today. Nothing is set later than it is
 * asked for: offline it says so, and where no answer came it says that too.
 *
 * @fires sideline-status-set - detail `{agentId, status}`
 * @csspart button state reason panel now
 */
export class SidelineStatusControl extends SidelineElement {
  static override styles: CSSResultGroup = [SidelineElement.styles, statusFormStyles, statusControlStyles];
  static override properties = {
    compact: { type: Boolean, reflect: true },
    wish: { state: true },
    problem: { state: true },
    writing: { state: true },
  };

  /** One button that opens the rest: for a console's top bar. */
  declare compact: boolean;
  declare private wish: Wish | undefined;
  declare private problem: string;
  /** Another reason is being written. */
  declare private writing: boolean;

  readonly #announcer = new Announcer(this);
  /** Whose status, and which, was said last or set here. */
  #known: { id: number; spoken: string } | undefined;
  /** The hours of today, and when they were that many (ms since the epoch): from then on they are counted here. */
  #hours: { online: number; at: number } | undefined;
  readonly #person = this.resource<number, Agent>({
    key: () => this.session.me?.agent.id,
    load: async (client, id, signal) => this.#counted(await body(client.http.GET('/api/agents/{id}', { params: { path: { id } }, signal }))),
  });
  readonly #offered = this.resource<number, Offered>({ key: () => this.session.me?.agent.id, load: loadReasons });

  constructor() {
    super();
    this.compact = false;
    this.problem = '';
    this.writing = false;
    new EverySeconds(this, 5); // a threshold passes with time alone
    this.live({
      agent_status_change: (event) => this.#statusChanged(event),
      agent_updated: (agent) => {
        if (agent.id === this.#person.data?.id) void this.#person.refresh();
      },
    });
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.#tellOfChange();
  }

  protected override render(): TemplateResult {
    const agent = this.#person.data;
    const content = html`${this.show(this.#person, (data) => this.#control(data), () => this.#skeleton())}`;
    if (!this.compact) return html`${this.bars(this.#person)} ${content} ${this.#announcer.render()}`;
    return html`${agent ? this.#button(agent) : html`<span class="bone button-bone"></span>`}
      <div class="panel" id="panel" part="panel" popover role="dialog" aria-label=${this.locale.t('setStatus.own')} @toggle=${this.#opened}>
        ${this.bars(this.#person)} ${content}
      </div>
      ${this.#announcer.render()}`;
  }

  #button(agent: Agent): TemplateResult {
    const { status, reason } = this.#shown(agent);
    const over = this.#isOver(agent);
    return html`<button type="button" class="current ${over ? 'over' : ''}" part="button" popovertarget="panel" aria-haspopup="dialog">
      <span class="sr">${this.locale.t('setStatus.own')}: </span>${statusShape(status)}<span>${this.locale.t(`status.${status}`)}</span
      >${reason ? html`<span class="sr">, </span><span class="quiet ellipsis">${reason}</span>` : nothing}
      ${over ? warningShape() : nothing}<span aria-hidden="true">${this.#time(agent)}</span>${icon('chevron', 14)}
    </button>`;
  }

  #control(agent: Agent): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const { status, reason } = this.#shown(agent);
    const offline = !this.session.online;
    const blocked = offline || this.wish !== undefined;
    const over = this.#isOver(agent);
    const limit = this.#limit(agent);
    return html`<div class="control" @keydown=${this.#onKey}>
      <p class="now ${over ? 'over' : ''}" part="now">
        ${statusShape(status, 12)}<span class="strong">${t(`status.${status}`)}</span>
        ${reason ? html`<span class="ellipsis">${reason}</span>` : nothing}
        ${over && limit ? html`<span class="warning" title=${t('setStatus.over', { limit: this.locale.elapsed(limit) })}>${warningShape()}<span class="sr">${t('setStatus.over', { limit: this.locale.elapsed(limit) })}</span></span>` : nothing}
        ${this.#time(agent)} ${this.#today(agent)}
      </p>
      ${statusTiles(this.locale, t('setStatus.own'), status, blocked, (wanted) => this.#choose(agent, wanted))}
      <div class="reasons">
        ${reasonChips(this.locale, { status, reasons: this.#offered.data?.reasons ?? [], chosen: reason ?? '', disabled: blocked, pick: (label) => void this.#set(agent, { status, reason: label || null }) })}
        ${this.writing ? this.#form(agent, status) : html`<button type="button" class="link other" ?disabled=${blocked} @click=${() => void this.#write()}>${t('setStatus.other')}</button>`}
      </div>
      ${this.problem || offline ? html`<p class="problem" role="alert">${this.problem || t('setStatus.offline')}</p>` : nothing}
    </div>`;
  }

  #form(agent: Agent, status: OnlineStatus): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const submit = (event: Event): void => {
      event.preventDefault();
      const reason = this.renderRoot.querySelector<HTMLInputElement>('.words')?.value.trim();
      this.writing = false;
      if (reason) void this.#set(agent, { status, reason });
    };
    return html`<form class="line" @submit=${submit}>
      <input class="words" type="text" maxlength=${REASON_LENGTH} aria-label=${t('setStatus.reasonOf', { status: t(`status.${status}`) })} />
      <button type="submit">${t('setStatus.useReason')}</button>
    </form>`;
  }

  #time(agent: Agent): TemplateResult {
    if (this.wish) return html`<span class="time quiet">${this.locale.t('setStatus.setting')}</span>`;
    return html`<time class="time" datetime=${agent.statusSince}>${elapsed(agent.statusSince, this.locale, this.staleSince(this.#person))}</time>`;
  }

  /** Hours of today run on while online: counted from what the server said, never guessed beyond what is known. */
  #today(agent: Agent): TemplateResult | typeof nothing {
    if (!this.#hours) return nothing;
    const since = new Date(this.#hours.at - this.#hours.online * 3_600_000).toISOString();
    const stands = agent.onlineStatus === 'offline' ? this.#hours.at : this.staleSince(this.#person);
    return html`<span class="today quiet small">${elapsed(since, this.locale, stands)} <span>${this.locale.t('setStatus.onlineToday')}</span></span>`;
  }

  #skeleton(): TemplateResult {
    return html`<div class="control skeleton" part="skeleton" role="status" aria-label=${this.locale.t('common.loading')}>
      <p class="now"><span class="bone grow"></span></p>
      <div class="tiles">${[1, 2, 3, 4].map(() => html`<span class="tile-bone bone"></span>`)}</div>
      <div class="reasons"><span class="bone short"></span></div>
    </div>`;
  }

  #shown(agent: Agent): Wish {
    return this.wish ?? { status: agent.onlineStatus, reason: agent.statusReason };
  }

  #limit(agent: Agent): number | undefined {
    const minutes = this.#offered.data && limitMinutes(this.#offered.data, agent.onlineStatus, agent.statusReason);
    return minutes === undefined ? undefined : minutes * 60;
  }

  #isOver(agent: Agent): boolean {
    const limit = this.#limit(agent);
    const now = this.staleSince(this.#person) ?? Date.now();
    return !this.wish && limit !== undefined && now - Date.parse(agent.statusSince) > limit * 1000;
  }

  #counted(agent: Agent): Agent {
    this.#hours = agent.onlineHoursToday === null ? undefined : { online: agent.onlineHoursToday, at: Date.now() };
    return agent;
  }

  #choose(agent: Agent, status: OnlineStatus): void {
    this.writing = false;
    if (status !== agent.onlineStatus) void this.#set(agent, { status, reason: null });
  }

  async #set(agent: Agent, wish: Wish): Promise<void> {
    if (!this.client || this.wish) return;
    this.wish = wish;
    this.problem = '';
    try {
      const params = { path: { id: agent.id } };
      const reason = wish.reason ? { reason: wish.reason } : {};
      const updated = this.#counted(await body(this.client.http.PUT('/api/agents/{id}/status', { params, body: { status: wish.status, ...reason } })));
      this.#known = { id: agent.id, spoken: this.#spoken(updated.onlineStatus, updated.statusReason) };
      this.#person.mutate(() => updated);
      this.#announcer.now(this.locale.t('setStatus.ownDone', { status: this.#spoken(updated.onlineStatus, updated.statusReason) }));
      this.emit('sideline-status-set', { agentId: agent.id, status: wish.status });
    } catch (error) {
      await this.#refused(agent, error);
    } finally {
      this.wish = undefined;
    }
  }

  /** Without an answer nobody knows: it may have been set. The server's next answer shows which. */
  async #refused(agent: Agent, error: unknown): Promise<void> {
    this.wish = undefined;
    const problem = toApiError(error);
    const word = this.locale.t(`status.${agent.onlineStatus}`);
    this.problem = problem.kind === 'offline' ? this.locale.t('setStatus.unsure') : this.locale.t('setStatus.ownFailed', { status: word, detail: problemText(this.locale, problem) });
    await this.#person.refresh();
    if (problem.kind === 'offline' && !this.#person.error) this.problem = '';
  }

  async #write(): Promise<void> {
    this.writing = true;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLInputElement>('.words')?.focus();
  }

  #statusChanged({ agentId, status, reason, timestamp }: Events['agent_status_change']): void {
    if (agentId !== this.#person.data?.id) return;
    this.#person.mutate((before) => ({ ...before, onlineStatus: status, statusReason: reason, statusSince: timestamp }));
    if (!this.wish) void this.#person.refresh(); // the hours of today stand still or run on
  }

  /** Somebody else set it, by whichever way that became known: the person it is about is told what it is. */
  #tellOfChange(): void {
    const agent = this.#person.data;
    if (!agent || this.wish) return;
    const [before, spoken] = [this.#known, this.#spoken(agent.onlineStatus, agent.statusReason)];
    if (before?.id === agent.id && before.spoken === spoken) return;
    this.#known = { id: agent.id, spoken };
    if (before?.id !== agent.id) return;
    this.problem = '';
    this.#announcer.now(this.locale.t('setStatus.changed', { status: spoken }));
  }

  #spoken(status: OnlineStatus, reason: string | null): string {
    return [this.locale.t(`status.${status}`), reason].filter(Boolean).join(', ');
  }

  readonly #opened = (event: ToggleEvent): void => {
    const panel = event.target as HTMLElement;
    const button = this.renderRoot.querySelector('.current');
    if (event.newState !== 'open' || !button) return;
    place(panel, button);
    panel.querySelector<HTMLElement>('.tile[aria-pressed="true"]')?.focus({ preventScroll: true });
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const agent = this.#person.data;
    const status = isTyping(event) ? undefined : statusOfKey(event.key);
    if (event.key === 'Escape' && this.writing) {
      event.stopPropagation();
      event.preventDefault();
      this.writing = false;
      void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.other')?.focus());
    } else if (status && agent && this.session.online) {
      event.preventDefault();
      this.renderRoot.querySelector<HTMLElement>(`.tile[data-status="${status}"]`)?.focus();
      this.#choose(agent, status);
    }
  };
}

define('sideline-status-control', SidelineStatusControl);

declare global {
  interface HTMLElementTagNameMap {
    'sideline-status-control': SidelineStatusControl;
  }
}
