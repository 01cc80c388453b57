import { ReactiveElement, type PropertyValues } from 'lit';
import { attachContextRoot } from '../contexts/root.ts';
import type { Appearance } from '../contexts/theme.context.ts';
import { define } from '../shared/element.ts';
import type { Catalogue } from '../shared/strings.ts';
import { SidelineHost, tokenSource } from './host.ts';
import type { TokenSource } from './tokens.ts';

attachContextRoot();

/**
 * Signs the widgets inside it in and keeps them connected.
 *
 * @fires sideline-expired - the sign-in ended and neither property gave a new token
 */
export class SidelineProvider extends ReactiveElement {
  static override properties = {
    apiUrl: { attribute: 'api-url' },
    accessToken: { attribute: false },
    getToken: { attribute: false },
    appearance: {},
    locale: {},
    strings: { attribute: false },
  };

  declare apiUrl: string;
  declare accessToken: string | undefined;
  declare getToken: TokenSource | undefined;
  declare appearance: Appearance;
  declare locale: string | undefined;
  declare strings: Partial<Catalogue> | undefined;

  readonly #host = new SidelineHost(this);

  constructor() {
    super();
    this.apiUrl = '';
    this.appearance = 'auto';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    adoptLayout(this.getRootNode());
    if (this.hasUpdated) this.#host.resume();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#host.stop();
  }

  /** Context passes through the light DOM, so the provider adds no box of its own. */
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('appearance') || changed.has('locale') || changed.has('strings')) {
      this.#host.setLook(this.appearance, this.locale, this.strings);
    }
    if (changed.has('apiUrl') || changed.has('accessToken') || changed.has('getToken')) {
      this.#host.start(this.apiUrl, tokenSource(this));
    }
  }
}

const layout = new CSSStyleSheet();
layout.replaceSync(':where(sideline-provider) { display: contents }');

/** The provider takes no place in the page's layout, unless the page says so: `:where` yields to any rule. */
function adoptLayout(root: Node): void {
  if (!(root instanceof Document || root instanceof ShadowRoot)) return;
  if (!root.adoptedStyleSheets.includes(layout)) root.adoptedStyleSheets.push(layout);
}

define('sideline-provider', SidelineProvider);

declare global {
  interface HTMLElementTagNameMap {
    'sideline-provider': SidelineProvider;
  }
}
