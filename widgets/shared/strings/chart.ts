import { register, type Message } from '../messages.ts';

/** Words of charts. */
export const chart = {
  'chart.name': '{name}, {n} days',
  'chart.at': '{day}: {value}',
  'chart.empty': '{day}: no data',
  'chart.help': 'Arrows move by day, Enter opens the day’s rows, T shows the numbers as a table',
  'chart.table': 'Table',
  'chart.chart': 'Chart',
  'chart.tableTitle': 'The same numbers by day, n in brackets',
  'chart.day': 'Day',
  'chart.noData': 'Nothing was measured on any of these days.',
} satisfies Record<string, Message>;

register(chart);
