import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { BrowserContext, Page } from 'playwright-core';
import { build } from 'vite';
import type { Unsaved } from '../../widgets/controllers/live-document.ts';
import type { UnsavedStore } from '../../widgets/controllers/unsaved-store.ts';
import { closeSharedBrowser, sharedBrowser } from './browser.ts';

const ORIGIN = 'http://localhost:9';
const unsaved = (text: string): Unsaved => ({ drafts: { summary: { base: '', version: 0, mine: text } } });

/** The module by itself, as a browser reads it. */
async function bundled(): Promise<string> {
  const entry = fileURLToPath(new URL('../../widgets/controllers/unsaved-store.ts', import.meta.url));
  const [result] = [await build({ configFile: false, logLevel: 'silent', build: { write: false, lib: { entry, formats: ['es'], fileName: 'store' } } })].flat();
  const chunk = result && 'output' in result ? result.output[0] : undefined;
  return chunk?.code ?? expect.fail('not built');
}

describe('What a tab could not store of a session', function () {
  this.timeout(60_000);
  let code: string;
  let context: BrowserContext;

  before(async () => {
    code = await bundled();
  });
  after(closeSharedBrowser);
  beforeEach(async () => {
    const browser = await sharedBrowser();
    context = await browser.newContext();
    await context.route(`${ORIGIN}/**`, (route) => {
      const isModule = route.request().url().endsWith('.js');
      return route.fulfill({ contentType: isModule ? 'text/javascript' : 'text/html', body: isModule ? code : '<!doctype html><title>Tab</title>' });
    });
  });
  afterEach(() => context.close());

  /** A tab of the same browser, with its store open. */
  async function tab(): Promise<Page> {
    const page = await context.newPage();
    await page.goto(`${ORIGIN}/`);
    await page.evaluate(async (url) => {
      const { openUnsavedStore } = (await import(url)) as { openUnsavedStore: () => Promise<UnsavedStore> };
      Object.assign(window, { store: await openUnsavedStore() });
    }, `${ORIGIN}/store.js`);
    return page;
  }
  const put = (page: Page, text: string | undefined): Promise<void> =>
    page.evaluate((value) => (window as unknown as { store: UnsavedStore }).store.put('7 s', value), text === undefined ? undefined : unsaved(text));
  const adopt = (page: Page, document = '7 s'): Promise<Unsaved | undefined> => page.evaluate((name) => (window as unknown as { store: UnsavedStore }).store.adopt(name), document);

  it('is its own while it lives, and the next one’s when it is gone, once', async () => {
    const [first, second] = [await tab(), await tab()];
    await put(first, 'Half a sentence');
    expect(await adopt(second), 'while the first one lives').to.equal(undefined);
    await first.close();
    const third = await tab();
    const taken = (await Promise.all([adopt(second), adopt(third)])).filter((found) => found !== undefined);
    expect(taken).to.deep.equal([unsaved('Half a sentence')]);
  });

  it('survives the one that took it over as well', async () => {
    const first = await tab();
    await put(first, 'Twice shut');
    await first.close();
    const second = await tab();
    expect(await adopt(second)).to.deep.equal(unsaved('Twice shut'));
    await second.close();
    expect(await adopt(await tab())).to.deep.equal(unsaved('Twice shut'));
  });

  it('is gone once it is stored, and nobody else’s session', async () => {
    const first = await tab();
    await put(first, 'Stored');
    await put(first, undefined);
    await first.close();
    const second = await tab();
    expect(await adopt(second)).to.equal(undefined);
    await put(second, 'Mine');
    await second.close();
    expect(await adopt(await tab(), '8 s')).to.equal(undefined);
  });
});
