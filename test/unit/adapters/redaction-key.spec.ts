import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { pseudonymsOf, readRedactionKey } from '../../../src-main/adapters/files/redaction-key.ts';
import { redactJson, redactProse } from '../../../src-main/core/redaction/redact-text.ts';
import type { Vocabulary } from '../../../src-main/core/redaction/vocabulary.ts';
import { failureOf } from '../../support/failure-of.ts';

const folder = mkdtempSync(join(tmpdir(), 'unifi-monitor-key-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const { pseudonym } = pseudonymsOf(Buffer.alloc(32, 7));
const vocabulary: Vocabulary = { words: new Set(['ada', 'brandt']), identifiers: new Set(['u-20024']) };

test('the key is made once, for its owner only, and gives the same pseudonyms again', async () => {
  const [first, second] = await Promise.all([readRedactionKey(folder), readRedactionKey(folder)]);
  expect(first.id).toBe(second.id);
  expect(first.pseudonym('name', 'ada')).toBe((await readRedactionKey(folder)).pseudonym('name', 'ada'));
  expect(statSync(join(folder, 'redaction.key')).mode & 0o077).toBe(0);
  expect(first.pseudonym('name', 'ada')).not.toBe(pseudonym('name', 'ada'));
  expect(first.pseudonym('name', 'ada')).toMatch(/^name-[0-9a-z]{10}$/u);
});

test('a file that is no key is named, not replaced', async () => {
  writeFileSync(join(folder, 'redaction.key'), 'short');
  expect(await failureOf(readRedactionKey(folder))).toMatchObject({
    code: 'store-damaged',
    file: join(folder, 'redaction.key'),
  });
});

test('the same person has the same pseudonym in a sentence and in a document', () => {
  const sentence = redactProse(
    'Ada Brandt (ada.brandt@contoso.example) is u-20024 since 2026-11-20.',
    pseudonym,
    vocabulary,
  );
  const document = redactJson(
    JSON.stringify({ id: 'u-20024', displayName: 'Ada Brandt', mail: 'Ada.Brandt@contoso.example', status: 'failure' }),
    pseudonym,
    vocabulary,
  );
  const read = JSON.parse(document) as Record<string, string>;
  expect(sentence).toBe(`${read['displayName']} (${read['mail']}) is ${read['id']} since 2026-11-20.`);
  expect(read['status']).toBe('failure');
  expect(sentence + document).not.toMatch(/ada|brandt|20024/iu);
});

test.each(["Ada O'Brandt was skipped", "Brandt's account", 'A.Brandt exists', 'Mc-Brandt'])(
  'a name that is a part of a word is found: %s',
  (sentence) => {
    expect(redactProse(sentence, pseudonym, vocabulary)).not.toMatch(/brandt/iu);
  },
);
