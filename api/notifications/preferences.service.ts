import type { Db } from '../db/db.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import type { PreferenceRepository, RecipientRow, StoredPreferences } from './preference.repository.ts';
import { DEFAULT_PREFERENCES, deliverableFrom, resolveChoices, type Preferences, type Quiet } from './preferences.ts';

/** Somebody to be told something, and how they want it. */
export interface Recipient {
  readonly id: number;
  readonly name: string;
  readonly email: string;
  readonly preferences: Preferences;
}

/** Who is meant: these people, or those who lead the team of somebody. */
export type To = { readonly userIds: readonly number[] } | { readonly leadersOf: number };

/** How people want to be told things: which, over which channel, and when not. */
export class PreferencesService {
  readonly #uow: UnitOfWork;
  readonly #stored: PreferenceRepository;
  readonly #timezone: string;

  /** @param deps.timezone that of the installation, for whoever has not chosen one */
  constructor(deps: { uow: UnitOfWork; preferences: PreferenceRepository; timezone: string }) {
    this.#uow = deps.uow;
    this.#stored = deps.preferences;
    this.#timezone = deps.timezone;
  }

  /**
   * When somebody may next be written to or reminded: the instant itself, or the end of the quiet hours it falls in.
   * People follow their own time zone, and the installation's until they choose one.
   */
  async deliverableAt(agentId: number, instant: Date): Promise<Date> {
    const stored = await this.#uow.read((db) => this.#stored.byPerson(db, agentId));
    return deliverableFrom(this.quietOf(resolve(stored)), instant);
  }

  /** The IANA time zone somebody lives by. */
  async zoneOf(agentId: number): Promise<string> {
    const stored = await this.#uow.read((db) => this.#stored.byPerson(db, agentId));
    return stored?.timezone ?? this.#timezone;
  }

  quietOf({ timezone, quietHours, quietDays }: Preferences): Quiet {
    return { zone: timezone ?? this.#timezone, quietHours, quietDays };
  }

  /** Whoever is not active any more is left out. */
  async recipients(db: Db, to: To): Promise<Recipient[]> {
    const rows = 'userIds' in to ? await this.#stored.recipients(db, to.userIds) : await this.#stored.leadersOf(db, to.leadersOf);
    return rows.map(toRecipient);
  }
}

function resolve(stored: StoredPreferences | undefined): Preferences {
  if (!stored || stored.version === null) return DEFAULT_PREFERENCES;
  const { timezone, digestAt, quietHours, quietDays, choices } = stored;
  return { timezone, digestAt: digestAt ?? DEFAULT_PREFERENCES.digestAt, quietHours, quietDays: quietDays ?? [], groups: resolveChoices(choices) };
}

const toRecipient = ({ id, name, email, ...stored }: RecipientRow): Recipient => ({ id, name, email, preferences: resolve(stored) });
