import { register, type Message } from '../messages.ts';

/** Words of every widget. */
export const common = {
  'unit.day': '{n} d',
  'unit.hour': '{n} h',
  'unit.minute': '{n} m',
  'unit.second': '{n} s',
  'unit.hoursMinutes': '{h} h {m} m',
  'unit.daysHours': '{d} d {h} h',

  'status.online': 'Online',
  'status.busy': 'Busy',
  'status.away': 'Away',
  'status.offline': 'Offline',

  'common.close': 'Close',
  'common.back': 'Back',
  'common.cancel': 'Cancel',
  'common.retry': 'Try again',
  'common.reload': 'Reload the page',
  'common.refresh': 'Refresh',
  'common.more': 'Show more',
  'common.undo': 'Undo',
  'common.missing': '–',
  'common.noData': 'No data for this yet',
  'common.loading': 'Loading',
  'common.optional': 'optional',
  'common.rows': { one: '{n} row', other: '{n} rows' },
  'common.n': 'n {n}',

  'state.offline.title': 'You are offline.',
  'state.offline.body': 'This shows again as soon as the connection is back.',
  'state.failed.title': 'This could not be loaded.',
  'state.failed.body': 'Nothing you wrote is lost. {detail}',
  'state.forbidden.title': 'This is not open to your role.',
  'state.forbidden.body': 'Ask a manager if you need it for your work.',
  'state.gone.title': 'This is not here any more.',
  'state.gone.body': 'It was removed, or it belongs to another team.',
  'state.expired.title': 'Your sign-in has ended.',
  'state.expired.body': 'Sign in again to go on; what you wrote is kept.',
  'state.expired.action': 'Sign in again',
  'state.signedOut.title': 'Nobody is signed in.',
  'state.signedOut.body': 'Sign in to the console to see this.',
  'state.reference': 'Reference {id}',

  'bar.offline': 'Offline',
  'bar.waiting': '{n} waiting to be sent',
  'bar.reconnecting': 'Live updates paused, reconnecting',
  'bar.part': 'A part of this could not be loaded.',
  'bar.stale': 'As of {time}, {age}',

  'problem.network': 'The server could not be reached.',
  'problem.older': 'This page may be older than what the server has now.',
  'problem.slow': 'Too many requests just now; wait a moment.',
  'problem.clash': 'Somebody changed this meanwhile.',
} satisfies Record<string, Message>;

register(common);
