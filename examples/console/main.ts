import type { Sideline } from '../../widgets/index.ts';
import { Administration } from './administration.ts';
import { Desk } from './desk.ts';
import { h, icon } from './dom.ts';
import { noDesk } from './no-desk.ts';
import { ownMenu } from './own-menu.ts';
import { Panel } from './panel.ts';
import { forgotPage, resetPage } from './password-pages.ts';
import { placeOf, showInAddress, type Place } from './place.ts';
import { askedAccount, DEMO_ACCOUNTS, isDemo, isDemoAccount, SignIn } from './sign-in.ts';
import { askPassword, setupPage, signInPage } from './sign-in-page.ts';

type Theme = 'light' | 'dark';

const MARK = new URL('./icon.svg', import.meta.url).href;
const SUN = 'M10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM10 1.5v2M10 16.5v2M1.5 10h2M16.5 10h2M4 4l1.4 1.4M14.6 14.6L16 16M16 4l-1.4 1.4M5.4 14.6L4 16';
const MOON = 'M16.5 12.2A7 7 0 0 1 7.8 3.5a7 7 0 1 0 8.7 8.7z';

/** The built package, where the server puts it; it adds `loadSideline` to the window. */
const PACKAGE = '/widgets/sideline.js';

let sideline: Sideline | undefined;
let current: SignIn | undefined;
let shown: Console | undefined;

/** What of the console an address can name. */
interface Console {
  readonly panel: Panel;
  readonly administration: Administration;
}

/** The page with nobody signed in. */
function showSignIn(said = ''): void {
  const setupToken = /^#setup=(.+)$/.exec(location.hash)?.[1];
  const ways = { signedIn: enter, forgotten: () => show(forgotPage(() => showSignIn())), mustChange: (token: string) => show(resetPage(token, 'Choose your own password before you start.', passwordSet)) };
  show(setupToken ? setupPage(decodeURIComponent(setupToken), enter) : signInPage(isDemo(), ways, said));
}

/** The page behind the link of a mail. The address is cleaned at once: the link is nobody else's, and works once. */
function showReset(token: string): void {
  history.replaceState(null, '', '/');
  show(resetPage(token, 'The link works once. Every other sign-in of yours ends.', passwordSet));
}

const passwordSet = (): void => showSignIn('Your password is set. Sign in with it.');

function show(page: HTMLElement): void {
  document.body.className = '';
  document.body.replaceChildren(page);
  page.querySelector<HTMLElement>('h1')?.focus(); // also after signing out: reading and tabbing begin at the top of the page
}

/** The console of one person, with Sideline in its panel, at a place in it. @returns it, for whoever moves the focus there */
function showConsole(signIn: SignIn, place: Place = {}): Console {
  current = signIn;
  const desk = isDemo() ? new Desk(signIn) : undefined;
  const panel = new Panel(signIn.person.role);
  const administration = new Administration(signIn.person.role);
  shown = { panel, administration };
  const notice = h('p', { class: 'notice', attrs: { hidden: true } });
  document.body.className = 'console';
  document.body.dataset['pane'] = 'panel';
  document.body.dataset['place'] = 'desk';
  document.body.replaceChildren(topBar(signIn, administration, panel), notice, h('main', {}, desk?.list, desk?.conversation ?? noDesk(signIn.person.role, { importFile: () => panel.goTo({ tab: 'import' }), administration: () => administration.open() }), panel.element, administration.element), ...(desk ? [paneBar()] : []));
  desk?.conversation.addEventListener('ticket-chosen', () => showPane('conversation'));
  // The bell stands in the bar: what it opens is shown in the panel.
  document.body.querySelector('sideline-notifications')?.addEventListener('sideline-open', ({ detail }) => {
    showPane('panel');
    panel.open(detail);
  });
  void signIn.call('GET', '/api/auth/me').then((me) => tellSimulated(me as { installation: { simulated: boolean } }, notice), () => undefined); // a notice; what does not work says so itself
  startSideline(signIn);
  goTo(place, shown);
  const told = (): void => showInAddress({ ...panel.place, administration: administration.isShown });
  panel.element.addEventListener('place-changed', told);
  administration.element.addEventListener('place-changed', told);
  told();
  return shown;
}

/** Shows what an address names: where somebody was before a reload, or what the link of a mail is about (`#session=ID`). */
function goTo(place: Place, { panel, administration }: Console): void {
  if (place.administration) return administration.open();
  panel.goTo(place);
  if (place.session || place.card) showPane('panel');
}

/** Another address in a tab that is open. */
async function follow(at: Console): Promise<void> {
  const place = placeOf(location.hash);
  if (!place.administration && !(await at.administration.leave())) return;
  goTo(place, at);
}

/** Somebody just signed in by hand: what had the focus is gone, so it goes to where the work is. */
function enter(signIn: SignIn): void {
  const place = placeOf(location.hash);
  const { panel } = showConsole(signIn, place);
  if (!place.session) panel.focus();
}

/** The whole integration: one call. */
function startSideline(signIn: SignIn): void {
  const options = { getToken: signIn.getToken };
  if (sideline) sideline.update(options);
  else sideline = loadSideline(options);
}

/** The sign-in ended: asked for the password in place, because reloading would lose what was being written. */
async function signInAgain(signIn: SignIn): Promise<void> {
  if (isDemoAccount(signIn.person)) await signIn.again();
  else await askPassword(signIn);
  startSideline(signIn);
}

function tellSimulated({ installation }: { installation: { simulated: boolean } }, notice: HTMLElement): void {
  if (!installation.simulated) return;
  notice.hidden = false;
  notice.append(
    h('b', {}, 'Demo.'),
    ' The floor is simulated. ',
    h('span', { class: 'more' }, 'People’s statuses and calls move by themselves; yours moves only when you move it.'),
  );
}

