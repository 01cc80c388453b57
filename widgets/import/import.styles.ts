import { css } from 'lit';

export const importStyles = css`
  .pad {
    padding: var(--_2) var(--_3);
  }
  .drop {
    display: flex;
    flex-direction: column;
    align-items: center;
    gap: var(--_2);
    margin: var(--_3);
    padding: var(--_6) var(--_3);
    border: 1px dashed var(--_line-strong);
    border-radius: var(--_radius);
    text-align: center;
    font-size: var(--_text-sm);
  }
  .drop.over {
    border-color: var(--_accent);
    background: var(--_accent-soft);
  }
  .drop svg {
    color: var(--_text-quiet);
  }
  .drop label.button {
    border-color: var(--_accent);
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .drop label.button:hover {
    background: var(--_accent-strong);
  }
  .drop input:focus-visible + label {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .problem {
    padding: var(--_2) var(--_3);
    color: var(--_danger);
    font-size: var(--_text-sm);
  }
  .recent li {
    display: flex;
    align-items: center;
    gap: var(--_2);
    padding: var(--_1) var(--_3);
    border-block-start: 1px solid var(--_line);
    font-size: var(--_text-sm);
  }
  .recent .ellipsis {
    flex: 1;
  }
  .section-title {
    padding: var(--_3) var(--_3) var(--_1);
  }

  .file {
    display: flex;
    align-items: flex-start;
    gap: var(--_2);
    padding: var(--_3);
    border-block-end: 1px solid var(--_line);
  }
  .file > div {
    flex: 1;
    min-width: 0;
  }
  .file svg {
    margin-block-start: 2px;
    color: var(--_text-quiet);
  }

  .progress {
    display: flex;
    flex-direction: column;
    gap: var(--_2);
    padding: var(--_4) var(--_3);
    font-size: var(--_text-sm);
  }
  progress {
    appearance: none;
    width: 100%;
    height: 6px;
    border: 0;
    border-radius: 3px;
    background: var(--_line);
    overflow: hidden;
  }
  progress::-webkit-progress-bar {
    background: var(--_line);
  }
  progress::-webkit-progress-value {
    background: var(--_accent);
    transition: inline-size var(--_glide);
  }
  progress::-moz-progress-bar {
    background: var(--_accent);
  }

  section {
    border-block-end: 1px solid var(--_line);
    padding-block-end: var(--_2);
  }
  .question {
    margin: 0 var(--_3) var(--_2);
    padding: var(--_2) var(--_3);
    border: 0;
    border-radius: var(--_radius-control);
    background: var(--_warning-soft);
    font-size: var(--_text-sm);
  }
  .question legend {
    float: inline-start;
    width: 100%;
    padding: 0;
    font-weight: var(--_medium);
  }
  .question label {
    display: flex;
    align-items: center;
    gap: 6px;
    min-height: var(--_target);
    clear: both;
  }

  details > summary {
    display: flex;
    align-items: center;
    gap: var(--_2);
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
  details[open] > summary svg {
    rotate: 180deg;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    font-size: var(--_text-xs);
  }
  th {
    padding: var(--_1) var(--_2);
    color: var(--_text-quiet);
    font-weight: var(--_regular);
    text-align: start;
    white-space: nowrap;
  }
  td {
    padding: var(--_1) var(--_2);
    border-block-start: 1px solid var(--_line);
    vertical-align: top;
  }
  th:first-child,
  td:first-child {
    padding-inline-start: var(--_3);
  }
  .columns td {
    vertical-align: middle;
    overflow-wrap: break-word;
  }
  .columns select {
    min-width: 7rem;
    font-size: var(--_text-xs);
  }
  .wide-table {
    overflow-x: auto;
  }
  .wide-table td {
    white-space: nowrap;
  }
  .wide-table td:has(ul) {
    white-space: normal;
  }
  .number {
    text-align: end;
  }
  .changed {
    background: var(--_warning-soft);
  }
  ins {
    text-decoration: none;
    font-weight: var(--_semibold);
  }
  small {
    color: var(--_text-quiet);
    font-size: inherit;
  }
  .refused {
    color: var(--_danger);
  }

  .counts {
    display: grid;
    grid-template-columns: repeat(4, minmax(0, 1fr));
    gap: 2px;
    padding: 0 var(--_2);
  }
  .counts button {
    display: grid;
    justify-content: start;
    justify-items: start;
    min-height: 44px;
    padding: var(--_1) var(--_2);
    border-color: transparent;
    background: none;
    text-align: start;
    font-weight: var(--_regular);
    font-size: var(--_text-xs);
    color: var(--_text-quiet);
  }
  .counts b {
    font-size: var(--_text-md);
    font-weight: var(--_semibold);
    color: var(--_text);
  }
  .counts button[aria-pressed='true'] {
    border-color: var(--_line-strong);
  }
  .counts .rejected b.some {
    color: var(--_danger);
  }

  .people ul {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--_2);
    padding: var(--_1) var(--_3);
    font-size: var(--_text-xs);
    color: var(--_text-quiet);
  }
  .create {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_1) var(--_2);
    padding: 0 var(--_3);
    font-size: var(--_text-sm);
  }
  .create select {
    width: auto;
    max-width: 14rem;
  }
  .commit {
    position: sticky;
    inset-block-end: 0;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_2);
    padding: var(--_2) var(--_3);
    border-block-start: 1px solid var(--_line);
    background: var(--_surface);
  }
  .done {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    gap: var(--_2);
    padding: var(--_4) var(--_3);
    font-size: var(--_text-sm);
  }
  .next {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_2);
  }
  .blockers {
    padding: 0 var(--_3) var(--_2) calc(var(--_3) + var(--_4));
    list-style: disc;
    font-size: var(--_text-sm);
  }
  .done h3 {
    display: flex;
    align-items: center;
    gap: 6px;
    font-size: var(--_text-md);
  }
  .done h3 svg {
    color: var(--_success);
  }
`;
