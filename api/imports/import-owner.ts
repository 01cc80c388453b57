import { isManager, type Principal } from '../auth/principal.ts';

/** Whose imports somebody sees: managers and administrators everybody's (undefined), leaders their own. */
export const ownerOf = (by: Principal): number | undefined => (isManager(by) ? undefined : by.agentId);
