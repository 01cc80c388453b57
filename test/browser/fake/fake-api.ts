import { createReadStream, existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Server as Sockets } from 'socket.io';
import { STRICT_CSP } from '../host-page.ts';
import { answerImports, newFakeImports, type FakeImports } from './fake-imports.ts';
import * as fixtures from '../../../widgets/gallery/fixtures.ts';
import * as actionFixtures from '../../../widgets/action-items/actions.fixtures.ts';
import * as fairnessFixtures from '../../../widgets/fairness/fairness.fixtures.ts';
import * as notificationFixtures from '../../../widgets/notifications/notifications.fixtures.ts';
import * as queueFixtures from '../../../widgets/priority-queue/queue.fixtures.ts';
import * as quickStatsFixtures from '../../../widgets/quick-stats/quick-stats.fixtures.ts';
import * as requestFixtures from '../../../widgets/session-requests/requests.fixtures.ts';
import { goals } from '../../../widgets/goals/goals.fixtures.ts';
import { aSession, type Session } from '../../../widgets/session/session.fixtures.ts';
import { paged, problem, type Answer, type Request } from './answer.ts';
import { oneSession, sessions } from './fake-sessions.ts';

const DIST = fileURLToPath(new URL('../../../dist/', import.meta.url));
const TYPES: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.html': 'text/html; charset=utf-8' };

/** What a request is answered with instead of the fixture. */
interface Fault {
  status: number;
  body?: unknown;
}

/**
 * A stand-in for the API, for the states the real one cannot be asked to be in: slow, failing, empty, two hundred
 * people at once. Fixtures are typed by the contract, so that they cannot drift from it unseen.
 */
export interface FakeApi {
  url: string;
  /** Signed-in person; the fixtures' leader at first. */
  person: fixtures.Agent;
  floor: fixtures.Agent[];
  notes: ReturnType<typeof fixtures.note>[];
  notifications: readonly (typeof notificationFixtures.notifications)[number][];
  sessionRequests: readonly requestFixtures.SessionRequest[];
  actions: ReturnType<typeof actionFixtures.actionItem>[];
  sessions: readonly Session[];
  imports: FakeImports;
  /** Path prefix → fault. */
  faults: Map<string, Fault>;
  /** Path prefix → answers never come. */
  held: Set<string>;
  requests: { method: string; path: string; headers: IncomingMessage['headers']; body: unknown }[];
  emit(event: string, payload: unknown): void;
  /** Resolves once a page listens. */
  connected(): Promise<void>;
  close(): Promise<void>;
}

