import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { closeSharedBrowser } from './browser.ts';
import { startFakeApi, type FakeApi } from './fake/fake-api.ts';
import * as fixtures from '../../widgets/gallery/fixtures.ts';
import { IMPORT_ID } from '../../widgets/import/import-fixtures.ts';
import { axeViolations, openHost } from './host-page.ts';

interface Shown {
  widget: string;
  attrs?: Record<string, string>;
  /** Waited for, so that what is checked is the widget and not its skeleton. */
  until: string;
  /** What a person opens in it before it is checked. */
  open?: (page: Page) => Promise<unknown>;
  /** Who looks at it; the leader when left out. */
  person?: fixtures.Agent;
}

const widgets: Shown[] = [
  { widget: 'sideline-status-board', until: '.row', open: (page) => page.locator('.sparkline').first().waitFor() },
  {
    widget: 'sideline-priority-queue',
    until: '.item',
    open: async (page) => {
      await page.locator('.head').first().click();
      await page.getByRole('button', { name: '124 interactions' }).click();
      await page.locator('sideline-evidence td').first().waitFor();
      await page.getByRole('button', { name: 'Snooze', exact: true }).click();
    },
  },
  {
    widget: 'sideline-quick-note',
    attrs: { 'agent-id': '1', 'agent-name': 'Amara Okafor', about: 'voice call, 03:12, billing' },
    until: 'button.open',
    open: async (page) => {
      await page.locator('button.open').click();
      await page.getByRole('switch').click();
    },
  },
  {
    widget: 'sideline-agent-card',
    attrs: { 'agent-id': '1' },
    until: '.note',
    open: async (page) => {
      await page.locator('.figure').first().click();
      await page.locator('sideline-evidence td').first().waitFor();
    },
  },
  { widget: 'sideline-agent-card', until: '.tile', person: fixtures.agent(3) },
  {
    widget: 'sideline-notifications',
    until: '.bell .count',
    open: async (page) => {
      await page.locator('.bell').click();
      await page.getByRole('button', { name: 'Show the newest 3' }).click();
    },
  },
  {
    widget: 'sideline-notifications',
    until: '.bell .count',
    open: async (page) => {
      await page.locator('.bell').click();
      await page.getByRole('button', { name: 'How you are told' }).click();
      await page.locator('.zone').waitFor();
    },
  },
  { widget: 'sideline-status-control', until: '.chip', person: fixtures.agent(2) },
  { widget: 'sideline-status-control', attrs: { compact: '' }, until: '.current', person: fixtures.agent(2), open: (page) => page.locator('.current').click() },
  {
    widget: 'sideline-quick-stats',
    until: '.figure .value',
    open: async (page) => {
      await page.locator('.figure').nth(2).click();
      await page.locator('sideline-evidence td').first().waitFor();
    },
  },
  {
    widget: 'sideline-fairness',
    until: '.group .value',
    open: async (page) => {
      await page.locator('.cadence').first().click();
      await page.locator('sideline-evidence td').first().waitFor();
    },
  },
  {
    widget: 'sideline-import',
    until: '.drop',
    open: async (page) => {
      await page.getByText('Download rows instead').click();
      await page.getByRole('button', { name: 'Download', exact: true }).waitFor();
    },
  },
  {
    widget: 'sideline-import',
    attrs: { 'import-id': IMPORT_ID },
    until: '.counts',
    open: async (page) => {
      await page.locator('.mapping > summary').click();
      await page.locator('.fields > summary').click();
      await page.getByRole('button', { name: '3 Rejected' }).click();
      await page.getByRole('button', { name: 'Download the 3 rejected rows' }).waitFor();
    },
  },
  {
    widget: 'sideline-action-items',
    until: '.entry',
    open: async (page) => {
      await page.getByRole('button', { name: 'Filters' }).click();
      await page.getByRole('searchbox', { name: 'Person' }).waitFor();
      await page.locator('.entry .head').first().click();
      await page.getByRole('button', { name: 'Add evidence' }).click();
      await page.getByRole('button', { name: 'Metric', exact: true }).click();
      await page.getByLabel('From').waitFor();
    },
  },
  {
    widget: 'sideline-notes',
    until: '.entry',
    open: async (page) => {
      await page.locator('.entry .head').first().click();
      await page.getByRole('button', { name: 'Filters' }).click();
      await page.getByRole('searchbox', { name: 'Person' }).waitFor();
    },
  },
  {
    widget: 'sideline-session',
    attrs: { 'agent-id': '1', 'agent-name': 'Amara Okafor' },
    until: '.point',
    open: async (page) => {
      await page.getByRole('button', { name: 'Evidence' }).click();
      await page.locator('.evidence .value').first().waitFor();
      await page.getByRole('button', { name: 'More' }).click();
      await page.getByRole('button', { name: 'Call it off' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Call it off' }).click();
      await page.getByRole('alert').waitFor();
    },
  },
  {
    widget: 'sideline-session',
    attrs: { 'agent-id': '1', 'agent-name': 'Amara Okafor', schedule: '' },
    until: 'form',
    open: async (page) => {
      await page.getByLabel('Link to meet from afar').fill('nowhere');
      await page.getByRole('button', { name: 'Schedule and invite' }).click();
      await page.getByRole('alert').waitFor();
    },
  },
  { widget: 'sideline-session', until: '.point', person: fixtures.agent(1) },
  { widget: 'sideline-session-requests', until: '.due.late', open: (page) => page.getByRole('button', { name: 'Schedule', exact: true }).first().click() },
  { widget: 'sideline-session-requests', until: '.entry', person: fixtures.agent(1), open: (page) => page.getByRole('button', { name: 'Ask for a session' }).click() },
];

describe('accessibility of the widgets (axe, WCAG 2.2 AA)', function () {
  this.timeout(60_000);
  let api: FakeApi;

  before(async () => {
    api = await startFakeApi();
  });

  after(async () => {
    await closeSharedBrowser();
    await api.close();
  });

  for (const scheme of ['light', 'dark'] as const) {
    for (const { widget, attrs = {}, until, open, person = fixtures.leader } of widgets) {
      it(`${widget} of a ${person.role}, ${scheme}`, async () => {
        api.person = person;
        const { page, complaints, close } = await openHost({ url: api.url, widget, attrs, scheme, width: 320 });
        await page.locator(until).first().waitFor();
        await open?.(page);
        expect(await axeViolations(page)).to.deep.equal([]);
        expect(complaints, 'errors and policy violations').to.deep.equal([]);
        await close();
      });
    }
  }
});
