import { html, nothing, type TemplateResult } from 'lit';
import type { components } from '../../api/http/contract.types.ts';
import { icon, warningShape } from '../shared/icons.ts';
import type { Locale } from '../shared/locale.ts';
import type { Commitment, Session } from './session-model.ts';

type Schemas = components['schemas'];

export interface RecordOptions {
  locale: Locale;
  session: Session;
  /** What was agreed to be done in it; nothing while it is on the way. */
  actions: readonly Schemas['ActionItem'][] | undefined;
  /** The session that follows it, once it is known. */
  next: Session | undefined;
  openFollowUp: (id: string) => void;
}

/** What was agreed, on one page. */
export function sessionRecord({ locale, session, actions, next, openFollowUp }: RecordOptions): TemplateResult {
  const t = locale.t.bind(locale);
  return html`
    <section aria-label=${t('outcome.summary')}>
      <header><h3>${t('outcome.summary')}</h3>${session.completedAt ? html`<span class="end quiet">${lasted(locale, session)}</span>` : nothing}</header>
      ${session.summary ? html`<p class="prose">${session.summary}</p>` : html`<p class="quiet small">${t('outcome.noSummary')}</p>`}
    </section>
    <div class="columns">
      <section aria-label=${t('outcome.commitments')}>
        <header><h3>${t('outcome.commitments')}</h3></header>
        ${session.commitments.length > 0 ? html`<ul class="lines" role="list">${session.commitments.map((commitment) => commitmentLine(locale, session, commitment))}</ul>` : html`<p class="quiet small">${t('outcome.noCommitments')}</p>`}
      </section>
      <section aria-label=${t('outcome.actions')}>
        <header><h3>${t('outcome.actions')}</h3></header>
        ${actions === undefined ? html`<p class="quiet small">${t('common.loading')}</p>` : actions.length === 0 ? html`<p class="quiet small">${t('outcome.noActions')}</p>` : html`<ul class="lines" role="list">${actions.map((item) => actionLine(locale, item))}</ul>`}
      </section>
    </div>
    <section aria-label=${t('outcome.followUp')}>
      <header><h3>${t('outcome.followUp')}</h3>${next ? html`<span class="small">${locale.instant(next.scheduledAt)}</span>` : nothing}
        ${session.followUpSessionId ? html`<button type="button" class="link" @click=${() => session.followUpSessionId && openFollowUp(session.followUpSessionId)}>${t('outcome.open')}</button>` : html`<span class="quiet small">${t('outcome.followUpNone')}</span>`}</header>
    </section>
    ${covered(locale, session)} ${talk(locale, session)}
  `;
}

function lasted(locale: Locale, { startedAt, completedAt }: Session): string {
  if (!startedAt || !completedAt) return '';
  const minutes = Math.max(1, Math.round((Date.parse(completedAt) - Date.parse(startedAt)) / 60_000));
  return locale.t('outcome.lasted', { minutes, when: locale.instant(completedAt) });
}

/** Who promised it. */
export const promiser = ({ facilitator, attendees }: Session, personId: number | null): string | undefined => [facilitator, ...attendees].find(({ id }) => id === personId)?.name;

function commitmentLine(locale: Locale, session: Session, { text, personId, dueOn }: Commitment): TemplateResult {
  const who = promiser(session, personId);
  const until = dueOn ? locale.t('outcome.dueOn', { when: locale.day(dueOn) }) : undefined;
  return html`<li><span class="what">${text}<span class="quiet">${[who, until].filter(Boolean).join(', ')}</span></span></li>`;
}

export function actionLine(locale: Locale, { title, assigneeName, dueDate, status, overdue }: Schemas['ActionItem']): TemplateResult {
  return html`<li>${status === 'done' ? html`<span class="good">${icon('check', 14)}</span>` : nothing}<span class="what">${title}
    <span class=${overdue ? 'late small' : 'quiet'}>${overdue ? warningShape(9) : nothing}${assigneeName}, ${locale.t('outcome.dueOn', { when: locale.day(dueDate) })}</span></span></li>`;
}

function covered(locale: Locale, { agenda }: Session): TemplateResult | typeof nothing {
  if (agenda.length === 0) return nothing;
  const t = locale.t.bind(locale);
  const [done, left] = [agenda.filter((point) => point.covered), agenda.filter((point) => !point.covered)];
  return html`<section aria-label=${t('session.agenda')}><header><h3>${t('session.agenda')}</h3></header>
    <ul class="lines" role="list">
      ${done.map(({ title }) => html`<li><span class="good" title=${t('outcome.talkedAbout')}>${icon('check', 14)}<span class="sr">${t('outcome.talkedAbout')}</span></span><span class="what">${title}</span></li>`)}
      ${left.map(({ title }) => html`<li><span class="quiet" title=${t('outcome.notTalkedAbout')}>${icon('forward', 14)}<span class="sr">${t('outcome.notTalkedAbout')}</span></span><span class="what quiet">${title}</span></li>`)}
    </ul></section>`;
}

function talk(locale: Locale, { discussionNotes, topicsCovered, engagementScore }: Session): TemplateResult | typeof nothing {
  if (!discussionNotes && topicsCovered.length === 0 && engagementScore === null) return nothing;
  const t = locale.t.bind(locale);
  return html`<section><details><summary>${t('outcome.discussion')}</summary>
    ${discussionNotes ? html`<p class="prose">${discussionNotes}</p>` : nothing}
    <p class="quiet small">${[topicsCovered.length > 0 ? `${t('outcome.topics')}: ${topicsCovered.join(', ')}` : '', engagementScore === null ? '' : t('outcome.engagement', { n: engagementScore })].filter(Boolean).join(' · ')}</p>
  </details></section>`;
}
