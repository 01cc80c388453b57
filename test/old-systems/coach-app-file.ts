import { DatabaseSync, type SQLInputValue } from 'node:sqlite';

/** As Prisma makes tables of models on SQLite. A column is `name TYPE …`, without the quotes. */
const TABLES: Readonly<Record<string, string>> = {
  User: 'id TEXT NOT NULL PRIMARY KEY, email TEXT, name TEXT, hashedPassword TEXT, role TEXT NOT NULL DEFAULT \'AGENT\', isActive BOOLEAN NOT NULL DEFAULT true, createdAt DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, updatedAt DATETIME, managedBy TEXT, teamLeaderId TEXT REFERENCES User(id), shoeSize INTEGER',
  Agent: 'id TEXT NOT NULL PRIMARY KEY, userId TEXT NOT NULL, employeeId TEXT, department TEXT, hireDate DATETIME',
  TeamLeader: 'id TEXT NOT NULL PRIMARY KEY, userId TEXT NOT NULL, department TEXT',
  CoachingSession: 'id TEXT NOT NULL PRIMARY KEY, agentId TEXT NOT NULL, teamLeaderId TEXT NOT NULL, sessionDate DATETIME, scheduledDate DATETIME, status TEXT NOT NULL DEFAULT \'SCHEDULED\', previousScore REAL, currentScore REAL, preparationNotes TEXT, sessionNotes TEXT, actionItems TEXT, followUpDate DATETIME, duration INTEGER DEFAULT 60, createdAt DATETIME, updatedAt DATETIME',
  SessionMetric: 'id TEXT NOT NULL PRIMARY KEY, sessionId TEXT NOT NULL, metricName TEXT NOT NULL, score REAL NOT NULL, comments TEXT',
  QuickNote: 'id TEXT NOT NULL PRIMARY KEY, agentId TEXT NOT NULL, authorId TEXT NOT NULL, content TEXT NOT NULL, category TEXT NOT NULL, isPrivate BOOLEAN NOT NULL DEFAULT false, createdAt DATETIME, updatedAt DATETIME, deletedAt DATETIME',
  ActionItem: 'id TEXT NOT NULL PRIMARY KEY, agentId TEXT NOT NULL, sessionId TEXT, title TEXT NOT NULL, description TEXT, priority TEXT, status TEXT NOT NULL DEFAULT \'PENDING\', dueDate DATETIME, completedDate DATETIME, createdBy TEXT NOT NULL, assignedTo TEXT, createdAt DATETIME, updatedAt DATETIME',
  ActionPlan: 'id TEXT NOT NULL PRIMARY KEY, agentId TEXT NOT NULL, title TEXT NOT NULL, createdBy TEXT NOT NULL, status TEXT',
  ActionPlanItem: 'id TEXT NOT NULL PRIMARY KEY, actionPlanId TEXT NOT NULL, title TEXT NOT NULL, description TEXT, targetMetric TEXT, targetValue REAL, currentValue REAL, dueDate DATETIME, status TEXT, completedDate DATETIME',
  AgentMetric: 'id TEXT NOT NULL PRIMARY KEY, agentId TEXT NOT NULL, month INTEGER NOT NULL, year INTEGER NOT NULL, service REAL, quality REAL, serviceWeight REAL, totalScore REAL, percentage REAL, notes TEXT, createdAt DATETIME, updatedAt DATETIME',
  Performance: 'id TEXT NOT NULL PRIMARY KEY, agentId TEXT NOT NULL, metricType TEXT NOT NULL, score REAL NOT NULL, target REAL NOT NULL, period TEXT NOT NULL, createdAt DATETIME',
  Notification: 'id TEXT NOT NULL PRIMARY KEY, message TEXT',
  Horoscope: 'id INTEGER NOT NULL PRIMARY KEY, sign TEXT',
  _AttendedSessions: 'A TEXT NOT NULL REFERENCES CoachingSession(id), B TEXT NOT NULL REFERENCES User(id)',
  _prisma_migrations: 'id TEXT PRIMARY KEY NOT NULL, checksum TEXT',
};

export type OldValues = Readonly<Record<string, SQLInputValue>>;

