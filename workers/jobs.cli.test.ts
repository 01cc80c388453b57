import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { startTestApp, type TestApp } from '../test/harness/app.ts';
import { runProgram, type Ended } from '../test/harness/programs.ts';
import { insertInteractions } from '../test/harness/interactions.ts';
import { systemPrincipal } from '../api/auth/principal.ts';
import { sql } from '../api/db/db.ts';
import { jobs } from '../api/jobs.ts';
import type { JobState } from './job-list.ts';

const PROGRAM = fileURLToPath(new URL('./jobs.cli.ts', import.meta.url));

describe('npm run jobs', function () {
  this.timeout(120_000);
  this.slow(10_000);
  let app: TestApp;

  before(async () => {
    app = await startTestApp('jobs_cli', { BUSINESS_TIMEZONE: 'Europe/Berlin' });
  });
  after(() => app.close());

  function run(...args: string[]): Promise<Ended> {
    const { config } = app;
    return runProgram([PROGRAM, ...args], { NODE_ENV: 'test', PATH: '', DATABASE_URL: config.database.url, DATA_DIR: config.dataDir, JWT_SECRET: config.auth.secrets[0]?.secret, BUSINESS_TIMEZONE: 'Europe/Berlin' });
  }

  it('lists every job with its schedule and its next run, before anything was ever run', async () => {
    const { code, output, errors } = await run('list', '--json');
    expect([code, errors]).to.deep.equal([0, '']);
    const listed = (JSON.parse(output) as { jobs: JobState[] }).jobs;
    expect(listed.map((job) => job.name)).to.have.members(jobs.map((job) => job.name));
    const aggregation = listed.find((job) => job.name === 'aggregate-days')!;
    expect(aggregation).to.include({ schedule: '1 0 * * * Europe/Berlin', lastRun: null, lastResult: null, runs: 0 });
    const next = new Date(aggregation.nextRun!);
    expect(new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', timeStyle: 'short' }).format(next)).to.equal('00:01');
    expect(next.getTime()).to.be.within(Date.now(), Date.now() + 25 * 3_600_000);
    expect(listed.find((job) => job.name === 'refresh-figures')).to.include({ schedule: 'every 60 min' });
    expect(listed.find((job) => job.name === 'apply-team-policy')).to.include({ schedule: 'after an event', nextRun: null });
  });

  it('runs a job here and now, and remembers how it went', async () => {
    const { id } = await app.people.create('cs');
    await app.ctx.uow.write(systemPrincipal('test'), (tx) => insertInteractions(tx, [{ agentId: id, startedAt: new Date().toISOString() }], 'Europe/Berlin'));
    const { code, output } = await run('run', 'aggregate-days');
    expect(code).to.equal(0);
    expect(output).to.match(/^aggregate-days succeeded in \d+ ms\.$/m);
    expect(await app.query(sql`select messages_handled_today as n from agents where id = ${id}`)).to.deep.equal([{ n: 1 }]);
    const listed = await run('list');
    expect(listed.output).to.match(/^JOB +SCHEDULE +NEXT RUN/m);
    expect(listed.output).to.match(/^aggregate-days +1 0 \* \* \* Europe\/Berlin +\S+ \S+ +\S+ \S+ +ok +\d+ ms +0 of 1$/m);
    expect(listed.output).to.match(/^performance +\d+ +0 +\d+ +0$/m);
  });

  it('takes a payload, says why a job failed, and counts its failures', async () => {
    const missing = await run('run', 'apply-team-policy');
    expect(missing.code).to.equal(1);
    expect(missing.errors).to.contain('follows from the event team:settings-updated');
    for (let i = 0; i < 2; i++) {
      const failed = await run('run', 'apply-team-policy', '--payload', '{"payload": {"teamId": "no-team"}}');
      expect(failed.code).to.equal(1);
      expect(failed.errors).to.contain('apply-team-policy failed:').and.to.contain('uuid');
    }
    expect((await run('list')).output).to.match(/^apply-team-policy .* failed +\d+ ms +2 of 2, the last 2$/m).and.to.match(/^apply-team-policy: .*uuid/m);
    const team = await app.people.team('Policy');
    expect((await run('run', 'apply-team-policy', '--payload', JSON.stringify({ payload: { teamId: team.id } }))).code).to.equal(0);
    expect((await run('list')).output).to.match(/^apply-team-policy .* ok +\d+ ms +2 of 3$/m);
  });

  it('refuses what it does not understand', async () => {
    for (const args of [[], ['run'], ['run', 'aggregate-days', '--force']]) {
      const { code, errors } = await run(...args);
      expect([code, errors.includes('Usage: npm run jobs')], args.join(' ')).to.deep.equal([1, true]);
    }
    expect((await run('run', 'aggregate')).errors).to.contain('There is no job aggregate.').and.to.contain('aggregate-days');
    expect((await run('run', 'aggregate-days', '--payload', '{')).errors).to.contain('not JSON');
  });
});
