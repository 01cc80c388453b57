import { register, type Message } from '../messages.ts';

/** Words of whatever sets a status. */
export const status = {
  'setStatus.own': 'Your status',
  'setStatus.of': 'Status of {name}',
  'setStatus.reason': 'Reason',
  'setStatus.other': 'Another reason',
  'setStatus.reasonOf': 'Reason for {status}',
  'setStatus.set': 'Set to {status}',
  'setStatus.useReason': 'Use this reason',
  'setStatus.keys': '1–4 choose, Enter sets',
  'setStatus.offline': 'Offline: a status cannot be set now.',
  'setStatus.setting': 'setting …',
  'setStatus.over': 'longer than the {limit} your team set for it',
  'setStatus.done': '{name} is now {status}',
  'setStatus.ownDone': 'You are now {status}',
  'setStatus.changed': 'Your status was changed to {status}',
  'setStatus.failed': '{name} is still {status}. {detail}',
  'setStatus.ownFailed': 'Not set: you are still {status}. {detail}',
  'setStatus.unsure': 'No answer came: whether it was set is not known yet.',
  'setStatus.onlineToday': 'online today',
} satisfies Record<string, Message>;

register(status);
