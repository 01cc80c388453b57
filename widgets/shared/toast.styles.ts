import { css } from 'lit';

/** The short word of {@link Toast} beside what it is about. */
export const toastStyles = css`
  .toast {
    position: fixed;
    inset: auto;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface-raised);
    box-shadow: var(--_shadow);
  }
  .toast:popover-open {
    display: flex;
    align-items: center;
    gap: var(--_1);
    min-height: 36px;
    padding-inline: var(--_3) var(--_1);
    font-size: var(--_text-sm);
  }
  .toast svg {
    color: var(--_success);
  }
`;
