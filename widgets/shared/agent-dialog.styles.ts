import { css } from 'lit';

export const agentDialogStyles = css`
  .agent-dialog {
    width: min(420px, calc(100vw - 16px));
    max-height: calc(100vh - 32px);
    padding: 0;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface-raised);
    color: inherit;
    box-shadow: var(--_shadow);
    overflow: auto;
  }
  .session-dialog {
    width: min(860px, calc(100vw - 16px));
  }
  .session-dialog > :is(sideline-session, sideline-import) {
    padding-block-start: var(--_8);
  }
  .agent-dialog::backdrop {
    background: rgb(10 14 20 / 32%);
  }
  .agent-dialog .close {
    position: absolute;
    z-index: 1;
    inset-block-start: var(--_2);
    inset-inline-end: var(--_2);
  }
`;
