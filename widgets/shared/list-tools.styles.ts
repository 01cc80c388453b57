import { css } from 'lit';

/** What stands above a list: its tools, the filters behind their button, and what waits to be sent. */
export const listToolsStyles = css`
  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_2);
    padding: var(--_2) var(--_3);
  }
  .tools .switch {
    flex: 1;
  }
  .filter-button.on {
    border-color: var(--_accent);
    background: var(--_accent-soft);
    color: var(--_accent-strong);
  }
  .filters:not([hidden]) {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(6.5rem, 1fr));
    gap: var(--_2);
    padding: var(--_2) var(--_3);
  }
  .filters label,
  .filters .person {
    display: grid;
    align-content: start;
    gap: 2px;
    min-width: 0;
    font-size: var(--_text-xs);
    color: var(--_text-quiet);
  }
  .filters select {
    color: var(--_text);
  }
  .kept {
    display: grid;
    gap: var(--_1);
    padding: var(--_2) var(--_3);
    background: var(--_warning-soft);
    font-size: var(--_text-sm);
  }
`;
