import { css, html, nothing, type TemplateResult } from 'lit';
import type { components } from '../../api/http/contract.types.ts';
import { empty } from '../shared/blocks.ts';
import { icon } from '../shared/icons.ts';
import type { Locale } from '../shared/locale.ts';
import type { Sessions, SessionsPart } from './load-sessions.ts';
import { asked, isOverdue, namesOf, openDisputes, type Session } from './session-model.ts';
import { statusWord } from './session-head.ts';

type Me = components['schemas']['Me'];

export interface SessionListOptions {
  locale: Locale;
  sessions: Sessions;
  me: Me;
  /** Whose sessions: named where nothing is planned. */
  about: { id: number | undefined; name: string | undefined };
  open: (session: Session) => void;
  /** Where this person may schedule one. */
  schedule: (() => void) | undefined;
  /** Those that were not asked for yet. */
  more: (part: SessionsPart) => void;
}

/** What waits for a decision or an answer, what comes next, and what was. */
export function sessionList(options: SessionListOptions): TemplateResult {
  const { locale, sessions, me, schedule } = options;
  const t = locale.t.bind(locale);
  const answers = sessions.past.filter((session) => asked(me, session));
  const decisions = new Set(sessions.toDecide.map(({ id }) => id));
  const others = sessions.past.filter((session) => !asked(me, session) && !decisions.has(session.id));
  return html`<div class="sessions" part="list">
    ${group(t('session.list.decide'), sessions.toDecide, options)}
    ${group(t('session.list.answer'), answers, options)}
    ${sessions.ahead.length > 0 ? group(t('session.list.next'), sessions.ahead, options, 'ahead') : nothingPlanned(options)}
    ${sessions.ahead.length > 0 && schedule ? html`<div class="schedule-line"><button type="button" @click=${schedule}>${icon('plus', 14)}${t('session.list.schedule')}</button></div>` : nothing}
    ${group(t('session.list.past'), others, options, 'past')}
  </div>`;
}

function nothingPlanned({ locale, me, about, schedule }: SessionListOptions): TemplateResult {
  const own = about.id === undefined ? me.agent.role === 'cs' : about.id === me.agent.id;
  const sentence = own ? locale.t('session.list.noneOwn') : about.name ? locale.t('session.list.none', { name: about.name }) : locale.t('session.list.noneAny');
  return empty(sentence, schedule && { label: locale.t('session.list.schedule'), run: schedule });
}

function group(title: string, sessions: readonly Session[], options: SessionListOptions, part?: SessionsPart): TemplateResult | typeof nothing {
  if (sessions.length === 0) return nothing;
  return html`<section aria-label=${title}>
    <h3>${title}</h3>
    <ul role="list">${sessions.map((session) => row(session, options))}</ul>
    ${part && options.sessions.more[part] ? html`<button type="button" class="link more" @click=${() => options.more(part)}>${options.locale.t('session.list.more')}</button>` : nothing}
  </section>`;
}

function row(session: Session, { locale, me, open }: SessionListOptions): TemplateResult {
  const mine = session.attendees.some(({ id }) => id === me.agent.id);
  return html`<li><button type="button" class="row" data-session=${session.id} @click=${() => open(session)}>
    <span class="what"><span class="ellipsis name">${mine ? locale.t('session.with', { name: session.facilitator.name }) : (session.agentName ?? namesOf(session))}</span>
      <span class="quiet small">${locale.t('session.when', { when: locale.instant(session.scheduledAt), minutes: session.durationMinutes })}</span></span>
    <span class="end">${statusWord(locale, session)} ${answer(session, locale, me)}</span>
  </button></li>`;
}

/** The answer that is furthest from being one: what a leader has to see. */
function answer(session: Session, locale: Locale, me: Me): TemplateResult | typeof nothing {
  const answers = session.attendees.flatMap(({ acknowledgement }) => acknowledgement ?? []);
  const [disputed] = openDisputes(session);
  if (disputed) {
    const late = isOverdue(disputed.dueAt, Date.now());
    return html`<span class="late small">${locale.t(late ? 'session.list.disputedLate' : 'session.list.disputed', { when: locale.due(disputed.dueAt, me.installation.businessTimezone) })}</span>`;
  }
  const pending = answers.find(({ status }) => status === 'pending');
  if (!pending?.dueAt) return answers.some(({ status }) => status === 'acknowledged') ? html`<span class="small quiet">${locale.t('session.list.acknowledged')}</span>` : nothing;
  const late = isOverdue(pending.dueAt, Date.now());
  return html`<span class="small ${late ? 'late' : 'quiet'}">${locale.t(late ? 'session.list.overdue' : 'session.list.pending', { when: locale.due(pending.dueAt, me.installation.businessTimezone) })}</span>`;
}

export const sessionListStyles = css`
  .sessions section {
    padding: var(--_3) 0 var(--_1);
    border-block-start: 1px solid var(--_line);
  }
  .sessions section:first-child {
    border-block-start: 0;
  }
  .sessions h3 {
    padding: 0 var(--_3) var(--_1);
  }
  .sessions .row {
    display: flex;
    justify-content: space-between;
    gap: var(--_3);
    width: 100%;
    min-height: 48px;
    padding: 6px var(--_3);
    border: 0;
    border-radius: 0;
    background: none;
    text-align: start;
    font-weight: var(--_regular);
    white-space: normal;
  }
  .sessions .what,
  .sessions .end {
    display: grid;
    min-width: 0;
  }
  .sessions .name {
    font-weight: var(--_medium);
  }
  .sessions .end {
    justify-items: end;
    flex: none;
    text-align: end;
    font-size: var(--_text-xs);
  }
  .late {
    color: var(--_danger);
    font-weight: var(--_medium);
  }
  .sessions .more {
    margin: var(--_1) var(--_3);
  }
  .schedule-line {
    padding: 0 var(--_3) var(--_3);
  }
`;
