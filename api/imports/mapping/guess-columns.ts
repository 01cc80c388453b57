import { isBlank, isCellError, type CellValue } from '../parsing/row-source.ts';
import { saysNoValue } from '../values/nothing.ts';
import { words } from '../values/text.ts';
import type { FieldDefinition } from './field.ts';

export interface ColumnGuess {
  readonly field: string;
  readonly column: number;
  /** 0 to 1: how well the header's words fit, lowered when the cells below do not. */
  readonly confidence: number;
}

/** Words that say how a column counts, not what it holds. */
const fillers = new Set(
  'ø,the,of,in,a,an,to,at,for,avg,average,mean,total,sum,mittlere,durchschnittliche,durchschn,der,die,das,des,und,de,d,del,la,el,los,las,le,les,l,du,et,y,di,della,dell,do,da,dos,em,het,een,van,w,moyen,moyenne,medio,media,gemiddelde,gem,sredni,srednia,seconds,second,secs,sec,sekunden,minutes,mins,min,minuten,hours,hh,mm,ss,s,y,n'.split(','),
);

/** Words that say a mean, and those that say something else of many numbers. */
const meanWords = new Set('avg,average,mean,ø,mittlere,durchschnittliche,durchschn,moyen,moyenne,medio,media,gemiddelde,gem,sredni,srednia'.split(','));
const sumWords = new Set('total,sum,max,maximum,longest,gesamt,summe,somme,totaal,suma,soma,razem'.split(','));
/** Words of a header that has measures below it, whatever else it names: nobody is called by them. */
const measures = new Set('%,time,wait,rate,ratio,level,score,count,duration,number,date,handle,talk,hold,zeit,dauer,quote,anzahl,duree,taux,tiempo,tasa,tempo,tijd,czas'.split(','));
const namings = new Set<FieldDefinition['holds']>(['person', 'text']);

/** Where `Avg ACD Time` stands beside `ACD Time`, the mean is the one. */
const notCalledMean = 0.99;

const leastConfidence = 0.5;
/** Columns beyond are not looked at: a sheet may have 16,384. */
export const widestHeader = 500;

/**
 * Guesses which column holds which field, best fits first; a column serves one field and a field has one column.
 *
 * @param header the cells of the header row.
 * @param sample some rows below it.
 */
export function guessColumns(
  header: readonly (CellValue | undefined)[],
  sample: readonly (readonly (CellValue | undefined)[])[],
  fields: readonly FieldDefinition[],
): ColumnGuess[] {
  const candidates: ColumnGuess[] = [];
  header.forEach((cell, column) => {
    if (typeof cell !== 'string' || cell.length > 200 || column >= widestHeader) return;
    const headerWords = meaningful(cell);
    const said = words(cell);
    const isMean = saysMean(cell);
    const isSum = !isMean && said.some((word) => sumWords.has(word));
    for (const field of fields) {
      const { fit, isItsName } = headerFit(headerWords, field);
      if (fit === 0 || (isSum && field.isMean === true)) continue;
      if (!isItsName && isMeasured(headerWords, field)) continue;
      const confidence = fit * contentFit(column, sample, field, isItsName) * (field.isMean === true && !isMean ? notCalledMean : 1);
      if (confidence >= leastConfidence) candidates.push({ field: field.name, column, confidence: Math.round(confidence * 100) / 100 });
    }
  });
  return bestOfEach(candidates);
}

/** `Avg ACD Time`: of one call there is no mean. */
export const saysMean = (header: CellValue | undefined): boolean => typeof header === 'string' && words(header).some((word) => meanWords.has(word));

function bestOfEach(candidates: readonly ColumnGuess[]): ColumnGuess[] {
  const fields = new Set<string>();
  const columns = new Set<number>();
  const ranked = [...candidates].sort((a, b) => b.confidence - a.confidence || a.column - b.column);
  return ranked.filter(({ field, column }) => {
    if (fields.has(field) || columns.has(column)) return false;
    fields.add(field);
    columns.add(column);
    return true;
  });
}

/** The words of a header that name its content: no remarks in brackets, no fillers unless nothing else is there. */
function meaningful(header: string): string[] {
  return withoutFillers(words(header.replace(/[([{].*?[)\]}]/g, ' ')));
}

function withoutFillers(all: string[]): string[] {
  const content = all.filter((word) => !fillers.has(word));
  return content.length > 0 ? content : all;
}

/** `Agent wait time` is no agent. */
const isMeasured = (headerWords: readonly string[], { holds }: FieldDefinition): boolean => namings.has(holds) && headerWords.some((word) => measures.has(word));

/** How well a header fits, 0 to 1, and whether it is a name of the field as it stands, not merely one among other words. */
function headerFit(headerWords: readonly string[], field: FieldDefinition): { fit: number; isItsName: boolean } {
  const { joined, byFirstWord } = namesOf(field);
  const same = joined.get(headerWords.join(''));
  // Among equally good fits the better known name wins.
  let best = same === undefined ? 0 : 1 - same * 0.001;
  for (const word of headerWords) {
    for (const { words: synonym, place } of byFirstWord.get(word) ?? []) {
      if (!synonym.every((part) => headerWords.includes(part))) continue;
      best = Math.max(best, 0.85 - 0.12 * (headerWords.length - synonym.length) - place * 0.001);
    }
  }
  return { fit: best, isItsName: same !== undefined };
}

interface Names {
  /** Place in the list by the words without blanks: `timestamp` is `time stamp`. */
  readonly joined: ReadonlyMap<string, number>;
  readonly byFirstWord: ReadonlyMap<string, readonly { readonly words: readonly string[]; readonly place: number }[]>;
}

const known = new WeakMap<FieldDefinition, Names>();

/** A field's names taken apart, once: every cell that might be a header is held against all of them. */
function namesOf(field: FieldDefinition): Names {
  const before = known.get(field);
  if (before) return before;
  const joined = new Map<string, number>();
  const byFirstWord = new Map<string, { words: string[]; place: number }[]>();
  for (const language of field.synonyms) {
    language.forEach((synonym, place) => {
      const content = withoutFillers(synonym.split(' '));
      const [first] = content;
      if (first === undefined) return;
      joined.set(content.join(''), Math.min(place, joined.get(content.join('')) ?? place));
      byFirstWord.set(first, [...(byFirstWord.get(first) ?? []), { words: content, place }]);
    });
  }
  const names = { joined, byFirstWord };
  known.set(field, names);
  return names;
}

/**
 * 1 when all sampled cells could be this field's, towards 0.3 the more there are that could not: one or two prove nothing,
 * and are better rejected by name than lost with their column. Blank columns are given the benefit of the doubt, and what
 * stands for a blank, or is a formula that failed, counts as one.
 *
 * @param isItsName the header leaves no doubt what vague cells are
 */
function contentFit(column: number, sample: readonly (readonly (CellValue | undefined)[])[], field: FieldDefinition, isItsName: boolean): number {
  let filled = 0;
  let fitting = 0;
  for (const cells of sample) {
    const cell = cells[column];
    if (isBlank(cell) || isCellError(cell) || saysNoValue(cell)) continue;
    filled += 1;
    if (field.plausible(cell) && (isItsName || field.vague?.(cell) !== true)) fitting += 1;
  }
  return filled === 0 ? 0.9 : 0.3 + 0.7 * ((fitting + 1) / (filled + 1));
}
