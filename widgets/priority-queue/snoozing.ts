import type { ReactiveControllerHost, TemplateResult } from 'lit';
import type { SidelineClient } from '../provider/client.ts';
import { body, toApiError } from '../shared/api-error.ts';
import { problemText } from '../shared/blocks.ts';
import type { Locale } from '../shared/locale.ts';
import type { QueueAgent } from './beside-queue.ts';
import { newSnooze, snoozeForm, type SnoozeDraft } from './snooze-form.ts';

export interface SnoozingOptions {
  client: () => SidelineClient | undefined;
  locale: () => Locale;
  today: () => string;
  say: (text: string) => void;
  /** Somebody rests until then (`YYYY-MM-DD`). */
  snoozed: (agentId: number, until: string) => void;
  /** The queue is another one now. */
  changed: () => Promise<void>;
}

/** Lets somebody in the queue rest for some days, and takes that back. One at a time is asked about. */
export class Snoozing {
  readonly #host: ReactiveControllerHost;
  readonly #options: SnoozingOptions;
  #draft: (SnoozeDraft & { agentId: number; key: string }) | undefined;
  #problem = '';

  constructor(host: ReactiveControllerHost, options: SnoozingOptions) {
    this.#host = host;
    this.#options = options;
  }

  /** The form, where it is about this person. */
  form({ id, name }: Pick<QueueAgent, 'id' | 'name'>): TemplateResult | undefined {
    const draft = this.#draft;
    if (draft?.agentId !== id) return undefined;
    return snoozeForm({
      locale: this.#options.locale(),
      name,
      today: this.#options.today(),
      draft,
      problem: this.#problem,
      change: (change) => this.#show({ ...draft, ...change }, ''),
      save: () => void this.#save(name),
      cancel: () => this.giveUp(),
    });
  }

  begin(agentId: number): void {
    this.#show({ ...newSnooze(this.#options.today()), agentId, key: crypto.randomUUID() }, '');
  }

  giveUp(): void {
    this.#show(undefined, '');
  }

  async wake({ id, name }: QueueAgent): Promise<void> {
    const { locale, say, changed } = this.#options;
    const client = this.#options.client();
    if (!client) return;
    try {
      await body(client.http.DELETE('/api/priority-queue/{agentId}/snooze', { params: { path: { agentId: id } } }));
    } catch (error) {
      return say(problemText(locale(), toApiError(error)));
    }
    say(locale().t('queue.woken', { name }));
    await changed();
  }

  async #save(name: string): Promise<void> {
    const { locale, say, snoozed, changed } = this.#options;
    const client = this.#options.client();
    const draft = this.#draft;
    if (!draft || !client) return;
    const { agentId, until, key } = draft;
    const reason = draft.reason.trim();
    if (!reason) return this.#show(draft, locale().t('queue.snoozeReasonMissing'));
    try {
      const params = { path: { agentId }, header: { 'Idempotency-Key': key } };
      await body(client.http.POST('/api/priority-queue/{agentId}/snooze', { params, body: { until, reason } }));
    } catch (error) {
      return this.#show(this.#draft, problemText(locale(), toApiError(error)));
    }
    this.giveUp();
    snoozed(agentId, until);
    say(locale().t('queue.snoozed', { name, when: locale().day(until) }));
    await changed();
  }

  #show(draft: (SnoozeDraft & { agentId: number; key: string }) | undefined, problem: string): void {
    this.#draft = draft;
    this.#problem = problem;
    this.#host.requestUpdate();
  }
}
