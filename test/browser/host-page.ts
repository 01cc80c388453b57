import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type { BrowserContext, Page } from 'playwright-core';
import { sharedBrowser } from './browser.ts';

/** What the console's server sends too: nothing inline, nothing from elsewhere, no strings as HTML. */
export const STRICT_CSP =
  "default-src 'self';base-uri 'none';object-src 'none';img-src 'self' data:;style-src 'self';script-src 'self';connect-src 'self' ws:;require-trusted-types-for 'script'";

/** The smallest host: a page with a script of its own, and room for widgets. */
const hostFiles: Readonly<Record<string, { contentType: string; body: string }>> = {
  '/host.html': {
    contentType: 'text/html; charset=utf-8',
    body: `<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Host</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/host.css">
<script type="module" src="/host.js"></script></head><body><main></main></body></html>`,
  },
  '/host.js': {
    contentType: 'text/javascript',
    body: `const widgets = new URLSearchParams(location.search).get('widgets') ?? '';
const { loadSideline } = await import(widgets + '/widgets/sideline.js');
window.start = (options) => { window.sideline = loadSideline(options); };
document.documentElement.dataset.ready = '';`,
  },
  '/host.css': { contentType: 'text/css', body: 'html{color-scheme:light dark} body{margin:0;font:16px sans-serif} main{display:block}' },
};

export interface HostOptions {
  /** Origin of the API and the widgets. */
  url: string;
  /** Origin of the page, where `startHost` serves it; the API's own when left out. */
  host?: string;
  /** Tag of the widget. */
  widget: string;
  attrs?: Record<string, string>;
  scheme?: 'light' | 'dark';
  width?: number;
  height?: number;
  /** `false`: nobody is signed in. */
  token?: string | false;
  dir?: 'rtl';
  /** ms to wait for anything on the page. */
  timeout?: number;
  /** Puts the widget into a closed shadow root. */
  closed?: boolean;
}

export interface HostPage {
  page: Page;
  /** Errors thrown, policy violations, failed scripts: a widget must cause none of them on its host. */
  complaints: string[];
  /** Loads the page again with the same widget, signed in as before or with another token. */
  reload(token?: string): Promise<void>;
  close(): Promise<void>;
}

/** A page of a host with one widget in it, signed in. */
export async function openHost(options: HostOptions): Promise<HostPage> {
  const { url, host = url, scheme = 'light', width = 400, height = 720, timeout = 20_000 } = options;
  const browser = await sharedBrowser();
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme });
  context.setDefaultTimeout(timeout);
  const page = await context.newPage();
  const complaints = collectComplaints(page);
  if (host === url) {
    for (const [path, file] of Object.entries(hostFiles)) {
      await page.route(url + path, (route) => route.fulfill({ ...file, headers: { 'Content-Security-Policy': STRICT_CSP } }));
    }
  }
  const load = async (token = options.token): Promise<void> => {
    await page.goto(`${host}/host.html${host === url ? '' : `?widgets=${encodeURIComponent(url)}`}`);
    await page.locator('html[data-ready]').waitFor({ state: 'attached' }); // waitForFunction would need 'unsafe-eval'
    const known = token === false ? undefined : page.waitForResponse(`${url}/api/auth/me`);
    await mount(page, { ...options, ...(token === undefined ? {} : { token }) });
    await known;
    if (!options.closed) await page.locator(`${options.widget}:defined`).waitFor({ state: 'attached' });
  };
  await load();
  return { page, complaints, reload: (token) => load(token), close: () => context.close() };
}

/** Serves the host's page on an origin of its own. */
export async function startHost(csp: (host: string) => string): Promise<{ url: string; close(): void }> {
  const server = createServer((request, response) => {
    const file = hostFiles[new URL(request.url ?? '/', 'http://host').pathname];
    response.writeHead(file ? 200 : 404, { 'Content-Type': file?.contentType ?? 'text/plain', 'Content-Security-Policy': csp(url) }).end(file?.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, close: () => void server.close() };
}

async function mount(page: Page, { url, host = url, widget, attrs = {}, token = 'token', dir, closed = false }: HostOptions): Promise<void> {
  const apiUrl = host === url ? '' : url;
  await page.evaluate(
    ({ apiUrl, widget, attrs, token, dir, closed }) => {
      const element = document.createElement(widget);
      for (const [name, value] of Object.entries(attrs)) element.setAttribute(name, value);
      if (dir) document.documentElement.dir = dir;
      const main = document.querySelector('main') as HTMLElement;
      (closed ? main.attachShadow({ mode: 'closed' }) : main).append(element);
      const { start } = window as unknown as { start: (options: unknown) => void }; // set by the host's own script
      start({
        apiUrl,
        ...(token === false ? {} : { getToken: async (reason: string) => (reason === 'start' ? token : undefined) }),
        ...(closed ? { widgets: [widget] } : {}),
      });
    },
    { apiUrl, widget, attrs, token, dir, closed },
  );
}

export function collectComplaints(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) complaints.push(message.text());
  });
  return complaints;
}

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
let axeSource: Promise<string> | undefined;

/** Has axe in every page of a context from its beginning, for whoever looks at many: to put it in takes longer than to look. */
export async function bringAxe(context: BrowserContext): Promise<void> {
  axeSource ??= readFile(axePath, 'utf8');
  await context.addInitScript({ content: await axeSource });
}

/** Violations of WCAG 2.2 A and AA that axe finds on the page, as readable lines. */
export async function axeViolations(page: Page): Promise<string[]> {
  axeSource ??= readFile(axePath, 'utf8');
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(await axeSource);
  await page.evaluate(stillness);
  return page.evaluate(async () => {
    interface Rule {
      id: string;
      nodes: { target: unknown; failureSummary?: string }[];
    }
    const { axe } = window as unknown as { axe: { run(context: unknown, options: unknown): Promise<{ violations: Rule[] }> } }; // injected above
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    // Landmarks and the page's own heading are the host's; the test page has none.
    const rules = { 'page-has-heading-one': { enabled: false }, region: { enabled: false }, 'landmark-one-main': { enabled: false } };
    const { violations } = await axe.run(document, { runOnly: { type: 'tag', values: tags }, rules, resultTypes: ['violations'] });
    return violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${JSON.stringify(node.target)} ${node.failureSummary ?? ''}`));
  });
}

/** Waits, in the page, until nothing moves: what lies over something else on its way is no fault of either. Half a second at most. */
async function stillness(): Promise<void> {
  const places = (root: Document | ShadowRoot): string =>
    [...root.querySelectorAll('*')].map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return `${x} ${y} ${width} ${height} ${element.shadowRoot ? places(element.shadowRoot) : ''}`;
    }).join();
  let before = '';
  for (let frames = 0; frames < 30; frames += 1) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const now = places(document);
    if (now === before) return;
    before = now;
  }
}
