import { css } from 'lit';

/** The question of {@link Confirm}, and buttons for what is not easily taken back. */
export const confirmStyles = css`
  button.danger {
    border-color: var(--_danger);
    color: var(--_danger);
  }
  .ask {
    width: min(400px, calc(100vw - 24px));
    padding: var(--_4);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface-raised);
    color: inherit;
    box-shadow: var(--_shadow);
  }
  .ask::backdrop {
    background: rgb(10 14 20 / 32%);
  }
  .ask h3 {
    margin: 0 0 var(--_2);
    font-size: var(--_text-lg);
  }
  .ask p {
    margin-block-end: var(--_4);
    font-size: var(--_text-sm);
  }
`;
