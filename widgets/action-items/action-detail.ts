import { html, nothing, type TemplateResult } from 'lit';
import type { components } from '../../api/http/contract.types.ts';
import { icon } from '../shared/icons.ts';
import type { EvidenceLink } from '../shared/evidence-rows.ts';
import type { Locale } from '../shared/locale.ts';
import { progressBlock } from './progress.ts';
import type { ActionItem, ActionStatus, Progress } from './actions-model.ts';
import { segments } from './segments.ts';

type Person = Pick<components['schemas']['Agent'], 'id' | 'role'>;

const STATUSES = ['open', 'in_progress', 'done', 'cancelled'] as const;

/** The steps the server takes; what it would refuse is not offered. */
const STEPS: Readonly<Record<ActionStatus, readonly ActionStatus[]>> = {
  open: ['open', 'in_progress', 'done', 'cancelled'],
  in_progress: ['open', 'in_progress', 'done', 'cancelled'],
  done: ['open', 'in_progress', 'done'],
  cancelled: ['open', 'cancelled'],
};

export interface Rights {
  /** Text, day and target; cancel it and take it up again. */
  readonly edit: boolean;
  /** Take it from status to status. */
  readonly workOn: boolean;
}

/** As the server decides: leaders of the person and the author change it, who is to do it works on it. */
export function rightsOf(me: Person | undefined, { agentId, createdBy, assignedTo }: ActionItem): Rights {
  const leads = me !== undefined && (me.role === 'admin' || me.role === 'manager' || (me.role === 'team_leader' && agentId !== me.id));
  const edit = leads || createdBy.id === me?.id;
  return { edit, workOn: edit || assignedTo === me?.id };
}

export const stepsOf = ({ status }: Pick<ActionItem, 'status'>, { edit, workOn }: Rights): readonly ActionStatus[] =>
  workOn ? STATUSES.filter((to) => STEPS[status].includes(to) && (edit || (to !== 'cancelled' && status !== 'cancelled'))) : [];

export interface DetailOptions {
  locale: Locale;
  item: ActionItem;
  /** As the server has it: what comments and evidence are counted by. */
  stored: ActionItem;
  progress: Progress | undefined;
  /** The rows behind a figure, where somebody asked for them. */
  rows: EvidenceLink | undefined;
  rights: Rights;
  step: (to: ActionStatus) => void;
  edit: () => void;
  showRows: (link: EvidenceLink) => void;
}

/** All of an item: its text, where it came from, how far it is, and what was said about it. */
export function actionDetail({ locale, item, stored, progress, rows, rights, step, edit, showRows }: DetailOptions): TemplateResult {
  const t = locale.t.bind(locale);
  const steps = stepsOf(item, rights);
  const from = t('actions.agreed', { name: item.createdBy.name, when: locale.shortDay(item.createdAt) });
  const facts = [item.sessionId ? t('actions.inSession') : '', item.category ?? '', item.priority === 'LOW' ? t('actions.priority.LOW') : ''].filter(Boolean);
  return html`
    ${item.description ? html`<p class="text">${item.description}</p>` : nothing}
    <p class="small quiet">${[from, ...facts].join(' · ')}</p>
    ${progress ? progressBlock(locale, progress, (href, count) => showRows({ kind: href.startsWith('/api/interactions') ? 'interactions' : 'dailyRows', href, count })) : nothing}
    ${rows ? html`<sideline-evidence .link=${rows}></sideline-evidence>` : nothing}
    ${steps.length > 1 ? segments(t('actions.status'), steps, item.status, (status) => t(`actions.status.${status}`), step) : nothing}
    ${rights.edit && (item.status === 'open' || item.status === 'in_progress')
      ? html`<div><button type="button" class="link edit" part="edit-button" aria-keyshortcuts="e" @click=${edit}>${icon('note', 14)}${t('actions.edit')}</button></div>`
      : nothing}
    <sideline-action-thread .item=${stored}></sideline-action-thread>
  `;
}
