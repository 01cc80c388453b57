import { expect } from 'chai';
import { readByKind } from '../../../../test/imports/read-by-kind.ts';

const row = ['Ada', '2026-09-01', '12', '23', '0:04:20', '0:00:30', '4.5', '95%', '7:30'];

describe('columns of daily figures', () => {
  it('are known as reports call them, and asked for where a name says two things', async () => {
    const file = await readByKind('performance', [['Employee', 'Day', 'Tickets', 'Messages', 'AHT', 'ART', 'CSAT', 'SLA %', 'Online'], row]);
    expect(file.mapping.columns).to.deep.equal({ agent: 0, date: 1, messagesHandled: 3, avgHandleTime: 4, avgResponseTime: 5, customerSatisfaction: 6, slaCompliance: 7, onlineHours: 8 });
    expect(file.questions.map(({ answer, message, choices }) => [answer, message, choices.map(({ value }) => value)])).to.deep.equal([['/columns/ticketsResolved', 'Does “Tickets” count what was resolved?', [2, null]]]);
    const told = await readByKind('performance', [['Employee', 'Day', 'Tickets', 'Messages'], row.slice(0, 4)], { columns: { ticketsResolved: 2 } });
    expect([told.questions, told.rows[0]?.data]).to.deep.equal([[], { date: '2026-09-01', messagesHandled: 23, ticketsResolved: 12 }]);
  });

  it('count tickets as handled where nothing else is', async () => {
    const { mapping, questions } = await readByKind('performance', [['Employee', 'Day', 'Tickets', 'Resolved'], row.slice(0, 4)]);
    expect([mapping.columns, questions]).to.deep.equal([{ agent: 0, date: 1, messagesHandled: 2, ticketsResolved: 3 }, []]);
  });
});
