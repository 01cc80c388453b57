import type { QuickNote } from '../controllers/outbox.ts';
import type { SidelineClient } from '../provider/client.ts';
import { body, toApiError } from '../shared/api-error.ts';
import { problemText } from '../shared/blocks.ts';
import type { Confirm } from '../shared/confirm.ts';
import { businessDay } from '../shared/business-day.ts';
import type { DraggedNote } from '../shared/dragged-note.ts';
import type { Load } from '../shared/lazy.ts';
import type { Locale } from '../shared/locale.ts';
import type { Promoted } from './promote.ts';

const promoting = async () => import('./promote.ts');

export interface NoteActionsHost {
  client: () => SidelineClient | undefined;
  locale: () => Locale;
  confirm: Confirm;
  /** Code for a deed; nothing when it cannot be had, and that is said. */
  bring: <T>(load: Load<T>) => Promise<T | undefined>;
  /** Says how it went. */
  say: (text: string) => void;
  /** The note as it stands now. */
  changed: (note: QuickNote) => void;
  gone: (id: string) => void;
  /** What is shown may be out of date. */
  refresh: () => Promise<void>;
}

/** What is done with a note; why it was not done is said, and the note is shown as it stands. */
export class NoteActions {
  readonly #host: NoteActionsHost;

  constructor(host: NoteActionsHost) {
    this.#host = host;
  }

  /** @returns the note as it stands now; nothing when it was refused */
  async setAddressed(note: QuickNote, addressed: boolean): Promise<QuickNote | undefined> {
    const params = { path: { id: note.id }, header: { 'If-Match': `"${note.version}"` } };
    const done = await this.#attempt(note, (client) => body(client.http.PUT('/api/quick-notes/{id}', { params, body: { addressed } })));
    if (!done) return undefined;
    this.#host.changed(done);
    this.#host.say(this.#host.locale().t(addressed ? 'notes.addressedNow' : 'notes.reopenedNow'));
    return done;
  }

  /** Makes it a point of the next session, or an action item. @returns what became of it; nothing when it was refused */
  async promote(note: DraggedNote, to: 'agenda' | 'action', me: { own: boolean; timeZone: string }): Promise<Promoted | undefined> {
    const code = await this.#host.bring(promoting);
    if (!code) return undefined;
    const { toAction, toAgenda } = code;
    const locale = this.#host.locale();
    return this.#attempt(note, (client) => (to === 'agenda' ? toAgenda(client, locale, note, me.own) : toAction(client, locale, note, businessDay(Date.now(), me.timeZone))));
  }

  /** Asks first. @returns whether it is gone */
  async remove(note: QuickNote): Promise<boolean> {
    const locale = this.#host.locale();
    const t = locale.t.bind(locale);
    if (!(await this.#host.confirm.ask({ title: t('notes.deleteTitle'), text: t('notes.deleteText'), yes: t('notes.deleteYes'), no: t('notes.deleteNo'), danger: true }))) return false;
    const done = await this.#attempt(note, async (client) => {
      await body(client.http.DELETE('/api/quick-notes/{id}', { params: { path: { id: note.id } } }));
      return true;
    });
    if (!done) return false;
    this.#host.gone(note.id);
    this.#host.say(t('notes.deleted'));
    return true;
  }

  async #attempt<T>(note: DraggedNote, work: (client: SidelineClient) => Promise<T>): Promise<T | undefined> {
    const client = this.#host.client();
    const locale = this.#host.locale();
    if (!client) return undefined;
    try {
      return await work(client);
    } catch (error) {
      const problem = toApiError(error);
      const detail = problem.status === 412 ? locale.t('problem.clash') : problemText(locale, problem);
      this.#host.say(locale.t('notes.failed', { detail }));
      if (problem.kind === 'gone') this.#host.gone(note.id);
      else if (problem.kind !== 'offline') await this.#host.refresh();
      return undefined;
    }
  }
}
