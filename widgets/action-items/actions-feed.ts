import type { Outbox, Sent } from '../controllers/outbox.ts';
import type { Resource } from '../controllers/resource.ts';
import type { SidelineClient } from '../provider/client.ts';
import { body, toApiError } from '../shared/api-error.ts';
import { fits, NEW_ACTION, statusOf, withItem, withoutItem, type ActionItem, type Loaded, type Query } from './actions-model.ts';

const SETTLE_MS = 2_000;

/** The list as it was read, and asked again. */
export type Items = Resource<{ me: number; key: { query: Query; pages: number } }, Loaded>;

export interface ActionsFeedHost {
  items: () => Items;
  client: () => SidelineClient | undefined;
  query: () => Query;
  /** The business day it is. */
  today: () => string;
  /** An item that was not there before; it need not be one of the list. */
  arrived: (item: ActionItem) => void;
}

/** Keeps the list what the server would answer: by events and answers as they come, and by asking where only it can tell. */
export class ActionsFeed {
  readonly #host: ActionsFeedHost;
  #settle: ReturnType<typeof setTimeout> | undefined;
  #listening: Outbox | undefined;

  constructor(host: ActionsFeedHost) {
    this.#host = host;
  }

  /** Hears what the outbox is answered with. */
  listenTo(outbox: Outbox | undefined): void {
    if (outbox === this.#listening) return;
    this.#listening?.removeEventListener('sent', this.#sent);
    this.#listening = outbox;
    this.#listening?.addEventListener('sent', this.#sent);
  }

  stop(): void {
    clearTimeout(this.#settle);
    this.#settle = undefined;
    this.listenTo(undefined);
  }

  /** An item was created, by whomever. */
  created(item: ActionItem): void {
    const known = this.#find(item.id) !== undefined;
    this.changed(item);
    if (!known) this.#host.arrived(item);
  }

  changed(item: ActionItem): void {
    const items = this.#host.items();
    const belongs = fits(item, this.#host.query(), this.#host.today());
    if (belongs === undefined && !this.#find(item.id)) this.#askSoon();
    else if (belongs === false) items.mutate((loaded) => withoutItem(loaded, item.id));
    else items.mutate((loaded) => withItem(loaded, item));
    // A new target, or a new metric, has a progress of its own.
    if (belongs !== false && item.targetMetric !== null && items.data?.progress.get(item.id)?.metric !== item.targetMetric) this.#askSoon();
  }

  /** Somebody's figures changed, and with them how far their items are. */
  measured(about: number): void {
    if (this.#host.items().data?.items.some(({ agentId, targetMetric }) => agentId === about && targetMetric !== null)) this.#askSoon();
  }

  /** The item as the server has it, after it refused something. */
  async reread(id: string): Promise<void> {
    const client = this.#host.client();
    if (!client) return;
    try {
      this.changed(await body(client.http.GET('/api/action-items/{id}', { params: { path: { id } } })));
    } catch (error) {
      if (toApiError(error).kind === 'gone') this.#host.items().mutate((loaded) => withoutItem(loaded, id));
    }
  }

  readonly #sent = (event: Event): void => {
    const sent = (event as CustomEvent<Sent>).detail;
    // A step or a new item is answered with the item; comments and evidence are not.
    if ('letter' in sent && (sent.letter.about === NEW_ACTION || sent.letter.about.startsWith(statusOf('')))) this.changed(sent.answer as ActionItem);
  };

  #find(id: string): ActionItem | undefined {
    return this.#host.items().data?.items.find((item) => item.id === id);
  }

  #askSoon(): void {
    this.#settle ??= setTimeout(() => {
      this.#settle = undefined;
      void this.#host.items().refresh();
    }, SETTLE_MS);
  }
}
