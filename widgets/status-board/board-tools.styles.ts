import { css } from 'lit';

export const boardToolsStyles = css`
  .tools {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: var(--_2);
    padding: var(--_2) var(--_3);
    border-block-end: 1px solid var(--_line);
  }
  .find {
    position: relative;
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
  .view-button.on {
    border-color: var(--_accent);
    background: var(--_accent-soft);
    color: var(--_accent-strong);
  }
  .counts-bar {
    grid-column: 1 / -1;
    display: grid;
    grid-template-columns: repeat(4, auto);
    justify-content: space-between;
    gap: var(--_1);
  }
  .count {
    gap: 5px;
    min-height: var(--_target-small);
    min-width: 0;
    padding: 0 6px;
    border-color: transparent;
    border-radius: 12px;
    background: none;
    font-size: var(--_text-xs);
    font-weight: var(--_regular);
    color: var(--_text-quiet);
  }
  .count b {
    font-weight: var(--_semibold);
    color: var(--_text);
  }
  .count[aria-pressed='true'] {
    border-color: var(--_accent);
    background: var(--_accent-soft);
    color: var(--_accent-strong);
  }
  .view {
    position: fixed;
    inset: auto;
    width: min(260px, calc(100vw - 16px));
    padding: var(--_3);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface-raised);
    color: var(--_text);
    box-shadow: var(--_shadow);
  }
  .view:popover-open {
    display: grid;
    gap: var(--_2);
  }
  .view label {
    display: grid;
    grid-template-columns: 5.5rem minmax(0, 1fr);
    align-items: center;
    gap: var(--_2);
    font-size: var(--_text-sm);
  }
  @container (max-width: 359px) {
    .count .word {
      position: absolute;
      clip-path: inset(50%);
    }
  }
  @container (min-width: 520px) {
    .tools {
      grid-template-columns: minmax(0, 1fr) auto auto;
    }
    .counts-bar {
      grid-area: 1 / 2;
      align-items: center;
    }
    .view-button {
      grid-area: 1 / 3;
    }
  }
`;
