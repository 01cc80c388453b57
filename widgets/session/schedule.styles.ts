import { css } from 'lit';

export const scheduleStyles = css`
  form {
    display: grid;
    gap: var(--_3);
    max-width: 44rem;
    padding: var(--_2) var(--_3) var(--_3);
  }
  h2:focus-visible {
    outline: none;
  }
  .when {
    display: grid;
    grid-template-columns: minmax(0, 3fr) minmax(0, 2fr);
    gap: var(--_2);
  }
  .when .field:first-child {
    grid-column: 1 / -1;
  }
  @container (min-width: 440px) {
    .when {
      grid-template-columns: minmax(0, 5fr) minmax(0, 4fr) minmax(0, 3fr);
    }
    .when .field:first-child {
      grid-column: auto;
    }
  }
  .that-day {
    display: flex;
    flex-wrap: wrap;
    gap: 2px var(--_3);
    margin-block-start: calc(-1 * var(--_1));
  }
  fieldset {
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend {
    padding: 0 0 var(--_1);
    font-size: var(--_text-xs);
    font-weight: var(--_medium);
  }
  legend .quiet,
  label .quiet {
    font-weight: var(--_regular);
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_1);
  }
  .chips .hint {
    flex-basis: 100%;
  }
  .chip {
    min-height: var(--_target-small);
    padding: 0 var(--_2);
    border-color: var(--_line-strong);
    border-radius: 12px;
    background: none;
    font-size: var(--_text-xs);
    font-weight: var(--_regular);
  }
  .chip[aria-pressed='true'] {
    border-color: var(--_accent);
    background: var(--_accent-soft);
    color: var(--_accent-strong);
  }
  @container (max-width: 519px) {
    .wide-only.pair {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`;
