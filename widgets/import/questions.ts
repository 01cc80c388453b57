import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Locale } from '../shared/locale.ts';
import type { Decisions, Value } from './decisions.ts';
import type { Import, Question } from './import-model.ts';

export interface QuestionsOptions {
  locale: Locale;
  item: Import;
  decisions: Decisions;
  answer: (question: Question, value: Value) => void;
}

/** More than so many choices are a list that opens. */
const MOST_RADIOS = 6;

/** What the file does not say: each with the cells it is about, and answered in its place. */
export function questions(options: QuestionsOptions): TemplateResult | typeof nothing {
  const { locale, item } = options;
  if (item.questions.length === 0) return nothing;
  return html`<section class="questions" aria-labelledby="questions">
    <h3 class="section-title" id="questions" tabindex="-1">${locale.t('import.questions', { n: item.questions.length })}</h3>
    ${item.questions.map((question, index) => (question.choices.length > MOST_RADIOS ? list(options, question, index) : radios(options, question, index)))}
  </section>`;
}

function radios(options: QuestionsOptions, question: Question, index: number): TemplateResult {
  const { decisions, answer } = options;
  return html`<fieldset class="question">
    <legend>${question.message}</legend>
    ${cells(options, question)}
    ${question.choices.map(({ value, label }) => html`<label class="check">
      <input type="radio" name="question-${index}" .checked=${live(isAnswer(decisions, question, value))} @change=${() => answer(question, value)} />${label}
    </label>`)}
  </fieldset>`;
}

function list(options: QuestionsOptions, question: Question, index: number): TemplateResult {
  const { locale, decisions, answer } = options;
  const change = (event: Event): void => {
    const choice = question.choices[Number((event.target as HTMLSelectElement).value)];
    if (choice) answer(question, choice.value);
  };
  const at = question.choices.findIndex(({ value }) => isAnswer(decisions, question, value));
  return html`<div class="question">
    <label for="question-${index}">${question.message}</label>
    ${cells(options, question)}
    <select id="question-${index}" .value=${live(String(at))} @change=${change}>
      <option value="-1" disabled ?selected=${at < 0}>${locale.t('import.pleaseChoose')}</option>
      ${question.choices.map(({ label }, choice) => html`<option value=${choice} ?selected=${choice === at}>${label}</option>`)}
    </select>
  </div>`;
}

const isAnswer = (decisions: Decisions, { answer }: Question, value: Value): boolean => decisions.has(answer) && decisions.get(answer) === value;

/** What stands in the column that is asked about; a question about one word or name has it in its sentence. */
function cells({ locale, item }: QuestionsOptions, { field, answer }: Question): TemplateResult | typeof nothing {
  const column = field === null || !answer.startsWith('/options/') ? undefined : item.mapping?.columns[field];
  const samples = item.detected?.headers.find((header) => header.column === column)?.samples ?? [];
  return samples.length === 0 ? nothing : html`<p class="quiet small cells">${locale.t('import.forExample', { values: samples.join(' · ') })}</p>`;
}
