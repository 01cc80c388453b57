import { html, type TemplateResult } from 'lit';
import type { SidelineClient } from '../provider/client.ts';
import { body } from '../shared/api-error.ts';
import { Confirm } from '../shared/confirm.ts';
import type { SidelineElement } from '../shared/element.ts';
import type { Locale } from '../shared/locale.ts';
import { CancelDialog } from './cancel-dialog.ts';
import { saveCalendar } from './load-sessions.ts';
import type { Session } from './session-model.ts';

export interface SessionDeedsOptions {
  client: () => SidelineClient | undefined;
  locale: () => Locale;
  became: (session: Session) => void;
  failed: (error: unknown) => void;
}

/** What is done with a session as a whole: called off, put down as missed, taken along as a calendar file. */
export class SessionDeeds {
  readonly #options: SessionDeedsOptions;
  readonly #confirm: Confirm;
  readonly #cancel: CancelDialog;

  constructor(host: SidelineElement, options: SessionDeedsOptions) {
    this.#options = options;
    this.#confirm = new Confirm(host);
    this.#cancel = new CancelDialog(host, options.locale);
  }

  render(): TemplateResult {
    return html`${this.#confirm.render()} ${this.#cancel.render()}`;
  }

  saveCalendar(session: Session): Promise<void> {
    return this.#attempt((client) => saveCalendar(client, session));
  }

  async callOff({ id }: Session): Promise<void> {
    const reason = await this.#cancel.ask();
    if (reason === undefined) return;
    await this.#attempt(async (client) => this.#options.became(await body(client.http.POST('/api/coaching-sessions/{id}/cancel', { params: { path: { id } }, body: { reason } }))));
  }

  async putDownAsMissed({ id }: Session): Promise<void> {
    const locale = this.#options.locale();
    const t = locale.t.bind(locale);
    if (!(await this.#confirm.ask({ title: t('session.noShowTitle'), text: t('session.noShowText'), yes: t('session.noShowYes'), no: t('session.noShowNo') }))) return;
    await this.#attempt(async (client) => this.#options.became(await body(client.http.POST('/api/coaching-sessions/{id}/no-show', { params: { path: { id } } }))));
  }

  async #attempt(work: (client: SidelineClient) => Promise<void>): Promise<void> {
    const client = this.#options.client();
    if (!client) return;
    try {
      await work(client);
    } catch (error) {
      this.#options.failed(error);
    }
  }
}