/** A Coach App's database that a test fills. */
export class CoachAppFile {
  readonly path: string;
  readonly db: DatabaseSync;

  /** @param tables which of them it has; another schema of a table may be given */
  constructor(path: string, tables: Readonly<Record<string, string>> = TABLES) {
    this.path = path;
    // Prisma does not make SQLite watch over references, so rows may point at nobody.
    this.db = new DatabaseSync(path, { enableForeignKeyConstraints: false });
    for (const [name, columns] of Object.entries(tables)) this.db.exec(`create table "${name}" (${columns})`);
  }

  /** The tables of every Coach App, but for these. */
  static tablesBut(...names: readonly string[]): Record<string, string> {
    return Object.fromEntries(Object.entries(TABLES).filter(([name]) => !names.includes(name)));
  }

  add(table: string, ...rows: readonly OldValues[]): this {
    for (const row of rows) {
      const columns = Object.keys(row);
      this.db.prepare(`insert into "${table}" (${columns.map((name) => `"${name}"`).join(', ')}) values (${columns.map(() => '?').join(', ')})`).run(...Object.values(row));
    }
    return this;
  }

  change(table: string, id: string, values: OldValues): void {
    this.db.prepare(`update "${table}" set ${Object.keys(values).map((name) => `"${name}" = ?`).join(', ')} where id = ?`).run(...Object.values(values), id);
  }
}

