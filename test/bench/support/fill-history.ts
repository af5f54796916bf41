import { sourceNames } from '../../../src-main/contract/models/run.ts';
import type { HistoryStore, SnapshotItems, SnapshotName } from '../../../src-main/services/ports.ts';
import type { Company } from './cross-check-rows.ts';

/** The moment that the stored state stands for. */
export const collectedAt = '2026-11-20T12:00:00.000Z';

const attribute = (targetAttributeName: string, name: string, matchingPriority = 0): object => ({
  targetAttributeName,
  matchingPriority,
  flowType: 'Always',
  source: { type: 'Attribute', name, expression: `[${name}]`, parameters: [] },
});
const schema = {
  id: 'unifi',
  version: '1',
  synchronizationRules: [
    {
      id: 'rule',
      priority: 1,
      objectMappings: [
        {
          enabled: true,
          flowTypes: 'Add, Update, Delete',
          sourceObjectName: 'User',
          scope: {
            groups: [
              {
                name: 'Not the guest desk',
                clauses: [
                  {
                    sourceOperandName: 'department',
                    operatorName: 'NOT EQUALS',
                    targetOperand: { values: ['Guest desk'] },
                  },
                ],
              },
            ],
          },
          attributeMappings: [
            attribute('userName', 'userPrincipalName', 1),
            attribute('name.givenName', 'givenName'),
            attribute('name.familyName', 'surname'),
            attribute('externalId', 'mailNickname'),
          ],
        },
        {
          enabled: true,
          flowTypes: 'Add, Update, Delete',
          sourceObjectName: 'Group',
          attributeMappings: [attribute('displayName', 'displayName', 1), attribute('externalId', 'objectId')],
        },
      ],
    },
  ],
};

/** Stores a company as one complete collection would have; the log is not part of it. */
export const fillHistory = async (store: HistoryStore, company: Company): Promise<string> => {
  const run = await store.runs.start(collectedAt);
  const put = async <N extends SnapshotName>(name: N, items: SnapshotItems[N][]): Promise<void> => {
    await store.snapshots.begin(name);
    await store.snapshots.stage(name, items);
    await store.snapshots.apply(name, { runId: run.id, full: true });
  };
  await put('users', company.users);
  await put('deleted-users', company.deletedUsers);
  await put('groups', company.groups);
  await put('group-members', company.members);
  await put(
    'assignments',
    company.groups.map(({ id }) => ({
      id: `assignment-${id}`,
      principalId: id,
      principalType: 'Group' as const,
      principalName: null,
      appRoleId: 'role',
      createdAt: '2026-01-05T08:00:00Z',
    })),
  );
  await put('scim-users', company.accounts);
  await put('scim-groups', company.targetGroups);
  await store.snapshots.saveDocument('schema', '1', JSON.stringify(schema), run.id);
  await store.snapshots.saveDocument('job-settings', null, JSON.stringify({ SyncAll: 'false' }), run.id);
  for (const source of sourceNames) {
    await store.runs.saveSource(run.id, {
      source,
      status: 'complete',
      items: 0,
      pages: 0,
      requests: 0,
      throttledMs: 0,
      malformed: 0,
      from: null,
      to: null,
      startedAt: collectedAt,
      endedAt: collectedAt,
      failure: null,
    });
  }
  await store.runs.finish(run.id, collectedAt);
  return run.id;
};
