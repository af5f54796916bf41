import type { PurgeMethods } from '../../src-main/contract/methods/purge.ts';
import type { PurgeEntry, PurgeReceipt } from '../../src-main/contract/models/purge.ts';

const receipt: PurgeReceipt = {
  format: 1,
  id: 'purge-4c1d90aa7b21',
  connection: 'Fabrikam',
  at: '2026-11-20T12:00:00.000Z',
  finishedAt: '2026-11-20T12:00:09.000Z',
  liftedAt: null,
  tables: [
    { table: 'audit_events', holds: 'events of the audit log', deleted: 3, changed: 2 },
    { table: 'closed_versions', holds: 'users, accounts, groups and assignments as they were', deleted: 4, changed: 0 },
    { table: 'current_versions', holds: 'users, accounts, groups and assignments as they are', deleted: 3, changed: 1 },
    { table: 'findings', holds: 'findings', deleted: 1, changed: 0 },
    { table: 'log_rows', holds: 'rows of the provisioning log', deleted: 1_284, changed: 7 },
  ],
  collections: { first: '1', last: '30', runs: 30 },
  soughtIds: 2,
  soughtTexts: 5,
  keptShared: 1,
  keptShort: 0,
  hashes: 5,
  keyId: '5f0c2b9d11aa',
  queries: 1,
  reports: 0,
  repeatedAt: [],
  notes: ['Keyed hashes of the ids and addresses stay, so that the next collection does not bring the person back.'],
};

const text = `Receipt of a purge (data-protection request)\n\nReceipt:     ${receipt.id}\n`;

/** Two purges, one of them lifted. */
export const fakePurgeList: PurgeEntry[] = [
  { id: receipt.id, at: receipt.at, state: 'in-force', finishedAt: receipt.finishedAt, liftedAt: null },
  {
    id: 'purge-09bb17e6f0c4',
    at: '2026-10-02T08:30:00.000Z',
    state: 'lifted',
    finishedAt: '2026-10-02T08:30:04.000Z',
    liftedAt: '2026-11-02T09:00:00.000Z',
  },
];

/** Answers about purges, for the window without a program behind it. */
export const createFakePurges = (): PurgeMethods => ({
  previewPurge: ({ who }) => ({
    id: '0d9d1a52-0000-4000-8000-000000000001',
    name: 'Ada Brandt',
    entraIds: ['0d9d1a52-0000-4000-8000-000000000001'],
    scimIds: ['u-20024'],
    called: [who, 'ada.brandt@fabrikam.example', 'Ada Brandt'],
    shared: ['Brandt Ada'],
    short: [],
    tables: receipt.tables,
    collections: receipt.collections,
    queries: ['Ada in the log'],
    reports: [],
  }),
  purgePerson: () => ({ receipt, unfinished: null }),
  finishPurges: () => ({ finished: [receipt] }),
  listPurges: () => ({
    purges: fakePurgeList,
  }),
  getPurgeReceipt: () => ({ receipt, text }),
  liftPurge: () => ({ receipt: { ...receipt, liftedAt: '2026-11-23T09:00:00.000Z' }, text }),
});
