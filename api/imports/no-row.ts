import type { RowReader } from './kinds/import-kind.ts';
import { isFooterRow, isTotalsRow, saysTotal } from './mapping/layout.ts';
import type { SourceRow } from './parsing/row-source.ts';
import type { PeopleResolver } from './people-resolver.ts';

/**
 * Why a line below the header is no row; null where it is one. What sums up other rows is none itself: a row that can be read
 * is one, whatever it begins with, unless the person it names is called like a sum and is nobody here.
 *
 * @param probe reads what may be no row at all, and counts nothing
 */
export function noRow(row: SourceRow, probe: RowReader, resolver: PeopleResolver): 'totals_skipped' | 'footers_skipped' | null {
  if (isFooterRow(row)) return 'footers_skipped';
  if (!isTotalsRow(row)) return null;
  const { faults, person } = probe.parse(row);
  const isSum = faults.length > 0 || (person !== null && saysTotal(person) && resolver.resolve(person).kind === 'missing');
  return isSum ? 'totals_skipped' : null;
}
