import { html, type TemplateResult } from 'lit';
import type { components } from '../../api/http/contract.types.ts';
import type { SidelineClient } from '../provider/client.ts';
import { body } from '../shared/api-error.ts';
import type { Locale } from '../shared/locale.ts';
import '../shared/strings/note-templates.ts';
import type { Draft } from './note-form.ts';

type Template = components['schemas']['CoachingTemplate'];

const MOST = 100;

export interface NoteTemplatesHost {
  client: () => SidelineClient | undefined;
  locale: () => Locale;
  /** There are some to choose from now. */
  update: () => void;
}

/** @param change what a template makes of the draft */
type Choice = (draft: Draft, change: (change: Partial<Draft>) => void) => TemplateResult;

/** The note templates in one's scope, offered beside a note that is being written. */
export class NoteTemplates {
  readonly #host: NoteTemplatesHost;
  #templates: readonly Template[] = [];

  constructor(host: NoteTemplatesHost) {
    this.#host = host;
  }

  /** What they are chosen by; nothing while there are none. */
  get choice(): Choice | undefined {
    return this.#templates.length > 0 ? this.#choice : undefined;
  }

  readonly #choice: Choice = (draft, change): TemplateResult => {
    const t = this.#host.locale().t.bind(this.#host.locale());
    const taken = takenFrom(this.#templates, draft);
    const choose = (event: Event): void => change(withTemplate(draft, taken, this.#templates.find(({ id }) => id === (event.target as HTMLSelectElement).value)));
    return html`<label class="line" part="note-template"><span class="small quiet">${t('note.template')}</span>
      <select @change=${choose}>
        <option value="" .selected=${!taken}>${t('note.noTemplate')}</option>
        ${this.#templates.map((template) => html`<option value=${template.id} .selected=${template === taken}>${template.name}</option>`)}
      </select></label>`;
  };

  /** Asks for them; those of last time stay until then. A note can be written without: where none are to be had, none are offered. */
  async load(): Promise<void> {
    const client = this.#host.client();
    const page = client && (await body(client.http.GET('/api/coaching-templates', { params: { query: { kind: 'note', limit: MOST } } })).catch(() => undefined));
    this.#templates = page?.data ?? this.#templates;
    this.#host.update();
  }
}

/** The template whose text a draft ends with, as it was put there. */
const takenFrom = (templates: readonly Template[], { content }: Draft): Template | undefined => templates.find(({ text }) => text !== null && content.endsWith(text));

/**
 * What a template makes of a draft: its type, its category, its text behind what was written. What the template before it
 * has put there and nobody has touched gives way.
 *
 * @param before the template whose text the draft ends with
 * @param template none takes away what `before` has put there
 */
export function withTemplate(draft: Draft, before: Template | undefined, template: Template | undefined): Partial<Draft> {
  const written = before?.text ? draft.content.slice(0, -before.text.length).trimEnd() : draft.content.trimEnd();
  const category = draft.category === before?.category ? '' : draft.category;
  return {
    content: [written, template?.text].filter(Boolean).join('\n\n'),
    category: category || (template?.category ?? ''),
    ...(template?.noteType ? { noteType: template.noteType } : {}),
  };
}
