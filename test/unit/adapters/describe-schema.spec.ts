import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { describeSchema } from '../../../src-main/adapters/sqlite/console/describe-schema.ts';

const file = fileURLToPath(new URL('../../../docs/schema.md', import.meta.url));

test('docs/schema.md says what the views of the query console hold', () => {
  if (process.env['UNIFI_MONITOR_UPDATE_DOCS']) writeFileSync(file, describeSchema());
  expect(readFileSync(file, 'utf8')).toBe(describeSchema());
});
