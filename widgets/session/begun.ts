import { nothing, type TemplateResult } from 'lit';
import type { components } from '../../api/http/contract.types.ts';
import { bar } from '../shared/blocks.ts';
import type { SidelineElement } from '../shared/element.ts';
import type { Locale } from '../shared/locale.ts';
import { attends, othersOf, type Session } from './session-model.ts';

export interface BegunOptions {
  locale: () => Locale;
  me: () => components['schemas']['Me'] | undefined;
  /** The session that is looked at. */
  shown: () => string | undefined;
  say: (text: string) => void;
  go: (id: string) => void;
}

/** Another session of this person that went live while one was looked at. */
export class Begun {
  readonly #host: SidelineElement;
  readonly #options: BegunOptions;
  #session: Session | undefined;

  constructor(host: SidelineElement, options: BegunOptions) {
    this.#host = host;
    this.#options = options;
  }

  heard(session: Session): void {
    const me = this.#options.me();
    if (session.status !== 'live') {
      if (session.id === this.#session?.id) this.#set(undefined);
    } else if (me && session.id !== this.#options.shown() && (attends(me, session) || session.facilitator.id === me.agent.id)) {
      if (session.id !== this.#session?.id) this.#options.say(this.#text(session, me));
      this.#set(session);
    }
  }

  /** Nobody has to look for a session that somebody else began: the way there is offered, not taken. */
  render(): TemplateResult | typeof nothing {
    const session = this.#session;
    const me = this.#options.me();
    if (!session || !me || session.id === this.#options.shown()) return nothing;
    return bar(this.#text(session, me), { info: true, action: { label: this.#options.locale().t('session.goThere'), run: () => this.#options.go(session.id) } });
  }

  #text(session: Session, me: components['schemas']['Me']): string {
    return this.#options.locale().t('session.begun', { name: othersOf(me, session) });
  }

  #set(session: Session | undefined): void {
    this.#session = session;
    this.#host.requestUpdate();
  }
}
