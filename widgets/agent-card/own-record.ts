import { css, html, type CSSResultGroup, type TemplateResult } from 'lit';
import { ApiError, body, toApiError } from '../shared/api-error.ts';
import { problemText } from '../shared/blocks.ts';
import { define, SidelineElement } from '../shared/element.ts';
import { saveFile } from '../shared/save-file.ts';
import '../shared/strings/card.ts';

/** What is kept about a person is theirs to have: one button, and the file. */
export class OwnRecord extends SidelineElement {
  static override styles: CSSResultGroup = [
    SidelineElement.styles,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--_2);
        container-type: normal;
        background: none;
      }
    `,
  ];
  static override properties = { agentId: { attribute: false }, busy: { state: true }, said: { state: true } };

  declare agentId: number;
  declare private busy: boolean;
  /** How the last try went. */
  declare private said: string;

  constructor() {
    super();
    this.busy = false;
    this.said = '';
  }

  protected override render(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    return html`<button type="button" part="record-button" ?disabled=${this.busy} @click=${() => void this.#save()}>${t('card.record')}</button>
      <p class="quiet small" role="status">${this.said || t('card.recordHint')}</p>`;
  }

  async #save(): Promise<void> {
    if (!this.client || this.busy) return;
    this.busy = true;
    this.said = '';
    try {
      const record = await body(this.client.http.GET('/api/agents/{id}/record', { params: { path: { id: this.agentId } } }));
      if (!record.isComplete) throw new ApiError(0); // it broke off on its way
      saveFile(new Blob([JSON.stringify(record, null, 2)], { type: 'application/json' }), 'what-is-kept-about-me.json');
      this.said = this.locale.t('card.recordSaved');
    } catch (error) {
      this.said = problemText(this.locale, toApiError(error));
    } finally {
      this.busy = false;
    }
  }
}

define('sideline-own-record', OwnRecord);

declare global {
  interface HTMLElementTagNameMap {
    'sideline-own-record': OwnRecord;
  }
}
