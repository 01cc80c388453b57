import { css } from 'lit';

/** A form of one column, of several where there is room. */
export const exportsStyles = css`
  form {
    display: grid;
    gap: var(--_2);
    padding: var(--_2) var(--_3) var(--_3);
  }
  .fields {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: var(--_2);
  }
  .fields label {
    display: grid;
    gap: 2px;
    font-size: var(--_text-xs);
    color: var(--_text-quiet);
  }
  .fields :is(input, select) {
    min-width: 0;
    color: var(--_text);
  }
  .wide {
    grid-column: 1 / -1;
  }
  .deed {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_2);
  }
  progress {
    flex: 1;
    min-width: 4rem;
    height: 6px;
    accent-color: var(--_accent);
  }
  button.primary[aria-disabled='true'],
  button.primary[aria-disabled='true']:hover:not(:disabled) {
    color: var(--_text-quiet);
    background: var(--_surface-sunken);
    border-color: var(--_line);
    cursor: default;
  }
  .problem {
    color: var(--_danger);
    font-size: var(--_text-sm);
  }

  @container (min-width: 760px) {
    .fields {
      grid-template-columns: 2fr repeat(4, minmax(0, 1fr));
    }
    .fields .wide:not(.hint) {
      grid-column: auto;
    }
    .hint {
      order: 1;
    }
  }
`;
