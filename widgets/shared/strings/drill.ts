import { register, type Message } from '../messages.ts';

/** Words of the dialog that shows what a figure is made of. */
export const drill = {
  'drill.definition': 'How it is counted',
  'drill.exclusions': 'Left out: {list}',
  'drill.rows': 'Rows behind it',
  'drill.noRows': 'The rows behind it are open to leaders.',
  'drill.nothing': 'Nothing was measured, so there are no rows.',
  'drill.day': 'Day',
  'drill.value': 'Value',
  'drill.n': 'n',
} satisfies Record<string, Message>;

register(drill);
