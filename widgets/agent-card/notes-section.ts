import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { components } from '../../api/http/contract.types.ts';
import type { Announcer } from '../controllers/announcer.ts';
import { Fresh } from '../controllers/fresh.ts';
import type { QuickNote } from '../controllers/outbox.ts';
import type { Resource } from '../controllers/resource.ts';
import type { SidelineClient } from '../provider/client.ts';
import { body, toApiError } from '../shared/api-error.ts';
import { problemText } from '../shared/blocks.ts';
import type { Locale } from '../shared/locale.ts';
import { notesList } from './notes-list.ts';

export type Notes = components['schemas']['QuickNotePage'];

/** Which notes about somebody are asked for. */
export interface NotesQuery {
  readonly agentId: number;
  /** Those that are addressed as well. */
  readonly all: boolean;
  readonly limit: number;
}

const PAGE = 20;
const MOST = 100;

export interface NotesSectionOptions {
  client: () => SidelineClient | undefined;
  locale: () => Locale;
  /** Whom the card is about. */
  agentId: () => number | undefined;
  viewer: () => number | undefined;
  /** Whether the viewer may say what is addressed. */
  leads: () => boolean;
  notes: () => Pick<Resource<unknown, Notes>, 'data' | 'mutate' | 'refresh'>;
  announcer: Announcer;
  /** The notes in whichever state they are. */
  show: (ready: (page: Notes) => TemplateResult) => TemplateResult;
}

/** The notes about one person: the open ones or all, live, and what was said in them put down as addressed. */
export class NotesSection {
  readonly #host: ReactiveControllerHost;
  readonly #options: NotesSectionOptions;
  readonly #fresh: Fresh;
  #all = false;
  #limit = PAGE;

  constructor(host: ReactiveControllerHost, options: NotesSectionOptions) {
    this.#host = host;
    this.#options = options;
    this.#fresh = new Fresh(host);
  }

  query(agentId: number): NotesQuery {
    return { agentId, all: this.#all, limit: this.#limit };
  }

  /** The card is about somebody else now. */
  forget(): void {
    this.#fresh.clear();
    this.#limit = PAGE;
  }

  /** @param name whom the notes are about */
  render(name: string): TemplateResult {
    const locale = this.#options.locale();
    const t = locale.t.bind(locale);
    return html`<section aria-label=${t('card.notes')}>
      <header>
        <h3>${t('card.notes')}</h3>
        <div class="switch" role="group" aria-label=${t('card.notesShown')}>
          ${[false, true].map((all) => html`<button type="button" aria-pressed=${all === this.#all ? 'true' : 'false'}
            @click=${() => this.#ask(all, this.#limit)}>${t(all ? 'card.notesAll' : 'card.notesOpen')}</button>`)}
        </div>
      </header>
      ${this.#options.show((page) => this.#rows(page, name))}
    </section>`;
  }

  arrived(note: QuickNote): void {
    if (note.agentId !== this.#options.agentId() || this.#has(note.id)) return;
    this.#options.notes().mutate((page) => ({
      quickNotes: [note, ...page.quickNotes],
      pagination: { ...page.pagination, total: page.pagination.total + 1 },
    }));
    this.#fresh.add(note.id);
    if (note.createdBy.id !== this.#options.viewer()) {
      this.#options.announcer.whenQuiet(this.#options.locale().t('card.newNote', { author: note.createdBy.name }));
    }
  }

  changed(note: QuickNote): void {
    if (note.agentId !== this.#options.agentId()) return;
    if (!this.#all && note.addressedAt) return this.gone(note.id);
    const notes = this.#options.notes();
    if (!this.#has(note.id)) return void notes.refresh(); // reopened, or no longer private: its place is the server's to say
    notes.mutate((page) => ({ ...page, quickNotes: page.quickNotes.map((other) => (other.id === note.id ? note : other)) }));
  }

  gone(id: string): void {
    this.#options.notes().mutate((page) => {
      const quickNotes = page.quickNotes.filter((note) => note.id !== id);
      const gone = page.quickNotes.length - quickNotes.length;
      return { quickNotes, pagination: { ...page.pagination, total: page.pagination.total - gone } };
    });
  }

  #rows({ quickNotes: notes, pagination }: Notes, name: string): TemplateResult {
    const locale = this.#options.locale();
    const t = locale.t.bind(locale);
    if (notes.length === 0) return html`<p class="state quiet">${t(this.#all ? 'card.noNotes' : 'card.noOpenNotes')}</p>`;
    const list = notesList({
      locale,
      notes,
      fresh: this.#fresh,
      leads: this.#options.leads(),
      setAddressed: (note, addressed) => void this.#setAddressed(note, addressed),
    });
    return html`${list}${pagination.total > notes.length && this.#limit < MOST
      ? html`<div class="more"><button type="button" class="link" aria-label=${`${t('common.more')}: ${name}`} @click=${() => this.#ask(this.#all, MOST)}>${t('common.more')}</button></div>`
      : nothing}`;
  }

  async #setAddressed(note: QuickNote, addressed: boolean): Promise<void> {
    const { locale, announcer, notes } = this.#options;
    const client = this.#options.client();
    if (!client) return;
    try {
      const params = { path: { id: note.id }, header: { 'If-Match': `"${note.version}"` } };
      this.changed(await body(client.http.PUT('/api/quick-notes/{id}', { params, body: { addressed } })));
      announcer.now(locale().t(addressed ? 'card.addressedNow' : 'card.reopenedNow'));
    } catch (error) {
      const problem = toApiError(error);
      announcer.now(problem.kind === 'clash' ? locale().t('problem.clash') : problemText(locale(), problem));
      await notes().refresh();
    }
  }

  #has(id: string): boolean {
    return this.#options.notes().data?.quickNotes.some((note) => note.id === id) ?? false;
  }

  #ask(all: boolean, limit: number): void {
    this.#all = all;
    this.#limit = limit;
    this.#host.requestUpdate();
  }
}

export function loadNotes(client: SidelineClient, { agentId, all, limit }: NotesQuery, signal: AbortSignal): Promise<Notes> {
  const query = { agentId, limit, ...(all ? {} : { addressed: false }) };
  return body(client.http.GET('/api/quick-notes', { params: { query }, signal }));
}
