import { css } from 'lit';

/** A field to search in, with its glass. */
export const findStyles = css`
  .find {
    position: relative;
    flex: 1 1 10rem;
    min-width: 0;
  }
  .find > svg {
    position: absolute;
    inset-inline-start: 7px;
    inset-block-start: 50%;
    translate: 0 -50%;
    color: var(--_text-quiet);
    pointer-events: none;
  }
  .find input[type='search'] {
    padding-inline-start: 28px;
  }
`;
