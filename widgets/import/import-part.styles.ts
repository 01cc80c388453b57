import { css } from 'lit';

/** What the steps of an import share. */
export const partStyles = css`
  .pad {
    padding: var(--_1) var(--_3);
  }
  .section-title {
    padding: var(--_3) var(--_3) var(--_1);
  }
  .problem {
    padding: var(--_2) var(--_3);
    color: var(--_danger);
    font-size: var(--_text-sm);
  }
  .next {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_2);
  }
  .next.pad {
    padding-block: var(--_2);
  }
  .accent {
    color: var(--_accent);
  }
  .warn {
    color: var(--_warning);
  }
  .warn svg {
    display: inline;
  }
  .refused {
    color: var(--_danger);
  }
  details > summary {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 var(--_2);
    min-height: 36px;
    padding: 0 var(--_3);
    cursor: pointer;
    font-size: var(--_text-sm);
    font-weight: var(--_semibold);
    list-style: none;
  }
  details > summary .quiet {
    font-weight: var(--_regular);
  }
  details > summary svg {
    margin-inline-start: auto;
    transition: rotate var(--_glide);
  }
  details[open] > summary > svg {
    rotate: 180deg;
  }
  .pager {
    display: flex;
    align-items: center;
    justify-content: flex-end;
    gap: var(--_1);
    padding: 0 var(--_2);
    color: var(--_text-quiet);
  }
  .pager [aria-disabled='true'] {
    opacity: 0.35;
    cursor: default;
  }
  .pager svg:dir(rtl),
  .back svg:dir(rtl) {
    scale: -1 1;
  }
`;
