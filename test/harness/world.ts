import type { KeyScope } from '../../api/auth/key-scopes.ts';
import { systemPrincipal, type Principal, type Role } from '../../api/auth/principal.ts';
import { newId } from '../../api/db/ids.ts';
import { sql } from '../../api/db/db.ts';
import type { NewAction } from '../../api/actions/actions.service.ts';
import type { SessionStatus } from '../../api/sessions/session.entity.ts';
import type { NewSession } from '../../api/sessions/scheduling.service.ts';
import { startTestApp, type TestApp } from './app.ts';
import type { TestPerson } from './people.ts';
import { insertSession, type TestSession } from './sessions.ts';

type Organisation = Awaited<ReturnType<TestApp['people']['organisation']>>;

/** How a person is related to whoever asks: what permissions are about. */
export type Relation = 'self' | 'ownTeam' | 'otherTeam';

/**
 * An installation with people in every role, and makers of what requests need. Makers work through the services as the
 * system itself, so that a scenario's request is the only one it sends.
 */
export class World {
  readonly app: TestApp;
  readonly org: Organisation;
  readonly #system: Principal = systemPrincipal('test');
  readonly #others: TestApp[] = [];
  #count = 0;

  constructor(app: TestApp, org: Organisation) {
    this.app = app;
    this.org = org;
  }

  /** The signed-in person who stands for a role. */
  inRole(role: Role): TestPerson {
    const { admin, manager, leader, agent, viewer } = this.org;
    return { admin, manager, team_leader: leader, cs: agent, viewer }[role];
  }

  /** Somebody who stands in a relation to a person of any role: of the team of leader and agent, or of the other one. */
  related(by: TestPerson, relation: Relation): { readonly id: number; readonly teamId: string } {
    const { colleague, stranger, team, otherTeam } = this.org;
    if (relation === 'self') return { id: by.id, teamId: by.row.teamId ?? team.id };
    return relation === 'ownTeam' ? { id: colleague.id, teamId: team.id } : { id: stranger.id, teamId: otherTeam.id };
  }

  /** A time at which nobody sits in another session. */
  freeTime(): string {
    return new Date(Date.UTC(2040, 0, 1) + this.next() * 7_200_000).toISOString();
  }

  /** A session with a person, scheduled by the manager, or by the administrator where it is with the manager. */
  async session(agentId: number, fields: Partial<NewSession> = {}): Promise<string> {
    const by = agentId === this.org.manager.id ? this.org.admin : this.org.manager;
    const who = fields.attendeeIds ? {} : { agentId };
    return (await this.app.ctx.coachingSessions.scheduling.schedule(await this.principal(by), { ...who, scheduledAt: this.freeTime(), ...fields })).id;
  }

  /** The same, as far as that state. */
  async sessionIn(status: SessionStatus, agentId: number, fields: Partial<NewSession> = {}): Promise<string> {
    const id = await this.session(agentId, fields);
    const by = await this.principal(agentId === this.org.manager.id ? this.org.admin : this.org.manager);
    const { steps, completion } = this.app.ctx.coachingSessions;
    if (status === 'preparing') await steps.prepare(by, id);
    if (status === 'live' || status === 'completed') await steps.start(by, id);
    if (status === 'completed') await completion.complete(by, id, {});
    if (status === 'cancelled') await steps.cancel(by, id, 'Called off');
    return id;
  }

  /** A completed session whose record the person disputes; it was held by the leader of the other team. */
  async disputed(agentId: number): Promise<string> {
    const id = await this.sessionIn('completed', agentId, { facilitatorId: this.org.otherLeader.id });
    const person = [this.org.admin, this.org.manager, this.org.leader, this.org.agent, this.org.colleague, this.org.stranger].find((candidate) => candidate.id === agentId);
    if (!person) throw new Error('nobody who is signed in');
    await this.app.ctx.coachingSessions.acknowledgements.dispute(await this.principal(person), id, `That is not what was said, ${this.next()}.`);
    return id;
  }

  /** A number nobody had before in this world. */
  readonly next = (): number => ++this.#count;

  /** Whether the person is one of those who are in the priority queue. */
  isFrontLine(id: number): boolean {
    const { agent, colleague, stranger } = this.org;
    return [agent, colleague, stranger].some((person) => person.id === id);
  }

  /** An installation in which there is nobody yet. It is closed with the world. */
  async emptyInstallation(): Promise<TestApp> {
    const app = await startTestApp(`empty_${this.next()}`);
    this.#others.push(app);
    return app;
  }

