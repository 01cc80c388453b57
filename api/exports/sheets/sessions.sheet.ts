import type { BusinessCalendar } from '../../performance/business-day.ts';
import type { SchedulingService } from '../../sessions/scheduling.service.ts';
import { moment, type ExportSheet } from '../export-sheet.ts';
import { instantsOf } from './instants.ts';

type Row = ReturnType<SchedulingService['pages']> extends AsyncIterable<readonly (infer R)[]> ? R : never;

/** Several things in one cell. */
const list = (texts: readonly (string | null)[]): string | null => texts.filter((text) => text !== null && text !== '').join('; ') || null;

/** Coaching sessions, each with what was written in it; the days are those they were scheduled for. */
export const sessionsSheet = (sessions: SchedulingService, calendar: BusinessCalendar): ExportSheet<Row> => ({
  name: 'Sessions',
  columns: [
    { header: 'Session id', width: 38, of: (row) => row.id },
    { header: 'Kind', of: (row) => row.kind },
    { header: 'Status', of: (row) => row.status },
    { header: 'Scheduled at', isMoment: true, width: 30, of: (row) => moment(row.scheduledAt) },
    { header: 'Duration (minutes)', of: (row) => row.durationMinutes },
    { header: 'Facilitator', width: 24, of: (row) => row.facilitator.name },
    { header: 'Attendees', width: 36, of: (row) => list(row.attendees.map(({ name }) => name)) },
    // How others of a group answered is not for everybody in it: there is nothing then.
    { header: 'Acknowledgements', width: 36, of: (row) => list(row.attendees.map(({ name, acknowledgement }) => acknowledgement && `${name}: ${acknowledgement.status}`)) },
    { header: 'Focus metrics', width: 24, of: (row) => list(row.focusMetrics) },
    { header: 'Agenda', width: 36, of: (row) => list(row.agenda.map(({ title }) => title)) },
    { header: 'Topics covered', width: 36, of: (row) => list(row.topicsCovered) },
    { header: 'Discussion notes', width: 60, of: (row) => row.discussionNotes || null },
    { header: 'Summary', width: 60, of: (row) => row.summary || null },
    { header: 'Commitments', width: 60, of: (row) => list(row.commitments.map(({ text, dueOn }) => (dueOn === null ? text : `${text} (by ${dueOn})`))) },
    { header: 'Engagement', of: (row) => row.engagementScore },
    { header: 'Started at', isMoment: true, width: 30, of: (row) => moment(row.startedAt) },
    { header: 'Completed at', isMoment: true, width: 30, of: (row) => moment(row.completedAt) },
    { header: 'Cancelled because', width: 36, of: (row) => row.cancelReason },
  ],
  pages: (by, filters, gone) => sessions.pages(by, { ...filters, ...instantsOf(filters, calendar) }, gone),
});
