import { css } from 'lit';

/** A few quiet buttons of which one is pressed: what is shown of a whole. */
export const switchStyles = css`
  .switch {
    display: inline-flex;
    gap: 2px;
  }
  .switch button {
    min-height: var(--_target-small);
    padding: 0 var(--_2);
    border-color: transparent;
    background: none;
    font-size: var(--_text-xs);
    color: var(--_text-quiet);
  }
  .switch button[aria-pressed='true'] {
    border-color: var(--_line-strong);
    color: var(--_text);
  }
`;
