import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { BrowserContext, Page } from 'playwright-core';
import { SWITCHES, writeAddress, type Address } from '../../widgets/gallery/address.ts';
import { cellsOf, type Cell, type GalleryEntry } from '../../widgets/gallery/types.ts';
import { startTestApp, type TestApp } from '../harness/app.ts';
import { closeSharedBrowser, sharedBrowser } from './browser.ts';
import { axeViolations, bringAxe, collectComplaints } from './host-page.ts';

const WIDGETS = fileURLToPath(new URL('../../widgets/', import.meta.url));
const files = globSync('*/gallery.ts', { cwd: WIDGETS }).sort();
const entries = await Promise.all(files.map(async (file) => {
  const { gallery } = (await import(`${WIDGETS}${file}`)) as { gallery: GalleryEntry };
  return [file.split('/')[0] ?? '', gallery] as const;
}));

/** The gallery as the server serves it, with its real policy: every cell is what it says it is. */
describe('the gallery', function () {
  this.timeout(180_000);
  let app: TestApp;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];
  let requests: string[];

  before(async () => {
    app = await startTestApp('gallery');
    const browser = await sharedBrowser();
    context = await browser.newContext({ viewport: { width: 1000, height: 800 }, timezoneId: 'UTC', locale: 'en-GB' });
    context.setDefaultTimeout(15_000);
    await bringAxe(context);
    page = await context.newPage();
    complaints = collectComplaints(page);
    requests = [];
    page.on('request', (request) => requests.push(new URL(request.url()).pathname));
  });

  after(async () => {
    await context.close();
    await closeSharedBrowser();
    await app.close();
  });

  const open = async (address: Partial<Address>): Promise<void> => {
    complaints.length = 0;
    requests.length = 0;
    await page.goto(app.url + writeAddress(address));
    await page.locator('html[data-ready]').waitFor({ state: 'attached' });
  };

  /** What is wrong with the cell as it stands; nothing when it is right. */
  const faults = async (name: string, cell: Cell): Promise<string[]> => {
    const shown = await page.locator('main').getByText(cell.shows).first().waitFor().then(() => true, () => false);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    return [
      ...(shown ? [] : [`“${cell.shows}” is not shown`]),
      ...complaints.map((complaint) => `complaint: ${complaint}`),
      ...requests.filter((path) => path.startsWith('/api/')).map((path) => `asked the server for ${path}`),
      ...(wide > 0 ? [`${wide} px wider than the page`] : []),
      ...(await axeViolations(page)),
    ].map((fault) => `${name}: ${fault}`);
  };

  it('has every widget of the package', async () => {
    // The provider shows nothing, the drill is a dialog of other widgets, and goals are a section of the card and of the preparation.
    const widgets = globSync('*/*.ts', { cwd: WIDGETS }).flatMap((file) => /^([\w-]+)\/\1\.ts$/.exec(file)?.[1] ?? []);
    expect(entries.map(([name]) => name)).to.have.members(widgets.filter((name) => !['provider', 'drill', 'goals'].includes(name)));
  });

  for (const [name, entry] of entries) {
    it(`shows ${name} in every state`, async () => {
      const found: string[] = [];
      for (const [state, cell] of cellsOf(entry)) {
        await open({ widget: name, state, bare: true });
        if (state === 'loading') {
          await page.locator('main').getByRole('status', { name: 'Loading' }).first().waitFor();
        }
        found.push(...(await faults(state, cell)));
      }
      expect(found).to.deep.equal([]);
    });

    it(`shows ${name} in every look`, async () => {
      const found: string[] = [];
      const { populated } = entry.states;
      for (const key of Object.keys(SWITCHES) as (keyof typeof SWITCHES)[]) {
        for (const value of SWITCHES[key].slice(1)) {
          if (value === '320') await page.setViewportSize({ width: 320, height: 800 });
          await open({ widget: name, state: 'populated', bare: true, [key]: value });
          found.push(...(await faults(`${key} ${value}`, populated)));
          if (value === '320') await page.setViewportSize({ width: 1000, height: 800 });
        }
      }
      expect(found).to.deep.equal([]);
    });
  }

  it('is the same at every visit', async () => {
    const [[name = ''] = []] = entries.filter(([folder]) => folder === 'status-board');
    const shots: string[] = [];
    for (let visit = 0; visit < 2; visit += 1) {
      await open({ widget: name, state: 'populated', bare: true });
      shots.push(await page.locator('main').ariaSnapshot());
    }
    // Times tick: what they show at a visit depends on the second at which it is read.
    const still = shots.map((text) => text.replaceAll(/\d+:\d\d/g, 'm:ss'));
    expect(still[1]).to.equal(still[0]);
    expect(still[0]).to.include('Amara Okafor');
  });

  it('goes from cell to cell by links, and shows all states of a widget at once', async () => {
    await open({});
    await page.getByRole('navigation', { name: 'Widgets' }).getByRole('link', { name: 'Quick note' }).click();
    await page.getByRole('navigation', { name: 'States' }).getByRole('link', { name: 'saved' }).click();
    await page.getByRole('navigation', { name: 'Theme' }).getByRole('link', { name: 'dark' }).click();
    await page.locator('html[data-ready][data-theme="dark"]').waitFor({ state: 'attached' });
    expect(new URL(page.url()).search).to.equal('?widget=quick-note&state=saved&theme=dark');
    await page.getByText('Saved · Undo, Saved').or(page.getByText('Saved', { exact: true })).first().waitFor();
    expect(await axeViolations(page)).to.deep.equal([]);
    await page.getByRole('link', { name: 'All', exact: true }).click();
    await page.locator('iframe').first().waitFor();
    expect(await page.locator('iframe').count()).to.equal(cellsOf(entries.find(([name]) => name === 'quick-note')?.[1] as GalleryEntry).size);
    await page.frameLocator('iframe[title$="empty"]').getByRole('dialog').waitFor();
  });

  it('says so when there is no such widget or state', async () => {
    await page.goto(`${app.url}/widgets?widget=nothing`);
    await page.getByText('There is no widget nothing.').waitFor();
    await page.goto(`${app.url}/widgets?widget=status-board&state=asleep`);
    await page.getByText('Status board has no state asleep.').waitFor();
  });
});
