import { isName } from '../../../http/plain-text.ts';
import { cut } from '../../../text/cut.ts';
import { isBlank, isCellError, type CellValue } from '../../parsing/row-source.ts';
import { saysNothing, saysNoValue } from '../../values/nothing.ts';
import { prose, textOf } from '../../values/text.ts';

/** A value, a blank, or the reason why the cell is neither. */
export type Reading<T> = { readonly value: T | null } | { readonly code: string; readonly message: string };

export type CellReader<T> = (cell: CellValue | undefined) => Reading<T>;

const blank = { value: null } as const;
const remembered = 2_000;

/**
 * Makes a reader from a parser. Texts repeat down a column (dates, words, names), so what they mean is
 * remembered, up to a bound.
 *
 * @param parse undefined or null: the cell does not read as what it should.
 * @param expected what the cell is not, or the whole reason
 * @param isNothing whether a cell that does not stands for a blank
 */
export function cellReader<T>(
  parse: (cell: CellValue) => T | null | undefined, code: string, expected: string | ((cell: CellValue) => string), isNothing: (cell: CellValue) => boolean = saysNoValue,
): CellReader<T> {
  const known = new Map<string, Reading<T>>();
  const read = (cell: CellValue): Reading<T> => {
    const value = isCellError(cell) ? null : parse(cell);
    if (value !== null && value !== undefined) return { value };
    if (isCellError(cell)) return { code: 'cell_error', message: `The formula in this cell failed (${cell.code}).` };
    if (isNothing(cell)) return blank;
    return { code, message: typeof expected === 'function' ? expected(cell) : `“${cut(textOf(cell), 60)}” is not ${expected}.` };
  };
  return (cell) => {
    if (isBlank(cell)) return blank;
    if (typeof cell !== 'string') return read(cell);
    const before = known.get(cell);
    if (before) return before;
    const reading = read(cell);
    if (known.size < remembered) known.set(cell, reading);
    return reading;
  };
}

/** Text of at most so many characters, in one line. */
export const textReader = (maxLength: number): CellReader<string> => unlessNothing(readerOf(maxLength, textOf));

/** Text as it was written, with its lines. */
export const proseReader = (maxLength: number): CellReader<string> => unlessNothing(readerOf(maxLength, (cell) => (typeof cell === 'string' ? prose(cell) : textOf(cell))));

/** A name, whatever it is: somebody may be called Null. Who is nobody shows when people are looked for. Letters that nobody sees are in no name. */
export function nameReader(maxLength: number): CellReader<string> {
  const read = readerOf(maxLength, textOf);
  return (cell) => {
    const reading = read(cell);
    if (!('value' in reading) || reading.value === null || isName(reading.value)) return reading;
    return { code: 'invalid_name', message: `“${cut(reading.value, 60)}” is no name: it must be one line of visible letters.` };
  };
}

const unlessNothing = (read: CellReader<string>): CellReader<string> => (cell) => (saysNothing(cell) ? blank : read(cell));

function readerOf(maxLength: number, read: (cell: CellValue | undefined) => string): CellReader<string> {
  return (cell) => {
    if (isCellError(cell)) return { code: 'cell_error', message: `The formula in this cell failed (${cell.code}).` };
    const text = read(cell);
    if (text.length > maxLength) return { code: 'too_long', message: `The text has ${text.length} characters; ${maxLength} are the most.` };
    return text === '' ? blank : { value: text };
  };
}
