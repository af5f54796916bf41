import type { Finding } from '../../contract/models/finding.ts';
import type { GroupInput } from '../../core/investigation/group-case.ts';
import { describeLogRow } from '../../core/log/describe-log-row.ts';
import type { GroupRef } from '../../core/model/group-facts.ts';
import type { HistoryReads } from '../ports.ts';
import type { SharedCase } from './load-case.ts';

/** A group's members change often: more rows than of a person, so that those about one member are among them. */
const rowsRead = 300;
/** A group can have a finding for every member; the rules look for one. */
const findingsRead = 500;

/** Findings that are not resolved about a group and its members, on either side. */
const findingsOf = async (store: HistoryReads, ids: readonly string[]): Promise<Finding[]> => {
  const found = new Map<string, Finding>();
  for (const subject of ids) {
    const { rows } = await store.findings.page({ subject, state: ['open', 'pending'] }, { limit: findingsRead });
    for (const finding of rows) if (finding.subject.type === 'group') found.set(finding.id, finding);
  }
  return [...found.values()];
};

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
  const { jobId } = shared;
  const facts = await store.groups.facts({ entraId, scimId, auditFrom: shared.auditFrom });
  const ids = [...(entraId === null ? [] : [entraId]), ...facts.targets.map((target) => `scim:${target.id}`)];
  const rows = entraId === null ? [] : await store.log.rowsOf(entraId, rowsRead);
  return {
    ...shared.common,
    id,
    facts,
    findings: await findingsOf(store, ids),
    rows: rows
      .map(({ row, raw }) => describeLogRow(row, raw))
      .filter((row) => row.jobId === null || jobId === null || row.jobId === jobId),
  };
};
