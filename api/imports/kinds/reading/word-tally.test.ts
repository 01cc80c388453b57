import { expect } from 'chai';
import { faultsOf, readByKind, type ReadFile } from '../../../../test/imports/read-by-kind.ts';
import type { PartialMapping } from '../../mapping/import-mapping.ts';

const asked = ({ questions }: ReadFile): string[] => questions.map(({ answer, message }) => `${answer} ${message}`);
const values = ({ rows }: ReadFile, field: string): unknown[] => rows.map(({ data }) => data?.[field]);

describe('words that nobody knows', () => {
  const calls = (statuses: readonly string[], given: PartialMapping = {}): Promise<ReadFile> =>
    readByKind('interactions', [['Call Id', 'Agent', 'Date', 'Status'], ...statuses.map((status, i) => [`C${i}`, 'Ada', '2026-03-31', status])], given);

  it('are asked about however few rows they stand in, once whatever their case, most rows first', async () => {
    const file = await calls(['Answered', 'Transferred', 'Spilled', 'SPILLED ', ...Array.from({ length: 300 }, () => 'Answered')]);
    expect(asked(file)).to.deep.equal(['/values/outcome/Spilled What does “Spilled” mean? It stands in 2 rows, first in D4.', '/values/outcome/Transferred What does “Transferred” mean? It stands in D3.']);
    expect(file.questions[0]?.choices).to.deep.include.members([{ value: 'voicemail', label: 'Voicemail' }, { value: null, label: 'None of these: as though the cell were blank' }]);
  });

  it('are read as somebody says, and as a blank where it is none of these', async () => {
    const told = await calls(['Transferred', 'transferred'], { values: { outcome: { Transferred: 'answered' } } });
    expect([asked(told), values(told, 'outcome')]).to.deep.equal([[], ['answered', 'answered']]);
    const blank = await calls(['Transferred'], { values: { outcome: { Transferred: null } } });
    expect([asked(blank), faultsOf(blank)]).to.deep.equal([[], ['D2 “Transferred” missing: The cell does not say whether it was answered.']]);
    const moods = await readByKind('interactions', [['Call Id', 'Agent', 'Date', 'Status', 'Sentiment'], ['C1', 'Ada', '2026-03-31', 'Answered', 'meh'], ['C2', 'Ada', '2026-03-31', 'Answered', '🤷']], { values: { sentiment: { meh: 0, '🤷': null } } });
    expect([asked(moods), values(moods, 'sentiment')]).to.deep.equal([[], [0, null]]);
  });

  it('are not asked about one by one where a column is full of them', async () => {
    const file = await calls([...Array.from({ length: 60 }, () => 'Answered'), ...Array.from({ length: 30 }, (_, i) => `Something ${i}`), 'Queue 7', 'Queue 7']);
    expect(asked(file)).to.deep.equal(['/values/outcome/Queue 7 What does “Queue 7” mean? It stands in 2 rows, first in D92.']);
  });

  it('are fewer: short ones for a mood, what is overdue, what nobody answered', async () => {
    const moods = await readByKind('interactions', [['Call Id', 'Agent', 'Date', 'Status', 'Sentiment'], ...['pos', 'NEG', 'neu', '+', 'angry', '🙂', '👎'].map((mood, i) => [`C${i}`, 'Ada', '2026-03-31', 'No response', mood])]);
    expect([values(moods, 'sentiment'), values(moods, 'outcome')[0]]).to.deep.equal([[0.5, -0.5, 0, 0.5, -1, 0.5, -0.5], 'missed']);
    const actions = await readByKind('actions', [['Agent', 'Task', 'Due date', 'Status'], ['Ada', 'Listen', '2026-03-31', 'Overdue'], ['Ada', 'Read', '2026-03-31', 'Parked']]);
    expect(values(actions, 'status')[0]).to.equal('open');
    expect(actions.questions[0]?.choices.map(({ label }) => label)).to.include('In progress');
  });
});
