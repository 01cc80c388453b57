import { css, html, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { define, SidelineElement } from '../shared/element.ts';
import { focusedIn } from '../shared/focus.ts';
import { icon, type OnlineStatus } from '../shared/icons.ts';
import { isTyping } from '../shared/keys.ts';
import { keepPlaced } from '../shared/place.ts';
import { loadReasons, REASON_LENGTH, reasonChips, statusFormStyles, statusOfKey, statusTiles, type Offered } from '../shared/status-form.ts';

export interface StatusSubject {
  readonly id: number;
  readonly name: string;
  readonly status: OnlineStatus;
  readonly reason: string | null;
}

/** What was chosen for somebody; the widget around the menu writes it. */
export interface StatusChoice {
  readonly agentId: number;
  readonly status: OnlineStatus;
  /** Null where none was given. */
  readonly reason: string | null;
}

/**
 * Sets another person's status: chosen, then confirmed, because it is somebody else's.
 *
 * @fires status-chosen - for the widget around it; detail `StatusChoice`
 */
export class StatusMenu extends SidelineElement {
  static override properties = { subject: { state: true }, status: { state: true }, reason: { state: true } };
  static override styles: CSSResultGroup = [
    SidelineElement.styles,
    statusFormStyles,
    css`
      :host {
        display: contents;
      }
      .menu {
        position: fixed;
        inset: auto;
        width: min(336px, calc(100vw - 16px));
        max-height: calc(100vh - 16px);
        overflow: auto;
        padding: var(--_3);
        border: 1px solid var(--_line);
        border-radius: var(--_radius);
        background: var(--_surface-raised);
        color: var(--_text);
        box-shadow: var(--_shadow);
      }
      form {
        display: flex;
        flex-direction: column;
        gap: 10px;
      }
      .tile,
      .chip,
      input {
        background: var(--_surface);
      }
    `,
  ];

  declare private subject: StatusSubject | undefined;
  declare private status: OnlineStatus;
  declare private reason: string;
  readonly #reasons = this.resource<number, Offered>({ key: () => this.subject?.id, load: loadReasons });
  #opener: HTMLElement | undefined;
  #stopPlacing: (() => void) | undefined;
  readonly #outside = (event: Event): void => {
    if (!event.composedPath().includes(this.#menu)) this.close();
  };

  constructor() {
    super();
    this.status = 'online';
    this.reason = '';
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
  }

  async open(subject: StatusSubject, anchor: Element): Promise<void> {
    this.subject = subject;
    this.status = subject.status;
    this.reason = subject.reason ?? '';
    this.#opener = focusedIn(this);
    await this.updateComplete;
    this.#menu.showPopover();
    this.#stop();
    this.#stopPlacing = keepPlaced(this.#menu, anchor);
    addEventListener('pointerdown', this.#outside, true);
    this.renderRoot.querySelector<HTMLElement>('.tile[aria-pressed="true"]')?.focus({ preventScroll: true });
  }

  close(): void {
    this.#stop();
    if (this.#menu.matches(':popover-open')) this.#menu.hidePopover();
    this.subject = undefined;
    this.#opener?.focus({ preventScroll: true });
  }

  protected override render(): TemplateResult {
    return html`<div class="menu" part="status-menu" popover="manual" role="dialog" aria-labelledby="title" @keydown=${this.#onKey}>
      ${this.subject ? this.#form(this.subject) : nothing}
    </div>`;
  }

  #form({ name }: StatusSubject): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const offline = !this.session.online;
    const word = t(`status.${this.status}`);
    return html`<form @submit=${this.#submit}>
      <div class="line"><h2 id="title" class="ellipsis">${t('setStatus.of', { name })}</h2>
        <button class="plain icon end" type="button" aria-label=${t('common.close')} @click=${() => this.close()}>${icon('close')}</button></div>
      ${statusTiles(this.locale, t('setStatus.of', { name }), this.status, offline, (status) => this.#choose(status))}
      ${reasonChips(this.locale, { status: this.status, reasons: this.#reasons.data?.reasons ?? [], chosen: this.reason, disabled: offline, pick: (reason) => (this.reason = reason) })}
      <input type="text" maxlength=${REASON_LENGTH} aria-label=${t('setStatus.reason')} placeholder=${`${t('setStatus.other')} (${t('common.optional')})`} .value=${this.reason}
        @input=${(event: InputEvent) => (this.reason = (event.target as HTMLInputElement).value)} />
      <div class="line">
        <span class="quiet small" role="status">${t(offline ? 'setStatus.offline' : 'setStatus.keys')}</span>
        <button class="primary end" type="submit" ?disabled=${offline}>${t('setStatus.set', { status: word })}</button>
      </div>
    </form>`;
  }

  /** A reason belongs to its status. */
  #choose(status: OnlineStatus): void {
    if (status !== this.status) this.reason = '';
    this.status = status;
  }

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    const { subject, status } = this;
    if (!subject || !this.session.online) return;
    const detail: StatusChoice = { agentId: subject.id, status, reason: this.reason.trim() || null };
    this.close();
    this.dispatchEvent(new CustomEvent<StatusChoice>('status-chosen', { detail }));
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const status = isTyping(event) ? undefined : statusOfKey(event.key);
    if (event.key === 'Escape') this.close();
    else if (status) this.#chooseByKey(status);
    else if (event.key === 'Enter' && (event.target as Element).matches('.tile')) this.#enterOn(event);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  /** The focus follows, so that Enter sets what the digit chose. */
  #chooseByKey(status: OnlineStatus): void {
    this.#choose(status);
    this.renderRoot.querySelector<HTMLElement>(`.tile[data-status="${status}"]`)?.focus();
  }

  /** Enter on a status chooses it; on the one that is chosen it sets it. */
  #enterOn(event: KeyboardEvent): void {
    const tile = event.target as HTMLElement;
    if (tile.getAttribute('aria-pressed') === 'true') this.renderRoot.querySelector('form')?.requestSubmit();
    else tile.click();
  }

  get #menu(): HTMLElement {
    return this.renderRoot.querySelector('.menu') as HTMLElement;
  }

  #stop(): void {
    this.#stopPlacing?.();
    removeEventListener('pointerdown', this.#outside, true);
  }
}

define('sideline-status-menu', StatusMenu);

declare global {
  interface HTMLElementTagNameMap {
    'sideline-status-menu': StatusMenu;
  }
}
