import { html, nothing, type TemplateResult } from 'lit';
import type { Announcer } from '../controllers/announcer.ts';
import type { SidelineClient } from '../provider/client.ts';
import { body, toApiError } from '../shared/api-error.ts';
import { bar, problemText } from '../shared/blocks.ts';
import type { SidelineEvents } from '../shared/events.ts';
import type { Locale } from '../shared/locale.ts';
import type { Person } from './board-model.ts';
import type { StatusChoice, StatusMenu } from './status-menu.ts';
import './status-menu.ts';

export interface StatusSettingOptions {
  menu: () => StatusMenu | undefined;
  client: () => SidelineClient | undefined;
  locale: () => Locale;
  /** Somebody on the board. */
  person: (id: number) => Person | undefined;
  /** The status as it stands now. */
  became: (id: number, status: Pick<Person, 'onlineStatus' | 'statusReason' | 'statusSince'>) => void;
  /** Says how it went. */
  announcer: Announcer;
  /** Tells the page. */
  tell: (set: SidelineEvents['sideline-status-set']) => void;
  /** What is shown may be out of date. */
  refresh: () => Promise<void>;
  /** Something of it is to be shown anew. */
  update: () => void;
}

/** Sets the statuses of others: asked for in a menu, shown at once, then confirmed or taken back. Its code comes with the first one. */
export class StatusSetting {
  readonly #options: StatusSettingOptions;
  #wishes: ReadonlyMap<number, StatusChoice> = new Map();
  #refusal = '';

  constructor(options: StatusSettingOptions) {
    this.#options = options;
  }

  /** Statuses asked for and not yet confirmed, by person. */
  get wishes(): ReadonlyMap<number, StatusChoice> {
    return this.#wishes;
  }

  /** Opens the menu at the person's row. */
  async open({ id, fullName: name, onlineStatus: status, statusReason: reason }: Person, row: HTMLElement): Promise<void> {
    await this.#options.menu()?.open({ id, name, status, reason }, row.querySelector('.cell-status') ?? row);
  }

  /** Why the last one was not set. */
  refusal(): TemplateResult | typeof nothing {
    if (!this.#refusal) return nothing;
    return html`<div role="alert">${bar(this.#refusal, { action: { label: this.#options.locale().t('common.close'), run: () => this.#show(this.#wishes, '') } })}</div>`;
  }

  async set(wish: StatusChoice): Promise<void> {
    const { agentId, status, reason } = wish;
    const { locale, became, announcer, tell } = this.#options;
    const client = this.#options.client();
    const before = this.#options.person(agentId);
    if (!client || !before || (before.onlineStatus === status && before.statusReason === reason)) return;
    this.#show(new Map(this.#wishes).set(agentId, wish), '');
    try {
      const params = { path: { id: agentId } };
      const { onlineStatus, statusReason, statusSince } = await body(client.http.PUT('/api/agents/{id}/status', { params, body: { status, ...(reason ? { reason } : {}) } }));
      became(agentId, { onlineStatus, statusReason, statusSince });
      announcer.now(locale().t('setStatus.done', { name: before.fullName, status: locale().t(`status.${onlineStatus}`) }));
      tell({ agentId, status });
    } catch (error) {
      this.#refused(before, error);
    } finally {
      this.#show(new Map([...this.#wishes].filter(([id]) => id !== agentId)), this.#refusal);
    }
  }

  /** Where no answer came, nobody knows: the board says so and asks again. */
  #refused({ fullName: name, onlineStatus }: Person, error: unknown): void {
    const locale = this.#options.locale();
    const problem = toApiError(error);
    const detail = problem.kind === 'offline' ? locale.t('setStatus.unsure') : problemText(locale, problem);
    this.#refusal = problem.kind === 'offline' ? `${name}: ${detail}` : locale.t('setStatus.failed', { name, status: locale.t(`status.${onlineStatus}`), detail });
    void this.#options.refresh();
  }

  #show(wishes: ReadonlyMap<number, StatusChoice>, refusal: string): void {
    this.#wishes = wishes;
    this.#refusal = refusal;
    this.#options.update();
  }
}
