import { expect } from 'chai';
import { startTestApp, type TestApp } from '../../test/harness/app.ts';
import type { TestPerson } from '../../test/harness/people.ts';

describe('quick notes over HTTP and sockets', () => {
  let app: TestApp;
  let org: Awaited<ReturnType<TestApp['people']['organisation']>>;

  before(async () => {
    app = await startTestApp('notes');
    org = await app.people.organisation();
  });
  after(() => app.close());

  const write = (by: TestPerson, body: Record<string, unknown>, key?: string) => {
    const request = app.request(by.token).post('/api/quick-notes').send({ noteType: 'COACHING', content: 'Slow down at the end.', ...body });
    return key === undefined ? request : request.set('Idempotency-Key', key);
  };

  it('writes a note that the agent reads', async () => {
    const written = await write(org.leader, { agentId: org.agent.id, category: 'Pace' }).expect(201);
    expect(written.body).to.include({ agentId: org.agent.id, teamLeaderId: org.leader.id, priority: 'MEDIUM', isPrivate: false, category: 'Pace' });
    const list = await app.request(org.agent.token).get('/api/quick-notes').expect(200);
    expect(list.body.quickNotes.map((note: { id: string }) => note.id)).to.include(written.body.id);
    expect(list.body.pagination).to.include({ page: 1, limit: 20 });
  });

  it('keeps a private note from its subject and from other leaders, in lists, by id and on sockets', async () => {
    const heard: unknown[] = [];
    await app.settled();
    const socket = await app.socket(org.agent.token);
    socket.onAny((event: string, payload: unknown) => heard.push([event, payload]));
    const { body: note } = await write(org.leader, { agentId: org.agent.id, isPrivate: true }).expect(201);
    await app.settled();
    expect(heard).to.deep.equal([]);
    await app.request(org.agent.token).get(`/api/quick-notes/${note.id}`).expect(404);
    await app.request(org.otherLeader.token).get(`/api/quick-notes/${note.id}`).expect(404);
    await app.request(org.leader.token).get(`/api/quick-notes/${note.id}`).expect(200);
    await app.request(org.manager.token).get(`/api/quick-notes/${note.id}`).expect(200);
  });

  it('answers a repeated Idempotency-Key with the first note and writes one', async () => {
    const first = await write(org.leader, { agentId: org.agent.id }, 'same-key').expect(201);
    const second = await write(org.leader, { agentId: org.agent.id }, 'same-key').expect(201);
    expect(second.body).to.deep.equal(first.body);
    expect(second.headers['idempotency-replayed']).to.equal('true');
    const other = await write(org.leader, { agentId: org.agent.id, content: 'Another.' }, 'same-key').expect(422);
    expect(other.body.code).to.equal('idempotency_key_reused');
  });

  it('refuses another team’s agent as not found, and a cs as forbidden', async () => {
    await write(org.leader, { agentId: org.stranger.id }).expect(404);
    const refused = await write(org.agent, { agentId: org.colleague.id }).expect(403);
    expect(refused.body.code).to.equal('role_not_allowed');
  });

  it('names the field of a note of 100,000 characters and stores nothing', async () => {
    const before = await app.request(org.admin.token).get('/api/quick-notes').expect(200);
    const refused = await write(org.leader, { agentId: org.agent.id, content: 'x'.repeat(100_000) }).expect(400);
    expect(refused.body.details[0].path).to.equal('/body/content');
    const after = await app.request(org.admin.token).get('/api/quick-notes').expect(200);
    expect(after.body.pagination.total).to.equal(before.body.pagination.total);
  });

  it('takes a note over the socket, acknowledges it, and tells the agent under both names', async () => {
    await app.settled();
    const agentSocket = await app.socket(org.agent.token);
    const leaderSocket = await app.socket(org.leader.token);
    const heard: [string, { id: string }, { seq: number }][] = [];
    agentSocket.onAny((event: string, payload: { id: string }, meta: { seq: number }) => heard.push([event, payload, meta]));
    const ack = await leaderSocket.emitWithAck('quickNote:create', { agentId: String(org.agent.id), noteType: 'POSITIVE', content: 'Well done.', priority: 'LOW' });
    expect(ack.ok).to.equal(true);
    await app.settled();
    expect(heard.map(([event]) => event)).to.deep.equal(['quickNote:created', 'quick-note-created']);
    expect(heard[0]?.[1].id).to.equal(ack.data.id);
    expect(heard[0]?.[2].seq).to.be.a('number');
    const refused = await leaderSocket.emitWithAck('quickNote:create', { agentId: org.agent.id, noteType: 'NONSENSE', content: 'x' });
    expect(refused).to.nested.include({ ok: false, 'error.code': 'validation_failed' });
  });

  it('answers messages it does not know', async () => {
    const socket = await app.socket(org.leader.token);
    const answer = await socket.timeout(3000).emitWithAck('quickNote:creat', { agentId: org.agent.id });
    expect(answer).to.nested.include({ ok: false, 'error.code': 'unknown_event' });
  });

  it('withdraws a note that becomes private from its subject', async () => {
    const { body: note } = await write(org.leader, { agentId: org.agent.id }).expect(201);
    await app.settled();
    const socket = await app.socket(org.agent.token);
    const heard: [string, { id: string }][] = [];
    socket.onAny((event: string, payload: { id: string }) => heard.push([event, payload]));
    await app.request(org.leader.token).put(`/api/quick-notes/${note.id}`).set('If-Match', '"1"').send({ isPrivate: true }).expect(200);
    await app.settled();
    expect(heard).to.deep.equal([['quickNote:deleted', { id: note.id, agentId: org.agent.id }]]);
    await app.request(org.leader.token).put(`/api/quick-notes/${note.id}`).set('If-Match', '"1"').send({ content: 'Late.' }).expect(412);
  });

  it('marks addressed, and lets only the author change the text', async () => {
    const { body: note } = await write(org.manager, { agentId: org.agent.id }).expect(201);
    const addressed = await app.request(org.leader.token).put(`/api/quick-notes/${note.id}`).send({ addressed: true }).expect(200);
    expect(addressed.body.addressedBy).to.deep.equal({ id: org.leader.id, name: 'Lena Leader' });
    await app.request(org.leader.token).put(`/api/quick-notes/${note.id}`).send({ content: 'Mine now.' }).expect(403);
    await app.request(org.leader.token).delete(`/api/quick-notes/${note.id}`).expect(403);
    await app.request(org.manager.token).delete(`/api/quick-notes/${note.id}`).expect(204);
    await app.request(org.manager.token).get(`/api/quick-notes/${note.id}`).expect(404);
  });

  it('finds words in text, category and name, whatever their accents, and nothing of a private note', async () => {
    const { body: note } = await write(org.leader, { agentId: org.agent.id, content: 'Écouta jusqu’au bout, 100 % calm.', category: 'Zuhören' }).expect(201);
    await write(org.otherLeader, { agentId: org.stranger.id, content: 'Ecouta, calm.' }).expect(201);
    await write(org.leader, { agentId: org.agent.id, content: 'Ecouta, calm, for me alone.', isPrivate: true }).expect(201);
    const found = async (by: TestPerson, search: string): Promise<string[]> =>
      (await app.request(by.token).get('/api/quick-notes').query({ search }).expect(200)).body.quickNotes.map(({ content }: { content: string }) => content);
    expect(await found(org.agent, 'ECOUTA calm')).to.deep.equal([note.content]);
    expect(await found(org.agent, 'zuhor 100 %')).to.deep.equal([note.content]);
    expect(await found(org.agent, `ecouta ${org.agent.row.fullName}`)).to.deep.equal([note.content]);
    expect(await found(org.agent, 'ecouta loud')).to.deep.equal([]);
    expect(await found(org.agent, 'e_outa')).to.deep.equal([]);
    expect(await found(org.leader, 'ecouta')).to.have.length(2);
  });

  it('takes a note that begins with an emoji', async () => {
    const written = await write(org.leader, { agentId: org.agent.id, content: '👍 Great save.' }).expect(201);
    expect(written.body.content).to.equal('👍 Great save.');
  });

  it('refuses a body nested deeper than anything can walk', async () => {
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    await app.request(org.leader.token).post('/api/quick-notes').set('Content-Type', 'application/json').send(deep).expect(400);
  });

  it('refuses instants before 1900', async () => {
    const refused = await app.request(org.leader.token).get('/api/quick-notes?from=0000-01-01T00:00:00Z').expect(400);
    expect(refused.body.details[0].path).to.equal('/query/from');
  });
});
