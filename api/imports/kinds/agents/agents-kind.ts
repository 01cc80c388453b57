import type { ImportedPeople } from '../../../agents/imported-people.service.ts';
import type { Tx } from '../../../db/unit-of-work.ts';
import { PeopleResolver } from '../../people-resolver.ts';
import { ComparisonRepository } from '../comparing/comparison.repository.ts';
import { RollbackRepository } from '../comparing/rollback.repository.ts';
import type { ImportKind, NeededColumn } from '../import-kind.ts';
import { acceptsOf } from '../reading/decided-words.ts';
import { columnQuestions } from '../reading/settle-columns.ts';
import { settleDateOrder } from '../reading/settle-dates.ts';
import { agentFields, meanings } from './agent-fields.ts';
import { AgentImportRepository, storedPeople, type ChangedPerson, type NewPerson } from './agent-import.repository.ts';
import { AgentRows } from './agent-rows.ts';

const needed: readonly NeededColumn[] = [
  { fields: ['fullName', 'lastName', 'email', 'username'], message: 'No column with the name was found. Which one says who somebody is?' },
];

/** Imports of a roster: one row, one person. Whoever is not named in it stays as they are. */
export function agentsKind(people: ImportedPeople): ImportKind {
  const comparison = new ComparisonRepository(storedPeople);
  const repository = new AgentImportRepository();
  const rollback = new RollbackRepository(storedPeople);
  return {
    name: 'agents',
    label: 'People',
    about: 'One row is one person. Whoever is not in the file stays as they are.',
    needed,
    isAboutPeople: true,
    fields: agentFields,
    accepts: (field, meaning) => acceptsOf(meanings, field, meaning),
    settle: async (columns, given, sample) => {
      const questions = columnQuestions(columns, sample, needed, given);
      const dateOrder = given.dateOrder ?? (await settleDateOrder(columns['joinedOn'], 'joinedOn', sample, questions));
      return { options: { ...given, ...(dateOrder ? { dateOrder } : {}) }, questions };
    },
    reader: (mapping) => new AgentRows(mapping),
    classify: (db, staged) => comparison.classify(db, staged),
    recheck: async (tx, request) => {
      // Two rosters may add the same people.
      await people.lock(tx);
      await repository.meet(tx, request.importId, come(await repository.newPeople(tx, request.importId), new PeopleResolver(await people.everybody(), {}, request.teamIds)));
      return comparison.reclassify(tx, request);
    },
    apply: async (tx, { importId }) => {
      await rollback.rememberPrevious(tx, importId);
      for (const person of await repository.changedPeople(tx, importId)) await change(tx, people, person);
      const fresh = await repository.newPeople(tx, importId);
      const ids = await people.add(tx, fresh.map(({ ordinal: _ordinal, joinedOn: _joined, ...person }) => person));
      await repository.settle(tx, importId, new Map(fresh.map(({ ordinal }, index) => [ordinal, ids[index] ?? 0])));
      return ids;
    },
    lock: (tx, request) => rollback.lock(tx, request),
    // People who were added are asked for with all others that an import adds.
    blockers: (db, request, limit) => rollback.changedSince(db, request, limit, ['changed']),
    revert: async (tx, request) => {
      const changed = await repository.changedPeople(tx, request.importId);
      await rollback.restoreChanged(tx, request, tx.now);
      await people.restored(tx, changed.map(({ id }) => id));
    },
    analyze: (db) => repository.analyze(db),
    period: () => Promise.resolve(null),
  };
}

/** Row → id, of people who were to be added and have come since. */
function come(rows: readonly NewPerson[], resolver: PeopleResolver): Map<number, number> {
  const met = new Map<number, number>();
  for (const { ordinal, email, username, fullName } of rows) {
    const resolution = resolver.resolveAny([email, username, fullName].filter((name) => name !== null));
    if (resolution.kind === 'known') met.set(ordinal, resolution.id);
  }
  return met;
}

/** By the rules of everybody's changes, so that whoever is deactivated is signed out, and whoever moves sees it. */
async function change(tx: Tx, people: ImportedPeople, { id, changes: { team, joinedOn: _joined, ...changes }, teamId }: ChangedPerson): Promise<void> {
  await people.change(tx, id, { ...changes, ...(team === undefined ? {} : { teamId }) });
}
