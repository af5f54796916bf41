import type { GroupInput } from '../../core/investigation/group-case.ts';
import type { GroupRef } from '../../core/model/group-facts.ts';
import type { HistoryReads } from '../ports.ts';
import { splitRows, type SharedCase } from './load-case.ts';

/** A group's members change often: more rows than of a person, so that those about one member are among them. */
const rowsRead = 300;
/**
 * Everything that is stored about one group, beside what is shared.
 *
 * Throws the store's failures.
 */
export const loadGroupCase = async (
  store: HistoryReads,
  shared: SharedCase,
  { id, entraId, scimId }: GroupRef,
): Promise<GroupInput> => {
  const facts = await store.groups.facts({ entraId, scimId, auditFrom: shared.auditFrom });
  const ids = [...(entraId === null ? [] : [entraId]), ...facts.targets.map((target) => `scim:${target.id}`)];
  const [rows, found] = await Promise.all([
    entraId === null ? [] : store.log.rowsOf(entraId, rowsRead),
    store.findings.pastOf(ids),
  ]);
  // An id of UNIFI can be that of an account as well.
  const past = found.filter(({ finding }) => finding.subject.type === 'group');
  return {
    ...shared.common,
    id,
    facts,
    past,
    findings: past.map(({ finding }) => finding).filter(({ state }) => state !== 'resolved'),
    ...splitRows(rows, shared.jobId),
  };
};
