import { css } from 'lit';

export const quickStatsStyles = css`
  section {
    padding-block: var(--_2);
  }
  header,
  footer {
    display: flex;
    align-items: center;
    gap: var(--_2);
    min-height: var(--_target);
    padding: 0 var(--_3);
  }
  header select {
    width: auto;
    min-width: 0;
    flex: 0 1 auto;
  }
  h2 {
    font-size: var(--_text-sm);
    white-space: nowrap;
  }
  .end {
    white-space: nowrap;
  }
  footer {
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 var(--_2);
  }
  footer .link {
    margin-inline-end: calc(-1 * var(--_1));
    font-size: var(--_text-xs);
  }

  .figures {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
  }
  .figure {
    display: grid;
    gap: 0;
    align-content: start;
    justify-content: stretch;
    justify-items: start;
    min-width: 0;
    min-height: 86px;
    padding: 6px var(--_3);
    border: 0;
    border-radius: 0;
    background: none;
    text-align: start;
    font-weight: var(--_regular);
    white-space: normal;
  }
  .figure > span:not(.sr) {
    max-width: 100%;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .figure .label,
  .figure .compare {
    font-size: var(--_text-xs);
    color: var(--_text-quiet);
  }
  .figure .compare {
    min-height: calc(var(--_leading) * 1em);
  }
  .figure .value {
    display: inline-flex;
    align-items: center;
    gap: 5px;
    font-size: var(--_text-xl);
    font-weight: var(--_semibold);
    line-height: 1.25;
  }
  .figure .value.missed {
    color: var(--_warning);
  }
  .figure.few .value {
    color: var(--_text-quiet);
    font-weight: var(--_regular);
  }
  .figure .n {
    font-size: var(--_text-xs);
    font-weight: var(--_regular);
    color: var(--_text-quiet);
  }

  .people {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    min-height: var(--_target);
    padding: 0 var(--_1);
  }
  .people button {
    justify-content: flex-start;
    gap: 6px;
    padding: 0 var(--_2);
    font-size: var(--_text-xs);
    font-weight: var(--_regular);
  }
  .people b {
    font-size: var(--_text-sm);
    font-weight: var(--_semibold);
  }
  .people .word {
    color: var(--_text-quiet);
  }
  .nobody {
    padding: var(--_1) var(--_3);
  }

  .skeleton {
    display: block;
    padding: var(--_2) 0;
  }
  .skeleton .figure {
    gap: var(--_2);
    padding-block: 10px;
  }
  .skeleton .bone {
    width: 70%;
    height: 8px;
  }
  .skeleton .bone.tall {
    width: 45%;
    height: 18px;
  }

  @container (min-width: 336px) {
    .figures {
      grid-template-columns: repeat(3, minmax(0, 1fr));
    }
    .figure {
      padding-inline-end: 0;
    }
    /* One row: the fourth would begin another. */
    .brief .figure:nth-child(4) {
      display: none;
    }
  }
  @container (min-width: 360px) {
    .people {
      grid-template-columns: repeat(4, auto);
      justify-content: space-between;
    }
  }
  @container (336px <= width < 392px) {
    .figure {
      padding-inline-start: var(--_2);
    }
    .figure:nth-child(3n + 1) {
      padding-inline-start: var(--_3);
    }
    .figure .value {
      font-size: var(--_text-lg);
      line-height: 1.5625;
    }
  }
  @container (min-width: 620px) {
    .people {
      justify-content: start;
      gap: 0 var(--_3);
    }
    .figures {
      grid-template-columns: repeat(5, minmax(0, 1fr));
    }
    .figures.brief {
      grid-template-columns: repeat(4, minmax(0, 1fr));
    }
    .brief .figure:nth-child(4) {
      display: grid;
    }
  }
  @container (min-width: 1120px) {
    .figures {
      grid-template-columns: repeat(9, minmax(0, 1fr));
    }
  }
`;
