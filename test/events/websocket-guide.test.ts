import { expect } from 'chai';
import { io, type Socket } from 'socket.io-client';
import { until } from '../harness/until.ts';
import { startWorld, type World } from '../harness/world.ts';

/**
 * The examples of the WebSocket guide, word for word, with ids of this installation where it has made-up ones. Whoever
 * wrote a client by it uses the official socket.io-client as it comes: default transports, ids as strings, messages
 * without acknowledgements.
 */
describe('A client written by the WebSocket guide', function () {
  this.timeout(30_000);
  let world: World;
  const opened: Socket[] = [];

  before(async () => {
    world = await startWorld('guide');
  });
  after(() => world.close());
  afterEach(() => {
    for (const socket of opened.splice(0)) socket.close();
  });

  /** `io('http://localhost:3000', { auth: { sessionId: 'your-session-id' } })`; the session id is the access token. */
  async function connect(token: string): Promise<Socket> {
    const socket = io(world.app.url, {
      auth: {
        sessionId: token,
      },
    });
    opened.push(socket);
    let connected = false;
    socket.on('connect', () => {
      connected = true;
      expect(socket.id).to.be.a('string');
    });
    await until(() => connected);
    return socket;
  }

  /** What a socket hears under a name from now on. */
  function hear<T = Record<string, unknown>>(socket: Socket, event: string): T[] {
    const heard: T[] = [];
    socket.on(event, (data: T) => void heard.push(data));
    return heard;
  }

  const agentId = (): string => String(world.org.agent.id);

  it('is connected and disconnected as its context provider has it', async () => {
    const states: boolean[] = [];
    const newSocket = await connect(world.org.leader.token);
    newSocket.on('disconnect', () => states.push(false));
    newSocket.on('connect', () => states.push(true));
    newSocket.io.engine.close();
    await until(() => states.length === 2);
    newSocket.close();
    expect(states).to.deep.equal([false, true, false]);
  });

  it('creates a quick note, and hears it with the payload of the reference', async () => {
    const socket = await connect(world.org.leader.token);
    const notes = hear(socket, 'quickNote:created');
    socket.emit('quickNote:create', {
      agentId: agentId(),
      noteType: 'COACHING',
      content: 'Test note',
      priority: 'HIGH',
    });
    await until(() => notes.length === 1);
    expect(notes[0]).to.include({ agentId: world.org.agent.id, teamLeaderId: world.org.leader.id, noteType: 'COACHING', content: 'Test note', priority: 'HIGH', category: null });
    expect(notes[0]).to.include.all.keys('id', 'agentId', 'teamLeaderId', 'noteType', 'content', 'priority', 'category', 'createdAt', 'createdBy');
    expect(notes[0]?.['createdBy']).to.deep.equal({ id: world.org.leader.id, name: 'Lena Leader' });
    expect(new Date(notes[0]?.['createdAt'] as string).getTime()).to.be.closeTo(Date.now(), 60_000);
  });

  it('gives a note a category, of each type and priority, and shows it to the agent', async () => {
    const [leader, agent] = [await connect(world.org.leader.token), await connect(world.org.agent.token)];
    const notes = hear(agent, 'quickNote:created');
    const types = ['COACHING', 'POSITIVE', 'URGENT'];
    const priorities = ['LOW', 'MEDIUM', 'HIGH'];
    types.forEach((noteType, n) => leader.emit('quickNote:create', { agentId: agentId(), noteType, content: `Number ${n}`, priority: priorities[n], category: 'Pace' }));
    await until(() => notes.length === 3);
    expect(notes.map(({ noteType, priority, category }) => [noteType, priority, category])).to.have.deep.members(types.map((type, n) => [type, priorities[n], 'Pace']));
  });

  it('creates an action item, and hears it', async () => {
    const [leader, agent] = [await connect(world.org.leader.token), await connect(world.org.agent.token)];
    const items = [hear(leader, 'actionItem:created'), hear(agent, 'actionItem:created')];
    leader.emit('actionItem:create', {
      agentId: agentId(),
      title: 'Practise the closing',
      description: 'Three calls with the checklist.',
      dueDate: new Date(Date.now() + 7 * 86_400_000).toISOString(),
      priority: 'MEDIUM',
      category: 'Closing',
    });
    await until(() => items.every((list) => list.length === 1));
    for (const [item] of items) expect(item).to.include({ agentId: world.org.agent.id, title: 'Practise the closing', description: 'Three calls with the checklist.', priority: 'MEDIUM', category: 'Closing' });
  });

  it('joins a session, updates it for all participants, and leaves it', async () => {
    const sessionId = await world.sessionIn('live', world.org.agent.id);
    const [leader, agent] = [await connect(world.org.leader.token), await connect(world.org.agent.token)];
    const heard = [hear(leader, 'session:updated'), hear(agent, 'session:updated')];
    for (const socket of [leader, agent]) socket.emit('join-session', { sessionId });
    leader.emit('session:update', {
      sessionId,
      updates: {
        discussionNotes: 'Listened to two calls together.',
        topicsCovered: ['Pace', 'Closing'],
        engagementScore: 4,
      },
    });
    await until(() => heard.every((list) => list.length > 0));
    for (const list of heard) expect(list.at(-1)).to.deep.include({ id: sessionId, discussionNotes: 'Listened to two calls together.', topicsCovered: ['Pace', 'Closing'], engagementScore: 4 });

    // Each in turn writes on what it has heard, without a word about versions.
    agent.emit('session:update', { sessionId, updates: { discussionNotes: 'Listened to two calls together. The second one went well.' } });
    await until(() => heard.every((list) => list.at(-1)?.['discussionNotes'] === 'Listened to two calls together. The second one went well.'));
    leader.emit('session:update', { sessionId, updates: { summary: 'Slower at the end.' } });
    await until(() => heard.every((list) => list.at(-1)?.['summary'] === 'Slower at the end.'));

    const present = hear<{ present: { id: number }[] }>(leader, 'session:presence');
    agent.emit('leave-session', { sessionId });
    await until(() => present.at(-1)?.present.length === 1);
    expect(present.at(-1)?.present[0]?.id).to.equal(world.org.leader.id);
  });

  it('sends a notification, which the person receives', async () => {
    const [leader, agent] = [await connect(world.org.leader.token), await connect(world.org.agent.token)];
    const received = hear(agent, 'notification');
    for (const type of ['info', 'success', 'warning', 'error']) {
      leader.emit('notification:send', { userId: agentId(), type, message: `A ${type} for you.`, data: { from: 'the guide' } });
    }
    await until(() => received.length === 4);
    expect(received.map(({ type, message }) => [type, message])).to.have.deep.members(['info', 'success', 'warning', 'error'].map((type) => [type, `A ${type} for you.`]));
    expect(received[0]).to.have.all.keys('id', 'type', 'title', 'message', 'data');
    expect(received[0]?.['data']).to.deep.include({ from: 'the guide' });
  });

  it('is told of errors by `error`', async () => {
    const socket = await connect(world.org.agent.token);
    const errors = hear(socket, 'error');
    socket.emit('quickNote:create', { agentId: String(world.org.colleague.id), noteType: 'COACHING', content: 'Not mine to write.', priority: 'LOW' });
    socket.emit('session:update', { sessionId: await world.sessionIn('live', world.org.stranger.id), updates: { discussionNotes: 'Not mine to read.' } });
    socket.emit('join-session', { sessionId: 'no-such-session' });
    await until(() => errors.length === 3);
    expect(errors.map(({ status }) => status)).to.have.members([403, 404, 400]);
    expect(errors.every(({ message }) => typeof message === 'string' && message !== '')).to.equal(true);
  });

  it('is told why it cannot connect by `connect_error`', async () => {
    const socket = io(world.app.url, {
      auth: {
        sessionId: 'your-session-id',
      },
    });
    opened.push(socket);
    const refusals: Error[] = [];
    socket.on('connect_error', (error) => void refusals.push(error));
    await until(() => refusals.length === 1);
    expect(refusals[0]?.message).to.be.a('string').that.is.not.empty;
    expect((refusals[0] as Error & { data: object }).data).to.include({ status: 401, code: 'token_invalid' });
  });

  it('adds and removes its listeners as its hook has them', async () => {
    const socket = await connect(world.org.leader.token);
    const heard: unknown[] = [];
    const handler = (data: unknown): void => void heard.push(data);
    socket.on('quickNote:created', handler);
    await world.note(world.org.agent.id);
    await until(() => heard.length === 1);
    socket.off('quickNote:created', handler);
    await world.note(world.org.agent.id);
    await world.app.settled();
    expect(heard).to.have.lengthOf(1);
  });
});
