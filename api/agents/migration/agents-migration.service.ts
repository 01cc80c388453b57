import type { PasswordsService } from '../../auth/passwords.service.ts';
import type { Principal } from '../../auth/principal.ts';
import type { Tx, UnitOfWork } from '../../db/unit-of-work.ts';
import { presentAgent } from '../agent.presenter.ts';
import type { AgentRepository } from '../agent.repository.ts';
import { agentCreated } from '../agents.events.ts';
import { insertPerson, lockPeople, moveSequence, peopleHere, type PersonHere } from './legacy-people.repository.ts';
import { toLegacyPerson, type LegacyPerson, type PersonRules } from './legacy-person.ts';
import type { LegacyRecord } from './legacy-file.ts';

/** What becomes of one row. `clash` and `invalid` keep the whole file from being written. */
export interface RowOutcome {
  readonly row: number;
  readonly what: 'new' | 'present' | 'clash' | 'invalid';
  readonly id: number | null;
  readonly username: string;
  /** In words: why, or what stays different. */
  readonly because: string;
}

export interface MigrationReport {
  readonly rows: readonly RowOutcome[];
  /** Ids of those who are, or would be, sent a link to choose their password. */
  readonly mailed: readonly number[];
  readonly written: boolean;
}

interface Plan {
  readonly rows: RowOutcome[];
  readonly people: LegacyPerson[];
  readonly welcome: { id: number; name: string; username: string; email: string }[];
}

/** Brings people of a mock or legacy system along, under the ids that its clients know. */
export class AgentsMigration {
  readonly #uow: UnitOfWork;
  readonly #agents: AgentRepository;
  readonly #passwords: PasswordsService;

  constructor(deps: { uow: UnitOfWork; agents: AgentRepository; passwords: PasswordsService }) {
    this.#uow = deps.uow;
    this.#agents = deps.agents;
    this.#passwords = deps.passwords;
  }

  /**
   * Writes all of it or, where a single row clashes or makes no sense, nothing. Done twice it changes nothing, and mails
   * nobody twice.
   * @param options.dryRun tells what would happen, and does none of it
   * @param options.notify mails a link to choose a password to everybody who has none yet
   */
  run(by: Principal, records: readonly LegacyRecord[], rules: PersonRules, options: { dryRun: boolean; notify: boolean }): Promise<MigrationReport> {
    return this.#uow.write(by, async (tx) => {
      await lockPeople(tx);
      const plan = makePlan(records, await peopleHere(tx), rules);
      const sound = plan.rows.every(({ what }) => what === 'new' || what === 'present');
      const welcome = options.notify && sound ? plan.welcome : [];
      const written = sound && !options.dryRun;
      if (written) await this.#write(tx, plan.people, welcome);
      return { rows: plan.rows, mailed: welcome.map(({ id }) => id), written };
    });
  }

  async #write(tx: Tx, people: readonly LegacyPerson[], welcome: Plan['welcome']): Promise<void> {
    for (const person of people) await insertPerson(tx, person, tx.now);
    if (people.length > 0) await moveSequence(tx);
    for (const row of await this.#agents.byIds(tx, people.map(({ id }) => id))) {
      tx.record(agentCreated.record(row.id, presentAgent(row), { agentId: row.id }));
      const { username, email, fullName, role, department } = row;
      tx.audit({ action: 'agent.create', targetType: 'agent', targetId: row.id, after: { username, email, fullName, role, department, migrated: true } });
    }
    for (const owner of welcome) await this.#passwords.welcome(tx, owner);
  }
}

