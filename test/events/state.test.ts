import { expect } from 'chai';
import { LiveClient } from '../harness/live-client.ts';
import { startWorld, type World } from '../harness/world.ts';
import { writes } from './writes.ts';

/** The cast of an organisation, each of whom sees something else. */
export const CAST = ['admin', 'manager', 'leader', 'otherLeader', 'agent', 'colleague', 'stranger', 'viewer'] as const;

describe('Earlier state + events = fetch', function () {
  this.timeout(30_000);
  let world: World;
  let clients: Map<string, LiveClient>;

  before(async () => {
    world = await startWorld('state');
    const { org } = world;
    // Something to lose and to gain.
    for (const person of [org.agent, org.colleague, org.stranger, org.leader]) {
      await world.note(person.id);
      await world.goal(person.id);
      await world.sessionRequest(person.id);
      await world.absence(person.id);
    }
    await world.note(org.agent.id, org.leader, { isPrivate: true });
    clients = new Map(CAST.map((name) => [name, new LiveClient(world, org[name])]));
    for (const client of clients.values()) await client.start();
  });
  after(() => world.close());
  afterEach(async function () {
    // What one write spoilt must not spoil the next.
    if (this.currentTest?.state === 'failed') for (const client of clients.values()) await client.restart();
  });

  for (const write of writes()) {
    it(write.title, async () => {
      await write.run(world);
      await world.app.settled();
      const faults = await Promise.all([...clients].map(async ([name, client]) => {
        await client.catchUp();
        return (await client.faults()).map((fault) => `${name}: ${fault}`);
      }));
      expect(faults.flat().join('\n')).to.equal('');
    });
  }
});
