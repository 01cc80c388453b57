import { css } from 'lit';

export const sessionRequestsStyles = css`
  .top {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_2);
    padding: var(--_2) var(--_3);
  }
  .entry {
    display: flex;
    flex-direction: column;
    gap: var(--_2);
    padding: var(--_3);
    border-block-start: 1px solid var(--_line);
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: flex-start;
    gap: var(--_1) var(--_2);
  }
  .what {
    flex: 1 1 13rem;
    min-width: 0;
  }
  .topic,
  .text {
    overflow-wrap: anywhere;
  }
  .text {
    font-size: var(--_text-sm);
    white-space: pre-line;
  }
  .due {
    display: inline-flex;
    align-items: center;
    gap: var(--_1);
  }
  .due.late {
    padding: 2px var(--_2);
    border-radius: var(--_radius-control);
    background: var(--_danger-soft);
    color: var(--_danger);
    font-weight: var(--_semibold);
  }
  .entry:not(.open) .topic {
    font-weight: var(--_regular);
  }
  .form {
    display: flex;
    flex-direction: column;
    gap: var(--_2);
    padding: var(--_3);
    border-radius: var(--_radius);
    background: var(--_surface-sunken);
  }
  .top + .form {
    margin: 0 var(--_3) var(--_3);
  }
  .form label {
    display: block;
    font-size: var(--_text-sm);
  }
  .form label > :is(input, textarea, select) {
    margin-block-start: var(--_1);
  }
  fieldset {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    gap: var(--_1);
    margin: 0;
    padding: 0;
    border: 0;
    font-size: var(--_text-sm);
  }
  legend {
    padding: 0;
  }
  fieldset > .plain {
    padding-inline: 0;
  }
  fieldset > .line {
    width: 100%;
  }
  .fields {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 6rem;
    gap: var(--_2);
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_1);
  }
  .chip {
    border-radius: 999px;
  }
  .chip[aria-pressed='true'] {
    border-color: var(--_accent);
    background: var(--_accent-soft);
    color: var(--_accent);
  }
  .problem {
    color: var(--_danger);
    font-size: var(--_text-sm);
  }
  .problem.aside {
    padding: 0 var(--_3) var(--_2);
  }
  .problem:empty {
    display: none;
  }
  button.danger {
    border-color: var(--_danger);
    color: var(--_danger);
  }
  .answered {
    padding: var(--_2) var(--_3);
    border-block-start: 1px solid var(--_line);
    background: var(--_surface-sunken);
    color: var(--_text-quiet);
    font-size: var(--_text-xs);
    font-weight: var(--_semibold);
  }
`;
