import { expect } from 'chai';
import { answer, columnsNow, decide, decideColumn, fieldAt, isLayout, NO_DECISIONS, pointerTo, usesMemory, withDecisions } from './decisions.ts';
import type { Import, Mapping, MappingData } from './import-model.ts';

const mapping: Mapping = {
  source: null,
  sheet: 'Data',
  headerRow: 1,
  table: null,
  columns: { agent: 1, date: 2, talkSeconds: 3, time: null },
  values: {},
  options: { units: { talkSeconds: 'seconds' } },
  people: {},
};

describe('decisions about a file', () => {
  it('give a column its new meaning, and a field one column only', () => {
    const decisions = decideColumn(NO_DECISIONS, mapping, 2, 'agent');
    expect(columnsNow(mapping, decisions)).to.deep.equal({ ...mapping.columns, agent: 2, date: null });
    expect(fieldAt(columnsNow(mapping, decisions), 2)).to.equal('agent');
    expect(columnsNow(mapping, decideColumn(NO_DECISIONS, mapping, 1, ''))).to.include({ agent: null, date: 2 });
    expect(mapping.columns.agent).to.equal(1);
  });

  it('are none where they say what is so anyway', () => {
    const there = decideColumn(NO_DECISIONS, mapping, 2, 'agent');
    const back = decideColumn(decideColumn(there, mapping, 1, 'agent'), mapping, 2, 'date');
    expect([...back]).to.deep.equal([]);
    expect([...decide(NO_DECISIONS, mapping, '/sheet', 'Data')]).to.deep.equal([]);
  });

  it('answer a question also with what was assumed meanwhile', () => {
    expect([...answer(NO_DECISIONS, '/options/units/talkSeconds', 'seconds')]).to.deep.equal([['/options/units/talkSeconds', 'seconds']]);
  });

  it('send what was said, and never what was only guessed', () => {
    const sent = withDecisions({ columns: { agent: 1 } }, answer(NO_DECISIONS, '/options/dateOrder', 'dmy'));
    expect(sent).to.deep.equal({ columns: { agent: 1 }, options: { dateOrder: 'dmy' } });
  });

  it('forget what the numbers of a field counted in the column it had', () => {
    const said = { options: { units: { talkSeconds: 'minutes' as const } } };
    expect(withDecisions(said, decideColumn(NO_DECISIONS, mapping, 4, 'talkSeconds'))).to.deep.equal({ columns: { talkSeconds: 4 }, options: { units: {} } });
  });

  it('begin anew with another sheet, header or table', () => {
    const before = decide(decideColumn(NO_DECISIONS, mapping, 2, 'agent'), mapping, '/headerRow', 3);
    expect([...before.keys()]).to.deep.equal(['/headerRow']);
    const after = decide(before, mapping, '/sheet', 'Other');
    expect([isLayout(before), isLayout(NO_DECISIONS)]).to.deep.equal([true, false]);
    expect(withDecisions({ headerRow: 2, columns: { agent: 1 }, people: { Ada: 4 }, options: { dateOrder: 'dmy', units: { talkSeconds: 'minutes' } } }, after)).to.deep.equal({
      sheet: 'Other', people: { Ada: 4 }, options: { dateOrder: 'dmy' },
    });
  });

  it('reach names with slashes', () => {
    expect(withDecisions({}, answer(NO_DECISIONS, pointerTo('values', 'channel', 'Web/App~'), 'message'))).to.deep.equal({ values: { channel: { 'Web/App~': 'message' } } });
  });

  it('rest on memory where neither somebody said nor a guess found what is read', () => {
    const guesses = [{ field: 'agent', column: 1, confidence: 1 }, { field: 'date', column: 2, confidence: 1 }, { field: 'talkSeconds', column: 3, confidence: 1 }];
    const detected = { guesses } as unknown as Import['detected'];
    const told = { columns: { time: null }, values: { answered: { Y: true } }, people: { Ada: 1 } };
    const uses = (over: Partial<Mapping>, decided: MappingData = told): boolean => usesMemory({ mapping: { ...mapping, ...over }, decided, detected });
    expect([uses({}), uses({ values: { answered: { Y: true } }, people: { Ada: 1 } })]).to.deep.equal([false, false]);
    expect([uses({ columns: { agent: 2 } }), uses({ values: { answered: { N: false } } }), uses({ people: { Bea: null } }), uses({}, {})]).to.deep.equal([true, true, true, true]);
    expect(usesMemory({ mapping: null, decided: {}, detected: null })).to.equal(false);
  });
});
