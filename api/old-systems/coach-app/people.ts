import type { MigratedPerson } from '../../agents/migration/migrated-people.service.ts';
import type { Role } from '../../auth/principal.ts';
import type { MigratedIdentity } from '../../identities/migrated-identities.service.ts';
import type { Reading } from '../things.ts';
import { OldRow } from '../old-row.ts';
import { check, personIn, readRow, wasDeleted, type ReadingContext } from './reading.ts';
import type { CoachTables } from './coach-tables.ts';

const ROLES: Readonly<Record<string, Role>> = {
  agent: 'cs', cs: 'cs', user: 'cs', employee: 'cs', teamleader: 'team_leader', leader: 'team_leader', supervisor: 'team_leader', coach: 'team_leader',
  manager: 'manager', admin: 'admin', administrator: 'admin', viewer: 'viewer',
};

/** What tables beside the users say of a person. */
interface Extra {
  readonly department: string | null;
  readonly hiredOn: string | null;
}

/** What is to be known of everybody before anybody can be read. */
export interface Crowd {
  /** Old ids of those whom somebody names as their leader, with how many do. */
  readonly leaders: ReadonlyMap<string, number>;
  readonly extras: ReadonlyMap<string, Extra>;
  /** Users by the ids of their rows in those tables: some columns name these. */
  readonly profiles: ReadonlyMap<string, string>;
}

const BATCH = 1000;

export function lookAtCrowd(tables: CoachTables, context: ReadingContext): Crowd {
  const leaders = new Map<string, number>();
  const extras = new Map<string, Extra>();
  const profiles = new Map<string, string>();
  for (const batch of tables.batches('User', BATCH)) {
    for (const fields of batch) {
      const leader = rowOf(context, 'User', fields).id('teamLeaderId');
      if (leader !== null) leaders.set(leader, (leaders.get(leader) ?? 0) + 1);
    }
  }
  for (const name of ['Manager', 'TeamLeader', 'Agent'] as const) {
    for (const batch of tables.batches(name, BATCH)) {
      for (const fields of batch) {
        const row = rowOf(context, name, fields);
        const [id, userId] = [row.id('id'), row.id('userId')];
        if (id !== null && userId !== null) profiles.set(id, userId);
        if (userId !== null) extras.set(userId, { department: row.text('department') ?? extras.get(userId)?.department ?? null, hiredOn: row.day(context.dayOf, 'hireDate') });
      }
    }
  }
  return { leaders, extras, profiles };
}

/** Nobody's e-mail twice: the one who was first has it. */
export class EmailsOfFile {
  readonly #first = new Map<string, string>();

  /** The place of another row with this e-mail. */
  takenBy(email: string, place: string): string | undefined {
    const first = this.#first.get(email) ?? place;
    this.#first.set(email, first);
    return first === place ? undefined : first;
  }
}

/** @param teamOf the team of those whom somebody leads, by their leader's old id */
export function readPerson(context: ReadingContext, crowd: Crowd, emails: EmailsOfFile, teamOf: (leaderId: string) => string | undefined, place: string, fields: Readonly<Record<string, unknown>>): Reading<MigratedPerson> {
  return readRow<MigratedPerson>(context, 'User', place, fields, (row, oldId) => {
    const email = row.text('email')?.toLowerCase() ?? null;
    const extra = crowd.extras.get(oldId);
    const fullName = nameOf(row, email);
    const department = row.text('department') ?? extra?.department ?? 'Unassigned';
    const role = row.word<Role>(ROLES, 'cs', 'role');
    const phone = row.text('phone');
    const createdAt = row.instant('createdAt');
    const isActive = row.flag(true, 'isActive') && !wasDeleted(row);
    if (email !== null) check(context, row, 'CreateAgentData', { username: 'somebody', email, fullName, role, department, phone, password: 'Not-A-Password-1' });
    const twin = email === null ? null : emails.takenBy(email, place);
    if (twin !== undefined) row.fault(twin === null ? 'email is empty' : `${twin} has the same e-mail`);
    // Whoever leads is in no team themselves.
    const leaderId = leads(crowd, oldId) ? null : row.id('teamLeaderId');
    const teamId = leaderId === null ? null : (teamOf(leaderId) ?? null);
    if (leaderId !== null && teamId === null) row.remarks.push(`in no team: teamLeaderId (${leaderId}) is nobody who leads here`);
    return { email: email ?? '', fullName, role, department, phone, isActive, teamId, joinedOn: extra?.hiredOn ?? (createdAt === null ? null : context.dayOf(new Date(createdAt))), createdAt };
  });
}

export const leads = ({ leaders }: Crowd, oldId: string): boolean => leaders.has(oldId);

/** On one line; of whoever has none, what is before the @. */
function nameOf(row: OldRow, email: string | null): string {
  const joined = [row.text('firstName'), row.text('lastName')].filter((part) => part !== null).join(' ');
  const name = row.text('name', 'fullName') ?? (joined === '' ? email?.replace(/@.*/, '') : joined);
  return (name ?? '').replaceAll(/\s+/g, ' ');
}

/** The number somebody goes by in the house, so that files and systems that name them by it find them. */
export function readEmployeeId(context: ReadingContext, place: string, fields: Readonly<Record<string, unknown>>): Reading<MigratedIdentity> | null {
  const reading = readRow<MigratedIdentity | { readonly none: true }>(context, 'Agent', place, fields, (row) => {
    const externalId = row.text('employeeId');
    const agentId = personIn(context, row, 'userId');
    if (externalId === null) return { none: true };
    check(context, row, 'CreateIdentityData', { system: context.system, externalId });
    return agentId === null ? null : { agentId, system: context.system, externalId };
  });
  if ('refused' in reading) return reading;
  return 'none' in reading.thing ? null : { ...reading, thing: reading.thing };
}

function rowOf({ asked }: ReadingContext, table: string, fields: Readonly<Record<string, unknown>>): OldRow {
  const names = asked.get(table) ?? new Set(['id', 'createdat']);
  asked.set(table, names);
  return new OldRow(fields, names);
}
