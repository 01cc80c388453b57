import { css } from 'lit';

export const liveStyles = css`
  .live-bar {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px var(--_3);
    min-height: 36px;
    padding: var(--_1) var(--_3);
    border-block-end: 1px solid var(--_line);
    background: var(--_surface-sunken);
    font-size: var(--_text-xs);
  }
  .timer b {
    font-size: var(--_text-lg);
    font-weight: var(--_semibold);
  }
  .timer {
    color: var(--_text-quiet);
  }
  .timer b {
    color: var(--_text);
  }
  .timer.over,
  .timer.over b {
    color: var(--_warning);
  }
  .present {
    display: inline-flex;
    align-items: center;
    gap: var(--_1);
    min-width: 0;
    max-width: 100%;
  }
  .present .avatar {
    width: 22px;
    height: 22px;
    background: var(--_surface);
    font-size: 0.5625rem;
  }
  .dot {
    width: 8px;
    height: 8px;
    border-radius: 50%;
    background: var(--_online);
  }
  .saved {
    color: var(--_text-quiet);
  }
  .conflict {
    margin: var(--_2) var(--_3);
  }
  .checklist {
    display: grid;
    font-size: var(--_text-sm);
  }
  .checklist label {
    display: flex;
    align-items: flex-start;
    gap: var(--_2);
    min-height: var(--_target);
    padding-block: 5px;
    cursor: pointer;
  }
  .checklist input {
    flex: none;
    margin-block-start: 1px;
  }
  .checklist .what {
    overflow-wrap: anywhere;
    min-width: 0;
  }
  .checklist .what .quiet {
    display: block;
    font-size: var(--_text-xs);
  }
  .checklist .covered .what {
    color: var(--_text-quiet);
  }
  .talk textarea {
    min-height: 12rem;
    field-sizing: content;
    max-height: 30rem;
    font-size: var(--_text-md);
    line-height: 1.45;
  }
  .fields-section {
    display: grid;
    gap: var(--_3);
    border-block-start: 0;
    padding-block-start: 0;
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_1);
  }
  .chip {
    display: inline-flex;
    align-items: center;
    gap: 2px;
    padding-inline-start: 10px;
    border: 1px solid var(--_line-strong);
    border-radius: 14px;
    font-size: var(--_text-sm);
  }
  .chip button {
    min-width: 24px;
    min-height: 24px;
  }
  .chips input {
    flex: 1 1 7rem;
    width: auto;
    min-width: 0;
  }
  .engagement {
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .engagement legend {
    padding: 0 0 3px;
    font-size: var(--_text-xs);
    font-weight: var(--_medium);
  }
  .engagement legend .quiet {
    font-weight: var(--_regular);
  }
  .scores {
    display: flex;
    align-items: center;
    gap: var(--_1);
  }
  .scores label {
    display: inline-grid;
    place-items: center;
    width: 36px;
    height: var(--_target);
    border: 1px solid var(--_line-strong);
    border-radius: var(--_radius-control);
    font-size: var(--_text-sm);
    cursor: pointer;
  }
  .scores label:hover {
    background: var(--_surface-hover);
  }
  .scores label:has(:checked) {
    border-color: var(--_accent);
    background: var(--_accent-soft);
    color: var(--_accent-strong);
    font-weight: var(--_semibold);
  }
  .scores label:has(:focus-visible) {
    outline: 2px solid var(--_accent);
    outline-offset: 1px;
  }
  .finish {
    justify-content: flex-end;
    padding: var(--_2) var(--_3) var(--_3);
  }
  @container (max-width: 719px) {
    .columns > div + div > section:first-child {
      border-block-start: 1px solid var(--_line);
    }
    .present .avatar {
      display: none;
    }
  }
  @container (min-width: 720px) {
    .columns {
      display: grid;
      grid-template-columns: minmax(16rem, 2fr) minmax(0, 3fr);
    }
    .columns > div + div {
      border-inline-start: 1px solid var(--_line);
    }
    .talk textarea {
      min-height: 18rem;
    }
  }
`;
