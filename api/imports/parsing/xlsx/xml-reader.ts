import { SaxesParser } from 'saxes';
import type { ParsingLimits } from '../limits.ts';
import { FileRefused } from '../refusal.ts';

export type XmlAttributes = Readonly<Record<string, string>>;

/** Receives elements by local name; a namespace prefix, which some programs write, is taken off. */
export interface XmlHandler {
  open(name: string, attributes: XmlAttributes): void;
  text?(text: string): void;
  close?(name: string): void;
}

/**
 * A well-formedness checking XML parser with bounded memory.
 *
 * No document type is accepted, so there are no entities to expand or to fetch; the parser would
 * otherwise gather a text, a comment or a list of attributes of any length, and any depth of elements.
 */
export class XmlReader {
  readonly #parser: SaxesParser;
  readonly #limits: ParsingLimits;
  readonly #part: string;
  #depth = 0;
  #sinceBoundary = 0;

  constructor(part: string, handler: XmlHandler, limits: ParsingLimits) {
    this.#part = part;
    this.#limits = limits;
    this.#parser = new SaxesParser({ position: false });
    this.#listen(handler);
  }

  write(chunk: string): void {
    this.#sinceBoundary += chunk.length;
    try {
      this.#parser.write(chunk);
    } catch (error) {
      throw this.#damaged(error);
    }
    if (this.#sinceBoundary > this.#limits.xmlRun + chunk.length) {
      throw new FileRefused('cell_too_long', `${this.#part} holds more than ${this.#limits.xmlRun} characters without a tag.`);
    }
  }

  /** @throws FileRefused when the document ends before its root element does. */
  end(): void {
    try {
      this.#parser.close();
    } catch (error) {
      throw this.#damaged(error);
    }
  }

  #listen(handler: XmlHandler): void {
    this.#parser.on('doctype', () => {
      throw new FileRefused('forbidden_xml', `${this.#part} declares a document type (DTD); workbooks have none, so it is not read.`);
    });
    this.#parser.on('opentag', (tag) => {
      this.#sinceBoundary = 0;
      this.#depth += 1;
      if (this.#depth > this.#limits.xmlDepth) {
        throw new FileRefused('forbidden_xml', `${this.#part} nests elements deeper than ${this.#limits.xmlDepth} levels.`);
      }
      handler.open(localName(tag.name), tag.attributes);
    });
    this.#parser.on('closetag', (tag) => {
      this.#sinceBoundary = 0;
      this.#depth -= 1;
      handler.close?.(localName(tag.name));
    });
    const text = handler.text?.bind(handler);
    if (!text) return;
    this.#parser.on('text', text);
    this.#parser.on('cdata', text);
  }

  #damaged(error: unknown): FileRefused {
    if (error instanceof FileRefused) return error;
    const reason = error instanceof Error ? error.message : String(error);
    return new FileRefused('damaged_file', `${this.#part} is not well-formed XML (${reason}).`, { cause: error });
  }
}

/** Reads a small part whole. */
export async function readXml(
  part: string,
  text: AsyncIterable<string>,
  handler: XmlHandler,
  limits: ParsingLimits,
): Promise<void> {
  const reader = new XmlReader(part, handler, limits);
  for await (const chunk of text) reader.write(chunk);
  reader.end();
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}
