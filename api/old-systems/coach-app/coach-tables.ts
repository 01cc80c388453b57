import { OldFileError } from '../old-file-error.ts';
import { plainName } from '../old-row.ts';
import type { OldTable, SqliteFile } from './sqlite-file.ts';

/** Tables that are read, under the names of their models. */
const READ = ['User', 'Agent', 'TeamLeader', 'Manager', 'CoachingSession', 'SessionMetric', 'QuickNote', 'ActionItem', 'ActionPlan', 'ActionPlanItem', 'AgentMetric', 'Performance'] as const;
export type CoachTable = (typeof READ)[number];

/** Other names the same models have had. */
const ALSO = new Map<string, CoachTable>(Object.entries({ session: 'CoachingSession', note: 'QuickNote', action: 'ActionItem', metric: 'AgentMetric', performancemetric: 'AgentMetric', agentperformance: 'AgentMetric' } as const));

/** Columns that are read, under every name they have had. Whether a row was asked for one depends on the row. */
const COLUMNS: Readonly<Record<CoachTable, string>> = {
  User: 'email name fullName firstName lastName role isActive phone department teamLeaderId',
  Agent: 'userId employeeId department hireDate', TeamLeader: 'userId department hireDate', Manager: 'userId department hireDate',
  CoachingSession: 'agentId userId teamLeaderId coachId facilitatorId scheduledDate scheduledAt sessionDate heldAt actualDate status duration durationMinutes previousScore currentScore overallScore preparationNotes sessionNotes notes actionItems followUpDate summary completedAt completedDate',
  SessionMetric: 'sessionId metricName metric score comments',
  QuickNote: 'agentId userId authorId createdById createdBy teamLeaderId content note text category noteType type priority isPrivate addressedAt',
  ActionItem: 'agentId userId createdBy createdById authorId assignedTo assignedToId assigneeId sessionId title description category priority status dueDate dueAt completedDate completedAt targetMetric targetValue currentValue',
  ActionPlan: 'agentId createdBy createdById title description startDate endDate status approvedBy approvedAt',
  ActionPlanItem: 'actionPlanId planId title description priority status dueDate dueAt completedDate completedAt targetMetric targetValue currentValue',
  AgentMetric: 'agentId userId month year period totalScore percentage notes comments',
  Performance: 'agentId userId metricType metricName metric score value target period',
};
const OF_ALL = 'id createdAt deletedAt isDeleted deleted';

const OF_SIGN_IN = 'sign-ins are not taken along, everybody chooses a password anew';
/** Tables that are known and stay behind, and why. */
const LEFT = new Map(Object.entries({
  permission: 'what people may do follows from their role here',
  rolepermission: 'what people may do follows from their role here',
  permissiontouser: 'what people may do follows from their role here',
  userpreference: 'people choose here how they want to be told things',
  notification: 'what people were told there is no news any more',
  auditlog: 'the audit log here is of what happened here',
  metricweight: 'scorecards have the weights they were made with',
  airecommendation: 'it is made anew of what is here',
  account: OF_SIGN_IN, verificationtoken: OF_SIGN_IN, authenticator: OF_SIGN_IN, loginattempt: OF_SIGN_IN,
  prismamigration: 'the history of the old schema',
}));

/** Columns of tables that are read which stay behind, and why. */
export const LEFT_COLUMNS = new Map(Object.entries({
  hashedpassword: 'passwords are chosen anew', password: 'passwords are chosen anew', passwordhash: 'passwords are chosen anew', emailverified: 'mail shows it',
  managedby: 'managers see everybody here', updatedat: 'it is when it was brought here', image: 'pictures are not kept here', avatar: 'pictures are not kept here',
  lastloginat: 'sign-ins are those here', lastlogin: 'sign-ins are those here',
}));

/** `QuickNote`, `quick_notes` and `QuickNotes` are one table. */
const singular = (name: string): string => plainName(name).replace(/s$/, '');

/** A table that joins two others (`_AToB`), with the columns A and B. */
export interface JoinTable extends OldTable {
  readonly a: string;
  readonly b: string;
}

/** Which table of a file is which. */
export class CoachTables {
  readonly #file: SqliteFile;
  readonly #known = new Map<CoachTable, OldTable>();
  readonly joins: readonly JoinTable[];
  /** A sentence for each table that stays behind. */
  readonly left: readonly string[];

  /** @throws OldFileError where nobody is in it */
  constructor(file: SqliteFile) {
    this.#file = file;
    const [joins, left]: [JoinTable[], string[]] = [[], []];
    for (const table of file.tables) {
      const name = modelOf(table.name);
      const [a, b] = [table.references.get('A'), table.references.get('B')];
      if (name && !this.#known.has(name)) this.#known.set(name, table);
      else if (table.name.startsWith('_') && a !== undefined && b !== undefined && modelOf(a) && modelOf(b)) joins.push({ ...table, a: modelOf(a) ?? a, b: modelOf(b) ?? b });
      else left.push(`Table ${table.name} (${table.rows} rows) stays behind: ${LEFT.get(singular(table.name)) ?? 'it is not known'}.`);
    }
    [this.joins, this.left] = [joins, left];
    if (!this.#known.has('User')) throw new OldFileError(`This is no database of the Coach App: it has no table User. It has ${file.tables.map(({ name }) => name).slice(0, 20).join(', ') || 'no tables at all'}.`);
  }

  get(name: CoachTable): OldTable | undefined {
    return this.#known.get(name);
  }

  /** Columns that have something in them and are not known, with how many rows have. */
  strangers(name: CoachTable, asked: ReadonlySet<string>): { readonly column: string; readonly rows: number }[] {
    const table = this.#known.get(name);
    const known = new Set(`${COLUMNS[name]} ${OF_ALL}`.split(' ').map(plainName));
    const columns = table?.columns.filter((column) => !known.has(plainName(column)) && !asked.has(plainName(column))) ?? [];
    const filled = table ? this.#file.filled(table, columns) : [];
    return columns.map((column, index) => ({ column, rows: filled[index] ?? 0 })).filter(({ rows }) => rows > 0);
  }

  *batches(name: CoachTable, size: number): Generator<Record<string, unknown>[]> {
    const table = this.#known.get(name);
    // Pictures and the like stay where they are.
    if (table) yield* this.#file.batches({ name: table.name, columns: table.columns.filter((column) => !LEFT_COLUMNS.has(plainName(column)) || plainName(column) === 'updatedat') }, size);
  }

  /** Ids of B by ids of A, of every join table between these two. */
  joined(from: CoachTable, to: CoachTable): Map<string, string[]> {
    const found = new Map<string, string[]>();
    for (const table of this.joins) {
      const turned = table.a === to && table.b === from;
      if (!turned && !(table.a === from && table.b === to)) continue;
      for (const batch of this.#file.batches(table, 1000)) {
        for (const { A, B } of batch) {
          const [key, value] = (turned ? [B, A] : [A, B]).map(String) as [string, string];
          const known = found.get(key);
          if (known) known.push(value);
          else found.set(key, [value]);
        }
      }
    }
    return found;
  }
}

const modelOf = (table: string): CoachTable | undefined => READ.find((model) => singular(model) === singular(table)) ?? ALSO.get(singular(table));
