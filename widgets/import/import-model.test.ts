import { expect } from 'chai';
import { fieldOf, pace, withAnswer, withColumn, type Mapping } from './import-model.ts';

const mapping: Mapping = {
  source: null,
  sheet: 'Data',
  headerRow: 1,
  table: null,
  columns: { agent: 1, date: 2, time: null },
  values: {},
  options: {},
  people: {},
};

describe('the mapping of an import', () => {
  it('gives a column its new meaning, and a field one column only', () => {
    expect(withColumn(mapping, 2, 'agent').columns).to.deep.equal({ agent: 2, date: null, time: null });
    expect(withColumn(mapping, 1, '').columns).to.deep.equal({ agent: null, date: 2, time: null });
    expect(mapping.columns).to.deep.equal({ agent: 1, date: 2, time: null });
  });

  it('says what a column is used for', () => {
    expect(fieldOf(mapping, 2)).to.equal('date');
    expect(fieldOf(mapping, 7)).to.equal(undefined);
    expect(fieldOf(null, 2)).to.equal(undefined);
  });

  it('puts an answer where the question points, slashes in names included', () => {
    expect(withAnswer(mapping, '/options/dateOrder', 'dmy').options).to.deep.equal({ dateOrder: 'dmy' });
    expect(withAnswer(mapping, '/values/channel/Web~1App', 'message').values).to.deep.equal({ channel: { 'Web/App': 'message' } });
    expect(mapping.options).to.deep.equal({});
  });

  it('tells a pace only when there is something to go by', () => {
    expect(pace({ phase: 'parsing', percent: 25, rows: 5_000 }, 2_000)).to.deep.equal({ speed: 2_500, left: 6 });
    expect(pace({ phase: 'waiting', percent: 0, rows: 0 }, 2_000)).to.equal(undefined);
    expect(pace({ phase: 'parsing', percent: 25, rows: 10 }, 200)).to.equal(undefined);
  });
});
