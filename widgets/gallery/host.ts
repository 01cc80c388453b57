import { ContextProvider } from '@lit/context';
import { clientContext } from '../contexts/client.context.ts';
import { localeContext } from '../contexts/locale.context.ts';
import { outboxContext } from '../contexts/outbox.context.ts';
import { realtimeContext } from '../contexts/realtime.context.ts';
import { attachContextRoot } from '../contexts/root.ts';
import { sessionContext, signedOut, type Session } from '../contexts/session.context.ts';
import { themeContext, type Appearance } from '../contexts/theme.context.ts';
import { Outbox } from '../controllers/outbox.ts';
import { createSidelineClient } from '../provider/client.ts';
import { Realtime } from '../provider/realtime.ts';
import { Tokens } from '../provider/tokens.ts';
import { ApiError } from '../shared/api-error.ts';
import { Locale } from '../shared/locale.ts';
import type { CannedTransport } from './canned.ts';
import * as fixtures from './fixtures.ts';
import type { Cell, Person } from './types.ts';

export interface HostOptions {
  transport: CannedTransport;
  person: Person;
  session: Cell['session'];
  appearance: Appearance;
}

/** What a message over the socket is over HTTP. */
const twins: Readonly<Record<string, (payload: { sessionId: string }) => readonly [method: string, path: string]>> = {
  'join-session': ({ sessionId }) => ['GET', `/api/coaching-sessions/${sessionId}/document`],
  'session:update': ({ sessionId }) => ['PATCH', `/api/coaching-sessions/${sessionId}/document`],
};

/** A connection that is there and tells nothing by itself: nothing moves in the gallery. What it is asked, the canned answers answer. */
class StillRealtime extends Realtime {
  readonly #fetch: CannedTransport['fetch'];

  constructor(tokens: Tokens, fetch: CannedTransport['fetch']) {
    super('', tokens);
    this.#fetch = fetch;
  }

  override async request(event: string, payload: unknown): Promise<unknown> {
    const twin = twins[event]?.(payload as { sessionId: string });
    if (!twin) return null;
    const [method, path] = twin;
    const answer = await this.#fetch(path, method === 'GET' ? {} : { method, body: JSON.stringify(payload) });
    if (!answer.ok) throw new ApiError(answer.status);
    return answer.json();
  }

  override get state(): 'live' {
    return 'live';
  }

  override on(): () => void {
    return () => undefined;
  }
}

/** The provider's contexts with the gallery's network behind them: the client, its sign-in and the outbox are the real ones. */
export class GalleryHost {
  readonly #session: ContextProvider<typeof sessionContext>;
  readonly #transport: CannedTransport;

  constructor(element: HTMLElement, { transport, person, session, appearance }: HostOptions) {
    attachContextRoot();
    this.#transport = transport;
    globalThis.fetch = transport.fetch;
    const tokens = new Tokens(async () => 'gallery');
    const client = createSidelineClient({ apiUrl: '', tokens, onOutcome: (outcome) => this.#outcome(outcome) });
    this.#session = new ContextProvider(element, { context: sessionContext, initialValue: sessionOf(person, session) });
    const nobody = session === 'signed-out';
    const providers = [
      this.#session,
      new ContextProvider(element, { context: clientContext, initialValue: nobody ? undefined : client }),
      new ContextProvider(element, { context: realtimeContext, initialValue: nobody ? undefined : new StillRealtime(tokens, transport.fetch) }),
      // Another owner at every visit: what was kept in one cell is nobody's in the next.
      new ContextProvider(element, { context: outboxContext, initialValue: nobody ? undefined : new Outbox({ client, owner: `gallery ${crypto.randomUUID()}` }) }),
      new ContextProvider(element, { context: localeContext, initialValue: new Locale('en-GB') }),
      new ContextProvider(element, { context: themeContext, initialValue: appearance }),
    ];
    for (const provider of providers) provider.hostConnected();
  }

  /** The network goes away under what is shown. */
  goOffline(): void {
    this.#transport.network = 'away';
    this.#set({ online: false });
  }

  #outcome(outcome: 'answered' | 'unreachable' | 'expired'): void {
    if (outcome === 'expired') this.#set({ state: 'expired' });
    else this.#set({ online: outcome === 'answered' });
  }

  #set(change: Partial<Session>): void {
    const next = { ...this.#session.value, ...change };
    if (next.state !== this.#session.value.state || next.online !== this.#session.value.online) this.#session.setValue(next);
  }
}

function sessionOf(person: Person, session: Cell['session']): Session {
  if (session === 'signed-out') return signedOut;
  if (session === 'expired') return { state: 'expired', me: undefined, online: true };
  return { state: 'ready', me: fixtures.me(people[person]), online: true };
}

export const people: Readonly<Record<Person, fixtures.Agent>> = {
  admin: fixtures.agent(901, { fullName: 'Ines Castellano', username: 'admin', role: 'admin', teamId: null, teamName: null }),
  manager: fixtures.agent(902, { fullName: 'Victor Lindqvist', username: 'manager', role: 'manager', teamId: null, teamName: null }),
  team_leader: fixtures.leader,
  cs: fixtures.agent(1),
  viewer: fixtures.agent(903, { fullName: 'Vera Novak', username: 'viewer', role: 'viewer', teamId: null, teamName: null }),
};
