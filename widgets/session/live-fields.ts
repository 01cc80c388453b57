import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../shared/icons.ts';
import type { Locale } from '../shared/locale.ts';

const SCORES = [1, 2, 3, 4, 5] as const;
const MAX_TOPICS = 50;

/** Topics as chips, and a field for the next one. */
export function topics(locale: Locale, chosen: readonly string[], change: (topics: string[]) => void): TemplateResult {
  const t = locale.t.bind(locale);
  const add = (event: KeyboardEvent): void => {
    const input = event.target as HTMLInputElement;
    const topic = input.value.trim();
    if (event.key !== 'Enter' || !topic) return;
    event.preventDefault();
    if (!chosen.includes(topic) && chosen.length < MAX_TOPICS) change([...chosen, topic]);
    input.value = '';
  };
  return html`<div class="field"><span class="label">${t('live.topics')}</span>
    <div class="chips">
      ${chosen.map((topic) => html`<span class="chip">${topic}<button type="button" class="plain icon" aria-label=${t('live.topicRemove', { topic })} @click=${() => change(chosen.filter((other) => other !== topic))}>${icon('close', 10)}</button></span>`)}
      <input type="text" maxlength="200" autocomplete="off" aria-label=${t('live.topicAdd')} placeholder=${t('live.topicAdd')} @keydown=${add} />
    </div></div>`;
}

/** How engaged the person was, 1 to 5, each with its word. */
export function engagement(locale: Locale, score: number | null, change: (score: number | null) => void): TemplateResult {
  const t = locale.t.bind(locale);
  return html`<fieldset class="engagement"><legend>${t('live.engagement')} ${score === null ? nothing : html`<span class="quiet">${t(`live.engagement.${score as (typeof SCORES)[number]}`)}</span>`}</legend>
    <div class="scores">
      ${SCORES.map((value) => html`<label title=${t(`live.engagement.${value}`)}><input class="sr" type="radio" name="engagement" value=${value} .checked=${value === score} @change=${() => change(value)} />
        <span aria-hidden="true">${value}</span><span class="sr">${value}, ${t(`live.engagement.${value}`)}</span></label>`)}
      ${score === null ? nothing : html`<button type="button" class="link" @click=${() => change(null)}>${t('live.clearEngagement')}</button>`}
    </div></fieldset>`;
}
