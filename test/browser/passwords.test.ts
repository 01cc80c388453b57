import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { systemPrincipal } from '../../api/auth/principal.ts';
import { startTestApp, type TestApp } from '../harness/app.ts';
import { TEST_PASSWORD } from '../harness/people.ts';
import { startSmtp, type TestSmtp } from '../harness/smtp.ts';
import { closeSharedBrowser, sharedBrowser } from './browser.ts';
import { axeViolations, collectComplaints } from './host-page.ts';

const NEW = 'Another-Horse-2';

describe('choosing a password in the console', function () {
  this.timeout(60_000);
  let app: TestApp;
  let smtp: TestSmtp;
  let page: Page;
  let complaints: string[];

  before(async () => {
    smtp = await startSmtp();
    app = await startTestApp('passwords_page', { DEMO: 'off', SMTP_URL: smtp.url, MAIL_FROM: 'coaching@desk.example.test', PUBLIC_URL: 'https://desk.example.test' });
  });
  after(async () => {
    await closeSharedBrowser();
    await app.close();
    await smtp.close();
  });
  beforeEach(async () => {
    page = await (await sharedBrowser()).newPage();
    page.setDefaultTimeout(20_000);
    complaints = collectComplaints(page);
  });
  afterEach(() => page.close());

  const signIn = async (username: string, password: string): Promise<void> => {
    await page.getByLabel('User name or e-mail').fill(username);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
  };
  const choose = async (password: string, again = password): Promise<void> => {
    await page.getByLabel('New password').fill(password);
    await page.getByLabel('Once more').fill(again);
    await page.getByRole('button', { name: 'Set the password' }).click();
  };

  it('works from “Forgot your password?” to the first sign-in with the new one', async () => {
    const { username, email } = await app.people.create('cs');
    await page.goto(app.url);
    await page.getByRole('button', { name: 'Forgot your password?' }).click();
    expect(await axeViolations(page)).to.deep.equal([]);
    await page.getByLabel('User name or e-mail').fill(email);
    await page.getByRole('button', { name: 'Send me a link' }).click();
    await page.getByText('a link is on its way').waitFor();

    await app.ctx.passwords.sendForgotten(email);
    await app.ctx.mail.deliverDue();
    const link = /https:\/\/desk\.example\.test(\/reset#token=[\w-]+)/.exec(smtp.mails[0]?.html ?? '')?.[1] ?? '';
    await page.goto(`${app.url}${link}`);
    await page.getByRole('heading', { name: 'Choose a password' }).waitFor();
    expect(page.url(), 'the link is not left in the address').to.equal(`${app.url}/`);
    expect(await axeViolations(page)).to.deep.equal([]);
    await choose(NEW, 'Something-Else-3');
    await choose(NEW);
    await page.getByText('Your password is set').waitFor();
    await signIn(username, NEW);
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    expect(complaints).to.deep.equal([]);
  });

  it('says so where a link works no more', async () => {
    await page.goto(`${app.url}/reset#token=${'x'.repeat(43)}`);
    await choose(NEW);
    await page.getByText('This link is not valid any more').waitFor();
  });

  it('comes first where an administrator asked for it', async () => {
    const { id, username } = await app.people.create('cs');
    await app.ctx.passwords.issueFor(systemPrincipal('test'), id, true);
    await page.goto(app.url);
    await signIn(username, TEST_PASSWORD);
    await page.getByText('Choose your own password').waitFor();
    await choose(NEW);
    await signIn(username, NEW);
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
  });
});
