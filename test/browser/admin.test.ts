import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { DEFAULT_TEAM_SETTINGS } from '../../api/performance/team-settings.ts';
import { call } from '../harness/calls.ts';
import { TEST_PASSWORD, type TestPerson } from '../harness/people.ts';
import { until } from '../harness/until.ts';
import { startWorld, type World } from '../harness/world.ts';
import { closeSharedBrowser, sharedBrowser } from './browser.ts';
import { axeViolations, collectComplaints, openHost, type HostOptions, type HostPage } from './host-page.ts';

/** The administration against the real API: what it shows is what is stored. */
describe('sideline-admin', function () {
  this.timeout(60_000);
  let world: World;
  const opened: HostPage[] = [];

  const open = async (as: TestPerson, options: Partial<HostOptions> = {}): Promise<Page> => {
    const host = await openHost({ url: world.app.url, widget: 'sideline-admin', token: as.token, width: 1000, timeout: 10_000, ...options });
    opened.push(host);
    return host.page;
  };
  const row = (page: Page, name: string) => page.locator('.row').filter({ hasText: name });

  before(async () => {
    world = await startWorld('admin_widget');
  });

  afterEach(async () => {
    for (const { complaints, close } of opened.splice(0)) {
      await close();
      expect(complaints, 'errors and policy violations').to.deep.equal([]);
    }
  });

  after(async () => {
    await closeSharedBrowser();
    await world.close();
  });

  describe('offers what the role may do', () => {
    it('to an agent and a viewer nothing, and says so', async () => {
      for (const person of [world.org.agent, world.org.viewer]) {
        const page = await open(person);
        await page.getByText('This is not open to your role.').waitFor();
        expect(await page.getByRole('tab').count()).to.equal(0);
      }
    });

    it('to a leader the settings of their own teams, and no new people', async () => {
      const page = await open(world.org.leader);
      await page.locator('.row').first().waitFor();
      expect(await page.getByRole('tab').allTextContents()).to.deep.equal(['People', 'Teams', 'Templates']);
      expect(await page.getByRole('button', { name: 'New person' }).count()).to.equal(0);
      await page.getByRole('tab', { name: 'Teams' }).click();
      await row(page, 'Blue').click();
      await page.getByLabel('Days between sessions').waitFor();
      expect(await row(page, 'Green').count()).to.equal(0);
      expect(await page.getByRole('button', { name: 'Members' }).count()).to.equal(0);
    });

    it('to a manager no role above their own, and no keys', async () => {
      const page = await open(world.org.manager);
      await page.getByRole('button', { name: 'New person' }).click();
      expect(await page.getByLabel('Role').locator('option').allTextContents()).to.deep.equal(['Team leader', 'Agent']);
      expect(await page.getByRole('tab', { name: 'API keys' }).count()).to.equal(0);
      await row(page, world.org.admin.row.fullName).click();
      await page.getByText('You can look, but not change anything here.').waitFor();
      expect(await page.getByLabel('Full name').getAttribute('readonly')).to.equal('');
    });
  });

  describe('people', () => {
    it('are created; what the server refuses is told on its field, and nothing written is lost', async () => {
      const page = await open(world.org.admin);
      await page.getByRole('button', { name: 'New person' }).click();
      await page.getByRole('button', { name: 'Create', exact: true }).click();
      await page.getByText('Full name is needed.').waitFor();
      await page.getByLabel('Full name').fill('Nadia Nowak');
      await page.getByLabel('Department', { exact: true }).fill('Support');
      await page.getByRole('textbox', { name: 'User name' }).fill(world.org.agent.username);
      await page.getByRole('textbox', { name: 'E-mail' }).fill('nadia at example');
      await page.getByRole('button', { name: 'Make one up' }).click();
      await page.getByRole('button', { name: 'Create', exact: true }).click();
      await page.getByText('An address like name@example.com.').waitFor();
      await page.getByRole('textbox', { name: 'E-mail' }).fill('nadia@example.test');
      await page.getByRole('button', { name: 'Create', exact: true }).click();
      await page.getByText('User name is taken.').waitFor();
      expect(await page.getByRole('textbox', { name: 'User name' }).evaluate((input) => input.matches(':focus'))).to.equal(true);
      await page.getByRole('textbox', { name: 'User name' }).fill('nadia_n');
      await page.getByRole('button', { name: 'Create', exact: true }).click();
      await page.getByRole('heading', { name: 'Nadia Nowak' }).waitFor();
      const { body } = await call(world.app, 'listAgents', { as: world.org.admin, query: { search: 'nadia_n' } });
      expect(body).to.have.nested.property('data[0].fullName', 'Nadia Nowak');
    });

    it('are found, opened, left and found again by keyboard alone', async () => {
      const page = await open(world.org.admin);
      await row(page, 'Colin Colleague').waitFor();
      await page.getByRole('tab', { name: 'People' }).focus();
      await page.locator('.row').first().focus();
      await page.keyboard.press('/');
      await page.keyboard.type('Colleague');
      await page.locator('.row').first().filter({ hasText: 'Colin' }).waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Colin Colleague' }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByText('Choose a person').waitFor();
      expect(await row(page, 'Colin').evaluate((button) => button.matches(':focus'))).to.equal(true);
    });

    it('are not left with unsaved changes without being asked', async () => {
      const page = await open(world.org.admin);
      await row(page, 'Colin Colleague').click();
      await page.getByLabel('Phone').fill('+44 20 7946 0000');
      await row(page, 'Ada Agent').click();
      await page.getByRole('button', { name: 'Keep editing' }).click();
      expect(await page.getByLabel('Phone').inputValue()).to.equal('+44 20 7946 0000');
      await page.getByRole('tab', { name: 'Teams' }).click();
      await page.getByRole('button', { name: 'Discard changes' }).click();
      await row(page, 'Blue').waitFor();
    });

    it('keep what two people write about them at the same time', async () => {
      const { app, org } = world;
      const page = await open(org.admin);
      await row(page, 'Stella Stranger').click();
      await page.getByLabel('Phone').fill('+1 555 0100');
      await call(app, 'updateAgent', { as: org.manager, params: { id: org.stranger.id }, body: { department: 'Second line', phone: '+1 555 0199' } });
      const notice = page.getByRole('alert').filter({ hasText: 'changed this meanwhile' });
      await notice.getByText(`${org.manager.row.fullName} changed this meanwhile`).waitFor();
      await notice.getByText('Department: now Second line, was Support.').waitFor();
      await notice.getByRole('button', { name: 'Keep +1 555 0100' }).click();
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Saved', { exact: true }).first().waitFor();
      const { body } = await call(app, 'getAgent', { as: org.admin, params: { id: org.stranger.id } });
      expect(body).to.include({ department: 'Second line', phone: '+1 555 0100' });
    });

    it('are changed many at once, and each tells how it went', async () => {
      const { app, org } = world;
      const names = ['Bulk One', 'Bulk Two', 'Bulk Three'];
      const people = await Promise.all(names.map((fullName) => app.people.create('cs', { fullName })));
      const page = await open(org.manager);
      await page.getByRole('searchbox').fill('Bulk');
      for (const name of names) await page.getByLabel(`Select ${name}`).check();
      // Meanwhile one of them rises above the manager.
      await call(app, 'updateAgent', { as: org.admin, params: { id: people[1]?.id ?? 0 }, body: { role: 'manager' } });
      await page.getByLabel('What to change').selectOption('Team');
      await page.getByLabel('Team', { exact: true }).selectOption('Green');
      await page.getByRole('button', { name: 'Change 3' }).click();
      await page.getByText('2 changed, 1 not changed').waitFor();
      expect(await page.locator('.refusals li').allTextContents()).to.have.lengthOf(1);
      expect(await page.locator('.refusals').textContent()).to.include('Bulk Two');
      const { body } = await call(app, 'listTeamMembers', { as: org.admin, params: { id: org.otherTeam.id }, query: { limit: 100 } });
      const members = (body as { data: { fullName: string }[] }).data.map(({ fullName }) => fullName);
      expect(members).to.include.members(['Bulk One', 'Bulk Three']).and.not.include('Bulk Two');
    });

    it('are let go after a question, which ends their sign-in, and brought back', async () => {
      const { app, org } = world;
      const leaving = await app.people.person('cs', { fullName: 'Lea Leaving' });
      const page = await open(org.manager);
      await page.getByRole('searchbox').fill('Leaving');
      await row(page, 'Lea Leaving').click();
      await page.getByRole('button', { name: 'Deactivate', exact: true }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Deactivate', exact: true }).click();
      await page.getByRole('button', { name: 'Bring back' }).waitFor();
      expect((await app.request(leaving.token).get('/api/auth/me')).status).to.equal(401);
      await page.getByRole('button', { name: 'Bring back' }).click();
      await page.getByRole('button', { name: 'Deactivate', exact: true }).waitFor();
      const { body } = await call(app, 'getAgent', { as: org.admin, params: { id: leaving.id } });
      expect(body).to.include({ isActive: true });
    });

    it('choose a password by a link that is handed over where no mail is sent', async () => {
      const { app, org } = world;
      const page = await open(org.admin);
      await row(page, 'Colin Colleague').click();
      await page.getByRole('button', { name: 'Send a link' }).click();
      const link = await page.getByRole('textbox', { name: 'Password link of Colin Colleague' }).inputValue();
      const token = /#token=(.+)$/.exec(link)?.[1] ?? '';
      const reset = await call(app, 'resetPassword', { as: null, body: { token: decodeURIComponent(token), password: 'Quite-Another-2' } });
      expect(reset.status).to.be.below(300);
      await row(page, 'Ada Agent').click();
      await page.getByRole('button', { name: 'Discard changes' }).click();
      await page.getByRole('heading', { name: 'Ada Agent' }).waitFor();
      expect(await page.locator('main').innerText()).not.to.include(token);
    });

    it('are named in host systems; an id that is somebody else’s is refused', async () => {
      const page = await open(world.org.manager);
      const add = async (name: string): Promise<void> => {
        await row(page, name).click();
        await page.getByRole('heading', { name }).waitFor();
        await page.getByLabel('System', { exact: true }).fill('zendesk');
        await page.getByLabel('Id there').fill('agent-4711');
        await page.getByRole('button', { name: 'Add', exact: true }).click();
      };
      await add('Ada Agent');
      await page.locator('.identities').getByText('agent-4711').waitFor();
      await add('Colin Colleague');
      await page.locator('.fault, .problem').filter({ hasText: /./ }).first().waitFor();
      expect(await page.locator('.identities li').count()).to.equal(0);
    });
  });

  describe('teams', () => {
    it('are created with a leader, and their members chosen by name', async () => {
      const { app, org } = world;
      const page = await open(org.manager);
      await page.getByRole('tab', { name: 'Teams' }).click();
      await page.getByRole('button', { name: 'New team' }).click();
      await page.getByLabel('Name', { exact: true }).fill('Violet');
      await page.getByLabel('Department').fill('Support');
      await page.getByLabel('Leaders: Search by name').fill('Otto');
      await page.getByRole('button', { name: 'Add Otto Other' }).click();
      await page.getByRole('button', { name: 'Create', exact: true }).click();
      await page.getByRole('heading', { name: 'Violet' }).waitFor();
      await page.getByRole('button', { name: 'Members' }).click();
      const newcomer = await app.people.create('cs', { fullName: 'Nils Newcomer' });
      await page.getByLabel('Members: Search by name').fill('Newcomer');
      await page.getByRole('button', { name: 'Add Nils Newcomer' }).click();
      await page.getByText('1 to add, 0 to remove').waitFor();
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Saved', { exact: true }).first().waitFor();
      const { body } = await call(app, 'getAgent', { as: org.admin, params: { id: newcomer.id } });
      expect(body).to.include({ teamName: 'Violet' });
    });

    it('give exactly 100 points, told while one types', async () => {
      const page = await open(world.org.otherLeader);
      await page.getByRole('tab', { name: 'Teams' }).click();
      await row(page, 'Green').click();
      await page.getByText('100 of 100 points given.').waitFor();
      await page.getByLabel('Falling trend').fill('20');
      await page.getByText('107 of 100 points given; 7 too many.').first().waitFor();
      expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).to.equal(true);
      await page.getByLabel('Overdue actions').fill('0');
      await page.getByText('100 of 100 points given.').waitFor();
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Saved', { exact: true }).first().waitFor();
      const { body } = await call(world.app, 'getTeamSettings', { as: world.org.otherLeader, params: { id: world.org.otherTeam.id } });
      expect(body).to.deep.nested.include({ 'settings.weights': { ...DEFAULT_TEAM_SETTINGS.weights, trend: 20, overdueActions: 0 } });
    });

    it('tell who changed their settings meanwhile and what, and lose neither side', async () => {
      const { app, org } = world;
      const params = { id: org.team.id };
      const page = await open(org.leader);
      await page.getByRole('tab', { name: 'Teams' }).click();
      await row(page, 'Blue').click();
      await page.getByLabel('Days between sessions').fill('14');
      await page.getByLabel('Answer to a request').fill('2');
      await page.getByLabel('Handle time', { exact: true }).fill('400');
      // Out of hearing, as a rule: then the save itself has to find out. Where the news came first, it cannot be saved.
      await page.context().setOffline(true);
      const settings = { ...DEFAULT_TEAM_SETTINGS, cadenceDays: 21, targets: { ...DEFAULT_TEAM_SETTINGS.targets, csat: 4.6 } };
      await call(app, 'updateTeamSettings', { as: org.manager, params, body: settings });
      await page.context().setOffline(false);
      await page.getByRole('button', { name: 'Save' }).click({ timeout: 1000 }).catch(() => undefined);
      const notice = page.getByRole('alert').filter({ hasText: 'changed this meanwhile' });
      await notice.getByText(`${org.manager.row.fullName} changed this meanwhile`).waitFor();
      await notice.getByText('Customer satisfaction: now 4.6 of 5, was 4.4 of 5.').waitFor();
      await notice.getByText('Days between sessions: they chose 21 days, you 14 days; it was 28 days.').waitFor();
      expect(await page.getByLabel('Handle time', { exact: true }).inputValue()).to.equal('400');
      await notice.getByRole('button', { name: 'Take 21 days' }).click();
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Saved', { exact: true }).first().waitFor();
      const { body } = await call(app, 'getTeamSettings', { as: org.leader, params });
      expect(body).to.deep.nested.include({ 'settings.cadenceDays': 21, 'settings.requestDays': 2, 'settings.disputeDays': 5, 'settings.targets': { ...settings.targets, aht: 400 } });
    });

    it('name the reasons of a status; a reason keeps its code when it is renamed', async () => {
      const { app, org } = world;
      const page = await open(org.otherLeader);
      await page.getByRole('tab', { name: 'Teams' }).click();
      await row(page, 'Green').click();
      await page.getByRole('textbox', { name: 'Name of the reason' }).first().fill('Short break');
      await page.getByRole('button', { name: 'Add a reason' }).click();
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Every reason needs a name.').waitFor();
      await page.getByRole('textbox', { name: 'Name of the reason' }).last().fill('Fire drill');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Saved', { exact: true }).first().waitFor();
      const { body } = await call(app, 'getTeamSettings', { as: org.otherLeader, params: { id: org.otherTeam.id } });
      const { statusReasons = [] } = (body as { settings: Partial<typeof DEFAULT_TEAM_SETTINGS> }).settings;
      expect(statusReasons[0]).to.include({ code: 'break', label: 'Short break' });
      expect(statusReasons.at(-1)).to.deep.equal({ code: 'fire_drill', label: 'Fire drill', status: 'away', thresholdMinutes: null });
    });
  });

  describe('API keys', () => {
    it('are shown once, work until they are revoked, and say what they may do', async () => {
      const { app, org } = world;
      const page = await open(org.admin);
      await page.getByRole('tab', { name: 'API keys' }).click();
      await page.getByRole('button', { name: 'New key' }).click();
      await page.getByRole('button', { name: 'Make the key' }).click();
      await page.getByText('Choose at least one.').waitFor();
      await page.getByLabel('Which system uses it').fill('Zendesk');
      await page.getByLabel('Read people with their contact fields').check();
      await page.getByRole('button', { name: 'Make the key' }).click();
      const key = await page.getByRole('textbox', { name: 'The key of Zendesk' }).inputValue();
      const answer = async (): Promise<number> => (await app.request(key).get('/api/agents')).status;
      expect(await answer()).to.equal(200);
      await page.getByRole('tab', { name: 'People' }).click();
      await page.getByRole('button', { name: 'Keep editing' }).click();
      await page.getByRole('button', { name: 'I have kept it' }).click();
      expect(await page.locator('main').innerHTML()).not.to.include(key);
      await page.getByRole('button', { name: 'Revoke the key of Zendesk' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
      await page.getByText('Revoked', { exact: true }).waitFor();
      await until(async () => (await answer()) === 401);
    });
  });

  it('has a place of its own in the console, which is not left with unsaved changes unasked', async () => {
    const { app, org } = world;
    const context = await (await sharedBrowser()).newContext({ viewport: { width: 1280, height: 800 } });
    context.setDefaultTimeout(10_000);
    const page = await context.newPage();
    const complaints = collectComplaints(page);
    await page.goto(app.url);
    await page.getByLabel('User name or e-mail').fill(org.manager.username);
    await page.getByLabel('Password').fill(TEST_PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    const place = page.getByRole('button', { name: 'Administration' });
    await place.click();
    await page.locator('sideline-admin .row').filter({ hasText: 'Ada Agent' }).click();
    await page.getByRole('textbox', { name: 'Phone' }).fill('+44 20 7946 0001');
    await place.click();
    await page.getByRole('button', { name: 'Keep editing' }).click();
    expect(await page.getByRole('textbox', { name: 'Phone' }).inputValue()).to.equal('+44 20 7946 0001');
    await place.click();
    await page.getByRole('button', { name: 'Discard changes' }).click();
    await page.locator('sideline-admin').waitFor({ state: 'detached' });
    await page.getByRole('heading', { name: 'Your own tool stands here' }).waitFor();
    expect(complaints).to.deep.equal([]);
    await context.close();
  });

  for (const scheme of ['light', 'dark'] as const) {
    it(`fits 320 px and leaves axe nothing to say, ${scheme}`, async () => {
      const page = await open(world.org.admin, { width: 320, scheme });
      const fits = async (): Promise<void> => {
        expect(await axeViolations(page)).to.deep.equal([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).to.equal(320);
      };
      await row(page, 'Ada Agent').waitFor();
      await fits();
      await row(page, 'Ada Agent').click();
      await page.getByLabel('Full name').waitFor();
      await fits();
      await page.getByRole('tab', { name: 'Teams' }).click();
      await row(page, 'Blue').click();
      await page.getByRole('button', { name: 'Settings' }).click();
      await page.getByLabel('Days between sessions').waitFor();
      await fits();
      await page.getByRole('tab', { name: 'API keys' }).click();
      await page.getByRole('button', { name: 'New key' }).click();
      await fits();
    });
  }
});
