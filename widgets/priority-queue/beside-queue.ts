import { html, nothing, type TemplateResult } from 'lit';
import type { components } from '../../api/http/contract.types.ts';
import type { NoteSubject } from '../quick-note/quick-note.ts';
import { avatar } from '../shared/avatar.ts';
import { icon } from '../shared/icons.ts';
import type { Locale } from '../shared/locale.ts';
import { notNowSentence } from './not-now.ts';

export type Queue = components['schemas']['PriorityQueue'];
export type QueueAgent = components['schemas']['QueueAgent'];

/** What most of a team shares is nobody's alone: it is told once, above the people. */
export function processFindings(locale: Locale, { processFindings: findings }: Queue): TemplateResult | typeof nothing {
  if (findings.length === 0) return nothing;
  return html`<aside class="process" part="process" aria-label=${locale.t('queue.process', { n: findings.length })}>
    ${findings.map((finding) => html`<p>${finding.sentence}</p>`)}
  </aside>`;
}

/** Who did something worth praising. @param praise begins a note about them */
export function recognitions(locale: Locale, { recognitions: found }: Queue, praise: (subject: NoteSubject, anchor: Element) => void): TemplateResult | typeof nothing {
  if (found.length === 0) return nothing;
  const t = locale.t.bind(locale);
  return html`<section class="section" part="recognitions" aria-label=${t('queue.recognition')}>
    <h3>${t('queue.recognition')}</h3>
    <ul>
      ${found.map(({ agent, sentence }) => html`<li>
        ${avatar(agent.name, agent.onlineStatus)}
        <div><span class="strong">${agent.name}</span> <p class="quiet">${sentence}</p></div>
        <button type="button" class="plain icon" aria-label=${t('queue.praise', { name: agent.name })}
          @click=${(event: Event) => praise({ agentId: agent.id, name: agent.name, noteType: 'POSITIVE' }, event.currentTarget as Element)}>${icon('note')}</button>
      </li>`)}
    </ul>
  </section>`;
}

/** Whose turn it is not, and why. @param wake ends somebody's rest; not offered where it is left out */
export function notEligible(locale: Locale, { notEligible: people }: Queue, wake: ((agent: QueueAgent) => void) | undefined): TemplateResult | typeof nothing {
  if (people.length === 0) return nothing;
  const t = locale.t.bind(locale);
  return html`<section class="section" part="not-eligible" aria-label=${t('queue.notEligible')}>
    <h3>${t('queue.notEligible')}</h3>
    <ul>
      ${people.map(({ agent, reason }) => html`<li>
        ${avatar(agent.name, agent.onlineStatus)}
        <div><span>${agent.name}</span> <p class="quiet">${notNowSentence(locale, reason)}</p></div>
        ${reason.code === 'snoozed' && wake ? html`<button type="button" class="plain" @click=${() => wake(agent)}>${t('queue.wake')}</button>` : nothing}
      </li>`)}
    </ul>
  </section>`;
}
