import { html, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { define } from '../shared/element.ts';
import { icon } from '../shared/icons.ts';
import { columnsStyles } from './columns.styles.ts';
import { columnsTable } from './columns-table.ts';
import { answer, columnsNow, decide, decideColumn, isLayout, usesMemory, withoutOthers, type Decisions } from './decisions.ts';
import type { Import, KindInfo } from './import-model.ts';
import { ImportPart } from './import-part.ts';
import { layoutChoice } from './layout-choice.ts';
import { loadNames } from './load-import.ts';
import { questions } from './questions.ts';
import { wordsList } from './words.ts';

const DAY = '/options/day';
/** So many people are looked up by name. */
const NAMED = 20;

/** The step between file and rows: what is asked, where the table is, what each column means. */
export class ImportColumns extends ImportPart {
  static override styles: CSSResultGroup = [ImportPart.styles, columnsStyles];
  static override properties = { ...ImportPart.properties, kinds: { attribute: false } };

  declare kinds: readonly KindInfo[];

  /** Whom names of the file were said to be. */
  readonly #people = this.resource<readonly number[], ReadonlyMap<number, string>>({
    key: () => {
      const ids = [...new Set(Object.values(this.item.mapping?.people ?? {}))].filter((id): id is number => id !== null && id > 0).slice(0, NAMED);
      return ids.length > 0 ? ids : undefined;
    },
    load: (client, ids, signal) => loadNames(client, ids, signal),
  });

  constructor() {
    super();
    this.kinds = [];
  }

  protected override render(): TemplateResult {
    const { locale, item, decisions } = this;
    return html`${this.#likelier(item)}
      ${questions({ locale, item, decisions, answer: (question, value) => this.#decided(answer(withoutOthers(decisions, question), question.answer, value)) })}
      ${this.#columns(item)}`;
  }

  #likelier({ detected, kind }: Import): TemplateResult | typeof nothing {
    const t = this.locale.t.bind(this.locale);
    const better = this.kinds.find((one) => one.kind === detected?.likelierKind);
    const said = this.kinds.find((one) => one.kind === kind);
    if (!better || !said) return nothing;
    return html`<div class="likelier"><p>${t('import.likelier', { kind: better.label, said: said.label })}</p>
      <button type="button" @click=${() => this.tell('import-kind', { kind: better.kind })}>${t('import.readAs', { kind: better.label })}</button></div>`;
  }

  #columns(item: Import): TemplateResult {
    const { locale, decisions, kind } = this;
    const t = locale.t.bind(locale);
    const total = item.detected?.headers.length ?? 0;
    const used = Object.values(item.mapping ? columnsNow(item.mapping, decisions) : {}).filter((column) => column !== null).length;
    const set = (pointer: string, value: string | number | boolean | null | undefined): void => this.#decided(decide(decisions, item.mapping, pointer, value));
    return html`<details class="mapping" ?open=${this.#wantsALook(item)}>
      <summary>${t('import.columns')}<span class="quiet small">${t('import.columnsUsed', { used, total })}</span>${icon('chevron', 14)}</summary>
      ${layoutChoice({ locale, item, decisions, decide: set })}
      ${kind && !isLayout(decisions)
        ? html`${columnsTable({ locale, item, kind, decisions, decide: set, change: (column, field) => item.mapping && this.#decided(decideColumn(decisions, item.mapping, column, field)) })}
            ${this.#day(item, set)}
            ${wordsList({ locale, item, kind, decisions, people: this.#people.data ?? new Map(), decide: set })} ${this.#remembered(item)} ${this.#fields(kind)}`
        : nothing}
    </details>`;
  }

  /** The one day that was said of all rows, to be corrected. */
  #day({ mapping }: Import, set: (pointer: string, value: string | undefined) => void): TemplateResult | typeof nothing {
    const day = this.decisions.has(DAY) ? this.decisions.get(DAY) : mapping?.options.day;
    if (mapping?.options.day === undefined || (typeof day !== 'string' && day !== undefined)) return nothing;
    return html`<p class="small pad"><label for="of-day">${this.locale.t('import.ofOneDay')}</label> <input type="date" id="of-day" .value=${live(day ?? '')} @change=${(event: Event) => set(DAY, (event.target as HTMLInputElement).value || undefined)} /></p>`;
  }

  /** What was decided for an earlier file and not for this one can be taken back, for the files to come as well. */
  #remembered(item: Import): TemplateResult | typeof nothing {
    if (!usesMemory(item)) return nothing;
    const t = this.locale.t.bind(this.locale);
    return html`<p class="small"><button type="button" class="link" aria-describedby="memory" @click=${() => this.tell('import-forget', {})}>${t('import.forgetRemembered')}</button> <span class="quiet" id="memory">${t('import.forgetHelp')}</span></p>`;
  }

  /** Something is asked, or many rows cannot be read: then the columns are what to look at first. */
  #wantsALook({ questions: asked, counts }: Import): boolean {
    return asked.length > 0 || counts.rejected > counts.rows / 2 || counts.rows === 0;
  }

  #fields({ fields }: KindInfo): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    return html`<details class="fields">
      <summary>${t('import.fields')}${icon('chevron', 14)}</summary>
      <dl>${fields.map(({ label, holds, needed }) => html`<dt>${label}${needed ? html` <span class="quiet">· ${t('import.needed')}</span>` : nothing}</dt><dd class="quiet">${t(`import.holds.${holds}`)}</dd>`)}</dl>
    </details>`;
  }

  #decided(decisions: Decisions): void {
    this.tell('import-decided', { decisions });
  }
}

define('sideline-import-columns', ImportColumns);
