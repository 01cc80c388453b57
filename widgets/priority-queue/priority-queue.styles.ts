import { css } from 'lit';

export const priorityQueueStyles = css`
  .tools {
    display: flex;
    align-items: center;
    flex-wrap: wrap;
    gap: var(--_2);
    padding: var(--_2) var(--_3);
    border-block-end: 1px solid var(--_line);
    font-size: var(--_text-sm);
  }
  .tools select {
    width: auto;
    min-width: 0;
    max-width: 14rem;
    flex: 1 1 6rem;
  }
  .tools label {
    flex: none;
  }
  .tools input[type='date'] {
    width: 8.5rem;
    min-width: 0;
  }
  .wrap {
    flex-wrap: wrap;
  }
  .process {
    display: flex;
    flex-direction: column;
    gap: 2px;
    padding: var(--_2) var(--_3);
    background: var(--_surface-sunken);
    border-block-end: 1px solid var(--_line);
    font-size: var(--_text-sm);
  }
  .item {
    border-block-end: 1px solid var(--_line);
    background: var(--_surface);
  }
  .head {
    display: grid;
    grid-template-columns: 1.4rem 28px minmax(0, 1fr);
    grid-template-areas: 'rank avatar who' 'rank avatar bar';
    column-gap: 10px;
    row-gap: 5px;
    width: 100%;
    min-height: 48px;
    padding: var(--_2) var(--_3) 6px;
    border: 0;
    border-radius: 0;
    background: none;
    text-align: start;
    font-weight: var(--_regular);
  }
  .rank {
    grid-area: rank;
    align-self: center;
    color: var(--_text-quiet);
    text-align: end;
    font-size: var(--_text-sm);
  }
  .head .avatar {
    grid-area: avatar;
    align-self: center;
  }
  .who {
    grid-area: who;
    display: flex;
    align-items: baseline;
    gap: var(--_2);
    min-width: 0;
    font-size: var(--_text-md);
  }
  .who svg {
    align-self: center;
    color: var(--_text-quiet);
    transition: rotate var(--_glide);
  }
  .open .who svg {
    rotate: 180deg;
  }
  .name {
    font-weight: var(--_medium);
  }
  .score {
    margin-inline-start: auto;
    font-weight: var(--_semibold);
  }
  .score-bar {
    grid-area: bar;
    display: flex;
    gap: 1px;
    height: 6px;
    border-radius: 3px;
    overflow: hidden;
  }
  .segment,
  .rest {
    flex: var(--points) 0 0;
    background: currentColor;
  }
  .rest {
    color: var(--_line);
  }
  .segment.reason-gap + .segment.reason-gap {
    opacity: 0.78;
  }
  .reason-gap {
    color: var(--_reason-gap);
  }
  .reason-trend {
    color: var(--_reason-trend);
  }
  .reason-notes {
    color: var(--_reason-notes);
  }
  .reason-overdueActions {
    color: var(--_reason-actions);
  }
  .reason-cadence {
    color: var(--_reason-cadence);
  }
  .reason-sentiment {
    color: var(--_reason-sentiment);
  }
  .swatch {
    flex: none;
    width: 8px;
    height: 8px;
    border-radius: 2px;
    background: currentColor;
  }

  .sentences {
    padding: 0 var(--_3) 10px;
    padding-inline-start: calc(1.4rem + 28px + 20px + var(--_3));
    font-size: var(--_text-sm);
    color: var(--_text-quiet);
  }
  .sentences li {
    display: flex;
    gap: 6px;
  }
  .sentences .swatch {
    margin-block-start: 5px;
  }

  .detail {
    display: flex;
    flex-direction: column;
    gap: var(--_2);
    padding: var(--_1) var(--_3) var(--_3);
    font-size: var(--_text-sm);
  }
  .detail[hidden] {
    display: none;
  }
  .reasons {
    display: flex;
    flex-direction: column;
    gap: 10px;
  }
  .reason-head {
    display: flex;
    align-items: center;
    gap: 6px;
  }
  .reason > p,
  .reason > .line,
  .reason > sideline-evidence {
    margin-inline-start: 14px;
  }
  .reason button.link {
    /* Its text, not its padding, lines up with the sentence above. */
    margin-inline-start: calc(-1 * var(--_1) - 1px);
    padding-inline: var(--_1);
    min-height: var(--_target-small);
    font-size: var(--_text-xs);
  }
  .actions {
    flex-wrap: wrap;
  }
  .snooze {
    display: flex;
    flex-direction: column;
    gap: var(--_2);
    padding: var(--_2);
    border-radius: var(--_radius-control);
    background: var(--_surface-sunken);
  }
  .snooze input[type='date'] {
    width: auto;
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
  .problem {
    color: var(--_danger);
    font-size: var(--_text-xs);
  }
  .problem:empty {
    display: none;
  }

  .section {
    padding: var(--_3) var(--_3) var(--_2);
    border-block-start: 4px solid var(--_surface-sunken);
  }
  .section h3 {
    margin-block-end: var(--_1);
  }
  .section li {
    display: flex;
    align-items: center;
    gap: 10px;
    min-height: 36px;
    padding-block: var(--_1);
    font-size: var(--_text-sm);
  }
  .section li > div {
    flex: 1;
    min-width: 0;
  }

  @container (max-width: 359px) {
    /* The day says it too, and the field's title how far back it reaches. */
    .period {
      display: none;
    }
  }
  @container (min-width: 520px) {
    .detail {
      padding-inline-start: calc(1.4rem + 10px + var(--_3));
    }
    .head {
      grid-template-columns: 1.4rem 28px minmax(0, 14rem) minmax(0, 1fr);
      grid-template-areas: 'rank avatar who bar';
      align-items: center;
    }
    .sentences {
      display: flex;
      flex-wrap: wrap;
      gap: 0 var(--_4);
    }
    .score-bar {
      height: 8px;
      border-radius: 4px;
    }
  }
`;
