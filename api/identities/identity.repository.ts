import { sql, type Db } from '../db/db.ts';
import { iso } from '../db/iso.ts';

/** Who a person is in a host system. Instants are ISO 8601. */
export interface IdentityRow {
  id: string;
  agentId: number;
  system: string;
  externalId: string;
  displayName: string | null;
  createdAt: string;
}

const columns = sql`id, agent_id as "agentId", system, external_id as "externalId", display_name as "displayName", ${iso('created_at')} as "createdAt"`;

export class IdentityRepository {
  async of(db: Db, agentId: number): Promise<IdentityRow[]> {
    return db.rows(sql<IdentityRow>`select ${columns} from agent_identities where agent_id = ${agentId} order by system, external_id`);
  }

  async byId(db: Db, agentId: number, id: string): Promise<IdentityRow | undefined> {
    return db.first(sql<IdentityRow>`select ${columns} from agent_identities where agent_id = ${agentId} and id = ${id}`);
  }

  /** Undefined when the system's id is somebody's already. */
  async insert(db: Db, identity: { id: string; agentId: number; system: string; externalId: string; displayName: string | null; now: Date }): Promise<IdentityRow | undefined> {
    return db.first(sql<IdentityRow>`insert into agent_identities (id, agent_id, system, external_id, display_name, created_at)
      values (${identity.id}, ${identity.agentId}, ${identity.system}, ${identity.externalId}, ${identity.displayName}, ${identity.now})
      on conflict (system, external_id) do nothing returning ${columns}`);
  }

  async owner(db: Db, system: string, externalId: string): Promise<number | undefined> {
    return (await db.first(sql<{ id: number }>`select agent_id as id from agent_identities where system = ${system} and external_id = ${externalId}`))?.id;
  }

  async remove(db: Db, id: string): Promise<boolean> {
    return (await db.run(sql`delete from agent_identities where id = ${id}`)) === 1;
  }

  async resolve(db: Db, system: string, externalIds: readonly string[]): Promise<{ externalId: string; agentId: number }[]> {
    return db.rows(sql`select external_id as "externalId", agent_id as "agentId" from agent_identities
      where system = ${system} and external_id = any(${[...new Set(externalIds)]}::text[])`);
  }

  /** The same whatever the system: an id that several systems have answers each of its people. */
  async resolveAnywhere(db: Db, externalIds: readonly string[]): Promise<{ externalId: string; agentId: number }[]> {
    return db.rows(sql`select distinct external_id as "externalId", agent_id as "agentId" from agent_identities
      where external_id = any(${[...new Set(externalIds)]}::text[])`);
  }
}
