import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { agentDialogStyles } from './agent-dialog.styles.ts';
import { skeleton } from './blocks.ts';
import { define, SidelineElement } from './element.ts';
import { loadRows, type Day, type EvidenceLink, type FairnessItem, type Interaction, type Item, type Person, type Rows } from './evidence-rows.ts';
import { evidenceStyles } from './evidence.styles.ts';
import { figure } from './figure.ts';
import { icon, statusShape } from './icons.ts';
import { fromFile, importedFrom, type ImportedFrom } from './imported-from.ts';
import type { Locale } from './locale.ts';
import { openImport } from './open-import.ts';
import type { MessageKey } from './strings.ts';
import './strings/evidence.ts';

/** Asked to write a note about one of the rows. */
export type EvidenceNote = CustomEvent<{ interactionId: string; about: string }>;

/**
 * The rows behind a number.
 *
 * @fires evidence-note - for the widget around it; detail `{interactionId, about}`
 * @fires sideline-import-open - the row of a file was asked for; detail `{importId, row}`; cancel it to show it yourself
 * @fires sideline-session-open - the session of a row was asked for; detail `{sessionId}`; cancel it to show it yourself
 * @fires sideline-agent-open - the person of a row was asked for; detail `{agentId, name}`; cancel it to show them yourself
 */
class SidelineEvidence extends SidelineElement {
  static override properties = {
    link: { attribute: false },
    annotatable: { type: Boolean },
    named: { type: Boolean },
    more: { state: true },
  };
  static override styles: CSSResultGroup = [SidelineElement.styles, agentDialogStyles, evidenceStyles];

  declare link: EvidenceLink | undefined;
  /** Whether each interaction offers a note. */
  declare annotatable: boolean;
  /** Whether each interaction says who took it: for figures of more than one person. */
  declare named: boolean;
  /** Further pages, of the kind of the first. */
  declare private more: readonly (Interaction | Person)[];
  #next: string | null | undefined;

