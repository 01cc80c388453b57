import { css } from 'lit';

/** The frame around the steps. */
export const importStyles = css`
  .steps {
    display: flex;
    justify-content: space-between;
    gap: var(--_1);
    padding: var(--_2) var(--_3);
    border-block-end: 1px solid var(--_line);
    font-size: var(--_text-xs);
    color: var(--_text-quiet);
  }
  .steps li {
    display: inline-flex;
    align-items: center;
    gap: var(--_1);
  }
  .steps .now {
    color: var(--_text);
    font-weight: var(--_semibold);
  }
  .steps .past svg {
    color: var(--_success);
  }
  .steps .dot {
    width: 6px;
    height: 6px;
    margin: 0 3px;
    border: 1px solid var(--_line-strong);
    border-radius: 50%;
  }
  .steps .now .dot {
    border-color: var(--_accent);
    background: var(--_accent);
  }

  .file {
    display: flex;
    align-items: flex-start;
    gap: var(--_1);
    padding: var(--_2) var(--_3) var(--_2) var(--_1);
    border-block-end: 1px solid var(--_line);
  }
  .file > div {
    flex: 1;
    min-width: 0;
    padding-block-start: 3px;
  }
  .file h2:focus-visible {
    outline: none;
  }
  .file .back {
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

  .commit {
    position: sticky;
    z-index: 1;
    inset-block-end: 0;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_2);
    padding: var(--_2) var(--_3);
    border-block-start: 1px solid var(--_line);
    background: var(--_surface);
  }
  .commit span {
    flex: 1 1 12rem;
  }
  .done {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    gap: var(--_2);
    padding: var(--_4) var(--_3);
    font-size: var(--_text-sm);
  }
  .done h3 {
    display: flex;
    align-items: flex-start;
    gap: 6px;
    font-size: var(--_text-md);
    overflow-wrap: anywhere;
  }
  .done h3 svg {
    margin-block-start: 2px;
    color: var(--_success);
  }
`;
