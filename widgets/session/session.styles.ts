import { css } from 'lit';

export const sessionStyles = css`
  .head {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    gap: 2px var(--_3);
    align-items: start;
    padding: var(--_3) var(--_3) var(--_2);
  }
  .head .avatar {
    width: 36px;
    height: 36px;
    font-size: var(--_text-sm);
    margin-block-start: 2px;
  }
  .head h2 {
    font-size: var(--_text-lg);
  }
  .head .facts {
    min-width: 0;
    font-size: var(--_text-sm);
  }
  .head .facts > p {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 var(--_2);
  }
  .state-word {
    display: inline-flex;
    align-items: center;
    gap: var(--_1);
    font-weight: var(--_medium);
  }
  .state-word.live {
    color: var(--_success);
  }
  .state-word.cancelled,
  .state-word.no_show {
    color: var(--_text-quiet);
  }
  a.join {
    color: var(--_accent);
  }
  .menu {
    position: fixed;
    inset: auto;
    padding: var(--_1);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface-raised);
    box-shadow: var(--_shadow);
  }
  .menu:popover-open {
    display: grid;
  }
  .menu button {
    justify-content: flex-start;
    border-color: transparent;
    background: none;
    font-weight: var(--_regular);
  }
  .menu button:hover {
    background: var(--_surface-hover);
  }

  .steps {
    display: grid;
    grid-template-columns: repeat(4, minmax(0, 1fr));
    padding: 0 var(--_2);
    border-block-end: 1px solid var(--_line);
  }
  .steps button {
    gap: 5px;
    min-height: 36px;
    min-width: 0;
    padding: 0 2px;
    border: 0;
    border-block-end: 2px solid transparent;
    border-radius: 0;
    background: none;
    color: var(--_text-quiet);
    font-weight: var(--_regular);
  }
  .steps button[aria-selected='true'] {
    border-block-end-color: var(--_accent);
    color: var(--_text);
    font-weight: var(--_semibold);
  }
  .steps button[aria-disabled='true'] {
    color: color-mix(in oklab, var(--_text-quiet), transparent 25%);
    cursor: default;
  }
  .steps .now {
    width: 6px;
    height: 6px;
    border-radius: 50%;
    background: var(--_accent);
  }
  .steps .past {
    color: var(--_success);
  }
  .panel {
    min-width: 0;
  }
  .back {
    margin: var(--_1) var(--_1) 0;
    color: var(--_text-quiet);
  }
  .over {
    display: grid;
    gap: var(--_2);
    justify-items: start;
    padding: var(--_4) var(--_3);
    color: inherit;
    font-size: var(--_text-sm);
  }
  .ask textarea {
    margin-block-end: var(--_3);
  }

  @container (min-width: 560px) {
    .steps {
      display: flex;
      gap: var(--_1);
    }
    .steps button {
      padding: 0 var(--_3);
    }
  }
`;
