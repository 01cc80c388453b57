import { expect } from 'chai';
import { boardLines, isOver, limitSeconds, type Agent, type BoardView } from './board-model.ts';

const NOW = Date.UTC(2026, 10, 20, 12);
const thresholds = { awayMinutes: 15, busyMinutes: 30 };

function person(id: number, fullName: string, onlineStatus: Agent['onlineStatus'], minutes: number, team = 'Blue'): Agent {
  return {
    id, fullName, onlineStatus, teamId: team, teamName: team, statusSince: new Date(NOW - minutes * 60_000).toISOString(), statusReason: null,
    username: null, email: null, role: 'cs', isActive: true, lastLoginAt: null, createdAt: '', updatedAt: '', avatar: null, phone: null, department: 'Support',
    joinedOn: '2024-01-01', lastSeen: null, currentTickets: null, totalTicketsHandled: null, avgResponseTime: null, customerSatisfaction: null,
    ticketsResolvedToday: null, messagesHandledToday: null, onlineHoursToday: null, performanceLevel: null, version: 1,
  };
}

const floor = [
  person(1, 'Zoë Blum', 'online', 200),
  person(2, 'José Álvarez', 'away', 12),
  person(3, 'Elif Yıldız', 'busy', 20),
  person(4, 'Adam Grey', 'offline', 900),
  person(5, 'Mia Green', 'away', 45, 'Green'),
];

function lines(change: Partial<BoardView> = {}): string[] {
  const view = { agents: floor, query: '', order: 'name' as const, thresholds: new Map([['Blue', thresholds]]), now: NOW, ...change };
  return boardLines(view).map((line) => (line.kind === 'group' ? `${line.name} ${line.total}` : line.agent.fullName));
}

describe('the board’s lines', () => {
  it('stand by team and name', () => {
    expect(lines()).to.deep.equal(['Blue 4', 'Adam Grey', 'Elif Yıldız', 'José Álvarez', 'Zoë Blum', 'Green 1', 'Mia Green']);
  });

  it('count a whole team whatever the search hides, and leave out teams without a match', () => {
    expect(lines({ query: 'jose alv' })).to.deep.equal(['Blue 4', 'José Álvarez']);
    expect(lines({ query: 'YILDIZ' })).to.deep.equal(['Blue 4', 'Elif Yıldız']);
    expect(lines({ query: 'nobody' })).to.deep.equal([]);
  });

  it('put the worst time against its own threshold first, then the longest, and who is offline last', () => {
    expect(lines({ order: 'time' }).slice(0, 5)).to.deep.equal(['Blue 4', 'José Álvarez', 'Elif Yıldız', 'Zoë Blum', 'Adam Grey']);
  });

  it('count statuses', () => {
    const [blue] = boardLines({ agents: floor, query: '', order: 'name', thresholds: new Map(), now: NOW });
    expect(blue).to.deep.include({ counts: { online: 1, busy: 1, away: 1, offline: 1 } });
  });

  it('mark only what the team set a threshold for, and only past it', () => {
    expect(isOver(person(1, 'x', 'away', 15), thresholds, NOW)).to.equal(false);
    expect(isOver(person(1, 'x', 'away', 15.1), thresholds, NOW)).to.equal(true);
    expect(isOver(person(1, 'x', 'busy', 29), thresholds, NOW)).to.equal(false);
    expect(isOver(person(1, 'x', 'online', 600), thresholds, NOW)).to.equal(false);
    expect(isOver(person(1, 'x', 'away', 600), undefined, NOW)).to.equal(false);
    expect(limitSeconds('busy', thresholds)).to.equal(1_800);
  });
});
