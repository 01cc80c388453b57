import { expect } from 'chai';
import fc from 'fast-check';
import { expectWhole, ledgerOf } from '../../test/harness/ledger.ts';
import { LONG } from '../../test/harness/long.ts';
import { startWorld, type World } from '../../test/harness/world.ts';
import type { OnlineStatus } from '../agents/agent.entity.ts';
import { systemPrincipal, type Principal } from '../auth/principal.ts';
import type { SocketLife } from '../realtime/socket-life.ts';
import { GRACE_MS } from './follow.ts';
import { plainPresence, type Change } from './presence.fixture.ts';
import { SocketSessions } from './socket-sessions.ts';

const SECOND = 1000;
const system = systemPrincipal('test');

type Step =
  | { readonly kind: 'open'; readonly process: number }
  | { readonly kind: 'close' | 'silent'; readonly socket: number; readonly seconds: number }
  | { readonly kind: 'crash'; readonly process: number; readonly seconds: number }
  | { readonly kind: 'pass'; readonly seconds: number }
  | { readonly kind: 'set'; readonly status: OnlineStatus; readonly source: Change['source'] }
  | { readonly kind: 'correct'; readonly status: OnlineStatus; readonly secondsAgo: number; readonly seconds: number }
  | { readonly kind: 'look' };

interface OpenSocket {
  readonly life: SocketLife;
  readonly process: number;
  readonly from: number;
  lastHeard: number;
}

/** One person, two API processes and a clock; what really happens, and what is written down beside it. */
class Scene {
  readonly #world: World;
  readonly #clock: { at: number };
  readonly #processes: SocketSessions[];
  readonly agentId: number;
  readonly begun: number;
  #open: OpenSocket[] = [];
  readonly lives: { from: number; to: number }[] = [];
  readonly changes: Change[] = [];
  readonly splits: { at: number; to: number }[] = [];
  readonly corrections: { from: number; to: number; status: OnlineStatus }[] = [];

  constructor(world: World, clock: { at: number }, agentId: number) {
    this.#world = world;
    this.#clock = clock;
    this.agentId = agentId;
    this.begun = clock.at;
    this.#processes = [0, 1].map(() => this.#process());
  }

  async run(step: Step): Promise<void> {
    await this.#pass(1);
    switch (step.kind) {
      case 'open': {
        const life = this.#processes[step.process]!.began({ agentId: this.agentId, socketId: 'socket', ip: null, userAgent: null });
        this.#open.push({ life, process: step.process, from: this.#now(), lastHeard: this.#now() });
        return this.#processes[step.process]!.beat();
      }
      case 'close':
      case 'silent':
        return this.#end(this.#open[step.socket % Math.max(1, this.#open.length)], step.kind === 'silent' ? step.seconds : 0);
      case 'crash':
        return this.#crash(step.process, step.seconds);
      case 'pass':
        return this.#pass(step.seconds);
      case 'set':
        return this.#set(step.status, step.source);
      case 'correct':
        return this.#correct(step);
      case 'look':
        return this.#world.app.ctx.sessions.follow();
    }
  }

