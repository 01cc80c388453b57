import { html, nothing, type TemplateResult } from 'lit';
import { avatar } from '../shared/avatar.ts';
import type { EvidenceLink } from '../shared/evidence-rows.ts';
import type { EvidenceNote } from '../shared/evidence.ts';
import '../shared/strings/evidence.ts';
import { icon } from '../shared/icons.ts';
import type { Locale } from '../shared/locale.ts';
import { hue, scoreBar, topReasons, type Item, type Reason } from './reasons.ts';

export interface QueueItemOptions {
  locale: Locale;
  item: Item;
  open: boolean;
  tabIndex: '0' | '-1';
  /** The evidence that is open, by person, reason and address. */
  shownEvidence: ReadonlySet<string>;
  /** The snooze form, while it is open for this person. */
  snooze: TemplateResult | undefined;
  toggle: () => void;
  focused: () => void;
  note: (event: Event) => void;
  noteOn: (event: EvidenceNote) => void;
  startSnooze: () => void;
  schedule: () => void;
  openCard: () => void;
  toggleEvidence: (key: string) => void;
}

/** One person of the queue: why in two sentences, and everything behind them once opened. */
export function queueItem(options: QueueItemOptions): TemplateResult {
  const { locale, item, open, toggle, focused } = options;
  const id = `item-${item.agent.id}`;
  return html`<li class="item ${open ? 'open' : ''}" part="row" data-key=${item.agent.id}>
    <button class="head" type="button" data-agent=${item.agent.id} tabindex=${options.tabIndex} aria-expanded=${open ? 'true' : 'false'}
      aria-controls=${id} @click=${toggle} @focus=${focused}>
      <span class="rank" part="rank"><span class="sr">${locale.t('queue.rank', { n: item.rank })}, </span><span aria-hidden="true">${locale.number(item.rank)}</span></span>
      ${avatar(item.agent.name, item.agent.onlineStatus)}
      <span class="who">
        <span class="name ellipsis" part="name">${item.agent.name}</span>
        <span class="sr">, ${locale.t('queue.scoreOf', { score: locale.number(item.score, 1) })}</span>
        <span class="score" aria-hidden="true">${locale.number(item.score, 1)}</span>
        ${icon('chevron', 14)}
      </span>
      ${scoreBar(locale, item)}
    </button>
    ${open ? nothing : summary(locale, item)}
    <div class="detail" id=${id} ?hidden=${!open}>${open ? detail(options) : nothing}</div>
  </li>`;
}

function summary(locale: Locale, item: Item): TemplateResult {
  const reasons = topReasons(item);
  if (reasons.length === 0) return html`<p class="sentences quiet">${locale.t('queue.quiet')}</p>`;
  return html`<ul class="sentences" part="reasons">
    ${reasons.map((reason) => html`<li>${swatch(reason)}<span>${reason.sentence}</span></li>`)}
  </ul>`;
}

function detail(options: QueueItemOptions): TemplateResult {
  const { locale, item } = options;
  const t = locale.t.bind(locale);
  const scoring = item.reasons.filter((reason) => reason.points > 0);
  return html`
    <ul class="reasons" @evidence-note=${options.noteOn}>
      ${scoring.map((reason) => reasonRow(reason, options))}
    </ul>
    ${remainder(locale, item)}
    <p class="small quiet">
      ${item.lastSessionAt ? t('queue.lastSession', { when: locale.ago(Date.parse(item.lastSessionAt), Date.now()) }) : t('queue.neverCoached')}
      ${item.nextSessionAt ? ` · ${t('queue.nextSession', { when: locale.instant(item.nextSessionAt) })}` : nothing}
    </p>
    ${options.snooze ??
    html`<div class="line actions">
      <button type="button" class="primary" part="note-button" @click=${options.note}>${icon('note')}${t('queue.note')}</button>
      <button type="button" part="schedule-button" @click=${options.schedule}>${t('queue.schedule')}</button>
      <button type="button" part="snooze-button" @click=${options.startSnooze}>${icon('snooze')}${t('queue.snooze')}</button>
      <button type="button" class="plain" @click=${options.openCard}>${t('queue.card')}</button>
    </div>`}
  `;
}

function reasonRow(reason: Reason, options: QueueItemOptions): TemplateResult {
  const { locale, item } = options;
  const links = reason.evidence.filter((link) => link.count > 0);
  const key = (link: EvidenceLink): string => `${item.agent.id} ${reason.code} ${link.href}`;
  const points = locale.t('figure.of', { points: locale.number(reason.points, 1), weight: locale.number(reason.weight, 0) });
  return html`<li class="reason" part="reason">
    <div class="reason-head">
      ${swatch(reason)}<span class="strong">${locale.t(`reason.${reason.code}`)}</span>
      <span class="end small quiet" title=${points}>+${locale.number(reason.points, 1)}<span class="sr"> ${points}</span></span>
    </div>
    <p>${reason.sentence}</p>
    ${links.length > 0 ? html`<div class="line wrap">${links.map((link) => evidenceButton(link, key(link), options))}</div>` : nothing}
    ${links.map((link) => (options.shownEvidence.has(key(link)) ? html`<sideline-evidence annotatable .link=${link}></sideline-evidence>` : nothing))}
  </li>`;
}

function evidenceButton(link: EvidenceLink, key: string, { locale, shownEvidence, toggleEvidence }: QueueItemOptions): TemplateResult {
  return html`<button type="button" class="link" part="evidence-button" aria-expanded=${shownEvidence.has(key) ? 'true' : 'false'}
    @click=${() => toggleEvidence(key)}>${locale.t(`evidence.${link.kind}`, { n: link.count })}</button>`;
}

/** What gave no points, in one line: that a signal is quiet is information too. */
function remainder(locale: Locale, { reasons }: Item): TemplateResult {
  const names = (list: readonly Reason[]): string => list.map((reason) => locale.t(`reason.${reason.code}`)).join(', ');
  const quiet = reasons.filter((reason) => reason.points === 0 && reason.hasData);
  const unknown = reasons.filter((reason) => !reason.hasData);
  return html`
    ${quiet.length > 0 ? html`<p class="small quiet">${locale.t('queue.noPoints', { names: names(quiet) })}</p>` : nothing}
    ${unknown.length > 0 ? html`<p class="small quiet">${locale.t('queue.noData', { names: names(unknown) })}</p>` : nothing}
  `;
}

function swatch(reason: Reason): TemplateResult {
  return html`<span class="swatch reason-${hue(reason.code)}" aria-hidden="true"></span>`;
}
