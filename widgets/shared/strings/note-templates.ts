import { register, type Message } from '../messages.ts';

/** Words of the templates of notes. */
export const noteTemplates = {
  'note.template': 'Template',
  'note.noTemplate': 'None',
} satisfies Record<string, Message>;

register(noteTemplates);
