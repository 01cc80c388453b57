import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import type { ReactiveControllerHost } from 'lit';
import { io, type Socket } from 'socket.io-client';
import { Random } from '../../api/demo/random.ts';
import { LiveSession } from '../../widgets/controllers/live-session.ts';
import type { CoachingSession, Unsaved } from '../../widgets/controllers/live-document.ts';
import type { UnsavedStore } from '../../widgets/controllers/unsaved-store.ts';
import { createSidelineClient } from '../../widgets/provider/client.ts';
import { Realtime } from '../../widgets/provider/realtime.ts';
import { Tokens } from '../../widgets/provider/tokens.ts';
import { startFaultProxy, type FaultProxy } from '../harness/fault-proxy.ts';
import { LONG } from '../harness/long.ts';
import type { TestPerson } from '../harness/people.ts';
import { until } from '../harness/until.ts';
import { CrashRig } from './rig.ts';

/** A run is the same for the same seed as far as the clients go; whom a cut hits is up to the network. */
const SEED = Math.floor(Math.random() * 1e9);
const STEPS = LONG ? 400 : 60;
const TABS_EACH = 2;
/** After every so many steps something breaks. */
const PEACE = 8;
const BREAKS = ['cut', 'shut', 'cut', 'kill', 'shut', 'cut', 'shut'] as const;

/** What a browser keeps of one tab after the other in the same place. */
class Place implements UnsavedStore {
  #kept: Unsaved | undefined;
  tab = 0;

  /** The store as one tab has it: once that is gone it writes no more. */
  forTab(): UnsavedStore {
    const tab = ++this.tab;
    return { adopt: () => this.adopt(), put: async (document, unsaved) => (tab === this.tab ? this.put(document, unsaved) : undefined) };
  }

  async adopt(): Promise<Unsaved | undefined> {
    return this.#kept;
  }

  async put(_document: string, unsaved: Unsaved | undefined): Promise<void> {
    // As it comes out of IndexedDB again.
    this.#kept = structuredClone(unsaved);
  }
}

/** A tab with the session open: the widget's own controller, without a page around it. */
class Tab {
  readonly #person: TestPerson;
  readonly #url: string;
  readonly #sessionId: string;
  readonly #place = new Place();
  readonly words: string[] = [];
  controller!: LiveSession;
  #close: () => void = () => undefined;

  constructor(person: TestPerson, url: string, sessionId: string) {
    this.#person = person;
    this.#url = url;
    this.#sessionId = sessionId;
    this.open();
  }