function topBar(signIn: SignIn, administration: Administration, panel: Panel): HTMLElement {
  const account = isDemoAccount(signIn.person) && signIn.person.username;
  return h('header', { class: 'top' },
    h('img', { class: 'mark', attrs: { src: MARK, alt: '', width: '20', height: '20' } }),
    h('span', { class: 'brand' }, isDemo() ? 'Larkfield' : 'Sideline'),
    h('span', { class: 'product' }, isDemo() ? 'Service Desk' : ''),
    administration.button,
    account && accountSwitch(account, administration),
    h('sideline-notifications'),
    signIn.person.role !== 'viewer' && h('sideline-status-control', { attrs: { compact: '' } }),
    ownMenu([
      h('button', { class: 'person', attrs: { type: 'button', title: 'Your own card' }, on: { click: () => void openOwn(signIn, administration, panel) } }, signIn.person.fullName, h('small', {}, 'Your own card')),
      themeSwitch(),
      h('button', { attrs: { type: 'button' }, on: { click: () => void leave(signIn) } }, 'Sign out'),
    ]),
  );
}

async function openOwn({ person }: SignIn, administration: Administration, panel: Panel): Promise<void> {
  if (!(await administration.leave())) return;
  showPane('panel');
  panel.openOwn(person.id);
}

/** The demo is looked at from both sides: as the leader, and as one of the leader's agents. */
function accountSwitch(current: string, administration: Administration): HTMLElement {
  const select = h('select', { attrs: { 'aria-label': 'Signed in as' }, on: { change: () => void change() } },
    ...DEMO_ACCOUNTS.map(({ username, title }) => h('option', { attrs: { value: username, selected: username === current } }, title)),
  );
  const change = async (): Promise<void> => {
    if (await administration.mayLeave()) await switchTo(select.value);
    else select.value = current;
  };
  return select;
}

async function switchTo(username: string): Promise<void> {
  showConsole(await SignIn.asDemo(username));
  document.querySelector<HTMLElement>('.top select')?.focus(); // the one that was used is gone with the old page
}

async function leave(signIn: SignIn): Promise<void> {
  await signIn.out();
  location.replace(location.pathname);
}

function themeSwitch(): HTMLElement {
  const button = h('button', { class: 'theme', attrs: { type: 'button' }, on: { click: () => flip() } });
  const name = (theme: Theme): void => {
    const other = theme === 'dark' ? 'Light' : 'Dark';
    button.setAttribute('aria-label', other);
    button.title = other;
    button.replaceChildren(icon(theme === 'dark' ? SUN : MOON), h('span', {}, other));
  };
  const flip = (): void => {
    const theme: Theme = currentTheme() === 'dark' ? 'light' : 'dark';
    document.documentElement.dataset['theme'] = theme;
    name(theme);
  };
  name(currentTheme());
  return button;
}

function currentTheme(): Theme {
  const chosen = document.documentElement.dataset['theme'];
  if (chosen === 'dark' || chosen === 'light') return chosen;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

const PANES = { tickets: 'Tickets', conversation: 'Conversation', panel: 'Sideline' } as const;

/** On a narrow screen one pane at a time. */
function paneBar(): HTMLElement {
  return h('nav', { class: 'panes', attrs: { 'aria-label': 'Panes' } },
    ...Object.entries(PANES).map(([pane, title]) =>
      h('button', { attrs: { type: 'button', 'data-pane': pane, 'aria-pressed': String(pane === 'panel') }, on: { click: () => showPane(pane as keyof typeof PANES) } }, title),
    ),
  );
}

function showPane(pane: keyof typeof PANES): void {
  document.body.dataset['pane'] = pane;
  for (const button of document.querySelectorAll<HTMLElement>('.panes button')) {
    button.setAttribute('aria-pressed', String(button.dataset['pane'] === pane));
  }
}

/** The only thing to do about a server that does not answer is to ask again. */
function showUnreachable(): void {
  show(h('main', { class: 'sign-in' },
    h('h1', { attrs: { tabindex: '-1' } }, 'Larkfield Service Desk'),
    h('p', { attrs: { role: 'alert' } }, 'The server could not be reached.'),
    h('button', { class: 'go', attrs: { type: 'button' }, on: { click: () => location.reload() } }, 'Try again'),
  ));
}

async function loadPackage(): Promise<void> {
  await import(/* @vite-ignore */ PACKAGE).catch((error: unknown) => {
    showUnreachable();
    throw error;
  });
}

/** The sign-in of before a reload or of another tab, unless the address asks for one of the demo's accounts that is another. */
async function signInAtOnce(): Promise<SignIn | undefined> {
  const asked = askedAccount();
  const kept = await SignIn.takenUp();
  if (!asked || kept?.person.username === asked) return kept;
  return SignIn.asDemo(asked).catch(() => undefined);
}

if (!isDemo()) document.title = 'Sideline';
await loadPackage();
window.addEventListener('hashchange', () => shown?.panel.element.isConnected && void follow(shown));
document.addEventListener('sideline-sign-in', () => current && void signInAgain(current));
const resetToken = location.pathname === '/reset' ? /^#token=([\w-]+)$/.exec(location.hash)?.[1] : undefined;
if (resetToken) showReset(resetToken);
else if (location.hash.startsWith('#setup=')) showSignIn();
else await signInAtOnce().then((signIn) => (signIn ? void showConsole(signIn, placeOf(location.hash)) : showSignIn()), showUnreachable);
