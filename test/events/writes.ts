import type { Role } from '../../api/auth/principal.ts';
import { systemPrincipal } from '../../api/auth/principal.ts';
import { sql } from '../../api/db/db.ts';
import type { OperationId } from '../../api/http/handler.ts';
import { DEFAULT_TEAM_SETTINGS } from '../../api/performance/team-settings.ts';
import { scenarios } from '../contract/scenarios.ts';
import { call, type Call } from '../harness/calls.ts';
import { contractChecker } from '../harness/contract-checker.ts';
import { TEST_PASSWORD } from '../harness/people.ts';
import type { World } from '../harness/world.ts';

/** Something that changes what clients show. */
export interface Write {
  readonly title: string;
  readonly run: (world: World) => Promise<unknown>;
}

/** Rooms whose writes change nothing that clients show, or show only once a worker has run. */
const ELSEWHERE = new Set(['Auth', 'Imports', 'Priority queue', 'API keys', 'Templates']);

/** The valid request of every operation that writes. */
function scenarioWrites(): Write[] {
  const { contract } = contractChecker();
  const paths = contract.document['paths'] as Record<string, Record<string, { tags: string[] }>>;
  const writing = contract.operations.filter(({ method, path }) => method !== 'get' && !paths[path]?.[method]?.tags.some((tag) => ELSEWHERE.has(tag)));
  return writing.flatMap(({ id }) => {
    const scenario = scenarios[id as OperationId];
    return scenario ? [{ title: id, run: async (world: World) => done(world, id as OperationId, await scenario.valid(world)) }] : [];
  });
}

async function done(world: World, id: OperationId, request: Call): Promise<unknown> {
  const answer = await call(world.app, id, request);
  if (answer.status >= 300) throw new Error(`${id} was refused: ${answer.text}`);
  return answer.body;
}

const updateAgent = (pick: (world: World) => number, change: (world: World) => object) => async (world: World) =>
  done(world, 'updateAgent', { as: world.org.admin, params: { id: pick(world) }, body: change(world) });

const updateTeam = (change: (world: World) => object) => async (world: World) =>
  done(world, 'updateTeam', { as: world.org.admin, params: { id: world.org.team.id }, body: change(world) });

const settings = (change: object) => async (world: World) =>
  done(world, 'updateTeamSettings', { as: world.org.manager, params: { id: world.org.team.id }, body: { ...DEFAULT_TEAM_SETTINGS, ...change } });

const role = (pick: (world: World) => number, given: Role) => updateAgent(pick, () => ({ role: given }));

const agent = ({ org }: World): number => org.agent.id;
const leader = ({ org }: World): number => org.leader.id;
const manager = ({ org }: World): number => org.manager.id;

