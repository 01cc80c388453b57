import { css } from 'lit';

/** How far the metric of an item is, in its line and in full. */
export const progressStyles = css`
  .progress {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px var(--_2);
    max-width: 100%;
    font-size: var(--_text-xs);
  }
  .way {
    flex: none;
    width: 72px;
    height: 4px;
    border-radius: 2px;
    background: var(--_line);
    overflow: hidden;
  }
  .gone {
    display: block;
    width: calc(var(--share) * 100%);
    height: 100%;
    border-radius: 2px;
    background: var(--_accent);
  }
  .verdict {
    display: inline-flex;
    align-items: center;
    gap: 3px;
    color: var(--_text-quiet);
  }
  .met .verdict,
  .verdict.met {
    color: var(--_success);
  }
  .measured dl {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(7rem, 1fr));
    gap: var(--_2);
  }
  .measured dt {
    font-size: var(--_text-xs);
    color: var(--_text-quiet);
  }
  .measured dd b {
    font-weight: var(--_semibold);
  }
  .measured dd button {
    min-height: var(--_target-small);
    font-size: var(--_text-xs);
  }
  .measured dd .small {
    display: block;
  }
  .measured .verdict {
    font-size: var(--_text-xs);
  }
`;
