import { sql, type Db } from '../db/db.ts';
import { kept } from '../db/kept-statements.ts';
import type { Principal, Role } from './principal.ts';

interface Row {
  id: number;
  full_name: string;
  role: Role;
  team_id: string | null;
  department: string;
  led: string[];
}

/** The person behind a sign-in as of now; undefined when the sign-in has ended or the person is inactive. */
export async function loadPrincipal(db: Db, agentId: number, sessionId: string, now: Date): Promise<Principal | undefined> {
  const row = await db.first(sql<Row>`${kept}
    select a.id, a.full_name, a.role, a.team_id, a.department,
      array(select tl.team_id::text from team_leaders tl join teams t on t.id = tl.team_id and t.is_active
            where tl.agent_id = a.id order by 1) as led
    from auth_sessions s join agents a on a.id = s.agent_id
    where s.id = ${sessionId} and s.agent_id = ${agentId} and s.revoked_at is null and s.expires_at > ${now} and a.is_active`);
  return (
    row && {
      kind: 'person',
      agentId: row.id,
      name: row.full_name,
      role: row.role,
      teamId: row.team_id,
      department: row.department,
      ledTeamIds: row.led,
      sessionId,
      requestId: '',
      ip: null,
    }
  );
}
