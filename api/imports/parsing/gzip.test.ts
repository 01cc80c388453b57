import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { withSource } from '../../../test/imports/read-rows.ts';
import { clearAbandonedUnpacking } from './gzip.ts';

describe('what is unpacked from gzip', () => {
  const folders = async (): Promise<string[]> => (await readdir(tmpdir())).filter((name) => name.startsWith('sideline-gzip-'));

  it('goes with whoever read it, and is cleared away for who was killed', async () => {
    const { pid: gone } = spawnSync(process.execPath, ['--version']);
    const [left, older] = [join(tmpdir(), `sideline-gzip-${gone}-left`), await mkdtemp(join(tmpdir(), `sideline-gzip-${process.pid}-`))];
    await mkdir(left, { recursive: true });
    await writeFile(join(left, 'file'), 'unpacked');
    await utimes(older, 0, 0);
    try {
      await withSource(gzipSync('id,agent\n1,Ada'), 'calls.csv.gz', async () => {
        const before = new Set(await folders());
        await clearAbandonedUnpacking(new Date());
        const now = await folders();
        const cleared = [...before].filter((name) => !now.includes(name)).map((name) => join(tmpdir(), name));
        expect(cleared).to.include.members([left, older]);
        // The one that is being read.
        expect(now.filter((name) => name.startsWith(`sideline-gzip-${process.pid}-`))).to.have.length(1);
      });
      expect((await folders()).filter((name) => name.startsWith(`sideline-gzip-${process.pid}-`))).to.deep.equal([]);
    } finally {
      await Promise.all([left, older].map((path) => rm(path, { recursive: true, force: true })));
    }
  });
});
