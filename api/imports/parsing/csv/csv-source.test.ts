import { expect } from 'chai';
import { readRows } from '../../../../test/imports/read-rows.ts';

describe('reading a text file', () => {
  const cells = async (content: Buffer | string) => (await readRows(content, 'calls.csv')).map((row) => row.cells);

  for (const [name, delimiter] of [['commas', ','], ['semicolons', ';'], ['tabs', '\t'], ['bars', '|']] as const) {
    it(`finds ${name}, and leaves those in quotes alone`, async () => {
      const text = `id${delimiter}note\n1${delimiter}"a${delimiter}b, c; d"\n2${delimiter}x\n`;
      expect(await cells(text)).to.deep.equal([['id', 'note'], ['1', `a${delimiter}b, c; d`], ['2', 'x']]);
    });
  }

  it('is not misled by decimal commas', async () => {
    expect(await cells('id;wait\n1;3,5\n2;4,25\n')).to.deep.equal([['id', 'wait'], ['1', '3,5'], ['2', '4,25']]);
  });

  it('believes Excel’s line that names the separator', async () => {
    expect(await cells('sep=;\r\nid;a,b\r\n1;2,3\r\n')).to.deep.equal([['id', 'a,b'], ['1', '2,3']]);
  });

  const text = 'id,name\r\n1,Zoë Müller €\r\n';
  const wide = (endian: 'le' | 'be', mark: boolean): Buffer => {
    const bytes = Buffer.from(`${mark ? '\uFEFF' : ''}${text}`, 'utf16le');
    return endian === 'le' ? bytes : bytes.swap16();
  };
  const encodings: readonly [string, Buffer][] = [
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${text}`)],
    ['UTF-16 little endian', wide('le', true)],
    ['UTF-16 big endian', wide('be', true)],
    ['UTF-16 without a mark', wide('le', false)],
    ['Windows-1252', Buffer.from('id,name\r\n1,Zo\xeb M\xfcller \x80\r\n', 'latin1')],
  ];
  for (const [name, bytes] of encodings) {
    it(`decodes ${name}`, async () => expect(await cells(bytes)).to.deep.equal([['id', 'name'], ['1', 'Zoë Müller €']]));
  }

  it('takes what is marked as text for text, whatever character was pasted into it', async () => {
    expect(await cells('\uFEFFid,note\r\n1,a\u0007b\u001b\r\n')).to.deep.equal([['id', 'note'], ['1', 'a\u0007b\u001b']]);
  });

  it('decides on the encoding by all of the file', async () => {
    const late = Buffer.concat([Buffer.from(`id,name\n${'1,plain\n'.repeat(20_000)}`), Buffer.from('2,M\xfcller\n', 'latin1')]);
    expect((await cells(late)).at(-1)).to.deep.equal(['2', 'Müller']);
  });

  it('counts rows as a spreadsheet does: blank ones too, a cell of several lines once', async () => {
    const rows = await readRows('id,note\n\n1,"two\nlines"\n,,\n2,"a ""quoted"" word"\r\n3', 'calls.csv');
    expect(rows).to.deep.equal([
      { sheet: null, rowNumber: 1, cells: ['id', 'note'] },
      { sheet: null, rowNumber: 3, cells: ['1', 'two\nlines'] },
      { sheet: null, rowNumber: 5, cells: ['2', 'a "quoted" word'] },
      { sheet: null, rowNumber: 6, cells: ['3'] },
    ]);
  });
});
