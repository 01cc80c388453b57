import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect } from 'chai';
import fc from 'fast-check';
import { Problem } from '../errors/problem.ts';
import { DiskFileStore } from '../storage/disk-file-store.ts';
import { readUploadForm } from './upload-form.ts';

const form = Buffer.from(
  '--xx\r\nContent-Disposition: form-data; name="kind"\r\n\r\ninteractions\r\n' +
    '--xx\r\nContent-Disposition: form-data; name="file"; filename="calls.csv"\r\nContent-Type: text/csv\r\n\r\nid,agent\r\n1,Ada\r\n--xx--\r\n',
);

describe('upload forms', () => {
  let folder: string;
  let store: DiskFileStore;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sideline-form-'));
    store = new DiskFileStore(folder);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const read = (chunks: readonly Buffer[]) => {
    const body = Readable.from(chunks.filter(({ length }) => length > 0), { objectMode: false });
    return readUploadForm({ body, headers: { 'content-type': 'multipart/form-data; boundary=xx' }, gone: new AbortController().signal }, ['kind', 'source'], store, 1000);
  };

  it('are read, in whatever pieces they arrive', async () => {
    for (let cut = 0; cut <= form.length; cut += 7) {
      const { file, fileName, fields } = await read([form.subarray(0, cut), form.subarray(cut)]);
      expect({ size: file.size, fileName, fields }).to.deep.equal({ size: 15, fileName: 'calls.csv', fields: { kind: 'interactions' } });
      await file.discard();
    }
  });

  it('have names that read as they are', async () => {
    const { file, fileName } = await read([Buffer.from(form.toString().replace('calls.csv', 'x\u202evsc.exe'))]);
    expect(fileName).to.equal('xvsc.exe');
    await file.discard();
  });

  it('say that the file is too large, however its length was announced', async () => {
    const body = Buffer.concat([form.subarray(0, form.length - 8), Buffer.alloc(200_000, 'x'), form.subarray(form.length - 8)]);
    const pieces = Array.from({ length: Math.ceil(body.length / 5000) }, (_, i) => body.subarray(i * 5000, (i + 1) * 5000));
    const refusal = await read(pieces).then(() => null, (error: unknown) => error);
    expect(refusal).to.be.instanceOf(Problem).and.include({ status: 413 });
  });

  // An exception thrown outside of the promise would end the process, and with it this run.
  it('end in a form or in a refusal, however they are mangled, and leave nothing behind', async () => {
    const position = fc.nat(form.length);
    const mangled = fc.oneof(
      position.map((end) => form.subarray(0, end)),
      fc.tuple(position, position).map(([to, from]) => Buffer.concat([form.subarray(0, to), form.subarray(from)])),
      fc.array(fc.tuple(position, fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 4 }).map((changes) => {
        const bytes = Buffer.from(form);
        for (const [at, byte] of changes) bytes[at] = byte;
        return bytes;
      }),
    );
    await fc.assert(
      fc.asyncProperty(mangled, position, async (bytes, cut) => {
        const ended = await read([bytes.subarray(0, cut), bytes.subarray(cut)]).catch((error: unknown) => error);
        if (!(ended instanceof Problem)) await (ended as Awaited<ReturnType<typeof readUploadForm>>).file.discard();
        else expect(ended.status).to.equal(400);
      }),
      { numRuns: 400 },
    );
    expect(await readdir(join(folder, 'incoming'))).to.deep.equal([]);
  }).timeout(30_000);
});
