import { html, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { Glide } from '../controllers/glide.ts';
import { body, toApiError } from '../shared/api-error.ts';
import { define } from '../shared/element.ts';
import { icon } from '../shared/icons.ts';
import { draggedNote } from '../shared/dragged-note.ts';
import { agendaStyles } from './agenda.styles.ts';
import { loadSession } from './load-sessions.ts';
import { isAhead, moved, toNewAgenda, type AgendaPoint } from './session-model.ts';
import { SessionPart } from './session-part.ts';

const MAX_POINTS = 50;
const TRIES = 3;

/** The agenda: points added by everybody, put in order and taken off by who holds the session. Notes are dropped on it. */
export class SessionAgenda extends SessionPart {
  static override styles: CSSResultGroup = [SessionPart.styles, agendaStyles];
  static override properties = { dragging: { state: true }, over: { state: true } };

  declare private dragging: string | undefined;
  /** A note hangs over the agenda. */
  declare private over: boolean;

  constructor() {
    super();
    this.over = false;
    new Glide(this, () => this.renderRoot?.querySelectorAll<HTMLElement>('.point') ?? []);
  }

  protected override render(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const { agenda } = this.coaching;
    const open = isAhead(this.coaching);
    return html`<div class="agenda ${this.over ? 'over' : ''}" @dragover=${this.#onOver} @dragleave=${() => (this.over = false)} @drop=${this.#onDrop}>
      ${agenda.length === 0 ? html`<p class="quiet small none">${t('session.agenda.empty')}</p>` : nothing}
      <ol role="list" aria-label=${t('session.agenda')} @keydown=${this.#onKey}>
        ${repeat(agenda, ({ id }) => id, (point, index) => this.#point(point, index))}
      </ol>
      ${this.over ? html`<p class="hint">${t('session.agenda.drop')}</p>` : nothing}
      ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
      ${open
        ? html`<form class="add" @submit=${this.#onAdd}><input type="text" maxlength="200" aria-label=${t('session.agenda.addLabel')} placeholder=${t('session.agenda.add')} autocomplete="off" />
            <button type="submit" ?disabled=${this.busy}>${icon('plus', 14)}<span class="sr">${t('session.agenda.add')}</span></button></form>`
        : nothing}
      ${this.announcer.render()}
    </div>`;
  }

  #point(point: AgendaPoint, index: number): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const editable = this.runs && isAhead(this.coaching);
    return html`<li class="point ${point.covered ? 'covered' : ''} ${this.dragging === point.id ? 'dragged' : ''}" data-key=${point.id} draggable=${editable ? 'true' : 'false'}
      @dragstart=${(event: DragEvent) => this.#onDrag(event, point.id)} @dragend=${() => (this.dragging = undefined)} @dragenter=${() => this.#onEnter(index)}>
      ${editable
        ? html`<button type="button" class="plain icon grip" data-point=${point.id} aria-label=${t('session.agenda.move', { n: index + 1, title: point.title })} aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown">${this.locale.number(index + 1)}</button>`
        : html`<span class="grip">${point.covered ? icon('check', 14) : this.locale.number(index + 1)}</span>`}
      <span class="what">${point.title}${point.covered ? html`<span class="sr">, ${t('session.covered')}</span>` : nothing}
        ${point.detail ? html`<span class="detail">${point.detail}</span>` : nothing}
        <span class="quiet">${this.#source(point)}</span></span>
      ${editable ? html`<button type="button" class="plain icon" aria-label=${t('session.agenda.remove', { title: point.title })} @click=${() => void this.#remove(point)}>${icon('close', 12)}</button>` : nothing}
    </li>`;
  }

  #source({ source, addedBy }: AgendaPoint): string | typeof nothing {
    const { facilitator, attendees } = this.coaching;
    if (source !== 'leader' && source !== 'agent') return this.locale.t(`session.source.${source}`);
    const who = [facilitator, ...attendees].find(({ id }) => id === addedBy);
    return who ? this.locale.t(`session.source.${source}`, { name: who.name }) : nothing;
  }

  /** Puts something on the agenda; `refId` says what it came from, and that is not put there twice. */
  async add(point: { title: string; detail?: string; source?: AgendaPoint['source']; refId?: string }): Promise<boolean> {
    if (point.refId && this.coaching.agenda.some(({ refId }) => refId === point.refId)) return true;
    const params = { path: { id: this.coaching.id }, header: { 'Idempotency-Key': crypto.randomUUID() } };
    const session = await this.step((client) => body(client.http.POST('/api/coaching-sessions/{id}/agenda', { params, body: point })));
    if (session) this.announcer.now(this.locale.t('session.agenda.added', { title: point.title }));
    return session !== undefined;
  }

  /** Changes the agenda as it stands at the server: somebody else's point, put there meanwhile, stays. */
  async #rewrite(change: (agenda: readonly AgendaPoint[]) => AgendaPoint[], said: string): Promise<void> {
    const session = await this.step(async (client) => {
      let latest = this.coaching;
      for (let attempt = 1; ; attempt += 1) {
        try {
          const params = { path: { id: latest.id }, header: { 'If-Match': `"${latest.version}"` } };
          return await body(client.http.PUT('/api/coaching-sessions/{id}', { params, body: { agenda: toNewAgenda(change(latest.agenda)) } }));
        } catch (error) {
          if (toApiError(error).status !== 412 || attempt === TRIES) throw error;
          latest = await loadSession(client, latest.id);
        }
      }
    });
    if (session) this.announcer.now(said);
  }

  async #remove(point: AgendaPoint): Promise<void> {
    const at = this.coaching.agenda.findIndex(({ id }) => id === point.id);
    await this.#rewrite((agenda) => agenda.filter(({ id }) => id !== point.id), this.locale.t('session.agenda.removed', { title: point.title }));
    await this.updateComplete;
    const grips = this.renderRoot.querySelectorAll<HTMLElement>('.grip[data-point]');
    (grips[Math.min(at, grips.length - 1)] ?? this.renderRoot.querySelector<HTMLElement>('.add input'))?.focus();
  }

  async #move(id: string, by: number): Promise<void> {
    const title = this.coaching.agenda.find((point) => point.id === id)?.title ?? '';
    const at = moved(this.coaching.agenda, id, by).findIndex((point) => point.id === id);
    await this.#rewrite((agenda) => moved(agenda, id, by), this.locale.t('session.agenda.moved', { title, n: at + 1 }));
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(`[data-point="${id}"]`)?.focus();
  }

  readonly #onAdd = (event: SubmitEvent): void => {
    event.preventDefault();
    const input = (event.target as HTMLFormElement).querySelector('input');
    const title = input?.value.trim();
    if (!input || !title) return;
    if (this.coaching.agenda.length >= MAX_POINTS) return void (this.problem = this.locale.t('session.agenda.full', { n: MAX_POINTS }));
    void this.add({ title }).then((added) => {
      if (added) input.value = '';
      input.focus();
    });
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    const id = event.composedPath()[0] instanceof HTMLElement ? (event.composedPath()[0] as HTMLElement).dataset['point'] : undefined;
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!id || !by) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.altKey) void this.#move(id, by);
    else {
      const { agenda } = this.coaching;
      const next = agenda[agenda.findIndex((point) => point.id === id) + by];
      if (next) this.renderRoot.querySelector<HTMLElement>(`[data-point="${next.id}"]`)?.focus();
    }
  };

  #onDrag(event: DragEvent, id: string): void {
    event.dataTransfer?.setData('text/plain', this.coaching.agenda.find((point) => point.id === id)?.title ?? '');
    this.dragging = id;
  }

  #target = 0;

  #onEnter(index: number): void {
    if (this.dragging) this.#target = index;
  }

  readonly #onOver = (event: DragEvent): void => {
    const note = draggedNote.is(event) && isAhead(this.coaching);
    if (!note && !this.dragging) return;
    event.preventDefault();
    this.over = note;
  };

  readonly #onDrop = (event: DragEvent): void => {
    this.over = false;
    const { dragging } = this;
    const note = draggedNote.read(event);
    if (!dragging && !note) return;
    event.preventDefault();
    if (note) void this.add(draggedNote.toPoint(note));
    else if (dragging) void this.#move(dragging, this.#target - this.coaching.agenda.findIndex(({ id }) => id === dragging));
    this.dragging = undefined;
  };
}

define('sideline-session-agenda', SessionAgenda);

declare global {
  interface HTMLElementTagNameMap {
    'sideline-session-agenda': SessionAgenda;
  }
}
