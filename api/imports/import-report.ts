import type { ImportRecord } from './import.repository.ts';
import type { PreviewRow } from './import-rows.repository.ts';
import { pointerTo } from './mapping/import-mapping.ts';
import { columnLetters } from './parsing/row-source.ts';

const barWidth = 24;
const mostListed = 12;
/** So many rejected rows are listed. */
export const rejectedShown = 12;
const mostChoices = 30;
const number = new Intl.NumberFormat('en');

/** One line that says how far an import is. */
export function progressLine({ status, progress }: ImportRecord): string {
  const { percent = 0, rows = 0 } = progress ?? {};
  const filled = Math.round((percent / 100) * barWidth);
  return `${status.padEnd(10)} ${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)} ${String(percent).padStart(3)} %  ${number.format(rows)} rows`;
}

/**
 * What would become of a file, for a terminal.
 * @param rejected the first of these rows
 * @param file where all of them go
 */
export function previewReport(record: ImportRecord, rejected: readonly PreviewRow[], file?: string): string {
  return [
    ...mappingLines(record),
    countsLine(record),
    ...likelierLine(record),
    ...(record.detected?.remarks ?? []).map(({ message }) => `Note      ${message}`),
    ...(record.period ? [`${record.kind === 'actions' ? 'Due      ' : 'Period   '} ${record.period.from === record.period.to ? record.period.from : `${record.period.from} to ${record.period.to}`}`] : []),
    ...rejectedLines(rejected),
    ...restLines(rejected.length, record.counts?.rejected ?? 0, file),
    ...missingLines(record),
    ...questionLines(record),
  ].join('\n');
}

/** `5,000 rows: 5,000 new, 0 changed, …` */
export function countsLine({ counts }: ImportRecord): string {
  if (!counts) return 'Rows      none';
  const { rows, new: fresh, changed, unchanged, rejected } = counts;
  const parts = Object.entries({ new: fresh, changed, unchanged, rejected }).map(([name, count]) => `${number.format(count)} ${name}`);
  return `Rows      ${number.format(rows)}: ${parts.join(', ')}`;
}

function mappingLines({ mapping, detected, source }: ImportRecord): string[] {
  if (!mapping) return [];
  const headers = new Map(detected?.headers.map(({ column, text }) => [column, text]));
  const mapped = Object.entries(mapping.columns).flatMap(([field, column]) => (column === null ? [] : [{ field, column }]));
  const columns = mapped.sort((a, b) => a.column - b.column).map(({ field, column }) => `${headers.get(column) ?? columnLetters(column)} → ${field}`);
  const where = [mapping.sheet === null ? null : `sheet “${mapping.sheet}”`, `header in row ${mapping.headerRow ?? '?'}`].filter(Boolean).join(', ');
  return [`Source    ${source ?? '?'} (${where})`, `Columns   ${columns.join(', ') || 'none recognised'}`];
}

function likelierLine({ kind, detected }: ImportRecord): string[] {
  const likelier = detected?.likelierKind ?? null;
  return likelier === null ? [] : [`Note      These columns look more like ${likelier} than ${kind}: --kind ${likelier} reads the file as that.`];
}

function rejectedLines(rejected: readonly PreviewRow[]): string[] {
  return rejected.map(({ rowNumber, errors }) => {
    const reasons = (errors ?? []).map(({ cell, message }) => `${cell ?? `row ${rowNumber}`}: ${message}`);
    return `Rejected  ${reasons.join(' ')}`;
  });
}

function restLines(shown: number, all: number, file: string | undefined): string[] {
  return shown < all ? [`Rejected  ${number.format(shown)} of ${number.format(all)} rows are shown; ${file === undefined ? '--rejected FILE writes all of them' : 'the file has all'}.`] : [];
}

function missingLines({ missingAgents, missingAgentCount: all }: ImportRecord): string[] {
  if (all === 0) return [];
  const named = missingAgents.slice(0, mostListed).map(({ name, rows }) => `${name} (${number.format(rows)} ${rows === 1 ? 'row' : 'rows'})`);
  const more = all > named.length ? `, and ${number.format(all - named.length)} more` : '';
  return [`Missing   ${number.format(all)} ${all === 1 ? 'person' : 'people'}: ${named.join(', ')}${more}`, ...nearLines(missingAgents)];
}

/** Who may be meant, as `--map` takes it. */
function nearLines(missing: ImportRecord['missingAgents']): string[] {
  const near = missing.filter(({ suggestions = [] }) => suggestions.length > 0).slice(0, mostListed);
  return near.flatMap(({ name, suggestions = [] }) => suggestions.map((person, at) =>
    `${at === 0 ? 'Near      ' : '          '}${pointerTo('people', name)} = ${person.id}   ${at === 0 ? `“${name}” is` : 'or'} ${person.name} (${person.email})`));
}

function questionLines({ questions }: ImportRecord): string[] {
  return questions.flatMap(({ message, answer, choices, input }) => [
    `Question  ${message}`,
    ...choices.slice(0, mostChoices).map((choice) => `          ${choice.answer ?? answer} = ${JSON.stringify(choice.value)}   ${choice.label}`),
    ...(input === 'date' ? [`          ${answer} = "YYYY-MM-DD"   All are of that day`] : []),
  ]);
}
