import { expect } from 'chai';
import { likelyKind, matchedPerson, pace, stepOf, type Import } from './import-model.ts';

describe('an import as it is shown', () => {
  it('tells a pace only when there is something to go by', () => {
    expect(pace({ phase: 'parsing', percent: 25, rows: 5_000 }, 2_000)).to.deep.equal({ speed: 2_500, left: 6 });
    expect(pace({ phase: 'waiting', percent: 0, rows: 0 }, 2_000)).to.equal(undefined);
    expect(pace({ phase: 'parsing', percent: 25, rows: 10 }, 200)).to.equal(undefined);
  });

  it('stays with the columns while anything is undecided', () => {
    const question = { code: 'date_order', field: 'date', message: '', answer: '/options/dateOrder', choices: [] };
    expect(stepOf({ status: 'staged', questions: [question] }, false)).to.equal('columns');
    expect(stepOf({ status: 'staged', questions: [] }, true)).to.equal('columns');
    expect(stepOf({ status: 'staged', questions: [] }, false)).to.equal('preview');
    expect((['parsing', 'committing', 'committed', 'rolled_back', 'failed'] as const).map((status) => stepOf({ status, questions: [] }, false))).to.deep.equal(['file', 'write', 'done', 'done', 'file']);
  });

  it('names whom a row was taken to be about where the file calls them otherwise', () => {
    const of = (agent: unknown, agentName: string | null): string | undefined => matchedPerson({ values: { agent, agentId: 1 }, agentName });
    expect([of('a.mueller', 'Änne Müller'), of('Müller, Änne', 'Änne Müller'), of(4711, 'Änne Müller')]).to.deep.equal(['Änne Müller', 'Änne Müller', 'Änne Müller']);
    expect([of('anne  MULLER ', 'Änne Müller'), of('Nobody Known', null), matchedPerson({ values: null, agentName: null })]).to.deep.equal([undefined, undefined, undefined]);
  });

  it('proposes the kind that this person brought last', () => {
    const of = (id: number, kind: Import['kind']): Import => ({ kind, uploadedBy: { id, name: '' } }) as Import;
    expect(likelyKind([of(2, 'agents'), of(1, 'performance'), of(1, 'notes')], 1)).to.equal('performance');
    expect(likelyKind([of(2, 'agents')], 1)).to.equal('interactions');
  });
});
