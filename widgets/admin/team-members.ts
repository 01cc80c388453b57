import { html, type PropertyValues, type TemplateResult } from 'lit';
import { Announcer } from '../controllers/announcer.ts';
import { body } from '../shared/api-error.ts';
import { define } from '../shared/element.ts';
import { AdminPart } from './admin-part.ts';
import { clashNotice } from './clash-notice.ts';
import { Form } from './form.ts';
import { loadMembers, type Team } from './load.ts';
import type { PersonRef } from '../shared/person-picker.ts';
import '../shared/person-picker.ts';
import { saveBar } from './save-bar.ts';

/** Who belongs to a team. The list replaces the current one, so it is always the whole list. */
export class AdminMembers extends AdminPart {
  static override properties = { team: { attribute: false }, saved: { state: true } };

  declare team: Team;
  declare private saved: boolean;

  readonly #form = new Form(this);
  readonly #announcer = new Announcer(this);
  #known: readonly PersonRef[] | undefined;
  readonly #members = this.resource<string, readonly PersonRef[]>({
    key: () => this.team.id,
    load: async (client, id, signal) => (await loadMembers(client, id, signal)).map((person) => ({ id: person.id, name: person.fullName })),
  });

  constructor() {
    super();
    this.saved = false;
    this.live({ 'team:updated': ({ id }) => (id === this.team.id ? void this.#members.refresh() : undefined) });
  }

  override get dirty(): boolean {
    return this.#form.dirty;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const members = this.#members.data;
    if (members === this.#known) return;
    this.#known = members;
    if (!members) this.#form.forget();
    else if (this.#form.started) this.#form.rebase({ members });
    else this.#form.start({ members });
  }

  protected override render(): TemplateResult {
    return html`${this.show(this.#members, (members) => this.#edit(members))} ${this.#announcer.render()}`;
  }

  #edit(members: readonly PersonRef[]): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const chosen = this.#form.draft['members'] as readonly PersonRef[];
    const added = chosen.filter(({ id }) => !members.some((person) => person.id === id)).length;
    const removed = members.filter(({ id }) => !chosen.some((person) => person.id === id)).length;
    return html`${clashNotice(this.locale, this.#form, {
        label: () => t('admin.team.members'),
        value: (_key, value) => (value as PersonRef[]).map(({ name }) => name).join(', ') || t('admin.none'),
      })}
      <form novalidate aria-label=${t('admin.team.members')} @submit=${this.#onSubmit}>
        <p class="hint">${t('admin.team.membersHint')}</p>
        <sideline-person-picker label=${t('admin.team.members')} .chosen=${chosen} ?invalid=${this.#form.problems.has('agentIds')}
          @picked=${(event: CustomEvent<PersonRef[]>) => this.#form.set('members', event.detail)}></sideline-person-picker>
        ${added + removed > 0 ? html`<p class="small" role="status">${t('admin.team.membersChanged', { added, removed })}</p>` : ''}
        ${saveBar({ locale: this.locale, form: this.#form, saved: this.saved, known: [] })}
      </form>`;
  }

  readonly #onSubmit = (event: Event): void => {
    event.preventDefault();
    if (!this.#form.undecided) void this.#save();
  };

  async #save(): Promise<void> {
    const { client } = this;
    const chosen = this.#form.draft['members'] as readonly PersonRef[];
    if (!client) return;
    const error = await this.#form.save(async () => {
      const team = await body(client.http.PUT('/api/teams/{id}/members', { params: { path: { id: this.team.id } }, body: { agentIds: chosen.map(({ id }) => id) } }));
      this.#form.start({ members: chosen });
      this.tell('saved', team);
    });
    this.saved = !error;
    if (!error) this.#announcer.now(this.locale.t('admin.saved'));
    await this.#members.refresh();
  }
}

define('sideline-admin-members', AdminMembers);
