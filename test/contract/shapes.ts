import type * as documented from './documented.ts';

/** Says what is wrong with a value, with where; nothing when it has the type. */
export type Shape<T> = ((value: unknown, at?: string) => string[]) & { readonly type?: T };
type TypeOf<S> = S extends Shape<infer T> ? T : never;

const primitive = <T>(name: string, is: (value: unknown) => boolean): Shape<T> => (value, at = '') => (is(value) ? [] : [`${at || '/'} is ${JSON.stringify(value)}, no ${name}`]);

const number = primitive<number>('number', (value) => typeof value === 'number' && Number.isFinite(value));
const text = primitive<string>('text', (value) => typeof value === 'string');
const flag = primitive<boolean>('boolean', (value) => typeof value === 'boolean');
const instant = primitive<string>('instant', (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value));
const oneOf = <const T extends string>(...allowed: T[]): Shape<T> => primitive(allowed.join(' | '), (value) => allowed.includes(value as T));
const orNull = <T>(shape: Shape<T>): Shape<T | null> => (value, at) => (value === null ? [] : shape(value, at));
const list = <T>(item: Shape<T>): Shape<T[]> => (value, at = '') => (Array.isArray(value) ? value.flatMap((one, n) => item(one, `${at}/${n}`)) : [`${at || '/'} is no list`]);
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const record = <T>(item: Shape<T>): Shape<Record<string, T>> => (value, at = '') => (isObject(value) ? Object.entries(value).flatMap(([key, one]) => item(one, `${at}/${key}`)) : [`${at || '/'} is no object`]);

/** Every key is there and has its type; further ones are for newer clients. */
function object<Fields extends Record<string, Shape<unknown>>>(fields: Fields): Shape<{ [Key in keyof Fields]: TypeOf<Fields[Key]> }> {
  return (value, at = '') => {
    if (!isObject(value)) return [`${at || '/'} is no object`];
    return Object.entries(fields).flatMap(([key, shape]) => (key in value ? shape(value[key], `${at}/${key}`) : [`${at}/${key} is missing`]));
  };
}

const agent = object({
  id: number, username: orNull(text), email: orNull(text), role: oneOf('admin', 'manager', 'team_leader', 'cs', 'viewer'), isActive: flag, lastLoginAt: orNull(instant),
  createdAt: instant, updatedAt: instant, fullName: text, avatar: orNull(text), phone: orNull(text), department: text, onlineStatus: oneOf('online', 'offline', 'away', 'busy'),
  lastSeen: orNull(instant), currentTickets: orNull(number), totalTicketsHandled: orNull(number), avgResponseTime: orNull(number), customerSatisfaction: orNull(number),
  ticketsResolvedToday: orNull(number), messagesHandledToday: orNull(number), onlineHoursToday: orNull(number),
});
const activity = object({
  id: text, agentId: number, type: oneOf('login', 'logout', 'status_change', 'ticket_assigned', 'ticket_resolved', 'message_sent'), description: text, timestamp: instant,
  metadata: orNull(record<unknown>(() => [])),
});
const whenever = object({ agentId: number, timestamp: instant });

/** The documented interfaces as something a live answer can be held against; the compiler holds them against the document. */
export const shapes = {
  agent: agent satisfies Shape<documented.Agent>,
  page: object({ data: list(agent), meta: object({ total: number, page: number, limit: number, totalPages: number }) }) satisfies Shape<documented.PaginatedAgentResponse>,
  performance: list(object({
    id: orNull(number), agentId: number, date: text, messagesHandled: number, avgResponseTime: orNull(number), customerSatisfaction: orNull(number), ticketsResolved: number,
    onlineHours: number, slaCompliance: orNull(number),
  })) satisfies Shape<documented.AgentPerformanceMetrics[]>,
  activities: list(activity) satisfies Shape<documented.AgentActivity[]>,
  stats: object({ total: number, active: number, online: number, offline: number, byRole: record(number), byDepartment: record(number) }) satisfies Shape<documented.AgentStats>,
  bulk: object({ success: flag, updated: number, errors: list(text) }) satisfies Shape<documented.BulkResult>,
  deactivated: object({ success: flag, message: text }) satisfies Shape<documented.Deactivated>,
};

export const eventShapes = {
  agent_online: whenever,
  agent_offline: whenever,
  agent_deleted: whenever,
  agent_status_change: object({ agentId: number, status: text, timestamp: instant }),
  agent_activity: activity,
  performance_update: object({ agentId: number, metric: text, value: orNull(number), timestamp: instant }),
  agent_created: agent,
  agent_updated: agent,
} satisfies { [Name in keyof documented.WebSocketEvents]: Shape<documented.WebSocketEvents[Name]> };
