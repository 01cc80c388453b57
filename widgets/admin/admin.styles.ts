import { css } from 'lit';

/** For what fills the place it is given and scrolls inside it. */
export const fillStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    flex: 1;
    min-height: 0;
  }
`;

/** A page says how high it may become: 100 % fills its place, none lets the page scroll instead. */
export const adminHostStyles = css`
  :host {
    max-height: var(--sideline-admin-height, 44rem);
  }
  .panel {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-height: 0;
  }
`;

export const adminStyles = css`
  .tabs {
    display: flex;
    gap: 2px;
    padding: 0 var(--_2);
    border-block-end: 1px solid var(--_line);
  }
  .tabs button {
    min-height: 40px;
    padding: 0 10px;
    border: 0;
    border-block-end: 2px solid transparent;
    border-radius: 0;
    background: none;
    color: var(--_text-quiet);
  }
  .tabs button[aria-selected='true'] {
    border-block-end-color: var(--_accent);
    color: var(--_text);
    font-weight: var(--_semibold);
  }

  .split[data-open] > .list-pane {
    display: none;
  }
  .split:not([data-open]) > .detail-pane {
    display: none;
  }
  .detail-pane:focus-visible {
    outline: none;
  }
  .back {
    margin: var(--_1) var(--_1) 0;
    color: var(--_text-quiet);
  }
  :dir(rtl) .back svg {
    scale: -1 1;
  }
  .choose {
    display: none;
  }
  .split {
    flex: 1;
    min-height: 0;
    overflow: auto;
  }
  @container (min-width: 720px) {
    .split {
      display: grid;
      grid-template-rows: minmax(0, 1fr);
      overflow: hidden;
      grid-template-columns: minmax(280px, 2fr) minmax(0, 3fr);
    }
    .split[data-open] > .list-pane,
    .split:not([data-open]) > .detail-pane {
      display: block;
    }
    .list-pane,
    .detail-pane {
      overflow: auto;
    }
    .list-pane {
      border-inline-end: 1px solid var(--_line);
    }
    .back {
      display: none;
    }
    .choose {
      display: block;
      padding: var(--_6) var(--_4);
      color: var(--_text-quiet);
      font-size: var(--_text-sm);
    }
  }

  .tools {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_2);
    padding: var(--_2) var(--_3);
  }
  .filters {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(6.5rem, 1fr));
    gap: var(--_2);
    padding: 0 var(--_3) var(--_2);
  }
  .filters label {
    display: grid;
    gap: 2px;
    min-width: 0;
    font-size: var(--_text-xs);
    color: var(--_text-quiet);
  }
  .filters select {
    color: var(--_text);
  }
  button[aria-expanded='true'],
  button[aria-pressed='true'] {
    background: var(--_surface-sunken);
  }

  .rows {
    border-block-start: 1px solid var(--_line);
  }
  .rows > li {
    display: flex;
    align-items: center;
    border-block-end: 1px solid var(--_line);
  }
  .rows > li.chosen {
    background: var(--_accent-soft);
  }
  .pick {
    display: grid;
    place-items: center;
    align-self: stretch;
    width: 36px;
    flex: none;
    padding-inline-start: var(--_2);
    cursor: pointer;
  }
  .row {
    display: flex;
    flex: 1;
    align-items: center;
    justify-content: flex-start;
    gap: 10px;
    min-width: 0;
    min-height: 48px;
    padding: 6px var(--_3);
    border: 0;
    border-radius: 0;
    background: none;
    text-align: start;
    font-weight: var(--_regular);
  }
  .pick + .row {
    padding-inline-start: 6px;
  }
  .row .who {
    display: grid;
    flex: 1;
    min-width: 0;
  }
  .row .name {
    font-size: var(--_text-md);
    font-weight: var(--_medium);
  }
  .row .sub {
    color: var(--_text-quiet);
    font-size: var(--_text-xs);
  }
  .badge {
    flex: none;
    padding: 1px 7px;
    border: 1px solid var(--_line-strong);
    border-radius: 10px;
    color: var(--_text-quiet);
    font-size: var(--_text-xs);
  }
  .badge.bad {
    border-color: var(--_danger);
    color: var(--_danger);
  }
  .badge.good {
    border-color: var(--_success);
    color: var(--_success);
  }
  .pager,
  .all {
    display: flex;
    align-items: center;
    gap: var(--_1);
    min-height: 36px;
    padding: 0 var(--_3);
    color: var(--_text-quiet);
    font-size: var(--_text-xs);
  }
  :dir(rtl) .pager svg {
    scale: -1 1;
  }

  .bulk {
    display: grid;
    gap: var(--_2);
    padding: var(--_2) var(--_3);
    border-block-start: 1px solid var(--_line-strong);
    background: var(--_surface-raised);
    font-size: var(--_text-sm);
  }
  .bulk .line {
    flex-wrap: wrap;
  }
  .bulk select,
  .bulk input {
    flex: 1 1 8rem;
    width: auto;
    min-width: 0;
  }
  .refusals {
    display: grid;
    gap: 2px;
    max-height: 9rem;
    overflow: auto;
    font-size: var(--_text-xs);
  }
  .refusals b {
    font-weight: var(--_medium);
  }
  sideline-admin-bulk {
    position: sticky;
    inset-block-end: 0;
    z-index: 1;
  }
  .outcome {
    flex: none;
    padding-inline-end: var(--_3);
    font-size: var(--_text-xs);
    max-width: 50%;
  }
  .outcome.done {
    color: var(--_success);
  }
  .outcome.refused {
    color: var(--_danger);
  }

  .detail-head {
    display: flex;
    align-items: center;
    gap: 10px;
    padding: var(--_3);
  }
  .detail-head h2 {
    font-size: var(--_text-lg);
  }
  .detail-head > div {
    flex: 1;
    min-width: 0;
  }
  .views {
    display: flex;
    flex-wrap: wrap;
    gap: 2px;
    padding: 0 var(--_3) var(--_2);
  }
  .views button {
    border-color: transparent;
    background: none;
    color: var(--_text-quiet);
  }
  .views button[aria-pressed='true'] {
    border-color: var(--_line-strong);
    color: var(--_text);
  }
`;
