import type { paths } from '../../api/http/contract.types.ts';
import { addDays } from '../shared/business-day.ts';

type Operation = paths['/api/exports/{kind}']['get'];
export type ExportKind = Operation['parameters']['path']['kind'];
export type ExportQuery = NonNullable<Operation['parameters']['query']>;
export type ExportFormat = NonNullable<ExportQuery['format']>;

const DAYS = 30;

/** Which days are proposed: those just gone; from then on, because some are still to come; or none, which is all there are. */
const PROPOSED: Readonly<Record<ExportKind, 'past' | 'onwards' | 'all'>> = {
  interactions: 'past',
  metrics: 'past',
  notes: 'past',
  sessions: 'past',
  actions: 'onwards',
  agents: 'all',
};

/** Every kind the contract has, in the order in which they are offered. */
export const KINDS = Object.keys(PROPOSED) as ExportKind[];
export const FORMATS: readonly ExportFormat[] = ['xlsx', 'csv'];

/** What is to be downloaded. Days are business days, `YYYY-MM-DD`, or empty where it has no end on that side. */
export interface ExportChoice {
  readonly kind: ExportKind;
  readonly format: ExportFormat;
  readonly from: string;
  readonly to: string;
  /** Empty: all teams. */
  readonly teamId: string;
}

/** The days proposed for a kind. @param today business day */
export function proposedDays(kind: ExportKind, today: string): Pick<ExportChoice, 'from' | 'to'> {
  const proposed = PROPOSED[kind];
  return { from: proposed === 'all' ? '' : addDays(today, 1 - DAYS), to: proposed === 'past' ? today : '' };
}

export const isBackwards = ({ from, to }: ExportChoice): boolean => from !== '' && to !== '' && from > to;

export function queryOf({ format, from, to, teamId }: ExportChoice): ExportQuery {
  return { format, ...(from ? { from } : {}), ...(to ? { to } : {}), ...(teamId ? { teamId } : {}) };
}
