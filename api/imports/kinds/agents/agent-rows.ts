import { fits } from '../../../http/contract-rules.ts';
import { cut } from '../../../text/cut.ts';
import type { ImportMapping, ImportQuestion } from '../../mapping/import-mapping.ts';
import type { CellValue, SourceRow } from '../../parsing/row-source.ts';
import type { ParsedRow } from '../../rows.ts';
import { saysNothing } from '../../values/nothing.ts';
import { fold, textOf } from '../../values/text.ts';
import type { RowReader } from '../import-kind.ts';
import { cellReader, nameReader, textReader, type CellReader } from '../reading/cell-readers.ts';
import { isBoolean, isIn, wordReader } from '../reading/decided-words.ts';
import { dayReader } from '../reading/days.ts';
import { RowCells } from '../reading/row-cells.ts';
import { WordTally } from '../reading/word-tally.ts';
import { activeWords, importedRoles, meanings, roleWords } from './agent-fields.ts';

/** Text of a cell that fits the contract's rule for a field, which is that of requests. */
const fitting = (schema: string) => (cell: CellValue): string | null => {
  const text = textOf(cell);
  return text !== '' && fits(schema, text) && !saysNothing(cell) ? text : null;
};
const asWritten = nameReader(255);
/** As `Null` somebody may be called, as `null` or `N/A` nobody is. */
const name: CellReader<string> = (cell) => asWritten(saysNothing(cell) && !/^\p{Lu}\p{Ll}+$/u.test(textOf(cell)) ? null : cell);

/** Reads a roster. A person goes by their e-mail, else their user name, else their name. */
export class AgentRows implements RowReader {
  readonly #columns: ImportMapping['columns'];
  readonly #texts: Readonly<Record<string, CellReader<string>>>;
  readonly #email: CellReader<string>;
  readonly #words: Readonly<Record<string, CellReader<string | boolean>>>;
  readonly #tally = new WordTally(meanings);
  #ordinal = 0;

  constructor(mapping: ImportMapping) {
    this.#columns = mapping.columns;
    this.#email = cellReader((cell) => fitting('Email')(cell)?.toLowerCase(), 'invalid_email', 'an e-mail address');
    this.#texts = {
      username: cellReader(fitting('Username'), 'invalid_username', 'a user name: 3 to 50 letters, digits and underscores'),
      department: cellReader(fitting('Department'), 'invalid_department', 'a department of 2 to 100 visible characters'),
      team: textReader(100),
      phone: cellReader(fitting('Phone'), 'invalid_phone', 'a telephone number of at most 20 characters'),
      joinedOn: dayReader(mapping.options.dateOrder),
    };
    this.#words = {
      role: wordReader(mapping, 'role', roleWords, isIn(importedRoles), 'a role an import may give (agent, team leader, viewer)'),
      isActive: wordReader(mapping, 'isActive', activeWords, isBoolean, 'active or inactive'),
    };
  }

  parse(row: SourceRow): ParsedRow {
    const cells = new RowCells(this.#columns, row);
    const fullName = this.#nameIn(cells);
    const email = cells.value('email', this.#email);
    const data: Record<string, unknown> = { ...(fullName === null ? {} : { fullName }), ...(email === null ? {} : { email }) };
    cells.addTo(data, this.#texts);
    cells.addTo(data, this.#words);
    // A blank says nothing: nobody empties a column of a roster to take everybody's telephone away.
    for (const field of ['username', 'department', 'team', 'role', 'phone', 'isActive', 'joinedOn']) if (data[field] === null) delete data[field];
    const { faults } = cells;
    const names = [email, typeof data['username'] === 'string' ? data['username'] : null, fullName].filter((one) => one !== null);
    if (names.length === 0 && faults.length === 0) cells.fault('fullName', 'missing', 'The row names nobody.');
    this.#tally.row(faults);
    this.#ordinal += 1;
    const [person = null, ...alsoKnownAs] = names;
    const externalId = cut(fold(person ?? `row ${row.rowNumber}`), 200);
    return { ordinal: this.#ordinal, rowNumber: row.rowNumber, externalId, hashed: false, person, alsoKnownAs, data: faults.length > 0 ? null : data, faults };
  }

  questions(): ImportQuestion[] {
    return this.#tally.questions();
  }

  #nameIn(cells: RowCells): string | null {
    const whole = cells.value('fullName', name);
    const parts = [cells.value('firstName', name), cells.value('lastName', name)].filter((part) => part !== null);
    const full = turned(whole) ?? (parts.length > 0 ? parts.join(' ') : null);
    if (full !== null && full.length < 2) cells.fault(cells.has('fullName') ? 'fullName' : 'lastName', 'invalid_name', `“${full}” is no name.`);
    return full;
  }
}

/** `Okafor, Amara` → `Amara Okafor`. */
function turned(text: string | null): string | null {
  const match = /^([^,]+),\s*([^,]+)$/.exec(text ?? '');
  return match ? `${match[2]} ${match[1]}` : text;
}