function makePlan(records: readonly LegacyRecord[], here: readonly PersonHere[], rules: PersonRules): Plan {
  const plan: Plan = { rows: [], people: [], welcome: [] };
  const read = records.map((record) => ({ record, result: toLegacyPerson(record, rules) }));
  const twice = repeated(read.flatMap(({ result }) => ('person' in result ? [result.person] : [])));
  const known = new Known(here);
  for (const { record, result } of read) {
    if ('faults' in result) {
      const because = result.faults.map(({ field, message }) => `${field} ${message}`).join('; ');
      plan.rows.push({ row: record.row, what: 'invalid', id: null, username: '', because });
      continue;
    }
    const { person } = result;
    const same = known.same(person);
    const clash = twice.get(person) ?? (same ? known.takenByOther(person) : known.clash(person));
    const told = { row: record.row, id: person.id, username: person.username };
    if (clash) plan.rows.push({ ...told, what: 'clash', because: clash });
    else if (same) {
      plan.rows.push({ ...told, what: 'present', because: differences(person, same) });
      if (same.waitsForWelcome) plan.welcome.push({ id: same.id, name: same.fullName, username: same.username, email: same.email });
    } else {
      plan.rows.push({ ...told, what: 'new', because: `${person.role}, ${person.department}${person.isActive ? '' : ', not active'}` });
      plan.people.push(person);
      if (person.isActive) plan.welcome.push({ id: person.id, name: person.fullName, username: person.username, email: person.email });
    }
  }
  return plan;
}

/** Whom a person of the file would collide with here; upper and lower case are the same. */
class Known {
  readonly #byId: ReadonlyMap<number, PersonHere>;
  readonly #byName: ReadonlyMap<string, PersonHere>;
  readonly #byEmail: ReadonlyMap<string, PersonHere>;

  constructor(here: readonly PersonHere[]) {
    this.#byId = new Map(here.map((person) => [person.id, person]));
    this.#byName = new Map(here.map((person) => [person.username.toLowerCase(), person]));
    this.#byEmail = new Map(here.map((person) => [person.email.toLowerCase(), person]));
  }

  /** The person themselves: the same id, and the same user name or e-mail. */
  same(person: LegacyPerson): PersonHere | undefined {
    const found = this.#byId.get(person.id);
    return found && (equal(found.username, person.username) || equal(found.email, person.email)) ? found : undefined;
  }

  clash(person: LegacyPerson): string | undefined {
    const holder = this.#byId.get(person.id);
    if (holder) return `the id is that of ${named(holder)} here`;
    return this.takenByOther(person);
  }

  takenByOther({ id, username, email }: LegacyPerson): string | undefined {
    const name = this.#byName.get(username.toLowerCase());
    if (name && name.id !== id) return `the user name is that of ${named(name)} here, who has the id ${name.id}`;
    const address = this.#byEmail.get(email.toLowerCase());
    if (address && address.id !== id) return `the e-mail is that of ${named(address)} here, who has the id ${address.id}`;
    return undefined;
  }
}

/** Everybody of the file who shares an id, a user name or an e-mail with another row, and with which. */
function repeated(people: readonly LegacyPerson[]): Map<LegacyPerson, string> {
  const found = new Map<LegacyPerson, string>();
  const features: readonly [string, (person: LegacyPerson) => string][] = [['id', ({ id }) => String(id)], ['user name', ({ username }) => username.toLowerCase()], ['e-mail', ({ email }) => email]];
  for (const [what, feature] of features) {
    for (const group of Map.groupBy(people, feature).values()) {
      if (group.length < 2) continue;
      for (const person of group) {
        const others = group.filter((other) => other !== person).map(({ row }) => row);
        if (!found.has(person)) found.set(person, `row ${others.join(', ')} has the same ${what}`);
      }
    }
  }
  return found;
}

/** What is different here stays as it is: people have been working with it. */
function differences(person: LegacyPerson, here: PersonHere): string {
  const fields = (['username', 'email', 'fullName', 'role', 'department', 'isActive'] as const).filter((field) =>
    typeof person[field] === 'string' ? !equal(String(person[field]), String(here[field])) : person[field] !== here[field],
  );
  return fields.length === 0 ? 'there already' : `there already, and stays as it is: ${fields.join(', ')} differ`;
}

const named = ({ fullName, username }: PersonHere): string => `${fullName} (${username})`;
const equal = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
