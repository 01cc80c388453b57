import { isMoment, type CellValue } from '../parsing/row-source.ts';
import { tidy } from './text.ts';

/**
 * A number, also from text: `1234.5`, `1,234.5`, `1.234,5`, `1 234,5`, `-3`, `85 %` (→ 85). With one kind of mark
 * only, `1,234` and `1.234.567` are grouped thousands, `0,125` and `1.234` are not.
 *
 * @returns null when it is no number.
 */
export function parseNumber(value: CellValue | undefined): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (isMoment(value)) return value.serial;
  if (typeof value !== 'string') return null;
  const text = tidy(value).replace(/\s*%$/, '').replace(/[\s'’](?=\d{3}(\D|$))/g, '');
  if (!/^[-+−]?\d[\d.,]*(e[-+]?\d+)?$|^[-+−]?[.,]\d+$/i.test(text)) return null;
  const number = Number(withPoint(text.replace('−', '-')));
  return Number.isFinite(number) ? number : null;
}

/** Thousands marks removed, decimal mark a point. */
function withPoint(text: string): string {
  const comma = text.lastIndexOf(',');
  const point = text.lastIndexOf('.');
  if (comma >= 0 && point >= 0) {
    const [thousands, decimal] = comma > point ? ['.', ','] : [',', '.'];
    return text.replaceAll(thousands, '').replace(decimal, '.');
  }
  const mark = comma >= 0 ? ',' : '.';
  const grouped = mark === ',' ? /^[-+]?[1-9]\d{0,2}(,\d{3})+$/ : /^[-+]?[1-9]\d{0,2}(\.\d{3}){2,}$/;
  return grouped.test(text) ? text.replaceAll(mark, '') : text.replace(mark, '.');
}
