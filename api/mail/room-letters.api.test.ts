import { expect } from 'chai';
import { systemPrincipal } from '../auth/principal.ts';
import { sql } from '../db/db.ts';
import { startTestApp, type TestApp } from '../../test/harness/app.ts';
import { startSmtp, type TestSmtp } from '../../test/harness/smtp.ts';
import type { NewLetter } from './mail.service.ts';

const system = systemPrincipal('test');
const CALENDAR = 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260501T080000Z\r\nDTSTART:20260501T080000Z\r\nSUMMARY:Zoë’s session\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n';

describe('Mails that rooms write', function () {
  this.timeout(30_000);
  const clock = { ahead: 0, now: () => new Date(Date.now() + clock.ahead) };
  let smtp: TestSmtp;
  let app: TestApp;
  let agentId: number;

  before(async () => {
    smtp = await startSmtp();
    app = await startTestApp('room_letters', { SMTP_URL: smtp.url, MAIL_FROM: 'Sideline <coaching@desk.example.test>', PUBLIC_URL: 'https://desk.example.test' }, { clock });
    agentId = (await app.people.create('cs')).id;
  });
  after(async () => {
    await app.close();
    await smtp.close();
  });
  beforeEach(() => void (smtp.mails.length = 0));

  const send = (mail: Partial<NewLetter> = {}): Promise<void> =>
    app.ctx.uow.write(system, (tx) => app.ctx.mail.send(tx, { template: 'greeting', to: { agentId, name: 'Ada Agent', email: 'ada@example.test' }, letter: { subject: 'Your week', paragraphs: ['It went well.'] }, ...mail }));

  it('greet, list what there is, and lead to Sideline', async () => {
    await send({ letter: { subject: 'Two things', paragraphs: ['Since yesterday:'], items: [{ title: 'Call <Bob>', detail: 'by Friday' }, { title: 'Read' }] } });
    expect(await app.ctx.mail.deliverDue()).to.equal(1);
    const [mail] = smtp.mails;
    expect(mail).to.include({ subject: 'Two things' });
    expect(mail?.text).to.contain('Hello Ada Agent,').and.to.contain('* Call <Bob>\n  by Friday\n* Read').and.to.contain('https://desk.example.test');
    expect(mail?.html).to.contain('<strong>Call &lt;Bob&gt;</strong><br>by Friday').and.to.contain('href="https://desk.example.test"');
    expect(mail?.attachments).to.deep.equal([]);
    expect(await app.query(sql`select content from mails`), 'what it said is forgotten').to.deep.equal([{ content: null }]);
  });

  it('take a calendar file along as calendars expect it, and other files as they are', async () => {
    const notes = { filename: 'notes.txt', contentType: 'text/plain', content: 'Bring a headset.' };
    await send({ attachments: [{ filename: 'session.ics', contentType: 'text/calendar', method: 'REQUEST', content: CALENDAR }, notes] });
    await app.ctx.mail.deliverDue();
    const [mail] = smtp.mails;
    expect(mail?.raw).to.match(/content-type: text\/calendar;[^\n]*(\n\s[^\n]*)*method=REQUEST/i);
    const text = new TextDecoder();
    const files = new Map(mail?.attachments.map(({ filename, content }) => [filename, typeof content === 'string' ? content : text.decode(content)]));
    expect(files.get('session.ics')?.replace(/\r?\n/g, '\r\n'), 'the parser has line ends of its own').to.equal(CALENDAR);
    expect(files.get('notes.txt')?.trim()).to.equal(notes.content);
  });

  it('are one mail of one occasion, whose Message-ID is the same however late it is repeated', async () => {
    await send({ key: 'session:1' });
    await send({ key: 'session:1' });
    await app.ctx.mail.deliverDue();
    await send({ key: 'session:1' });
    expect(await app.ctx.mail.deliverDue()).to.equal(0);
    // As retention leaves it after a month.
    await app.query(sql`delete from mails`);
    await send({ key: 'session:1' });
    await send({ key: 'session:2' });
    await app.ctx.mail.deliverDue();
    const [first, again, other] = smtp.mails.map(({ messageId }) => messageId);
    expect(smtp.mails).to.have.length(3);
    expect(first).to.match(/^<[0-9a-f-]{36}@desk\.example\.test>$/).and.to.equal(again).and.to.not.equal(other);
  });

  it('wait until they may be sent', async () => {
    await send({ notBefore: new Date(clock.now().getTime() + 3600_000) });
    expect(await app.ctx.mail.deliverDue()).to.equal(0);
    clock.ahead += 3601_000;
    expect(await app.ctx.mail.deliverDue()).to.equal(1);
  });

  it('are not sent once they are of no more use', async () => {
    await send({ notBefore: new Date(clock.now().getTime() + 7200_000), expiresAt: new Date(clock.now().getTime() + 3600_000) });
    clock.ahead += 7201_000;
    expect(await app.ctx.mail.deliverDue()).to.equal(0);
    expect(await app.query(sql`select status, content from mails order by created_at desc limit 1`)).to.deep.equal([{ status: 'expired', content: null }]);
  });
});
