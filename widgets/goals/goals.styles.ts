import { css } from 'lit';

export const goalsStyles = css`
  :host {
    container-type: normal;
    background: none;
  }
  .goals {
    display: grid;
    gap: var(--_3);
    font-size: var(--_text-sm);
  }
  .goal {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 2px var(--_2);
    align-items: start;
  }
  .goal > * {
    grid-column: 1 / -1;
    min-width: 0;
  }
  .goal > .title {
    grid-column: 1;
    font-weight: var(--_medium);
    overflow-wrap: anywhere;
  }
  .goal > .title + button {
    grid-column: 2;
    min-height: var(--_target-small);
    font-size: var(--_text-xs);
  }
  .facts {
    color: var(--_text-quiet);
    font-size: var(--_text-xs);
  }
  .late {
    display: inline-flex;
    align-items: center;
    gap: var(--_1);
    color: var(--_danger);
    font-weight: var(--_medium);
  }
  .good {
    display: inline-flex;
    align-items: center;
    gap: var(--_1);
    color: var(--_success);
    font-weight: var(--_medium);
  }
  .way {
    height: 6px;
    margin-block: 3px;
    border-radius: 3px;
    background: var(--_line);
    overflow: hidden;
  }
  .way > span {
    display: block;
    width: var(--share);
    height: 100%;
    border-radius: 3px;
    background: var(--_accent);
  }
  .work {
    font-size: var(--_text-xs);
  }
  form {
    display: grid;
    gap: var(--_2);
    padding: var(--_3);
    border-radius: var(--_radius-control);
    background: var(--_surface-sunken);
  }
  .field {
    display: grid;
    gap: 3px;
    min-width: 0;
    align-content: start;
  }
  .field > label {
    font-size: var(--_text-xs);
    font-weight: var(--_medium);
  }
  .trio {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr));
    gap: var(--_2);
  }
  .ends {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--_3);
    margin: 0;
    padding: 0;
    border: 0;
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_2);
  }
  .problem {
    color: var(--_danger);
  }
  details {
    font-size: var(--_text-sm);
  }
  details > summary {
    min-height: var(--_target-small);
    padding-block: 2px;
    cursor: pointer;
  }
  details .goals {
    padding-block: var(--_2);
  }
  blockquote {
    margin: 0;
    padding-inline-start: var(--_3);
    border-inline-start: 2px solid var(--_line-strong);
    white-space: pre-line;
    overflow-wrap: anywhere;
  }
`;
