import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { systemPrincipal } from '../../api/auth/principal.ts';
import { DEMO_PASSWORD } from '../../examples/console/sign-in.ts';
import { startTestApp } from '../harness/app.ts';
import { startWorld, type World } from '../harness/world.ts';
import { closeSharedBrowser, sharedBrowser } from './browser.ts';
import { axeViolations, collectComplaints } from './host-page.ts';

describe('The live test page of the WebSocket guide', function () {
  this.timeout(60_000);
  let world: World;
  let page: Page;
  let complaints: string[];

  before(async () => {
    world = await startWorld('test_page', { DEMO: 'on' });
  });
  after(async () => {
    await world.close();
    await closeSharedBrowser();
  });
  beforeEach(async () => {
    const browser = await sharedBrowser();
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(10_000);
    complaints = collectComplaints(page);
    await page.goto(`${world.app.url}/test-websocket`);
    await page.getByRole('heading', { name: 'WebSocket test' }).waitFor();
  });
  afterEach(async () => {
    expect(complaints.filter((text) => !text.includes('ERR_INTERNET_DISCONNECTED'))).to.deep.equal([]);
    await page.close();
  });

  const line = (kind: string, name: string) => page.locator(`[data-kind="${kind}"][data-name="${name}"]`);

  async function connect(token: string, over: 'websocket' | 'polling' = 'websocket'): Promise<void> {
    await page.getByRole('combobox', { name: 'As', exact: true }).selectOption('');
    await page.getByRole('textbox', { name: 'Access token' }).fill(token);
    await page.getByRole('combobox', { name: 'Over' }).selectOption(over);
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
  }

  const connected = () => page.getByRole('status').getByText(/Connected as/).waitFor();

  it('signs in as an account of the demo', async () => {
    await world.app.ctx.agents.create(systemPrincipal('test'), { username: 'leader', email: 'leader@example.test', fullName: 'Dora Demo', role: 'team_leader', department: 'Support', password: DEMO_PASSWORD });
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await page.getByRole('status').getByText('Connected as Dora Demo').waitFor();
  });

  for (const over of ['websocket', 'polling'] as const) {
    it(`sends a message over ${over}, shows its acknowledgement, and the event that follows with payload and meta`, async () => {
      await connect(world.org.leader.token, over);
      await connected();
      await page.getByRole('combobox', { name: 'Message' }).selectOption('quickNote:create');
      const text = page.getByRole('textbox', { name: 'Message, as JSON' });
      expect(JSON.parse(await text.inputValue())).to.include({ agentId: world.org.agent.id, content: 'Test note' });
      await text.fill(JSON.stringify({ agentId: world.org.agent.id, noteType: 'POSITIVE', content: 'Written by hand.' }));
      await page.getByRole('button', { name: 'Send' }).click();
      await line('answer', 'quickNote:create').waitFor();
      await line('heard', 'quickNote:created').first().locator('summary').click();
      await line('heard', 'quickNote:created').first().getByText('Written by hand.').last().waitFor();
      const meta = JSON.parse(await line('heard', 'quickNote:created').first().locator('pre.meta').innerText());
      expect(meta).to.include({ type: 'quickNote:created' });
      expect(meta.seq).to.be.a('number');
    });
  }

  it('shows refusals: with an acknowledgement, and as the event `error` without one', async () => {
    await connect(world.org.agent.token);
    await connected();
    await page.getByRole('combobox', { name: 'Message' }).selectOption('quickNote:create');
    await page.getByRole('button', { name: 'Send' }).click();
    await line('refusal', 'quickNote:create').getByText('role_not_allowed').first().waitFor();
    await page.getByLabel('Ask for an acknowledgement').uncheck();
    await page.getByRole('button', { name: 'Send' }).click();
    await line('refusal', 'error').getByText('role_not_allowed').first().waitFor();
  });

  it('shows why a connection is refused', async () => {
    await connect('nonsense');
    await page.locator('[data-kind="note"]').getByText('connect_error').waitFor();
    await page.locator('[data-kind="note"]').getByText('token_invalid').first().waitFor();
  });

  it('comes back after a break and hears what was written meanwhile', async () => {
    await connect(world.org.leader.token);
    await connected();
    await page.getByText(/last event: \d+/).waitFor();
    await page.getByRole('button', { name: 'Break the connection' }).click();
    await page.getByText(/asked for what came after number \d+/).waitFor();
    await connected();
    await page.context().setOffline(true);
    await page.getByRole('status').getByText('Connection lost').waitFor();
    const id = await world.note(world.org.agent.id);
    await world.app.settled();
    await page.context().setOffline(false);
    await page.getByText(/asked for what came after number \d+/).nth(1).waitFor();
    await line('heard', 'quickNote:created').getByText(id).first().waitFor();
  });

  for (const [scheme, width] of [['light', 1280], ['dark', 320]] as const) {
    it(`has nothing for axe to complain about and fits, ${scheme}, ${width} wide`, async () => {
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize({ width, height: 900 });
      await connect(world.org.leader.token);
      await connected();
      await world.note(world.org.agent.id);
      await line('heard', 'quickNote:created').first().locator('summary').click();
      expect(await axeViolations(page)).to.deep.equal([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).to.be.at.most(width);
    });
  }

  it('is not there where people work, whatever of it is asked for', async () => {
    const app = await startTestApp('no_test_page', { DEMO: 'off' });
    try {
      for (const path of ['/test-websocket', '/test-websocket/', '/test-websocket/index.html']) {
        const answer = await fetch(app.url + path);
        expect([path, answer.status, answer.headers.get('content-type')]).to.deep.equal([path, 404, 'application/problem+json; charset=utf-8']);
      }
    } finally {
      await app.close();
    }
    const { headers } = await fetch(`${world.app.url}/test-websocket`);
    expect(headers.get('content-security-policy')).to.include("script-src 'self'").and.include("require-trusted-types-for 'script'").and.not.include('unsafe');
  });
});
