import { html, nothing, type TemplateResult } from 'lit';
import type { Locale } from '../shared/locale.ts';
import type { Decisions } from './decisions.ts';
import type { Import } from './import-model.ts';

export interface CommitBarOptions {
  locale: Locale;
  item: Import;
  decisions: Decisions;
  /** People who are missing are to be added. */
  create: boolean;
  /** A leader adds people to a team, and has named none. */
  lacksTeam: boolean;
  /** Something was just asked for and is not answered yet. */
  busy: boolean;
  read: () => void;
  drop: () => void;
  commit: () => void;
}

/** The one thing that can be done next: read it again with what was decided, or agree to the preview. */
export function commitBar(options: CommitBarOptions): TemplateResult {
  return html`<div class="commit" part="commit">${options.decisions.size > 0 ? readAgain(options) : agree(options)}</div>`;
}

function readAgain({ locale, decisions, busy, read, drop }: CommitBarOptions): TemplateResult {
  return html`<button type="button" class="primary" ?disabled=${busy} @click=${read}>${locale.t('import.apply', { n: decisions.size })}</button>
    <button type="button" class="plain" ?disabled=${busy} @click=${drop}>${locale.t('import.drop.decisions')}</button>`;
}

function agree({ locale, item, create, lacksTeam, busy, commit }: CommitBarOptions): TemplateResult {
  const t = locale.t.bind(locale);
  const rows = item.counts.new + item.counts.changed;
  const isRefused = rows === 0 && item.counts.unchanged === 0 && item.counts.rejected > 0;
  const isUndecided = item.missingAgents.length > 0 && (!create || lacksTeam);
  const why = item.questions.length > 0 ? t('import.mustAnswer', { n: item.questions.length }) : isUndecided ? t('import.mustCreate') : isRefused ? t('import.allRejected', { n: item.counts.rejected }) : '';
  return html`<button type="button" class="primary" ?disabled=${busy || why !== ''} aria-describedby=${why ? 'why' : nothing} @click=${commit}>
      ${rows > 0 ? t('import.commit', { n: rows }) : t('import.commitAnyway')}
    </button>
    ${why ? html`<span class="quiet small" id="why">${why}</span>` : rows === 0 ? html`<span class="quiet small">${t('import.nothing')}</span>` : nothing}`;
}
