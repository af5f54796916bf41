import { consoleExamples, consoleViews } from './console-views.ts';

/** docs/schema.md: the views that queries may read, as Markdown. Generated, so that it says what is there. */
export const describeSchema = (): string => {
  const cell = (text: string): string => text.replaceAll('|', '\\|');
  const views = consoleViews.flatMap(({ name, about, columns }) => [
    `## ${name}`,
    '',
    about,
    '',
    '| column | type | meaning |',
    '| --- | --- | --- |',
    ...columns.map(([column, type, , meaning]) => `| \`${column}\` | ${type} | ${cell(meaning)} |`),
    '',
  ]);
  const examples = consoleExamples.flatMap(({ title, sql }) => [`${title}:`, '', '```sql', sql, '```', '']);
  return [
    '# Views of the query console',
    '',
    'What `unifi-monitor query` and the view "Query console" can read. Generated from the views themselves; after a change:',
    '`UNIFI_MONITOR_UPDATE_DOCS=1 npx vitest run test/unit/adapters/describe-schema.spec.ts`.',
    '',
    'Times are text, ISO 8601 UTC, so that they sort and compare as they stand. Truth values are 1 and 0. Columns of type',
    "`json` hold JSON text: `attributes ->> '$.department'`. The SQL is that of SQLite; only reading is possible.",
    '',
    '<!-- prettier-ignore-start -->',
    '',
    ...views,
    '## Examples',
    '',
    ...examples,
    '<!-- prettier-ignore-end -->',
    '',
  ].join('\n');
};
