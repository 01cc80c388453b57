import type { ParsingLimits } from '../limits.ts';
import { FileRefused } from '../refusal.ts';
import { readXml } from './xml-reader.ts';
import type { XmlAttributes } from './xml-reader.ts';
import type { ZipArchive } from './zip-archive.ts';

export interface WorkbookSheet {
  readonly name: string;
  readonly part: string;
  readonly hidden: boolean;
}

export interface Workbook {
  readonly sheets: readonly WorkbookSheet[];
  /** The workbook counts its days from 1904 (old Excel for Mac). */
  readonly date1904: boolean;
  readonly sharedStringsPart: string | null;
  readonly stylesPart: string | null;
}

interface Relationship {
  readonly type: string;
  readonly target: string;
}

/** What else comes as a zip archive, by a part that only it has. */
const OTHERS: readonly (readonly [part: string, what: string])[] = [
  ['xl/workbook.bin', 'a binary workbook (.xlsb). Save it as .xlsx and upload it again.'],
  ['word/document.xml', 'a text document (.docx), not a workbook.'],
  ['ppt/presentation.xml', 'a presentation (.pptx), not a workbook.'],
  ['content.xml', 'an OpenDocument file, such as LibreOffice writes (.ods). Save it as .xlsx and upload it again.'],
  ['Index/Document.iwa', 'a file of Numbers, Pages or Keynote. Export it as .xlsx or .csv and upload that.'],
];
const isOther = (part: string): boolean => OTHERS.some(([name]) => name.toLowerCase() === part.toLowerCase());

function otherArchive(archive: ZipArchive, part: string | null): string {
  const other = OTHERS.find(([name]) => name.toLowerCase() === part?.toLowerCase()) ?? OTHERS.find(([name]) => archive.has(name));
  return other ? `The file is ${other[1]}` : 'The file is a zip archive, but no workbook is inside.';
}

/**
 * Finds the sheets and the parts they need by following relationships, never by guessing part names.
 * Chart sheets, dialog sheets and everything external are left out.
 *
 * @throws FileRefused when the archive is no workbook or has more sheets than the limit.
 */
export async function readWorkbook(archive: ZipArchive, limits: ParsingLimits): Promise<Workbook> {
  const root = await readRelationships(archive, '', limits);
  const part = targetOf(root, 'officeDocument');
  if (!part || !archive.has(part) || isOther(part)) throw new FileRefused('not_a_workbook', otherArchive(archive, part));
  const listed: { name: string; id: string; hidden: boolean }[] = [];
  let date1904 = false;
  let isWorkbook = false;
  await readSmallXml(archive, part, limits, (name, attributes) => {
    if (name === 'workbook') isWorkbook = true;
    else if (name === 'workbookPr') date1904 = isTrue(attributes['date1904']);
    else if (name === 'sheet') listed.push(sheetEntry(attributes, listed.length, limits));
  });
  if (!isWorkbook) throw new FileRefused('not_a_workbook', 'The file is an Office document, but not a workbook.');
  const related = await readRelationships(archive, part, limits);
  const sheets = listed.flatMap(({ name, id, hidden }) => {
    const relationship = related.get(id);
    return relationship?.type === 'worksheet' ? [{ name, hidden, part: relationship.target }] : [];
  });
  if (sheets.length === 0) throw new FileRefused('not_a_workbook', 'The workbook has no worksheet.');
  return {
    sheets: withNamesOfTheirOwn(sheets),
    date1904,
    sharedStringsPart: targetOf(related, 'sharedStrings'),
    stylesPart: targetOf(related, 'styles'),
  };
}

function sheetEntry(attributes: XmlAttributes, index: number, limits: ParsingLimits): { name: string; id: string; hidden: boolean } {
  if (index >= limits.sheets) {
    throw new FileRefused('too_many_sheets', `The workbook has more than ${limits.sheets} sheets.`);
  }
  const id = Object.entries(attributes).find(([name]) => /(^|:)id$/.test(name))?.[1] ?? '';
  return { name: (attributes['name'] ?? '').slice(0, 100), id, hidden: /hidden/i.test(attributes['state'] ?? '') };
}

/** Excel allows no name twice, other programs and attackers do: the later ones are told apart by a number. */
function withNamesOfTheirOwn(sheets: readonly WorkbookSheet[]): WorkbookSheet[] {
  const taken = new Set<string>();
  return sheets.map((sheet) => {
    let name = sheet.name;
    for (let n = 2; taken.has(name.toLowerCase()); n += 1) name = `${sheet.name} (${n})`;
    taken.add(name.toLowerCase());
    return { ...sheet, name };
  });
}

export async function readRelationships(archive: ZipArchive, part: string, limits: ParsingLimits): Promise<Map<string, Relationship>> {
  const slash = part.lastIndexOf('/');
  const folder = part.slice(0, slash + 1);
  const relationships = new Map<string, Relationship>();
  const relationshipsPart = `${folder}_rels/${part.slice(slash + 1)}.rels`;
  if (!archive.has(relationshipsPart)) return relationships;
  await readSmallXml(archive, relationshipsPart, limits, (name, attributes) => {
    if (name !== 'Relationship' || attributes['TargetMode'] === 'External') return;
    relationships.set(attributes['Id'] ?? '', {
      // The transitional and the strict format differ only in the part before the last slash.
      type: (attributes['Type'] ?? '').replace(/^.*\//, ''),
      target: resolvePart(folder, attributes['Target'] ?? ''),
    });
  });
  return relationships;
}

export async function readSmallXml(
  archive: ZipArchive,
  part: string,
  limits: ParsingLimits,
  open: (name: string, attributes: XmlAttributes) => void,
): Promise<void> {
  if (archive.size(part) > limits.smallPart) {
    throw new FileRefused('zip_bomb', `${part} is far larger than any workbook needs it to be.`);
  }
  await readXml(part, archive.text(part), { open }, limits);
}

function targetOf(relationships: ReadonlyMap<string, Relationship>, type: string): string | null {
  for (const relationship of relationships.values()) {
    if (relationship.type === type) return relationship.target;
  }
  return null;
}

/** Resolves a relationship's target to a part name. */
function resolvePart(folder: string, target: string): string {
  const path: string[] = target.startsWith('/') ? [] : folder.split('/').filter(Boolean);
  for (const segment of target.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') path.push(segment);
    else if (path.pop() === undefined) {
      throw new FileRefused('unsafe_archive', 'The workbook refers to a part outside of itself.');
    }
  }
  return path.join('/');
}

function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}