  async close(): Promise<void> {
    for (const app of [this.app, ...this.#others]) await app.close();
  }

  /** A person of whom a test may dispose. */
  async someone(role: Role = 'cs', teamId: string = this.org.team.id): Promise<number> {
    return (await this.app.people.create(role, { teamId, username: `someone_${this.next()}` })).id;
  }

  /** A note about a person; unless said otherwise by the administrator, or by the manager where it is about the administrator. */
  async note(agentId: number, by: TestPerson = agentId === this.org.admin.id ? this.org.manager : this.org.admin, fields: { isPrivate?: boolean } = {}): Promise<string> {
    const note = await this.app.ctx.notes.create(await this.principal(by), { agentId, noteType: 'COACHING', content: `Number ${this.next()}`, ...fields });
    return note.id;
  }

  /** Something a person is to do by the end of the century; unless said otherwise agreed by the administrator. */
  async action(agentId: number, by: TestPerson = this.org.admin, fields: Partial<NewAction> = {}): Promise<string> {
    const item = await this.app.ctx.actions.create(await this.principal(by), { agentId, title: `Number ${this.next()}`, dueDate: '2099-12-31', ...fields });
    return item.id;
  }

  /** A template of a note: of a team, or of the installation. */
  async template(teamId?: string): Promise<string> {
    return (await this.app.ctx.templates.create(this.#system, { kind: 'note', name: `Template ${this.next()}`, noteType: 'POSITIVE', text: 'Well done.', ...(teamId ? { teamId } : {}) })).id;
  }

  /** A goal of a person that nothing measures. */
  async goal(agentId: number): Promise<string> {
    return (await this.app.ctx.goals.create(this.#system, { agentId, title: `Goal ${this.next()}` })).id;
  }

  /** Somebody asks for a session. What waited for an answer from before they take back: nobody has more than a few open. */
  async sessionRequest(agentId: number): Promise<string> {
    await this.noRequests(agentId);
    return (await this.app.ctx.sessionRequests.create({ ...this.#system, agentId }, { topic: `Topic ${this.next()}` })).id;
  }

  async noRequests(agentId: number): Promise<void> {
    const open = await this.app.query(sql<{ id: string }>`select id from session_requests where agent_id = ${agentId} and status = 'open'`);
    for (const { id } of open) await this.app.ctx.sessionRequests.withdraw({ ...this.#system, agentId }, id);
  }

  /** One of everything that is kept about a person. */
  async everythingAbout(agentId: number): Promise<void> {
    await this.note(agentId);
    await this.action(agentId);
    await this.goal(agentId);
    await this.sessionRequest(agentId);
    await this.absence(agentId);
    await this.activity(agentId);
    await this.interaction(agentId);
    await this.identity(agentId);
  }

  /** A session with one person or several, held by the leader of their team; completed an hour ago unless said otherwise. */
  coachingSession(attendees: readonly number[], fields: Partial<TestSession> = {}): Promise<string> {
    const session = { attendees, leaderId: this.org.leader.id, at: new Date(Date.now() - 3_600_000 - this.next() * 1000).toISOString(), ...fields };
    return this.app.ctx.uow.write(this.#system, (tx) => insertSession(tx, session));
  }

  /** Leave of one day, on a day nobody has leave yet. */
  async absence(agentId: number): Promise<string> {
    const { startsOn, endsOn } = this.freeDay();
    return (await this.app.ctx.absences.create(this.#system, agentId, { kind: 'leave', startsOn, endsOn })).id;
  }

  /** A resolved ticket in somebody's history. */
  async activity(agentId: number, at?: Date): Promise<void> {
    const ticketId = `T-${this.next()}`;
    const entry = { agentId, type: 'ticket_resolved', description: `Resolved ticket ${ticketId}`, metadata: { ticketId } } as const;
    await this.app.ctx.uow.write(this.#system, (tx) => this.app.ctx.activity.record(tx, [at ? { ...entry, at } : entry]));
  }

  freeDay(): { startsOn: string; endsOn: string } {
    const day = new Date(Date.UTC(2030, 0, 1) + this.next() * 86_400_000).toISOString().slice(0, 10);
    return { startsOn: day, endsOn: day };
  }

  /** An answered call. */
  async interaction(agentId: number): Promise<string> {
    const id = newId();
    await this.app.query(sql`
      insert into interactions (id, source, external_id, channel, agent_id, team_id, started_at, business_date, wait_seconds, talk_seconds, outcome, resolved, rating)
      select ${id}, 'test', ${`call-${this.next()}`}, 'voice', id, team_id, now() - interval '1 day', current_date - 1, 12, 240, 'answered', true, 4 from agents where id = ${agentId}`);
    return id;
  }

  /** An answered call that was recorded and written down. */
  async transcribed(agentId: number): Promise<string> {
    const id = await this.interaction(agentId);
    const turns = [{ role: 'agent', text: 'How can I help you?', seconds: 0 }, { role: 'customer', text: 'My invoice is wrong.', seconds: 3.5 }];
    await this.app.query(sql`insert into recordings (id, interaction_id, url, format, side, recorded_at, source, external_id, updated_at)
      values (${newId()}, ${id}, 'https://recordings.example.test/1.mp3', 'mp3', 'both', now(), 'test', ${id}, now())`);
    await this.app.query(sql`insert into transcripts (id, interaction_id, status, turns, summary, created_at, source, external_id, updated_at)
      values (${newId()}, ${id}, 'done', ${JSON.stringify(turns)}::jsonb, 'About an invoice.', now(), 'test', ${id}, now())`);
    return id;
  }

  async team(): Promise<string> {
    return (await this.app.people.team(`Team ${this.next()}`)).id;
  }

  /** A host system with these scopes, made for the occasion. */
  async key(scopes: readonly KeyScope[]): Promise<{ readonly id: string; readonly token: string }> {
    const { row, key } = await this.app.ctx.keys.create(this.#system, { name: `System ${this.next()}`, scopes });
    return { id: row.id, token: key };
  }

  /** Who somebody is in a host system. */
  async identity(agentId: number): Promise<string> {
    return (await this.app.ctx.identities.create(this.#system, agentId, { system: 'zendesk', externalId: `zd-${this.next()}` })).id;
  }

  /** The person as the server sees them. */
  async principal(person: TestPerson): Promise<Principal> {
    return (await this.app.ctx.authenticator.token(person.token)).principal;
  }
}

/** Starts an installation with people in it. Close it in `after`. */
export async function startWorld(name: string, ...rest: Parameters<typeof startTestApp> extends [string, ...infer Rest] ? Rest : never): Promise<World> {
  const app = await startTestApp(name, ...rest);
  return new World(app, await app.people.organisation());
}
