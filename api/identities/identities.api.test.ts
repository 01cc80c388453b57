import { expect } from 'chai';
import { call } from '../../test/harness/calls.ts';
import { listen } from '../../test/harness/listener.ts';
import { startWorld, type World } from '../../test/harness/world.ts';

describe('Identities in host systems', function () {
  this.timeout(30_000);
  let world: World;

  before(async () => {
    world = await startWorld('identities');
  });
  after(() => world.close());

  const add = (id: number, body: object) => call(world.app, 'createIdentity', { as: world.org.manager, params: { id }, body });
  const resolve = (system: string, ids: readonly string[]) => world.app.ctx.uow.read((db) => world.app.ctx.identities.resolve(db, system, ids));

  it('lead from a system’s ids to people, whole batches at once', async () => {
    const { agent, colleague } = world.org;
    for (const [id, externalId] of [[agent.id, '4711'], [agent.id, '4712'], [colleague.id, "o'neil\\%_"]] as const) {
      expect((await add(id, { system: 'zendesk', externalId })).status).to.equal(201);
    }
    await add(colleague.id, { system: 'twilio', externalId: '4711' });
    const found = await resolve('zendesk', ['4711', '4712', "o'neil\\%_", '4711', 'nobody', '']);
    expect([...found].sort()).to.deep.equal([['4711', agent.id], ['4712', agent.id], ["o'neil\\%_", colleague.id]].sort());
    expect([...(await resolve('twilio', ['4711', '4712']))]).to.deep.equal([['4711', colleague.id]]);
    expect((await resolve('zendesk', [])).size).to.equal(0);
  });

  it('are one person’s each, even when two say so at once', async () => {
    const { agent, colleague } = world.org;
    const body = { system: 'front', externalId: 'tea_1' };
    const statuses = (await Promise.all([add(agent.id, body), add(colleague.id, body), add(agent.id, body)])).map(({ status }) => status);
    expect(statuses.sort()).to.deep.equal([201, 409, 409]);
    expect((await add(agent.id, { ...body, externalId: 'TEA_1' })).status, 'ids are kept to the letter').to.equal(201);
  });

  it('refuse systems and ids that are none', async () => {
    for (const body of [{ system: 'Zendesk', externalId: '1' }, { system: 'a b', externalId: '1' }, { system: 'zendesk', externalId: ' 1' }, { system: 'zendesk', externalId: '' }, { system: 'zendesk', externalId: '1\r\nX: 2' }]) {
      expect((await add(world.org.agent.id, body)).status, JSON.stringify(body)).to.equal(400);
    }
  });

  it('are told to the person and their leaders, and to nobody else', async () => {
    const { app, org } = world;
    await app.settled();
    const sockets = await Promise.all([org.agent, org.leader, org.manager, org.colleague, org.otherLeader, org.viewer].map((person) => app.socket(person.token)));
    const heard = sockets.map((socket) => listen(socket));
    const { body } = await add(org.agent.id, { system: 'genesys', externalId: 'told' });
    const { id } = body as { id: string };
    await call(app, 'deleteIdentity', { as: org.admin, params: { id: org.agent.id, identityId: id } });
    await app.settled();
    const names = heard.map((list) => list.map(({ name }) => name).filter((name) => name.startsWith('identity')));
    const both = ['identity:created', 'identity:deleted'];
    expect(names).to.deep.equal([both, both, both, [], [], []]);
    expect([...(await resolve('genesys', ['told']))]).to.deep.equal([]);
  });

  it('of another person cannot be deleted through this one', async () => {
    const { id } = (await add(world.org.agent.id, { system: 'zendesk', externalId: 'mine' })).body as { id: string };
    const answer = await call(world.app, 'deleteIdentity', { as: world.org.admin, params: { id: world.org.colleague.id, identityId: id } });
    expect(answer.status).to.equal(404);
    expect((await resolve('zendesk', ['mine'])).size).to.equal(1);
  });
});
