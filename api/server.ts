import { createServer, type Server } from 'node:http';
import { actionRecheck } from './actions/actions.recheck.ts';
import { createApp } from './app.ts';
import { httpAddress } from './config.ts';
import type { Context } from './context.ts';
import { ping } from './db/signals.ts';
import { eventDefinitions, eventJobs } from './events.ts';
import { Relay } from './events/relay.ts';
import { EventTail } from './events/tail.ts';
import { allHandlers } from './handlers.ts';
import { loadContract } from './http/contract.ts';
import { Dispatcher } from './http/dispatcher.ts';
import { Idempotency } from './http/idempotency.ts';
import { RateLimits } from './http/rate-limits.ts';
import { InFlight } from './http/in-flight.ts';
import type { Readiness } from './http/health.routes.ts';
import { ContractValidator } from './http/validator.ts';
import { DependencyWatch } from './observability/dependency-watch.ts';
import { Metrics } from './observability/metrics.ts';
import { SocketSessions } from './presence/socket-sessions.ts';
import { queueConsumer } from './queues/queues.ts';
import { PeopleDirectory } from './realtime/directory.ts';
import { EPHEMERAL_CHANNEL, type Ephemeral } from './realtime/ephemeral.ts';
import { RealtimeGateway } from './realtime/gateway.ts';
import { Replay, type Recheck } from './realtime/replay.ts';
import { SessionVisits, VISITS_CHANNEL } from './sessions/live/session-visits.ts';
import { noteRecheck } from './notes/notes.recheck.ts';
import { sessionRecheck } from './sessions/sessions.recheck.ts';
import { socketHandlers } from './socket-handlers.ts';

/** A listening API: HTTP, sockets, relay. */
export interface RunningServer {
  readonly http: Server;
  readonly gateway: RealtimeGateway;
  readonly tail: EventTail;
  readonly relay: Relay;
  readonly lives: SocketSessions;
  readonly visits: SessionVisits;
  readonly url: string;
  /** Says that seeding is done: from now on /health is 200. */
  markReady(): void;
  close(): Promise<void>;
}

/** How long open requests may take to end when the server stops, in milliseconds. */
const DRAIN_MS = 5000;

/** Puts a context behind a port. @throws when the port is taken (EADDRINUSE). */
export async function startServer(ctx: Context): Promise<RunningServer> {
  let ready = false;
  const readiness: Readiness = { get ready() { return ready; }, ping: () => ctx.uow.read(ping), others: () => watch.found() };
  const contract = loadContract();
  const validator = ContractValidator.of(contract);
  const limits = new RateLimits(ctx.config.rateLimitFactor, ctx.redis);
  const idempotency = new Idempotency(ctx.uow);
  const inFlight = new InFlight(ctx.config.maxConcurrentRequests);
  const sockets = (): number => realtime.gateway.connectionCount();
  const metrics = ctx.config.metricsEnabled ? new Metrics({ sockets, requestsInFlight: () => inFlight.now }) : null;
  inFlight.onEnd = (request) => metrics?.request(request);
  const handlers = allHandlers(ctx, readiness, metrics);
  const http = createServer(createApp(ctx, { contract, validator, handlers, limits, idempotency, inFlight }));
  const realtime = buildRealtime(ctx, new Dispatcher({ contract, handlers, validator, limits, idempotency }));
  if (metrics) realtime.tail.on((event) => metrics.event(event));
  const watch = watchDependencies(ctx, metrics);
  // Before the door opens: clients that come back at once find the events they ask for.
  await realtime.start();
  const second = ctx.config.realtime.port === null ? undefined : createServer();
  try {
    realtime.gateway.attach(http);
    await listen(http, ctx.config.port, ctx.config.host);
    if (second && ctx.config.realtime.port !== null) {
      realtime.gateway.attach(second);
      await listen(second, ctx.config.realtime.port, ctx.config.host);
    }
  } catch (error) {
    watch.close();
    metrics?.close();
    await Promise.all([realtime.relay.close(), realtime.tail.close(), realtime.lives.close(), realtime.visits.close()]);
    throw error;
  }
  const address = http.address();
  const port = typeof address === 'object' && address ? address.port : ctx.config.port;
  return {
    http,
    ...realtime,
    url: httpAddress(ctx.config.host, port),
    markReady: () => {
      ready = true;
    },
    close: async () => {
      ready = false;
      await realtime.gateway.close();
      await Promise.all([realtime.lives.close(), realtime.visits.close()]);
      await Promise.all([close(http), second && close(second)]);
      await realtime.relay.close();
      await realtime.tail.close();
      limits.close();
      watch.close();
      metrics?.close();
    },
  };
}

