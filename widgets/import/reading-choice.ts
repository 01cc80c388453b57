import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Locale } from '../shared/locale.ts';
import type { MessageKey } from '../shared/strings.ts';
import { pointerTo, valueAt, type Decisions } from './decisions.ts';
import type { Field, Import } from './import-model.ts';

export interface ReadingOptions {
  locale: Locale;
  item: Import;
  decisions: Decisions;
  decide: (pointer: string, value: string | undefined) => void;
}

/** What cells of this sort can be read as, and where the mapping says it. */
const readings: Partial<Record<Field['holds'], { readonly place: (field: string) => string; readonly values: readonly string[] }>> = {
  date: { place: () => '/options/dateOrder', values: ['dmy', 'mdy'] },
  duration: { place: (field) => pointerTo('options', 'units', field), values: ['milliseconds', 'seconds', 'minutes', 'hours', 'days'] },
  share: { place: (field) => pointerTo('options', 'units', field), values: ['percent', 'fraction'] },
  rating: { place: () => '/options/ratingScale', values: ['1-5', '1-10', '0-10', '0-100', '1-7', '1-6'] },
};

/** How the cells of a column are read: as it shows, as was found, or as somebody says. */
export function readingChoice({ locale, item, decisions, decide }: ReadingOptions, { name, label, holds }: Field): TemplateResult | typeof nothing {
  const reading = readings[holds];
  if (!reading) return nothing;
  const t = locale.t.bind(locale);
  const pointer = reading.place(name);
  const asked = item.questions.some(({ answer }) => answer === pointer);
  const found = asked ? undefined : text(locale, valueAt(item.mapping ?? {}, pointer));
  const said = decisions.has(pointer) ? decisions.get(pointer) : valueAt(item.decided, pointer);
  const values = typeof said === 'string' && !reading.values.includes(said) ? [said, ...reading.values] : reading.values;
  return html`<select aria-label=${t('import.readingOf', { field: label })} .value=${live(typeof said === 'string' ? said : '')}
    @change=${(event: Event) => decide(pointer, (event.target as HTMLSelectElement).value || undefined)}>
    <option value="" ?selected=${said === undefined}>${found && said === undefined ? t('import.reading.asShownNow', { value: found }) : t('import.reading.asShown')}</option>
    ${values.map((value) => html`<option value=${value} ?selected=${value === said}>${text(locale, value)}</option>`)}
  </select>`;
}

function text(locale: Locale, value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  return /^\d/.test(value) ? locale.t('import.reading.scale', { scale: value.replace('-', '–') }) : locale.t(`import.reading.${value}` as MessageKey);
}
