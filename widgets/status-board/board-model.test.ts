import { expect } from 'chai';
import { boardLines, defaultChoice, inPlace, isOver, limitSeconds, narrowings, type Board, type BoardChoice, type BoardView, type Person, type Team } from './board-model.ts';

const NOW = Date.UTC(2026, 10, 20, 12);
const team = (id: string): Team => ({ id, name: id, department: 'Support', thresholds: { awayMinutes: 15, busyMinutes: 30 }, reasonThresholds: [{ label: 'Lunch', status: 'away', minutes: 60 }] });

function person(id: number, fullName: string, onlineStatus: Person['onlineStatus'], minutes: number, change: Partial<Person> = {}): Person {
  return {
    id, fullName, onlineStatus, avatar: null, teamId: 'Blue', teamName: 'Blue', department: 'Support', statusReason: null,
    statusSince: new Date(NOW - minutes * 60_000).toISOString(), figures: null, ...change,
  };
}

const people = [
  person(1, 'Zoë Blum', 'online', 200),
  person(2, 'José Álvarez', 'away', 12),
  person(3, 'Elif Yıldız', 'busy', 20, { department: 'Sales' }),
  person(4, 'Adam Grey', 'offline', 900),
  person(5, 'Mia Green', 'away', 45, { teamId: 'Green', teamName: 'Green' }),
];
const board: Board = { asOf: '', from: '', to: '', people, teams: [team('Blue'), team('Green')] };

function lines(choice: Partial<BoardChoice> = {}, change: Partial<BoardView> = {}): string[] {
  const view = { board, choice: { ...defaultChoice, ...choice }, query: '', now: NOW, ...change };
  return boardLines(view).map((line) => (line.kind === 'group' ? `${line.name} ${line.total}` : line.person.fullName));
}

describe('the board’s lines', () => {
  it('stand by team and name', () => {
    expect(lines()).to.deep.equal(['Blue 4', 'Adam Grey', 'Elif Yıldız', 'José Álvarez', 'Zoë Blum', 'Green 1', 'Mia Green']);
  });

  it('stand by department, or in one list', () => {
    expect(lines({ groupBy: 'department' })).to.deep.equal(['Sales 1', 'Elif Yıldız', 'Support 4', 'Adam Grey', 'José Álvarez', 'Mia Green', 'Zoë Blum']);
    expect(lines({ groupBy: 'none' })).to.deep.equal(['Adam Grey', 'Elif Yıldız', 'José Álvarez', 'Mia Green', 'Zoë Blum']);
  });

  it('count a whole group whatever search and statuses hide, and leave out groups without a match', () => {
    expect(lines({}, { query: 'jose alv' })).to.deep.equal(['Blue 4', 'José Álvarez']);
    expect(lines({}, { query: 'YILDIZ' })).to.deep.equal(['Blue 4', 'Elif Yıldız']);
    expect(lines({}, { query: 'nobody' })).to.deep.equal([]);
    expect(lines({ statuses: ['away', 'busy'] })).to.deep.equal(['Blue 4', 'Elif Yıldız', 'José Álvarez', 'Green 1', 'Mia Green']);
  });

  it('count only who is in the chosen team and department', () => {
    expect(lines({ teamId: 'Green' })).to.deep.equal(['Green 1', 'Mia Green']);
    expect(lines({ department: 'Support' })).to.deep.equal(['Blue 3', 'Adam Grey', 'José Álvarez', 'Zoë Blum', 'Green 1', 'Mia Green']);
    expect(inPlace(board, { ...defaultChoice, teamId: 'Blue', department: 'Sales' }).map(({ id }) => id)).to.deep.equal([3]);
    expect(narrowings({ ...defaultChoice, statuses: ['away'], department: 'Sales', order: 'time' })).to.equal(2);
  });

  it('put the worst time against its own threshold first, then the longest, and who is offline last', () => {
    expect(lines({ order: 'time' }).slice(0, 5)).to.deep.equal(['Blue 4', 'José Álvarez', 'Elif Yıldız', 'Zoë Blum', 'Adam Grey']);
    expect(lines({ order: 'time', groupBy: 'none' })).to.deep.equal(['Mia Green', 'José Álvarez', 'Elif Yıldız', 'Zoë Blum', 'Adam Grey']);
  });

  it('count statuses', () => {
    const [blue] = boardLines({ board, choice: defaultChoice, query: '', now: NOW });
    expect(blue).to.deep.include({ counts: { online: 1, busy: 1, away: 1, offline: 1 } });
  });

  it('mark only what the team set a threshold for, and only past it', () => {
    const blue = team('Blue');
    expect(isOver(person(1, 'x', 'away', 15), blue, NOW)).to.equal(false);
    expect(isOver(person(1, 'x', 'away', 15.1), blue, NOW)).to.equal(true);
    expect(isOver(person(1, 'x', 'busy', 29), blue, NOW)).to.equal(false);
    expect(isOver(person(1, 'x', 'online', 600), blue, NOW)).to.equal(false);
    expect(isOver(person(1, 'x', 'away', 600), { ...blue, thresholds: null }, NOW)).to.equal(false);
    expect(isOver(person(1, 'x', 'away', 600), undefined, NOW)).to.equal(false);
    expect(limitSeconds(person(1, 'x', 'busy', 0), blue)).to.equal(1_800);
    expect(isOver(person(1, 'x', 'away', 50, { statusReason: 'lunch' }), blue, NOW)).to.equal(false);
    expect(isOver(person(1, 'x', 'away', 61, { statusReason: 'Lunch' }), blue, NOW)).to.equal(true);
  });
});
