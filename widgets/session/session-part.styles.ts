import { css } from 'lit';

/** What the parts of a session's page share: sections, rows, fields, what is told about them. */
export const partStyles = css`
  section {
    padding: var(--_3);
    border-block-start: 1px solid var(--_line);
  }
  section:first-child {
    border-block-start: 0;
  }
  section > header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_1) var(--_2);
    min-height: var(--_target-small);
    margin-block-end: var(--_2);
  }
  section > header .end {
    font-size: var(--_text-xs);
  }
  .prose {
    white-space: pre-line;
    overflow-wrap: anywhere;
    max-width: 68ch;
  }
  .lines {
    display: grid;
    gap: 0;
  }
  .lines > li {
    display: flex;
    align-items: flex-start;
    gap: var(--_2);
    padding: 7px 0;
    border-block-start: 1px solid var(--_line);
    font-size: var(--_text-sm);
  }
  .lines > li:first-child {
    border-block-start: 0;
    padding-block-start: 0;
  }
  .lines .what {
    flex: 1;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .lines .what > .quiet {
    display: block;
    font-size: var(--_text-xs);
  }
  .lines .what > .late {
    display: flex;
    font-size: var(--_text-xs);
  }
  .lines > li > button {
    min-height: var(--_target-small);
    margin-block: -2px;
    font-size: var(--_text-xs);
  }
  .late {
    display: inline-flex;
    align-items: center;
    gap: var(--_1);
    color: var(--_danger);
    font-weight: var(--_medium);
  }
  .good {
    color: var(--_success);
  }
  .problem {
    color: var(--_danger);
    font-size: var(--_text-sm);
  }
  .hint {
    color: var(--_text-quiet);
    font-size: var(--_text-xs);
  }
  .field {
    display: grid;
    gap: 3px;
    min-width: 0;
    align-content: start;
  }
  .field > label,
  .field > .label {
    font-size: var(--_text-xs);
    font-weight: var(--_medium);
  }
  .fields {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_3);
  }
  .pair {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: var(--_2);
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_2);
  }
  .add {
    display: flex;
    gap: var(--_1);
    margin-block-start: var(--_2);
  }
  .add input {
    flex: 1;
    min-width: 0;
    width: auto;
  }
  [aria-invalid='true'] {
    border-color: var(--_danger) !important;
  }
  .callout {
    display: grid;
    gap: var(--_2);
    padding: var(--_3);
    border-radius: var(--_radius-control);
    background: var(--_surface-sunken);
    font-size: var(--_text-sm);
  }
  .callout.ask {
    background: var(--_accent-soft);
  }
  .callout.bad {
    background: var(--_danger-soft);
  }
  .callout.warn {
    background: var(--_warning-soft);
  }
  details > summary {
    min-height: var(--_target-small);
    padding-block: 2px;
    cursor: pointer;
    font-size: var(--_text-sm);
  }
  :dir(rtl) .flip svg {
    scale: -1 1;
  }
`;
