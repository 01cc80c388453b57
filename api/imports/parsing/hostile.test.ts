import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import { readRows, withFile, withSource } from '../../../test/imports/read-rows.ts';
import { table, workbook } from '../../../test/imports/workbook-writer.ts';
import { zip } from '../../../test/imports/zip-writer.ts';
import { interactionsKind } from '../kinds/interactions/interactions-kind.ts';
import { proposeMapping } from '../mapping/propose-mapping.ts';
import type { ParsingLimits } from './limits.ts';
import { parseDate } from '../values/dates.ts';
import { textOf } from '../values/text.ts';
import { FileRefused } from './refusal.ts';
import { readUntil, type RowSource } from './row-source.ts';

const sheet = (xml: string | Buffer, more: { claimedSize?: number; claimedCrc?: number } = {}): Buffer =>
  workbook({ sheets: [{ name: 'S', rows: [] }], parts: [{ name: 'xl/worksheets/sheet1.xml', data: xml, ...more }] });
const rows = (xml: string): Buffer => sheet(`<worksheet><sheetData>${xml}</sheetData></worksheet>`);

const styled = (xml: string): Buffer => workbook({ sheets: [{ name: 'S', rows: [] }], parts: [{ name: 'xl/styles.xml', data: `<styleSheet>${xml}</styleSheet>` }] });

const related = (target: string, mode = ''): Buffer => workbook({ sheets: [{ name: 'S', rows: [] }], parts: [{ name: 'xl/_rels/workbook.xml.rels', data: `<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="${target}"${mode}/></Relationships>` }] });

/** The code a file is refused with; fails when it is read. */
async function refusal(file: Buffer | string, name = 'book.xlsx', limits: Partial<ParsingLimits> = {}): Promise<string> {
  try {
    await readRows(file, name, limits);
  } catch (error) {
    if (error instanceof FileRefused) return error.code;
    throw error;
  }
  return 'read';
}

/** A member of a gzip file (RFC 1952) with an extra field of random bytes and nothing in it. */
function paddedMember(): Buffer {
  const field = randomBytes(60_000);
  const header = Buffer.from([0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 3, field.length & 0xff, field.length >> 8]);
  return Buffer.concat([header, field, gzipSync('').subarray(10)]);
}

