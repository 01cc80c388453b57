import { readEnv } from '../../api/config.ts';

/** Whether this is `npm run test:long`: many more random runs, no hurry. */
export const LONG = Boolean(readEnv()['LONG']);
