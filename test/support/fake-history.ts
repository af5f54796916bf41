import type { Api } from '../../src-main/contract/api.ts';
import {
  diffSections,
  type Difference,
  type DiffCount,
  type DiffSummary,
} from '../../src-main/contract/models/history-diff.ts';

type HistoryAnswers = {
  [M in 'findState' | 'diffSummary' | 'listDifferences' | 'diffSetup']: (input: Parameters<Api[M]>[0]) => unknown;
};

const stateOf = (choice: string): DiffSummary['from'] => {
  const id = { first: '1', previous: '11', last: '12' }[choice] ?? (/^\d+$/u.test(choice) ? choice : '7');
  const day = String(10 + Number(id)).padStart(2, '0');
  const startedAt = `2026-11-${day}T08:00:00.000Z`;
  const endedAt = `2026-11-${day}T08:04:00.000Z`;
  return {
    run: { id, startedAt, endedAt },
    at: endedAt,
    notes: choice.startsWith('2026-11-15') ? ['Nothing was collected on 15 November 2026.'] : [],
  };
};

const kindsOf: Record<DiffCount['section'], DiffCount['kinds']> = {
  people: { added: 4, removed: 2, disabled: 3, renamed: 5, changed: 21 },
  accounts: { added: 3, disabled: 6, changed: 12 },
  groups: { renamed: 1 },
  'group-members': { added: 14, removed: 9 },
  'target-groups': {},
  'target-group-members': { added: 8 },
  assignments: { added: 1 },
  findings: { opened: 7, resolved: 5, 'still-open': 18 },
};

const total = Object.values(kindsOf).reduce(
  (sum, kinds) => sum + Object.values(kinds).reduce((one, other) => one + other, 0),
  0,
);

const difference = (index: number): Difference => {
  const section = diffSections[index % diffSections.length] ?? 'people';
  const kind = (Object.keys(kindsOf[section])[0] ?? 'changed') as Difference['kinds'][number];
  return {
    section,
    kinds: index % 8 === 0 ? ['renamed', 'changed'] : [kind],
    id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    name: `Person ${String(index)}`,
    detail: `person${String(index)}@contoso.example`,
    changes:
      index % 8 === 0
        ? [
            { attribute: 'displayName', before: 'Ada Brandt', after: `Ada Okafor ${String(index)}` },
            { attribute: 'department', before: null, after: 'Design' },
          ]
        : [],
    ...(section === 'findings' ? { finding: { kind: 'inactive-in-target' as const, severity: 'high' as const } } : {}),
    seenAt: '2026-11-20T08:00:00.000Z',
  };
};

/** Invented past states and what lies between them. */
export const fakeHistory: HistoryAnswers = {
  findState: ({ asOf }) => stateOf(asOf),
  diffSummary: ({ from, to }): DiffSummary => ({
    from: stateOf(from),
    to: stateOf(to),
    counts: diffSections.map((section) => ({
      section,
      kinds: kindsOf[section],
      attributes: section === 'people' ? [{ attribute: 'department', count: 19 }] : [],
    })),
    setup: [
      {
        area: 'scoping-filter',
        sentence: 'The scoping filter of users now leaves out the department "Guest desk".',
        before: null,
        after: 'department NOT EQUALS Guest desk',
      },
    ],
    job: [
      { run: stateOf(from).run, state: 'healthy', sentence: 'Healthy: the last cycle ended 10 minutes ago.' },
      { run: stateOf(to).run, state: 'quarantined', sentence: 'Quarantined since 20 November: credentials refused.' },
    ],
    log: {
      outcomes: [
        { status: 'success', benign: false, count: 4210 },
        { status: 'failure', benign: false, count: 37 },
        { status: 'skipped', benign: true, count: 912 },
      ],
      errors: [{ code: 'EntryConflict', count: 21 }],
    },
  }),
  listDifferences: ({ page }) => {
    const start = page.offset ?? Number(page.cursor ?? 0);
    const end = Math.min(total, start + page.limit);
    return {
      rows: Array.from({ length: end - start }, (_, index) => difference(start + index)),
      nextCursor: end < total ? String(end) : null,
      ...(page.withTotal ? { total } : {}),
    };
  },
  diffSetup: ({ connection, with: other }) => ({
    left: { connection: connection ?? 'Contoso', at: '2026-11-20T08:00:00.000Z' },
    right: { connection: other, at: '2026-11-20T08:00:00.000Z' },
    changes: [
      {
        area: 'settings' as const,
        sentence: 'The job writes to "https://unifi.example/scim"; before, to "https://test.example/scim".',
        before: 'https://test.example/scim',
        after: 'https://unifi.example/scim',
      },
    ],
    notCompared: ["UNIFI's description of its service"],
  }),
};
