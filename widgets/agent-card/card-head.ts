import { html, nothing, type TemplateResult } from 'lit';
import type { components } from '../../api/http/contract.types.ts';
import { elapsed } from '../controllers/clock.ts';
import { avatar } from '../shared/avatar.ts';
import { statusShape } from '../shared/icons.ts';
import type { Locale } from '../shared/locale.ts';
import { levelDetails } from './level.ts';

type Schemas = components['schemas'];
type Agent = Schemas['Agent'];

export interface CardHeadOptions {
  locale: Locale;
  agent: Agent;
  /** Level and next session stand in it; nothing while it loads. */
  summary: Schemas['AgentSummary'] | undefined;
  /** Whoever looks at their own card sets the status there, and is not told it. */
  own: boolean;
  /** ms since the epoch when the person was last known to be so; undefined while it is kept up to date. */
  stale: number | undefined;
  openSessions: () => void;
}

/** Who it is, how they stand, and when they are coached next. */
export function cardHead(options: CardHeadOptions): TemplateResult {
  const { locale, agent, summary, own, openSessions } = options;
  const t = locale.t.bind(locale);
  const { performanceLevel: level, nextSession: next } = summary ?? {};
  return html`<div class="person" part="person">
    ${avatar(agent.fullName, agent.onlineStatus)}
    <div class="facts">
      <h2 class="ellipsis">${agent.fullName}</h2>
      <p class="quiet ellipsis">${agent.teamName ?? t('card.noTeam')}${agent.isActive ? nothing : ` · ${t('card.inactive')}`}</p>
      ${own ? nothing : status(options)}
      ${level ? levelDetails(locale, level, summary?.period.figures ?? []) : nothing}
      ${next ? html`<p class="small" part="next-session"><button type="button" class="link next" @click=${openSessions}>${t('card.nextSession', { when: locale.instant(next.scheduledAt), leader: next.leaderName })}</button></p>` : nothing}
    </div>
  </div>`;
}

function status({ locale, agent, stale }: CardHeadOptions): TemplateResult {
  return html`<p class="line" part="status">
    <span class="status">${statusShape(agent.onlineStatus)} ${locale.t(`status.${agent.onlineStatus}`)}</span>
    <time class="quiet" datetime=${agent.statusSince}>${elapsed(agent.statusSince, locale, stale)}</time>
    ${agent.statusReason ? html`<span class="quiet ellipsis">${agent.statusReason}</span>` : nothing}
  </p>`;
}
