import { css } from 'lit';

export const prepareStyles = css`
  .switch {
    display: flex;
    padding: var(--_2) var(--_3) 0;
  }
  .suggested {
    background: var(--_accent-soft);
  }
  .accept {
    color: var(--_accent-strong);
  }
  .lines > li > .value {
    flex: none;
    padding: 0 var(--_1);
    font-size: var(--_text-sm);
    font-weight: var(--_semibold);
  }
  .whose {
    display: flex;
    align-items: center;
    gap: var(--_2);
    font-size: var(--_text-sm);
  }
  .whose select {
    width: auto;
  }
  .lines .value.missed {
    color: var(--_warning);
  }
  .lines .on {
    display: inline-grid;
    place-items: center;
    width: 28px;
    flex: none;
  }
  .begin {
    padding: 0 var(--_3) var(--_3);
  }
  .focus {
    margin: 0;
    padding: var(--_2) var(--_3) 0;
  }
  @container (max-width: 719px) {
    [data-pane='agenda'] > .evidence,
    [data-pane='evidence'] > .plan {
      display: none;
    }
  }
  @container (min-width: 720px) {
    .narrow-only {
      display: none;
    }
    .switch {
      display: none;
    }
    .columns {
      display: grid;
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
    .plan {
      border-inline-start: 1px solid var(--_line);
    }
  }
`;
