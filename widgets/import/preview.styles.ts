import { css } from 'lit';

/** Counts, filters and rows. */
export const previewStyles = css`
  section {
    padding-block-end: var(--_2);
  }
  .remarks {
    display: grid;
    gap: var(--_1);
    margin: 0;
    padding: 0 var(--_3) var(--_2) calc(var(--_3) + 1em);
    overflow-wrap: anywhere;
  }
  .counts {
    display: grid;
    grid-template-columns: repeat(5, auto);
    justify-content: space-between;
    padding: 0 var(--_1);
  }
  .counts button {
    display: grid;
    justify-content: start;
    justify-items: start;
    min-height: 44px;
    min-width: max-content;
    padding: var(--_1);
    border-color: transparent;
    background: none;
    text-align: start;
    font-weight: var(--_regular);
    font-size: var(--_text-xs);
    color: var(--_text-quiet);
  }
  .counts b {
    font-size: var(--_text-md);
    font-weight: var(--_semibold);
    color: var(--_text);
  }
  .counts button[aria-pressed='true'] {
    border-color: var(--_line-strong);
    color: var(--_text);
  }
  .counts .rejected b.some {
    color: var(--_danger);
  }
  .alone {
    padding: var(--_1) var(--_3);
    font-size: var(--_text-sm);
    overflow-wrap: anywhere;
  }
  .filters {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_1) var(--_2);
    padding: var(--_2) var(--_3) var(--_1);
  }
  .filters label {
    display: flex;
    flex: 1 1 12rem;
    align-items: center;
    gap: var(--_1);
    min-width: 0;
  }
  .take {
    padding: var(--_1) var(--_3);
  }
  .wide-table {
    /* Words for screen readers are positioned: they scroll with their cells. */
    position: relative;
    overflow-x: auto;
  }
  .wide-table.coming {
    opacity: 0.6;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    font-size: var(--_text-xs);
  }
  th {
    padding: var(--_1) var(--_2);
    color: var(--_text-quiet);
    font-weight: var(--_regular);
    text-align: start;
    white-space: nowrap;
  }
  td,
  tbody th {
    padding: var(--_1) var(--_2);
    border-block-start: 1px solid var(--_line);
    vertical-align: top;
  }
  td {
    max-width: 22rem;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  th:first-child {
    padding-inline-start: var(--_3);
  }
  .number {
    text-align: end;
  }
  .reasons {
    max-width: none;
    overflow: visible;
    white-space: normal;
  }
  /* As wide as what is seen of the table, which may be wider: a reason is read without scrolling. */
  .reasons > * {
    position: sticky;
    inset-inline-start: var(--_3);
    max-inline-size: max(10rem, 100cqi - 9.5rem);
    overflow-wrap: anywhere;
  }
  .outcome {
    color: var(--_text-quiet);
  }
  .outcome.new {
    color: var(--_success);
  }
  .outcome.changed {
    color: var(--_warning);
  }
  .outcome.rejected {
    color: var(--_danger);
  }
  td.changed {
    background: var(--_warning-soft);
  }
  td.outcome.changed {
    background: none;
  }
  ins {
    text-decoration: none;
    font-weight: var(--_semibold);
  }
  del {
    color: var(--_text-quiet);
  }
  small {
    color: var(--_text-quiet);
    font-size: inherit;
  }

  @container (min-width: 560px) {
    .counts {
      justify-content: start;
      gap: var(--_2);
      padding: 0 var(--_2);
    }
    .counts button {
      padding: var(--_1) var(--_2);
    }
  }
`;
