import { html, nothing, type TemplateResult } from 'lit';
import type { Outbox } from '../controllers/outbox.ts';
import { Toast } from '../controllers/toast.ts';
import { toApiError } from '../shared/api-error.ts';
import { problemText } from '../shared/blocks.ts';
import type { SidelineElement } from '../shared/element.ts';
import { icon } from '../shared/icons.ts';
import type { Locale } from '../shared/locale.ts';
import { stepsOf, type Rights } from './action-detail.ts';
import type { ActionsFeed } from './actions-feed.ts';
import { lettersOf, nextTo, statusOf, type ActionItem, type ActionStatus, type Step } from './actions-model.ts';

export interface ActionStepsOptions {
  feed: ActionsFeed;
  outbox: () => Outbox | undefined;
  locale: () => Locale;
  rights: (item: ActionItem) => Rights;
  /** The items as they are meant to be, in the order of the list. */
  shown: () => readonly ActionItem[];
  head: (id: string) => HTMLElement | null;
  focus: (id: string) => Promise<void>;
  say: (text: string) => void;
  /** The item as it was written. */
  saved: (item: ActionItem) => void;
}

/** An item's way from status to status: taken at once, and for a moment taken back as easily. */
export class ActionSteps {
  readonly #host: SidelineElement;
  readonly #options: ActionStepsOptions;
  readonly #toast: Toast;
  #undo: Step | undefined;
  /** Why the last step was not taken, and of which item. */
  #refused: { readonly id: string; readonly why: string } | undefined;

  constructor(host: SidelineElement, options: ActionStepsOptions) {
    this.#host = host;
    this.#options = options;
    this.#toast = new Toast(host, '.toast', () => this.#offer(undefined));
  }

  render(): TemplateResult {
    return html`<div class="toast" part="toast" popover="manual"
      @pointerenter=${this.#toast.hold} @focusin=${this.#toast.hold} @pointerleave=${this.#toast.release} @focusout=${this.#toast.release}>
      ${this.#undo ? this.#offerUndo(this.#undo) : nothing}
    </div>`;
  }

  /** Why the last step was not taken, where it was one of this item. */
  refusalOf(id: string): string {
    return this.#refused?.id === id ? this.#refused.why : '';
  }

  /** Whether a step of it has not arrived yet. */
  waits(id: string): boolean {
    const outbox = this.#options.outbox();
    return lettersOf(outbox).some((kept) => kept.letter.about === statusOf(id) && kept.refusal === null && outbox?.pending.includes(kept));
  }

  /** Shown as taken at once; kept while nobody answers, and taken back with the reason where it is refused. */
  async take(item: ActionItem, to: ActionStatus, undoable = true): Promise<void> {
    const { outbox, locale, rights, shown, head, say, saved } = this.#options;
    if (item.status === to || !stepsOf(item, rights(item)).includes(to)) return;
    this.#toast.hide();
    this.#refuse(undefined);
    const next = nextTo(shown(), item.id);
    const sent = outbox()?.post<ActionItem>({ method: 'PUT', path: `/api/action-items/${item.id}`, body: { status: to }, about: statusOf(item.id) });
    if (undoable) {
      this.#offer({ item, from: item.status, to });
      void this.#toast.show(head(item.id) ?? this.#host);
    }
    say(locale().t(`actions.${to}Now`));
    try {
      const written = (await sent)?.answer;
      if (!written) return; // kept: the row says so
      saved(written);
      await this.#arrive(written, next);
    } catch (error) {
      this.#toast.hide();
      this.#refuse({ id: item.id, why: locale().t('actions.failed', { detail: problemText(locale(), toApiError(error)) }) });
      await this.#options.feed.reread(item.id);
    }
  }

  /** Who was on an item that leaves the list goes on with the one after it. */
  async #arrive(item: ActionItem, next: string | undefined): Promise<void> {
    const hadFocus = this.#host.renderRoot.querySelector(':focus')?.closest(`[data-key="${item.id}"]`) !== null;
    this.#options.feed.changed(item);
    await this.#host.updateComplete;
    if (hadFocus && next && !this.#isShown(item.id)) await this.#options.focus(next);
  }

  #offerUndo({ to }: Step): TemplateResult {
    const locale = this.#options.locale();
    return html`${icon('check')}<span>${locale.t(`actions.${to}Now`)}</span>
      <button class="link" type="button" @click=${() => void this.#takeBack()}>${locale.t('common.undo')}</button>`;
  }

  async #takeBack(): Promise<void> {
    const undo = this.#undo;
    this.#toast.hide();
    if (!undo) return;
    const outbox = this.#options.outbox();
    const letter = lettersOf(outbox).findLast((kept) => kept.letter.about === statusOf(undo.item.id));
    // What was never put on the wire is simply not sent.
    if (letter && letter.firstSentAt === null) return void (await outbox?.discard(letter.key));
    await this.take({ ...undo.item, status: undo.to }, undo.from, false);
    await this.#host.updateComplete;
    if (this.#isShown(undo.item.id)) await this.#options.focus(undo.item.id);
  }

  #isShown(id: string): boolean {
    return this.#options.shown().some((item) => item.id === id);
  }

  #offer(step: Step | undefined): void {
    this.#undo = step;
    this.#host.requestUpdate();
  }

  #refuse(refusal: { id: string; why: string } | undefined): void {
    this.#refused = refusal;
    this.#host.requestUpdate();
  }
}
