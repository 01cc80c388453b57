import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import express, { type ErrorRequestHandler } from 'express';
import { startTestApp } from '../../test/harness/app.ts';
import { holdTable } from '../../test/harness/hold.ts';
import { until } from '../../test/harness/until.ts';
import { InFlight } from './in-flight.ts';

describe('A process with more requests than it may answer at once', () => {
  it('turns them away with Retry-After, but shows its health', async () => {
    const app = await startTestApp('crowded', { MAX_CONCURRENT_REQUESTS: '2' });
    const { admin } = await app.people.organisation();
    const people = () => app.request(admin.token).get('/api/agents');
    const held = await holdTable(app, 'quick_notes', 'access exclusive');
    const waiting = [1, 2].map(() => app.request(admin.token).get('/api/quick-notes').then(({ status }) => status));
    try {
      await until(async () => (await people()).status === 503);
      const refused = await people().expect(503);
      expect(refused.headers['retry-after']).to.equal('1');
      expect(refused.body).to.include({ code: 'unavailable', status: 503 });
      await app.request().get('/health').expect(200);
      await held.free();
      expect(await Promise.all(waiting)).to.deep.equal([200, 200]);
      await people().expect(200);
    } finally {
      await held.free();
      await app.close();
    }
  });

  it('lets those in whose bodies are there, however many send theirs slowly', async () => {
    const app = await startTestApp('slow_bodies', { MAX_CONCURRENT_REQUESTS: '2' });
    const { admin } = await app.people.organisation();
    // Nobody needs to be signed in for these. Each is let in before anything else is asked.
    const headers = { 'Content-Type': 'application/json', 'Content-Length': 100, Expect: '100-continue' };
    const slow = await Promise.all([1, 2, 3].map(async () => {
      const sending = request(`${app.url}/api/auth/login`, { method: 'POST', headers });
      sending.on('error', () => undefined);
      sending.flushHeaders();
      await once(sending, 'continue');
      sending.write('{');
      return sending;
    }));
    try {
      await app.request(admin.token).get('/api/agents').expect(200);
    } finally {
      for (const sending of slow) sending.destroy();
      await app.close();
    }
  });

  it('hangs up on whoever does not send a body to its end', async () => {
    const quiet: ErrorRequestHandler = (_error, _request, response, _next) => void response.destroy();
    const server = createServer(express().use(new InFlight(1, 50).reading(express.json()), quiet)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const sending = request({ port, host: '127.0.0.1', method: 'POST', headers: { 'Content-Type': 'application/json', 'Content-Length': 100 } });
    sending.write('{');
    const [error] = await once(sending, 'error') as [NodeJS.ErrnoException];
    expect(error.code).to.equal('ECONNRESET');
    server.close();
  });
});
