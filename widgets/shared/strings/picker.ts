import { register, type Message } from '../messages.ts';

/** Words of choosing people, and what people are. */
export const picker = {
  'role.admin': 'Administrator',
  'role.manager': 'Manager',
  'role.team_leader': 'Team leader',
  'role.cs': 'Agent',
  'role.viewer': 'Viewer',

  'picker.search': 'Search by name',
  'picker.add': 'Add {name}',
  'picker.remove': 'Remove {name}',
  'picker.found': { one: 'One person found', other: '{n} people found' },
  'picker.nobody': 'Nobody found.',
} satisfies Record<string, Message>;

register(picker);
