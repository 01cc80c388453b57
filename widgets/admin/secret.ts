import { css, html, nothing, type TemplateResult } from 'lit';
import { Announcer } from '../controllers/announcer.ts';
import { define } from '../shared/element.ts';
import { icon } from '../shared/icons.ts';
import '../shared/strings/admin-keys.ts';
import { AdminPart } from './admin-part.ts';

const secretStyles = css`
  input {
    flex: 1;
    min-width: 0;
    font-family: ui-monospace, 'Cascadia Mono', Menlo, Consolas, monospace;
  }
  :host {
    background: none;
  }
`;

/** Something shown once, to be copied. */
export class AdminSecret extends AdminPart {
  static override styles = [AdminPart.styles, secretStyles];
  static override properties = { label: {}, value: { attribute: false }, copied: { state: true } };

  declare label: string;
  declare value: string;
  declare private copied: 'yes' | 'no' | undefined;

  readonly #announcer = new Announcer(this);

  override get dirty(): boolean {
    return false;
  }

  protected override render(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const done = this.copied === 'yes';
    return html`<div class="with-button">
        <input readonly aria-label=${this.label} .value=${this.value} @focus=${(event: Event) => (event.target as HTMLInputElement).select()} />
        <button type="button" class="primary" @click=${() => void this.#copy()}>${icon(done ? 'check' : 'copy', 14)}${t(done ? 'keys.copied' : 'keys.copy')}</button>
      </div>
      ${this.copied === 'no' ? html`<p class="problem" role="alert">${t('keys.copyFailed')}</p>` : nothing} ${this.#announcer.render()}`;
  }

  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.value);
      this.copied = 'yes';
      this.#announcer.now(this.locale.t('keys.copied'));
    } catch {
      // Frames without the permission, and plain HTTP: the person copies by hand.
      this.copied = 'no';
      this.renderRoot.querySelector('input')?.focus();
    }
  }
}

define('sideline-admin-secret', AdminSecret);
