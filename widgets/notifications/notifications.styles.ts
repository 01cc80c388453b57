import { css } from 'lit';

export const notificationsStyles = css`
  :host(:not([inline])) {
    display: inline-block;
    container-type: normal;
    background: none;
  }
  .bell {
    position: relative;
    padding: 0 6px;
  }
  .count {
    position: absolute;
    inset-block-start: -4px;
    inset-inline-end: -5px;
    min-width: 17px;
    padding: 0 4px;
    border-radius: 9px;
    background: var(--_accent);
    color: var(--_on-accent);
    font-size: 0.6875rem;
    font-weight: var(--_semibold);
    line-height: 17px;
    text-align: center;
  }
  .panel {
    position: fixed;
    inset: auto;
    width: min(400px, calc(100vw - 16px));
    height: min(600px, calc(100vh - 16px));
    overflow: hidden;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface-raised);
    color: var(--_text);
    box-shadow: var(--_shadow);
    white-space: normal; /* a bar around the bell may forbid it */
  }
  .panel:popover-open {
    display: flex;
  }
  .inbox {
    display: flex;
    flex-direction: column;
    flex: 1;
    min-width: 0;
    min-height: 0;
  }
  .top {
    display: flex;
    align-items: center;
    gap: var(--_2);
    min-height: 44px;
    padding-block: var(--_1);
    padding-inline: var(--_3) var(--_2);
    border-block-end: 1px solid var(--_line);
  }
  .top h2 {
    flex: 1;
    min-width: 0;
  }
  .tools {
    display: flex;
    align-items: center;
    gap: var(--_1);
    padding-block: 6px;
    padding-inline: var(--_3) var(--_2);
    border-block-end: 1px solid var(--_line);
  }
  .tools .link {
    margin-inline-start: auto;
  }
  .chip {
    min-height: var(--_target-small);
    padding: 0 var(--_2);
    border-radius: 12px;
    font-size: var(--_text-xs);
  }
  .chip[aria-pressed='true'] {
    border-color: var(--_accent);
    background: var(--_accent-soft);
    color: var(--_accent-strong);
  }
  .scroll {
    flex: 1;
    min-height: 0;
    overflow: auto;
  }
  :host([inline]) .scroll {
    overflow: visible;
  }
  .day h3 {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    padding: var(--_2) var(--_3) var(--_1);
    background: var(--_surface-sunken);
    color: var(--_text-quiet);
    font-size: var(--_text-xs);
  }
  .told {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: center;
    border-block-end: 1px solid var(--_line);
  }
  .told:hover {
    background: var(--_surface-hover);
  }
  .told > .open {
    display: flex;
    align-items: flex-start;
    justify-content: flex-start;
    gap: 10px;
    min-width: 0;
    min-height: 44px;
    padding-block: var(--_2);
    padding-inline: var(--_3) 0;
    border: 0;
    border-radius: 0;
    background: none;
    font-weight: var(--_regular);
    text-align: start;
    white-space: normal;
  }
  .told.many > .open {
    min-height: 0;
    padding-block-end: 0;
  }
  .mark {
    display: grid;
    place-items: center;
    flex: none;
    width: 16px;
    height: 18px;
    color: var(--_text-quiet);
  }
  .kind-warning .mark {
    color: var(--_warning);
  }
  .kind-error .mark {
    color: var(--_danger);
  }
  .kind-success .mark {
    color: var(--_success);
  }
  .what {
    flex: 1;
    min-width: 0;
  }
  .head {
    display: flex;
    align-items: baseline;
    gap: var(--_2);
  }
  .head .title {
    flex: 1;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .unread .head .title {
    font-weight: var(--_semibold);
  }
  .message {
    display: block;
    color: var(--_text-quiet);
    white-space: pre-line;
    overflow-wrap: anywhere;
  }
  .read {
    align-self: stretch;
    min-width: 32px;
  }
  .dot {
    width: 8px;
    height: 8px;
    border: 1.5px solid var(--_line-strong);
    border-radius: 50%;
    opacity: 0;
  }
  .unread .dot {
    border-color: var(--_accent);
    background: var(--_accent);
    opacity: 1;
  }
  .told:hover .dot,
  .read:focus-visible .dot {
    opacity: 1;
  }
  @media (pointer: coarse) {
    .dot {
      opacity: 1;
    }
  }
  .items {
    grid-column: 1 / -1;
    padding: 0 var(--_3) var(--_2);
    padding-inline-start: calc(var(--_3) + 26px);
    font-size: var(--_text-sm);
  }
  .items .link {
    margin-inline-start: calc(-1 * var(--_1) - 1px);
    font-size: var(--_text-xs);
  }
  .item {
    display: flex;
    align-items: baseline;
    gap: var(--_2);
    width: 100%;
    min-height: var(--_target-small);
    padding: 2px 0;
    border: 0;
    font-weight: var(--_regular);
    text-align: start;
    white-space: normal;
  }
  .item .title {
    flex: 1;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .more {
    padding: var(--_2) var(--_3);
  }
  .problem {
    color: var(--_danger);
    font-size: var(--_text-sm);
  }
  .problem:empty {
    display: none;
  }
  .said {
    padding: var(--_2) var(--_3);
  }

  .tell {
    display: flex;
    flex-direction: column;
    gap: var(--_3);
    padding: var(--_3);
    font-size: var(--_text-sm);
  }
  .tell table {
    width: 100%;
    border-collapse: collapse;
  }
  .tell th {
    padding: 3px 0;
    font-weight: var(--_medium);
    text-align: start;
  }
  .tell thead th {
    color: var(--_text-quiet);
    font-size: var(--_text-xs);
  }
  .tell td {
    padding-block: 3px;
    padding-inline: var(--_1) 0;
    width: 30%;
  }
  .tell thead th:not(.sr) {
    padding-inline-start: var(--_1);
  }
  .pair {
    display: grid;
    grid-template-columns: 7rem minmax(0, 1fr);
    gap: var(--_2);
  }
  .pair.even {
    grid-template-columns: repeat(2, minmax(0, 9rem));
  }
  .pair span {
    display: block;
    padding-block-end: 2px;
    color: var(--_text-quiet);
    font-size: var(--_text-xs);
  }
  fieldset {
    display: flex;
    flex-direction: column;
    gap: var(--_2);
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .days {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px;
  }
  .days > span {
    flex: 1 0 100%;
  }
`;
