import type { NotesService } from '../../notes/notes.service.ts';
import type { BusinessCalendar } from '../../performance/business-day.ts';
import { moment, type ExportSheet } from '../export-sheet.ts';
import { instantsOf } from './instants.ts';

type Row = ReturnType<NotesService['pages']> extends AsyncIterable<readonly (infer R)[]> ? R : never;

/** Notes about people; the days are those on which they were written. */
export const notesSheet = (notes: NotesService, calendar: BusinessCalendar): ExportSheet<Row> => ({
  name: 'Notes',
  columns: [
    { header: 'Note id', width: 38, of: (row) => row.id },
    { header: 'Agent id', of: (row) => row.agentId },
    { header: 'Name', width: 24, of: (row) => row.agentName },
    { header: 'Written on', isMoment: true, width: 30, of: (row) => moment(row.createdAt) },
    { header: 'Author', width: 24, of: (row) => row.createdBy.name },
    { header: 'Type', of: (row) => row.noteType },
    { header: 'Priority', of: (row) => row.priority },
    { header: 'Category', of: (row) => row.category },
    { header: 'Note', width: 60, of: (row) => row.content },
    { header: 'Private', of: (row) => row.isPrivate },
    { header: 'Addressed at', isMoment: true, width: 30, of: (row) => moment(row.addressedAt) },
    { header: 'Addressed by', width: 24, of: (row) => row.addressedBy?.name ?? null },
  ],
  pages: (by, filters, gone) => notes.pages(by, { ...filters, ...instantsOf(filters, calendar) }, gone),
});
