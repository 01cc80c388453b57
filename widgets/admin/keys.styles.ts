import { css } from 'lit';

export const keysStyles = css`
  .column {
    flex: 1;
    min-height: 0;
    overflow: auto;
  }
  .column > * {
    max-width: 56rem;
  }
  .intro {
    flex: 1 1 14rem;
    max-width: 42rem;
  }
  .pad {
    padding: var(--_2) var(--_3);
  }
  code {
    font-family: ui-monospace, 'Cascadia Mono', Menlo, Consolas, monospace;
    font-size: 0.92em;
  }
  .rows > li.key {
    align-items: flex-start;
    gap: var(--_3);
    padding: var(--_3);
  }
  .key .what {
    display: grid;
    flex: 1;
    gap: 2px;
    min-width: 0;
  }
  .key .name {
    font-weight: var(--_medium);
  }
  .key.over .name {
    color: var(--_text-quiet);
  }
  .sub {
    color: var(--_text-quiet);
    font-size: var(--_text-xs);
    overflow-wrap: anywhere;
  }
  .scopes {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_1);
    padding-block-start: 2px;
  }
  .scopes li {
    padding: 0 6px;
    border-radius: 4px;
    background: var(--_surface-sunken);
    color: var(--_text-quiet);
    font-size: var(--_text-xs);
  }
  .new-key {
    padding-block-start: var(--_2);
    border-block-start: 1px solid var(--_line);
  }
  .scope-list {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 19rem), 1fr));
  }
  .scope-list .check {
    align-items: flex-start;
    padding-block: 4px;
  }
  .scope-list .check input {
    flex: none;
  }
  .once {
    display: grid;
    gap: var(--_2);
    margin: 0 var(--_3) var(--_3);
    padding: var(--_3);
    border-radius: var(--_radius-control);
    background: var(--_success-soft);
    font-size: var(--_text-sm);
  }
  .once h3 {
    font-size: var(--_text-md);
  }
`;
