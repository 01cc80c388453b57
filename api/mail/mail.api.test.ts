import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import { expect } from 'chai';
import { systemPrincipal } from '../auth/principal.ts';
import { sql } from '../db/db.ts';
import { createLog } from '../observability/log.ts';
import { startTestApp, type TestApp } from '../../test/harness/app.ts';
import { startSmtp, type TestSmtp } from '../../test/harness/smtp.ts';
import { runWorkers } from '../../workers/run.ts';
import { buildRegistry } from '../../workers/registry.ts';
import { processors } from '../../workers/processors.ts';
import { until } from '../../test/harness/until.ts';
import { migrateQueues } from '../queues/queues.ts';
import type { NewMail } from './mail.service.ts';
import { smtpTransport } from './mail-transport.ts';

const system = systemPrincipal('test');
const LINK = 'https://desk.example.test/reset#token=Secret-Of-The-Link';

/** A clock that tests turn. */
class TestClock {
  #ahead = 0;
  now(): Date {
    return new Date(Date.now() + this.#ahead);
  }
  forward(seconds: number): void {
    this.#ahead += seconds * 1000;
  }
}

interface MailState {
  status: string;
  attempts: number;
  error: string | null;
  sealed: boolean;
}

describe('Mail', function () {
  this.timeout(30_000);
  const clock = new TestClock();
  let smtp: TestSmtp;
  let app: TestApp;
  let log = '';
  let agentId: number;

  before(async () => {
    smtp = await startSmtp();
    const output = new PassThrough().on('data', (chunk: Buffer) => (log += chunk.toString()));
    app = await startTestApp('mail', { SMTP_URL: smtp.url, MAIL_FROM: 'Sideline <coaching@desk.example.test>' }, { clock, log: createLog('debug', 'mail', output) });
    agentId = (await app.people.create('cs')).id;
  });
  after(async () => {
    await app.close();
    await smtp.close();
  });
  beforeEach(async () => {
    smtp.mails.length = 0;
    log = '';
    await app.query(sql`delete from mails`);
  });

  const queue = (mail: Partial<Omit<NewMail, 'to'>> & { to?: Partial<NewMail['to']> } = {}, by: TestApp = app): Promise<void> =>
    by.ctx.uow.write(system, (tx) =>
      by.ctx.mail.queue(tx, { template: 'password-reset', link: LINK, validFor: 'an hour', ...mail, to: { agentId, name: 'Ada Agent', email: 'ada@example.test', username: 'ada', ...mail.to } }),
    );
  const states = () => app.query(sql<MailState>`select status, attempts, error, sealed_link is not null as sealed from mails order by created_at, id`);
  /** The same server again, on the same port, behaving otherwise. */
  async function restart(options: Parameters<typeof startSmtp>[0] = {}): Promise<void> {
    const { port } = smtp;
    await smtp.close();
    smtp = await startSmtp(options, port);
  }

  it('arrives whole, as text and as HTML', async () => {
    await queue({ to: { name: 'Zoë "Z" Müller-Lüdenscheidt, Dr.' } });
    expect(await app.ctx.mail.deliverDue()).to.equal(1);
    const [mail] = smtp.mails;
    expect(mail?.from).to.include({ name: 'Sideline', address: 'coaching@desk.example.test' });
    expect(mail?.to).to.deep.equal([{ name: 'Zoë "Z" Müller-Lüdenscheidt, Dr.', address: 'ada@example.test' }]);
    expect(mail?.subject).to.equal('Choose a new Sideline password');
    for (const part of [mail?.text, mail?.html]) expect(part).to.contain(LINK).and.to.contain('ada').and.to.contain('an hour').and.to.contain('Müller');
    expect(mail?.messageId).to.match(/^<[0-9a-f-]{36}@desk\.example\.test>$/);
    expect(mail?.headers).to.deep.include({ key: 'auto-submitted', originalKey: 'Auto-Submitted', value: 'auto-generated' });
    expect(await states()).to.deep.equal([{ status: 'sent', attempts: 1, error: null, sealed: false }]);
    expect(await app.ctx.mail.deliverDue(), 'once').to.equal(0);
  });

  it('cannot be made to carry other headers or recipients', async () => {
    const hostile = 'Eve\r\nBcc: all@example.test\r\n\r\n<h1>Hi</h1>';
    await queue({ to: { name: hostile, username: hostile } });
    await queue({ to: { name: 'x', email: 'victim@example.test>\r\nRCPT TO:<other@example.test' } });
    await app.ctx.mail.deliverDue();
    for (const mail of smtp.mails) {
      expect(mail.headers.map(({ key }) => key)).to.not.include('bcc');
      expect(mail.envelope.to).to.have.length(1);
      expect(mail.envelope.to).to.not.include('all@example.test').and.to.not.include('other@example.test');
      expect(mail.html).to.not.contain('<h1>');
    }
    expect(smtp.mails[0]?.envelope.to).to.deep.equal(['ada@example.test']);
  });

  it('waits for a server that is down, and arrives once when it is back, under one Message-ID', async () => {
    const { port } = smtp;
    await smtp.close();
    await queue();
    await queue({ to: { name: 'Second' } });
    expect(await app.ctx.mail.deliverDue()).to.equal(0);
    expect((await states()).map(({ status, attempts }) => [status, attempts]), 'the second is not tried in vain').to.deep.equal([['queued', 1], ['queued', 0]]);
    expect(await app.ctx.mail.deliverDue(), 'still down: only the second one is due').to.equal(0);
    clock.forward(31);
    expect(await app.ctx.mail.deliverDue()).to.equal(0);
    smtp = await startSmtp({}, port);
    expect(await app.ctx.mail.deliverDue(), 'the one that was tried waits for longer').to.equal(1);
    clock.forward(61);
    expect(await app.ctx.mail.deliverDue()).to.equal(1);
    clock.forward(86_400);
    expect(await app.ctx.mail.deliverDue()).to.equal(0);
    expect(smtp.mails.map(({ to }) => to?.[0]?.name).sort()).to.deep.equal(['Ada Agent', 'Second']);
    expect(new Set(smtp.mails.map(({ messageId }) => messageId)).size).to.equal(2);
  });

  it('is given up when the server refuses it, and stops nobody else’s', async () => {
    await restart({ onRcptTo: ({ address }, _session, done) => done(address.startsWith('gone') ? Object.assign(new Error(`no ${address} here`), { responseCode: 550 }) : null) });
    await queue({ to: { email: 'gone@example.test' } });
    await queue();
    expect(await app.ctx.mail.deliverDue()).to.equal(1);
    const [refused, sent] = await states();
    expect(refused).to.include({ status: 'refused', attempts: 1, sealed: false });
    expect(sent).to.include({ status: 'sent' });
    expect(log, 'nobody’s address').to.contain('mail refused').and.to.not.contain('gone@example.test');
    clock.forward(86_400);
    expect(await app.ctx.mail.deliverDue()).to.equal(0);
    await restart();
  });

  it('is tried again when the server asks for patience with it, and stops nobody else’s meanwhile', async () => {
    let greylisted = true;
    await restart({ onRcptTo: ({ address }, _session, done) => done(address.startsWith('grey') && greylisted ? Object.assign(new Error('later'), { responseCode: 451 }) : null) });
    await queue({ to: { email: 'grey@example.test' } });
    await queue();
    expect(await app.ctx.mail.deliverDue()).to.equal(1);
    expect((await states())[0]).to.include({ status: 'queued', attempts: 1, sealed: true });
    greylisted = false;
    clock.forward(31);
    expect(await app.ctx.mail.deliverDue()).to.equal(1);
    await restart();
  });

  it('waits while the server does not take the sign-in: that is for the operator to mend', async () => {
    const { port } = smtp;
    await restart({ authOptional: false, disabledCommands: ['STARTTLS'], onAuth: (_auth, _session, done) => done(Object.assign(new Error('bad credentials'), { responseCode: 535 })) });
    const transport = smtpTransport(`smtp://user:wrong@127.0.0.1:${port}`, 'a@b.test');
    const refused = await transport.send({ messageId: '<x@b.test>', to: { name: 'A', address: 'a@example.test' }, subject: 's', text: 't', html: 'h' }).catch((error: unknown) => error as Error);
    expect(refused?.constructor.name).to.equal('Error');
    await queue();
    expect(await app.ctx.mail.deliverDue()).to.equal(0);
    expect((await states())[0]).to.include({ status: 'queued', attempts: 1 });
    await restart();
  });

  it('gives up on a server that says nothing', async () => {
    const silent: Server = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const transport = smtpTransport(`smtp://127.0.0.1:${(silent.address() as AddressInfo).port}`, 'a@b.test', { greetingTimeout: 100 });
    const error = await transport.send({ messageId: '<x@b.test>', to: { name: 'A', address: 'a@example.test' }, subject: 's', text: 't', html: 'h' }).catch((caught: unknown) => caught as Error & { code?: string });
    expect(error?.code).to.equal('ETIMEDOUT');
    silent.close();
  });

  it('is sent once by two workers, however slow the server', async () => {
    await restart({ onMailFrom: (_address, _session, done) => void setTimeout(() => done(), 150) });
    await queue();
    await queue({ to: { name: 'Second' } });
    const sent = await Promise.all([app.ctx.mail.deliverDue(), app.ctx.mail.deliverDue(), app.ctx.mail.deliverDue()]);
    expect(sent.reduce((a, b) => a + b)).to.equal(2);
    expect(smtp.mails).to.have.length(2);
    await restart();
  });

  it('is sent again under the same Message-ID by whoever finds that a worker was killed over it', async () => {
    await queue();
    const [leased] = await app.query(sql<{ sealed: Buffer }>`select sealed_link as sealed from mails`);
    await app.ctx.mail.deliverDue();
    // As a crash leaves it: handed over, and not yet written down.
    await app.query(sql`update mails set status = 'queued', sealed_link = ${leased?.sealed}, next_attempt_at = ${clock.now()}::timestamptz + interval '2 minutes'`);
    expect(await app.ctx.mail.deliverDue(), 'it may still be at work').to.equal(0);
    clock.forward(121);
    expect(await app.ctx.mail.deliverDue()).to.equal(1);
    expect(smtp.mails).to.have.length(2);
    expect(smtp.mails[1]?.messageId).to.equal(smtp.mails[0]?.messageId);
  });

  it('is given up after days of trying, and says why it never arrived', async () => {
    const { port } = smtp;
    await smtp.close();
    await queue();
    let tries = 0;
    for (let [row] = await states(); row?.status === 'queued'; [row] = await states()) {
      await app.ctx.mail.deliverDue();
      clock.forward(6 * 3600 + 1);
      tries++;
    }
    expect(tries).to.equal(20);
    const [row] = await states();
    expect(row).to.include({ status: 'refused', sealed: false });
    expect(row?.error).to.contain('ECONNREFUSED');
    smtp = await startSmtp({}, port);
  });

  it('is not sent once its link has ended', async () => {
    await queue({ expiresAt: new Date(clock.now().getTime() + 3600_000) });
    clock.forward(3601);
    expect(await app.ctx.mail.deliverDue()).to.equal(0);
    expect((await states())[0]).to.include({ status: 'expired', sealed: false });
    expect(smtp.mails).to.deep.equal([]);
  });

  it('has its link nowhere in the database, in events or in the log', async () => {
    await queue();
    const texts = await app.query(sql<{ text: string }>`select t::text || encode(coalesce(t.sealed_link, ''), 'escape') as text from mails t union all select t::text from outbox t`);
    await app.ctx.mail.deliverDue();
    expect(texts.map(({ text }) => text).join('\n') + log).to.not.contain('Secret-Of-The-Link');
  });

  it('goes out by itself once a worker runs', async () => {
    await migrateQueues(app.config.database.directUrl);
    const workers = runWorkers(app.ctx, buildRegistry(processors, processors.map(({ job }) => job)));
    try {
      await queue({ to: { name: 'By the worker' } });
      await until(() => smtp.mails.length === 1);
    } finally {
      await workers.close();
    }
    expect(smtp.mails[0]?.to?.[0]?.name).to.equal('By the worker');
  });
});

describe('Mail of an installation without a server', function () {
  this.timeout(30_000);
  let app: TestApp;
  let log = '';

  before(async () => {
    const output = new PassThrough().on('data', (chunk: Buffer) => (log += chunk.toString()));
    app = await startTestApp('no_mail', {}, { log: createLog('debug', 'mail', output) });
  });
  after(() => app.close());

  it('is kept without its link, and the log says why', async () => {
    const { id } = await app.people.create('cs');
    await app.ctx.uow.write(system, (tx) =>
      app.ctx.mail.queue(tx, { template: 'password-link', link: LINK, validFor: 'an hour', to: { agentId: id, name: 'Ada Agent', email: 'ada@example.test', username: 'ada' } }),
    );
    expect(app.ctx.mail.sends).to.equal(false);
    expect(await app.query(sql`select status, sealed_link from mails`)).to.deep.equal([{ status: 'kept', sealed_link: null }]);
    expect(log).to.contain('SMTP_URL is not set').and.to.not.contain('ada@example.test').and.to.not.contain('Secret-Of-The-Link');
    expect(await app.ctx.mail.deliverDue()).to.equal(0);
  });
});
