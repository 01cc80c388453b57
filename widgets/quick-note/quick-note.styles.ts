import { css } from 'lit';

export const quickNoteStyles = css`
  :host {
    display: inline-block;
    container-type: normal;
    background: none;
  }
  :host([buttonless]) {
    display: contents;
  }
  .floating {
    position: fixed;
    inset: auto;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface-raised);
    color: var(--_text);
    box-shadow: var(--_shadow);
  }
  .note {
    width: min(360px, calc(100vw - 16px));
    max-height: calc(100vh - 16px);
    overflow: auto;
    padding: var(--_3);
  }
  .note:popover-open {
    display: flex;
    flex-direction: column;
    gap: var(--_2);
  }
  .note input:not([type='radio'], [type='checkbox']),
  .note textarea {
    background: var(--_surface);
  }
  .head {
    display: flex;
    align-items: center;
    gap: var(--_2);
  }
  .head h2 {
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .foot {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--_2);
  }
  .toast:popover-open {
    display: flex;
    align-items: center;
    gap: var(--_1);
    min-height: 36px;
    padding: 0 var(--_1) 0 var(--_3);
    padding-inline: var(--_3) var(--_1);
    font-size: var(--_text-sm);
  }
  .toast svg {
    color: var(--_success);
  }
`;
