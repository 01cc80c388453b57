import { IANAZone } from 'luxon';
import type { Principal } from '../auth/principal.ts';
import type { Db } from '../db/db.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { preconditionFailed, unprocessable } from '../errors/problem.ts';
import type { MailService } from '../mail/mail.service.ts';
import { presentPreferences } from './notification.presenter.ts';
import { preferencesUpdated } from './notifications.events.ts';
import type { PreferenceRepository, RecipientRow, StoredPreferences } from './preference.repository.ts';
import { DEFAULT_PREFERENCES, deliverableFrom, resolveChoices, type Preferences, type PreferencesState, type Quiet } from './preferences.ts';

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
  readonly #mail: MailService;
  readonly #timezone: string;

  /** @param deps.timezone that of the installation, for whoever has not chosen one */
  constructor(deps: { uow: UnitOfWork; preferences: PreferenceRepository; mail: MailService; timezone: string }) {
    this.#uow = deps.uow;
    this.#stored = deps.preferences;
    this.#mail = deps.mail;
    this.#timezone = deps.timezone;
  }

  get(by: Principal): Promise<PreferencesState> {
    return this.#uow.read((db) => this.#state(db, by.agentId));
  }

  /** @throws Problem 412, 422 (no such time zone, or quiet hours of no length). */
  update(by: Principal, preferences: Preferences, expected?: number): Promise<PreferencesState> {
    assertSensible(preferences);
    return this.#uow.write(by, async (tx) => {
      await this.#stored.lock(tx, by.agentId);
      const before = await this.#state(tx, by.agentId);
      if (expected !== undefined && expected !== before.version) throw preconditionFailed();
      await this.#stored.save(tx, by.agentId, preferences, tx.now);
      const state = await this.#state(tx, by.agentId);
      tx.record(preferencesUpdated.record(by.agentId, presentPreferences(state), { userIds: [by.agentId] }));
      tx.audit({ action: 'notification.preferences', targetType: 'agent', targetId: by.agentId, before: { ...resolved(before) }, after: { ...preferences } });
      return state;
    });
  }

  async #state(db: Db, agentId: number): Promise<PreferencesState> {
    const stored = await this.#stored.byPerson(db, agentId);
    const [person] = await this.#stored.recipients(db, [agentId]);
    return { ...resolve(stored), defaultTimezone: this.#timezone, sendsMail: person !== undefined && this.#mail.reaches(person.email), version: stored?.version ?? 0 };
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

const resolved = ({ timezone, digestAt, quietHours, quietDays, groups }: Preferences): Preferences => ({ timezone, digestAt, quietHours, quietDays, groups });

function assertSensible({ timezone, quietHours }: Preferences): void {
  if (timezone !== null && !IANAZone.isValidZone(timezone)) throw unprocessable('unknown_timezone', 'There is no such time zone.', [{ path: '/body/timezone', message: 'is no IANA time zone' }]);
  if (quietHours && quietHours.from === quietHours.to) throw unprocessable('empty_quiet_hours', 'Quiet hours end at another time than they begin.', [{ path: '/body/quietHours/to', message: 'is when they begin' }]);
}

const toRecipient = ({ id, name, email, ...stored }: RecipientRow): Recipient => ({ id, name, email, preferences: resolve(stored) });
