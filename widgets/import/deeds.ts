import type { SidelineClient } from '../provider/client.ts';
import { toApiError, type ApiError } from '../shared/api-error.ts';
import { problemText } from '../shared/blocks.ts';
import type { Locale } from '../shared/locale.ts';
import { withDecisions, type Decisions } from './decisions.ts';
import type { Import } from './import-model.ts';
import { cancelImport, commitImport, discardImport, forgetMapping, mapImport, rollBackImport } from './load-import.ts';

type Refused = 'import.notRead' | 'import.notCommitted' | 'import.notUndone';

export interface DeedsNeeds {
  client: () => SidelineClient | undefined;
  locale: () => Locale;
  /** The import as it was last heard of. */
  item: () => Import | undefined;
  /** Asks for it once more. */
  refresh: () => Promise<void>;
  /** It stands like this now. */
  became: (item: Import) => void;
  /** What is here to be shown is another now. */
  changed: () => void;
}

/** What can be done with an import: one thing at a time, so that a second click asks for nothing. */
export class Deeds {
  readonly #needs: DeedsNeeds;
  #busy = false;
  #problem = '';
  #isTooLate = false;
  /** What was asked for without an answer: how the import stood, and when that was last read; ms since the epoch. */
  #unanswered: { version: number | undefined; readAt: number } | undefined;

  constructor(needs: DeedsNeeds) {
    this.#needs = needs;
  }

  /** Something was asked for and is not answered yet. */
  get busy(): boolean {
    return this.#busy;
  }

  /** Why the last deed was not done. */
  get problem(): string {
    return this.#problem;
  }

  /** Somebody tried to stop what was being written. */
  get isTooLate(): boolean {
    return this.#isTooLate;
  }

  /** It was read anew: where it stands as before, what was not answered was not done. @param readAt ms since the epoch */
  heard({ version }: Import, readAt: number): void {
    if (!this.#unanswered || readAt <= this.#unanswered.readAt) return;
    this.#problem = version === this.#unanswered.version ? this.#needs.locale().t('import.notDone') : '';
    this.#unanswered = undefined;
  }

  /** What was said of how it stood before is over. */
  settled(): void {
    this.#problem = '';
    this.#unanswered = undefined;
    this.#isTooLate = false;
  }

  forget(): void {
    this.#busy = false;
    this.settled();
  }

  /** Has the file read again with all that was decided. */
  map(item: Import, decisions: Decisions): Promise<Import | undefined> {
    return this.#do((client, id) => mapImport(client, id, withDecisions(item.decided, decisions)), 'import.notRead');
  }

  /** Has the file read again without what was remembered of earlier ones. */
  forgetRemembered(): Promise<Import | undefined> {
    return this.#do(forgetMapping, 'import.notRead');
  }

  /** Agrees to the preview that is shown, and to no other. @param people to whose team they are added; nothing adds nobody */
  commit({ version }: Import, people: { teamId: string | undefined } | undefined): Promise<Import | undefined> {
    const choice = { version, createMissingAgents: people !== undefined, ...(people?.teamId ? { teamId: people.teamId } : {}) };
    return this.#do((client, id) => commitImport(client, id, choice), 'import.notCommitted');
  }

  /** @param blocked told when something stands in the way */
  undo(blocked: () => void): Promise<Import | undefined> {
    return this.#do(rollBackImport, 'import.notUndone', ({ code }) => {
      if (code !== 'rollback_blocked') return false;
      blocked();
      return true;
    });
  }

  stop({ status }: Import): Promise<Import | undefined> {
    return this.#do(cancelImport, 'import.notCommitted', () => {
      if (status !== 'committing') return false;
      this.#isTooLate = true;
      this.#problem = this.#needs.locale().t('import.tooLate');
      return true;
    });
  }

  /** @returns whether it is gone */
  async discard(): Promise<boolean> {
    const gone = await this.#do(async (client, item) => (await discardImport(client, item), this.#needs.item() as Import), 'import.notCommitted');
    return gone !== undefined;
  }

  /**
   * Asks for a step and shows what came of it.
   *
   * @param clash what to make of a refusal by how the import stands; false where it makes nothing of it
   * @returns the import as it stands; nothing when it was refused or not answered
   */
  async #do(work: (client: SidelineClient, id: string) => Promise<Import>, refused: Refused, clash: (error: ApiError) => boolean = () => false): Promise<Import | undefined> {
    const { client, item, became } = this.#needs;
    const [asking, id] = [client(), item()?.id];
    if (!asking || id === undefined || this.#busy) return undefined;
    this.#unanswered = undefined;
    this.#show(true, '');
    try {
      const next = await work(asking, id);
      if (item()?.id === next.id) became(next);
      return next;
    } catch (error) {
      await this.#refused(toApiError(error), refused, clash);
      return undefined;
    } finally {
      this.#show(false, this.#problem);
    }
  }

  async #refused(error: ApiError, refused: Refused, clash: (error: ApiError) => boolean): Promise<void> {
    const { item, refresh, locale } = this.#needs;
    const before = item()?.version;
    await refresh();
    const hasMoved = item()?.version !== before;
    if (error.transient && !hasMoved) {
      this.#unanswered = { version: before, readAt: Date.now() };
      this.#problem = locale().t('import.noAnswer');
    } else if (error.transient) this.#problem = '';
    else if (error.kind === 'clash' && clash(error)) return;
    else this.#problem = error.kind === 'clash' && hasMoved ? locale().t('import.movedOn') : locale().t(refused, { detail: problemText(locale(), error) });
  }

  #show(busy: boolean, problem: string): void {
    this.#busy = busy;
    this.#problem = problem;
    this.#needs.changed();
  }
}
