import { expect } from 'chai';
import fc from 'fast-check';

import { begin, lacking, merge, readReport, type Facts, type HostReport, type TimedFacts } from './host-report.ts';

const NOW = new Date('2026-03-02T12:00:00Z');
const KEY = { source: 'desk', externalId: '4711' };
const first: HostReport = { ...KEY, channel: 'chat', startedAt: '2026-03-02T09:00:00Z', outcome: 'open' };

/** What an interaction is after reports, in their order; all of them know enough to be the first. */
function after(reports: readonly HostReport[]): Facts {
  let current: TimedFacts | undefined;
  for (const report of reports) {
    const { told, errors } = readReport(report, NOW);
    expect(errors).to.deep.equal([]);
    const named = { ...told, facts: { ...told.facts, ...(report.agentId === undefined ? {} : { agentId: report.agentId }) } };
    current = current ? merge(current, named) : begin(named);
  }
  return current!.facts;
}

const faults = (report: Partial<HostReport>): string[] => readReport({ ...KEY, ...report }, NOW).errors.map(({ path, code }) => `${path} ${code}`);

describe('reports of host systems', () => {
  it('build an interaction up, and lose nothing that a later one leaves out', () => {
    const facts = after([first, { ...KEY, waitSeconds: 12, queue: 'billing' }, { ...KEY, outcome: 'answered', talkSeconds: 300 }, { ...KEY, acwSeconds: 40, resolved: true }, { ...KEY, rating: 9, ratingScale: '0-10' }]);
    expect(facts).to.include({ channel: 'chat', direction: 'inbound', queue: 'billing', waitSeconds: 12, talkSeconds: 300, acwSeconds: 40, outcome: 'answered', resolved: true, rating: 4.6, ratingOriginal: '9', ratingScale: '0-10' });
  });

  it('empty what they say is null', () => {
    expect(after([{ ...first, queue: 'billing', rating: 5 }, { ...KEY, queue: null, rating: null }])).to.include({ queue: null, rating: null, ratingOriginal: null, ratingScale: null });
  });

  it('end the same in whatever order they arrive, and however often', () => {
    const at = (minute: number) => new Date(Date.parse('2026-03-02T09:00:00Z') + minute * 60_000).toISOString();
    const part = fc.record(
      {
        outcome: fc.constantFrom('open', 'answered', 'abandoned'), direction: fc.constantFrom('inbound', 'outbound'), agentId: fc.constantFrom(1, 2, null), queue: fc.constantFrom('a', 'b', null),
        talkSeconds: fc.constantFrom(0, 10, null), resolved: fc.constantFrom(true, false, null), rating: fc.constantFrom(1, 5, null), sentiment: fc.constantFrom(-1, 0.5, null),
      },
      { requiredKeys: [], noNullPrototype: true },
    );
    const history = fc.array(part, { minLength: 1, maxLength: 8 }).map((parts) => parts.map((one, minute): HostReport => ({ ...first, ...one, updatedAt: at(minute) })));
    fc.assert(
      fc.property(history.chain((reports) => fc.tuple(fc.constant(reports), fc.shuffledSubarray([...reports, ...reports], { minLength: reports.length * 2 }))), ([inOrder, shuffled]) => {
        const expected = after(inOrder);
        expect(after(shuffled)).to.deep.equal(expected);
        // Also by the plain reading: of each field the last word.
        for (const key of ['outcome', 'queue', 'agentId', 'resolved', 'rating'] as const) {
          const last = inOrder.findLast((report) => report[key] !== undefined)?.[key];
          if (last !== undefined) expect(expected[key], key).to.equal(last);
        }
      }),
    );
  });

  it('are read once for all: what is stored is what the same report says again', () => {
    const report: HostReport = { ...first, sentiment: 0.123456, teamId: '018F0000-0000-7000-8000-000000000000', rating: 7, ratingScale: '1-10', startedAt: '2026-03-02T10:00:00.1234+01:00' };
    const facts = after([report]);
    expect(facts).to.include({ sentiment: 0.123, teamId: '018f0000-0000-7000-8000-000000000000', rating: 3.67, startedAt: '2026-03-02T09:00:00.123Z' });
    expect(after([report, report])).to.deep.equal(facts);
  });

  it('move an interaction to the team of whoever takes it over, not of whoever has it already', () => {
    const told = (agentId: number, teamOfAgent: string, at: number) => ({ facts: { agentId }, at, teamOfAgent });
    const start = begin({ ...readReport(first, NOW).told, at: 0 });
    const taken = merge(start, told(1, 'blue', 1));
    expect(taken.facts).to.include({ agentId: 1, teamId: 'blue' });
    expect(merge(taken, told(1, 'green', 2)).facts.teamId, 'moved house meanwhile').to.equal('blue');
    expect(merge(taken, told(2, 'green', 2)).facts).to.include({ agentId: 2, teamId: 'green' });
    expect(merge(taken, told(2, 'green', 0)).facts, 'older').to.include({ agentId: 1, teamId: 'blue' });
  });

  it('are refused where they make no sense, naming the field', () => {
    expect(faults({ startedAt: '2026-03-02T12:06:00Z' })).to.deep.equal(['/startedAt instant']);
    expect(faults({ startedAt: '1999-12-31T23:59:59Z', updatedAt: '2026-03-03T00:00:00Z' })).to.have.members(['/startedAt instant', '/updatedAt instant']);
    expect(faults({ startedAt: '2026-12-31T23:59:60Z' })).to.deep.equal(['/startedAt instant']);
    expect(faults({ rating: 6 })).to.deep.equal(['/rating rating']);
    expect(faults({ rating: 5, ratingScale: '9-3' })).to.deep.equal(['/ratingScale rating_scale']);
    expect(faults({ agentId: 1, agent: { email: 'a@b.c' } })).to.deep.equal(['/agent agent_twice']);
    expect(faults({ rating: 0 })).to.deep.equal([]);
    expect(readReport({ ...KEY, rating: 0 }, NOW).told.facts.rating).to.equal(null);
    expect(lacking(readReport({ ...KEY, rating: 4 }, NOW).told).map(({ path }) => path)).to.deep.equal(['/channel', '/startedAt', '/outcome']);
  });
});