  /** Everybody goes, and the grace passes. */
  async finish(): Promise<void> {
    await this.#pass(1);
    while (this.#open[0]) await this.#end(this.#open[0], 0);
    this.#clock.at += GRACE_MS;
    await this.#world.app.ctx.sessions.follow();
  }

  /** What the statuses were, second by second, by the plain model and the corrections on top of it. */
  expected(seconds: number): OnlineStatus[] {
    const told = plainPresence(this.lives.toSorted((a, b) => a.from - b.from), this.changes, seconds + 60, this.splits);
    for (const { from, to, status } of this.corrections) told.fill(status, from / SECOND, to / SECOND);
    return told.slice(0, seconds);
  }

  #process(): SocketSessions {
    const { ctx } = this.#world.app;
    return new SocketSessions({ sessions: ctx.sessions, presence: ctx.presence, clock: { now: () => new Date(this.#clock.at) }, log: ctx.log });
  }

  #now(): number {
    return this.#clock.at - this.begun;
  }

  /** Time in which those who live say so. */
  async #pass(seconds: number, silent: (socket: OpenSocket) => boolean = () => false): Promise<void> {
    this.#clock.at += seconds * SECOND;
    for (const socket of this.#open.filter((candidate) => !silent(candidate))) {
      socket.life.heard();
      socket.lastHeard = this.#now();
    }
    for (const [n, process] of this.#processes.entries()) {
      if (this.#open.some((socket) => socket.process === n && !silent(socket))) await process.beat();
    }
  }

  async #end(socket: OpenSocket | undefined, silentSeconds: number): Promise<void> {
    if (!socket) return;
    if (silentSeconds > 0) await this.#pass(silentSeconds, (other) => other === socket);
    socket.life.ended(silentSeconds > 0 ? 'ping timeout' : 'transport close', silentSeconds === 0);
    this.lives.push({ from: socket.from, to: silentSeconds > 0 ? socket.lastHeard : this.#now() });
    this.#open = this.#open.filter((other) => other !== socket);
    await this.#processes[socket.process]!.beat();
  }

  /** A process is killed some seconds after its last heartbeat; nobody ends its sessions. */
  async #crash(process: number, seconds: number): Promise<void> {
    const lost = this.#open.filter((socket) => socket.process === process);
    await this.#pass(seconds, (socket) => socket.process === process);
    this.lives.push(...lost.map(({ from, lastHeard }) => ({ from, to: lastHeard })));
    this.#open = this.#open.filter((socket) => socket.process !== process);
    this.#processes[process] = this.#process();
  }

  async #set(status: OnlineStatus, source: Change['source']): Promise<void> {
    const by: Record<Change['source'], Principal> = { self: { ...system, kind: 'person', agentId: this.agentId }, leader: { ...system, kind: 'person', agentId: this.#world.org.leader.id }, host: system };
    const { ctx } = this.#world.app;
    const before = (await ledgerOf(this.#world.app, this.agentId)).at(-1);
    await ctx.presence.setStatus(by[source], this.agentId, status, null);
    const after = (await ledgerOf(this.#world.app, this.agentId)).at(-1);
    // Setting what is already is no change, and leaves whose it is.
    if (after && after.from === this.#clock.at && after.from !== before?.from && after.source !== 'socket') this.changes.push({ at: this.#now(), status, source });
  }

  async #correct({ status, secondsAgo, seconds }: Extract<Step, { kind: 'correct' }>): Promise<void> {
    const from = this.#now() - secondsAgo * SECOND;
    const to = Math.min(from + seconds * SECOND, this.#now());
    const at = (ms: number): string => new Date(this.begun + ms).toISOString();
    const by: Principal = { ...system, kind: 'person', agentId: this.#world.org.manager.id };
    const done = await this.#world.app.ctx.ledger.correct(by, this.agentId, { from: at(from), to: at(to), status, reason: 'It was otherwise.' }).then(() => true, (error: { status?: number }) => {
      if (error.status === 409 || error.status === 422) return false;
      throw error;
    });
    if (!done) return;
    this.corrections.push({ from, to, status });
    const last = (await ledgerOf(this.#world.app, this.agentId)).at(-1);
    if (last?.from === this.begun + to) this.splits.push({ at: this.#now(), to });
  }
}

function steps() {
  const status = fc.constantFrom<OnlineStatus>('online', 'away', 'busy', 'offline');
  const socket = fc.nat({ max: 5 });
  const process = fc.nat({ max: 1 });
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 5, arbitrary: fc.record({ kind: fc.constant('open' as const), process }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('close' as const), socket, seconds: fc.constant(0) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('silent' as const), socket, seconds: fc.integer({ min: 1, max: 45 }) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('crash' as const), process, seconds: fc.nat({ max: 9 }) }) },
    { weight: 6, arbitrary: fc.record({ kind: fc.constant('pass' as const), seconds: fc.integer({ min: 1, max: 60 }) }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('set' as const), status, source: fc.constantFrom<Change['source']>('self', 'self', 'leader', 'host') }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('correct' as const), status, secondsAgo: fc.integer({ min: 1, max: 90 }), seconds: fc.integer({ min: 1, max: 90 }) }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('look' as const) }) },
  );
  return fc.array(step, { minLength: 5, maxLength: 30 });
}

/** What random runs have found: a status of no length in the middle of what is corrected; a correction within the grace. */
const FOUND: [Step[]][] = [[[
  { kind: 'open', process: 0 }, { kind: 'close', socket: 0, seconds: 0 }, { kind: 'set', status: 'away', source: 'self' }, { kind: 'pass', seconds: 26 },
  { kind: 'look' }, { kind: 'look' }, { kind: 'open', process: 0 }, { kind: 'look' }, { kind: 'correct', status: 'online', secondsAgo: 33, seconds: 2 },
]], [[
  { kind: 'open', process: 0 }, { kind: 'close', socket: 0, seconds: 0 }, { kind: 'pass', seconds: 4 }, { kind: 'correct', status: 'away', secondsAgo: 1, seconds: 1 },
  { kind: 'pass', seconds: 25 }, { kind: 'open', process: 0 }, { kind: 'crash', process: 0, seconds: 0 }, { kind: 'set', status: 'online', source: 'self' }, { kind: 'pass', seconds: 1 },
]]];

describe('Presence, whatever happens', function () {
  this.timeout(LONG ? 900_000 : 120_000);
  this.slow(60_000);
  let world: World;
  const clock = { at: Math.ceil(Date.now() / SECOND) * SECOND, now: () => new Date(clock.at) };

  before(async () => {
    world = await startWorld('presence_property', {}, { clock });
  });
  after(() => world.close());

  it('is what a plain model says, without overlap or hole, and sums to the wall clock', async () => {
    await fc.assert(
      fc.asyncProperty(steps(), async (list) => {
        const scene = new Scene(world, clock, await world.someone());
        for (const step of list) await scene.run(step);
        await scene.finish();
        const rows = await ledgerOf(world.app, scene.agentId);
        if (rows.length > 0) expectWhole(rows, clock.at);
        const seconds = Math.floor((clock.at - scene.begun) / SECOND) - GRACE_MS / SECOND;
        const written = Array.from({ length: seconds }, (_, second) => rows.findLast(({ from }) => from <= scene.begun + second * SECOND)?.status ?? 'offline');
        expect(compact(written)).to.deep.equal(compact(scene.expected(seconds)));
        const person = await world.app.ctx.agents.get(scene.agentId);
        expect([person.onlineStatus, Date.parse(person.statusSince)]).to.deep.equal(rows.length > 0 ? [rows.at(-1)?.status, rows.at(-1)?.from] : ['offline', Date.parse(person.statusSince)]);
      }),
      { numRuns: LONG ? 300 : 15, examples: FOUND },
    );
  });
});

/** Easier to read when they differ: status and how long, one after the other. */
function compact(statuses: readonly string[]): string[] {
  const told: string[] = [];
  let length = 0;
  statuses.forEach((status, n) => {
    length++;
    if (statuses[n + 1] !== status) {
      told.push(`${status} ${length} s`);
      length = 0;
    }
  });
  return told;
}
