import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseRowTexts, type RowText } from '../../../src-main/adapters/graph/row-texts.ts';

const parse = (text: string): { value: RowText[] } & Record<string, unknown> =>
  parseRowTexts(text, 'application/json', 'provisioning-log') as { value: RowText[] };

/** Rows as a service writes them: `id` first, with lists and texts that look like the cut itself. */
const row = fc.record(
  {
    id: fc.oneof(fc.uuid(), fc.constant('"},{"id":"')),
    text: fc.oneof(fc.string(), fc.constantFrom('}]}', '},{"id":', '"value":[', '\\', 'é"}]')),
    list: fc.array(fc.oneof(fc.record({ id: fc.string() }), fc.jsonValue()), { maxLength: 3 }),
    more: fc.jsonValue(),
  },
  { requiredKeys: ['id'] },
);

test('every page reads as JSON.parse reads it, and every row keeps a text of its own', () => {
  const page = fc.record({
    rows: fc.array(fc.oneof({ weight: 9, arbitrary: row }, { weight: 1, arbitrary: fc.jsonValue() }), { maxLength: 6 }),
    before: fc.dictionary(fc.constantFrom('@odata.context', 'a'), fc.jsonValue()),
    after: fc.dictionary(fc.constantFrom('@odata.nextLink', 'b'), fc.jsonValue()),
    indent: fc.constantFrom(0, 2),
  });
  fc.assert(
    fc.property(page, ({ rows, before, after, indent }) => {
      const whole = { ...before, value: rows, ...after };
      const text = JSON.stringify(whole, null, indent);
      const expected = JSON.parse(text) as Record<string, unknown>;
      const read = parse(text);
      expect({ ...read, value: read.value.map((one) => one.value) }).toEqual(expected);
      expect(read.value.map((one) => JSON.parse(one.text) as unknown)).toEqual(expected['value']);
    }),
    { numRuns: 500 },
  );
});

test('a row keeps the text as received, also its numbers and escapes', () => {
  const first = '{"id":"1","n":1.50,"t":"\\u00e9"}';
  const read = parse(`{"value":[${first},{"id":"2"}],"@odata.nextLink":"x"}`);
  expect(read.value[0]?.text).toBe(first);
  expect(read['@odata.nextLink']).toBe('x');
});

test('broken pages are named, not guessed', () => {
  expect(() => parse('{"value":[{"id":"1"},{"id":"2"}')).toThrow('broken JSON');
  expect(() => parse('{"value":[{"id":"1"},{"id":"2"}]')).toThrow('broken JSON');
});
