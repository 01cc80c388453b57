import { h } from '../dom.ts';
import { DEMO_PASSWORD } from '../sign-in.ts';
import { messages, personOf, signIn, type Person } from './api.ts';
import { Composer } from './composer.ts';
import { ConnectForm, type Asked } from './connect-form.ts';
import { Connection } from './connection.ts';
import { Log } from './log.ts';

let person: Person | undefined;
const log = new Log();
const connection = new Connection({
  changed: () => changed(),
  heard: (event, payload, meta) => {
    log.add(event === 'error' ? 'refusal' : 'heard', event, payload, meta);
    form.changed(person?.name ?? '');
  },
  told: (text, data) => log.add('note', text, data),
});
const form = new ConnectForm(connection, connect);
const composer = new Composer(await messages(), (event, message, acknowledged) => void send(event, message, acknowledged));

document.body.append(
  h('main', {},
    h('header', { class: 'page' }, h('h1', {}, 'WebSocket test'), h('p', {}, 'A plain Socket.IO client of this installation. What it sends is real, with the permissions of whoever is signed in; the ', h('a', { attrs: { href: '/docs' } }, 'contract'), ' has every message and event.')),
    h('div', { class: 'columns' }, h('div', { class: 'tools' }, form.element, composer.element), log.element),
  ),
);

async function connect({ username, token, transport }: Asked): Promise<void> {
  const accepted = username === undefined ? token : await signIn(username, DEMO_PASSWORD);
  // A token that is none is tried all the same: how it is refused is worth seeing.
  person = await personOf(accepted).catch(() => ({ token: accepted, id: 0, name: 'somebody', known: {} }));
  connection.open(accepted, transport);
}

function changed(): void {
  form.changed(person?.name ?? '');
  composer.person = connection.state === 'on' ? person : undefined;
}

async function send(event: string, message: unknown, acknowledged: boolean): Promise<void> {
  log.add('sent', event, message);
  try {
    const answer = await connection.send(event, message, acknowledged);
    if (answer) log.add(answer.ok ? 'answer' : 'refusal', event, answer);
  } catch (error) {
    log.add('refusal', event, { error: error instanceof Error ? error.message : String(error) });
  }
}
