import { html, type TemplateResult } from 'lit';
import type { Locale } from '../shared/locale.ts';
import type { Import, KindInfo } from './import-model.ts';

export interface PastOptions {
  locale: Locale;
  items: readonly Import[];
  kinds: readonly KindInfo[];
  /** Whose own imports need no name. */
  me: number | undefined;
  open: (id: string) => void;
}

/** Imports to come back to: one that was not agreed to before the page was closed is not lost, one that was may be taken back. */
export function pastList({ locale, items, kinds, me, open }: PastOptions): TemplateResult {
  const t = locale.t.bind(locale);
  return html`<ul class="past">
    ${items.map((item) => {
      const facts = [
        kinds.find(({ kind }) => kind === item.kind)?.label ?? '',
        item.counts.rows > 0 ? t('import.rows', { n: item.counts.rows }) : '',
        item.uploadedBy.id === me ? '' : t('import.by', { name: item.uploadedBy.name }),
        locale.instant(item.createdAt),
      ];
      return html`<li><button type="button" class="row" @click=${() => open(item.id)}>
        <span class="sr">${t('import.open', { name: item.fileName })}, </span>
        <span class="ellipsis" aria-hidden="true">${item.fileName}</span><span class="small state-${item.status}">${t(`import.status.${item.status}`)}</span>
        <span class="quiet small facts">${facts.filter(Boolean).join(' · ')}</span>
      </button></li>`;
    })}
  </ul>`;
}
