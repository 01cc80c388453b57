/** A message the contract has: see `x-messages` there. */
export interface Message {
  readonly summary: string;
  readonly description?: string;
  readonly twin?: string;
  readonly example: Readonly<Record<string, unknown>>;
}

/** Somebody who is signed in, and what examples can be about. */
export interface Person {
  readonly token: string;
  readonly id: number;
  readonly name: string;
  /** By name of the field in an example. */
  readonly known: Readonly<Record<string, unknown>>;
}

interface Agent {
  readonly id: number;
  readonly fullName: string;
  readonly role: string;
  readonly teamId: string | null;
}
interface Me {
  readonly agent: Agent;
  readonly ledTeams: readonly { readonly id: string }[];
}

async function ask<T>(path: string, token?: string, body?: unknown): Promise<T> {
  const response = await fetch(path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { ...(token ? { Authorization: `Bearer ${token}` } : {}), ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as T & { readonly message?: string };
  if (!response.ok) throw new Error(answer.message ?? `${path}: ${response.status}`);
  return answer;
}

/** @throws Error with the server's message. */
export async function signIn(username: string, password: string): Promise<string> {
  const { accessToken } = await ask<{ accessToken: string }>('/api/auth/login', undefined, { username, password });
  return accessToken;
}

export async function messages(): Promise<Readonly<Record<string, Message>>> {
  const contract = await ask<{ 'x-messages': Record<string, Message> }>('/openapi.json');
  return contract['x-messages'];
}

/** Who the token belongs to, with somebody they lead and a session they may join. @throws Error. */
export async function personOf(token: string): Promise<Person> {
  const me = await ask<Me>('/api/auth/me', token);
  const team = me.ledTeams[0]?.id;
  const people = await ask<{ data: readonly Agent[] }>(`/api/agents?role=cs&limit=100`, token);
  const led = people.data.filter((agent) => team === undefined || agent.teamId === team);
  const sessions = await ask<{ data: readonly { id: string; status: string }[] }>('/api/coaching-sessions?limit=100', token).catch(() => ({ data: [] }));
  const open = sessions.data.find(({ status }) => status === 'live' || status === 'preparing') ?? sessions.data[0];
  const agentId = (me.agent.role === 'cs' ? me.agent : led[0])?.id;
  const inAWeek = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
  return { token, id: me.agent.id, name: me.agent.fullName, known: { agentId, userId: agentId, sessionId: open?.id, dueDate: inAWeek } };
}

/** The contract's example with ids of this installation. */
export function fill(example: Message['example'], known: Person['known']): Record<string, unknown> {
  return Object.fromEntries(Object.entries(example).map(([name, value]) => [name, known[name] ?? value]));
}