  open(): void {
    let isOpen = true;
    const tokens = new Tokens(() => Promise.resolve(this.#person.token));
    const client = createSidelineClient({ apiUrl: this.#url, tokens, onOutcome: () => undefined });
    const realtime = new Realtime(this.#url, tokens);
    const host: ReactiveControllerHost = { addController: () => undefined, removeController: () => undefined, requestUpdate: () => undefined, updateComplete: Promise.resolve(true) };
    const store = Promise.resolve(this.#place.forTab());
    this.controller = new LiveSession(host, { sessionId: () => this.#sessionId, owner: () => String(this.#person.id), client: () => (isOpen ? client : undefined), realtime: () => realtime, store });
    this.controller.hostUpdate();
    const { controller } = this;
    this.#close = () => {
      isOpen = false;
      this.#place.tab++;
      realtime.close();
      controller.hostDisconnected();
    };
  }

  /** The lid is shut: nothing more is sent, nothing more is kept. */
  shut(): void {
    this.#close();
  }

  get isReady(): boolean {
    return this.controller.session !== undefined;
  }

  write(random: Random, name: string): void {
    if (!this.isReady) return;
    const word = `<${name}.${this.words.length}>`;
    this.words.push(word);
    const lines = (this.controller.value('discussionNotes') ?? '').split('\n');
    lines.splice(random.int(0, lines.length), 0, word);
    this.controller.edit('discussionNotes', lines.join('\n'));
  }

  settle(): void {
    for (const { field, mine } of this.controller.clashes) this.controller.decide(field, mine);
  }
}

interface Outcome {
  readonly value: string;
  /** Undefined: refused. */
  readonly version: number | undefined;
}

/** A client of its own making: writes one field, takes over what it is refused with, repeats until it is answered. */
class PlainWriter {
  readonly #socket: Socket;
  readonly #sessionId: string;
  readonly outcomes: Outcome[] = [];
  readonly strange: unknown[] = [];
  #version = 0;
  #isStopping = false;
  #running: Promise<void> | undefined;

  constructor(person: TestPerson, url: string, sessionId: string) {
    this.#sessionId = sessionId;
    this.#socket = io(url, { forceNew: true, reconnectionDelay: 50, reconnectionDelayMax: 200, auth: { sessionId: person.token } });
    this.#socket.on('connect_error', () => !this.#socket.active && setTimeout(() => this.#socket.connect(), 100));
  }

  start(name: string): void {
    this.#running = this.#run(name);
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    await this.#running;
    this.#socket.close();
  }

  async #run(name: string): Promise<void> {
    for (let n = 0; !this.#isStopping; n++) {
      const value = `${name}, sentence ${n}`;
      const message = { sessionId: this.#sessionId, updates: { summary: value }, versions: { summary: this.#version }, clientRequestId: `${name}-${n}` };
      const answer = await this.#untilAnswered(message);
      if (!answer.ok) {
        this.strange.push(answer.error);
        return;
      }
      const { applied, refused } = answer.data;
      this.outcomes.push({ value, version: applied.summary });
      this.#version = applied.summary ?? refused.summary.version;
      await sleep(20);
    }
  }

  async #untilAnswered(message: object): Promise<any> { // eslint-disable-line @typescript-eslint/no-explicit-any -- as it comes over the wire
    for (;;) {
      const answer = await this.#socket.timeout(1500).emitWithAck('session:update', message).catch(() => undefined);
      const isAway = answer?.error?.status === 503 || answer?.error?.code === 'still_running';
      if (answer && !isAway) return answer;
      await sleep(50);
    }
  }
}

describe(`Many writers of one session, while connections break and the server is killed (seed ${SEED})`, function () {
  this.timeout(LONG ? 300_000 : 60_000);
  this.slow(40_000);
  let rig: CrashRig;
  let proxies: FaultProxy[];
  const random = new Random('live session', SEED);

  before(async () => {
    rig = await CrashRig.start();
    proxies = await Promise.all([0, 1].map(() => startFaultProxy(Number(new URL(rig.url).port))));
  });
  after(async () => {
    await Promise.all(proxies.map((proxy) => proxy.close()));
    await rig.stop();
  });

  async function ask(method: string, path: string, body?: object): Promise<any> { // eslint-disable-line @typescript-eslint/no-explicit-any -- as it comes over the wire
    const answer = await fetch(rig.url + path, { method, headers: { Authorization: `Bearer ${rig.leader.token}`, 'Content-Type': 'application/json' }, ...(body && { body: JSON.stringify(body) }) });
    expect(answer.ok, await answer.clone().text()).to.equal(true);
    return answer.json();
  }

  /** Breaks one of the two networks for a moment, kills the server, or shuts a lid. */
  async function breakSomething(what: 'cut' | 'kill' | 'shut', tabs: readonly Tab[]): Promise<void> {
    if (what === 'kill') {
      await rig.killApi();
      return rig.startApi();
    }
    if (what === 'cut') {
      const proxy = random.pick(proxies as [FaultProxy, FaultProxy]);
      proxy.cut();
      await sleep(random.int(20, 250));
      return proxy.restore();
    }
    const tab = tabs[random.int(0, tabs.length - 1)];
    tab?.shut();
    await sleep(random.int(0, 100));
    tab?.open();
  }

  it('every acknowledged write is there or was refused or superseded, and all agree', async () => {
    const { id } = await ask('POST', '/api/coaching-sessions', { agentId: rig.agent.id, scheduledAt: new Date(Date.now() + 3_600_000).toISOString() });
    await ask('POST', `/api/coaching-sessions/${id}/start`);
    const urls = proxies.map(({ port }) => `http://127.0.0.1:${port}`);
    const people = [rig.leader, rig.agent];
    const tabs = people.flatMap((person, n) => Array.from({ length: TABS_EACH }, () => new Tab(person, urls[n] ?? '', id)));
    const plain = urls.map((url) => new PlainWriter(rig.leader, url, id));
    await until(() => tabs.every((tab) => tab.isReady));
    plain.forEach((writer, n) => writer.start(`writer-${n}`));

    for (let step = 0; step < STEPS; step++) {
      const who = random.int(0, tabs.length - 1);
      tabs[who]?.write(random, String(who));
      if (who < TABS_EACH && random.next() < 0.3) tabs[who]?.controller.edit('engagementScore', random.int(1, 5));
      for (const tab of tabs) tab.settle();
      // What is typed within the last instant is nobody's to keep.
      await sleep(random.int(2, 60));
      if (step % PEACE === PEACE - 1) await breakSomething(BREAKS[Math.floor(step / PEACE) % BREAKS.length] ?? 'cut', tabs);
    }

    await Promise.all(plain.map((writer) => writer.stop()));
    await until(async () => {
      for (const tab of tabs) tab.settle();
      await Promise.all(tabs.map((tab) => tab.controller.flush()));
      return tabs.every(({ controller }) => !controller.unsaved);
    }, 20_000);

    const stored: CoachingSession = await ask('GET', `/api/coaching-sessions/${id}`);
    await until(() => tabs.every(({ controller: { session } }) => session?.version === stored.version), 20_000);
    for (const { controller } of tabs) {
      expect(controller.session?.discussionNotes).to.equal(stored.discussionNotes);
      expect(controller.value('engagementScore')).to.equal(stored.engagementScore);
    }
    const words = tabs.flatMap((tab) => tab.words);
    expect(words.length).to.be.above(STEPS / 3);
    for (const word of words) expect(stored.discussionNotes.split(word).length - 1, `${word} in\n${stored.discussionNotes}`).to.equal(1);

    expect(plain.flatMap((writer) => writer.strange)).to.deep.equal([]);
    const outcomes = plain.flatMap((writer) => writer.outcomes);
    const applied = outcomes.filter(({ version }) => version !== undefined).sort((a, b) => (a.version ?? 0) - (b.version ?? 0));
    expect(applied.length).to.be.above(10);
    expect(applied.map(({ version }) => version), 'each acknowledged write is a version of its own, and there is no other').to.deep.equal(applied.map((_outcome, n) => n + 1));
    expect([stored.summary, stored.versions['summary']]).to.deep.equal([applied.at(-1)?.value, applied.length]);
    expect(outcomes.length, 'some were refused').to.be.above(applied.length);
    for (const tab of tabs) tab.shut();
  });
});
