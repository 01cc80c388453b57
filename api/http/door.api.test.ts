import { expect } from 'chai';
import { startWorld, type World } from '../../test/harness/world.ts';
import { contractChecker } from '../../test/harness/contract-checker.ts';
import { TEST_PASSWORD } from '../../test/harness/people.ts';

/** §7.2 of the backend document. */
const LIMITS = {
  createAgent: { windowSeconds: 60, max: 10 },
  updateAgent: { windowSeconds: 60, max: 30 },
  listAgents: { windowSeconds: 60, max: 100 },
  bulkUpdateAgents: { windowSeconds: 300, max: 5 },
} as const;

const newPerson = (fields: Record<string, unknown> = {}) =>
  ({ username: 'somebody_new', email: 'somebody.new@example.test', fullName: 'Somebody New', role: 'cs', department: 'Support', password: TEST_PASSWORD, ...fields });

describe('At the door', () => {
  describe('text', () => {
    let world: World;
    before(async () => {
      world = await startWorld('door');
    });
    after(() => world.close());

    const create = (fields: Record<string, unknown>) => world.app.request(world.org.admin.token).post('/api/agents').send(newPerson({ username: `door_${world.next()}`, email: `door_${world.next()}@example.test`, ...fields }));
    const rename = (fullName: string) => world.app.request(world.org.admin.token).put(`/api/agents/${world.org.agent.id}`).send({ fullName });

    it('of a name cannot be made to look like somebody else’s', async () => {
      for (const fullName of ['Lena\u200d Leader', 'Lena\u00ad Leader', 'Lena\u200e Leader', 'Lena\nLeader', 'Lena\tLeader', '\u3164\u3164']) {
        for (const answer of [await rename(fullName), await create({ fullName })]) {
          expect(answer.status, JSON.stringify(fullName)).to.equal(400);
          expect(answer.body.details[0]).to.deep.include({ path: '/body/fullName', code: 'format' });
        }
      }
      // Nobody sees these, nobody means them: copied along, they are taken out.
      expect((await rename('\ufeffLena\u200b \u202erednaL\u202c').expect(200)).body.fullName).to.equal('Lena rednaL');
      await rename('\u200b\u200b\u200b').expect(400);
      expect((await create({ phone: '\u202a+49 30 1234\u202c' }).expect(201)).body.phone).to.equal('+49 30 1234');
    });

    it('keeps what languages and emoji need', async () => {
      for (const fullName of ['Zoë Müller', 'نیلوفر می‌خواهم', 'ශ්‍රී ලංකා', '山田 太郎']) expect((await rename(fullName).expect(200)).body.fullName).to.equal(fullName);
      const content = 'Well done 👩‍👩‍👧‍👦 🏳️‍🌈 ❤️\n\tשלום\u200f';
      const { body } = await world.app.request(world.org.leader.token).post('/api/quick-notes').send({ agentId: world.org.agent.id, noteType: 'POSITIVE', content }).expect(201);
      expect(body.content).to.equal(content);
    });

    it('that looks like HTML is text: stored as it was typed, sent as JSON that no browser renders', async () => {
      const content = '<img src=x onerror="alert(1)"> & <b>bold</b>';
      const { body } = await world.app.request(world.org.leader.token).post('/api/quick-notes').send({ agentId: world.org.agent.id, noteType: 'COACHING', content }).expect(201);
      const answer = await world.app.request(world.org.agent.token).get(`/api/quick-notes/${body.id}`).expect(200);
      expect(answer.body.content).to.equal(content);
      expect(answer.headers['content-type']).to.match(/^application\/json/);
      expect(answer.headers['x-content-type-options']).to.equal('nosniff');
      expect(answer.headers['content-security-policy']).to.include("require-trusted-types-for 'script'");
      const refused = await world.app.request(world.org.leader.token).get('/api/agents?role=<script>alert(1)</script>').expect(400);
      expect(refused.headers['content-type']).to.match(/^application\/problem\+json/);
    });

    it('keeps to the rules of §6.1', async () => {
      const wrong: Record<string, readonly unknown[]> = {
        username: ['ab', 'x'.repeat(51), 'has space', 'dash-ed', 'ümlaut', ''],
        email: ['none', 'a@', '@b.test', 'a b@c.test'],
        fullName: ['x', 'x'.repeat(256), '  '],
        role: ['boss', 'ADMIN', ''],
        department: ['x', 'x'.repeat(101)],
        phone: ['call me', '+49#30', '++49'],
        password: ['Short1', 'nouppercase1', 'NOLOWERCASE1', 'NoDigitsAtAll'],
      };
      for (const [field, values] of Object.entries(wrong)) {
        for (const value of values) {
          const { status, body } = await create({ [field]: value });
          expect(status, `${field}: ${JSON.stringify(value)}`).to.equal(400);
          expect(body.details[0].path).to.equal(`/body/${field}`);
        }
      }
      const whole = newPerson({ username: 'door_whole', email: 'door_whole@example.test' });
      for (const field of Object.keys(whole)) {
        const { [field as keyof typeof whole]: _left, ...rest } = whole;
        const { body } = await world.app.request(world.org.admin.token).post('/api/agents').send(rest).expect(400);
        expect(body.details, field).to.deep.include({ path: `/body/${field}`, message: 'is required', code: 'required' });
      }
      await world.app.request(world.org.admin.token).post('/api/agents').send({ ...whole, phone: '+49 (30) 123-45' }).expect(201);
      await world.app.request(world.org.admin.token).post('/api/agents').send({ ...whole, username: 'DOOR_WHOLE', email: 'other@example.test' }).expect(409);
      await world.app.request(world.org.admin.token).post('/api/agents').send({ ...whole, username: 'door_other', email: 'Door_Whole@example.test' }).expect(409);
    });

    it('lets nobody in by a cookie, and gives none', async () => {
      const { token } = world.org.admin;
      for (const cookie of [`token=${token}`, `access_token=${token}`, `Authorization=Bearer ${token}`, `session=${token}`]) {
        const answer = await world.app.request().post('/api/quick-notes').set('Cookie', cookie).send({}).expect(401);
        expect(answer.headers).to.not.have.property('set-cookie');
      }
      const signedIn = await world.app.request().post('/api/auth/login').send({ username: world.org.agent.username, password: TEST_PASSWORD }).expect(200);
      expect(signedIn.headers).to.not.have.property('set-cookie');
      expect(signedIn.headers).to.not.have.property('access-control-allow-credentials');
    });

    it('takes version v1 or none, and names what it supports', async () => {
      for (const path of ['/api/agents', '/api/agents/stats', '/api/agents/departments', '/api/agents/search?q=a']) {
        await world.app.request(world.org.admin.token).get(path).set('Accept-Version', 'v1').expect(200);
        for (const version of ['v2', '1', 'V1', 'latest']) {
          const { body } = await world.app.request(world.org.admin.token).get(path).set('Accept-Version', version).expect(400);
          expect(body).to.include({ code: 'unsupported_version', detail: 'Supported versions: v1.' });
        }
      }
    });
  });

  describe('limits', () => {
    let world: World;
    before(async () => {
      world = await startWorld('door_limits', { RATE_LIMIT_FACTOR: '1' });
    });
    after(() => world.close());

    for (const [id, rule] of Object.entries(LIMITS)) {
      it(`of ${id} are ${rule.max} in ${rule.windowSeconds} seconds, told in standard headers`, async () => {
        const { method, path, rateLimit } = contractChecker().operation(id);
        expect(rateLimit).to.deep.equal(rule);
        // Wrong in form: refused requests count too, and change nothing.
        const ask = async () => world.app.request(world.org.admin.token)[method](path.replace('{id}', String(world.org.agent.id))).query({ unheardOf: 1 });
        for (let n = 1; n <= rule.max; n++) {
          const { status, headers } = await ask();
          expect(status).to.equal(400);
          expect(headers['ratelimit-policy']).to.equal(`"${id}";q=${rule.max};w=${rule.windowSeconds}`);
          expect(headers['ratelimit']).to.match(new RegExp(`^"${id}";r=${rule.max - n};t=\\d+$`));
        }
        const { status, headers } = await ask();
        expect(status).to.equal(429);
        expect(Number(headers['retry-after'])).to.be.within(1, rule.windowSeconds);
        // Another person's allowance is their own.
        expect((await world.app.request(world.org.manager.token)[method](path.replace('{id}', '1')).query({ unheardOf: 1 })).status).to.equal(400);
      }).timeout(10_000);
    }
  });
});
