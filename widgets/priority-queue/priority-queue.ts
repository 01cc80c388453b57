import { html, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { repeat } from 'lit/directives/repeat.js';
import { Announcer } from '../controllers/announcer.ts';
import { Glide } from '../controllers/glide.ts';
import { RovingFocus } from '../controllers/roving-focus.ts';
import type { NoteSubject } from '../quick-note/quick-note.ts';
import { AgentDialog } from '../shared/agent-dialog.ts';
import { agentDialogStyles } from '../shared/agent-dialog.styles.ts';
import { body } from '../shared/api-error.ts';
import { avatarStyles } from '../shared/avatar.ts';
import { bar, empty } from '../shared/blocks.ts';
import { businessDay } from '../shared/business-day.ts';
import { define, SidelineElement } from '../shared/element.ts';
import type { EvidenceNote } from '../shared/evidence.ts';
import { isTyping } from '../shared/keys.ts';
import '../shared/strings/queue.ts';
import '../quick-note/quick-note.ts';
import { notEligible, processFindings, recognitions, type Queue, type QueueAgent } from './beside-queue.ts';
import { priorityQueueStyles } from './priority-queue.styles.ts';
import { queueItem } from './queue-item.ts';
import { suggestionOf, type Item } from './reasons.ts';
import { Snoozing } from './snoozing.ts';

const evidence = (): Promise<unknown> => import('../shared/evidence.ts');
const sessionDialog = async () => import('../shared/session-dialog.ts');

const PAGE = 50;
/** Events of a busy floor arrive in bursts; one fetch answers all of a burst. */
const SETTLE_MS = 1_000;

/**
 * Who to coach next, and why.
 *
 * @fires sideline-agent-open - a person's card was asked for; detail `{agentId, name, asOf}`; cancel it to show it yourself
 * @fires sideline-session-open - a session is to be scheduled; detail `{agentId, name, schedule}`; cancel it to show it yourself
 * @fires sideline-snoozed - detail `{agentId, until}`
 * @csspart row rank name score reasons reason evidence-button note-button schedule-button snooze-button process recognitions not-eligible
 */
export class SidelinePriorityQueue extends SidelineElement {
  static override styles: CSSResultGroup = [SidelineElement.styles, avatarStyles, agentDialogStyles, priorityQueueStyles];
  static override properties = {
    teamId: { attribute: 'team-id' },
    asOf: { attribute: 'as-of' },
    opened: { state: true },
    evidence: { state: true },
    limit: { state: true },
  };

  /** One team only; all teams in the person's scope when left out. */
  declare teamId: string | undefined;
  /** A business day (`YYYY-MM-DD`): the queue as it stood at its end. Now when left out. */
  declare asOf: string | undefined;
  declare private opened: number | undefined;
  declare private evidence: ReadonlySet<string>;
  declare private limit: number;

  #settle: ReturnType<typeof setTimeout> | undefined;
  readonly #note = createRef<HTMLElementTagNameMap['sideline-quick-note']>();
  readonly #announcer = new Announcer(this);
  readonly #dialog = new AgentDialog(this);
  readonly #queue = this.resource<{ teamId: string | undefined; asOf: string | undefined; limit: number }, Queue>({
    key: () => ({ teamId: this.teamId, asOf: this.asOf || undefined, limit: this.limit }),
    load: (client, { teamId, asOf, limit }, signal) => {
      const query = { limit, ...(teamId ? { teamId } : {}), ...(asOf ? { asOf } : {}) };
      return body(client.http.GET('/api/priority-queue', { params: { query }, signal }));
    },
  });
  readonly #snoozing = new Snoozing(this, {
    client: () => this.client,
    locale: () => this.locale,
    today: () => this.#today(),
    say: (text) => this.#announcer.now(text),
    snoozed: (agentId, until) => {
      this.opened = undefined;
      this.emit('sideline-snoozed', { agentId, until });
    },
    changed: () => this.#askAgain(),
  });
  readonly #focus = new RovingFocus<number>(this, {
    ids: () => this.#queue.data?.data.map((item) => item.agent.id) ?? [],
    element: (id) => this.#head(id),
  });

  constructor() {
    super();
    this.evidence = new Set();
    this.limit = PAGE;
    new Glide(this, () => this.renderRoot?.querySelectorAll<HTMLElement>('.item') ?? []);
    this.live({ 'priorityQueue:updated': (event) => this.#changed(event) });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#settle);
  }

  /** Focuses the person last looked at: a page that showed something else meanwhile gives the focus back here. */
  override focus(): void {
    if (this.#focus.active !== undefined) void this.#focus.focus(this.#focus.active);
  }

  protected override render(): TemplateResult {
    return html`${this.bars(this.#queue)} ${this.show(this.#queue, (queue) => this.#list(queue))} ${this.#announcer.render()}
      ${this.#dialog.render(this.locale.t('common.close'))}
      <sideline-quick-note buttonless ${ref(this.#note)}></sideline-quick-note>`;
  }

  #list(queue: Queue): TemplateResult {
    return html`
      ${this.#tools(queue)} ${this.asOf ? this.#asOfBar(queue) : nothing} ${processFindings(this.locale, queue)}
      ${queue.data.length === 0 ? empty(this.locale.t('queue.empty'), { label: this.locale.t('common.refresh'), run: () => void this.#queue.refresh() }) : nothing}
      <ol class="list" role="list" aria-label=${this.locale.t('queue.title')} @keydown=${this.#onKey}>
        ${repeat(queue.data, (item) => item.agent.id, (item) => this.#item(item))}
      </ol>
      ${queue.meta.total > queue.data.length
        ? html`<div class="state"><button type="button" @click=${() => (this.limit += PAGE)}>${this.locale.t('common.more')}</button></div>`
        : nothing}
      ${recognitions(this.locale, queue, (subject, anchor) => this.#writeNote(subject, anchor))}
      ${notEligible(this.locale, queue, this.asOf ? undefined : (agent) => void this.#snoozing.wake(agent))}
    `;
  }

  #tools(queue: Queue): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const teams = this.session.me?.ledTeams ?? [];
    return html`<div class="tools">
      ${teams.length > 1
        ? html`<select aria-label=${t('queue.team')} @change=${(event: Event) => (this.teamId = (event.target as HTMLSelectElement).value || undefined)}>
            <option value="" ?selected=${!this.teamId}>${t('queue.allTeams')}</option>
            ${teams.map((team) => html`<option value=${team.id} ?selected=${team.id === this.teamId}>${team.name}</option>`)}
          </select>`
        : html`<span class="quiet period">${t('queue.period', { day: this.locale.shortDay(`${queue.meta.to}T00:00:00Z`, 'UTC') })}</span>`}
      <label class="line end">
        <span class="quiet as-of-label">${t('queue.asOf')}</span>
        <input type="date" part="as-of" max=${this.#today()} .value=${this.asOf ?? this.#today()} title=${t('queue.period', { day: this.locale.day(queue.meta.to) })}
          @change=${(event: Event) => this.#showDay((event.target as HTMLInputElement).value)} />
      </label>
    </div>`;
  }

  #asOfBar(queue: Queue): TemplateResult {
    return bar(this.locale.t('queue.asOfBanner', { day: this.locale.day(queue.meta.to) }), {
      info: true,
      action: { label: this.locale.t('queue.backToNow'), run: () => (this.asOf = undefined) },
    });
  }

  #item(item: Item): TemplateResult {
    const { id, name } = item.agent;
    return queueItem({
      locale: this.locale,
      item,
      open: this.opened === id,
      tabIndex: this.#focus.tabIndex(id),
      shownEvidence: this.evidence,
      snooze: this.#snoozing.form(item.agent),
      toggle: () => this.#toggle(id),
      focused: () => this.#focus.focused(id),
      note: (event) => this.#writeNote({ agentId: id, name }, event.currentTarget as Element),
      noteOn: (event) => this.#noteOn(item, event),
      startSnooze: () => void this.#startSnooze(id),
      schedule: () => this.#schedule(item),
      openCard: () => this.#openCard(item.agent),
      toggleEvidence: (key) => this.#toggleEvidence(key),
    });
  }

  #toggle(id: number): void {
    this.opened = this.opened === id ? undefined : id;
    this.#snoozing.giveUp();
  }

  #schedule(item: Item): void {
    const { id, name } = item.agent;
    const detail = { agentId: id, name, schedule: true, suggested: suggestionOf(this.locale, item) };
    if (this.emit('sideline-session-open', detail, true)) void this.bring(sessionDialog).then((code) => code?.openSessionDialog(this, this.locale.t('common.close'), detail));
  }

  #openCard({ id, name }: QueueAgent): void {
    const asOf = this.asOf || undefined;
    if (this.emit('sideline-agent-open', { agentId: id, name, asOf }, true)) void this.#dialog.open(id, asOf);
  }

  #writeNote(subject: NoteSubject, anchor: Element): void {
    void this.#note.value?.open(subject, anchor);
  }

  #toggleEvidence(key: string): void {
    this.need(evidence);
    this.evidence = this.evidence.symmetricDifference(new Set([key]));
  }

  #noteOn(item: Item, event: EvidenceNote): void {
    this.#writeNote({ agentId: item.agent.id, name: item.agent.name, ...event.detail }, event.target as Element);
  }

  async #startSnooze(agentId: number): Promise<void> {
    this.#snoozing.begin(agentId);
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLInputElement>('.snooze .reason')?.focus();
  }

  /** The queue, after something was done here; the focus stays with whoever has it. */
  async #askAgain(): Promise<void> {
    await this.#queue.refresh();
    const next = this.#focus.active;
    if (next !== undefined) await this.#focus.focus(next);
  }

  #showDay(day: string): void {
    this.asOf = day && day < this.#today() ? day : undefined;
  }

  /** The past does not change: only a queue of now follows events. */
  #changed({ teamId }: { teamId: string | null }): void {
    if (this.asOf || (this.teamId && teamId && teamId !== this.teamId)) return;
    clearTimeout(this.#settle);
    this.#settle = setTimeout(() => {
      void this.#queue.refresh().then(() => this.#announcer.whenQuiet(this.locale.t('queue.updated')));
    }, SETTLE_MS);
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const target = event.target as HTMLElement;
    const within = Number(target.closest<HTMLElement>('.item')?.dataset['key']);
    const item = this.#queue.data?.data.find(({ agent }) => agent.id === within);
    if (!item) return;
    if (event.key === 'Escape' && this.opened !== undefined) {
      event.stopPropagation();
      const { opened } = this;
      this.#toggle(opened);
      this.#head(opened)?.focus();
    } else if (target.matches('.head') && this.#focus.onKey(event)) {
      return;
    } else if (event.key === 'n' && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event)) {
      event.preventDefault();
      this.#writeNote({ agentId: item.agent.id, name: item.agent.name }, this.#head(item.agent.id) ?? target);
    }
  };

  #head(agentId: number): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>(`.head[data-agent="${agentId}"]`);
  }

  #today(): string {
    return businessDay(Date.now(), this.session.me?.installation.businessTimezone ?? 'UTC');
  }
}

define('sideline-priority-queue', SidelinePriorityQueue);

declare global {
  interface HTMLElementTagNameMap {
    'sideline-priority-queue': SidelinePriorityQueue;
  }
}
