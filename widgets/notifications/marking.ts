import type { ReactiveControllerHost } from 'lit';
import type { components } from '../../api/http/contract.types.ts';
import type { Announcer } from '../controllers/announcer.ts';
import type { Resource } from '../controllers/resource.ts';
import type { SidelineClient } from '../provider/client.ts';
import { ApiError, body, toApiError } from '../shared/api-error.ts';
import { problemText } from '../shared/blocks.ts';
import type { Locale } from '../shared/locale.ts';
import type { Told } from './notifications-model.ts';

export type Page = components['schemas']['NotificationPage'];

export interface MarkingOptions {
  client: () => SidelineClient | undefined;
  locale: () => Locale;
  online: () => boolean;
  list: () => Pick<Resource<unknown, Page>, 'mutate' | 'refresh'>;
  /** How many are unread. */
  count: () => Pick<Resource<unknown, number>, 'refresh'>;
  announcer: Announcer;
}

/** What is read and what is not, put down here or elsewhere. */
export class Marking {
  readonly #host: ReactiveControllerHost;
  readonly #options: MarkingOptions;
  #problem = '';

  constructor(host: ReactiveControllerHost, options: MarkingOptions) {
    this.#host = host;
    this.#options = options;
  }

  /** Why the last one was not put down; empty where it was. */
  get problem(): string {
    return this.#problem;
  }

  forget(): void {
    this.#say('');
  }

  /** Shown at once, and taken back where the server did not take it. @param quietly nobody asked for it in so many words */
  async mark({ id, readAt }: Told, read: boolean, quietly = false): Promise<void> {
    const { locale, count, announcer } = this.#options;
    const client = this.#options.client();
    if (!client || !this.#options.online()) return this.#refused(new ApiError(0));
    this.#say('');
    this.areRead([id], read ? new Date(Date.now()).toISOString() : null);
    try {
      await body(client.http.PUT('/api/notifications/{id}', { params: { path: { id } }, body: { read } }));
      if (!quietly) announcer.now(locale().t(read ? 'inbox.nowRead' : 'inbox.nowUnread'));
      await count().refresh();
    } catch (error) {
      this.areRead([id], readAt);
      this.#refused(toApiError(error));
    }
  }

  async markAll(): Promise<void> {
    const { locale, list, count, announcer } = this.#options;
    const client = this.#options.client();
    if (!client) return;
    this.#say('');
    try {
      const { read } = await body(client.http.POST('/api/notifications/read-all'));
      announcer.now(locale().t('inbox.readAllDone', { n: read }));
      await Promise.all([count().refresh(), list().refresh()]);
    } catch (error) {
      this.#refused(toApiError(error));
    }
  }

  /** Shows it, without asking anybody. @param readAt null: they are unread again */
  areRead(ids: readonly string[], readAt: string | null): void {
    this.#options.list().mutate((page) => ({ ...page, data: page.data.map((row) => (ids.includes(row.id) ? { ...row, readAt } : row)) }));
  }

  #refused(error: ApiError): void {
    const locale = this.#options.locale();
    this.#say(error.kind === 'offline' ? locale.t('inbox.offline') : locale.t('inbox.failed', { detail: problemText(locale, error) }));
  }

  #say(problem: string): void {
    this.#problem = problem;
    this.#host.requestUpdate();
  }
}
