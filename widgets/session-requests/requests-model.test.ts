import { expect } from 'chai';
import * as requestFixtures from './requests.fixtures.ts';
import { futureInstant, isLate, localTime, withRequest } from './requests-model.ts';

const due = (id: number, answerDueAt: string, change = {}): ReturnType<typeof requestFixtures.sessionRequest> => requestFixtures.sessionRequest(id, { answerDueAt, ...change });
const ids = ({ requests }: { requests: readonly { id: string }[] }): string[] => requests.map(({ id }) => id);

describe('requests for a session', () => {
  const soon = due(1, '2026-11-23T00:00:00.000Z');
  const later = due(2, '2026-11-25T00:00:00.000Z');

  it('stand with the most pressing on top, and answered ones below', () => {
    const answered = due(3, '2026-11-20T00:00:00.000Z', { status: 'declined', answeredAt: '2026-11-19T10:00:00.000Z', version: 2 });
    expect(ids(withRequest(withRequest({ requests: [later] }, answered), soon))).to.deep.equal([soon.id, later.id, answered.id]);
  });

  it('keep the later of two versions, whichever is heard first', () => {
    const declined = { ...soon, status: 'declined' as const, answeredAt: '2026-11-19T10:00:00.000Z', version: 2 };
    expect(withRequest({ requests: [declined, later] }, soon).requests).to.deep.equal([declined, later]);
    expect(ids(withRequest({ requests: [soon, later] }, declined))).to.deep.equal([later.id, soon.id]);
  });

  it('are late from the very moment on, and never once answered', () => {
    const at = Date.parse(soon.answerDueAt);
    expect([isLate(soon, at - 1), isLate(soon, at), isLate({ ...soon, status: 'scheduled' }, at)]).to.deep.equal([false, true, false]);
  });

  it('take times as people enter them', () => {
    const instant = '2026-11-23T09:30:00.000Z';
    expect(futureInstant(localTime(instant), 0)).to.equal(instant);
    expect(futureInstant(localTime(instant), Date.parse(instant))).to.equal(undefined);
    expect(futureInstant('', 0)).to.equal(undefined);
  });
});
