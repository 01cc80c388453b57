import { h } from './dom.ts';
import { DEMO_ACCOUNTS, PasswordChangeRequired, SignIn, SignInFailed } from './sign-in.ts';

/** Where a sign-in may lead. */
export interface Ways {
  readonly signedIn: (signIn: SignIn) => void;
  readonly forgotten: () => void;
  /** The password was right, and another one has to be chosen with the token first. */
  readonly mustChange: (token: string) => void;
}

/** Asks who is there. @param said what has happened just before, if anything */
export function signInPage(demo: boolean, { signedIn, forgotten, mustChange }: Ways, said = ''): HTMLElement {
  const problem = h('p', { class: 'problem', attrs: { role: 'alert' } });
  const attempt = async (work: () => Promise<SignIn>): Promise<void> => {
    problem.textContent = '';
    try {
      signedIn(await work());
    } catch (error) {
      if (error instanceof PasswordChangeRequired) return mustChange(error.token);
      problem.textContent = error instanceof SignInFailed ? error.message : 'The server could not be reached. Try again in a moment.';
    }
  };
  return h('main', { class: 'sign-in' },
    h('h1', { attrs: { tabindex: '-1' } }, demo ? 'Larkfield Service Desk' : 'Sideline'),
    h('p', { class: 'lead' }, demo ? 'A made-up support console, to show Sideline where it lives: in the side panel of the tool people already use.' : 'Coaching and performance, in the side panel of the tool people already use.'),
    h('p', { class: 'answer', attrs: { role: 'status' } }, said),
    demo && accounts((username) => void attempt(() => SignIn.asDemo(username))),
    passwordForm((username, password) => void attempt(() => SignIn.withPassword(username, password))),
    problem,
    h('button', { class: 'link', attrs: { type: 'button' }, on: { click: forgotten } }, 'Forgot your password?'),
  );
}

function accounts(choose: (username: string) => void): HTMLElement {
  return h('section', { class: 'accounts', attrs: { 'aria-label': 'Demo accounts' } },
    ...DEMO_ACCOUNTS.map(({ username, title, purpose }) =>
      h('button', { attrs: { type: 'button', 'data-account': username }, on: { click: () => choose(username) } }, h('b', {}, title), h('span', {}, purpose)),
    ),
  );
}

function passwordForm(submit: (username: string, password: string) => void): HTMLElement {
  const username = h('input', { attrs: { name: 'username', autocomplete: 'username', required: true, maxlength: '255' } });
  const password = h('input', { attrs: { name: 'password', type: 'password', autocomplete: 'current-password', required: true, maxlength: '200' } });
  return h('form', { on: { submit: (event) => {
    event.preventDefault();
    submit(username.value, password.value);
  } } },
    h('label', {}, 'User name or e-mail', username),
    h('label', {}, 'Password', password),
    h('button', { class: 'go', attrs: { type: 'submit' } }, 'Sign in'),
  );
}

/** The page behind the one-time link of an empty installation (`#setup=<token>`). */
export function setupPage(token: string, signedIn: (signIn: SignIn) => void): HTMLElement {
  const problem = h('p', { class: 'problem', attrs: { role: 'alert' } });
  const field = (name: string, label: string, attrs: Record<string, string> = {}): HTMLElement =>
    h('label', {}, label, h('input', { attrs: { name, required: true, ...attrs } }));
  const form = h('form', { on: { submit: (event) => {
    event.preventDefault();
    const data = new FormData(form);
    const text = (name: string): string => {
      const value = data.get(name);
      return typeof value === 'string' ? value : '';
    };
    SignIn.bySetup({ token, username: text('username'), email: text('email'), fullName: text('fullName'), password: text('password') }).then(
      (signIn) => {
        history.replaceState(null, '', location.pathname);
        signedIn(signIn);
      },
      (error: unknown) => (problem.textContent = error instanceof SignInFailed ? error.message : 'The server could not be reached.'),
    );
  } } },
    field('fullName', 'Full name', { autocomplete: 'name', maxlength: '255' }),
    field('username', 'User name', { autocomplete: 'username', pattern: '[a-zA-Z0-9_]{3,50}' }),
    field('email', 'E-mail', { type: 'email', autocomplete: 'email' }),
    field('password', 'Password (8 or more; lower case, upper case and a digit)', { type: 'password', autocomplete: 'new-password', minlength: '8' }),
    h('button', { class: 'go', attrs: { type: 'submit' } }, 'Create the administrator'),
    problem,
  );
  return h('main', { class: 'sign-in' }, h('h1', { attrs: { tabindex: '-1' } }, 'Set up this installation'), h('p', { class: 'lead' }, 'Nobody is here yet. The first administrator creates everybody else.'), form);
}

/** Asks the person who is signed in for their password again, over whatever they were doing. */
export function askPassword(signIn: SignIn): Promise<void> {
  return new Promise((resolve) => {
    const problem = h('p', { class: 'problem', attrs: { role: 'alert' } });
    const password = h('input', { attrs: { type: 'password', autocomplete: 'current-password', required: true } });
    const submit = async (event: Event): Promise<void> => {
      event.preventDefault();
      try {
        await signIn.again(password.value);
        dialog.close();
      } catch (error) {
        problem.textContent = error instanceof SignInFailed ? error.message : 'The server could not be reached. Try again in a moment.';
      }
    };
    const dialog = h('dialog', { class: 'sign-in', on: { close: () => {
      dialog.remove();
      resolve();
    } } },
      h('form', { on: { submit: (event) => void submit(event) } },
        h('label', {}, `Password of ${signIn.person.fullName}`, password),
        h('button', { class: 'go', attrs: { type: 'submit' } }, 'Sign in again'),
        problem,
      ),
    );
    document.body.append(dialog);
    dialog.showModal();
  });
}
