import { css } from 'lit';

export const agentCardStyles = css`
  .person {
    display: flex;
    align-items: flex-start;
    gap: var(--_3);
    padding: var(--_3);
  }
  .person .avatar {
    width: 40px;
    height: 40px;
    font-size: var(--_text-sm);
  }
  .person h2 {
    font-size: var(--_text-lg);
  }
  .person .facts {
    flex: 1;
    min-width: 0;
    font-size: var(--_text-sm);
  }
  .facts .line {
    flex-wrap: wrap;
    gap: 0 var(--_2);
  }
  .primary-action {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_2);
    padding: 0 var(--_3) var(--_3);
  }
  .facts .next {
    min-height: var(--_target-small);
    padding: 0;
    white-space: normal;
    text-align: start;
    font-size: var(--_text-xs);
  }
  section {
    border-block-start: 1px solid var(--_line);
    padding: 10px 0 var(--_2);
  }
  section > header {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--_2);
    min-height: 28px;
    padding: 0 var(--_3) var(--_1);
  }
  .record {
    padding: var(--_3);
  }
  section > sideline-goals,
  section > sideline-past-sessions {
    padding: 0 var(--_3) var(--_1);
  }

  .figures {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
  }
  .tile {
    min-width: 0;
    padding-block-end: var(--_2);
  }
  .tile .figure {
    width: 100%;
    min-height: 68px;
    padding-block-end: var(--_1);
  }
  /* Its height is that of the chart and its foot, so that nothing moves when they come. */
  .chart-place {
    min-height: calc(64px + var(--_leading) * var(--_text-xs));
    padding: 0 var(--_3);
  }
  .figure {
    display: grid;
    gap: 0;
    align-content: start;
    justify-content: start;
    justify-items: start;
    min-height: 76px;
    padding: var(--_2) var(--_3);
    border: 0;
    border-radius: 0;
    background: none;
    text-align: start;
    font-weight: var(--_regular);
    white-space: normal;
  }
  .figure .label {
    font-size: var(--_text-xs);
    color: var(--_text-quiet);
  }
  .figure .value {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    font-size: var(--_text-xl);
    font-weight: var(--_semibold);
    line-height: 1.25;
  }
  .figure .value.missed {
    color: var(--_warning);
  }
  .figure .compare {
    font-size: var(--_text-xs);
    color: var(--_text-quiet);
  }
  .figure.few .value {
    color: var(--_text-quiet);
    font-weight: var(--_regular);
  }
  .skeleton.flush {
    display: block;
    padding: 0;
  }
  .skeleton.flush .figure {
    gap: var(--_2);
    padding-block: 10px;
  }
  .skeleton .bone {
    width: 60%;
  }
  .skeleton .bone.tall {
    width: 40%;
    height: 18px;
  }
  .as-table {
    min-height: var(--_target-small);
    padding: 0 var(--_2);
    font-size: var(--_text-xs);
    color: var(--_text-quiet);
  }
  .as-table[aria-pressed='true'] {
    border-color: var(--_line-strong);
    color: var(--_text);
  }
  .days {
    max-height: 360px;
    overflow: auto;
    padding: 0 var(--_3);
  }
  .days table {
    width: 100%;
    border-collapse: collapse;
    font-size: var(--_text-xs);
  }
  .days caption {
    text-align: start;
  }
  .days th {
    padding: 3px 0;
    font-weight: var(--_regular);
    text-align: start;
    white-space: nowrap;
  }
  .days thead th {
    position: sticky;
    inset-block-start: 0;
    background: var(--_surface);
    color: var(--_text-quiet);
  }
  .days tbody th,
  .days td {
    padding: 3px 0 3px var(--_1);
    border-block-start: 1px solid var(--_line);
    white-space: nowrap;
  }
  .days tbody th {
    padding-inline-start: 0;
  }
  .days .number {
    text-align: end;
  }
  .level summary {
    min-height: var(--_target-small);
    padding-block: calc((var(--_target-small) - 1rem) / 2);
    cursor: pointer;
  }
  .level ul {
    margin-block: var(--_1);
    color: var(--_text-quiet);
  }
  .more {
    padding: 0 var(--_2);
  }

  .note {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 2px var(--_2);
    padding: var(--_2) var(--_3);
    border-block-start: 1px solid var(--_line);
    font-size: var(--_text-sm);
  }
  .note:first-child {
    border-block-start: 0;
  }
  .note.fresh {
    background: var(--_accent-soft);
  }
  .note .kind {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 var(--_2);
    min-height: var(--_target-small);
    font-size: var(--_text-xs);
    color: var(--_text-quiet);
  }
  .note .kind b {
    display: inline-flex;
    align-items: center;
    gap: var(--_1);
    font-weight: var(--_semibold);
    color: var(--_text);
  }
  .note .kind b.URGENT {
    color: var(--_danger);
  }
  .note .kind b.POSITIVE {
    color: var(--_success);
  }
  .note .text {
    grid-column: 1 / -1;
    white-space: pre-line;
    overflow-wrap: anywhere;
  }
  .note .by {
    grid-column: 1 / -1;
    font-size: var(--_text-xs);
    color: var(--_text-quiet);
  }
  .note button {
    min-height: var(--_target-small);
    font-size: var(--_text-xs);
  }

  @container (min-width: 520px) {
    .figures {
      grid-template-columns: repeat(4, minmax(0, 1fr));
    }
  }
`;
