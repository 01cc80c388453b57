import type { AgentsService } from '../../agents/agents.service.ts';
import type { ExportSheet } from '../export-sheet.ts';

type Row = ReturnType<AgentsService['pages']> extends AsyncIterable<readonly (infer R)[]> ? R : never;

/** People as the import of rosters reads them; the days are those they joined on. Whoever sees others as in the directory gets that. */
export const agentsSheet = (agents: AgentsService): ExportSheet<Row> => ({
  name: 'Agents',
  columns: [
    // Not “agent id”: the import knows people by name, user name and e-mail, and would take it for one of these.
    { header: 'Number', of: (row) => row.id },
    { header: 'Name', width: 24, of: (row) => row.fullName },
    { header: 'E-mail', width: 32, of: (row) => row.email },
    { header: 'User name', width: 24, of: (row) => row.username },
    { header: 'Role', of: (row) => row.role },
    { header: 'Department', width: 18, of: (row) => row.department },
    { header: 'Team', width: 18, of: (row) => row.teamName },
    { header: 'Telephone', width: 18, of: (row) => row.phone },
    { header: 'Joined on', of: (row) => row.joinedOn },
    { header: 'Active', of: (row) => row.isActive },
  ],
  pages: (by, { agentId, from, to, teamId }, gone) => agents.pages(by, { id: agentId, teamId, joinedFrom: from, joinedTo: to }, gone),
});
