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
    ${item.questions.map((question, index) => (question.input !== 'date' && question.choices.length > MOST_RADIOS ? list(options, question, index) : radios(options, question, index)))}
  </section>`;
}

function radios(options: QuestionsOptions, question: Question, index: number): TemplateResult {
  const { decisions, answer } = options;
  const [here, elsewhere] = [question.choices.filter((choice) => choice.answer === undefined), question.choices.filter((choice) => choice.answer !== undefined)];
  return html`<fieldset class="question">
    <legend>${question.message}</legend>
    ${cells(options, question)}
    ${here.map(({ value, label }) => html`<label class="check">
      <input type="radio" name="question-${index}" .checked=${live(isAnswer(decisions, question, value))} @change=${() => answer(question, value)} />${label}
    </label>`)}
    ${anyDay(options, question, index)}
    ${elsewhere.length > 0 ? html`<label class="check other" for="elsewhere-${index}">${options.locale.t('import.orColumn')} ${choose(options, question, elsewhere, `elsewhere-${index}`)}</label>` : nothing}
  </fieldset>`;
}

function list(options: QuestionsOptions, question: Question, index: number): TemplateResult {
  return html`<div class="question">
    <label for="question-${index}">${question.message}</label>
    ${cells(options, question)}
    ${choose(options, question, question.choices, `question-${index}`)}
  </div>`;
}

function choose({ locale, decisions, answer }: QuestionsOptions, question: Question, choices: Question['choices'], id: string): TemplateResult {
  const change = (event: Event): void => {
    const choice = choices[Number((event.target as HTMLSelectElement).value)];
    if (choice) answer(placed(question, choice), choice.value);
  };
  const at = choices.findIndex((choice) => isAnswer(decisions, placed(question, choice), choice.value));
  return html`<select id=${id} .value=${live(String(at))} @change=${change}>
    <option value="-1" disabled ?selected=${at < 0}>${locale.t('import.pleaseChoose')}</option>
    ${choices.map(({ label }, choice) => html`<option value=${choice} ?selected=${choice === at}>${label}</option>`)}
  </select>`;
}

/** The question as this choice answers it: some choices belong elsewhere in the mapping than the others. */
const placed = (question: Question, { answer = question.answer }: Question['choices'][number]): Question => (answer === question.answer ? question : { ...question, answer });

/** A day that is none of the choices. */
function anyDay({ locale, decisions, answer }: QuestionsOptions, question: Question, index: number): TemplateResult | typeof nothing {
  if (question.input !== 'date') return nothing;
  const said = decisions.get(question.answer);
  const change = (event: Event): void => {
    const { value } = event.target as HTMLInputElement;
    if (value) answer(question, value);
  };
  return html`<label class="check other" for="day-${index}">${locale.t('import.anyDay')} <input type="date" id="day-${index}" .value=${live(typeof said === 'string' ? said : '')} @change=${change} /></label>`;
}

const isAnswer = (decisions: Decisions, { answer }: Question, value: Value): boolean => decisions.has(answer) && decisions.get(answer) === value;

/** What stands in the column that is asked about; a question about one word or name has it in its sentence. */
function cells({ locale, item }: QuestionsOptions, { field, answer }: Question): TemplateResult | typeof nothing {
  const column = field === null || !answer.startsWith('/options/') ? undefined : item.mapping?.columns[field];
  const samples = item.detected?.headers.find((header) => header.column === column)?.samples ?? [];
  return samples.length === 0 ? nothing : html`<p class="quiet small cells">${locale.t('import.forExample', { values: samples.join(' · ') })}</p>`;
}
