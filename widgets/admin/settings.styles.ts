import { css } from 'lit';

export const settingsStyles = css`
  .numbers {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(8.5rem, 1fr));
    gap: var(--_3);
  }
  .numbers > .field {
    grid-template-rows: 1fr auto auto;
  }
  .numbers > .field > label {
    align-self: end;
  }
  .weight-bar {
    display: flex;
    gap: 1px;
    height: 8px;
    border-radius: 4px;
    overflow: hidden;
    background: var(--_line);
  }
  .weight-bar .segment {
    flex: var(--share);
    background: var(--colour);
  }
  .weight-bar.off {
    outline: 1px solid var(--_danger);
    outline-offset: 1px;
  }
  .total {
    font-size: var(--_text-sm);
    font-weight: var(--_medium);
    color: var(--_success);
  }
  .total.off {
    color: var(--_danger);
  }
  .reasons {
    display: grid;
    gap: var(--_1);
  }
  .reasons li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 6.5rem 7rem auto;
    gap: var(--_1);
    align-items: center;
  }
  .reasons .with-unit input.number {
    flex: 1;
    width: 4rem;
  }
  @container (max-width: 420px) {
    .reasons li {
      grid-template-columns: minmax(0, 1fr) 7rem auto;
    }
    .reasons li > input {
      grid-column: 1 / 3;
    }
    .reasons li > button {
      grid-row: 1;
      grid-column: 3;
    }
    .reasons li {
      padding-block-end: var(--_2);
    }
  }
`;