export async function startFakeApi(): Promise<FakeApi> {
  const server: Server = createServer((request, response) => void handle(request, response));
  const sockets = new Sockets(server, { cors: { origin: '*' } });
  let seq = 0;
  const api: FakeApi = {
    url: '',
    person: fixtures.leader,
    floor: fixtures.floor,
    notes: [fixtures.note(1), fixtures.note(2, { noteType: 'URGENT', priority: 'HIGH', content: 'Promised a refund that is not ours to give.', category: 'Process' }), fixtures.note(3, { noteType: 'POSITIVE', content: 'Calmed an angry caller in two sentences.', category: null })],
    notifications: notificationFixtures.notifications,
    sessionRequests: [requestFixtures.sessionRequest(1, { answerDueAt: '2026-01-05T00:00:00.000Z', preferredTimes: ['2099-03-02T09:00:00.000Z'] }), requestFixtures.sessionRequest(2, { agentId: 5, topic: 'Moving to the technical team' })],
    actions: [...actionFixtures.actionItems],
    imports: newFakeImports(),
    sessions: [aSession(1)],
    faults: new Map(),
    held: new Set(),
    requests: [],
    emit: (event, payload) => {
      seq += 1;
      sockets.emit(event, payload, { id: `e${seq}`, seq, type: event, occurredAt: new Date().toISOString(), actor: null });
    },
    connected: async () => {
      while (sockets.engine.clientsCount === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    },
    close: async () => {
      await sockets.close();
      server.closeAllConnections();
    },
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://fake');
    if (!url.pathname.startsWith('/api/')) return servePage(url.pathname, response);
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Access-Control-Allow-Headers', '*, authorization, content-type, idempotency-key, if-match');
    response.setHeader('Access-Control-Allow-Methods', '*');
    if (request.method === 'OPTIONS') return void response.writeHead(204).end();
    const body: unknown = await readJson(request);
    api.requests.push({ method: request.method ?? '', path: url.pathname + url.search, headers: request.headers, body });
    if ([...api.held].some((prefix) => url.pathname.startsWith(prefix))) return;
    const fault = [...api.faults].find(([prefix]) => url.pathname.startsWith(prefix))?.[1];
    const [status, answer] = fault ? [fault.status, fault.body ?? problem(fault.status)] : answerFor(api, request, url, body);
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(status === 204 ? undefined : JSON.stringify(answer));
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  api.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return api;
}

type Respond = (api: FakeApi, request: Request) => Answer;

/** The first pattern that fits answers. */
const routes: readonly [RegExp, Respond][] = [
  [/^\/api\/auth\/browser\/(login|refresh)$/, (api) => [200, { accessToken: 'token', tokenType: 'Bearer', expiresIn: 3600, agent: api.person }]],
  [/^\/api\/auth\/(login|setup)$/, (api) => [200, { accessToken: 'token', refreshToken: 'refresh-token-refresh', tokenType: 'Bearer', expiresIn: 3600, agent: api.person }]],
  [/^\/api\/auth\/me$/, (api) => [200, fixtures.me(api.person)]],
  [/^\/api\/agents$/, people],
  [/^\/api\/status-board$/, (api, { query }) => [200, fixtures.statusBoard(api.floor.filter((person) => !query.get('teamId') || person.teamId === query.get('teamId')))]],
  [/^\/api\/agents\/\d+\/record$/, (_api, { id }) => [200, { agentId: id, isComplete: true }]],
  [/\/status-reasons$/, () => [200, fixtures.statusReasons]],
  [/\/performance$/, (_api, { id, query }) => [200, fixtures.days(id, query.get('from') === null ? 30 : spanOf(query))]],
  [/\/summary$/, (_api, { id }) => [200, fixtures.summary(id)]],
  [/\/settings$/, () => [200, { teamId: fixtures.TEAM, version: 1, updatedAt: null, settings: { thresholds: { awayMinutes: 15, busyMinutes: 30 } } }]],
  [/\/status$/, (api, { id, body }) => [200, { ...(id === api.person.id ? api.person : fixtures.agent(id)), ...statusOf(body), statusSince: new Date().toISOString() }]],
  [/^\/api\/agents\/\d+$/, (api, { id }) => [200, api.floor.find((person) => person.id === id) ?? { ...api.person, id }]],
  [/^\/api\/metrics\/definitions$/, () => [200, fixtures.definitions]],
  [/^\/api\/interactions$/, (_api, { query }) => [200, fixtures.interactions(Number(query.get('agentId')), Number(query.get('cursor')?.slice(1) ?? 0))]],
  [/\/evidence$/, () => [200, queueFixtures.queueEvidence]],
  [/\/snooze$/, (_api, { method }) => (method === 'DELETE' ? [204, undefined] : [201, {}])],
  [/^\/api\/priority-queue$/, (_api, { query }) => [200, queueFixtures.queue(query.get('asOf') ?? undefined)]],
  [/^\/api\/fairness$/, () => [200, fairnessFixtures.fairness]],
  [/^\/api\/fairness\/rows$/, () => [200, fairnessFixtures.fairnessRows]],
  [/^\/api\/quick-stats$/, (api) => [200, quickStatsFixtures.quickStats(api.person)]],
  [/^\/api\/quick-stats\/people$/, () => [200, quickStatsFixtures.quickStatsPeople]],
  [/^\/api\/action-items$/, actionItems],
  [/^\/api\/action-items\/[^/]+\/comments$/, (_api, { method, body }) => (method === 'POST' ? [201, { ...actionFixtures.actionComments.data[0], text: (body as { text: string }).text }] : [200, actionFixtures.actionComments])],
  [/^\/api\/action-items\/[^/]+\/evidence$/, (_api, { method, body }) => (method === 'POST' ? [201, { ...actionFixtures.actionEvidence.data[0], ...(body as object) }] : [200, actionFixtures.actionEvidence])],
  [/^\/api\/action-items\//, actionItem],
  [/^\/api\/imports(\/|$)/, (api, request) => answerImports(api.imports, request)],
  [/^\/api\/interactions\//, () => [200, fixtures.interactions(1, 0).data[1]]],
  [/^\/api\/quick-notes$/, notes],
  [/^\/api\/quick-notes\//, note],
  [/^\/api\/notifications$/, (api, { query }) => [200, notificationPage(api, query)]],
  [/^\/api\/notifications\/unread-count$/, (api) => [200, { unread: api.notifications.filter(({ readAt }) => readAt === null).length }]],
  [/^\/api\/notifications\/read-all$/, readAll],
  [/^\/api\/notifications\/preferences$/, (_api, { method, body }) => [200, method === 'PUT' ? { ...notificationFixtures.notificationPreferences, ...(body as object), version: 2 } : notificationFixtures.notificationPreferences]],
  [/^\/api\/notifications\/[^/]+$/, markNotification],
  [/^\/api\/session-requests(\/|$)/, sessionRequests],
  [/^\/api\/coaching-sessions$/, sessions],
  [/^\/api\/coaching-sessions\//, oneSession],
  [/^\/api\/goals$/, () => [200, paged(goals)]],
  [/^\/api\/coaching-templates$/, () => [200, paged([])]],
];

function answerFor(api: FakeApi, { method = '', headers }: IncomingMessage, url: URL, body: unknown): Answer {
  const respond = routes.find(([pattern]) => pattern.test(url.pathname))?.[1];
  if (!respond) return [404, problem(404)];
  const uuid = /\/([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})/.exec(url.pathname)?.[1] ?? '';
  return respond(api, { id: Number(/\/(\d+)(\/|$)/.exec(url.pathname)?.[1] ?? 1), uuid, path: url.pathname, method, query: url.searchParams, headers, body });
}

function people(api: FakeApi, { query }: Request): Answer {
  const found = api.floor.filter((person) => !query.get('teamId') || person.teamId === query.get('teamId'));
  return [200, paged(found)];
}

function notes(api: FakeApi, { method, query, body }: Request): Answer {
  if (method === 'POST') return [201, fixtures.note(100 + api.requests.length, body as Partial<ReturnType<typeof fixtures.note>>)];
  const limit = Number(query.get('limit') ?? 20);
  const found = api.notes.filter((note) =>
    (['noteType', 'priority', 'category'] as const).every((key) => query.get(key) === null || query.get(key) === String(note[key])) &&
    (query.get('addressed') ?? String(note.addressedAt !== null)) === String(note.addressedAt !== null) &&
    note.createdAt <= (query.get('to') ?? '9') &&
    note.content.toLowerCase().includes((query.get('search') ?? '').toLowerCase()));
  return [200, { quickNotes: found.slice(0, limit), pagination: { total: found.length, page: 1, limit, totalPages: 1 } }];
}

function actionItems(api: FakeApi, { method, query, body }: Request): Answer {
  if (method === 'POST') {
    const item = actionFixtures.actionItem(100 + api.requests.length, body as Partial<ReturnType<typeof actionFixtures.actionItem>>);
    api.actions = [...api.actions, item];
    return [201, item];
  }
  const statuses = query.getAll('status');
  const found = api.actions.filter((item) =>
    (statuses.length === 0 || statuses.includes(item.status)) &&
    (['agentId', 'priority', 'category', 'overdue'] as const).every((key) => query.get(key) === null || query.get(key) === String(item[key])));
  return [200, actionFixtures.actionPage(found)];
}

function actionItem(api: FakeApi, { method, uuid, body }: Request): Answer {
  const found = api.actions.find(({ id }) => id === uuid);
  if (!found) return [404, problem(404)];
  const now = method === 'PUT' ? { ...found, ...(body as object), version: found.version + 1 } : found;
  api.actions = api.actions.map((other) => (other === found ? now : other));
  return [200, now];
}

function note(api: FakeApi, { method, uuid, body }: Request): Answer {
  const found = api.notes.find(({ id }) => id === uuid);
  if (!found) return [404, problem(404)];
  if (method === 'DELETE') api.notes = api.notes.filter((other) => other !== found);
  if (method === 'DELETE') return [204, undefined];
  const { addressed, ...fields } = (body ?? {}) as { addressed?: boolean };
  const marked = addressed === undefined ? {} : { addressedAt: addressed ? new Date().toISOString() : null, addressedBy: addressed ? { id: 900, name: 'Ruth Adeyemi' } : null };
  const now = { ...found, ...fields, ...marked, version: found.version + (method === 'PUT' ? 1 : 0) };
  api.notes = api.notes.map((other) => (other === found ? now : other));
  return [200, now];
}

function notificationPage(api: FakeApi, query: URLSearchParams): unknown {
  const found = api.notifications.filter(({ readAt }) => query.get('unread') !== 'true' || readAt === null);
  const limit = Number(query.get('limit'));
  return { data: found.slice(0, limit), meta: { total: found.length, page: 1, limit, totalPages: 1 } };
}

function readAll(api: FakeApi): Answer {
  const read = api.notifications.filter(({ readAt }) => readAt === null).length;
  api.notifications = api.notifications.map((row) => ({ ...row, readAt: row.readAt ?? new Date().toISOString() }));
  return [200, { read }];
}

function markNotification(api: FakeApi, { uuid, body }: Request): Answer {
  const readAt = (body as { read: boolean }).read ? new Date().toISOString() : null;
  api.notifications = api.notifications.map((row) => (row.id === uuid ? { ...row, readAt } : row));
  return [200, api.notifications.find(({ id }) => id === uuid)];
}

function sessionRequests(api: FakeApi, { method, path, uuid, query, body }: Request): Answer {
  if (uuid) return answered(api, uuid, path, body);
  if (method === 'POST') {
    const asked = requestFixtures.sessionRequest(100 + api.requests.length, { agentId: api.person.id, ...(body as object) });
    api.sessionRequests = [...api.sessionRequests, asked];
    return [201, asked];
  }
  const mine = api.person.role === 'cs' ? api.sessionRequests.filter(({ agentId }) => agentId === api.person.id) : api.sessionRequests;
  const found = mine.filter(({ status }) => (query.get('status') ?? status) === status);
  return [200, paged(found)];
}

/** One request after what was done with it. */
function answered(api: FakeApi, uuid: string, path: string, body: unknown): Answer {
  const found = api.sessionRequests.find(({ id }) => id === uuid);
  if (!found) return [404, problem(404)];
  const by = { answeredAt: new Date().toISOString(), answeredBy: { id: api.person.id, name: api.person.fullName }, version: found.version + 1 };
  if (path.endsWith('/decline')) change(api, found, { ...by, status: 'declined', declineReason: (body as { reason: string }).reason });
  if (path.endsWith('/withdraw')) change(api, found, { ...by, status: 'withdrawn' });
  return [200, api.sessionRequests.find(({ id }) => id === uuid)];
}

function change(api: FakeApi, request: requestFixtures.SessionRequest, fields: Partial<requestFixtures.SessionRequest>): void {
  api.sessionRequests = api.sessionRequests.map((other) => (other.id === request.id ? { ...other, ...fields } : other));
}

function statusOf(body: unknown): Pick<fixtures.Agent, 'onlineStatus' | 'statusReason'> {
  const { status, reason = null } = body as { status: fixtures.Agent['onlineStatus']; reason?: string };
  return { onlineStatus: status, statusReason: reason };
}

function spanOf(query: URLSearchParams): number {
  return Math.round((Date.parse(query.get('to') ?? fixtures.today) - Date.parse(query.get('from') ?? fixtures.today)) / 86_400_000) + 1;
}

function servePage(path: string, response: ServerResponse): void {
  const file = path.startsWith('/widgets/') ? DIST + path.slice(1) : `${DIST}console${path === '/' ? '/index.html' : path}`;
  if (path.includes('..') || !existsSync(file)) return void response.writeHead(404).end();
  response.writeHead(200, { 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream', 'Access-Control-Allow-Origin': '*', 'Content-Security-Policy': STRICT_CSP });
  createReadStream(file).pipe(response);
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  try {
    return JSON.parse(Buffer.concat(chunks).toString() || 'null');
  } catch {
    return null;
  }
}
