import type { components } from '../http/contract.types.ts';
import type { AbsenceRow } from './absence.repository.ts';

export type AbsenceView = components['schemas']['Absence'];

/** Leave as the person and those who lead them see it. */
export const presentAbsence = (row: AbsenceRow): AbsenceView => row;
