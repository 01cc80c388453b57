import { html, nothing, svg, type TemplateResult } from 'lit';
import { avatar } from '../shared/avatar.ts';
import { icon } from '../shared/icons.ts';
import type { Locale } from '../shared/locale.ts';
import { place } from '../shared/place.ts';
import { isAhead, namesOf, type Session } from './session-model.ts';

/** What can be done with the whole session; what is missing is not offered. */
export interface HeadDeeds {
  change?: (() => void) | undefined;
  calendar: () => void;
  cancel?: (() => void) | undefined;
  noShow?: (() => void) | undefined;
  /** Where no way to the list stands above the session. */
  all: (() => void) | undefined;
}

/** Who, when, with whom, and how it stands. */
export function sessionHead(locale: Locale, session: Session, deeds: HeadDeeds): TemplateResult {
  const t = locale.t.bind(locale);
  const name = session.agentName ?? namesOf(session);
  return html`<div class="head" part="head">
    ${avatar(name)}
    <div class="facts">
      <h2 class="ellipsis" tabindex="-1" title=${name}>${name}</h2>
      <p class="quiet">
        <span>${t('session.when', { when: locale.instant(session.scheduledAt), minutes: session.durationMinutes })}</span>
        <span>${t('session.with', { name: session.facilitator.name })}</span>
      </p>
      <p>${statusWord(locale, session)} ${joinLink(locale, session)}</p>
    </div>
    ${menu(locale, deeds)}
  </div>`;
}

function joinLink(locale: Locale, session: Session): TemplateResult | typeof nothing {
  if (!session.remoteUrl || !isAhead(session)) return nothing;
  return html`<a class="join" href=${session.remoteUrl} target="_blank" rel="noopener noreferrer">${locale.t('session.join')}</a>`;
}

const shapes: Record<Session['status'], TemplateResult> = {
  scheduled: svg`<circle cx="5" cy="5" r="3.75" fill="none" stroke="currentColor" stroke-width="1.5"/>`,
  preparing: svg`<circle cx="5" cy="5" r="4" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M5 1a4 4 0 0 0 0 8z" fill="currentColor"/>`,
  live: svg`<circle cx="5" cy="5" r="4.5" fill="currentColor"/>`,
  completed: svg`<path d="M1.5 5.5l2.4 2.4 4.6-5.4" fill="none" stroke="currentColor" stroke-width="1.6"/>`,
  cancelled: svg`<path d="M2 2l6 6M8 2l-6 6" stroke="currentColor" stroke-width="1.5"/>`,
  no_show: svg`<path d="M1.5 5h7" stroke="currentColor" stroke-width="1.6"/>`,
};

/** How it stands: shape and word. */
export function statusWord(locale: Locale, { status }: Pick<Session, 'status'>): TemplateResult {
  return html`<span class="state-word ${status}" part="status"><svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">${shapes[status]}</svg>${locale.t(`session.status.${status}`)}</span>`;
}

function menu(locale: Locale, { change, calendar, cancel, noShow, all }: HeadDeeds): TemplateResult {
  const t = locale.t.bind(locale);
  const item = (label: string, run: () => void): TemplateResult => html`<button type="button" @click=${(event: Event) => {
    (event.currentTarget as HTMLElement).closest<HTMLElement>('[popover]')?.hidePopover();
    run();
  }}>${label}</button>`;
  return html`<button type="button" class="plain icon" part="menu-button" popovertarget="more" aria-label=${t('session.more')}>${icon('dots')}</button>
    <div class="menu" id="more" popover @toggle=${placeMenu}>
      ${change ? item(t('session.reschedule'), change) : nothing} ${item(t('session.calendar'), calendar)}
      ${noShow ? item(t('session.noShow'), noShow) : nothing} ${cancel ? item(t('session.cancel'), cancel) : nothing} ${all ? item(t('session.all'), all) : nothing}
    </div>`;
}

function placeMenu(event: Event): void {
  const popover = event.currentTarget as HTMLElement;
  const button = (popover.getRootNode() as ShadowRoot).querySelector('[popovertarget="more"]');
  if ((event as ToggleEvent).newState === 'open' && button) place(popover, button);
}
