import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { startTestApp, type TestApp } from '../test/harness/app.ts';
import { runProgram } from '../test/harness/programs.ts';
import { clearExpired } from '../api/retention/retention.jobs.ts';
import { assertClock, ClockError, clockSkew, guardClock, isTooFarOff } from './clock-guard.ts';

describe('the clock of a worker', function () {
  this.timeout(60_000);
  this.slow(20_000);
  let app: TestApp;

  before(async () => {
    app = await startTestApp('clock_guard');
  });
  after(() => app.close());

  const off = (seconds: number) => () => Date.now() + seconds * 1000;
  const refused = async (seconds: number): Promise<string> => assertClock(app.ctx, off(seconds)).then(() => 'accepted', (error: unknown) => (error instanceof ClockError ? error.message : String(error)));

  it('is compared with the database, by the quickest of a few answers', async () => {
    let at = 0;
    // Answers that take 400, 20 and 200 ms; the database is 5 s behind and looks at its clock half-way.
    const trips = [400, 20, 200];
    const skew = await clockSkew(() => {
      const trip = trips.shift() ?? 0;
      at += trip;
      return Promise.resolve(at - trip / 2 - 5000);
    }, () => at);
    expect(skew).to.deep.equal({ ms: 5000, uncertainty: 10 });
  });

  it('keeps a worker from starting that is 90 s ahead or behind, and says what to do', async () => {
    expect(await refused(90)).to.match(/^The clock of this machine is (90|89\.9)\.?\d* s ahead of the database's; .* NTP/);
    expect(await refused(-90)).to.match(/ s behind the database's/);
    expect(await refused(0)).to.equal('accepted');
    expect(isTooFarOff({ ms: 1500, uncertainty: 600 }), 'a slow line says nothing').to.equal(false);
  });

  it('is watched: a worker whose clock goes wrong is ended, once', async () => {
    let seconds = 0;
    const said: string[] = [];
    const guard = guardClock(app.ctx, (message) => said.push(message), () => off(seconds)());
    try {
      await guard.check();
      expect(said).to.deep.equal([]);
      seconds = -90;
      await Promise.all([guard.check(), guard.check()]);
      await guard.check();
      expect(said).to.have.length(1);
      expect(said[0]).to.match(/ s behind the database's/);
    } finally {
      guard.close();
    }
  });

  for (const direction of ['+90s', '-90s']) {
    it(`set ${direction} keeps the whole process from taking a job that another one is at`, async () => {
      await app.ctx.queues.add(clearExpired, {}, { id: `at-work-${direction.slice(0, 3)}` });
      const { code, said } = await workerAt(direction);
      expect(code, said).to.equal(1);
      expect(said).to.contain(`${direction.startsWith('+') ? 'ahead of' : 'behind'} the database's`);
      expect((await app.ctx.jobRuns.list()).filter((job) => job.name === clearExpired.name), 'nothing was run').to.deep.equal([]);
    });
  }

  /** A worker's process of its own whose clock is shifted, until it ends. */
  async function workerAt(offset: string): Promise<{ code: number; said: string }> {
    const { config } = app;
    const shift = `data:text/javascript,${encodeURIComponent(`const real = Date.now; const by = ${Number.parseInt(offset, 10)} * 1000; Date.now = () => real() + by;`)}`;
    const env = { NODE_ENV: 'test', DEMO: 'off', PATH: '', DATABASE_URL: config.database.url, DATA_DIR: config.dataDir, JWT_SECRET: config.auth.secrets[0]?.secret };
    const { code, output, errors } = await runProgram(['--import', shift, fileURLToPath(new URL('./main.ts', import.meta.url))], env);
    return { code, said: output + errors };
  }
});
