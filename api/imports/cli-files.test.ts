import { link, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { checkReadable, checkTarget, readMapping, writeWhole } from './cli-files.ts';

describe('files named at the terminal', () => {
  let folder: string;
  const at = (name: string): string => join(folder, name);
  const refusal = (work: Promise<unknown>): Promise<string> => work.then(() => 'nothing', (error: unknown) => (error instanceof Error ? error.message.replaceAll(folder, '.') : ''));

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sideline-files-'));
    await writeFile(at('calls.csv'), 'Call Id');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('are told from what is none', async () => {
    expect(await refusal(checkReadable(at('calls.csv')))).to.equal('nothing');
    expect(await refusal(checkReadable(at('none.csv')))).to.equal('There is no file ./none.csv.');
    expect(await refusal(checkReadable(folder))).to.equal('. is a folder, not a file.');
    expect(await refusal(checkReadable(at('calls.csv/none.csv')))).to.equal('./calls.csv/none.csv cannot be read: its path leads through a file.');
  });

  it('say how a file is read, or what in them does not', async () => {
    const mapping = async (text: string): Promise<string> => {
      await writeFile(at('map.json'), text);
      return refusal(readMapping(at('map.json')));
    };
    expect(await mapping('\uFEFF{"sheet":"Calls","columns":{"agent":1},"options":{"ratingScale":"1-10"}}')).to.equal('nothing');
    expect(await mapping('{"hello":"x"}')).to.equal('./map.json is no mapping: “hello” is nothing a mapping can say.');
    expect(await mapping('{"options":{"ratingscale":"1-10"}}')).to.equal('./map.json is no mapping: “options.ratingscale” is nothing a mapping can say.');
    expect(await mapping('[{"a":1}]')).to.equal('./map.json is no mapping: it must be an object.');
    expect(await mapping('{"columns":"x","headerRow":"2"}')).to.equal('./map.json is no mapping: “headerRow” must be a whole number or null (and 1 more).');
    expect(await mapping('{')).to.match(/^\.\/map\.json is no JSON: /);
  });

  it('never are the one that is imported, by whatever path', async () => {
    await symlink(at('calls.csv'), at('link.csv'));
    await link(at('calls.csv'), at('other.csv'));
    await symlink(folder, at('way'));
    for (const path of ['calls.csv', 'link.csv', 'other.csv', 'way/calls.csv']) expect(await refusal(checkTarget(at(path), at('calls.csv'))), path).to.equal('--rejected would overwrite the file that is imported.');
    expect(await refusal(checkTarget(at('new.csv'), at('calls.csv')))).to.equal('nothing');
    expect(await refusal(checkTarget(at('none/new.csv'), at('calls.csv')))).to.equal('--rejected: there is no folder ./none.');
    expect(await refusal(checkTarget('/dev/null', at('calls.csv')))).to.equal('--rejected: /dev/null is no file.');
  });

  it('are written whole or not at all', async () => {
    await symlink(at('real.csv'), at('named.csv'));
    await writeFile(at('real.csv'), 'before');
    const broken = async function* () {
      yield 'half';
      throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', syscall: 'write' });
    };
    expect(await refusal(writeWhole(at('named.csv'), broken()))).to.equal('./named.csv could not be written: there is no room left on the disk.');
    const elsewhere = async function* (): AsyncGenerator<string> { throw new Error('The storage cannot be reached.'); };
    expect(await refusal(writeWhole(at('named.csv'), elsewhere()))).to.equal('The storage cannot be reached.');
    expect(await readFile(at('real.csv'), 'utf8')).to.equal('before');
    await writeWhole(at('named.csv'), (async function* () { yield 'after'; })());
    expect(await readFile(at('real.csv'), 'utf8')).to.equal('after');
    expect((await readdir(folder)).sort()).to.deep.equal(['calls.csv', 'named.csv', 'real.csv']);
  });
});
