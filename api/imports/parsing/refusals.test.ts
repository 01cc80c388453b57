import { expect } from 'chai';
import { readRows } from '../../../test/imports/read-rows.ts';
import { zip } from '../../../test/imports/zip-writer.ts';

const refusal = (file: Buffer | string, name = 'calls.csv'): Promise<string> => readRows(file, name).then(() => 'read', (error: unknown) => (error instanceof Error ? error.message : ''));

describe('files that are no table', () => {
  const archive = (...parts: readonly string[]): Buffer => zip(parts.map((name) => ({ name, data: '<x/>' })));
  const office = (part: string): Buffer => zip([{ name: '_rels/.rels', data: `<Relationships><Relationship Id="r" Type="x/officeDocument" Target="${part}"/></Relationships>` }, { name: part, data: '\0\0' }]);
  const cases: readonly [what: string, file: Buffer | string, said: string][] = [
    ['an OpenDocument file', archive('mimetype', 'content.xml'), 'OpenDocument'],
    ['a binary workbook', office('xl/workbook.bin'), '.xlsb'],
    ['a text document', office('word/document.xml'), '.docx'],
    ['a file of Numbers', archive('Index/Document.iwa'), 'Numbers'],
    ['another archive', archive('readme.txt'), 'no workbook is inside'],
    ['an object of JSON', '{"a":1}', 'JSON data'],
    ['a list of JSON', ' [\n {"a":1}]', 'JSON data'],
    ['a web page', '<table><tr><td>1</td></tr></table>', 'a web page'],
    ['a calendar', 'BEGIN:VCALENDAR\nVERSION:2.0', 'a calendar'],
  ];
  for (const [what, file, said] of cases) it(`say that they are ${what}`, async () => expect(await refusal(file)).to.contain(said));

  it('are not those whose header stands in brackets', async () => {
    expect(await refusal('[Call Id],[Agent]\n1,Ada\n')).to.equal('read');
    expect(await refusal('{Call Id};{Agent}\n1;Ada\n')).to.equal('read');
  });

  it('say in which line a quotation mark opens that is never closed', async () => {
    const told = async (text: string): Promise<string> => /line \d+/.exec(await refusal(text))?.[0] ?? '';
    expect(await told('Id,Agent,Topic\nQ1,"Mahmoud, Aisha","He said ""no""\nand left"\nQ2,Ada,"open\nQ3,Ada,x\n')).to.equal('line 4');
    expect(await told('Id;Size\r\nQ1;5" screen\r\nQ2;"x\r\n')).to.equal('line 3');
  });
});
