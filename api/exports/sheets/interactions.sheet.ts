import type { InteractionsService } from '../../interactions/interactions.service.ts';
import { Moment, type ExportSheet } from '../export-sheet.ts';

type Row = ReturnType<InteractionsService['pages']> extends AsyncIterable<readonly (infer R)[]> ? R : never;

/** Calls, chats and tickets. Its headers are ones the import knows: the file can be brought back in. */
export const interactionsSheet = (interactions: InteractionsService): ExportSheet<Row> => ({
  name: 'Interactions',
  columns: [
    { header: 'Interaction id', width: 24, of: (row) => row.externalId },
    { header: 'Source', of: (row) => row.source },
    { header: 'Agent id', of: (row) => row.agentId },
    { header: 'Name', width: 24, of: (row) => row.agentName },
    { header: 'Team', of: (row) => row.teamName },
    { header: 'Started at', isMoment: true, width: 30, of: (row) => new Moment(row.startedAt, row.precision) },
    { header: 'Channel', of: (row) => row.channel },
    { header: 'Direction', of: (row) => row.direction },
    { header: 'Queue', of: (row) => row.queue },
    { header: 'Topic', width: 24, of: (row) => row.topic },
    { header: 'Customer', width: 24, of: (row) => row.customerRef },
    { header: 'Outcome', of: (row) => row.outcome },
    { header: 'Resolved', of: (row) => row.resolved },
    { header: 'First contact resolution', of: (row) => row.firstContact },
    { header: 'Wait (seconds)', of: (row) => row.waitSeconds },
    { header: 'Talk (seconds)', of: (row) => row.talkSeconds },
    { header: 'Hold (seconds)', of: (row) => row.holdSeconds },
    { header: 'After-call work (seconds)', of: (row) => row.acwSeconds },
    { header: 'Rating', of: (row) => row.rating },
    { header: 'Rating as given', of: (row) => row.ratingOriginal },
    { header: 'Rating scale', of: (row) => row.ratingScale },
    { header: 'Sentiment', of: (row) => row.sentiment },
  ],
  pages: (by, { teamId, ...filters }, gone) => interactions.pages(by, { ...filters, ofTeam: teamId }, gone),
});
