import { css } from 'lit';

/** Forms, what is told about them, and the people chosen in them. */
export const adminFormStyles = css`
  form {
    display: grid;
    gap: var(--_3);
    padding: 0 var(--_3) var(--_3);
  }
  .grid {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_3);
    align-items: start;
  }
  @container (min-width: 480px) {
    .grid {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
    .grid .wide {
      grid-column: 1 / -1;
    }
  }
  fieldset {
    display: grid;
    gap: var(--_2);
    min-width: 0;
    margin: 0;
    padding: var(--_3) 0 0;
    border: 0;
    border-block-start: 1px solid var(--_line);
  }
  legend {
    float: inline-start;
    width: 100%;
    padding: 0;
    font-size: var(--_text-sm);
    font-weight: var(--_semibold);
  }
  legend + * {
    clear: both;
  }
  legend .quiet {
    font-weight: var(--_regular);
  }
  .field {
    display: grid;
    gap: 3px;
    min-width: 0;
    align-content: start;
  }
  .field > label {
    font-size: var(--_text-xs);
    font-weight: var(--_medium);
  }
  .field > label .quiet {
    font-weight: var(--_regular);
  }
  .rule,
  .hint {
    color: var(--_text-quiet);
    font-size: var(--_text-xs);
  }
  .fault,
  .problem {
    color: var(--_danger);
    font-size: var(--_text-xs);
  }
  [aria-invalid='true'] {
    border-color: var(--_danger) !important;
  }
  input[readonly]:not([type='checkbox']) {
    border-color: var(--_line);
    background: var(--_surface-sunken);
  }
  select:disabled {
    border-color: var(--_line);
    background: var(--_surface-sunken);
    opacity: 1;
  }
  .with-unit {
    display: flex;
    align-items: center;
    gap: 6px;
  }
  .with-unit input.number {
    flex: 0 1 6.5rem;
    width: 6.5rem;
    min-width: 0;
    text-align: end;
  }
  .unit {
    flex: none;
    white-space: nowrap;
    font-size: var(--_text-xs);
  }
  .with-button {
    display: flex;
    gap: var(--_1);
    align-items: end;
  }
  .with-button.beside {
    align-items: start;
  }
  .with-button.beside > button {
    margin-block-start: calc(var(--_text-xs) * 1.35 + 3px);
  }
  .with-button > .field {
    flex: 1;
  }

  .save {
    position: sticky;
    inset-block-end: 0;
    z-index: 1;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_2);
    margin: 0 calc(-1 * var(--_3)) calc(-1 * var(--_3));
    padding: var(--_2) var(--_3);
    border-block-start: 1px solid var(--_line);
    background: var(--_surface);
  }
  .save .problem,
  .save .saved {
    flex: 1 1 12rem;
    min-width: 0;
  }
  .saved {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    color: var(--_success);
    font-size: var(--_text-xs);
  }
  .block {
    display: grid;
    gap: var(--_2);
    padding: var(--_3);
    border-block-start: 1px solid var(--_line);
  }
  .block .line {
    flex-wrap: wrap;
  }
  .block .line > .hint {
    flex: 1 1 12rem;
  }

  .clash {
    display: grid;
    gap: var(--_2);
    margin: 0 var(--_3) var(--_3);
    padding: var(--_3);
    border-radius: var(--_radius-control);
    background: var(--_warning-soft);
    font-size: var(--_text-sm);
  }
  .clash ul {
    display: grid;
    gap: var(--_1);
    padding-inline-start: var(--_4);
    list-style: disc;
  }
  .clash .choice {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_1);
    padding-block: var(--_1);
  }
  .clash .quiet {
    color: var(--_text);
  }

  .three {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr));
    gap: var(--_3);
    align-items: start;
  }
  .identities li {
    min-height: 32px;
    font-size: var(--_text-sm);
    border-block-start: 1px solid var(--_line);
  }
  .handed {
    display: grid;
    gap: var(--_2);
    justify-items: start;
  }
  .handed sideline-admin-secret {
    width: 100%;
  }
`;
