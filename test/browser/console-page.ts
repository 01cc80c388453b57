import type { Page } from 'playwright-core';
import { TEST_PASSWORD } from '../harness/people.ts';
import { sharedBrowser } from './browser.ts';
import { collectComplaints } from './host-page.ts';

/** The console as one person sees it, in a window of their own. */
export interface ConsolePage {
  readonly page: Page;
  /** Errors thrown, policy violations. */
  readonly complaints: string[];
}

/** Signs in by the form, as everybody does. */
export async function signIn(url: string, username: string): Promise<ConsolePage> {
  const browser = await sharedBrowser();
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, timezoneId: 'UTC', locale: 'en-GB' });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const complaints = collectComplaints(page);
  await page.goto(url);
  await signInHere(page, username);
  return { page, complaints };
}

/** The same in a page that shows the form already. */
export async function signInHere(page: Page, username: string): Promise<void> {
  await page.getByLabel('User name or e-mail').fill(username);
  await page.getByLabel('Password').fill(TEST_PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('tablist').first().waitFor();
}
