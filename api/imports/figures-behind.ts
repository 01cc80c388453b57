import type { ImportError } from './import.repository.ts';

/** Said of an import that is done but for what follows from it. */
export const FIGURES_BEHIND: ImportError = {
  code: 'figures_behind',
  message: 'The rows are as they should be, but the figures of their days could not be worked out. They follow by themselves as soon as they can be; tell whoever runs this installation.',
};
