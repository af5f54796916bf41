import type { QueryMethods } from '../../src-main/contract/methods/query.ts';
import type { QueryCell } from '../../src-main/contract/models/query.ts';

const columns = ['name', 'source_state', 'target_state', 'rows'];
const rowOf = (index: number): QueryCell[] => [
  `Person ${index}`,
  index % 7 === 0 ? 'disabled' : 'in-scope',
  index % 5 === 0 ? null : 'active',
  index * 3,
];

/** Answers of the query console, for the window without a program behind it. */
export const createFakeQueries = (unavailable: string | null): { [M in keyof QueryMethods]: QueryMethods[M] } => ({
  getConsole: () => ({
    unavailable,
    views: [
      {
        name: 'v_people',
        about: 'Everybody whom the newest cross-check saw.',
        columns: [
          { name: 'name', type: 'text', about: 'Name in Entra, else in UNIFI' },
          { name: 'source_state', type: 'text', about: 'In Entra' },
        ],
      },
      { name: 'v_log', about: 'Rows of the provisioning log.', columns: [{ name: 'at', type: 'text', about: 'When' }] },
    ],
    examples: [{ title: 'Everybody', sql: 'SELECT name FROM v_people' }],
    saved: [{ name: 'My query', sql: 'SELECT at FROM v_log', savedAt: '2026-11-20T12:00:00.000Z' }],
    limits: { rows: 10_000, exportRows: 1_000_000, characters: 16_000_000, timeMs: 30_000, memoryBytes: 805_306_368 },
  }),
  runQuery: ({ rows = 1_000 }) => ({
    columns,
    rows: Array.from({ length: Math.min(rows, 250) }, (_, index) => rowOf(index)),
    cut: null,
    durationMs: 128,
  }),
  countQuery: ({ columns: asked }) => ({
    total: 250,
    facets: asked.map((column) => ({
      column,
      name: columns[column] ?? '',
      values: [
        { value: 'in-scope', count: 214 },
        { value: null, count: 36 },
      ],
      distinct: 2,
    })),
  }),
  exportQuery: ({ format }) => ({ file: `/data/reports/contoso-query.${format}`, rows: 250, cut: null }),
  saveQuery: ({ name, sql }) => ({ name, sql, savedAt: '2026-11-20T12:00:00.000Z' }),
  deleteQuery: ({ name }) => ({ deleted: name }),
});
