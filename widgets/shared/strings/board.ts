import { register, type Message } from '../messages.ts';

/** Words of the status board. */
export const board = {
  'board.title': 'Floor',
  'board.search': 'Find a person',
  'board.searchLabel': 'Find a person on the floor ( / )',
  'board.sort': 'Sort',
  'board.sort.name': 'By name',
  'board.sort.time': 'Longest in status first',
  'board.noTeam': 'No team',
  'board.empty': 'Nobody is on this floor yet.',
  'board.emptySearch': 'Nobody here is called “{query}”.',
  'board.clearSearch': 'Clear search',
  'board.people': { one: '{n} person', other: '{n} people' },
  'board.column.person': 'Person',
  'board.column.status': 'Status',
  'board.column.csat': 'CSAT, 7 days',
  'board.column.handled': 'Handled',
  'board.column.aht': 'AHT',
  'board.handledToday': { one: '{n} handled today', other: '{n} handled today' },
  'board.ahtToday': 'Average handle time today {time}',
  'board.csatRange': 'CSAT over 7 days: {first} to {last}, {n} ratings',
  'board.csatNone': 'No ratings in 7 days',
  'board.over': 'longer than the {limit} your team set for {status}',
  'board.note': 'Write a note about {name}',
  'board.changes': { one: '{name} is now {status}', other: '{n} people changed status' },
  'board.count': '{n} {status}',
  'board.hiddenFigures': 'Figures of colleagues are hidden by the team’s settings',
} satisfies Record<string, Message>;

register(board);
