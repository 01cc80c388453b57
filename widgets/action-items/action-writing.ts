import { nothing, type TemplateResult } from 'lit';
import type { SidelineElement } from '../shared/element.ts';
import type { PersonRef } from '../shared/person-picker.ts';
import type { ActionForm, ActionFormHost } from './action-form.ts';
import type { ActionItem } from './actions-model.ts';

const form = async () => import('./action-form.ts');
const personPicker = (): Promise<unknown> => import('../shared/person-picker.ts');

export interface ActionWritingOptions extends Pick<ActionFormHost, 'client' | 'outbox' | 'locale' | 'today' | 'changed'> {
  say: (text: string) => void;
  /** The item as it was written. */
  saved: (item: ActionItem) => void;
  /** It is over: the focus goes back to the list, to this item if it is one of it. */
  back: (id: string | undefined) => void;
}

/** The one form of the list, for a new item or in the place of one that is edited. Its code comes when it is asked for. */
export class ActionWriting {
  readonly #host: SidelineElement;
  readonly #options: ActionWritingOptions;
  #form: ActionForm | undefined;

  constructor(host: SidelineElement, options: ActionWritingOptions) {
    this.#host = host;
    this.#options = options;
  }

  /** The form of a new item, while one is written. */
  render(): TemplateResult | typeof nothing {
    return this.#form && this.#form.id === undefined ? this.#form.render() : nothing;
  }

  /** The form of this item, while it is edited. */
  renderOf(id: string): TemplateResult | undefined {
    return this.#form?.id === id ? this.#form.render() : undefined;
  }

  /** @param about the item that is edited, or whom a new one is for (nobody yet: it is chosen) */
  async open(about: { item: ActionItem } | { person: PersonRef | undefined }): Promise<void> {
    const [code] = await Promise.all([this.#host.bring(form), this.#host.bring(personPicker)]);
    if (code) {
      this.#show(new code.ActionForm({ ...this.#options, update: () => this.#host.requestUpdate(), left: (outcome, item) => this.#leave(outcome, item) }, about));
      await this.#host.updateComplete;
    }
    this.#host.renderRoot.querySelector<HTMLElement>('.form .what')?.focus();
  }

  #leave(outcome: 'saved' | 'kept' | 'given-up', item: ActionItem | undefined): void {
    const { say, saved, back } = this.#options;
    const locale = this.#options.locale();
    const t = locale.t.bind(locale);
    const editing = this.#form?.id !== undefined;
    this.#show(undefined);
    if (outcome === 'kept') say(t('actions.notSent'));
    if (outcome === 'saved' && item) {
      saved(item);
      say(editing ? t('actions.saved') : t('actions.created', { name: item.agentName }));
    }
    back(item?.id);
  }

  #show(shown: ActionForm | undefined): void {
    this.#form = shown;
    this.#host.requestUpdate();
  }
}
