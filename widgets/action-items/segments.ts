import { css, html, type TemplateResult } from 'lit';

/** One of a few words in a row of buttons; the arrows of a list around it keep meaning the list. */
export function segments<T extends string>(label: string, values: readonly T[], chosen: T, word: (value: T) => string, choose: (value: T) => void): TemplateResult {
  return html`<div class="segments" role="group" aria-label=${label}>
    ${values.map((value) => html`<button type="button" data-value=${value} aria-pressed=${value === chosen ? 'true' : 'false'} @click=${() => choose(value)}>${word(value)}</button>`)}
  </div>`;
}

/** Forms of this widget: their fields in rows, what can be chosen, what is wrong. */
export const formStyles = css`
  .segments {
    display: flex;
    border: 1px solid var(--_line-strong);
    border-radius: var(--_radius-control);
    background: var(--_surface);
  }
  .segments button {
    flex: 1 1 auto;
    min-width: 0;
    min-height: calc(var(--_target) - 2px);
    padding: 0 6px;
    border: 0;
    border-radius: 5px;
    background: none;
    font-size: var(--_text-xs);
    font-weight: var(--_regular);
  }
  .segments button[aria-pressed='true'] {
    background: var(--_accent-soft);
    color: var(--_accent-strong);
    font-weight: var(--_medium);
    box-shadow: inset 0 0 0 1px var(--_accent);
  }
  .two {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(7rem, 1fr));
    gap: var(--_2);
  }
  .two label,
  .field {
    display: grid;
    align-content: start;
    gap: 2px;
    min-width: 0;
    font-size: var(--_text-xs);
    color: var(--_text-quiet);
  }
  .two input,
  .field input,
  .field select,
  .field textarea {
    color: var(--_text);
  }
  .problem {
    color: var(--_danger);
    font-size: var(--_text-xs);
  }
  .problem:empty {
    display: none;
  }
`;
