import { table, type TestCell } from './workbook-writer.ts';

/** The columns of an export many call centres know. */
export const callsHeader = [
  'Call Id', 'Agent', 'Date', 'Time', 'Topic', 'Answered (Y/N)', 'Resolved', 'Speed of answer in seconds', 'AvgTalkDuration', 'Satisfaction rating',
];

export interface CallCells {
  readonly id?: TestCell;
  readonly agent?: TestCell;
  readonly date?: TestCell;
  readonly time?: TestCell;
  readonly topic?: TestCell;
  readonly answered?: TestCell;
  readonly resolved?: TestCell;
  readonly wait?: TestCell;
  readonly talk?: TestCell;
  readonly rating?: TestCell;
}

/** A call as a row of cells: answered at noon after 30 s, two minutes long, resolved, rated 4. */
export function call(cells: CallCells): TestCell[] {
  const noon = { number: 0.5, style: 'time' } as const;
  const twoMinutes = { number: 120 / 86_400, style: 'time' } as const;
  const answered = { id: 'ID1', agent: 'Ada Agent', date: '2021-03-31', time: noon, topic: 'Streaming', answered: 'Y', resolved: 'Y', wait: 30, talk: twoMinutes, rating: 4 };
  const unanswered = cells.answered === 'N' ? { resolved: 'N', wait: null, talk: null, rating: null } : {};
  return Object.values({ ...answered, ...unanswered, ...cells });
}

/** A workbook of calls. */
export const callsSheet = (...calls: CallCells[]): Buffer => table([callsHeader, ...calls.map(call)]);
