import { css } from 'lit';
import { formStyles } from './segments.ts';

export const threadStyles = [
  formStyles,
  css`
    :host {
      container-type: normal;
      background: none;
      font-size: var(--_text-sm);
    }
    section {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--_2);
      padding-block-start: var(--_2);
      border-block-start: 1px solid var(--_line);
    }
    ol {
      display: grid;
      gap: var(--_2);
    }
    .by {
      display: flex;
      align-items: center;
      flex-wrap: wrap;
      gap: 0 var(--_1);
      font-size: var(--_text-xs);
    }
    .by b {
      font-weight: var(--_semibold);
    }
    .text {
      white-space: pre-line;
      overflow-wrap: anywhere;
    }
    a {
      color: var(--_accent);
    }
    .kept {
      color: var(--_text-quiet);
    }
    .kept .by {
      color: var(--_warning);
    }
    .skeleton {
      padding: 0;
    }
    .say {
      display: flex;
      align-items: end;
      gap: var(--_2);
    }
    .say textarea {
      field-sizing: content;
      max-height: 12rem;
    }
    .show {
      justify-self: start;
    }
    .add-evidence {
      display: grid;
      gap: var(--_2);
      padding: var(--_2);
      border: 1px solid var(--_line);
      border-radius: var(--_radius-control);
      background: var(--_surface);
    }
    .add-evidence .primary {
      justify-self: start;
    }
  `,
];
