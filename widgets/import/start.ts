import { html, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { body, toApiError } from '../shared/api-error.ts';
import { failure, problemText, skeleton } from '../shared/blocks.ts';
import { define } from '../shared/element.ts';
import { icon } from '../shared/icons.ts';
import { saveFile } from '../shared/save-file.ts';
import { downloadsOf } from '../exports/downloads.ts';
import { ImportPart } from './import-part.ts';
import { likelyKind, type Import, type Kind, type KindInfo } from './import-model.ts';
import { pager } from './pager.ts';
import { pastList } from './past.ts';
import { bringsFiles } from './refuse-files.ts';
import { startStyles } from './start.styles.ts';

const PAST = 8;
/** What somebody takes out comes when they open it. */
const takingOut = () => import('../exports/exports.ts');

interface PastPage {
  readonly data: readonly Import[];
  readonly meta: { readonly total: number; readonly page: number; readonly totalPages: number };
}

/** The first step: what is in the file, the file, and the imports there were. */
export class ImportStart extends ImportPart {
  static override styles: CSSResultGroup = [ImportPart.styles, startStyles];
  static override properties = {
    ...ImportPart.properties, kinds: { attribute: false }, preset: { attribute: false }, chosen: { state: true }, over: { state: true }, isTakingOut: { state: true }, page: { state: true }, problem: { state: true },
  };

  declare kinds: readonly KindInfo[];
  /** The kind that is proposed; that of the last import when left out. */
  declare preset: Kind | undefined;
  declare private chosen: Kind | undefined;
  declare private over: boolean;
  declare private isTakingOut: boolean;
  declare private page: number;
  declare private problem: string;

  readonly #past = this.resource<{ page: number }, PastPage>({
    key: () => ({ page: this.page }),
    load: (client, { page }, signal) => body(client.http.GET('/api/imports', { params: { query: { limit: PAST, page } }, signal })),
  });
  /** What this person brought last stays proposed while they look through older pages. */
  #likely: Kind | undefined;

  constructor() {
    super();
    this.kinds = [];
    this.over = false;
    this.isTakingOut = false;
    this.page = 1;
    this.problem = '';
    const refresh = (): void => void this.#past.refresh();
    this.live({ 'import:committed': refresh, 'import:rolled-back': refresh });
    // On all of it: a file that falls beside the box would be opened by the browser instead of the page.
    this.addEventListener('dragover', this.#onDrag);
    this.addEventListener('dragleave', () => (this.over = false));
    this.addEventListener('drop', this.#onDrop);
  }

  protected override willUpdate(changed: Parameters<ImportPart['willUpdate']>[0]): void {
    super.willUpdate(changed);
    // Whoever comes back to a download that runs, or has ended meanwhile, sees it.
    if (!this.hasUpdated && this.client) this.isTakingOut = downloadsOf(this.client).isWorthSeeing;
    if (this.page === 1 && this.#past.data) this.#likely ??= likelyKind(this.#past.data.data, this.session.me?.agent.id);
  }

  protected override render(): TemplateResult {
    if (this.#past.error?.kind === 'forbidden') return failure(this.locale, this.#past.error);
    // What is proposed does not change under somebody's hand.
    if (this.page === 1 && !this.#past.data && !this.#past.error) return skeleton(this.locale, 4);
    return html`${this.#kindChoice()} ${this.#drop()}
      ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
      ${this.#pastImports()} ${this.#takeOut()}`;
  }

  get #kind(): Kind {
    return this.chosen ?? this.preset ?? this.#likely ?? 'interactions';
  }

  #kindChoice(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const kind = this.#kind;
    const label = this.kinds.find((one) => one.kind === kind)?.label;
    return html`<fieldset class="kinds" part="kinds">
      <legend>${t('import.kind')}</legend>
      <div class="cards">
        ${this.kinds.map((one) => html`<label class="card ${one.kind === kind ? 'on' : ''}">
          <input type="radio" name="kind" value=${one.kind} .checked=${one.kind === kind} aria-describedby="about-${one.kind}" @change=${() => (this.chosen = one.kind)} />
          <span><b>${one.label}</b><span class="quiet small" id="about-${one.kind}">${one.about}</span></span>
        </label>`)}
      </div>
      ${label ? html`<button type="button" class="link template" @click=${() => void this.#template(kind)}>${t('import.templateFor', { kind: label })}</button>` : nothing}
    </fieldset>`;
  }

  #drop(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    return html`<div class="drop ${this.over ? 'over' : ''}" part="drop">
      ${icon('upload', 24)}
      <p>${t('import.drop')}</p>
      <input class="sr" id="file" type="file" accept=".xlsx,.xlsm,.csv,.tsv,.gz" aria-describedby="formats" @change=${this.#onChoose} />
      <label class="button" for="file">${t('import.choose')}</label>
      <p class="quiet small" id="formats">${t('import.formats')}</p>
    </div>`;
  }

  #pastImports(): TemplateResult | typeof nothing {
    const page = this.#past.data;
    if (!page) return nothing;
    const open = (id: string): void => this.tell('import-open', { id });
    return html`<section aria-labelledby="past">
      <h3 class="section-title" id="past">${this.locale.t('import.past')}</h3>
      ${page.data.length === 0 ? html`<p class="quiet small pad">${this.locale.t('import.noPast')}</p>` : pastList({ locale: this.locale, items: page.data, kinds: this.kinds, me: this.session.me?.agent.id, open })}
      ${pager(this.locale, { ...page.meta, limit: PAST }, (next) => (this.page = next))}
    </section>`;
  }

  /** The way out is where the way in is. */
  #takeOut(): TemplateResult {
    if (this.isTakingOut) this.need(takingOut);
    const isHere = customElements.get('sideline-exports');
    return html`<details class="take-out" ?open=${this.isTakingOut} @toggle=${(event: Event) => (this.isTakingOut ||= (event.target as HTMLDetailsElement).open)}>
      <summary>${this.locale.t('import.takeOut')} ${icon('chevron', 14)}</summary>
      ${!this.isTakingOut ? nothing : isHere ? html`<sideline-exports></sideline-exports>` : this.coming(takingOut, 3)}
    </details>`;
  }

  async #template(kind: Kind): Promise<void> {
    if (!this.client) return;
    this.problem = '';
    try {
      const file = await body(this.client.http.GET('/api/imports/templates/{kind}', { params: { path: { kind } }, parseAs: 'blob' }));
      saveFile(file, `sideline-template-${kind}.xlsx`);
    } catch (error) {
      this.problem = this.locale.t('import.notDownloaded', { detail: problemText(this.locale, toApiError(error)) });
    }
  }

  readonly #onDrag = (event: DragEvent): void => {
    if (!bringsFiles(event)) return;
    event.preventDefault();
    this.over = true;
  };

  readonly #onDrop = (event: DragEvent): void => {
    if (!bringsFiles(event)) return;
    event.preventDefault();
    this.over = false;
    this.#take([...(event.dataTransfer?.files ?? [])]);
  };

  readonly #onChoose = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    this.#take([...(input.files ?? [])]);
    input.value = ''; // the same file may be chosen again after a refusal
  };

  #take([file, second]: File[]): void {
    this.problem = second ? this.locale.t('import.onlyOne') : '';
    if (file && !second) this.tell('import-file', { file, kind: this.#kind });
  }
}

define('sideline-import-start', ImportStart);
