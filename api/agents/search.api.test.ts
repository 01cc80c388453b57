import { expect } from 'chai';
import { startTestApp, type TestApp } from '../../test/harness/app.ts';

describe('searching people', () => {
  let app: TestApp;
  let org: Awaited<ReturnType<TestApp['people']['organisation']>>;
  const made = new Map<string, number>();

  before(async () => {
    app = await startTestApp('search');
    org = await app.people.organisation();
    for (const fullName of ['Zoë Müller', 'Søren Kierkegaard', 'José Álvarez', 'Łukasz Wójcik', 'Jonathan Strange', 'John Strand', 'Martina Johnson', 'Schmidt Anna', 'Karl-Heinz Groß']) {
      made.set(fullName, (await app.people.create('cs', { fullName, department: 'Abroad' })).id);
    }
  });
  after(() => app.close());

  const found = async (token: string, path: string): Promise<number[]> =>
    (await app.request(token).get(path).expect(200)).body.data.map((agent: { id: number }) => agent.id);
  const named = async (q: string, more = ''): Promise<string[]> =>
    (await app.request(org.leader.token).get(`/api/agents/search?q=${encodeURIComponent(q)}${more}`).expect(200)).body.data.map((agent: { fullName: string }) => agent.fullName);

  it('finds by user name and e-mail for those who may read them', async () => {
    expect(await found(org.leader.token, `/api/agents/search?q=${org.admin.username}`)).to.include(org.admin.id);
    expect(await found(org.leader.token, `/api/agents?search=${org.admin.username}%40example`)).to.deep.equal([org.admin.id]);
  });

  it('does not tell the others what the hidden fields hold', async () => {
    for (const { id, token } of [org.agent, org.viewer]) {
      expect(await found(token, `/api/agents?search=${org.admin.username}%40example`)).to.deep.equal([]);
      expect(await found(token, '/api/agents/search?q=%40example.test'), 'themselves alone').to.deep.equal([id]);
      expect(await found(token, '/api/agents/search?q=lena')).to.deep.equal([org.leader.id]);
      // One letter off the administrator's user name: similar is found out no more than equal.
      expect(await found(token, `/api/agents/search?q=${org.admin.username.replace('adm', 'abm')}`)).to.deep.equal([]);
    }
  });

  it('knows no accents, neither in what is typed nor in names', async () => {
    for (const [typed, name] of [['zoe', 'Zoë Müller'], ['MÜLLER', 'Zoë Müller'], ['mu\u0308ller', 'Zoë Müller'], ['soren', 'Søren Kierkegaard'], ['alvarez', 'José Álvarez'], ['wojcik', 'Łukasz Wójcik'], ['gross', 'Karl-Heinz Groß']] as const) {
      expect(await named(typed), typed).to.deep.equal([name]);
      expect(await found(org.leader.token, `/api/agents?search=${encodeURIComponent(typed)}`), `list: ${typed}`).to.deep.equal([made.get(name)]);
    }
  });

  it('forgives up to two typing errors in a word, and not three', async () => {
    expect(await named('Kierkegard')).to.deep.equal(['Søren Kierkegaard']);
    expect(await named('kirkegard')).to.deep.equal(['Søren Kierkegaard']);
    expect(await named('kirkegrd')).to.deep.equal([]);
    expect(await named('Jonh Strand')).to.include('John Strand');
    expect(await named('alvares')).to.deep.equal(['José Álvarez']);
    expect(await named('zeo')).to.deep.equal([]);
  });

  it('takes the words in any order, and the beginning of one that is still being typed', async () => {
    expect(await named('strange jon')).to.deep.equal(['Jonathan Strange', 'John Strand']);
    expect(await named('anna schm')).to.deep.equal(['Schmidt Anna']);
    expect((await named('kierkgaa'))[0]).to.equal('Søren Kierkegaard');
  });

  it('knows what people are called now, and no more what they were called', async () => {
    const { id } = await app.people.create('cs', { fullName: 'Wilhelmina Oystercatcher', department: 'Abroad' });
    const rename = (fullName: string) => app.request(org.admin.token).put(`/api/agents/${id}`).send({ fullName }).expect(200);
    await rename('Wilhelmina Quarterstaff');
    expect(await named('oistercatcher')).to.deep.equal([]);
    expect(await named('quaterstaf')).to.deep.equal(['Wilhelmina Quarterstaff']);
    await rename('Wilhelmina Oystercatcher');
    expect(await named('wilhelmyna oistercatcher')).to.deep.equal(['Wilhelmina Oystercatcher']);
    expect(await named('karlheinz-gros')).to.deep.equal([]);
    expect(await named('gros-karl-hainz')).to.deep.equal(['Karl-Heinz Groß']);
  });

  it('puts the best match first: whole name, beginning, beginning of a word, part of one, then the misspelt', async () => {
    for (const fullName of ['Anna', 'Annabel Quick', 'Quick Annan', 'Quick Hanna', 'Quick Anja']) await app.people.create('viewer', { fullName, department: 'Ranked' });
    expect(await named('anna', '&department=Ranked')).to.deep.equal(['Anna', 'Annabel Quick', 'Quick Annan', 'Quick Hanna', 'Quick Anja']);
  });

  it('finds those who have left as well, unless told not to', async () => {
    const id = made.get('José Álvarez') ?? 0;
    await app.request(org.admin.token).delete(`/api/agents/${id}`).expect(200);
    expect(await named('alvarez')).to.deep.equal(['José Álvarez']);
    expect(await named('alvarez', '&status=active')).to.deep.equal([]);
    expect(await named('alvares', '&status=active')).to.deep.equal([]);
    expect(await named('alvarez', '&status=inactive')).to.deep.equal(['José Álvarez']);
  });

  it('pages without gaps or doubles, and counts beyond the last page', async () => {
    const whole = await found(org.leader.token, '/api/agents/search?q=jo&limit=100');
    const paged: number[] = [];
    for (let page = 1; page <= whole.length; page++) paged.push(...(await found(org.leader.token, `/api/agents/search?q=jo&limit=1&page=${page}`)));
    expect(whole.length).to.be.above(1);
    expect(paged).to.deep.equal(whole);
    const { body } = await app.request(org.leader.token).get('/api/agents/search?q=jo&page=99').expect(200);
    expect(body.meta.total).to.equal(whole.length);
  });

  it('takes anything anybody may type', async () => {
    for (const typed of ['%', '_', '\\', "'; drop table agents; --", '%%%', '(', '[[:alpha:]]', '🦊', 'ﷺ'.repeat(90), 'x'.repeat(100), 'a b c d e f g h i j', '...', '<b>']) {
      await app.request(org.leader.token).get(`/api/agents/search?q=${encodeURIComponent(typed)}`).expect(200);
      await app.request(org.agent.token).get(`/api/agents?search=${encodeURIComponent(typed)}`).expect(200);
    }
    expect(await named('%')).to.deep.equal([]);
    expect(await found(org.agent.token, '/api/agents/search?q=_'), 'in their own user name alone').to.deep.equal([org.agent.id]);
  });
});
