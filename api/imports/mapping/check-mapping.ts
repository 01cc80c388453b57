import { unprocessable, type FieldError } from '../../errors/problem.ts';
import { cut } from '../../text/cut.ts';
import type { ImportKind } from '../kinds/import-kind.ts';
import { isTimezone } from '../values/zoned.ts';
import type { PartialMapping } from './import-mapping.ts';
import type { Detected } from './propose-mapping.ts';

/**
 * Refuses a mapping that cannot be: fields the kind does not have, meanings a field cannot have, one column for two
 * fields, an unknown zone or sheet, a scale upside down.
 *
 * @param detected what was found in the file; null before it was first read
 * @throws Problem 422 naming every part at fault
 */
export function checkMapping(mapping: PartialMapping, kind: ImportKind, detected: Detected | null): void {
  const faults = [...fieldFaults(mapping, kind), ...columnFaults(mapping), ...valueFaults(mapping, kind), ...optionFaults(mapping), ...sheetFaults(mapping, detected)];
  const [first] = faults;
  if (first) throw unprocessable('invalid_mapping', `${first.path} ${first.message}.`, faults.slice(0, 20));
}

function fieldFaults({ columns, values, options }: PartialMapping, kind: ImportKind): FieldError[] {
  const known = new Set(kind.fields.map(({ name }) => name));
  const named = [
    ...Object.keys(columns ?? {}).map((field) => [field, `/body/columns/${field}`]),
    ...Object.keys(values ?? {}).map((field) => [field, `/body/values/${field}`]),
    ...Object.keys(options?.units ?? {}).map((field) => [field, `/body/options/units/${field}`]),
  ] as [field: string, path: string][];
  return named.filter(([field]) => !known.has(field)).map(([, path]) => fault(path, `is no field of ${kind.name}`));
}

function columnFaults({ columns }: PartialMapping): FieldError[] {
  const seen = new Map<number, string>();
  return Object.entries(columns ?? {}).flatMap(([field, column]) => {
    if (column === null) return [];
    const other = seen.get(column);
    seen.set(column, field);
    return other === undefined ? [] : [fault(`/body/columns/${field}`, `is the column of ${other} already`)];
  });
}

function valueFaults({ values }: PartialMapping, kind: ImportKind): FieldError[] {
  return Object.entries(values ?? {}).flatMap(([field, meanings]) =>
    Object.entries(meanings)
      .filter(([, meaning]) => !kind.accepts(field, meaning))
      .map(([word]) => fault(`/body/values/${field}/${cut(word, 60)}`, 'has a meaning the field cannot have')),
  );
}

function optionFaults({ options }: PartialMapping): FieldError[] {
  const faults: FieldError[] = [];
  if (options?.timezone !== undefined && !isTimezone(options.timezone)) faults.push(fault('/body/options/timezone', 'is no IANA time zone'));
  const [min = 0, max = 1] = (options?.ratingScale ?? '0-1').split('-').map(Number);
  if (max <= min) faults.push(fault('/body/options/ratingScale', 'must rise, as in 1-10'));
  return faults;
}

function sheetFaults({ sheet }: PartialMapping, detected: Detected | null): FieldError[] {
  if (sheet === undefined || detected === null || detected.sheets.some(({ name }) => name === sheet)) return [];
  return [fault('/body/sheet', 'is no sheet of the file')];
}

function fault(path: string, message: string): FieldError {
  return { path, message };
}
