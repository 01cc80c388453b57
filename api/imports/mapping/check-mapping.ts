import { unprocessable, type FieldError } from '../../errors/problem.ts';
import { cut } from '../../text/cut.ts';
import type { ImportKind } from '../kinds/import-kind.ts';
import { columnLetters } from '../parsing/row-source.ts';
import { isTimezone } from '../values/zoned.ts';
import type { PartialMapping } from './import-mapping.ts';
import type { Detected } from './propose-mapping.ts';
import { noSuchSheet } from './sheets.ts';

/**
 * Refuses a mapping that cannot be: fields the kind does not have, meanings a field cannot have, one column for two
 * fields, an unknown zone or sheet, a scale upside down.
 *
 * @param detected what was found in the file; null before it was first read
 * @throws Problem 422 naming every part at fault
 */
export function checkMapping(mapping: PartialMapping, kind: ImportKind, detected: Detected | null): void {
  const faults = [...fieldFaults(mapping, kind), ...columnFaults(mapping), ...valueFaults(mapping, kind), ...optionFaults(mapping, kind), ...dayFaults(mapping, kind), ...sheetFaults(mapping, detected)];
  const [first] = faults;
  if (first) throw unprocessable('invalid_mapping', first.sentence, faults.slice(0, 20).map(({ path, message }) => ({ path, message })));
}

/** With what is to be said where nobody sees the path. */
interface Fault extends FieldError {
  readonly sentence: string;
}

function fieldFaults({ columns, values, options }: PartialMapping, kind: ImportKind): Fault[] {
  const known = new Set(kind.fields.map(({ name }) => name));
  const named = [
    ...Object.keys(columns ?? {}).map((field) => [field, `/body/columns/${field}`]),
    ...Object.keys(values ?? {}).map((field) => [field, `/body/values/${field}`]),
    ...Object.keys(options?.units ?? {}).map((field) => [field, `/body/options/units/${field}`]),
  ] as [field: string, path: string][];
  return named.filter(([field]) => !known.has(field)).map(([field, path]) => fault(path, `is no field of ${kind.name}`, `“${cut(field, 60)}” is no field of ${kind.name}; fields: ${[...known].join(', ')}.`));
}

function columnFaults({ columns }: PartialMapping): Fault[] {
  const seen = new Map<number, string>();
  return Object.entries(columns ?? {}).flatMap(([field, column]) => {
    if (column === null) return [];
    const other = seen.get(column);
    seen.set(column, field);
    return other === undefined ? [] : [fault(`/body/columns/${field}`, `is the column of ${other} already`, `${field} and ${other} cannot both be column ${columnLetters(column)}.`)];
  });
}

function valueFaults({ values }: PartialMapping, kind: ImportKind): Fault[] {
  return Object.entries(values ?? {}).flatMap(([field, meanings]) =>
    Object.entries(meanings)
      .filter(([, meaning]) => !kind.accepts(field, meaning))
      .map(([word, meaning]) => fault(`/body/values/${field}/${cut(word, 60)}`, 'has a meaning the field cannot have', `“${cut(word, 60)}” cannot mean ${JSON.stringify(meaning)}: ${field} has no such value.`)),
  );
}

function optionFaults({ options }: PartialMapping, { name, figures = [] }: ImportKind): Fault[] {
  const faults: Fault[] = [];
  if (options?.figure !== undefined && !figures.includes(options.figure)) faults.push(fault('/body/options/figure', `is no figure of ${name}`, `“${cut(options.figure, 60)}” is no figure of ${name}${figures.length > 0 ? `: ${figures.join(', ')}` : ', which has none'}.`));
  if (options?.timezone !== undefined && !isTimezone(options.timezone)) faults.push(fault('/body/options/timezone', 'is no IANA time zone', `“${options.timezone}” is no IANA time zone such as Europe/Berlin.`));
  const [min = 0, max = 1] = (options?.ratingScale ?? '0-1').split('-').map(Number);
  if (max <= min) faults.push(fault('/body/options/ratingScale', 'must rise, as in 1-10', `The scale ${options?.ratingScale ?? ''} does not rise, as 1-10 does.`));
  return faults;
}

function dayFaults({ options }: PartialMapping, { name, needed, fields }: ImportKind): Fault[] {
  if (options?.day === undefined || fields.some((field) => field.name === 'date' && needed.length > 0)) return [];
  return [fault('/body/options/day', `says nothing of ${name}`, `Rows of ${name} are of no one day.`)];
}

function sheetFaults({ sheet }: PartialMapping, detected: Detected | null): Fault[] {
  if (sheet === undefined || detected === null || detected.sheets.some(({ name }) => name === sheet)) return [];
  return [fault('/body/sheet', 'is no sheet of the file', noSuchSheet(sheet, detected.sheets))];
}

function fault(path: string, message: string, sentence: string): Fault {
  return { path, message, sentence };
}
