import { withoutUnseen } from '../../http/plain-text.ts';
import { isMoment, type CellValue } from '../parsing/row-source.ts';
import { momentText } from './moments.ts';

/** The cell as a person reads it; empty for blank cells. */
export function textOf(value: CellValue | undefined): string {
  if (value === null || value === undefined) return '';
  if (isMoment(value)) return momentText(value);
  if (typeof value === 'object') return value.code;
  if (typeof value === 'number') return numberText(value);
  return tidy(String(value));
}

/** 0.1 + 0.2 is stored as 0.30000000000000004; Excel shows, and people mean, 15 significant digits. */
function numberText(value: number): string {
  return String(Number(value.toPrecision(15)));
}

/** ASCII with single blanks inside: there is nothing to tidy, and nothing to fold but case. Most texts of most files. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/;

/**
 * Without blanks around it, with single ones inside; non-breaking and zero-width ones count as blanks. Control
 * characters and halves of surrogate pairs, which the database cannot hold, are dropped, and so is what is taken out of
 * requests as well: whatever nobody sees, or turns the direction of text round.
 */
export function tidy(text: string): string {
  if (PLAIN.test(text)) return text;
  const clean = /[\p{Cc}\p{Cs}]/u.test(text) ? text.replace(/[^\P{Cc}\s]/gu, '').toWellFormed() : text;
  return withoutUnseen(clean.replace(/[\s\u00A0\u200B\uFEFF]/g, ' ')).replace(/ {2,}/g, ' ').trim();
}

/** What somebody wrote: its lines and blanks are theirs. Only blanks around it and what {@link tidy} drops are taken off. */
export const prose = (text: string): string => withoutUnseen(text.replaceAll(/\r\n?/g, '\n').replaceAll(/[^\P{Cc}\n\t]/gu, '')).toWellFormed().trim();

/** For comparing: case, accents, and blanks do not matter. `Ærø Müller ` and `aero muller` stay apart only in æ. */
export function fold(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase();
  return tidy(text).normalize('NFKD').replace(/\p{M}+/gu, '').toLowerCase().replaceAll('ß', 'ss').replaceAll('ł', 'l').normalize('NFC');
}

/** The words of a header: camel case split, punctuation dropped, folded. `AvgTalkDuration` → avg talk duration. */
export function words(text: string): string[] {
  const spaced = text.replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2').replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2');
  return fold(spaced).split(/[^\p{L}\p{N}%]+/u).filter(Boolean);
}
