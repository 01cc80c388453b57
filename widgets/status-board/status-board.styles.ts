import { css } from 'lit';

export const statusBoardStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-height: 0;
    max-height: var(--sideline-board-height, 36rem);
  }
  .scroller,
  .skeleton.lines {
    position: relative;
    flex: 0 1 auto;
    min-height: 0;
  }
  .scroller {
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
  .skeleton.lines {
    gap: 0;
    padding: 0;
    overflow: hidden;
  }
  .skeleton .group,
  .bones {
    flex: none;
    height: var(--height);
  }
  .bone.start {
    margin: 0;
    width: 6rem;
  }
  .bone.low {
    display: none;
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

  /* Narrow: who and status on the first line, the figures with name, unit and n on the second. */
  .row,
  .bones {
    display: grid;
    grid-template-columns: 28px auto auto minmax(0, 1fr) auto var(--_target);
    grid-template-areas:
      'avatar name name name status note'
      'avatar handled aht csat csat csat';
    align-items: center;
    align-content: center;
    column-gap: 10px;
    row-gap: 0;
    padding-inline: var(--_3) var(--_2);
    border-block-end: 1px solid var(--_line);
  }
  .row {
    cursor: pointer;
  }
  .row:hover {
    background: var(--_surface-hover);
  }
  .row .avatar,
  .bones .round {
    grid-area: avatar;
  }
  .cell-name,
  .bones .grow {
    grid-area: name;
  }
  .cell-name {
    font-weight: var(--_medium);
  }
  .cell-team {
    display: none;
  }
  .cell-status,
  .bones .short {
    grid-area: status;
  }
  .cell-status {
    display: flex;
    justify-content: flex-end;
    align-items: center;
    gap: var(--_1);
    min-width: 0;
    font-size: var(--_text-sm);
    white-space: nowrap;
  }
  .cell-status .shape:not(.warn),
  .reason {
    display: none;
  }
  .change,
  .as-is {
    display: inline-flex;
    align-items: center;
    gap: 5px;
    min-width: 0;
  }
  button.change {
    min-height: var(--_target-small);
    padding: 0 var(--_1);
    font-weight: inherit;
    color: inherit;
  }
  .row:hover button.change,
  .row:focus-within button.change {
    text-decoration: underline dotted;
    text-underline-offset: 3px;
  }
  .cell-status time,
  .waiting {
    min-width: 2.5rem;
    text-align: end;
    color: var(--_text-quiet);
  }
  .cell-status.over time {
    color: inherit;
    font-weight: var(--_medium);
  }
  .pending .change,
  .stale .cell-status:not(.over) {
    color: var(--_text-quiet);
  }
  .handled,
  .aht,
  .csat {
    min-width: 0;
    font-size: var(--_text-xs);
    color: var(--_text-quiet);
    white-space: nowrap;
    unicode-bidi: plaintext;
  }
  .handled {
    grid-area: handled;
  }
  .aht {
    grid-area: aht;
  }
  .csat {
    grid-area: csat;
    display: flex;
    justify-content: flex-end;
    align-items: center;
    gap: 5px;
    min-height: 16px;
  }
  .line-of-days {
    flex: 0 1 36px;
    min-width: 0;
    height: 16px;
    overflow: hidden;
  }
  .line-of-days svg {
    width: 100%;
    height: 16px;
  }
  .unit {
    margin-inline-end: 3px;
  }
  .handled .unit {
    margin-inline: 3px 0;
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

  @container (min-width: 340px) and (max-width: 519px) {
    .row,
    .bones {
      grid-template-columns: 28px minmax(4.2rem, 4.6rem) minmax(0, 4.6rem) minmax(0, 1fr) 7.4rem var(--_target);
    }
    .line-of-days {
      flex-basis: 56px;
    }
  }
  @container (min-width: 520px) {
    .row,
    .bones,
    .heads {
      display: grid;
      grid-template-columns: 28px minmax(0, 1fr) 9.5rem 3.75rem 3.5rem 8.5rem var(--_target);
      grid-template-areas: 'avatar name status handled aht csat note';
      column-gap: var(--_3);
    }
    .heads {
      padding: var(--_1) var(--_3);
      padding-inline-end: var(--_2);
      border-block-end: 1px solid var(--_line);
      font-size: var(--_text-xs);
      color: var(--_text-quiet);
    }
    .heads .who {
      grid-column: avatar / name;
    }
    .heads .team {
      display: none;
    }
    .number,
    .handled,
    .aht {
      text-align: end;
    }
    .cell-status {
      justify-content: flex-start;
    }
    .cell-status .shape:not(.warn) {
      display: block;
    }
    .cell-status time,
    .waiting {
      margin-inline-start: auto;
    }
    button.change {
      margin-inline-start: calc(-1 * var(--_1) - 1px);
    }
    .row .avatar-status {
      display: none;
    }
    .handled,
    .aht,
    .csat {
      font-size: var(--_text-sm);
      color: var(--_text);
    }
    .csat {
      justify-content: flex-start;
      gap: var(--_2);
    }
    .csat .n {
      margin-inline-start: auto;
      font-size: var(--_text-xs);
      color: var(--_text-quiet);
    }
    .line-of-days {
      flex: none;
      width: 48px;
      color: var(--_text-quiet);
    }
    .row .unit {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    .bone.low {
      display: block;
      grid-area: csat;
      width: 100%;
    }
  }
  @container (min-width: 800px) {
    .row,
    .bones,
    .heads {
      grid-template-columns: 28px minmax(0, 1fr) minmax(0, 0.6fr) 13rem 3.75rem 3.5rem 8.5rem var(--_target);
      grid-template-areas: 'avatar name team status handled aht csat note';
    }
    .cell-team,
    .heads .team {
      display: block;
      color: var(--_text-quiet);
    }
    .cell-team {
      font-size: var(--_text-sm);
    }
    .reason {
      display: block;
      color: var(--_text-quiet);
    }
    .reason::before {
      content: '· ';
    }
  }
`;
