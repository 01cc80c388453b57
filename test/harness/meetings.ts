import { expect } from 'chai';
import { startTestApp, type TestApp } from './app.ts';
import { call, type Call } from './calls.ts';
import type { Answer } from './contract-checker.ts';
import type { TestPerson } from './people.ts';
import type { Env } from '../../api/config.ts';
import type { Overrides } from '../../api/context.ts';
import type { OperationId } from '../../api/http/handler.ts';
import type { SessionView } from '../../api/sessions/session.presenter.ts';

export type Session = SessionView;

/** Monday, 9 o'clock: whole weeks of working days follow. */
const FIRST = Date.UTC(2035, 0, 1, 9);

/** An installation in which people meet. */
export class Meetings {
  readonly app: TestApp;
  readonly org: Awaited<ReturnType<TestApp['people']['organisation']>>;
  #days = 0;

  private constructor(app: TestApp, org: Meetings['org']) {
    this.app = app;
    this.org = org;
  }

  static async start(name: string, env: Env = {}, overrides: Overrides = {}): Promise<Meetings> {
    const app = await startTestApp(name, env, overrides);
    return new Meetings(app, await app.people.organisation());
  }

  /** A time at which nobody sits in another session: each a day later than the one before. */
  freeTime(): string {
    return new Date(FIRST + ++this.#days * 86_400_000).toISOString();
  }

  schedule(body: Record<string, unknown> = {}, as: TestPerson = this.org.leader): Promise<Answer> {
    const who = 'attendeeIds' in body ? {} : { agentId: this.org.agent.id };
    return call(this.app, 'scheduleCoachingSession', { as, body: { ...who, scheduledAt: this.freeTime(), ...body } });
  }

  /** @throws where it was refused */
  async scheduled(body: Record<string, unknown> = {}, as?: TestPerson): Promise<Session> {
    return sessionOf(await this.schedule(body, as), 201);
  }

  ask(operation: OperationId, id: string, as: TestPerson, rest: Omit<Call, 'as' | 'params'> = {}): Promise<Answer> {
    return call(this.app, operation, { as, params: { id }, ...rest });
  }

  /** @throws where it was refused */
  async done(operation: OperationId, id: string, as: TestPerson, body?: unknown): Promise<Session> {
    return sessionOf(await this.ask(operation, id, as, body === undefined ? {} : { body }));
  }

  /** A session that was begun. */
  async live(body: Record<string, unknown> = {}, as: TestPerson = this.org.leader): Promise<Session> {
    return this.done('startCoachingSession', (await this.scheduled(body, as)).id, as);
  }

  async completed(body: Record<string, unknown> = {}, completion: Record<string, unknown> = {}): Promise<Session> {
    return this.done('completeCoachingSession', (await this.live(body)).id, this.org.leader, completion);
  }
}

export function sessionOf(answer: Answer, status = 200): Session {
  expect(answer.status, answer.text).to.equal(status);
  return answer.body as Session;
}

/** What an attendee answered, as the reader of the session sees it. */
export const answerOf = (session: Session, id: number): Session['attendees'][number]['acknowledgement'] => session.attendees.find((attendee) => attendee.id === id)!.acknowledgement;