function watchDependencies(ctx: Context, metrics: Metrics | null): DependencyWatch {
  const { redis, files } = ctx;
  const dependencies = [{ name: 'postgresql', check: () => ctx.uow.read(ping) }, ...(redis ? [{ name: 'redis', check: () => redis.ping() }] : []), ...(files.ping ? [{ name: 'storage', check: files.ping }] : [])];
  const watch = new DependencyWatch(dependencies, ctx.config.healthCheckMs, ctx.log, (name, isUp) => metrics?.dependency(name, isUp));
  void watch.look();
  return watch;
}

function buildRealtime(ctx: Context, dispatcher: Dispatcher) {
  const { directUrl } = ctx.config.database;
  const tail = new EventTail({ directUrl, uow: ctx.uow, log: ctx.log });
  const relay = new Relay({ directUrl, log: ctx.log, consumers: [queueConsumer(ctx.queues, eventJobs)] });
  relay.onNumbered = () => tail.wake();
  ctx.uow.onCommit = (events) => {
    // The next request of whoever caused them must find them done; other processes learn of it by the event.
    ctx.authenticator.forget(events.flatMap((event) => eventDefinitions.get(event.type)?.affectsPrincipals?.(event) ?? []));
    relay.nudge();
  };
  const directory = new PeopleDirectory(() => ctx.uow.read((db) => ctx.repositories.agents.placements(db)));
  const rechecks = [noteRecheck(ctx.uow, ctx.repositories.notes), sessionRecheck(ctx.uow, ctx.coachingSessions.repository), actionRecheck(ctx.uow, ctx.repositories.actions)];
  const recheck: Recheck = async (events) => {
    for (const next of rechecks) events = await next(events);
    return events;
  };
  const replay = new Replay({ uow: ctx.uow, definitions: eventDefinitions, directory, recheck, clock: ctx.clock });
  const lives = new SocketSessions({ sessions: ctx.sessions, presence: ctx.presence, clock: ctx.clock, log: ctx.log });
  const visits = new SessionVisits({ uow: ctx.uow, visits: ctx.liveSessions.visits, log: ctx.log });
  const { path, heartbeatMs } = ctx.config.realtime;
  const gateway = new RealtimeGateway({
    authenticator: ctx.authenticator,
    dispatcher,
    definitions: eventDefinitions,
    handlers: socketHandlers,
    directory,
    replay,
    lives,
    visits,
    tail,
    log: ctx.log,
    corsOrigins: ctx.config.corsOrigins,
    path,
    heartbeatMs,
  });
  // Before the sockets are told: whoever fetches again because of the event must not get what was remembered.
  tail.on((event) => ctx.outdating.heard(event));
  tail.on((event) => ctx.priorityQueue.hear(event, (agentId) => directory.teamOf(agentId)));
  tail.on((event) => gateway.deliver(event));
  visits.onShow = (message) => gateway.show(message);
  tail.onNotify(VISITS_CHANNEL, (sessionId) => void visits.changed(sessionId));
  tail.onNotify(EPHEMERAL_CHANNEL, (text) => gateway.show(JSON.parse(text) as Ephemeral));
  const start = async (): Promise<void> => {
    await directory.refresh();
    gateway.startAfter(await tail.start());
    relay.start();
    lives.start();
    visits.start();
  };
  return { tail, relay, gateway, lives, visits, start };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
