import type { ActionsService } from '../../actions/actions.service.ts';
import { moment, type ExportSheet } from '../export-sheet.ts';

type Row = ReturnType<ActionsService['pages']> extends AsyncIterable<readonly (infer R)[]> ? R : never;

/** What is to be done, and what was; the days are those it is due. Its headers are ones the import knows. */
export const actionsSheet = (actions: ActionsService): ExportSheet<Row> => ({
  name: 'Action items',
  columns: [
    { header: 'Action id', width: 38, of: (row) => row.id },
    { header: 'Agent id', of: (row) => row.agentId },
    { header: 'Name', width: 24, of: (row) => row.agentName },
    { header: 'Action', width: 36, of: (row) => row.title },
    { header: 'Description', width: 60, of: (row) => row.description },
    { header: 'Due date', of: (row) => row.dueDate },
    { header: 'Priority', of: (row) => row.priority },
    { header: 'Category', of: (row) => row.category },
    { header: 'Status', of: (row) => row.status },
    { header: 'Completed on', isMoment: true, width: 30, of: (row) => moment(row.completedAt) },
    // Not “assigned to”, by which many systems mean whom it is about.
    { header: 'Taken on by', width: 24, of: (row) => row.assigneeName },
    { header: 'Written by', width: 24, of: (row) => row.createdBy.name },
    { header: 'Target metric', of: (row) => row.targetMetric },
    { header: 'Target value', of: (row) => row.targetValue },
  ],
  pages: (by, { from, to, ...filters }, gone) => actions.pages(by, { ...filters, dueFrom: from, dueTo: to }, gone),
});
