import type { DirectoryUser } from '../../../core/model/directory.ts';
import type { PersonFacts } from '../../../core/model/person-facts.ts';
import type { TargetUser } from '../../../core/model/target.ts';
import type { FactsAsked } from '../../../services/ports.ts';
import { listIds } from '../snapshot/snapshot-lists.ts';
import type { Statements } from '../statements.ts';
import { readAlone, readAudit, readLast, readOnce, readPresent, walkGroups, type SharedReads } from './object-reads.ts';

const earlierInScope = `SELECT 1 FROM objects o CROSS JOIN closed_people p ON p.person_key = o.key
  WHERE o.list = ? AND o.id = ? AND p.source_state = 'in-scope' LIMIT 1`;

const readWasInScope = (statements: Statements, entraId: string): boolean =>
  statements.get<[number, string], object>(earlierInScope).get(listIds.users, entraId) !== undefined;

const readFacts = (statements: Statements, reads: SharedReads, who: FactsAsked): PersonFacts => {
  const { entraId, scimId } = who;
  const user = entraId === null ? null : readPresent<DirectoryUser>(statements, listIds.users, entraId);
  const deleted = entraId === null ? null : readPresent<DirectoryUser>(statements, listIds['deleted-users'], entraId);
  const former =
    entraId === null || user || deleted
      ? null
      : (readLast<DirectoryUser>(statements, listIds['deleted-users'], entraId) ??
        readLast<DirectoryUser>(statements, listIds.users, entraId));
  const groups = entraId === null ? [] : walkGroups(statements, reads, { list: 'users', id: entraId });
  return {
    user,
    deletedUser: user ? null : deleted,
    formerUser: former,
    account: scimId === null ? null : readPresent<TargetUser>(statements, listIds['scim-users'], scimId),
    wasInScope: entraId !== null && readWasInScope(statements, entraId),
    groups,
    assignments: reads.assignmentsOf([...(entraId === null ? [] : [entraId]), ...groups.map(({ id }) => id)]),
    audit: readAudit(statements, entraId, who.auditFrom),
    applicationAudit: readAudit(statements, who.applicationId, who.auditFrom),
  };
};

/** One person's facts out of all lists, in one read. */
export const readPersonFacts = (statements: Statements, who: FactsAsked): PersonFacts =>
  readFacts(statements, readAlone(statements), who);

/** The same for many people, in their order; what they share is read once. */
export const readFactsOfMany = (statements: Statements, whos: readonly FactsAsked[]): PersonFacts[] => {
  const reads = readOnce(statements);
  return whos.map((who) => readFacts(statements, reads, who));
};
