import type { SerialMoment } from '../row-source.ts';

/** What a number shows, where that is not the number itself. */
export type NumberKind = SerialMoment['kind'] | 'percent';

/**
 * What a number with this format shows; null for anything that is no date, no time and no percentage.
 *
 * @param id numFmtId of the cell's style. The built-in ids are those of ECMA-376 part 1, 18.8.30, with the
 *   additional date formats that East Asian versions of Excel keep in 27–36 and 50–58.
 * @param code the custom format code, where the workbook defines one for this id.
 */
export function numberKind(id: number, code: string | undefined): NumberKind | null {
  if (code !== undefined) return kindOfCode(code);
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58)) return 'date';
  if (id === 9 || id === 10) return 'percent';
  if (id === 22) return 'datetime';
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35)) return 'time';
  return id >= 45 && id <= 47 ? 'duration' : null;
}

function kindOfCode(code: string): NumberKind | null {
  const bare = withoutLiterals(code);
  if (/^general$/i.test(bare.trim())) return null;
  if (bare.includes('%')) return 'percent';
  if (/\[(h+|m+|s+)\]/i.test(bare)) return 'duration';
  const letters = bare.replace(/\[[^\]]*\]/g, '').toLowerCase();
  const hasTime = /h|s/.test(letters) || /am\/pm|a\/p/.test(letters);
  // An `m` alone is a month, unless hours or seconds stand beside it.
  const hasDate = /y|d|g/.test(letters) || (!hasTime && letters.includes('m'));
  if (hasDate) return hasTime ? 'datetime' : 'date';
  if (!hasTime) return null;
  return letters.includes('h') ? 'time' : 'duration';
}

/** The first section of a format code without quoted, escaped and padding characters. */
function withoutLiterals(code: string): string {
  const bare = code.replace(/"[^"]*"/g, '').replace(/[\\_*]./g, '');
  return bare.split(';', 1)[0] ?? '';
}
