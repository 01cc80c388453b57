import { css } from 'lit';

/** Kind, file, and the imports there were. */
export const startStyles = css`
  .kinds {
    min-width: 0;
    margin: 0;
    padding: 0 var(--_3);
    border: 0;
  }
  legend {
    padding: var(--_3) 0 var(--_2);
    font-size: var(--_text-sm);
    font-weight: var(--_semibold);
  }
  .cards {
    display: grid;
    gap: var(--_1);
  }
  .card {
    display: flex;
    align-items: flex-start;
    gap: var(--_2);
    min-height: var(--_target);
    padding: 6px var(--_2);
    border: 1px solid var(--_line);
    border-radius: var(--_radius-control);
    font-size: var(--_text-sm);
    cursor: pointer;
  }
  .card:hover {
    background: var(--_surface-hover);
  }
  .card.on {
    border-color: var(--_accent);
    background: var(--_accent-soft);
  }
  .card input {
    flex: none;
    margin-block-start: 1px;
  }
  .card > span {
    display: grid;
  }
  .card b {
    font-weight: var(--_medium);
  }
  .template {
    height: auto;
    margin-block-start: var(--_1);
    padding: 0;
    white-space: normal;
    text-align: start;
    font-weight: var(--_regular);
  }
  .drop {
    display: flex;
    flex-direction: column;
    align-items: center;
    gap: var(--_2);
    margin: var(--_2) var(--_3) var(--_3);
    padding: var(--_5) var(--_3);
    border: 1px dashed var(--_line-strong);
    border-radius: var(--_radius);
    text-align: center;
    font-size: var(--_text-sm);
  }
  .drop.over {
    border-color: var(--_accent);
    background: var(--_accent-soft);
    color: inherit;
  }
  .drop svg {
    color: var(--_text-quiet);
  }
  .drop label.button {
    border-color: var(--_accent);
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .drop label.button:hover {
    background: var(--_accent-strong);
  }
  .drop input:focus-visible + label {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  section {
    border-block-start: 1px solid var(--_line);
    padding-block-end: var(--_2);
  }
  .take-out {
    border-block-start: 1px solid var(--_line);
  }
  .past li + li {
    border-block-start: 1px solid var(--_line);
  }
  .past .row {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    justify-content: stretch;
    gap: 0 var(--_2);
    width: 100%;
    padding: 6px var(--_3);
    border: 0;
    border-radius: 0;
    background: none;
    text-align: start;
    font-weight: var(--_regular);
    white-space: normal;
  }
  .past .row:hover {
    background: var(--_surface-hover);
  }
  .past .facts {
    grid-column: 1 / -1;
  }
  .past .sr {
    position: absolute;
  }
  .state-committed {
    color: var(--_success);
  }
  .state-staged {
    color: var(--_accent);
    font-weight: var(--_medium);
  }
  .state-failed {
    color: var(--_danger);
  }

  @container (min-width: 520px) {
    .cards {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
  }
  @container (min-width: 900px) {
    .cards {
      grid-template-columns: repeat(3, minmax(0, 1fr));
    }
    .past .row {
      grid-template-columns: minmax(0, 2fr) minmax(0, 3fr) auto;
    }
    .past .facts {
      grid-column: 2;
      grid-row: 1;
    }
  }
`;
