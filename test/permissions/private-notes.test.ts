import { expect } from 'chai';
import type { Socket } from 'socket.io-client';
import { call } from '../harness/calls.ts';
import { listen, type Heard } from '../harness/listener.ts';
import type { TestPerson } from '../harness/people.ts';
import { startWorld, type World } from '../harness/world.ts';

type Name = 'author' | 'coLeader' | 'otherLeader' | 'manager' | 'admin' | 'subject' | 'colleague' | 'viewer';

/** Who writes about whom, and who may then read it. */
interface Matrix {
  readonly title: string;
  readonly cast: (world: World) => Promise<Readonly<Record<Name, TestPerson>>>;
  readonly readers: readonly Name[];
  readonly readersOncePublic: readonly Name[];
}

/** Two leaders of one team, somebody in it, and everybody else. */
async function cast(world: World, { subject, author }: { subject: 'cs' | 'team_leader' | 'manager' | 'admin' | 'viewer'; author: 'leader' | 'manager' | 'admin' }): Promise<Record<Name, TestPerson>> {
  const { people } = world.app;
  const named = (role: Parameters<typeof people.person>[0], teamId?: string) =>
    people.person(role, { username: `${role}_in_${world.next()}`, ...(teamId ? { teamId } : {}) });
  const leaders = [await named('team_leader'), await named('team_leader')] as const;
  const team = await people.team(`Cast ${world.next()}`, leaders.map((leader) => leader.id));
  const subjectPerson = await named(subject, team.id);
  const { admin, manager, otherLeader, viewer } = world.org;
  const authors = { leader: leaders[0], manager, admin };
  return { author: authors[author], coLeader: leaders[1], otherLeader, manager, admin, subject: subjectPerson, colleague: await named('cs', team.id), viewer };
}

const MATRIX: readonly Matrix[] = [
  {
    title: 'an agent, by their leader',
    cast: (world) => cast(world, { subject: 'cs', author: 'leader' }),
    readers: ['author', 'manager', 'admin'],
    readersOncePublic: ['author', 'coLeader', 'manager', 'admin', 'subject'],
  },
  {
    title: 'a leader, by a manager',
    cast: (world) => cast(world, { subject: 'team_leader', author: 'manager' }),
    readers: ['author', 'manager', 'admin'],
    readersOncePublic: ['author', 'coLeader', 'manager', 'admin', 'subject'],
  },
  {
    title: 'a manager, by an administrator',
    cast: (world) => cast(world, { subject: 'manager', author: 'admin' }),
    readers: ['author', 'manager', 'admin'],
    readersOncePublic: ['author', 'coLeader', 'manager', 'admin', 'subject'],
  },
  {
    title: 'an administrator, by a manager',
    cast: (world) => cast(world, { subject: 'admin', author: 'manager' }),
    readers: ['author', 'manager', 'admin'],
    readersOncePublic: ['author', 'coLeader', 'manager', 'admin', 'subject'],
  },
  {
    title: 'a viewer, who reads no notes at all, by their leader',
    cast: (world) => cast(world, { subject: 'viewer', author: 'leader' }),
    readers: ['author', 'manager', 'admin'],
    readersOncePublic: ['author', 'coLeader', 'manager', 'admin'],
  },
];

