import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { components } from '../../api/http/contract.types.ts';
import type { Locale } from '../shared/locale.ts';
import { segments } from './segments.ts';

type Schemas = components['schemas'];
type Definition = Schemas['MetricDefinitions']['metrics'][number];
export type Contact = Pick<Schemas['Interaction'], 'id' | 'startedAt' | 'channel' | 'topic' | 'queue'>;

const KINDS = ['text', 'link', 'interaction', 'metric'] as const;

/** A piece of evidence while it is written: what the other kinds need is kept beside it. */
export interface EvidenceDraft {
  readonly kind: (typeof KINDS)[number];
  readonly text: string;
  readonly url: string;
  readonly interactionId: string;
  readonly metric: string;
  readonly from: string;
  readonly to: string;
}

export const NO_EVIDENCE: EvidenceDraft = { kind: 'text', text: '', url: '', interactionId: '', metric: '', from: '', to: '' };

/** The request body; nothing while something of it is missing. */
export function toEvidence(draft: EvidenceDraft): Readonly<Record<string, unknown>> | undefined {
  const text = draft.text.trim();
  const remark = text ? { text } : {};
  switch (draft.kind) {
    case 'text':
      return text ? { kind: 'text', text } : undefined;
    case 'link':
      return draft.url.trim() ? { kind: 'link', url: draft.url.trim(), ...remark } : undefined;
    case 'interaction':
      return draft.interactionId ? { kind: 'interaction', interactionId: draft.interactionId, ...remark } : undefined;
    case 'metric':
      return draft.metric && draft.from && draft.to ? { kind: 'metric', metric: draft.metric, from: draft.from, to: draft.to, ...remark } : undefined;
  }
}

export interface EvidenceFormOptions {
  locale: Locale;
  draft: EvidenceDraft;
  /** The person's latest contacts; nothing while they are being asked for. */
  contacts: readonly Contact[] | undefined;
  metrics: readonly Definition[];
  sending: boolean;
  change: (change: Partial<EvidenceDraft>) => void;
  add: () => void;
}

/** What shows that something is done: a text, a page, one of the person's contacts, a metric over some days. */
export function evidenceForm(options: EvidenceFormOptions): TemplateResult {
  const { locale, draft, change } = options;
  const t = locale.t.bind(locale);
  const value = (event: Event): string => (event.target as HTMLInputElement).value;
  return html`<div class="add-evidence" part="evidence-form">
    ${segments(t('actions.kind'), KINDS, draft.kind, (kind) => t(`actions.kind.${kind}`), (kind) => change({ kind }))}
    ${fields(options)}
    <textarea rows="2" maxlength="5000" aria-label=${t(draft.kind === 'text' ? 'actions.evidenceText' : 'actions.evidenceNote')} placeholder=${t(draft.kind === 'text' ? 'actions.evidenceText' : 'actions.evidenceNote')}
      .value=${live(draft.text)} @input=${(event: Event) => change({ text: value(event) })}></textarea>
    <button type="button" class="primary" ?disabled=${options.sending || toEvidence(draft) === undefined} @click=${options.add}>${t('actions.addEvidence')}</button>
  </div>`;
}

function fields({ locale, draft, contacts, metrics, change }: EvidenceFormOptions): TemplateResult | typeof nothing {
  const t = locale.t.bind(locale);
  const value = (event: Event): string => (event.target as HTMLInputElement).value;
  switch (draft.kind) {
    case 'text':
      return nothing;
    case 'link':
      return html`<input type="url" maxlength="2000" aria-label=${t('actions.evidenceUrl')} placeholder=${t('actions.evidenceUrlHint')} .value=${live(draft.url)} @input=${(event: Event) => change({ url: value(event) })} />`;
    case 'interaction':
      if (contacts?.length === 0) return html`<p class="quiet small">${t('actions.noContacts')}</p>`;
      return html`<select aria-label=${t('actions.evidenceContact')} @change=${(event: Event) => change({ interactionId: value(event) })}>
        <option value="" .selected=${draft.interactionId === ''}>${t(contacts ? 'actions.evidenceContact' : 'common.loading')}</option>
        ${(contacts ?? []).map((contact) => html`<option value=${contact.id} .selected=${contact.id === draft.interactionId}>${contactWords(locale, contact)}</option>`)}
      </select>`;
    case 'metric':
      return html`<select aria-label=${t('actions.kind.metric')} @change=${(event: Event) => change({ metric: value(event) })}>
          <option value="" .selected=${draft.metric === ''}>${t('actions.kind.metric')}</option>
          ${metrics.map(({ id, name }) => html`<option value=${id} .selected=${id === draft.metric}>${name}</option>`)}
        </select>
        <div class="two">
          <label>${t('actions.from')}<input type="date" .value=${live(draft.from)} @input=${(event: Event) => change({ from: value(event) })} /></label>
          <label>${t('actions.to')}<input type="date" .value=${live(draft.to)} @input=${(event: Event) => change({ to: value(event) })} /></label>
        </div>`;
  }
}

/** When, over which channel, about what. */
export const contactWords = (locale: Locale, { startedAt, channel, topic, queue }: Contact): string => [locale.instant(startedAt), channel, topic ?? queue].filter(Boolean).join(' · ');
