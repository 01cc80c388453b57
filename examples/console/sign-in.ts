import type { components } from '../../api/http/contract.types.ts';

type BrowserTokens = components['schemas']['BrowserTokens'];
export type Person = BrowserTokens['agent'];

/** The accounts of the demo, with what each of them comes for. Their password is public. */
export const DEMO_ACCOUNTS = [
  { username: 'leader', title: 'Team leader', purpose: 'watches the floor, coaches the team' },
  { username: 'agent', title: 'Agent', purpose: 'works on tickets, reads their notes' },
  { username: 'manager', title: 'Manager', purpose: 'all teams, imports' },
  { username: 'admin', title: 'Administrator', purpose: 'everything' },
  { username: 'viewer', title: 'Viewer', purpose: 'reads the floor' },
] as const;
export const DEMO_PASSWORD = 'Sideline-demo-1';
/** Whose sign-in a tab holds, and a new tab takes up. Who it is, no more: the cookie that lets them in is the browser's alone. */
const PERSON = 'larkfield.person';

/** The sign-in did not work; the message is the server's. */
export class SignInFailed extends Error {
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

/** The password was right, and another one has to be chosen first; the token does that, once. */
export class PasswordChangeRequired extends SignInFailed {
  readonly token: string;

  constructor(message: string, token: string) {
    super(message, 403);
    this.token = token;
  }
}

/** One signed-in person. The access token stays in memory, the refresh token in a cookie that no script can read. */
export class SignIn {
  readonly person: Person;
  #accessToken: string;

  private constructor({ accessToken, agent }: BrowserTokens) {
    this.#accessToken = accessToken;
    this.person = agent;
    remember(agent.id);
  }

  /** The sign-in ended: the same person signs in again, and everything that was handed `getToken` goes on. */
  async again(password = DEMO_PASSWORD): Promise<void> {
    this.#accessToken = (await post('/api/auth/browser/login', { username: this.person.username, password })).accessToken;
  }

  static async withPassword(username: string, password: string): Promise<SignIn> {
    return new SignIn(await post('/api/auth/browser/login', { username, password }));
  }

  static asDemo(username: string): Promise<SignIn> {
    return SignIn.withPassword(username, DEMO_PASSWORD);
  }

  /** Takes up the sign-in of this tab, or in a new one the last of this browser. @returns undefined where there is none any more */
  static async takenUp(): Promise<SignIn | undefined> {
    const agentId = Number(sessionStorage.getItem(PERSON) ?? localStorage.getItem(PERSON));
    if (!agentId) return undefined;
    try {
      return new SignIn(await renewed(agentId));
    } catch (error) {
      if (!(error instanceof SignInFailed) || error.status !== 401) throw error;
      forget(agentId);
      return undefined;
    }
  }

  /** The very first administrator, by the one-time link of an empty installation. */
  static async bySetup(data: components['schemas']['SetupRequest']): Promise<SignIn> {
    await post<unknown>('/api/auth/setup', data);
    return SignIn.withPassword(data.username, data.password);
  }

  /** What `loadSideline` asks for: the token it has, or a new one. */
  readonly getToken = async (reason: 'start' | 'expired'): Promise<string | undefined> => {
    if (reason === 'expired') this.#accessToken = (await renewed(this.person.id)).accessToken;
    return this.#accessToken;
  };

  /** A call to the public API as this person. */
  async call(method: string, path: string, body?: unknown): Promise<unknown> {
    const request = (): Promise<Response> =>
      fetch(path, {
        method,
        headers: { Authorization: `Bearer ${this.#accessToken}`, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    let response = await request();
    if (response.status === 401) {
      await this.getToken('expired');
      response = await request();
    }
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`);
    return response.status === 204 ? undefined : response.json();
  }

  async out(): Promise<void> {
    forget(this.person.id);
    await this.call('POST', '/api/auth/logout').catch(() => undefined); // the tokens are forgotten either way
  }
}

const renewed = (agentId: number): Promise<BrowserTokens> => post('/api/auth/browser/refresh', { agentId });

function remember(agentId: number): void {
  sessionStorage.setItem(PERSON, String(agentId));
  localStorage.setItem(PERSON, String(agentId));
}

function forget(agentId: number): void {
  sessionStorage.removeItem(PERSON);
  if (localStorage.getItem(PERSON) === String(agentId)) localStorage.removeItem(PERSON);
}

/** The demo's account that the address names (`?as=agent`). */
export function askedAccount(): string | undefined {
  if (!isDemo()) return undefined;
  const asked = new URLSearchParams(location.search).get('as');
  return DEMO_ACCOUNTS.find((account) => account.username === asked)?.username;
}

/** Whether the password of somebody is the demo's, which everybody knows. */
export const isDemoAccount = ({ username }: Person): boolean => isDemo() && DEMO_ACCOUNTS.some((account) => account.username === username);

/** Whether this installation has the demo's accounts: the server says so in the page it serves. */
export function isDemo(): boolean {
  return document.querySelector<HTMLMetaElement>('meta[name="sideline-demo"]')?.content === 'on';
}

/** Asks for a link to choose a new password. @returns what the server says to it: the same for everybody */
export async function askForLink(usernameOrEmail: string): Promise<string> {
  return (await post<Done>('/api/auth/password/forgot', { usernameOrEmail })).message;
}

/** @throws SignInFailed when the link works no more */
export async function choosePassword(token: string, password: string): Promise<void> {
  await post<Done>('/api/auth/password/reset', { token, password });
}

type Done = components['schemas']['Done'];

async function post<Answer = BrowserTokens>(path: string, body: unknown): Promise<Answer> {
  const response = await fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  const answer = (await response.json().catch(() => ({}))) as Answer & { detail?: string; details?: { message: string }[]; resetToken?: string };
  if (answer.resetToken) throw new PasswordChangeRequired(answer.detail ?? '', answer.resetToken);
  if (response.status >= 500) throw new TypeError(`${path}: ${response.status}`); // as if it had not been reached: it says nothing of the sign-in
  if (!response.ok) throw new SignInFailed([answer.detail, ...(answer.details ?? []).map(({ message }) => message)].filter(Boolean).join(' '), response.status);
  return answer;
}
