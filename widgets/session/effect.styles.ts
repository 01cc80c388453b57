import { css } from 'lit';

export const effectStyles = css`
  .whose label {
    display: flex;
    align-items: center;
    gap: var(--_2);
    font-size: var(--_text-sm);
  }
  .whose select {
    width: auto;
  }
  h4 {
    margin: 0;
    font-size: var(--_text-sm);
    font-weight: var(--_semibold);
  }
  button[aria-pressed='true'] {
    border-color: var(--_line-strong);
  }
  .metric {
    max-width: 44rem;
    display: grid;
    gap: var(--_1);
    padding-block: var(--_3);
    border-block-start: 1px solid var(--_line);
  }
  .metric:first-child {
    border-block-start: 0;
    padding-block-start: 0;
  }
  .metric .line {
    flex-wrap: wrap;
    justify-content: space-between;
  }
  .verdict {
    display: inline-flex;
    align-items: center;
    gap: var(--_1);
    font-size: var(--_text-sm);
    font-weight: var(--_semibold);
  }
  .verdict.improved {
    color: var(--_success);
  }
  .verdict.worse {
    color: var(--_danger);
  }
  .verdict.no_clear_change,
  .verdict.too_early {
    color: var(--_text-quiet);
  }
  .sentence {
    font-size: var(--_text-sm);
    max-width: 68ch;
  }
  /* Numbers run from left to right in every language. */
  .plot {
    display: grid;
    grid-template-columns: 3.25rem minmax(0, 1fr) 6.75rem;
    align-items: center;
    gap: 0 var(--_2);
    max-width: 44rem;
    font-size: var(--_text-xs);
    direction: ltr;
  }
  .plot .side {
    color: var(--_text-quiet);
  }
  .plot .value b {
    font-size: var(--_text-sm);
    font-weight: var(--_semibold);
  }
  .track {
    width: 100%;
    height: 26px;
    overflow: visible;
  }
  .axis {
    stroke: var(--_line);
  }
  .target {
    stroke: var(--_text-quiet);
    stroke-dasharray: 3 3;
  }
  .was {
    stroke: var(--_line-strong);
  }
  .bar {
    stroke: var(--_accent);
    stroke-width: 4;
    opacity: 0.45;
  }
  .end {
    stroke: var(--_accent);
    stroke-width: 1.5;
  }
  .dot {
    stroke: var(--_accent);
    stroke-width: 2;
    fill: var(--_surface);
  }
  .dot.after {
    fill: var(--_accent);
  }
  .scale {
    position: relative;
    grid-column: 2;
    height: 1.4em;
  }
  .scale span {
    position: absolute;
    inset-inline-start: var(--at);
    white-space: nowrap;
    translate: -50%;
  }
  .scale .low {
    translate: none;
  }
  .scale .high {
    translate: -100%;
  }
  .windows {
    display: grid;
    gap: var(--_1);
  }
  .windows details p {
    max-width: 68ch;
    margin-block-end: var(--_2);
  }
  .numbers {
    overflow-x: auto;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    font-size: var(--_text-sm);
  }
  th,
  td {
    padding: 6px 0 6px var(--_2);
    border-block-start: 1px solid var(--_line);
    font-weight: var(--_regular);
    text-align: start;
    vertical-align: top;
  }
  thead th {
    border-block-start: 0;
    color: var(--_text-quiet);
    font-size: var(--_text-xs);
  }
  th:first-child {
    padding-inline-start: 0;
  }
  td .quiet {
    display: block;
    white-space: normal;
  }
  td .quiet,
  th .quiet {
    font-size: var(--_text-xs);
  }
  .number {
    text-align: end;
    white-space: nowrap;
  }
`;