/** Writes whose effect reaches further than the row they change. In this order each leaves what the next one needs. */
const FAR_REACHING: readonly Write[] = [
  {
    title: 'a session of several people goes through other hands, is held, and answered by some',
    run: async (world) => {
      const { agent: first, colleague, stranger, manager: by, otherLeader } = world.org;
      const params = { id: await world.session(first.id, { attendeeIds: [first.id, colleague.id] }) };
      const step = (id: OperationId, as: Call['as'], body?: unknown): Promise<unknown> => done(world, id, { as, params, ...(body === undefined ? {} : { body }) });
      await step('updateCoachingSession', by, { attendeeIds: [first.id, stranger.id], facilitatorId: otherLeader.id });
      await step('createSessionComment', stranger, { content: 'I am new here.' });
      await step('addAgendaPoint', first, { title: 'Refunds' });
      await step('startCoachingSession', otherLeader);
      const agree = (as: Call['as'], title: string): Promise<unknown> => done(world, 'createActionItem', { as, body: { agentId: first.id, title, dueDate: '2099-12-31', sessionId: params.id } });
      await agree(otherLeader, 'Name the date');
      await step('updateCoachingSession', by, { facilitatorId: by.id });
      await agree(by, 'Name the amount');
      await step('updateCoachingSession', by, { facilitatorId: otherLeader.id });
      await step('completeCoachingSession', otherLeader, { summary: 'Refunds.' });
      await step('acknowledgeCoachingSession', first, { comment: 'Yes.' });
      await step('disputeCoachingSession', stranger, { comment: 'No.' });
      await step('resolveSessionDispute', by, { outcome: 'upheld', resolution: 'Right.' });
    },
  },
  {
    title: 'a live session is handed on for good, with what was agreed in it',
    run: async (world) => {
      const { agent: coached, manager: by, otherLeader } = world.org;
      const params = { id: await world.sessionIn('live', coached.id, { facilitatorId: otherLeader.id }) };
      await done(world, 'createActionItem', { as: otherLeader, body: { agentId: coached.id, title: 'Name the date', dueDate: '2099-12-31', sessionId: params.id } });
      await done(world, 'updateCoachingSession', { as: by, params, body: { facilitatorId: by.id } });
    },
  },
  {
    title: 'a session is taken from somebody, and called off',
    run: async (world) => {
      const { agent: first, colleague, leader: by } = world.org;
      const params = { id: await world.session(first.id) };
      await done(world, 'updateCoachingSession', { as: by, params, body: { agentId: colleague.id, facilitatorId: by.id } });
      await done(world, 'cancelCoachingSession', { as: by, params, body: { reason: 'Ill.' } });
    },
  },
  { title: 'an agent is renamed', run: updateAgent(agent, ({ next }) => ({ fullName: `Ada ${next()}` })) },
  { title: 'a leader is renamed', run: updateAgent(leader, ({ next }) => ({ fullName: `Lena ${next()}` })) },
  { title: 'a team is renamed', run: updateTeam(({ next }) => ({ name: `Blue ${next()}` })) },
  { title: 'an agent moves to the other leader’s team', run: updateAgent(agent, ({ org }) => ({ teamId: org.otherTeam.id })) },
  { title: 'and comes back', run: updateAgent(agent, ({ org }) => ({ teamId: org.team.id })) },
  { title: 'members are set anew', run: (world) => done(world, 'setTeamMembers', { as: world.org.admin, params: { id: world.org.team.id }, body: { agentIds: [world.org.stranger.id] } }) },
  { title: 'and as they were', run: (world) => done(world, 'setTeamMembers', { as: world.org.admin, params: { id: world.org.team.id }, body: { agentIds: [world.org.agent.id, world.org.colleague.id] } }) },
  { title: 'the stranger goes home', run: updateAgent(({ org }) => org.stranger.id, ({ org }) => ({ teamId: org.otherTeam.id })) },
  { title: 'a team loses its leader', run: updateTeam(() => ({ leaderIds: [] })) },
  { title: 'a team gets two leaders', run: updateTeam(({ org }) => ({ leaderIds: [org.leader.id, org.otherLeader.id] })) },
  { title: 'a team has its one leader again', run: updateTeam(({ org }) => ({ leaderIds: [org.leader.id] })) },
  { title: 'a team is put aside', run: updateTeam(() => ({ isActive: false })) },
  { title: 'and taken up again', run: updateTeam(() => ({ isActive: true })) },
  { title: 'a team hides its figures from peers', run: settings({ peerFigures: 'hidden' }) },
  { title: 'a member of it changes meanwhile', run: updateAgent(agent, ({ next }) => ({ phone: `030 ${next()}` })) },
  { title: 'a member of it leaves meanwhile', run: updateAgent(agent, ({ org }) => ({ teamId: org.otherTeam.id })) },
  { title: 'a member of it returns meanwhile', run: updateAgent(agent, ({ org }) => ({ teamId: org.team.id })) },
  { title: 'and shows them again', run: settings({ peerFigures: 'visible' }) },
  { title: 'an agent becomes a leader', run: role(agent, 'team_leader') },
  { title: 'and a viewer', run: role(agent, 'viewer') },
  { title: 'and an agent again', run: role(agent, 'cs') },
  { title: 'a manager becomes an agent', run: role(manager, 'cs') },
  { title: 'and a manager again', run: role(manager, 'manager') },
  { title: 'a leader becomes an agent', run: role(leader, 'cs') },
  { title: 'and a leader again', run: role(leader, 'team_leader') },
  {
    title: 'somebody is deactivated and comes back',
    run: async (world) => {
      const id = await world.someone();
      await updateAgent(() => id, () => ({ isActive: false }))(world);
      await updateAgent(() => id, () => ({ isActive: true }))(world);
    },
  },
  {
    title: 'somebody who is online is deleted',
    run: async (world) => {
      const id = await world.someone();
      await done(world, 'updateAgentStatus', { as: world.org.admin, params: { id }, body: { status: 'online' } });
      await done(world, 'deleteAgent', { as: world.org.admin, params: { id } });
    },
  },
  {
    title: 'somebody signs in',
    run: ({ app, org }) => app.ctx.auth.login(systemPrincipal('test'), org.colleague.username, TEST_PASSWORD),
  },
  {
    title: 'somebody resolves tickets',
    run: async (world) => {
      for (const person of [world.org.agent, world.org.stranger, world.org.leader]) await world.activity(person.id);
    },
  },
  {
    title: 'a note turns private and back, is addressed and reopened',
    run: async (world) => {
      const id = await world.note(world.org.agent.id, world.org.leader);
      for (const body of [{ isPrivate: true }, { isPrivate: false }, { addressed: true }, { addressed: false }, { isPrivate: true }]) {
        await done(world, 'updateQuickNote', { as: world.org.leader, params: { id }, body });
      }
    },
  },
  {
    title: 'an action item is overdue',
    run: async (world) => {
      const id = await world.action(world.org.agent.id);
      await world.app.query(sql`update action_items set due_date = current_date - 1 where id = ${id}`);
      await world.app.ctx.actionReminders.run();
    },
  },
  {
    title: 'somebody goes online, away and offline',
    run: async (world) => {
      for (const status of ['online', 'away', 'offline']) {
        await done(world, 'updateAgentStatus', { as: world.org.agent, params: { id: world.org.agent.id }, body: { status } });
      }
    },
  },
];

export const writes = (): readonly Write[] => [...scenarioWrites(), ...FAR_REACHING];
