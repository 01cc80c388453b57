import { expect } from 'chai';

import { MOMENT, team } from './facts.fixture.ts';
import { scoreTeam } from './priority-queue.scoring.ts';
import { concernOf, priorityQueueJobs } from './priority-queue.events.ts';
import { QueueCache } from './queue-cache.ts';

describe('Queue cache', () => {
  const scored = scoreTeam(team([]), MOMENT);
  const filled = (): QueueCache => {
    const cache = new QueueCache();
    for (const id of ['a', 'b', null]) cache.put(id, 'now', scored, cache.ticket(id), 0);
    return cache;
  };
  const known = (cache: QueueCache, now = 1) => ['a', 'b', null].filter((id) => cache.get(id, 'now', now) !== undefined);

  it('remembers a team at a moment for a while', () => {
    const cache = filled();
    expect(known(cache)).to.deep.equal(['a', 'b', null]);
    expect(cache.get('a', 'then', 1)).to.equal(undefined);
    expect(known(cache, 29_999)).to.have.length(3);
    expect(known(cache, 30_000)).to.deep.equal([]);
  });

  it('forgets one team, the people without one, or all', () => {
    const cache = filled();
    cache.drop('a');
    expect(known(cache)).to.deep.equal(['b', null]);
    cache.drop(null);
    expect(known(cache)).to.deep.equal(['b']);
    cache.dropAll();
    expect(known(cache)).to.deep.equal([]);
  });

  it('does not take back what was dropped while it was scored', () => {
    for (const drop of [(cache: QueueCache) => cache.drop('a'), (cache: QueueCache) => cache.dropAll()]) {
      const cache = new QueueCache();
      const ticket = cache.ticket('a');
      drop(cache);
      cache.put('a', 'now', scored, ticket, 0);
      expect(known(cache)).to.deep.equal([]);
    }
  });

  it('does not grow without end', () => {
    const cache = new QueueCache();
    for (let i = 0; i <= 1000; i++) cache.put('a', `moment ${i}`, scored, cache.ticket('a'), 0);
    expect(cache.get('a', 'moment 0', 1)).to.equal(undefined);
    expect(cache.get('a', 'moment 1', 1)).to.equal(scored);
    expect(cache.get('a', 'moment 1000', 1)).to.equal(scored);
  });
});

describe('What concerns a queue', () => {
  it('names the person, the teams, or everybody', () => {
    expect(concernOf({ type: 'quickNote:created', payload: { agentId: 3, content: 'x' }, audience: {} })).to.deep.equal({ agentId: 3 });
    expect(concernOf({ type: 'team:settings-updated', payload: { teamId: 't', version: 2 }, audience: {} })).to.deep.equal({ teamIds: ['t'] });
    expect(concernOf({ type: 'performance:recomputed', payload: { teamIds: ['t', null], days: 4 }, audience: {} })).to.deep.equal({ teamIds: ['t', null] });
    expect(concernOf({ type: 'agent_updated', payload: { id: 3, teamId: 't' }, audience: {} })).to.deep.equal({ teamIds: ['t'] });
    expect(concernOf({ type: 'agent_updated', payload: { id: 3, teamId: 't' }, audience: { formerTeamId: null } }), 'whoever moved leaves another').to.deep.equal({ teamIds: ['t', null] });
    expect(concernOf({ type: 'team:updated', payload: { id: 't' }, audience: {} })).to.equal('everybody');
    expect(concernOf({ type: 'agent_status_change', payload: { agentId: 3 }, audience: {} })).to.equal(undefined);
  });

  it('does not answer its own news with news', () => {
    expect(priorityQueueJobs.map(({ event }) => event)).to.include('quickNote:created').and.not.include('priorityQueue:updated');
  });
});
