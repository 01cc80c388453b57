import { html, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import type { components } from '../../api/http/contract.types.ts';
import { confirmStyles } from '../shared/confirm.styles.ts';
import { define } from '../shared/element.ts';
import { ImportPart } from './import-part.ts';
import { loadRollbackPlan } from './load-import.ts';
import { undoStyles } from './undo.styles.ts';

type Plan = components['schemas']['ImportRollbackPlan'];

/** The question before an import is taken back: what would be as it was, and what stands in the way. */
export class ImportUndo extends ImportPart {
  static override styles: CSSResultGroup = [ImportPart.styles, confirmStyles, undoStyles];
  static override properties = { ...ImportPart.properties, busy: { attribute: false } };

  /** It is being asked for. */
  declare busy: boolean;

  readonly #plan = this.resource<{ id: string; version: number }, Plan>({
    key: () => ({ id: this.item.id, version: this.item.version }),
    load: (client, { id }, signal) => loadRollbackPlan(client, id, signal),
  });

  protected override firstUpdated(): void {
    this.renderRoot.querySelector<HTMLElement>('h3')?.focus();
  }

  /** Asks once more: what stood in the way may be gone, or something come. */
  refresh(): void {
    void this.#plan.refresh();
  }

  protected override render(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    return html`<section class="undo" aria-labelledby="undo" @keydown=${(event: KeyboardEvent) => event.key === 'Escape' && this.tell('import-undo', { sure: false })}>
      <h3 id="undo" tabindex="-1">${t('import.undoAsk', { name: this.item.fileName })}</h3>
      ${this.show(this.#plan, (plan) => this.#answer(plan))}
    </section>`;
  }

  #answer(plan: Plan): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const { blockers } = plan;
    const sure = html`<button type="button" class="danger" ?disabled=${this.busy || blockers.length > 0} @click=${() => this.tell('import-undo', { sure: true })}>${t('import.undoYes')}</button>`;
    return html`${this.#restores(plan)}
      ${blockers.length > 0
        ? html`<div role="alert"><p class="refused">${t(plan.more ? 'import.undoBlockedMany' : 'import.undoBlocked', { n: blockers.length })}</p>
            <ul class="blockers">${blockers.map(({ message }) => html`<li>${message}</li>`)}</ul></div>
            <p class="quiet">${t('import.undoHelp')}</p>`
        : nothing}
      <div class="next">
        ${blockers.length > 0 ? html`<button type="button" @click=${() => this.refresh()}>${t('import.undoAgain')}</button>` : sure}
        <button type="button" class="plain" @click=${() => this.tell('import-undo', { sure: false })}>${t('import.undoNo')}</button>
      </div>`;
  }

  #restores({ removed, restored, people }: Plan): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const lines = [
      removed > 0 ? t('import.undoNew', { n: removed }) : '',
      restored > 0 ? t('import.undoChanged', { n: restored }) : '',
      people > 0 ? t('import.undoPeople', { n: people }) : '',
      this.item.period && removed + restored > 0 ? t('import.undoFigures') : '',
    ].filter(Boolean);
    return lines.length === 0 ? html`<p>${t('import.undoNothing')}</p>` : html`<ul class="restores">${lines.map((line) => html`<li>${line}</li>`)}</ul>`;
  }
}

define('sideline-import-undo', ImportUndo);