/** People and what was written about them, in all the ways in which such files are odd. */
export function fillCoachApp(file: CoachAppFile): void {
  const at = (day: string): number => Date.parse(`${day}T09:00:00Z`);
  file.add('User',
    { id: 'boss', email: 'Boss@Old.test', name: 'Bea Boss', role: 'MANAGER', hashedPassword: '$2b$secret', createdAt: '2022-01-03 08:00:00' },
    { id: 'ada', email: 'ada.agent@old.test', name: 'Ada  Åström 🎧', role: 'AGENT', teamLeaderId: 'lena', createdAt: at('2023-02-01'), shoeSize: 38 },
    { id: 'lena', email: 'lena@old.test', name: 'Lena Leader', role: 'TEAM_LEADER', managedBy: 'boss', createdAt: '2022-05-01T08:00:00.000Z' },
    { id: 'gone', email: 'gone@old.test', name: 'Gus Gone', role: 'AGENT', isActive: 0, teamLeaderId: 'lena', createdAt: at('2023-03-01') },
    { id: 'twin', email: 'ADA.agent@old.test', name: 'Ada Again', role: 'AGENT', createdAt: at('2023-04-01') },
    { id: 'mute', email: null, name: 'No Mail', role: 'AGENT', createdAt: at('2023-04-01') },
    { id: 'king', email: 'king@old.test', name: 'Karl King', role: 'KING', createdAt: at('2023-04-01') },
    { id: 'bob', email: 'bob@old.test', name: null, role: 'AGENT', teamLeaderId: 'nobody', createdAt: at('2023-05-01') },
  );
  file.add('Agent', { id: 'agent-ada', userId: 'ada', employeeId: 'EMP001', department: 'Billing', hireDate: at('2021-09-15') });
  file.add('TeamLeader', { id: 'tl-lena', userId: 'lena', department: 'Billing' });
  file.add('CoachingSession',
    { id: 's1', agentId: 'ada', teamLeaderId: 'lena', scheduledDate: at('2024-03-01'), sessionDate: at('2024-03-04'), status: 'COMPLETED', previousScore: 71.5, currentScore: 80, preparationNotes: 'Go easy, her father is ill.', sessionNotes: 'Listened to two calls.', actionItems: 'Slow down.', followUpDate: at('2024-04-04'), duration: 45, createdAt: at('2024-02-20') },
    { id: 's2', agentId: 'ada', teamLeaderId: 'lena', scheduledDate: '2024-05-01T10:00:00.000Z', status: 'NO_SHOW', createdAt: at('2024-04-20') },
    { id: 's3', agentId: 'bob', teamLeaderId: 'lena', scheduledDate: at('2024-05-02'), sessionDate: at('2024-05-02'), status: 'COMPLETED', createdAt: at('2024-04-20') },
    { id: 's4', agentId: 'twin', teamLeaderId: 'lena', scheduledDate: at('2024-05-02'), status: 'COMPLETED' },
    { id: 's5', agentId: 'ada', teamLeaderId: 'lena', scheduledDate: at('2024-05-02'), status: 'COMPLETED', duration: 900 },
  );
  file.add('_AttendedSessions', { A: 's3', B: 'ada' });
  file.add('SessionMetric', { id: 'm1', sessionId: 's1', metricName: 'Quality', score: 4.5, comments: 'Better.' });
  file.add('QuickNote',
    { id: 'n1', agentId: 'ada', authorId: 'lena', content: 'Talks too fast.\u0000', category: 'PERFORMANCE', createdAt: at('2024-01-10'), updatedAt: at('2024-01-10') },
    { id: 'n2', agentId: 'ada', authorId: 'lena', content: 'Saved a customer 💪', category: 'PRAISE', createdAt: '2024-01-11 09:00:00' },
    { id: 'n3', agentId: 'ada', authorId: 'lena', content: 'On a warning.', category: 'BEHAVIOR', isPrivate: 1, createdAt: at('2024-01-12') },
    { id: 'n4', agentId: 'twin', authorId: 'lena', content: 'Of somebody who was not brought along.', category: 'OTHER', createdAt: at('2024-01-12') },
    { id: 'n5', agentId: 'ada', authorId: 'lena', content: 'Deleted.', category: 'OTHER', createdAt: at('2024-01-12'), deletedAt: at('2024-01-13') },
    { id: 'n6', agentId: 'ada', authorId: 'ada', content: 'About myself.', category: 'OTHER', createdAt: at('2024-01-12') },
    { id: 'n7', agentId: 'ada', authorId: 'lena', content: '   ', category: 'OTHER', createdAt: 'yesterday' },
  );
  file.add('ActionItem',
    { id: 'a1', agentId: 'ada', sessionId: 's1', title: 'Slow down', description: 'Count to two.', priority: 'HIGH', status: 'IN_PROGRESS', dueDate: at('2024-03-20'), createdBy: 'lena', assignedTo: 'ada', createdAt: at('2024-03-04') },
    { id: 'a2', agentId: 'ada', sessionId: 'lost', title: 'Read the guide', priority: 'low', status: 'COMPLETED', dueDate: '2024-04-01', completedDate: at('2024-03-30'), createdBy: 'lena', assignedTo: 'ghost', createdAt: at('2024-03-04') },
    { id: 'a3', agentId: 'ada', title: 'Without a day', status: 'PENDING', createdBy: 'lena', assignedTo: 'ada' },
  );
  file.add('ActionPlan', { id: 'p1', agentId: 'ada', title: 'Second quarter', createdBy: 'lena', status: 'ACTIVE' });
  file.add('ActionPlanItem',
    { id: 'i1', actionPlanId: 'p1', title: 'Raise CSAT', description: 'Ask for it.', targetMetric: 'csat', targetValue: 4.5, dueDate: at('2024-06-30'), status: 'PENDING' },
    { id: 'i2', actionPlanId: 'p1', title: 'Fewer breaks', targetMetric: 'breakExceeds', targetValue: 2, currentValue: 5, dueDate: at('2024-06-30'), status: 'PENDING' },
  );
  file.add('AgentMetric',
    { id: 'x1', agentId: 'ada', month: 2, year: 2024, service: 4.2, quality: 3.5, serviceWeight: 1, totalScore: 7.7, percentage: 77, notes: 'Good month.', createdAt: at('2024-03-01') },
    { id: 'x2', agentId: 'ada', month: 13, year: 2024, service: 4, createdAt: at('2024-03-01') },
  );
  file.add('Performance', { id: 'f1', agentId: 'agent-ada', metricType: 'QUALITY', score: 88, target: 90, period: '2024-Q1', createdAt: at('2024-04-01') });
  file.add('Notification', { id: 'z1', message: 'Hello' });
  file.add('Horoscope', { id: 1, sign: 'Leo' });
}
