import { css } from 'lit';

export const quickNoteStyles = css`
  :host {
    display: inline-block;
    container-type: normal;
    background: none;
  }
  :host([buttonless]) {
    display: contents;
  }
  .floating {
    position: fixed;
    inset: auto;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface-raised);
    color: var(--_text);
    box-shadow: var(--_shadow);
  }
  .note {
    width: min(360px, calc(100vw - 16px));
    max-height: calc(100vh - 16px);
    overflow: auto;
    padding: var(--_3);
  }
  .note:popover-open {
    display: flex;
    flex-direction: column;
    gap: var(--_2);
  }
  .note input:not([type='radio'], [type='checkbox']),
  .note textarea {
    background: var(--_surface);
  }
  .head {
    display: flex;
    align-items: center;
    gap: var(--_2);
  }
  .head h2 {
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
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
  .foot {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--_2);
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
  .toast:popover-open {
    display: flex;
    align-items: center;
    gap: var(--_1);
    min-height: 36px;
    padding: 0 var(--_1) 0 var(--_3);
    padding-inline: var(--_3) var(--_1);
    font-size: var(--_text-sm);
  }
  .toast svg {
    color: var(--_success);
  }
`;
