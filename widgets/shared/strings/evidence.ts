import { register, type Message } from '../messages.ts';

/** Words of figures and of the rows behind them. */
export const evidence = {
  'channel.voice': 'voice call',
  'channel.chat': 'chat',
  'channel.email': 'e-mail',
  'channel.ticket': 'ticket',
  'channel.message': 'message',

  'figure.percent': '{n} %',
  'figure.minutes': '{n} min',
  'figure.hours': '{n} h',
  'figure.days': { one: '{n} day', other: '{n} days' },
  'figure.n': 'n = {n}',
  'figure.of': '{points} of {weight} points',

  'compare.target': 'target {value}',

  'evidence.interactions': { one: '{n} interaction', other: '{n} interactions' },
  'evidence.dailyRows': { one: '{n} day', other: '{n} days' },
  'evidence.people': { one: '{n} person', other: '{n} people' },
  'evidence.quickNotes': { one: '{n} note', other: '{n} notes' },
  'evidence.actionItems': { one: '{n} action item', other: '{n} action items' },
  'evidence.coachingSessions': { one: '{n} session', other: '{n} sessions' },
  'evidence.when': 'When',
  'evidence.who': 'Who',
  'evidence.nobody': 'nobody',
  'evidence.online': 'Online',
  'evidence.occupancy': 'Occupancy',
  'evidence.what': 'What',
  'evidence.wait': 'Wait',
  'evidence.handle': 'Handle',
  'evidence.rating': 'Rating',
  'evidence.day': 'Day',
  'evidence.handled': 'Handled',
  'evidence.csat': 'CSAT',
  'evidence.sla': 'SLA',
  'evidence.aht': 'AHT',
  'evidence.status': 'Status',
  'evidence.imported': 'imported',
  'evidence.sheet': 'sheet {name}',
  'evidence.row': 'row {n}',
  'evidence.none': 'There are no rows behind this.',
  'evidence.shown': '{n} of {total}',
  'evidence.noteColumn': 'Note',
  'evidence.note': 'Note on this {channel}',

  'outcome.open': 'running',
  'outcome.answered': 'answered',
  'outcome.abandoned': 'abandoned',
  'outcome.missed': 'missed',
  'outcome.busy': 'busy',
  'outcome.failed': 'failed',
  'outcome.voicemail': 'voicemail',

  'actionStatus.open': 'open',
  'actionStatus.in_progress': 'in progress',
  'actionStatus.done': 'done',
  'actionStatus.cancelled': 'cancelled',

  'sessionStatus.scheduled': 'scheduled',
  'sessionStatus.preparing': 'preparing',
  'sessionStatus.live': 'live',
  'sessionStatus.completed': 'completed',
  'sessionStatus.no_show': 'not held',
} satisfies Record<string, Message>;

register(evidence);
