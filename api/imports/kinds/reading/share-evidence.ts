import type { ImportQuestion } from '../../mapping/import-mapping.ts';
import type { CellValue } from '../../parsing/row-source.ts';
import { parseNumber } from '../../values/numbers.ts';
import { textOf } from '../../values/text.ts';

const remembered = 2_000;

/** What the bare numbers of a column of shares say: up to 1 they are shares of one, beyond percent. `85 %` says itself what it is. */
export class ShareEvidence {
  #upToOne = 0;
  #beyond = 0;
  readonly #examples: { upToOne?: string; beyond?: string } = {};
  readonly #known = new Map<string, number | null>();

  add(cell: CellValue | undefined): void {
    const number = typeof cell === 'string' ? this.#parsed(cell) : typeof cell === 'number' ? cell : null;
    if (number === null || !(number > 0)) return;
    if (number <= 1) {
      this.#upToOne += 1;
      this.#examples.upToOne ??= textOf(cell);
    } else {
      this.#beyond += 1;
      this.#examples.beyond ??= textOf(cell);
    }
  }

  /** @returns null when the numbers are of both kinds */
  unit(): 'fraction' | 'percent' | null {
    if (this.#upToOne > 0) return this.#beyond > 0 ? null : 'fraction';
    return 'percent';
  }

  question(field: string, header: string): ImportQuestion {
    const { upToOne = '0.95', beyond = '95' } = this.#examples;
    const message = `“${header}” has numbers such as ${upToOne} and numbers such as ${beyond}. What do they count? Percent signs are read as they are.`;
    const choices = [
      { value: 'percent', label: `Percent: ${upToOne} is ${upToOne} %` },
      { value: 'fraction', label: `Shares of one: ${upToOne} is ${Math.round((parseNumber(upToOne) ?? 0) * 1e4) / 100} %` },
    ];
    return { code: 'share_unit', field, message, answer: `/options/units/${field}`, choices };
  }

  #parsed(cell: string): number | null {
    const known = this.#known.get(cell);
    if (known !== undefined) return known;
    const number = cell.includes('%') ? null : parseNumber(cell);
    if (this.#known.size < remembered) this.#known.set(cell, number);
    return number;
  }
}
