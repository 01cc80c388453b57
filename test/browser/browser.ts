import { existsSync } from 'node:fs';
import chromiumPackage from '@sparticuz/chromium';
import { chromium, type Browser } from 'playwright-core';

const INSTALLED = [
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

let running: Promise<Browser> | undefined;

/**
 * The browser of this run: an installed Chrome where there is one, else the Chromium that came through npm. Started
 * with arguments of our own: the package's defaults switch off web security and site isolation, and with them
 * everything these tests are about.
 */
export function sharedBrowser(): Promise<Browser> {
  running ??= launch();
  return running;
}

export async function closeSharedBrowser(): Promise<void> {
  const browser = await running?.catch(() => undefined);
  running = undefined;
  await browser?.close();
}

async function launch(): Promise<Browser> {
  const installed = INSTALLED.find(existsSync);
  const executablePath = installed ?? (await chromiumPackage.executablePath());
  // Chromium refuses its sandbox to root, which is what containers run as.
  const args = process.getuid?.() === 0 ? ['--no-sandbox', '--disable-dev-shm-usage'] : [];
  return chromium.launch({ executablePath, args, headless: true });
}
