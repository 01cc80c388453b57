import { css } from 'lit';

export const fairnessStyles = css`
  section {
    padding-block-end: var(--_2);
  }
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--_1) var(--_2);
    padding: var(--_2) var(--_3);
  }
  .choices {
    display: flex;
    gap: var(--_2);
    min-width: 0;
  }
  .choices select {
    width: auto;
    min-width: 0;
  }
  h3 {
    padding: var(--_3) var(--_3) var(--_1);
    border-block-start: 1px solid var(--_line);
  }
  h3 .quiet {
    font-weight: var(--_regular);
  }
  .hint {
    padding: 0 var(--_3) var(--_1);
  }
  .hint .link {
    font-size: var(--_text-xs);
  }
  li + li {
    border-block-start: 1px solid var(--_line);
  }

  .group {
    padding: var(--_2) var(--_1);
  }
  .name {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 var(--_2);
    padding: 0 var(--_2);
    font-size: var(--_text-md);
    overflow-wrap: anywhere;
  }
  .name b {
    font-weight: var(--_semibold);
  }
  .cadence {
    display: grid;
    grid-template-columns: auto minmax(40px, 1fr) auto;
    gap: var(--_2);
    width: 100%;
    padding: 0 var(--_2);
    font-weight: var(--_regular);
  }
  .track {
    height: 8px;
    border-radius: 4px;
    background: var(--_line);
    overflow: hidden;
  }
  .fill {
    display: block;
    inline-size: var(--part);
    height: 100%;
    background: var(--_reason-cadence);
  }
  .label {
    font-size: var(--_text-xs);
    color: var(--_text-quiet);
  }
  .cadence .value {
    font-size: var(--_text-sm);
    font-weight: var(--_medium);
  }
  .figures {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(92px, 1fr));
  }
  .figure {
    display: grid;
    gap: 0;
    align-content: start;
    justify-content: stretch;
    justify-items: start;
    min-width: 0;
    padding: 3px var(--_2);
    text-align: start;
    font-weight: var(--_regular);
    white-space: normal;
  }
  .figure .value {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 var(--_1);
    font-size: var(--_text-sm);
    font-weight: var(--_medium);
  }
  .value .n {
    font-size: var(--_text-xs);
    font-weight: var(--_regular);
    color: var(--_text-quiet);
  }
  .value bdi {
    white-space: nowrap;
  }
  .figure .bone {
    width: 60px;
    margin-block: 10px;
  }
  .bone.wide {
    margin: var(--_2);
  }

  .waiting li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: center;
    gap: 0 var(--_2);
    padding: var(--_1) var(--_1);
    padding-inline-end: var(--_3);
  }
  .person {
    justify-self: start;
    max-width: 100%;
    padding: 0 var(--_2);
    overflow: hidden;
    text-overflow: ellipsis;
    color: var(--_accent);
  }
  .since {
    grid-column: 1 / -1;
    padding-inline-start: var(--_2);
  }
  .days {
    grid-row: 1;
    grid-column: 2;
    text-align: end;
    font-size: var(--_text-sm);
  }
  footer {
    padding: var(--_3) var(--_3) 0;
  }

  @container (min-width: 560px) {
    .waiting li {
      grid-template-columns: minmax(9rem, 14rem) minmax(0, 1fr) auto;
    }
    .since {
      grid-column: 2;
      grid-row: 1;
    }
    .days {
      grid-column: 3;
    }
    .figures {
      grid-template-columns: repeat(auto-fill, minmax(108px, 1fr));
    }
  }
`;
