import { css } from 'lit';

/** The form of a note, wherever one is written. */
export const noteFormStyles = css`
  .row {
    display: flex;
    align-items: center;
    justify-content: space-between;
    flex-wrap: wrap;
    gap: var(--_1) var(--_2);
  }
  .choice {
    display: flex;
    margin: 0;
    padding: 0;
    border: 1px solid var(--_line-strong);
    border-radius: var(--_radius-control);
    min-inline-size: 0;
  }
  .choice label {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    flex: 1;
    min-height: calc(var(--_target) - 2px);
    padding: 0 10px;
    font-size: var(--_text-sm);
    cursor: pointer;
  }
  .choice label + label {
    border-inline-start: 1px solid var(--_line);
  }
  .choice label:hover {
    background: var(--_surface-hover);
  }
  .choice label:has(:checked) {
    background: var(--_accent-soft);
    color: var(--_accent-strong);
    font-weight: var(--_medium);
    box-shadow: inset 0 0 0 1px var(--_accent);
    border-radius: 5px;
  }
  .choice .choice-URGENT:has(:checked) {
    background: var(--_danger-soft);
    color: var(--_danger);
    box-shadow: inset 0 0 0 1px var(--_danger);
  }
  .choice label:has(:focus-visible) {
    outline: 2px solid var(--_accent);
    outline-offset: 1px;
  }
  kbd {
    min-width: 16px;
    padding: 0 3px;
    border: 1px solid var(--_line-strong);
    border-radius: 4px;
    color: var(--_text-quiet);
    font: inherit;
    font-size: 0.6875rem;
    line-height: 14px;
    text-align: center;
  }
  .problem {
    color: var(--_danger);
    font-size: var(--_text-xs);
  }
  .problem:empty {
    display: none;
  }
  .category {
    display: flex;
    flex-direction: column;
    gap: 6px;
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_1);
  }
  .chip {
    min-height: var(--_target-small);
    padding: 0 var(--_2);
    border-color: var(--_line);
    border-radius: 12px;
    background: none;
    font-size: var(--_text-xs);
    font-weight: var(--_regular);
    color: var(--_text-quiet);
  }
  .chip[aria-pressed='true'] {
    border-color: var(--_accent);
    background: var(--_accent-soft);
    color: var(--_accent-strong);
  }
  .undecided {
    display: flex;
    flex-direction: column;
    gap: var(--_1);
    padding: var(--_2);
    border-radius: var(--_radius-control);
    background: var(--_warning-soft);
    font-size: var(--_text-xs);
  }
`;
