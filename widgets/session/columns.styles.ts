import { css } from 'lit';

/** Two parts beside each other where there is room, below each other where there is none. */
export const columnsStyles = css`
  @container (min-width: 640px) {
    .columns {
      display: grid;
      grid-template-columns: repeat(2, minmax(0, 1fr));
      border-block-start: 1px solid var(--_line);
    }
    .columns > section,
    .columns > section:first-child {
      border-block-start: 0;
    }
    .columns > section + section {
      border-inline-start: 1px solid var(--_line);
    }
  }
  @container (max-width: 639px) {
    .columns > section:first-child {
      border-block-start: 1px solid var(--_line);
    }
  }
`;
