import { css } from 'lit';

/** Questions, layout and the meaning of columns. */
export const columnsStyles = css`
  .likelier {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_1) var(--_3);
    padding: var(--_2) var(--_3);
    background: var(--_warning-soft);
    font-size: var(--_text-sm);
  }
  .questions {
    padding-block-end: var(--_1);
  }
  .question {
    min-width: 0;
    margin: 0 var(--_3) var(--_2);
    padding: var(--_2) var(--_3);
    border: 0;
    border-radius: var(--_radius-control);
    background: var(--_warning-soft);
    font-size: var(--_text-sm);
  }
  .question legend,
  .question > label:first-child {
    float: inline-start;
    width: 100%;
    padding: 0;
    font-weight: var(--_medium);
    overflow-wrap: anywhere;
  }
  .question > * {
    clear: both;
  }
  .question label.other {
    flex-wrap: wrap;
    gap: 4px 8px;
  }
  .question label.other > input,
  .question label.other > select {
    flex: 1 1 9rem;
    inline-size: auto;
    max-inline-size: 16rem;
  }
  .question label.check {
    display: flex;
  }
  .question select {
    margin-block-start: var(--_1);
  }
  .cells {
    overflow-wrap: anywhere;
  }

  .mapping {
    border-block: 1px solid var(--_line);
  }
  .layout {
    display: grid;
    gap: var(--_2);
    padding: var(--_1) var(--_3) var(--_2);
  }
  .layout label {
    display: grid;
    min-width: 0;
  }
  .layout select {
    text-overflow: ellipsis;
  }
  .heads {
    display: none;
  }
  .columns > li {
    display: grid;
    gap: var(--_1);
    padding: var(--_2) var(--_3);
    border-block-start: 1px solid var(--_line);
    font-size: var(--_text-sm);
  }
  .columns b {
    font-weight: var(--_medium);
    overflow-wrap: anywhere;
  }
  .columns .unused b {
    color: var(--_text-quiet);
    font-weight: var(--_regular);
  }
  .letters {
    display: inline-block;
    min-width: 1.4em;
  }
  .how:empty {
    display: none;
  }

  .words,
  .fields {
    border-block-start: 1px solid var(--_line);
  }
  .words {
    padding: var(--_2) var(--_3);
    font-size: var(--_text-sm);
  }
  .words li {
    display: flex;
    align-items: center;
    gap: var(--_2);
  }
  dl {
    display: grid;
    padding: 0 var(--_3) var(--_3);
    font-size: var(--_text-xs);
  }
  dt {
    padding-block-start: var(--_1);
    font-weight: var(--_medium);
  }

  @container (min-width: 560px) {
    .layout {
      grid-template-columns: repeat(auto-fit, minmax(12rem, 1fr));
    }
    .heads,
    .columns > li {
      display: grid;
      grid-template-columns: minmax(0, 5fr) minmax(0, 4fr) minmax(0, 3fr);
      gap: 0 var(--_3);
      align-items: start;
    }
    .heads {
      padding: 0 var(--_3) 2px;
    }
    dl {
      grid-template-columns: minmax(0, 1fr) minmax(0, 3fr);
      gap: 0 var(--_3);
    }
    dd {
      padding-block-start: var(--_1);
    }
  }
`;
