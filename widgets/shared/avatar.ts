import { html, nothing, type TemplateResult } from 'lit';
import { css } from 'lit';
import { statusShape, type OnlineStatus } from './icons.ts';

/** First letters of the first and last word; people with one name have one letter. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters.map((word) => [...(word ?? '')][0] ?? '').join('').toLocaleUpperCase();
}

/** Initials with the status shape at their corner. The name stands beside them, so a reader skips this. */
export function avatar(name: string, status?: OnlineStatus): TemplateResult {
  return html`<span class="avatar" aria-hidden="true"
    >${initials(name)}${status ? html`<span class="avatar-status">${statusShape(status)}</span>` : nothing}</span
  >`;
}

export const avatarStyles = css`
  .avatar {
    position: relative;
    display: inline-grid;
    place-items: center;
    flex: none;
    width: 28px;
    height: 28px;
    border-radius: 50%;
    background: var(--_surface-sunken);
    box-shadow: inset 0 0 0 1px var(--_line);
    color: var(--_text-quiet);
    font-size: 0.6875rem;
    font-weight: var(--_semibold);
  }
  .avatar-status {
    position: absolute;
    inset-inline-end: -3px;
    inset-block-end: -2px;
    padding: 2px;
    border-radius: 50%;
    background: var(--_surface);
  }
`;
