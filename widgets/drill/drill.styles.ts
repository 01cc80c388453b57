import { css } from 'lit';

export const drillStyles = css`
  :host {
    background: none;
  }
  dialog {
    width: min(560px, calc(100vw - 16px));
    max-height: min(720px, calc(100vh - 32px));
    padding: 0;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface-raised);
    color: inherit;
    box-shadow: var(--_shadow);
    overflow: auto;
    container-type: inline-size;
  }
  dialog::backdrop {
    background: rgb(10 14 20 / 32%);
  }
  header {
    position: sticky;
    z-index: 1;
    inset-block-start: 0;
    display: flex;
    align-items: flex-start;
    gap: var(--_2);
    padding: var(--_3) var(--_2) var(--_2) var(--_3);
    background: var(--_surface-raised);
    border-block-end: 1px solid var(--_line);
  }
  header div {
    flex: 1;
    min-width: 0;
  }
  h2 {
    font-size: var(--_text-sm);
  }
  .value {
    font-size: var(--_text-xl);
    font-weight: var(--_semibold);
    line-height: 1.25;
  }
  .value .small {
    font-weight: var(--_regular);
  }
  .body {
    display: flex;
    flex-direction: column;
    gap: var(--_2);
    padding: var(--_3);
    font-size: var(--_text-sm);
  }
  h3 {
    margin-block-start: var(--_1);
  }
  table {
    width: 100%;
    border-collapse: collapse;
    font-size: var(--_text-xs);
  }
  th {
    padding: 2px 0;
    color: var(--_text-quiet);
    font-weight: var(--_regular);
    text-align: start;
  }
  td {
    padding: 3px 0;
    border-block-start: 1px solid var(--_line);
  }
  .number {
    text-align: end;
  }
`;
