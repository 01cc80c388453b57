import { css } from 'lit';

/** What every widget shares: reset, controls, focus ring, list rows, the small states. */
export const baseStyles = css`
  :host {
    display: block;
    position: relative; /* what is there for the ear alone stays inside: elsewhere it would make the host's page scroll */
    box-sizing: border-box;
    container-type: inline-size;
    color: var(--_text);
    background: var(--_surface);
    font-family: var(--_font);
    font-size: var(--_text-md);
    font-weight: var(--_regular);
    line-height: var(--_leading);
    font-variant-numeric: tabular-nums;
    text-align: start;
    -webkit-text-size-adjust: 100%;
  }
  :host([hidden]) {
    display: none;
  }
  :host([data-appearance='light']) {
    color-scheme: light;
  }
  :host([data-appearance='dark']) {
    color-scheme: dark;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h2,
  h3,
  h4,
  p,
  ul,
  ol,
  dl,
  dd,
  figure {
    margin: 0;
    padding: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  h2 {
    font-size: var(--_text-md);
    font-weight: var(--_semibold);
  }
  h3 {
    font-size: var(--_text-sm);
    font-weight: var(--_semibold);
  }
  svg {
    display: block;
    flex: none;
  }
  :focus {
    outline: none;
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }
  [popover] {
    margin: 0;
    border: 0;
    padding: 0;
    color: inherit;
    background: none;
  }

  button,
  input,
  select,
  textarea {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
  }
  button,
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--_1);
    min-height: var(--_target);
    min-width: var(--_target);
    padding: 0 10px;
    border: 1px solid var(--_line-strong);
    border-radius: var(--_radius-control);
    background: var(--_surface);
    font-size: var(--_text-sm);
    font-weight: var(--_medium);
    white-space: nowrap;
    cursor: pointer;
  }
  button:hover:not(:disabled) {
    background: var(--_surface-hover);
  }
  button:disabled {
    color: var(--_text-quiet);
    border-color: var(--_line);
    cursor: default;
  }
  button.primary {
    color: var(--_on-accent);
    background: var(--_accent);
    border-color: var(--_accent);
  }
  button.primary:hover:not(:disabled) {
    background: var(--_accent-strong);
    border-color: var(--_accent-strong);
  }
  button.primary:disabled {
    color: var(--_text-quiet);
    background: var(--_surface-sunken);
    border-color: var(--_line);
  }
  button.primary:focus-visible {
    outline-offset: 2px;
  }
  button.plain {
    border-color: transparent;
    background: none;
  }
  button.plain:hover:not(:disabled) {
    background: var(--_surface-hover);
  }
  button.link {
    min-width: 0;
    padding: 0 var(--_1);
    border-color: transparent;
    background: none;
    color: var(--_accent);
  }
  button.icon {
    padding: 0;
  }
  input:not([type='radio'], [type='checkbox'], [type='file']),
  select,
  textarea {
    width: 100%;
    min-height: var(--_target);
    padding: 3px var(--_2);
    border: 1px solid var(--_line-strong);
    border-radius: var(--_radius-control);
    background: var(--_surface);
    font-size: var(--_text-sm);
  }
  textarea {
    padding-block: 6px;
    resize: vertical;
  }
  input[type='checkbox'],
  input[type='radio'] {
    accent-color: var(--_accent);
    width: 16px;
    height: 16px;
    margin: 0;
  }
  input[role='switch'] {
    appearance: none;
    position: relative;
    width: 28px;
    height: 16px;
    border-radius: 8px;
    background: var(--_line-strong);
    cursor: pointer;
  }
  input[role='switch']::before {
    content: '';
    position: absolute;
    inset-block-start: 2px;
    inset-inline-start: 2px;
    width: 12px;
    height: 12px;
    border-radius: 50%;
    background: var(--_surface);
    transition: translate var(--_glide);
  }
  input[role='switch']:checked {
    background: var(--_accent);
  }
  input[role='switch']:checked::before {
    translate: 12px;
  }
  input[role='switch']:checked:dir(rtl)::before {
    translate: -12px;
  }
  input[role='switch']:focus-visible {
    outline-offset: 2px;
  }
  ::placeholder {
    color: var(--_text-quiet);
    opacity: 1;
  }
  label.check {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-height: var(--_target);
    font-size: var(--_text-sm);
    cursor: pointer;
  }

  .quiet {
    color: var(--_text-quiet);
  }
  .small {
    font-size: var(--_text-xs);
  }
  .strong {
    font-weight: var(--_semibold);
  }
  .end {
    margin-inline-start: auto;
  }
  .line {
    display: flex;
    align-items: center;
    gap: var(--_2);
    min-width: 0;
  }
  .ellipsis {
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .sr {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  .status {
    display: inline-flex;
    align-items: center;
    gap: var(--_1);
  }
  .status-online {
    color: var(--_online);
  }
  .status-busy {
    color: var(--_busy);
  }
  .status-away {
    color: var(--_away);
  }
  .status-offline {
    color: var(--_offline);
  }
  .over {
    color: var(--_warning);
  }

  .state {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    gap: var(--_2);
    padding: var(--_4) var(--_3);
    font-size: var(--_text-sm);
  }
  .bar {
    display: flex;
    align-items: center;
    gap: var(--_2);
    flex-wrap: wrap;
    padding: var(--_1) var(--_3);
    font-size: var(--_text-xs);
    background: var(--_warning-soft);
    color: var(--_warning);
    border-block-end: 1px solid var(--_line);
  }
  .bar.info {
    background: var(--_surface-sunken);
    color: var(--_text-quiet);
  }
  .skeleton {
    display: flex;
    flex-direction: column;
    gap: var(--_3);
    padding: var(--_3);
  }
  .bone {
    display: block;
    height: 10px;
    border-radius: 5px;
    background: var(--_line);
    animation: breathe 1.6s ease-in-out infinite alternate;
  }
  .bone.round {
    width: 24px;
    height: 24px;
    border-radius: 50%;
    flex: none;
  }
  .bone.grow {
    flex: 1;
    max-width: 12rem;
  }
  .bone.short {
    width: 3.5rem;
    margin-inline-start: auto;
  }
  @keyframes breathe {
    from {
      opacity: 1;
    }
    to {
      opacity: 0.55;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
    }
  }
  @media (forced-colors: active) {
    .segment,
    .bone {
      forced-color-adjust: none;
    }
  }
`;
