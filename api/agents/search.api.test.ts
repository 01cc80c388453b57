import { expect } from 'chai';
import { startTestApp, type TestApp } from '../../test/harness/app.ts';

describe('searching people', () => {
  let app: TestApp;
  let org: Awaited<ReturnType<TestApp['people']['organisation']>>;

  before(async () => {
    app = await startTestApp('search');
    org = await app.people.organisation();
  });
  after(() => app.close());

  const found = async (token: string, path: string): Promise<number[]> =>
    (await app.request(token).get(path).expect(200)).body.data.map((agent: { id: number }) => agent.id);

  it('finds by user name and e-mail for those who may read them', async () => {
    expect(await found(org.leader.token, `/api/agents/search?q=${org.admin.username}`)).to.include(org.admin.id);
    expect(await found(org.leader.token, `/api/agents?search=${org.admin.username}%40example`)).to.deep.equal([org.admin.id]);
  });

  it('does not tell the others what the hidden fields hold', async () => {
    for (const { id, token } of [org.agent, org.viewer]) {
      expect(await found(token, `/api/agents?search=${org.admin.username}%40example`)).to.deep.equal([]);
      expect(await found(token, '/api/agents/search?q=%40example.test'), 'themselves alone').to.deep.equal([id]);
      expect(await found(token, '/api/agents/search?q=lena')).to.deep.equal([org.leader.id]);
    }
  });
});
