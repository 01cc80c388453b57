import { css } from 'lit';

export const statusControlStyles = css`
  :host([compact]) {
    display: inline-block;
    container-type: normal;
    background: none;
  }
  .control {
    display: flex;
    flex-direction: column;
    gap: var(--_2);
    padding: var(--_2) var(--_3) var(--_3);
  }
  .now {
    display: flex;
    align-items: center;
    gap: 6px;
    min-height: 24px;
    min-width: 0;
    font-size: var(--_text-md);
  }
  .now .bone {
    max-width: 8rem;
  }
  .warning {
    display: inline-flex;
  }
  .time {
    color: var(--_text-quiet);
    white-space: nowrap;
  }
  .over .time {
    color: inherit;
    font-weight: var(--_medium);
  }
  .today {
    margin-inline-start: auto;
    white-space: nowrap;
  }
  .reasons {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px;
    min-height: var(--_target-small);
  }
  .reasons form {
    flex: 1 1 100%;
  }
  .reasons .other {
    min-height: var(--_target-small);
    font-size: var(--_text-xs);
  }
  .tile-bone {
    height: 52px;
    border-radius: var(--_radius-control);
  }
  .problem {
    color: var(--_danger);
    font-size: var(--_text-sm);
  }
  .current {
    max-width: 18rem;
    gap: 6px;
    min-width: 0;
  }
  .current .time {
    min-width: 2.6rem;
    text-align: end;
  }
  .button-bone {
    width: 8rem;
    height: var(--_target);
    border-radius: var(--_radius-control);
  }
  .panel {
    position: fixed;
    inset: auto;
    width: min(340px, calc(100vw - 16px));
    max-height: calc(100vh - 16px);
    overflow: auto;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface-raised);
    color: var(--_text);
    box-shadow: var(--_shadow);
    white-space: normal; /* a bar around the button may forbid it */
  }
`;
