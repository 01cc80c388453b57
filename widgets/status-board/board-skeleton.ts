import { html, nothing, type TemplateResult } from 'lit';
import { cssVars } from '../shared/css-vars.ts';

const ROWS = 10;

/** The shape of what comes, to the pixel: a group (unless its height is 0) and its lines. Heights in px. */
export function boardSkeleton(label: string, heights: { group: number; row: number }): TemplateResult {
  const row = cssVars({ '--height': `${heights.row}px` });
  return html`<div class="skeleton lines" part="skeleton" role="status" aria-label=${label}>
    ${heights.group ? html`<div class="group" ${cssVars({ '--height': `${heights.group}px` })}><span class="bone short start"></span></div>` : nothing}
    ${Array.from({ length: ROWS }, () => html`<div class="bones" ${row}>
      <span class="bone round"></span><span class="bone grow"></span><span class="bone short"></span><span class="bone low"></span></div>`)}
  </div>`;
}