describe('files that mean harm, or are broken', () => {
  const cases: readonly [what: string, file: () => Buffer | string, code: string, name?: string, limits?: Partial<ParsingLimits>][] = [
    ['a part that inflates a thousandfold', () => sheet(Buffer.alloc(64_000_000, ' ')), 'zip_bomb'],
    ['parts that inflate beyond the limit together', () => workbook({ sheets: [{ name: 'S', rows: [] }], parts: Array.from({ length: 5 }, (_, i) => ({ name: `junk${i}.bin`, data: Buffer.alloc(30_000) })) }), 'zip_bomb', 'book.xlsx', { totalInflated: 100_000 }],
    ['a part that inflates to more than the directory says', () => sheet(Buffer.alloc(5_000_000, ' '), { claimedSize: 1000 }), 'damaged_file'],
    ['a part that inflates to less', () => sheet('<worksheet/>', { claimedSize: 1000 }), 'damaged_file'],
    ['a part with a wrong checksum', () => sheet('<worksheet><sheetData/></worksheet>', { claimedCrc: 1 }), 'damaged_file'],
    ['more parts than there can be', () => zip(Array.from({ length: 30 }, (_, i) => ({ name: `${i}`, data: '' }))), 'too_many_parts', 'book.xlsx', { archiveEntries: 20 }],
    ['10,000 sheets', () => workbook({ sheets: Array.from({ length: 10_000 }, (_, i) => ({ name: `S${i}`, rows: [] })) }), 'too_many_sheets'],
    ['a part twice', () => zip([{ name: 'xl/workbook.xml', data: '' }, { name: 'XL/Workbook.xml', data: '' }]), 'unsafe_archive'],
    ['an absolute path', () => zip([{ name: '/etc/passwd', data: 'x' }]), 'unsafe_archive'],
    ['a path upwards', () => zip([{ name: 'xl/../../x', data: 'x' }]), 'unsafe_archive'],
    ['a relationship upwards', () => workbook({ sheets: [{ name: 'S', rows: [] }], parts: [{ name: 'xl/_rels/workbook.xml.rels', data: '<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="../../../etc/passwd"/></Relationships>' }] }), 'unsafe_archive'],
    ['a relationship to an absolute path', () => related('/etc/passwd'), 'damaged_file'],
    ['a relationship to a file of the machine', () => related('file:///etc/passwd'), 'damaged_file'],
    ['a sheet that is a web address', () => related('https://example.test/sheet.xml', ' TargetMode="External"'), 'not_a_workbook'],
    ['entities by the billion', () => sheet(`<!DOCTYPE b [<!ENTITY a0 "ha">${Array.from({ length: 30 }, (_, i) => `<!ENTITY a${i + 1} "&a${i};&a${i};">`).join('')}]><worksheet><sheetData>&a30;</sheetData></worksheet>`), 'forbidden_xml'],
    ['a zip bomb inside gzip', () => gzipSync(sheet(Buffer.alloc(64_000_000, ' '))), 'zip_bomb', 'book.xlsx.gz'],
    ['a bomb inside gzip behind headers that nothing comes of', () => Buffer.concat([...Array.from({ length: 20 }, paddedMember), gzipSync(Buffer.alloc(60_000_000, ','))]), 'zip_bomb', 'book.csv.gz', { ratioWindow: 16 * 1024 * 1024 }],
    ['a workbook inside a zip', () => zip([{ name: 'book.xlsx', data: table([['id']]) }]), 'not_a_workbook'],
    ['an encrypted part', () => zip([{ name: 'xl/workbook.xml', data: 'x', encrypted: true }]), 'encrypted_file'],
    ['an unusual compression', () => zip([{ name: 'xl/workbook.xml', data: 'x', method: 14 }]), 'unsupported_format'],
    ['entities that expand', () => sheet('<!DOCTYPE b [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet><sheetData>&b;</sheetData></worksheet>'), 'forbidden_xml'],
    ['an external entity', () => sheet('<!DOCTYPE x SYSTEM "file:///etc/passwd"><worksheet/>'), 'forbidden_xml'],
    ['an undeclared entity', () => rows('<row r="1"><c r="A1" t="str"><v>&secret;</v></c></row>'), 'damaged_file'],
    ['elements 100 deep', () => sheet('<a>'.repeat(100) + '</a>'.repeat(100)), 'forbidden_xml'],
    ['an endless text', () => rows(`<row r="1"><c r="A1" t="str"><v>${randomText(6_000_000)}</v></c></row>`), 'cell_too_long'],
    ['an endless comment', () => rows(`<!-- ${randomText(6_000_000)} -->`), 'cell_too_long'],
    ['an endless attribute', () => rows(`<row r="1" x="${randomText(6_000_000)}"/>`), 'cell_too_long'],
    ['a text of 32,768 characters', () => table([['x'.repeat(32_768)]]), 'cell_too_long'],
    ['a cell beyond column XFD', () => rows('<row r="1"><c r="XFE1"><v>1</v></c></row>'), 'too_many_columns'],
    ['a row of 16,385 cells without addresses', () => rows(`<row>${'<c><v>1</v></c>'.repeat(16_385)}</row>`), 'too_many_columns'],
    ['a row beyond the last', () => rows('<row r="1048577"><c r="A1048577"><v>1</v></c></row>'), 'too_many_rows'],
    ['rows out of order', () => rows('<row r="2"/><row r="1"/>'), 'damaged_file'],
    ['a text the workbook does not have', () => rows('<row r="1"><c r="A1" t="s"><v>99</v></c></row>'), 'damaged_file'],
    ['a text before the first', () => rows('<row r="1"><c r="A1" t="s"><v>-1</v></c></row>'), 'damaged_file'],
    ['a text by half an index', () => rows('<row r="1"><c r="A1" t="s"><v>0.5</v></c></row>'), 'damaged_file'],
    ['XML cut off', () => sheet('<worksheet><sheetData><row r="1">'), 'damaged_file'],
    ['a sheet that is not there', () => workbook({ sheets: [{ name: 'S', rows: [] }], parts: [{ name: 'xl/_rels/workbook.xml.rels', data: '<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="gone.xml"/></Relationships>' }] }), 'damaged_file'],
    ['a text document', () => zip([{ name: '_rels/.rels', data: '<Relationships><Relationship Id="r" Type="x/officeDocument" Target="word/document.xml"/></Relationships>' }, { name: 'word/document.xml', data: '<document/>' }]), 'not_a_workbook'],
    ['a workbook of Excel 97', () => compoundFile('Workbook'), 'legacy_workbook'],
    ['a workbook with a password', () => compoundFile('EncryptedPackage'), 'encrypted_file'],
    ['a compound file cut off', () => compoundFile('Workbook').subarray(0, 40), 'damaged_file'],
    ['more formats of cells than there can be', () => styled('<cellXfs>' + '<xf/>'.repeat(70_000) + '</cellXfs>'), 'zip_bomb'],
    ['more formats of numbers than there can be', () => styled(Array.from({ length: 70_000 }, (_, i) => `<numFmt numFmtId="${i}" formatCode="0"/>`).join('')), 'zip_bomb'],
    ['styles larger than any', () => styled(randomText(2000)), 'zip_bomb', 'book.xlsx', { styles: 1000 }],
    ['a line of commas without end', () => `id,agent\n${','.repeat(5_000_000)}`, 'cell_too_long', 'calls.csv'],
    ['a PDF', () => '%PDF-1.7 …', 'unsupported_format'],
    ['a web page called workbook', () => '\n<html><table><tr><td>1</td></tr></table></html>', 'unsupported_format'],
    ['text called workbook', () => 'id,agent\n1,Ada', 'not_a_workbook'],
    ['bytes called text', () => Buffer.from(Array.from({ length: 100 }, (_, i) => (i % 31) + 1)), 'unsupported_format', 'calls.csv'],
    ['gzip cut off', () => gzipSync('id,agent\n1,Ada').subarray(0, 20), 'damaged_file', 'calls.csv.gz'],
    ['gzip that inflates a thousandfold', () => gzipSync(Buffer.alloc(64_000_000, ' ')), 'zip_bomb', 'calls.csv.gz'],
    ['gzip in gzip', () => gzipSync(gzipSync('id,agent\n1,Ada')), 'unsupported_format', 'calls.csv.gz.gz'],
    ['nothing at all', () => '', 'empty_file', 'calls.csv'],
    ['a CSV cell of 40,000 characters', () => `id,note\n1,${'x'.repeat(40_000)}`, 'cell_too_long', 'calls.csv'],
    ['a CSV cell of a million characters', () => `id,note\n1,"${'x'.repeat(1_000_000)}"`, 'cell_too_long', 'calls.csv'],
    ['a CSV row of 16,385 cells', () => `${'x,'.repeat(16_384)}x\n`, 'too_many_columns', 'calls.csv'],
    ['a quotation mark that is never closed', () => `id,note\n1,"${'x,y\n'.repeat(2_000_000)}`, 'cell_too_long', 'calls.csv'],
  ];
  for (const [what, file, code, name, limits] of cases) {
    it(`${what}: ${code}`, async () => expect(await refusal(file(), name, limits)).to.equal(code)).timeout(20_000);
  }

  it('reads what is large but allowed: column XFD, cells of 32,767 characters, row 1,048,576', async () => {
    const found = await readRows(rows('<row r="1"><c r="XFD1"><v>7</v></c></row><row r="1048576"><c r="A1048576" t="str"><v>last</v></c></row>'));
    expect(found.map(({ rowNumber, cells }) => [rowNumber, cells.length, cells.at(-1)])).to.deep.equal([[1, 16_384, 7], [1_048_576, 1, 'last']]);
    const [long] = await readRows(table([['x'.repeat(32_767)]]));
    expect(long?.cells[0]).to.have.length(32_767);
  });

  it('takes formulas, links and macros for what they show', async () => {
    const found = await readRows(rows('<row r="1"><c r="A1" t="str"><f>cmd|\'/c calc\'!A0</f><v>=cmd|x</v></c><c r="B1"><f>[1]Other!A1</f><v>5</v></c></row>'), 'book.xlsm');
    expect(found[0]?.cells).to.deep.equal(['=cmd|x', 5]);
  });

  it('tells sheets of one name apart', async () => {
    const book = workbook({ sheets: [{ name: 'Calls', rows: [['one']] }, { name: 'calls', rows: [['two']] }, { name: 'Calls', rows: [['three']] }] });
    await withSource(book, 'book.xlsx', async (source) => {
      expect(source.sheets.map(({ name }) => name)).to.deep.equal(['Calls', 'calls (2)', 'Calls (3)']);
      const found: unknown[] = [];
      for (const { name } of source.sheets) for await (const row of source.rows(name)) found.push(row.cells[0]);
      expect(found).to.deep.equal(['one', 'two', 'three']);
    });
  });

  it('takes dates beyond every calendar for none, and says so of their rows', async () => {
    const numbers = ['1e9', '-5', '0', '1e308', '2958466'].map((value, i) => `<c r="${'ABCDE'[i]}1" s="2"><v>${value}</v></c>`).join('');
    const texts = ['99999-01-01', '2021-13-45', '2021-02-30T25:61:00'].map((value, i) => `<c r="${'FGH'[i]}1" t="d"><v>${value}</v></c>`).join('');
    const [row] = await readRows(rows(`<row r="1">${numbers}${texts}</row>`));
    expect(row?.cells).to.have.length(8);
    for (const cell of row?.cells ?? []) {
      expect(parseDate(cell, 'dmy'), JSON.stringify(cell)).to.equal(null);
      expect(textOf(cell)).to.be.a('string').that.is.not.empty;
    }
  });

  it('looks at no more of wide sheets than anybody fills, in time and memory that do not grow with them', async () => {
    const cell = (text: string): string => `<c t="str"><v>${text}</v></c>`;
    const names = Array.from({ length: 12 }, (_, i) => ({ name: `Sheet ${i + 1}`, rows: [] }));
    const relations = names.map((_, i) => `<Relationship Id="rId${i + 1}" Type="x/worksheet" Target="worksheets/sheet1.xml"/>`).join('');
    const twelveTimes = (rows: readonly string[]): Buffer => {
      const data = `<worksheet><sheetData>${rows.map((row) => `<row>${row}</row>`).join('')}</sheetData></worksheet>`;
      return workbook({ sheets: names, parts: [{ name: 'xl/worksheets/sheet1.xml', data }, { name: 'xl/_rels/workbook.xml.rels', data: `<Relationships>${relations}</Relationships>` }] });
    };
    const header = ['Call Id', 'Agent', 'Date'].map(cell).join('');
    const wide = twelveTimes(Array.from({ length: 12 }, () => header + cell('Agent').repeat(16_381)));
    const long = twelveTimes([header, ...Array.from({ length: 60 }, () => Array.from({ length: 60 }, () => cell(randomBytes(40).toString('hex') + 'x'.repeat(8000))).join(''))]);
    const { outcomes, megabytes } = await alone(['wide.xlsx', wide], ['long.xlsx', long]);
    expect(outcomes).to.deep.equal([{ sheets: 12, columns: 500 }, { sheets: 12, columns: 3 }]);
    expect(megabytes).to.be.below(100);
  }).timeout(60_000);

  it('refuses the worst of them without much memory', async () => {
    const { outcomes, megabytes } = await alone(
      ['bomb.xlsx', sheet(Buffer.alloc(64_000_000, ' '))], ['bomb.csv.gz', gzipSync(Buffer.alloc(64_000_000, ' '))], ['open.csv', `id,note\n1,"${'x,y\n'.repeat(2_000_000)}`],
      ['cell.csv', `id,note\n1,"${'x'.repeat(1_000_000)}"`], ['sheets.xlsx', workbook({ sheets: Array.from({ length: 2000 }, (_, i) => ({ name: `S${i}`, rows: [] })) })],
    );
    expect(outcomes).to.deep.equal(['zip_bomb', 'zip_bomb', 'cell_too_long', 'cell_too_long', 'too_many_sheets']);
    expect(megabytes).to.be.below(60);
  }).timeout(60_000);

  const good = table([['Call Id', 'Agent', 'Date'], ...Array.from({ length: 200 }, (_, i) => [`ID${i}`, `Agent ${i % 7}`, { number: 44_000 + i, style: 'date' as const }])]);

  it('refuses a workbook cut off anywhere, and never anything else', async () => {
    for (let length = 0; length < good.length; length += Math.ceil(good.length / 60)) expect(await refusal(good.subarray(0, length)), `${length} bytes`).to.be.oneOf(['damaged_file', 'empty_file', 'not_a_workbook']);
  });

  it('reads or refuses a workbook with bytes turned over, and never anything else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 8 }), async (flips) => {
        const bytes = Buffer.from(good);
        for (const [at, mask] of flips) bytes[at] = (bytes[at] ?? 0) ^ mask;
        expect(await refusal(bytes)).to.be.a('string');
      }),
      { numRuns: 150 },
    );
  }).timeout(60_000);

  it('reads or refuses any text as CSV, and never anything else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', '\r', '\t', 'ü', ' ', '=', '\ud83d\ude00'), maxLength: 300 }), async (text) => {
        expect(await refusal(text, 'calls.csv')).to.be.a('string');
      }),
      { numRuns: 200 },
    );
  }).timeout(60_000);

  it('looks once into a part that many sheets are, and into no more than anybody fills', async () => {
    const names = Array.from({ length: 200 }, (_, i) => `S${i}`);
    const book = workbook({
      sheets: names.map((name) => ({ name, rows: [] })),
      parts: [
        { name: 'xl/worksheets/sheet1.xml', data: `<worksheet><sheetData>${'<x>y</x>'.repeat(100_000)}</sheetData></worksheet>` },
        { name: 'xl/_rels/workbook.xml.rels', data: `<Relationships>${names.map((_, i) => `<Relationship Id="rId${i + 1}" Type="x/worksheet" Target="worksheets/sheet1.xml"/>`).join('')}</Relationships>` },
      ],
    });
    await withSource(book, 'book.xlsx', async (source) => {
      const read: (string | null)[] = [];
      const counting: RowSource = { ...readUntil(new AbortController().signal, source), rows: (name) => (read.push(name), source.rows(name)) };
      const { questions } = await proposeMapping(counting, interactionsKind(), {}, () => Promise.resolve(null));
      expect(read).to.deep.equal(['S0']);
      expect(questions.map(({ code }) => code)).to.include('sheet_choice');
    });
  });

  it('stops inflating when nobody reads on', async () => {
    await withSource(rows('<row><c><v>1</v></c></row>'.repeat(200_000)), 'book.xlsx', async (source) => {
      for await (const row of source.rows('S')) {
        expect(row.rowNumber).to.equal(1);
        break;
      }
      expect(source.fraction()).to.be.below(0.2);
    });
  });
});

