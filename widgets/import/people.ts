import { html, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { body } from '../shared/api-error.ts';
import { define } from '../shared/element.ts';
import '../shared/person-picker.ts';
import type { PersonRef } from '../shared/person-picker.ts';
import { decide, pointerTo } from './decisions.ts';
import type { Import, TeamRef } from './import-model.ts';
import { ImportPart } from './import-part.ts';
import { peopleStyles } from './people.styles.ts';

/** More than so many are a list that opens. */
const SHOWN = 6;

type MissingAgent = Import['missingAgents'][number];
type Suggestion = MissingAgent['suggestions'][number];

/** People the rows name and nobody knows: said who they are, or added. */
export class ImportPeople extends ImportPart {
  static override styles: CSSResultGroup = [ImportPart.styles, peopleStyles];
  static override properties = { ...ImportPart.properties, create: { attribute: false }, teamId: { attribute: false }, asking: { state: true }, all: { state: true } };

  declare create: boolean;
  declare teamId: string | undefined;
  /** The name somebody is being chosen for. */
  declare private asking: string | undefined;
  declare private all: boolean;

  /** Whom names were said to be, to show them by their own. */
  readonly #chosen = new Map<number, string>();
  readonly #teams = this.resource<'teams', readonly TeamRef[]>({
    key: () => 'teams',
    load: async (client, _key, signal) => (this.#leadsOnly ? (this.session.me?.ledTeams ?? []) : (await body(client.http.GET('/api/teams', { params: { query: { limit: 100 } }, signal }))).data),
  });

  constructor() {
    super();
    this.create = false;
    this.all = false;
  }

  protected override updated(): void {
    // Leaders add people to a team of theirs, and mostly they have one.
    const [first] = this.#teams.data ?? [];
    if (this.#leadsOnly && this.create && this.teamId === undefined && first) this.tell('import-people', { create: true, teamId: first.id });
  }

  protected override render(): TemplateResult {
    const { missingAgents, missingAgentCount } = this.item;
    const unlisted = missingAgentCount - missingAgents.length;
    const t = this.locale.t.bind(this.locale);
    return html`<section class="people" aria-labelledby="missing">
      <h3 class="section-title" id="missing">${t('import.missing', { n: missingAgentCount })}</h3>
      <div class="create">
        <label class="check"><input type="checkbox" .checked=${this.create} @change=${(event: Event) => this.#add((event.target as HTMLInputElement).checked, this.teamId)} />${t('import.create')}</label>
        ${this.create ? this.#teamChoice() : nothing}
      </div>
      <ul>${missingAgents.slice(0, this.all ? undefined : SHOWN).map((person) => this.#person(person))}</ul>
      ${!this.all && missingAgents.length > SHOWN ? html`<div class="pad"><button type="button" class="link" @click=${() => (this.all = true)}>${t('import.missingAll', { n: missingAgents.length - SHOWN })}</button></div>` : nothing}
      ${this.all && unlisted > 0 ? html`<p class="pad quiet small">${t('import.missingUnlisted', { n: unlisted })}</p>` : nothing}
    </section>`;
  }

  #person({ name, rows, suggestions }: MissingAgent): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    const pointer = pointerTo('people', name);
    const said = this.decisions.get(pointer);
    const chosen = typeof said === 'number' ? [{ id: said, name: this.#chosen.get(said) ?? `${said}` }] : [];
    const isOpen = this.asking === name || this.decisions.has(pointer);
    return html`<li>
      <p><span>${name}</span> <span class="quiet small">${t('import.missingRows', { n: rows })}</span>
        ${isOpen ? nothing : html`${suggestions.map((person) => this.#suggestion(name, person, suggestions))}<button type="button" class="link other" aria-label=${t('import.isSomebodyNamed', { name })} @click=${() => (this.asking = name)}>${t('import.isSomebody')}</button>`}</p>
      ${isOpen
        ? html`<sideline-person-picker single .label=${t('import.whoIs', { name })} .chosen=${chosen} @picked=${(event: CustomEvent<PersonRef[]>) => this.#said(pointer, event.detail)}></sideline-person-picker>
            ${this.#mayBeNobody
              ? html`<label class="check"><input type="checkbox" .checked=${said === null} @change=${(event: Event) => this.#decided(pointer, (event.target as HTMLInputElement).checked ? null : undefined)} />${t('import.isNobody')}</label>`
              : nothing}`
        : nothing}
    </li>`;
  }

  /** Somebody who may be meant; of two with the same name each with what tells them apart. */
  #suggestion(name: string, { id, name: known, email }: Suggestion, all: readonly Suggestion[]): TemplateResult {
    const person = all.some((other) => other.id !== id && other.name === known) ? `${known} (${email})` : known;
    const pick = (): void => this.#said(pointerTo('people', name), [{ id, name: known }]);
    return html`<button type="button" class="near" title=${email} aria-label=${this.locale.t('import.isNearNamed', { name, person })} @click=${pick}>${this.locale.t('import.isNear', { person })}</button>`;
  }

  #teamChoice(): TemplateResult {
    const t = this.locale.t.bind(this.locale);
    return html`<label class="line">
      <span class="quiet">${t('import.team')}</span>
      <select @change=${(event: Event) => this.#add(true, (event.target as HTMLSelectElement).value || undefined)}>
        ${this.#leadsOnly ? nothing : html`<option value="">${t('import.noTeam')}</option>`}
        ${(this.#teams.data ?? []).map((team) => html`<option value=${team.id} ?selected=${team.id === this.teamId}>${team.name}</option>`)}
      </select>
    </label>`;
  }

  #said(pointer: string, [person]: readonly PersonRef[]): void {
    if (person) this.#chosen.set(person.id, person.name);
    this.asking = undefined;
    this.#decided(pointer, person?.id);
  }

  /** Nobody was decided before; taking it back leaves nothing to send. */
  #decided(pointer: string, value: number | null | undefined): void {
    const decisions = new Map(decide(this.decisions, null, pointer, value));
    if (value === undefined) decisions.delete(pointer);
    this.tell('import-decided', { decisions });
  }

  #add(create: boolean, teamId: string | undefined): void {
    this.tell('import-people', { create, teamId });
  }

  /** Interactions may have nobody; those a leader imports may not. */
  get #mayBeNobody(): boolean {
    return this.item.kind === 'interactions' && !this.#leadsOnly;
  }

  get #leadsOnly(): boolean {
    return this.session.me?.agent.role === 'team_leader';
  }
}

define('sideline-import-people', ImportPeople);
