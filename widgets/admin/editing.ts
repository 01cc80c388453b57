import type { ApiError } from '../shared/api-error.ts';
import type { EventMeta } from '../provider/realtime.ts';
import type { Form } from './form.ts';

/** Something that is stored with a version, as the server gives it. */
interface Versioned {
  readonly version: number;
}

/** Who saved a version, where an event told. */
export interface Author {
  readonly by?: string | undefined;
  readonly at?: string | undefined;
}

export function authorOf(meta: EventMeta): Author {
  const actor = meta.actor as { name?: string } | null;
  return { by: actor?.name, at: meta.occurredAt };
}

export interface Saving<T extends Versioned> {
  form: Form;
  /** What the edit stands on. */
  current: T;
  /** Sends the edit as it is now, for this version. */
  put: (current: T) => Promise<T>;
  /** What is stored now. */
  fetch: () => Promise<T>;
  /** The editable part of it. */
  toForm: (stored: T) => object;
  /** Who is known to have saved that version. */
  author: (stored: T) => Author;
  saved: (stored: T) => void;
}

/**
 * Saves what was edited. When somebody else was quicker, theirs is merged in: what changed elsewhere in the record and
 * touches no field of the form is no reason to stop, so it is sent once more; anything else is shown and waits for the
 * person.
 *
 * @returns the error that remains, if any
 */
export async function saveEdited<T extends Versioned>(saving: Saving<T>): Promise<ApiError | undefined> {
  const { form } = saving;
  return form.save(async () => {
    const stored = await saving.put(saving.current).catch(async (error: unknown) => {
      if ((error as ApiError).status !== 412) throw error;
      const theirs = await saving.fetch();
      const { by, at } = saving.author(theirs);
      form.rebase(saving.toForm(theirs), by, at);
      saving.saved(theirs);
      if (form.clash || !form.dirty) throw error;
      return saving.put(theirs);
    });
    saving.saved(stored);
    form.start(saving.toForm(stored));
  });
}