/** With so little for objects nothing lies about that could have been cleared away: what is not needed is not measured. MB. */
const SMALL_HEAP = ['--max-old-space-size=64', '--max-semi-space-size=4'];

/**
 * What becomes of files in a process of their own, and how much memory they took at most, in MB, beside its own.
 * @throws where they need more objects at a time than fit a small heap
 */
function alone(...files: readonly (readonly [name: string, content: Buffer | string])[]): Promise<{ outcomes: unknown[]; megabytes: number }> {
  const propose = fileURLToPath(new URL('../../../test/hostile/propose.ts', import.meta.url));
  const run = async (paths: readonly string[]): Promise<{ outcomes: unknown[]; megabytes: number }> =>
    JSON.parse((await promisify(execFile)(process.execPath, [...SMALL_HEAP, propose, ...paths], { timeout: 60_000 })).stdout) as { outcomes: unknown[]; megabytes: number };
  const lend = (rest: typeof files, paths: readonly string[]): ReturnType<typeof run> => {
    const [file, ...further] = rest;
    return file ? withFile(file[1], file[0], (path) => lend(further, [...paths, path])) : run(paths);
  };
  return lend(files, []);
}

/** Text that does not deflate well, so that it is not taken for a bomb. */
function randomText(length: number): string {
  let seed = 1;
  let text = '';
  while (text.length < length) {
    seed = (seed * 48_271) % 2_147_483_647;
    text += seed.toString(36);
  }
  return text;
}

/** An OLE compound file with one stream in its directory (MS-CFB 2.2, 2.6). */
function compoundFile(stream: string): Buffer {
  const file = Buffer.alloc(512 * 3);
  file.write('d0cf11e0a1b11ae1', 0, 'hex');
  file.writeUInt16LE(9, 30);
  file.writeUInt32LE(1, 48);
  file.write(stream, 512 * 2, 'utf16le');
  return file;
}
