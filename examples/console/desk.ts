import { h, icon } from './dom.ts';
import type { Person, SignIn } from './sign-in.ts';
import { Softphone } from './softphone.ts';
import { tickets, type Message, type Ticket } from './tickets.ts';

const TELEPHONE = 'M5 3h3l1.5 4-2 1.5a9 9 0 0 0 4 4l1.5-2 4 1.5v3a1.5 1.5 0 0 1-1.6 1.5A13 13 0 0 1 3.5 4.6 1.5 1.5 0 0 1 5 3z';

/** The host's own part of the page: tickets, conversation, telephone. */
export class Desk {
  readonly list = h('nav', { class: 'tickets', attrs: { 'aria-label': 'Tickets' } });
  readonly conversation = h('article', { class: 'conversation' });
  readonly #signIn: SignIn;
  readonly #leads: boolean;
  /** A viewer has no tickets and no telephone: they look on. */
  readonly #watches: boolean;
  readonly #phone: Softphone;
  #team: readonly Person[] = [];
  #chosen: Ticket = tickets[0] as Ticket;

  constructor(signIn: SignIn) {
    this.#signIn = signIn;
    this.#leads = ['admin', 'manager', 'team_leader'].includes(signIn.person.role);
    this.#watches = signIn.person.role === 'viewer';
    this.#phone = new Softphone((inCall) => void this.#report(inCall));
    this.#render();
    void this.#loadTeam().catch(() => undefined); // the tickets are there without it, handled by nobody in particular
  }

  /** The console and Sideline know the same people: tickets belong to agents of the team. */
  async #loadTeam(): Promise<void> {
    const { ledTeams } = (await this.#signIn.call('GET', '/api/auth/me')) as { ledTeams: { id: string }[] };
    const team = ledTeams[0]?.id ?? this.#signIn.person.teamId;
    const query = new URLSearchParams({ role: 'cs', limit: String(tickets.length), ...(team ? { teamId: team } : {}) });
    const { data } = (await this.#signIn.call('GET', `/api/agents?${query}`)) as { data: Person[] };
    this.#team = data;
    this.#render();
  }

  /** A call on this telephone is the agent's status in Sideline too: one integration, by the public API. */
  async #report(inCall: boolean): Promise<void> {
    if (this.#signIn.person.role !== 'cs') return;
    const body = inCall ? { status: 'busy', reason: 'On a call' } : { status: 'online' };
    await this.#signIn.call('PUT', `/api/agents/${this.#signIn.person.id}/status`, body).catch(() => undefined); // the call goes on without it
  }

  #assignee(ticket: Ticket): Person | undefined {
    if (!this.#leads && !this.#watches) return this.#signIn.person;
    return this.#team[tickets.indexOf(ticket) % Math.max(1, this.#team.length)];
  }

  #render(): void {
    this.list.replaceChildren(
      h('header', {}, h('h2', {}, this.#leads ? 'Team tickets' : this.#watches ? 'Tickets' : 'My tickets'), h('span', { class: 'count' }, String(tickets.length))),
      h('ul', {}, ...tickets.map((ticket) => h('li', {}, this.#row(ticket)))),
      ...(this.#watches ? [] : [this.#phone.element]),
    );
    this.#renderConversation();
  }

  #row(ticket: Ticket): HTMLElement {
    return h('button', { attrs: { type: 'button', 'aria-current': ticket === this.#chosen ? 'true' : undefined }, on: { click: () => this.#choose(ticket) } },
      h('span', { class: 'who' }, ticket.customer, h('small', { class: ticket.urgent ? 'urgent' : '' }, ticket.waiting)),
      h('span', { class: 'subject' }, ticket.subject),
      h('small', {}, `${ticket.id} · ${ticket.channel}`),
    );
  }

  #choose(ticket: Ticket): void {
    this.#chosen = ticket;
    this.#render();
    this.conversation.dispatchEvent(new CustomEvent('ticket-chosen', { bubbles: true }));
  }

  #renderConversation(): void {
    const ticket = this.#chosen;
    const assignee = this.#assignee(ticket);
    this.conversation.replaceChildren(
      h('header', {},
        h('div', { class: 'title' }, h('h2', {}, ticket.subject), h('p', {}, `${ticket.id} · ${ticket.customer}, customer since ${ticket.since} · ${ticket.plan}`)),
        h('div', { class: 'tools' },
          assignee && h('span', { class: 'assignee' }, 'Handled by ', h('b', {}, assignee === this.#signIn.person ? 'you' : assignee.fullName)),
          assignee && this.#leads && noteButton(assignee, ticket),
          !this.#watches && h('button', { class: 'plain', attrs: { type: 'button' }, on: { click: () => this.#phone.call(ticket.customer, ticket.phone) } }, icon(TELEPHONE), `Call ${ticket.customer.split(' ')[0] ?? ''}`),
        ),
      ),
      h('ol', { class: 'messages' }, ...ticket.messages.map(message)),
      ...(this.#watches ? [] : [this.#reply(ticket)]),
    );
  }

  #reply(ticket: Ticket): HTMLElement {
    const text = h('textarea', { attrs: { rows: '2', 'aria-label': 'Reply', placeholder: `Reply to ${ticket.customer}` } });
    return h('form', { class: 'reply', on: { submit: (event) => {
      event.preventDefault();
      if (!text.value.trim()) return;
      ticket.messages.push({ from: 'desk', at: new Date().toTimeString().slice(0, 5), text: text.value.trim() });
      this.#renderConversation();
    } } }, text, h('button', { class: 'go', attrs: { type: 'submit' } }, 'Send'));
  }
}

/** Sideline's note, in the host's own header, knowing what it is about. */
function noteButton(assignee: Person, ticket: Ticket): HTMLElement {
  return h('sideline-quick-note', { attrs: { 'agent-id': String(assignee.id), 'agent-name': assignee.fullName, about: `${ticket.channel}, ${ticket.topic}, ${ticket.id}` } });
}

function message({ from, at, text }: Message): HTMLElement {
  return h('li', { class: from }, h('p', {}, text), h('time', {}, at));
}