  readonly #rows = this.resource<EvidenceLink, Rows>({
    key: () => this.link,
    load: (client, link, signal) => loadRows(client, link, undefined, signal),
  });

  constructor() {
    super();
    this.annotatable = false;
    this.named = false;
    this.more = [];
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('link')) {
      this.more = [];
      this.#next = undefined;
    }
  }

  protected override render(): TemplateResult {
    return this.show(this.#rows, (rows) => this.#table(rows), () => skeleton(this.locale, 3));
  }

  #table(rows: Rows): TemplateResult {
    if (rows.rows.length === 0) return html`<p class="quiet small">${this.locale.t('evidence.none')}</p>`;
    if (rows.kind === 'days') return this.#days(rows.rows);
    if (rows.kind === 'items') return this.#items(rows.rows);
    const all = [...rows.rows, ...this.more];
    const next = this.#next === undefined ? rows.next : this.#next;
    return html`${rows.kind === 'people' ? this.#people(all as Person[]) : this.#interactions(all as Interaction[])}
      <div class="foot">
        <span>${this.locale.t('evidence.shown', { n: all.length, total: rows.total })}</span>
        ${next ? html`<button class="link" type="button" @click=${() => void this.#loadMore(next)}>${this.locale.t('common.more')}</button>` : nothing}
      </div>`;
  }

  #interactions(rows: readonly Interaction[]): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    return html`<table>
      <thead>
        <tr>
          <th>${t('evidence.when')}</th>${this.named ? html`<th>${t('evidence.who')}</th>` : nothing}<th>${t('evidence.what')}</th><th class="number wide">${t('evidence.wait')}</th>
          <th class="number">${t('evidence.handle')}</th><th class="number">${t('evidence.rating')}</th>${this.annotatable ? html`<th><span class="sr">${t('evidence.noteColumn')}</span></th>` : nothing}
        </tr>
      </thead>
      <tbody>
        ${rows.map((row) => html`<tr>
          <td class="when">${when(this.locale, row)}</td>
          ${this.named ? html`<td>${row.agentName ?? html`<span class="quiet">${t('evidence.nobody')}</span>`}</td>` : nothing}
          <td>${what(this.locale, row)}</td>
          <td class="number wide">${figure(this.locale, row.waitSeconds, 'seconds')}</td>
          <td class="number">${figure(this.locale, handleSeconds(row), 'seconds')}</td>
          <td class="number">${row.rating === null ? this.locale.t('common.missing') : this.locale.number(row.rating, 1, 0)}</td>
          ${this.annotatable ? html`<td>${this.#noteButton(row)}</td>` : nothing}
        </tr>${this.#from(importedFrom(row.provenance))}`)}
      </tbody>
    </table>`;
  }

  #noteButton(row: Interaction): TemplateResult {
    const channel = this.locale.t(`channel.${row.channel}`);
    const parts = [channel, figure(this.locale, handleSeconds(row), 'seconds'), row.topic ?? row.queue];
    const detail = { interactionId: row.id, about: parts.filter(Boolean).join(', ') };
    return html`<button class="plain icon" type="button" aria-label=${this.locale.t('evidence.note', { channel })}
      @click=${() => this.dispatchEvent(new CustomEvent('evidence-note', { detail, bubbles: true }))}>${icon('note', 14)}</button>`;
  }

  #people(people: readonly Person[]): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    return html`<table>
      <thead>
        <tr>
          <th>${t('evidence.who')}</th><th>${t('evidence.status')}</th><th class="number">${t('evidence.handled')}</th>
          <th class="number wide">${t('evidence.online')}</th><th class="number">${t('evidence.occupancy')}</th>
        </tr>
      </thead>
      <tbody>
        ${people.map((person) => html`<tr>
          <td>${person.agentName}</td>
          <td><span class="status">${statusShape(person.onlineStatus)} ${t(`status.${person.onlineStatus}`)}</span></td>
          <td class="number">${this.locale.number(person.handled)}</td>
          <td class="number wide">${figure(this.locale, person.onlineHours, 'hours')}</td>
          <td class="number">${figure(this.locale, person.occupancy, 'ratio')}</td>
        </tr>`)}
      </tbody>
    </table>`;
  }

  #days(days: readonly Day[]): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    return html`<table>
      <thead>
        <tr>
          <th>${t('evidence.day')}</th><th class="number">${t('evidence.handled')}</th><th class="number">${t('evidence.csat')}</th>
          <th class="number">${t('evidence.sla')}</th><th class="number wide">${t('evidence.aht')}</th>
        </tr>
      </thead>
      <tbody>
        ${days.map((day) => html`<tr>
          <td>${this.locale.day(day.date)}</td>
          <td class="number">${this.locale.number(day.messagesHandled)}</td>
          <td class="number">${figure(this.locale, day.customerSatisfaction, 'rating')}</td>
          <td class="number">${figure(this.locale, day.slaCompliance, 'percent')}</td>
          <td class="number wide">${figure(this.locale, day.aht, 'seconds')}</td>
        </tr>${this.#from(day.provenance)}`)}
      </tbody>
    </table>`;
  }

  /** Which row of which file the one above came with; leads there whoever sees that import. */
  #from(from: ImportedFrom | null | undefined): TemplateResult | typeof nothing {
    return from ? fromFile(this.locale, from, () => void openImport(this, this.locale.t('common.close'), from)) : nothing;
  }

  #items(items: readonly (Item | FairnessItem)[]): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    return html`<table>
      <thead>
        <tr><th>${t('evidence.when')}</th><th>${t('evidence.what')}</th><th>${t('evidence.status')}</th></tr>
      </thead>
      <tbody>
        ${items.map((item) => html`<tr>
          <td>${whenItem(this.locale, item.at)}</td>
          <td>${this.#wayTo(item)}</td>
          <td>${statusWord(this.locale, item)}</td>
        </tr>`)}
      </tbody>
    </table>`;
  }

  /** A session leads to itself, a person or a note about one to the person. */
  #wayTo(item: Item | FairnessItem): TemplateResult | string {
    const open = this.#opens(item);
    return open ? html`<button type="button" class="link row" data-id=${item.id} @click=${open}>${item.title}</button>` : item.title;
  }

  #opens(item: Item | FairnessItem): (() => void) | undefined {
    if (item.kind === 'coachingSession') return () => void this.emit('sideline-session-open', { sessionId: item.id }, true);
    const agent = 'agent' in item ? item.agent : null;
    return agent ? () => void this.emit('sideline-agent-open', { agentId: agent.id, name: agent.name }, true) : undefined;
  }

  async #loadMore(cursor: string): Promise<void> {
    if (!this.client || !this.link) return;
    const rows = await loadRows(this.client, this.link, cursor);
    if (rows.kind !== 'interactions' && rows.kind !== 'people') return;
    this.#next = rows.next;
    this.more = [...this.more, ...rows.rows];
  }
}

/** Talk + hold + after-call work, seconds; null when nothing of it is known. */
function handleSeconds({ talkSeconds, holdSeconds, acwSeconds }: Interaction): number | null {
  return talkSeconds === null && holdSeconds === null && acwSeconds === null ? null : (talkSeconds ?? 0) + (holdSeconds ?? 0) + (acwSeconds ?? 0);
}

function when(locale: Locale, row: Interaction): TemplateResult {
  if (row.precision === 'day') return html`<span>${locale.shortDay(row.startedAt)}</span>`;
  return html`<span>${locale.shortDay(row.startedAt)}</span> <span class="quiet">${locale.time(row.startedAt)}</span>`;
}

function what(locale: Locale, row: Interaction): string {
  const outcome = row.outcome === 'answered' ? null : locale.t(`outcome.${row.outcome}`);
  return [locale.t(`channel.${row.channel}`), row.topic ?? row.queue, outcome].filter(Boolean).join(', ');
}

/** An instant, a day, or nothing. */
function whenItem(locale: Locale, at: string): string {
  if (at === '') return locale.t('common.missing');
  return at.length === 10 ? locale.day(at) : locale.instant(at);
}

const statusKeys = { quickNote: 'note.type', actionItem: 'actionStatus', coachingSession: 'sessionStatus' } as const;

/** Type of a note, status of an action item or a session; a word this version does not know is shown as it came. */
function statusWord(locale: Locale, item: Item | FairnessItem): string {
  if (item.kind === 'person') return '';
  const key = `${statusKeys[item.kind]}.${item.status}`;
  const word = locale.t(key as MessageKey);
  return word === key ? (item.status ?? '') : word;
}

define('sideline-evidence', SidelineEvidence);

declare global {
  interface HTMLElementTagNameMap {
    'sideline-evidence': SidelineEvidence;
  }
}
