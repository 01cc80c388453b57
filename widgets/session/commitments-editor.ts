import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../shared/icons.ts';
import type { Locale } from '../shared/locale.ts';
import { promiser } from './record.ts';
import type { Commitment, Session } from './session-model.ts';

const MAX = 30;

/** What was promised, by whom and until when; a line below for the next promise. */
export function commitmentsEditor(locale: Locale, session: Session, change: (commitments: Commitment[]) => void): TemplateResult {
  const t = locale.t.bind(locale);
  const { commitments, facilitator, attendees } = session;
  const people = [...attendees.map(({ id, name }) => ({ id, name })), facilitator];
  const add = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const fields = new FormData(form);
    const value = (name: string): string => {
      const entry = fields.get(name);
      return typeof entry === 'string' ? entry.trim() : '';
    };
    if (!value('text') || commitments.length >= MAX) return;
    change([...commitments, { id: crypto.randomUUID(), text: value('text'), personId: value('who') ? Number(value('who')) : null, dueOn: value('due') || null }]);
    form.reset();
    form.querySelector('input')?.focus();
  };
  return html`<ul class="lines" role="list">
      ${commitments.map((commitment) => html`<li><span class="what">${commitment.text}<span class="quiet">${[promiser(session, commitment.personId), commitment.dueOn ? t('outcome.dueOn', { when: locale.day(commitment.dueOn) }) : ''].filter(Boolean).join(', ')}</span></span>
        <button type="button" class="plain icon" aria-label=${t('outcome.removeCommitment', { text: commitment.text })} @click=${() => change(commitments.filter(({ id }) => id !== commitment.id))}>${icon('close', 12)}</button></li>`)}
    </ul>
    ${commitments.length >= MAX
      ? nothing
      : html`<form class="promise" @submit=${add}>
          <input type="text" name="text" maxlength="500" autocomplete="off" aria-label=${t('outcome.addCommitment')} placeholder=${t('outcome.addCommitment')} />
          <select name="who" aria-label=${t('outcome.who')}>${people.map(({ id, name }, index) => html`<option value=${id} ?selected=${index === 0}>${name}</option>`)}<option value="">${t('outcome.anybody')}</option></select>
          <input type="date" name="due" aria-label=${t('outcome.due')} />
          <button type="submit">${icon('plus', 14)}<span class="sr">${t('outcome.add')}</span></button>
        </form>`}`;
}
