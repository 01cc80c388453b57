import { register, type Message } from '../messages.ts';

/** Words of planning a session. */
export const sessionSchedule = {
  'plan.new': 'Schedule a session',
  'plan.newWith': 'Schedule a session with {name}',
  'plan.change': 'Change the session with {name}',
  'plan.who': 'With',
  'plan.whoHint': 'Several people make it a group.',
  'plan.facilitator': 'Held by',
  'plan.date': 'Day',
  'plan.time': 'From',
  'plan.duration': 'Minutes',
  'plan.template': 'Begin with a template',
  'plan.noTemplate': 'None',
  'plan.focus': 'Look at',
  'plan.suggested': 'Below stands why they are in the queue.',
  'plan.suggestedNone': 'Leave it out',
  'plan.focusHint': 'The effect of the session is measured on these.',
  'plan.agenda': 'Agenda, one point a line',
  'plan.remote': 'Link to meet from afar',
  'plan.remoteRule': 'An address that begins with https://',
  'plan.save': 'Schedule and invite',
  'plan.saveChange': 'Save and tell everybody',
  'plan.saving': 'Saving',
  'plan.incomplete': 'Day and time are needed.',
  'plan.nobody': 'Say with whom.',
  'plan.past': 'This time is over.',
  'plan.clash': '{name} is in a session then, from {from} to {to}.',
  'plan.clashTake': 'Take {time}',
  'plan.leave': 'They have agreed to come all the same',
  'plan.thatDay': 'That day',
  'plan.busy': '{from}–{to}, {name}',
  'plan.live': 'A live session keeps its time.',
  'plan.done': 'Scheduled for {when}; everybody is invited.',
  'plan.changed': 'Saved; everybody is told.',
} satisfies Record<string, Message>;

register(sessionSchedule);