describe('A private note', function () {
  this.timeout(30_000);
  let world: World;

  before(async () => {
    world = await startWorld('private_notes');
  });
  after(() => world.close());

  for (const { title, cast: makeCast, readers, readersOncePublic } of MATRIX) {
    describe(`about ${title}`, () => {
      let people: Readonly<Record<Name, TestPerson>>;
      let sockets: Record<string, Socket>;
      let heard: Record<string, Heard[]>;
      let start: number;

      const names = (): Name[] => Object.keys(people) as Name[];
      const sorted = (who: readonly Name[]): Name[] => [...who].sort();
      const write = async (isPrivate: boolean): Promise<string> => {
        const { body } = await call(world.app, 'createQuickNote', { as: people.author, body: { agentId: people.subject.id, noteType: 'COACHING', content: 'Between us.', isPrivate } });
        return (body as { id: string }).id;
      };
      const change = (id: string, body: object) => call(world.app, 'updateQuickNote', { as: people.author, params: { id }, body });
      const whoHeard = (type: string, id: string): Name[] =>
        names().filter((name) => heard[name]?.some((event) => event.name === type && (event.payload as { id: string }).id === id));
      const whoReads = async (id: string): Promise<Name[]> => {
        const found: Name[] = [];
        for (const name of names()) if ((await call(world.app, 'getQuickNote', { as: people[name], params: { id } })).status === 200) found.push(name);
        return found;
      };
      const whoLists = async (id: string): Promise<Name[]> => {
        const found: Name[] = [];
        for (const name of names()) {
          const { body } = await call(world.app, 'listQuickNotes', { as: people[name], query: { agentId: people.subject.id } });
          if ((body as { quickNotes?: { id: string }[] }).quickNotes?.some((note) => note.id === id)) found.push(name);
        }
        return found;
      };
      /** Who is told of the note in any way when they come back after missing everything of this test. */
      const whoIsReplayed = async (id: string): Promise<Name[]> => {
        const found: Name[] = [];
        for (const name of names()) {
          const socket = await world.app.socket(people[name].token);
          const missed = listen(socket);
          await socket.emitWithAck('resume', { seq: start });
          socket.disconnect();
          if (missed.some(({ payload }) => (payload as { id?: unknown } | null)?.id === id)) found.push(name);
        }
        return found;
      };

      before(async () => {
        people = await makeCast(world);
        await world.app.settled();
      });
      beforeEach(async () => {
        start = world.app.server.tail.position;
        sockets = {};
        heard = {};
        for (const name of names()) {
          const socket = await world.app.socket(people[name].token);
          sockets[name] = socket;
          heard[name] = listen(socket);
        }
      });
      afterEach(() => {
        for (const socket of Object.values(sockets)) socket.disconnect();
      });

      it('is read, listed, heard and replayed by its author, managers and administrators alone', async () => {
        const id = await write(true);
        await change(id, { content: 'Between us, still.' });
        await world.app.settled();
        expect(await whoReads(id)).to.have.members(readers);
        expect(await whoLists(id)).to.have.members(readers);
        expect(whoHeard('quickNote:created', id)).to.have.members(readers);
        expect(whoHeard('quick-note-created', id)).to.have.members(readers);
        expect(whoHeard('quickNote:updated', id)).to.have.members(readers);
        expect(await whoIsReplayed(id)).to.have.members(readers);
      });

      it('is deleted without a word to anybody else', async () => {
        const id = await write(true);
        await call(world.app, 'deleteQuickNote', { as: people.author, params: { id } });
        await world.app.settled();
        expect(sorted(whoHeard('quickNote:deleted', id))).to.deep.equal(sorted(readers));
        expect(sorted(await whoIsReplayed(id))).to.deep.equal(sorted(readers));
      });

      it('reaches those who may read it when it stops being private', async () => {
        const id = await write(true);
        await change(id, { isPrivate: false });
        await world.app.settled();
        expect(sorted(whoHeard('quickNote:updated', id))).to.deep.equal(sorted(readersOncePublic));
        expect(sorted(await whoReads(id))).to.deep.equal(sorted(readersOncePublic));
      });

      it('is withdrawn from those who may not read it any more when it becomes private', async () => {
        const id = await write(false);
        await change(id, { isPrivate: true });
        await world.app.settled();
        expect(sorted(whoHeard('quickNote:created', id))).to.deep.equal(sorted(readersOncePublic));
        expect(sorted(whoHeard('quickNote:deleted', id))).to.deep.equal(sorted(readersOncePublic.filter((name) => !readers.includes(name))));
        expect(sorted(whoHeard('quickNote:updated', id))).to.deep.equal(sorted(readers));
        expect(sorted(await whoReads(id))).to.deep.equal(sorted(readers));
      });
    });
  }

  it('is out of its author’s reach, and its changes out of their ears, once they do not lead the person any more', async () => {
    const people = await cast(world, { subject: 'cs', author: 'leader' });
    const { body } = await call(world.app, 'createQuickNote', { as: people.author, body: { agentId: people.subject.id, noteType: 'COACHING', content: 'Between us.', isPrivate: true } });
    const { id } = body as { id: string };
    await call(world.app, 'updateAgent', { as: people.admin, params: { id: people.subject.id }, body: { teamId: world.org.otherTeam.id } });
    await world.app.settled();
    const heard = listen(await world.app.socket(people.author.token));
    await call(world.app, 'updateQuickNote', { as: people.admin, params: { id }, body: { priority: 'HIGH' } });
    await call(world.app, 'updateQuickNote', { as: people.admin, params: { id }, body: { isPrivate: false } });
    await call(world.app, 'deleteQuickNote', { as: people.admin, params: { id } });
    await world.app.settled();
    expect((await call(world.app, 'getQuickNote', { as: people.author, params: { id } })).status).to.equal(404);
    expect(heard.map((event) => event.name).filter((name) => /^quick-?note/i.test(name))).to.deep.equal([]);
  });
});
