import { css } from 'lit';

export const actionItemsStyles = css`
  .tools,
  .filters {
    border-block-end: 1px solid var(--_line);
  }
  .tools .switch {
    min-width: 0;
  }
  .filter-button.on {
    padding: 0 6px;
  }
  .filters .person {
    grid-column: 1 / -1;
  }
  .undecided {
    display: grid;
    gap: var(--_1);
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_1);
    margin-block-start: 2px;
  }
  .chip {
    min-height: var(--_target-small);
    padding: 0 var(--_2);
    border-color: var(--_line);
    border-radius: 12px;
    background: none;
    font-size: var(--_text-xs);
    font-weight: var(--_regular);
    color: var(--_text-quiet);
  }
  .chip[aria-pressed='true'] {
    border-color: var(--_accent);
    background: var(--_accent-soft);
    color: var(--_accent-strong);
  }

  section > h3 {
    padding: var(--_3) var(--_3) var(--_1);
    font-size: var(--_text-xs);
    color: var(--_text-quiet);
  }
  section > h3.overdue {
    color: var(--_warning);
  }
  section > h3 .quiet {
    font-weight: var(--_regular);
  }
  .entry {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    column-gap: 2px;
    border-block-end: 1px solid var(--_line);
  }
  .entry.open {
    background: var(--_surface-sunken);
  }
  .entry.fresh {
    background: var(--_accent-soft);
  }
  .tick {
    appearance: none;
    display: grid;
    place-content: center;
    align-self: start;
    width: var(--_target-small) !important;
    height: var(--_target-small) !important;
    margin-block-start: 6px !important;
    margin-inline-start: 8px !important;
    border-radius: 50%;
    cursor: pointer;
  }
  .tick::before {
    content: '';
    grid-area: 1 / 1;
    width: 16px;
    height: 16px;
    border: 1.5px solid var(--_line-strong);
    border-radius: 50%;
    background: var(--_surface);
  }
  .tick:hover:not(:disabled)::before {
    border-color: var(--_accent);
    background: var(--_accent-soft);
  }
  .tick:checked::before {
    border-color: var(--_success);
    background: var(--_success);
  }
  .tick:checked::after {
    content: '';
    grid-area: 1 / 1;
    place-self: center;
    width: 4px;
    height: 8px;
    margin-block-end: 2px;
    border: solid var(--_surface);
    border-width: 0 1.5px 1.5px 0;
    rotate: 45deg;
  }
  .tick:disabled {
    cursor: default;
  }
  .tick:disabled::before {
    border-style: dashed;
  }
  .head {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    justify-items: start;
    align-items: baseline;
    gap: 2px var(--_3);
    width: 100%;
    min-height: 36px;
    padding: var(--_2) var(--_3) var(--_2) var(--_1);
    padding-inline: var(--_1) var(--_3);
    border: 0;
    border-radius: 0;
    background: none;
    text-align: start;
    white-space: normal;
    font-weight: var(--_regular);
  }
  .title {
    font-size: var(--_text-md);
    font-weight: var(--_medium);
    overflow-wrap: anywhere;
  }
  .closed .title {
    font-weight: var(--_regular);
    color: var(--_text-quiet);
  }
  .closed:not(.open) .title {
    text-decoration: line-through;
    text-decoration-color: var(--_line-strong);
  }
  .facts {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 10px;
    min-width: 0;
    max-width: 100%;
    font-size: var(--_text-xs);
    color: var(--_text-quiet);
  }
  .facts .late,
  .facts .count {
    display: inline-flex;
    align-items: center;
    gap: 3px;
  }
  .late {
    color: var(--_warning);
    font-weight: var(--_medium);
  }
  .near,
  .doing {
    color: var(--_text);
    font-weight: var(--_medium);
  }
  .waits {
    color: var(--_warning);
  }
  .entry > .problem {
    grid-column: 2;
    padding: 0 var(--_3) var(--_2) var(--_1);
  }

  .detail {
    grid-column: 2;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_2);
    padding: 0 var(--_3) var(--_3) var(--_1);
    padding-inline: var(--_1) var(--_3);
    font-size: var(--_text-sm);
  }
  .detail > .segments,
  sideline-action-thread {
    max-width: 40rem;
  }
  .detail .edit {
    padding: 0;
  }
  .text {
    white-space: pre-line;
    overflow-wrap: anywhere;
    font-size: var(--_text-md);
  }
  .form {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_2);
  }
  .form:not(.detail .form) {
    padding: var(--_3);
    border-block-end: 1px solid var(--_line);
    background: var(--_surface-sunken);
  }
  .form .line {
    flex-wrap: wrap;
  }
  .due label {
    display: grid;
    gap: 2px;
  }
  .more {
    padding: var(--_2) var(--_3);
  }
  .bone.box {
    width: 16px;
    height: 16px;
    border-radius: 50%;
    flex: none;
  }
  .bones {
    display: grid;
    flex: 1;
    gap: var(--_2);
  }


  @container (min-width: 640px) {
    .head {
      grid-template-columns: minmax(0, 1fr) minmax(0, auto);
    }
    .head .facts {
      justify-content: flex-end;
    }
    .head .progress {
      grid-column: 1 / -1;
    }
    .filters:not([hidden]) {
      grid-template-columns: repeat(2, minmax(8rem, 12rem)) minmax(12rem, 20rem);
    }
    .filters .person {
      grid-column: auto;
    }
    .form {
      max-width: 40rem;
    }
  }
`;
