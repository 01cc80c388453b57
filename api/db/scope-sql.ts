import type { Scope } from '../auth/principal.ts';
import { sql, type RawBuilder } from './db.ts';

/**
 * A scope as a condition on the columns that hold a row's team and person. Repositories put it into the
 * query itself, so that counting, paging and joining can never see a row too many.
 * A leader's own rows belong to the scope: nothing about them is hidden from them but private notes.
 */
export function scopeSql(scope: Scope, columns: { team: string; agent: string }): RawBuilder<unknown> {
  const agent = sql.ref(columns.agent);
  switch (scope.kind) {
    case 'all':
      return sql`true`;
    case 'teams':
      return sql`(${sql.ref(columns.team)} = any(${[...scope.teamIds]}::uuid[]) or ${agent} = ${scope.selfId})`;
    case 'self':
      return sql`${agent} = ${scope.agentId}`;
    case 'none':
      return sql`false`;
  }
}
