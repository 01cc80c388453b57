import type { components } from '../../api/http/contract.types.ts';

type TokenResponse = components['schemas']['TokenResponse'];
export type Person = TokenResponse['agent'];

/** The accounts of the demo, with what each of them comes for. Their password is public. */
export const DEMO_ACCOUNTS = [
  { username: 'leader', title: 'Team leader', purpose: 'watches the floor, coaches the team' },
  { username: 'agent', title: 'Agent', purpose: 'works on tickets, reads their notes' },
  { username: 'manager', title: 'Manager', purpose: 'all teams, imports' },
  { username: 'admin', title: 'Administrator', purpose: 'everything' },
  { username: 'viewer', title: 'Viewer', purpose: 'reads the floor' },
] as const;
export const DEMO_PASSWORD = 'Sideline-demo-1';
const REMEMBERED = 'larkfield.account';

/** The sign-in did not work; the message is the server's. */
export class SignInFailed extends Error {}

/** The password was right, and another one has to be chosen first; the token does that, once. */
export class PasswordChangeRequired extends SignInFailed {
  readonly token: string;

  constructor(message: string, token: string) {
    super(message);
    this.token = token;
  }
}

/** One signed-in person. Tokens stay in memory; each refresh token works once. */
export class SignIn {
  readonly person: Person;
  #tokens: TokenResponse;

  private constructor(tokens: TokenResponse) {
    this.#tokens = tokens;
    this.person = tokens.agent;
  }

  /** The sign-in ended: the same person signs in again, and everything that was handed `getToken` goes on. */
  async again(password = DEMO_PASSWORD): Promise<void> {
    this.#tokens = await post('/api/auth/login', { username: this.person.username, password });
  }

  static async withPassword(username: string, password: string): Promise<SignIn> {
    return new SignIn(await post('/api/auth/login', { username, password }));
  }

  /** Signs in as one of the demo's accounts and remembers which, so that reloading the page keeps it. */
  static async asDemo(username: string): Promise<SignIn> {
    const signIn = await SignIn.withPassword(username, DEMO_PASSWORD);
    sessionStorage.setItem(REMEMBERED, username);
    return signIn;
  }

  /** The very first administrator, by the one-time link of an empty installation. */
  static async bySetup(data: components['schemas']['SetupRequest']): Promise<SignIn> {
    return new SignIn(await post('/api/auth/setup', data));
  }

  /** What `loadSideline` asks for: the token it has, or a new one. */
  readonly getToken = async (reason: 'start' | 'expired'): Promise<string | undefined> => {
    if (reason === 'expired') this.#tokens = await post('/api/auth/refresh', { refreshToken: this.#tokens.refreshToken });
    return this.#tokens.accessToken;
  };

  /** A call to the public API as this person. */
  async call(method: string, path: string, body?: unknown): Promise<unknown> {
    const request = (): Promise<Response> =>
      fetch(path, {
        method,
        headers: { Authorization: `Bearer ${this.#tokens.accessToken}`, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
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
    sessionStorage.removeItem(REMEMBERED);
    await this.call('POST', '/api/auth/logout').catch(() => undefined); // the tokens are forgotten either way
  }
}

/** The account to sign in with at once: named in the address (`?as=agent`), or the one before a reload. */
export function rememberedAccount(): string | undefined {
  if (!isDemo()) return undefined;
  const asked = new URLSearchParams(location.search).get('as') ?? sessionStorage.getItem(REMEMBERED);
  return DEMO_ACCOUNTS.find((account) => account.username === asked)?.username;
}

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

async function post<Answer = TokenResponse>(path: string, body: unknown): Promise<Answer> {
  const response = await fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  const answer = (await response.json().catch(() => ({}))) as Answer & { detail?: string; details?: { message: string }[]; resetToken?: string };
  if (answer.resetToken) throw new PasswordChangeRequired(answer.detail ?? '', answer.resetToken);
  if (!response.ok) throw new SignInFailed([answer.detail, ...(answer.details ?? []).map(({ message }) => message)].filter(Boolean).join(' '));
  return answer;
}
