import { css } from 'lit';

/** Tables of the rows behind a number. */
export const evidenceStyles = css`
  :host {
    background: none;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    font-size: var(--_text-xs);
  }
  th {
    padding: 2px var(--_1);
    color: var(--_text-quiet);
    font-weight: var(--_regular);
    text-align: start;
    white-space: nowrap;
  }
  td {
    padding: 3px var(--_1);
    border-block-start: 1px solid var(--_line);
    vertical-align: top;
  }
  .when span {
    white-space: nowrap;
  }
  .number {
    text-align: end;
    white-space: nowrap;
  }
  td button {
    min-width: var(--_target-small);
    min-height: var(--_target-small);
    margin-block: -3px;
  }
  td .row {
    min-height: 0;
    margin: 0;
    padding: 0;
    text-align: start;
    white-space: normal;
  }
  .foot {
    display: flex;
    align-items: center;
    gap: var(--_2);
    font-size: var(--_text-xs);
    color: var(--_text-quiet);
  }
  .skeleton {
    padding: var(--_1);
  }
  td:first-child,
  th:first-child {
    padding-inline-start: 0;
  }
  td:last-child,
  th:last-child {
    padding-inline-end: 0;
  }
  @container (max-width: 359px) {
    .wide {
      display: none;
    }
  }
  .from td {
    padding-block-start: 0;
    border-block-start: 0;
    color: var(--_text-quiet);
    overflow-wrap: anywhere;
  }
  .from .link {
    min-height: var(--_target-small);
    font-size: inherit;
    text-align: start;
  }
`;
