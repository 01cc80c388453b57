import { css, html, nothing, type TemplateResult } from 'lit';
import type { components } from '../../api/http/contract.types.ts';
import type { SidelineClient } from '../provider/client.ts';
import { body } from './api-error.ts';
import { STATUSES, statusShape, type OnlineStatus } from './icons.ts';
import type { Locale } from './locale.ts';
import './strings/status.ts';

/** The reasons of a person's team, and the minutes after which a status stands out. */
export type Offered = components['schemas']['StatusReasonList'];
export type StatusReason = Offered['reasons'][number];

/** As long as the API lets a reason be. */
export const REASON_LENGTH = 100;

export const loadReasons = (client: SidelineClient, id: number, signal: AbortSignal): Promise<Offered> =>
  body(client.http.GET('/api/agents/{id}/status-reasons', { params: { path: { id } }, signal }));

/** Minutes after which a status stands out: those of its reason, else those of the status; undefined where it never does. */
export function limitMinutes({ reasons, thresholds }: Offered, status: OnlineStatus, reason: string | null): number | undefined {
  const ofReason = reasons.find((offered) => offered.status === status && offered.label.toLowerCase() === reason?.toLowerCase());
  if (ofReason?.thresholdMinutes) return ofReason.thresholdMinutes;
  if (status === 'away') return thresholds.awayMinutes;
  return status === 'busy' ? thresholds.busyMinutes : undefined;
}

/** The four statuses, large: shape, word and colour. Arrows only move the focus; passing by a status must not set it. */
export function statusTiles(locale: Locale, label: string, chosen: OnlineStatus, disabled: boolean, choose: (status: OnlineStatus) => void): TemplateResult {
  return html`<div class="tiles" role="group" aria-label=${label} @keydown=${walkTiles}>
    ${STATUSES.map((status) => html`<button type="button" class="tile" part="state" data-status=${status} aria-pressed=${status === chosen ? 'true' : 'false'}
      aria-disabled=${disabled ? 'true' : 'false'} @click=${() => !disabled && choose(status)}>${statusShape(status, 12)}<span>${locale.t(`status.${status}`)}</span></button>`)}
  </div>`;
}

/** The team's reasons for one status, and room for another. */
export function reasonChips(locale: Locale, options: {
  status: OnlineStatus;
  reasons: readonly StatusReason[];
  chosen: string;
  disabled: boolean;
  pick: (reason: string) => void;
}): TemplateResult | typeof nothing {
  const offered = options.reasons.filter((reason) => reason.status === options.status);
  if (offered.length === 0) return nothing;
  return html`<div class="chips" role="group" aria-label=${locale.t('setStatus.reasonOf', { status: locale.t(`status.${options.status}`) })}>
    ${offered.map(({ label }) => {
      const on = label === options.chosen;
      return html`<button type="button" class="chip" part="reason" aria-pressed=${on ? 'true' : 'false'} aria-disabled=${options.disabled ? 'true' : 'false'}
        @click=${() => !options.disabled && options.pick(on ? '' : label)}>${label}</button>`;
    })}
  </div>`;
}

function walkTiles(event: KeyboardEvent): void {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  const tiles = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('.tile')];
  const at = tiles.indexOf(event.target as HTMLElement);
  if (!step || at < 0) return;
  event.preventDefault();
  tiles[(at + step + tiles.length) % tiles.length]?.focus();
}

/** The status a digit stands for: in the order in which they are shown. */
export const statusOfKey = (key: string): OnlineStatus | undefined => (/^[1-4]$/.test(key) ? STATUSES[Number(key) - 1] : undefined);

export const statusFormStyles = css`
  .tiles {
    display: grid;
    grid-template-columns: repeat(4, minmax(0, 1fr));
    gap: var(--_1);
  }
  .tile {
    flex-direction: column;
    gap: var(--_1);
    min-height: 52px;
    padding: var(--_1);
    border-color: var(--_line);
    font-size: var(--_text-sm);
  }
  .tile[aria-pressed='true'] {
    border-color: currentColor;
    box-shadow: inset 0 0 0 1px currentColor;
    font-weight: var(--_semibold);
  }
  .tile[aria-pressed='true'][data-status='online'] {
    color: var(--_online);
  }
  .tile[aria-pressed='true'][data-status='busy'] {
    color: var(--_busy);
  }
  .tile[aria-pressed='true'][data-status='away'] {
    color: var(--_away);
  }
  .tile[aria-disabled='true'],
  .chip[aria-disabled='true'] {
    cursor: not-allowed;
    color: var(--_text-quiet);
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }
  .chip {
    min-height: var(--_target-small);
    padding: 0 10px;
    border-radius: 14px;
    border-color: var(--_line-strong);
    font-size: var(--_text-xs);
  }
  .chip[aria-pressed='true'] {
    border-color: var(--_accent);
    background: var(--_accent-soft);
    color: var(--_accent-strong);
  }
`;
