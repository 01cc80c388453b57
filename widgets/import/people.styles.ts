import { css } from 'lit';

/** People nobody knows yet. */
export const peopleStyles = css`
  .people {
    border-block-end: 1px solid var(--_line);
    padding-block-end: var(--_2);
  }
  ul {
    padding: 0 var(--_3);
    font-size: var(--_text-sm);
  }
  li > p {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_1) var(--_2);
    min-height: var(--_target);
  }
  li > p .near {
    font-size: inherit;
  }
  li > p .other {
    margin-inline-start: auto;
  }
  sideline-person-picker {
    margin-block-end: var(--_1);
  }
  .create {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_1) var(--_2);
    padding: var(--_1) var(--_3) 0;
    font-size: var(--_text-sm);
  }
  .create select {
    width: auto;
    max-width: 14rem;
  }

  @container (min-width: 700px) {
    ul {
      columns: 2;
      column-gap: var(--_6);
    }
    li {
      break-inside: avoid;
    }
  }
`;
