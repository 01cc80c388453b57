import { expect } from 'chai';
import { ApiError } from '../shared/api-error.ts';
import { saveEdited } from './editing.ts';
import { Form } from './form.ts';

const host = { addController: () => undefined, removeController: () => undefined, requestUpdate: () => undefined, updateComplete: Promise.resolve(true) };

const begun = (base: object): Form => {
  const form = new Form(host);
  form.start(base);
  return form;
};

/** A stored thing whose first save is refused because somebody else's came first. */
function overtaken(form: Form, theirs: { version: number; name: string; size: number; touched: number }) {
  const sent: { version: number; changes: object }[] = [];
  const save = () =>
    saveEdited({
      form,
      current: { version: 1, name: 'Blue', size: 1, touched: 0 },
      put: async ({ version }) => {
        sent.push({ version, changes: form.changes });
        if (version < theirs.version) throw new ApiError(412);
        return { ...theirs, ...form.changes, version: theirs.version + 1 };
      },
      fetch: async () => theirs,
      toForm: ({ name, size }) => ({ name, size }),
      author: () => ({ by: 'Victor' }),
      saved: () => undefined,
    });
  return { sent, save };
}

describe('A form', () => {
  it('puts each fault on its field, and keeps what was written', async () => {
    const form = begun({ name: 'Blue', targets: 1 });
    form.set('name', 'B');
    await form.save(() => Promise.reject(new ApiError(400, { details: [{ path: '/body/name', message: 'is too short', code: 'minLength' }, { path: '/body/targets/csat', message: 'is needed' }] })));
    expect([...form.problems.keys()]).to.deep.equal(['name', 'targets/csat']);
    expect(form.draft).to.include({ name: 'B' });
    form.set('name', 'Azure');
    expect([...form.problems.keys()]).to.deep.equal(['targets/csat']);
  });

  it('is sent once more by itself when what changed meanwhile touches none of its fields', async () => {
    const form = begun({ name: 'Blue', size: 1 });
    form.set('name', 'Azure');
    const { sent, save } = overtaken(form, { version: 4, name: 'Blue', size: 1, touched: 9 });
    expect(await save()).to.equal(undefined);
    expect(sent).to.deep.equal([{ version: 1, changes: { name: 'Azure' } }, { version: 4, changes: { name: 'Azure' } }]);
    expect([form.dirty, form.clash]).to.deep.equal([false, undefined]);
  });

  it('waits for a decision where both changed a field, and then overwrites nothing unseen', async () => {
    const form = begun({ name: 'Blue', size: 1 });
    form.set('name', 'Azure');
    const { sent, save } = overtaken(form, { version: 2, name: 'Navy', size: 7, touched: 0 });
    expect((await save())?.status).to.equal(412);
    expect(sent).to.have.lengthOf(1);
    expect(form.undecided).to.equal(true);
    expect(form.clash).to.deep.include({ by: 'Victor', changes: [{ key: 'name', from: 'Blue', to: 'Navy', clash: true }, { key: 'size', from: 1, to: 7, clash: false }] });
    expect(form.draft).to.deep.equal({ name: 'Azure', size: 7 });
    const [both] = form.clash?.changes ?? [];
    if (both) form.takeTheirs(both);
    expect([form.undecided, form.dirty]).to.deep.equal([false, false]);
  });
});
