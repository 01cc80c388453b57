import { css, html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { icon } from '../shared/icons.ts';
import type { Locale } from '../shared/locale.ts';
import type { Form } from './form.ts';
import type { Point } from './template-form.ts';

const KEY = 'agenda';
const MAX = 30;

export interface PointsEditor {
  locale: Locale;
  form: Form;
  /** Shown, not offered for change. */
  locked: boolean;
  /** Puts the focus into a point once it is there. */
  focus: (index: number) => void;
}

/** The points of an agenda: a title, a detail where there is one, in their order. Alt + arrow moves the point one stands in. */
export function pointsEditor({ locale, form, locked, focus }: PointsEditor): TemplateResult {
  const t = locale.t.bind(locale);
  const points = (form.draft[KEY] ?? []) as readonly Point[];
  const set = (next: readonly Point[]): void => form.set(KEY, next);
  const change = (index: number, fields: Partial<Point>): void => set(points.map((point, at) => (at === index ? { ...point, ...fields } : point)));
  const fault = form.problems.get(KEY);
  const onKey = (event: KeyboardEvent, index: number): void => {
    const to = index + ({ ArrowUp: -1, ArrowDown: 1 }[event.key] ?? 0);
    const point = points[index];
    if (!event.altKey || to === index || !point || to < 0 || to >= points.length) return;
    event.preventDefault();
    event.stopPropagation();
    set(points.toSpliced(index, 1).toSpliced(to, 0, point));
    focus(to);
  };
  const add = (): void => {
    set([...points, { title: '', detail: '' }]);
    focus(points.length);
  };
  return html`<fieldset><legend>${t('template.agenda')}</legend>
    ${fault ? html`<p class="fault" role="alert">${t('template.agendaMissing')}</p>` : nothing}
    ${points.length > 1 && !locked ? html`<p class="hint">${t('template.agendaHint')}</p>` : nothing}
    <ol class="points">${points.map((point, index) => html`<li @keydown=${(event: KeyboardEvent) => onKey(event, index)}>
      <input type="text" maxlength="200" aria-label=${t('template.point', { n: index + 1 })} aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown" aria-invalid=${fault ? 'true' : 'false'} ?readonly=${locked} .value=${live(point.title)}
        @input=${(event: Event) => change(index, { title: (event.target as HTMLInputElement).value })} />
      ${locked ? nothing : html`<button type="button" class="plain icon" aria-label=${t('template.pointRemove', { n: index + 1 })} title=${t('template.pointRemove', { n: index + 1 })} @click=${() => set(points.toSpliced(index, 1))}>${icon('close', 14)}</button>`}
      <input type="text" maxlength="2000" aria-label=${t('template.detail', { n: index + 1 })} placeholder=${t('template.detailHint')} ?readonly=${locked} .value=${live(point.detail)}
        @input=${(event: Event) => change(index, { detail: (event.target as HTMLInputElement).value })} />
    </li>`)}</ol>
    ${points.length < MAX && !locked ? html`<div><button type="button" @click=${add}>${icon('plus', 14)}${t('template.pointAdd')}</button></div>` : nothing}
  </fieldset>`;
}

export const pointsStyles = css`
  .points {
    display: grid;
    gap: var(--_3);
    padding: 0;
  }
  .points li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: var(--_1);
  }
  .points li > input + input,
  .points li > button + input {
    grid-column: 1;
    font-size: var(--_text-xs);
  }
`;
