import { html, nothing, type TemplateResult } from 'lit';
import type { SidelineClient } from '../provider/client.ts';
import { toApiError, type ApiError } from '../shared/api-error.ts';
import { problemText } from '../shared/blocks.ts';
import type { SidelineElement } from '../shared/element.ts';
import type { Locale } from '../shared/locale.ts';
import type { Import, Kind } from './import-model.ts';
import { newUpload, upload, type Upload } from './load-import.ts';

interface Sent extends Upload {
  readonly isLost: boolean;
}

/** One file on its way: sent, stopped, or sent once more as what it was. */
export class Uploading {
  readonly #host: SidelineElement;
  /** On its way, or lost on it. */
  #sent: Sent | undefined;
  #abort: AbortController | undefined;
  #error: ApiError | undefined;
  /** The file that arrived, as long as this page has it: it can be read as something else. */
  #arrived: File | undefined;

  constructor(host: SidelineElement) {
    this.#host = host;
  }

  get isRunning(): boolean {
    return this.#sent?.isLost === false;
  }

  /** @returns the file of this name that this page has */
  file(name: string): File | undefined {
    return this.#arrived?.name === name ? this.#arrived : undefined;
  }

  forget(): void {
    this.#abort?.abort();
    this.#sent = undefined;
    this.#error = undefined;
  }

  /** @returns the import it has become; nothing when it did not arrive, and what is shown says why */
  send(client: SidelineClient, file: File, kind: Kind): Promise<Import | undefined> {
    return this.#send(client, newUpload(file, kind));
  }

  /** The same request by the same key: if it had arrived after all, it is that import. */
  again(client: SidelineClient): Promise<Import | undefined> {
    return this.#sent?.isLost ? this.#send(client, this.#sent) : Promise.resolve(undefined);
  }

  async #send(client: SidelineClient, sent: Upload): Promise<Import | undefined> {
    if (this.isRunning) return undefined;
    const abort = new AbortController();
    this.#abort = abort;
    this.#error = undefined;
    this.#show({ ...sent, isLost: false });
    try {
      const accepted = await upload(client, sent, abort.signal);
      this.#arrived = sent.file;
      this.#show(undefined);
      return accepted;
    } catch (error) {
      this.#error = toApiError(error);
      this.#show(abort.signal.aborted ? undefined : { ...sent, isLost: true });
      return undefined;
    }
  }

  /** The file on its way, or why it is not there and whether to send it again. */
  render(locale: Locale, again: () => void): TemplateResult | typeof nothing {
    const t = locale.t.bind(locale);
    const sent = this.#sent;
    if (!sent) return nothing;
    const { name } = sent.file;
    if (!sent.isLost) {
      return html`<div class="progress" part="progress"><p role="status">${t('import.uploading', { name })}</p><progress aria-label=${t('import.uploading', { name })}></progress>
        <div><button type="button" @click=${() => this.#abort?.abort()}>${t('common.cancel')}</button></div></div>`;
    }
    const error = this.#error;
    return html`<p class="problem" role="alert">${t('import.notUploaded', { name, detail: error ? problemText(locale, error) : '' })}</p>
      ${error?.transient ? html`<div class="next pad"><button type="button" class="primary" @click=${again}>${t('common.retry')}</button></div>` : nothing}`;
  }

  #show(sent: Sent | undefined): void {
    this.#sent = sent;
    this.#host.requestUpdate();
  }
}
