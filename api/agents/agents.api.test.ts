import { expect } from 'chai';
import type { components } from '../http/contract.types.ts';
import { sql } from '../db/db.ts';
import { DEFAULT_TEAM_SETTINGS } from '../performance/team-settings.ts';
import { call } from '../../test/harness/calls.ts';
import { TEST_PASSWORD, type TestPerson } from '../../test/harness/people.ts';
import { startWorld, type World } from '../../test/harness/world.ts';

type Agent = components['schemas']['Agent'];
type Page = components['schemas']['AgentPage'];

describe('People', function () {
  this.timeout(30_000);
  let world: World;

  before(async () => {
    world = await startWorld('agents');
  });
  after(() => world.close());

  const list = async (query: Record<string, string | number>, as: TestPerson = world.org.leader): Promise<Page> => (await call(world.app, 'listAgents', { as, query })).body as Page;
  const search = async (q: string, as: TestPerson = world.org.leader, more: Record<string, string | number> = {}): Promise<Page> => (await call(world.app, 'searchAgents', { as, query: { q, ...more } })).body as Page;
  const names = ({ data }: Page): string[] => data.map((agent) => agent.fullName);
  const create = (fields: Record<string, unknown>, as: TestPerson = world.org.admin) => {
    const username = `made_${world.next()}`;
    return call(world.app, 'createAgent', { as, body: { username, email: `${username}@example.test`, fullName: 'Made Up', role: 'cs', department: 'Support', password: TEST_PASSWORD, ...fields } });
  };
  const update = (id: number, body: object, as: TestPerson = world.org.admin) => call(world.app, 'updateAgent', { as, params: { id }, body });

  describe('are listed', () => {
    it('in full where the filters of a form were left empty', async () => {
      const empty = { search: '', department: '', role: '', status: '', onlineStatus: '', performanceLevel: '', teamId: '' };
      expect((await list(empty)).meta).to.deep.equal((await list({})).meta);
      expect((await call(world.app, 'searchAgents', { as: world.org.leader, query: { q: '' } })).status, 'what is required').to.equal(400);
    });

    it('by name, in pages that fit together', async () => {
      const all = await list({ limit: 100 });
      const paged: Agent[] = [];
      for (let page = 1; page <= Math.ceil(all.meta.total / 3); page++) paged.push(...(await list({ page, limit: 3 })).data);
      expect(paged.map((agent) => agent.id)).to.deep.equal(all.data.map((agent) => agent.id));
      expect(all.meta).to.deep.equal({ total: all.data.length, page: 1, limit: 100, totalPages: 1 });
      const beyond = await list({ page: 1000, limit: 3 });
      expect([beyond.data, beyond.meta.total]).to.deep.equal([[], all.meta.total]);
    });

    it('by every filter, alone and together', async () => {
      const { org, app } = world;
      const quiet = await app.people.create('cs', { department: 'Quiet Room', teamId: org.otherTeam.id, fullName: 'Quincy Quiet' });
      await update(quiet.id, { isActive: false });
      await call(app, 'updateAgentStatus', { as: org.colleague, params: { id: org.colleague.id }, body: { status: 'busy' } });
      await app.query(sql`update agents set performance_level = 'high' where id = ${org.stranger.id}`);
      const cases: [Record<string, string>, string[]][] = [
        [{ role: 'viewer' }, ['Vera Viewer']],
        [{ status: 'inactive' }, ['Quincy Quiet']],
        [{ onlineStatus: 'busy' }, ['Colin Colleague']],
        [{ department: 'Quiet Room' }, ['Quincy Quiet']],
        [{ department: 'quiet room' }, []],
        [{ teamId: org.team.id }, ['Ada Agent', 'Colin Colleague']],
        [{ teamId: org.team.id.toUpperCase() }, ['Ada Agent', 'Colin Colleague']],
        [{ performanceLevel: 'high' }, ['Stella Stranger']],
        [{ search: 'ada' }, ['Ada Agent']],
        [{ teamId: org.otherTeam.id, status: 'active' }, ['Stella Stranger']],
        [{ teamId: org.otherTeam.id, status: 'active', role: 'viewer' }, []],
      ];
      for (const [filter, expected] of cases) {
        const page = await list(filter);
        expect(names(page), JSON.stringify(filter)).to.deep.equal(expected);
        expect(page.meta.total).to.equal(expected.length);
      }
    });
  });

  describe('are found', () => {
    before(async () => {
      for (const fullName of ['Jürgen Großmann', 'Anna-Maria O’Neill', 'Anne Maria Ohnesorg', '100% Sure', 'Under_Score']) await world.app.people.create('cs', { fullName });
    });

    it('by the beginning and the middle of names, whatever their case, and best first', async () => {
      expect(names(await search('anna'))[0]).to.equal('Anna-Maria O’Neill');
      expect(names(await search('MARIA'))).to.include.members(['Anna-Maria O’Neill', 'Anne Maria Ohnesorg']);
      expect(names(await search('großm'))).to.deep.equal(['Jürgen Großmann']);
    });

    it('in spite of a typing error', async () => {
      expect(names(await search('Strangr'))).to.include('Stella Stranger');
    });

    it('by user name and e-mail', async () => {
      const { username, row } = world.org.stranger;
      expect(names(await search(username))[0]).to.equal('Stella Stranger');
      expect(names(await search(row.email))[0]).to.equal('Stella Stranger');
    });

    it('by signs that mean something to the database, to the letter', async () => {
      expect(names(await search('100%'))).to.include('100% Sure');
      expect(names(await list({ search: '%' }))).to.deep.equal(['100% Sure']);
      expect(names(await list({ search: '_s' }))).to.deep.equal(['Under_Score']);
      expect(names(await list({ search: '\\' }))).to.deep.equal([]);
    });

    it('when they are inactive, too, unless asked otherwise', async () => {
      const { id } = await world.app.people.create('cs', { fullName: 'Ina Inactive' });
      await update(id, { isActive: false });
      expect(names(await search('Ina Inactive'))).to.include('Ina Inactive');
      expect(names(await search('Ina Inactive', world.org.leader, { status: 'active' }))).to.not.include('Ina Inactive');
    });

    it('by nobody through what they may not see', async () => {
      const { row, username } = world.org.stranger;
      for (const as of [world.org.agent, world.org.viewer]) {
        for (const secret of [row.email, username, 'example.test']) {
          expect(names(await search(secret, as)), `search ${secret}`).to.not.include('Stella Stranger');
          expect(names(await list({ search: secret }, as)), `list ${secret}`).to.not.include('Stella Stranger');
        }
        expect(names(await search('Stella', as))).to.include('Stella Stranger');
      }
      expect(names(await search(world.org.agent.row.email, world.org.agent)), 'oneself').to.include('Ada Agent');
    });
  });

  describe('are shown', () => {
    const contact = ['username', 'email', 'phone', 'lastLoginAt'] as const;

    it('without contact and login fields to cs and viewer, and whole to themselves and those above', async () => {
      const { org } = world;
      const seen = async (as: TestPerson, id: number): Promise<Agent> => (await call(world.app, 'getAgent', { as, params: { id } })).body as Agent;
      for (const as of [org.agent, org.viewer]) {
        const agent = await seen(as, org.colleague.id);
        for (const field of contact) expect(agent[field], field).to.equal(null);
        for (const { id, ...fields } of (await list({ limit: 100 }, as)).data) if (id !== as.id) for (const field of contact) expect(fields[field]).to.equal(null);
      }
      for (const as of [org.admin, org.manager, org.leader, org.otherLeader, org.colleague]) expect(await seen(as, org.colleague.id)).to.include({ username: org.colleague.username });
    });

    it('without figures to peers where the team hides them, whichever way they ask', async () => {
      const { org, app } = world;
      await app.query(sql`update agents set customer_satisfaction = 4.5, performance_level = 'low' where id = ${org.stranger.id}`);
      const settings = (peerFigures: 'hidden' | 'visible') => call(app, 'updateTeamSettings', { as: org.admin, params: { id: org.otherTeam.id }, body: { ...DEFAULT_TEAM_SETTINGS, peerFigures } });
      await settings('hidden');
      const seen = async (as: TestPerson) => (await call(app, 'getAgent', { as, params: { id: org.stranger.id } })).body as Agent;
      expect(await seen(org.agent)).to.include({ customerSatisfaction: null, performanceLevel: null, currentTickets: null });
      for (const as of [org.viewer, org.leader, org.stranger]) expect(await seen(as), as.username).to.include({ customerSatisfaction: 4.5, performanceLevel: 'low' });
      for (const page of [await list({ performanceLevel: 'low' }, org.agent), await search('Stella', org.agent, { performanceLevel: 'low' })]) expect(names(page)).to.deep.equal([]);
      expect(names(await list({ performanceLevel: 'low' }, org.viewer))).to.deep.equal(['Stella Stranger']);
      expect(names(await list({ performanceLevel: 'low' }, org.stranger))).to.deep.equal(['Stella Stranger']);
      await settings('visible');
      expect(names(await list({ performanceLevel: 'low' }, org.agent))).to.deep.equal(['Stella Stranger']);
    });
  });

  describe('are created', () => {
    it('with what was given, offline, with figures of nothing', async () => {
      const { body } = await create({ fullName: 'Nina New', phone: '+49 (30) 12-34', teamId: world.org.team.id, email: 'Nina.NEW@Example.test' });
      expect(body).to.deep.include({
        fullName: 'Nina New', phone: '+49 (30) 12-34', teamId: world.org.team.id, teamName: 'Blue', email: 'nina.new@example.test', isActive: true, onlineStatus: 'offline',
        lastLoginAt: null, avgResponseTime: null, customerSatisfaction: null, totalTicketsHandled: 0, performanceLevel: null, version: 1,
      });
      expect(body).to.not.have.any.keys('password', 'passwordHash', 'password_hash');
    });

    const bad: [string, Record<string, unknown>][] = [
      ['username', { username: 'ab' }], ['username', { username: 'with space' }], ['username', { username: 'x'.repeat(51) }], ['username', { username: 'ümlaut' }],
      ['email', { email: 'nobody' }], ['email', { email: 'a@b@c.test' }], ['fullName', { fullName: 'x' }], ['fullName', { fullName: '   ' }], ['role', { role: 'ADMIN' }], ['role', { role: 'agent' }],
      ['department', { department: 'x' }], ['phone', { phone: 'call me' }], ['password', { password: 'Short1' }], ['password', { password: 'nouppercase1' }], ['password', { password: 'NOLOWERCASE1' }],
      ['password', { password: 'NoDigitsHere' }], ['teamId', { teamId: 'blue' }], ['isActive', { isActive: true }], ['id', { id: 1 }], ['passwordHash', { passwordHash: 'x' }],
    ];
    for (const [field, fields] of bad) {
      it(`not with ${JSON.stringify(fields).slice(0, 60)}`, async () => {
        const { status, body } = await create(fields);
        expect(status).to.equal(400);
        expect((body as { details: { path: string }[] }).details.map(({ path }) => path)).to.include(`/body/${field}`);
      });
    }

    it('once of many at once with the same name', async () => {
      const answers = await Promise.all(Array.from({ length: 6 }, (_, i) => create({ username: 'Same_Name', email: `same${i}@example.test` })));
      expect(answers.map((answer) => answer.status).sort()).to.deep.equal([201, 409, 409, 409, 409, 409]);
    });
  });

  describe('are changed', () => {
    it('by themselves in name, phone and e-mail, and in nothing else', async () => {
      const { org } = world;
      expect((await update(org.agent.id, { fullName: 'Ada Agent', phone: '030 1', email: 'ada@example.test' }, org.agent)).status).to.equal(200);
      for (const body of [{ role: 'admin' }, { department: 'Board' }, { teamId: null }, { isActive: false }, { username: 'ada' }, { fullName: 'Ada Agent', role: 'cs' }]) {
        expect((await update(org.agent.id, body, org.agent)).status, JSON.stringify(body)).to.equal(403);
      }
    });

    it('so that a phone number can be taken away again, by an empty one or by none', async () => {
      const id = await world.someone();
      for (const phone of ['', null]) {
        await update(id, { phone: '030 99' });
        expect((await update(id, { phone })).body).to.include({ phone: null });
      }
      expect((await create({ phone: '' })).body).to.include({ phone: null });
    });

    it('by the leader of their team in name, department and phone', async () => {
      const { org } = world;
      expect((await update(org.colleague.id, { fullName: 'Colin Colleague', department: 'Support', phone: '030 2' }, org.leader)).status).to.equal(200);
      for (const body of [{ email: 'x@example.test' }, { role: 'viewer' }, { teamId: null }, { isActive: false }]) expect((await update(org.colleague.id, body, org.leader)).status, JSON.stringify(body)).to.equal(403);
      expect((await update(org.stranger.id, { phone: '030 3' }, org.leader)).status).to.equal(403);
    });

    it('by managers where they are agents or leaders, and not into more than that', async () => {
      const { org } = world;
      const id = await world.someone();
      expect((await update(id, { role: 'team_leader', teamId: org.team.id, email: 'up@example.test', isActive: true }, org.manager)).status).to.equal(200);
      for (const role of ['manager', 'admin', 'viewer']) expect((await update(id, { role }, org.manager)).body, role).to.include({ status: 403, code: 'role_not_yours_to_grant' });
      for (const other of [org.admin, org.viewer]) expect((await update(other.id, { phone: '030 4' }, org.manager)).status).to.equal(403);
      expect((await update(org.manager.id, { role: 'admin' }, org.manager)).status).to.equal(403);
    });

    it('so that an administrator is always left, even when two remove each other at once', async () => {
      const world = await startWorld('last_admin');
      try {
        const { app, org } = world;
        const second = await app.people.person('admin', { username: 'second_admin' });
        for (let round = 0; round < 5; round++) {
          const [one, two] = await Promise.all([
            call(app, 'updateAgent', { as: org.admin, params: { id: second.id }, body: { role: 'viewer' } }),
            call(app, 'updateAgent', { as: second, params: { id: org.admin.id }, body: { role: 'viewer' } }),
          ]);
          expect([one.status, two.status].filter((status) => status === 200), `round ${round}`).to.have.lengthOf(1);
          await app.query(sql`update agents set role = 'admin', version = version + 1 where id in (${org.admin.id}, ${second.id})`);
          app.ctx.authenticator.forget([org.admin.id, second.id]);
        }
      } finally {
        await world.close();
      }
    });

    it('and cannot sign in any more once they are deactivated, until they are back', async () => {
      const username = `comes_back_${world.next()}`;
      const person = await world.app.people.person('cs', { username });
      const login = () => call(world.app, 'login', { as: null, body: { username, password: TEST_PASSWORD } });
      await update(person.id, { isActive: false });
      expect((await call(world.app, 'getMe', { as: person })).status).to.equal(401);
      expect((await login()).status).to.equal(401);
      await update(person.id, { isActive: true });
      expect((await call(world.app, 'getMe', { as: person })).status, 'the old sign-in stays ended').to.equal(401);
      expect((await login()).status).to.equal(200);
    });

    it('with the fields before and after in the audit log, personal ones masked', async () => {
      const { id } = await world.app.people.create('cs', { fullName: 'Audrey Audited' });
      await update(id, { phone: '030 98765432', department: 'Archive' });
      const rows = await world.app.query(sql<{ before: { department: string }; after: { department: string }; text: string }>`
        select before, after, a::text as text from audit_log a where action = 'agent.update' and target_id = ${String(id)}`);
      expect(rows).to.have.lengthOf(1);
      expect(rows[0]?.before.department).to.equal('Support');
      expect(rows[0]?.after.department).to.equal('Archive');
      expect(rows[0]?.text).to.not.include('98765432');
    });
  });

  describe('are on leave', () => {
    const absence = (body: object, as: TestPerson = world.org.leader, id = world.org.agent.id) => call(world.app, 'createAbsence', { as, params: { id }, body });

    it('for whole days, both included, never twice on a day', async () => {
      expect((await absence({ kind: 'leave', startsOn: '2027-03-01', endsOn: '2027-03-05' })).status).to.equal(201);
      const clashes: [string, string, number][] = [['2027-03-05', '2027-03-06', 409], ['2027-02-20', '2027-03-01', 409], ['2027-03-02', '2027-03-02', 409], ['2027-02-01', '2027-04-01', 409], ['2027-03-06', '2027-03-06', 201], ['2027-02-28', '2027-02-28', 201]];
      for (const [startsOn, endsOn, status] of clashes) expect((await absence({ kind: 'sick', startsOn, endsOn })).status, `${startsOn} to ${endsOn}`).to.equal(status);
    });

    it('once of many at once for the same days', async () => {
      const id = await world.someone();
      const answers = await Promise.all(Array.from({ length: 5 }, () => absence({ kind: 'leave', startsOn: '2027-05-01', endsOn: '2027-05-02' }, world.org.admin, id)));
      expect(answers.map((answer) => answer.status).sort()).to.deep.equal([201, 409, 409, 409, 409]);
    });

    it('not for years by mistake, nor on days that are none', async () => {
      expect((await absence({ kind: 'leave', startsOn: '2027-01-01', endsOn: '2037-01-01' })).body).to.include({ status: 422, code: 'too_long' });
      for (const [startsOn, endsOn] of [['2027-02-29', '2027-03-01'], ['2027-13-01', '2027-13-02'], ['01.03.2027', '02.03.2027'], ['0000-00-00', '9999-99-99']]) {
        expect((await absence({ kind: 'leave', startsOn, endsOn })).status, startsOn).to.equal(400);
      }
    });

    it('in a list that they and those who lead them read, newest first', async () => {
      const { org } = world;
      const id = org.colleague.id;
      for (const day of ['2027-06-01', '2027-06-03', '2027-06-02']) await absence({ kind: 'training', startsOn: day, endsOn: day }, org.leader, id);
      const read = async (as: TestPerson) => call(world.app, 'listAbsences', { as, params: { id } });
      for (const as of [org.colleague, org.leader, org.manager]) {
        const { data } = (await read(as)).body as { data: { startsOn: string }[] };
        expect(data.map((row) => row.startsOn)).to.deep.equal(['2027-06-03', '2027-06-02', '2027-06-01']);
      }
      for (const as of [org.agent, org.otherLeader]) expect((await read(as)).status).to.equal(404);
    });

    it('until it is removed, which happens once', async () => {
      const { org, app } = world;
      const absenceId = await world.absence(org.agent.id);
      const remove = () => call(app, 'deleteAbsence', { as: org.leader, params: { id: org.agent.id, absenceId } });
      const answers = await Promise.all([remove(), remove(), remove()]);
      expect(answers.map((answer) => answer.status).sort()).to.deep.equal([204, 404, 404]);
      expect(await app.query(sql`select count(*)::int as n from audit_log where action = 'absence.delete' and target_id = ${absenceId}`)).to.deep.equal([{ n: 1 }]);
      const others = await world.absence(org.stranger.id);
      expect((await call(app, 'deleteAbsence', { as: org.leader, params: { id: org.agent.id, absenceId: others } })).status, 'somebody else’s under this path').to.equal(404);
    });
  });
});
