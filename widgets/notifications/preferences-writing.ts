import type { ReactiveControllerHost, TemplateResult } from 'lit';
import type { Resource } from '../controllers/resource.ts';
import type { SidelineClient } from '../provider/client.ts';
import { body, toApiError, type ApiError } from '../shared/api-error.ts';
import { problemText } from '../shared/blocks.ts';
import type { Locale } from '../shared/locale.ts';
import { draftOf, preferencesForm, type Preferences, type PreferencesState } from './preferences-form.ts';

export interface PreferencesWritingOptions {
  client: () => SidelineClient | undefined;
  locale: () => Locale;
  online: () => boolean;
  preferences: () => Pick<Resource<unknown, PreferencesState>, 'mutate' | 'refresh'>;
  /** They are saved. */
  saved: () => void;
  /** Nothing is to be changed after all. */
  left: () => void;
}

/** How somebody wants to be told things, from the first change of it until it is saved or given up. */
export class PreferencesWriting {
  readonly #host: ReactiveControllerHost;
  readonly #options: PreferencesWritingOptions;
  #draft: Preferences | undefined;
  #problem = '';
  #saving = false;

  constructor(host: ReactiveControllerHost, options: PreferencesWritingOptions) {
    this.#host = host;
    this.#options = options;
  }

  render(state: PreferencesState): TemplateResult {
    const draft = this.#draft ?? draftOf(state);
    return preferencesForm({
      locale: this.#options.locale(),
      state,
      draft,
      problem: this.#problem,
      saving: this.#saving,
      blocked: !this.#options.online(),
      change: (change) => this.#show({ ...draft, ...change }, this.#problem),
      save: () => void this.#save(draft, state.version),
      cancel: () => this.#options.left(),
    });
  }

  /** What was changed and not saved is given up. */
  forget(): void {
    this.#show(undefined, '');
  }

  async #save(draft: Preferences, version: number): Promise<void> {
    const [client, locale] = [this.#options.client(), this.#options.locale()];
    if (!client) return;
    if (draft.quietHours && draft.quietHours.from === draft.quietHours.to) return this.#show(draft, locale.t('tell.sameTimes'));
    this.#saving = true;
    this.#show(draft, '');
    try {
      const saved = await body(client.http.PUT('/api/notifications/preferences', { params: { header: { 'If-Match': `"${version}"` } }, body: draft }));
      this.#options.preferences().mutate(() => saved);
      this.#options.saved();
    } catch (error) {
      await this.#notSaved(toApiError(error));
    } finally {
      this.#saving = false;
      this.#host.requestUpdate();
    }
  }

  /** Changed in another window meanwhile: what is there is shown, rather than written over unseen. */
  async #notSaved(error: ApiError): Promise<void> {
    const locale = this.#options.locale();
    if (error.status !== 412) return this.#show(this.#draft, locale.t('tell.failed', { detail: problemText(locale, error) }));
    this.#show(undefined, '');
    await this.#options.preferences().refresh();
    this.#show(undefined, locale.t('tell.clash'));
  }

  #show(draft: Preferences | undefined, problem: string): void {
    this.#draft = draft;
    this.#problem = problem;
    this.#host.requestUpdate();
  }
}
