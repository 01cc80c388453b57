import type { ParsingLimits } from '../limits.ts';
import { FileRefused } from '../refusal.ts';
import { readXml } from './xml-reader.ts';
import type { XmlHandler } from './xml-reader.ts';
import type { ZipArchive } from './zip-archive.ts';

/**
 * Gathers the text of one string item (`si` or `is`): its runs joined, without the phonetic readings that
 * Japanese workbooks put beside them.
 */
export class StringItem {
  readonly #limits: ParsingLimits;
  #text = '';
  #inText = false;
  #phonetic = 0;

  constructor(limits: ParsingLimits) {
    this.#limits = limits;
  }

  begin(): void {
    this.#text = '';
    this.#phonetic = 0;
    this.#inText = false;
  }

  open(name: string): void {
    if (name === 't') this.#inText = this.#phonetic === 0;
    else if (name === 'rPh') this.#phonetic += 1;
  }

  text(text: string): void {
    if (!this.#inText) return;
    this.#text += text;
    if (this.#text.length > this.#limits.cellCharacters * 7) throw tooLong(this.#limits);
  }

  close(name: string): void {
    if (name === 't') this.#inText = false;
    else if (name === 'rPh') this.#phonetic -= 1;
  }

  /** @throws FileRefused when the text is longer than a cell can be. */
  end(): string {
    const text = unescape(this.#text);
    if (text.length > this.#limits.cellCharacters) throw tooLong(this.#limits);
    return text;
  }
}

/** Reads the table of strings that cells point into: the one thing that has to be held in memory. */
export async function readSharedStrings(archive: ZipArchive, part: string | null, limits: ParsingLimits): Promise<string[]> {
  const strings: string[] = [];
  if (part === null || !archive.has(part)) return strings;
  if (archive.size(part) > limits.sharedStrings) {
    throw new FileRefused('zip_bomb', `The workbook's texts take more than ${limits.sharedStrings / 1024 / 1024} MB.`);
  }
  const item = new StringItem(limits);
  const handler: XmlHandler = {
    open: (name) => (name === 'si' ? item.begin() : item.open(name)),
    text: (text) => item.text(text),
    close: (name) => {
      if (name !== 'si') item.close(name);
      else if (strings.push(item.end()) > limits.sharedStringCount) {
        throw new FileRefused('zip_bomb', `The workbook has more than ${limits.sharedStringCount} texts.`);
      }
    },
  };
  await readXml(part, archive.text(part), handler, limits);
  return strings;
}

/** `_x000D_` stands for a character XML cannot hold (ECMA-376 part 1, 22.9.2.19). */
function unescape(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function tooLong(limits: ParsingLimits): FileRefused {
  return new FileRefused('cell_too_long', `A cell holds more than ${limits.cellCharacters} characters.`);
}
