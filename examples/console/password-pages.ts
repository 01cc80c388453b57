import { h } from './dom.ts';
import { askForLink, choosePassword, SignInFailed } from './sign-in.ts';

const RULE = '8 or more characters, with lower case, upper case and a digit';

/**
 * Chooses a password with a one-time token, from the link in a mail or from a sign-in that needs another password first.
 * @param done called once it is set; the person then signs in with it
 */
export function resetPage(token: string, lead: string, done: () => void): HTMLElement {
  const problem = h('p', { class: 'problem', attrs: { role: 'alert' } });
  const password = passwordField('new-password');
  const again = passwordField('repeat-password');
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    again.setCustomValidity(again.value === password.value ? '' : 'The two passwords differ.');
    if (!form.reportValidity()) return;
    problem.textContent = '';
    try {
      await choosePassword(token, password.value);
      done();
    } catch (error) {
      problem.textContent = messageOf(error);
    }
  };
  again.addEventListener('input', () => again.setCustomValidity(''));
  const form = h('form', { on: { submit: (event) => void submit(event) } },
    h('label', {}, `New password (${RULE})`, password),
    h('label', {}, 'Once more', again),
    h('button', { class: 'go', attrs: { type: 'submit' } }, 'Set the password'),
    problem,
  );
  return page('Choose a password', lead, form);
}

function passwordField(name: string): HTMLInputElement {
  return h('input', { attrs: { name, type: 'password', autocomplete: 'new-password', required: true, minlength: '8', maxlength: '200', pattern: '(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9]).*', title: RULE } });
}

/** Asks for a link. The answer is the same whoever is named. @param back leads to the sign-in again */
export function forgotPage(back: () => void): HTMLElement {
  const answer = h('p', { class: 'answer', attrs: { role: 'status' } });
  const login = h('input', { attrs: { name: 'username', autocomplete: 'username', required: true, maxlength: '255' } });
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    answer.textContent = await askForLink(login.value).catch(messageOf);
  };
  const form = h('form', { on: { submit: (event) => void submit(event) } },
    h('label', {}, 'User name or e-mail', login),
    h('button', { class: 'go', attrs: { type: 'submit' } }, 'Send me a link'),
    answer,
    h('button', { class: 'link', attrs: { type: 'button' }, on: { click: back } }, 'Back to sign-in'),
  );
  return page('Forgot your password?', 'Sideline sends you a link to choose a new one. It works once, for an hour.', form);
}

function page(title: string, lead: string, form: HTMLElement): HTMLElement {
  return h('main', { class: 'sign-in' }, h('h1', { attrs: { tabindex: '-1' } }, title), h('p', { class: 'lead' }, lead), form);
}

const messageOf = (error: unknown): string => (error instanceof SignInFailed ? error.message : 'The server could not be reached. Try again in a moment.');
