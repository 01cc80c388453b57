import { html, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import type { components } from '../../api/http/contract.types.ts';
import '../quick-note/quick-note.ts';
import { agentDialogStyles } from '../shared/agent-dialog.styles.ts';
import { body } from '../shared/api-error.ts';
import { define, SidelineElement } from '../shared/element.ts';
import '../shared/evidence.ts';
import type { EvidenceNote } from '../shared/evidence.ts';
import { icon } from '../shared/icons.ts';
import { openImport } from '../shared/open-import.ts';
import '../shared/strings/drill.ts';
import { drillStyles } from './drill.styles.ts';
import type { DrillSubject } from './subject.ts';

type Definition = components['schemas']['MetricDefinition'];

/** What a figure is made of: its definition, what it is held against, and the rows behind it. A modal dialog. */
class SidelineDrill extends SidelineElement {
  static override styles: CSSResultGroup = [SidelineElement.styles, drillStyles, agentDialogStyles];
  static override properties = { subject: { attribute: false } };

  declare subject: DrillSubject | undefined;

  readonly #dialog = createRef<HTMLDialogElement>();
  readonly #note = createRef<HTMLElementTagNameMap['sideline-quick-note']>();
  readonly #definitions = this.resource<'definitions', ReadonlyMap<string, Definition>>({
    key: () => (this.subject?.metric ? 'definitions' : undefined),
    load: async (client, _key, signal) => {
      const { metrics } = await body(client.http.GET('/api/metrics/definitions', { signal }));
      return new Map(metrics.map((metric) => [metric.id, metric]));
    },
  });

  /** Shows it; the native dialog gives the focus back to whoever had it. */
  async present(subject: DrillSubject): Promise<void> {
    this.subject = subject;
    await this.updateComplete;
    this.#dialog.value?.showModal();
  }

  protected override render(): TemplateResult {
    return html`<dialog aria-labelledby="title" ${ref(this.#dialog)} @close=${() => (this.subject = undefined)} @click=${this.#outside} @keydown=${(event: Event) => event.stopPropagation()} @sideline-import-open=${this.#leave}
      @sideline-session-open=${this.#toSession} @sideline-agent-open=${this.#toPerson}>
      ${this.subject ? this.#content(this.subject) : nothing}
      <sideline-quick-note buttonless ${ref(this.#note)}></sideline-quick-note>
    </dialog>`;
  }

  #content(subject: DrillSubject): TemplateResult {
    return html`<header>
        <div>
          <h2 id="title">${subject.title}</h2>
          <p class="value">${subject.value}${subject.n === undefined ? nothing : html` <span class="small quiet">${this.locale.t('figure.n', { n: subject.n })}</span>`}</p>
          ${subject.facts.map((fact) => html`<p class="small quiet">${fact}</p>`)}
        </div>
        <button class="plain icon" type="button" aria-label=${this.locale.t('common.close')} @click=${() => this.#dialog.value?.close()}>${icon('close')}</button>
      </header>
      <div class="body">${this.#definition(subject)} ${this.#days(subject)} ${this.#rows(subject)}</div>`;
  }

  #definition({ metric }: DrillSubject): TemplateResult | typeof nothing {
    const definition = metric ? this.#definitions.data?.get(metric) : undefined;
    if (!metric) return nothing;
    return html`<p><span class="quiet">${this.locale.t('drill.definition')}:</span> ${definition?.formula ?? this.locale.t('common.loading')}</p>
      ${definition && definition.exclusions.length > 0
        ? html`<p class="small quiet">${this.locale.t('drill.exclusions', { list: definition.exclusions.join('; ') })}</p>`
        : nothing}`;
  }

  #days({ days }: DrillSubject): TemplateResult | typeof nothing {
    if (!days) return nothing;
    const t = this.locale.t.bind(this.locale);
    return html`<h3>${days.title}</h3>
      <table>
        <thead>
          <tr><th>${t('drill.day')}</th><th class="number">${t('drill.value')}</th><th class="number">${t('drill.n')}</th></tr>
        </thead>
        <tbody>
          ${days.rows.map((day) => html`<tr><td>${this.locale.day(day.date)}</td><td class="number">${day.value}</td><td class="number">${this.locale.number(day.n)}</td></tr>`)}
        </tbody>
      </table>`;
  }

  #rows(subject: DrillSubject): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    if (subject.links.length === 0) return html`<p class="small quiet">${t(subject.n === 0 ? 'drill.nothing' : 'drill.noRows')}</p>`;
    return html`<div @evidence-note=${(event: EvidenceNote) => this.#noteOn(subject, event)}>
      <h3>${subject.links.map((link) => t(`evidence.${link.kind}`, { n: link.count })).join(', ')}</h3>
      ${subject.links.map((link) => html`<sideline-evidence ?annotatable=${subject.about !== undefined} ?named=${subject.named === true} .link=${link}></sideline-evidence>`)}
    </div>`;
  }

  /** The form stands inside the dialog: everything outside a modal one is out of reach. */
  #noteOn({ about }: DrillSubject, { detail, target }: EvidenceNote): void {
    if (about) void this.#note.value?.open({ ...about, ...detail }, target as Element);
  }

  /** The row of a file is shown by the page, or over it: not behind this dialog. */
  readonly #leave = (event: HTMLElementEventMap['sideline-import-open']): void => {
    this.#closeFor(event);
    void openImport(this, this.locale.t('common.close'), event.detail);
  };

  readonly #toSession = (event: HTMLElementEventMap['sideline-session-open']): void => {
    this.#closeFor(event);
    this.emit('sideline-session-open', event.detail, true);
  };

  readonly #toPerson = (event: HTMLElementEventMap['sideline-agent-open']): void => {
    this.#closeFor(event);
    this.emit('sideline-agent-open', event.detail, true);
  };

  /** What was asked for from inside is asked for again from here, in place of this dialog. */
  #closeFor(event: Event): void {
    event.preventDefault();
    event.stopPropagation();
    this.#dialog.value?.close();
  }

  /** A click beside the dialog closes it, as Escape does. */
  #outside(event: MouseEvent): void {
    if (event.target === this.#dialog.value) this.#dialog.value?.close();
  }
}

define('sideline-drill', SidelineDrill);

declare global {
  interface HTMLElementTagNameMap {
    'sideline-drill': SidelineDrill;
  }
}
