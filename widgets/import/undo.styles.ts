import { css } from 'lit';

/** What taking an import back would do. */
export const undoStyles = css`
  .undo {
    display: grid;
    gap: var(--_2);
    margin: 0 var(--_3) var(--_3);
    padding: var(--_3);
    border: 1px solid var(--_line-strong);
    border-radius: var(--_radius);
    font-size: var(--_text-sm);
  }
  h3:focus-visible {
    outline: none;
  }
  .restores,
  .blockers {
    padding-inline-start: var(--_4);
    list-style: disc;
  }
  .blockers {
    max-height: 14rem;
    margin-block-start: var(--_1);
    overflow: auto;
  }
`;
