import { css } from 'lit';

export const statusBoardStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-height: 0;
    max-height: var(--sideline-board-height, 36rem);
  }
  .tools {
    display: flex;
    gap: var(--_2);
    padding: var(--_2) var(--_3);
    border-block-end: 1px solid var(--_line);
  }
  .find {
    position: relative;
    flex: 1;
    min-width: 0;
  }
  .find svg {
    position: absolute;
    inset-inline-start: 7px;
    inset-block-start: 50%;
    translate: 0 -50%;
    color: var(--_text-quiet);
    pointer-events: none;
  }
  .find input.search {
    padding-inline-start: 28px;
  }
  .tools select {
    width: auto;
    max-width: 46%;
  }
  .scroller {
    position: relative;
    flex: 0 1 auto;
    min-height: 0;
    height: var(--natural);
    overflow: auto;
    overscroll-behavior: contain;
    contain: strict;
  }
  .canvas {
    position: relative;
    height: var(--total);
  }
  .placed {
    position: absolute;
    inset-inline: 0;
    height: var(--height);
    transform: translateY(var(--top));
    transition: transform var(--_glide) ease-out;
  }

  .group {
    display: flex;
    align-items: flex-end;
    gap: var(--_2);
    padding: 0 var(--_3) 7px;
    background: var(--_surface);
  }
  .group-name {
    flex: 1;
    min-width: 0;
    font-size: var(--_text-sm);
    font-weight: var(--_semibold);
  }
  .counts {
    display: flex;
    gap: 10px;
    font-size: var(--_text-xs);
    color: var(--_text-quiet);
  }
  .counts > span {
    display: inline-flex;
    align-items: center;
    gap: var(--_1);
  }
  .stack {
    position: absolute;
    inset-inline: var(--_3);
    inset-block-end: 0;
    display: flex;
    gap: 1px;
    height: 3px;
  }
  .stack > span {
    flex: var(--share);
    background: currentColor;
    border-radius: 1px;
  }

  .row {
    display: grid;
    grid-template-columns: 28px minmax(0, 1fr) auto var(--_target);
    grid-template-areas:
      'avatar name status note'
      'avatar figures csat note';
    align-items: center;
    align-content: center;
    column-gap: 10px;
    row-gap: 1px;
    padding-inline: var(--_3) var(--_2);
    border-block-end: 1px solid var(--_line);
    cursor: pointer;
  }
  .row:hover {
    background: var(--_surface-hover);
  }
  .row .avatar {
    grid-area: avatar;
  }
  .cell-name {
    grid-area: name;
    font-weight: var(--_medium);
  }
  .cell-team {
    display: none;
  }
  .cell-status {
    grid-area: status;
    display: flex;
    justify-content: flex-end;
    align-items: center;
    gap: var(--_1);
    font-size: var(--_text-sm);
    white-space: nowrap;
  }
  .cell-status .shape:not(.warn) {
    display: none;
  }
  .cell-status time {
    min-width: 2.6rem;
    text-align: end;
    color: var(--_text-quiet);
  }
  .cell-status.over time {
    color: inherit;
    font-weight: var(--_medium);
  }
  .cell-figures {
    grid-area: figures;
    display: flex;
    gap: 10px;
    font-size: var(--_text-xs);
    color: var(--_text-quiet);
    /* A figure that does not fit goes to the next line: half a number is a wrong number. */
    flex-wrap: wrap;
    white-space: nowrap;
    min-width: 0;
  }
  .handled,
  .aht {
    unicode-bidi: plaintext;
  }
  .cell-csat {
    grid-area: csat;
    display: flex;
    justify-content: flex-end;
    align-items: center;
    gap: 6px;
    min-height: 16px;
    font-size: var(--_text-xs);
    color: var(--_text-quiet);
  }
  .cell-note {
    grid-area: note;
  }
  .cell-note button {
    color: var(--_text-quiet);
  }
  .row:hover .cell-note button,
  .row:focus-within .cell-note button {
    color: var(--_accent);
  }

  .heads {
    display: none;
  }

  @container (min-width: 520px) {
    .row,
    .heads {
      display: grid;
      grid-template-columns: 28px minmax(0, 1fr) 9.5rem 6.5rem 3.5rem 3.5rem var(--_target);
      grid-template-areas: 'avatar name status csat handled aht note';
      column-gap: var(--_3);
    }
    .heads {
      padding: var(--_1) var(--_3) var(--_1);
      padding-inline-end: var(--_2);
      border-block-end: 1px solid var(--_line);
      font-size: var(--_text-xs);
      color: var(--_text-quiet);
    }
    .heads > :first-child {
      grid-column: avatar / name;
    }
    .heads > .number {
      text-align: end;
    }
    .cell-status {
      justify-content: flex-start;
    }
    .cell-status .shape:not(.warn) {
      display: block;
    }
    .cell-status time {
      margin-inline-start: auto;
    }
    .row .avatar-status {
      display: none;
    }
    .cell-figures {
      display: contents;
    }
    .handled {
      grid-area: handled;
    }
    .aht {
      grid-area: aht;
    }
    .handled,
    .aht {
      font-size: var(--_text-sm);
      color: var(--_text);
      text-align: end;
    }
    .handled .unit,
    .aht .unit {
      display: none;
    }
    .cell-csat {
      justify-content: space-between;
      font-size: var(--_text-sm);
    }
  }
  @container (min-width: 760px) {
    .row,
    .heads {
      grid-template-columns: 28px minmax(0, 1fr) minmax(0, 0.7fr) 9.5rem 6.5rem 3.5rem 3.5rem var(--_target);
      grid-template-areas: 'avatar name team status csat handled aht note';
    }
    .cell-team,
    .heads > .team {
      display: block;
      color: var(--_text-quiet);
      font-size: var(--_text-sm);
    }
  }
  @container (max-width: 759px) {
    .heads > .team {
      display: none;
    }
  }
`;
