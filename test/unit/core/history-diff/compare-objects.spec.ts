import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareObjects, type ObjectDifference } from '../../../../src-main/core/history-diff/compare-objects.ts';

const person = {
  id: '1',
  userPrincipalName: 'mara@contoso.example',
  mail: null as string | null,
  displayName: 'Mara Quill',
  accountEnabled: true as boolean | null,
  createdAt: '2026-01-01T00:00:00Z',
  deletedAt: null,
  attributes: { department: 'Sales' } as Record<string, unknown>,
};

const compare = (before: object | null, after: object | null): ObjectDifference | null =>
  compareObjects(
    'people',
    before === null ? null : JSON.stringify(before),
    after === null ? null : JSON.stringify(after),
  );

describe('one object in two states', () => {
  test('came, went, or is in neither', () => {
    expect(compare(null, person)).toEqual({ kinds: ['added'], changes: [] });
    expect(compare(person, null)).toEqual({ kinds: ['removed'], changes: [] });
    expect(compare(null, null)).toBeNull();
  });

  test('what was switched comes before what is called otherwise, and that before any other attribute', () => {
    const after = {
      ...person,
      displayName: 'Mara Quill-Berg',
      accountEnabled: false,
      attributes: { department: 'Design' },
    };
    expect(compare(person, after)).toEqual({
      kinds: ['disabled', 'renamed', 'changed'],
      changes: [
        { attribute: 'accountEnabled', before: 'true', after: 'false' },
        { attribute: 'displayName', before: 'Mara Quill', after: 'Mara Quill-Berg' },
        { attribute: 'department', before: 'Sales', after: 'Design' },
      ],
    });
  });

  test('from unknown to switched off says nothing about the account', () => {
    expect(compare({ ...person, accountEnabled: null }, { ...person, accountEnabled: false })?.kinds).toEqual([
      'changed',
    ]);
  });

  test('dates differ in nothing that says something', () => {
    expect(compare(person, { ...person, createdAt: '2026-02-02T00:00:00Z' })).toBeNull();
  });

  test('an attribute that was not asked for in one of the runs was not empty in it', () => {
    const more = { ...person, attributes: { ...person.attributes, city: 'Oslo' } };
    expect(compare(person, more)).toBeNull();
    expect(compare(more, person)).toBeNull();
    expect(compare(more, { ...person, attributes: { department: 'Design' } })?.changes).toEqual([
      { attribute: 'department', before: 'Sales', after: 'Design' },
    ]);
  });

  test('an attribute that repeats a fixed property is one change, not two', () => {
    const named = { ...person, attributes: { displayname: 'Mara Quill' } };
    const renamed = { ...named, displayName: 'M. Quill', attributes: { displayname: 'M. Quill' } };
    expect(compare(named, renamed)?.changes.map(({ attribute }) => attribute)).toEqual(['displayName']);
  });
});

test('says the same whether the texts can be read beside each other or not', () => {
  const text = fc.oneof(fc.string({ maxLength: 6 }), fc.constantFrom('Mara', 'a"b', 'x\\', '1', 'true', 'one, two'));
  const value = fc.oneof(text, fc.constant(null), fc.boolean(), fc.integer(), fc.array(text, { maxLength: 3 }));
  const attributes = fc.uniqueArray(fc.constantFrom('city', 'Mail', 'team', 'a"b', '__proto__', 'role'));
  const one = fc.record({
    userPrincipalName: fc.option(text),
    mail: fc.option(text),
    displayName: fc.option(text),
    accountEnabled: fc.option(fc.boolean()),
  });
  const two = attributes.chain((names) => {
    const of = fc
      .tuple(...names.map(() => value))
      .map((values) => Object.fromEntries(names.map((n, i) => [n, values[i]])));
    return fc.tuple(one, one, of, of);
  });
  fc.assert(
    fc.property(two, ([before, after, old, now]) => {
      const [first, second] = [
        { ...person, ...before, attributes: old },
        { ...person, ...after, attributes: now },
      ];
      // A member that only one of them has makes the texts unlike each other.
      expect(compare(first, second)).toEqual(compare(first, { ...second, more: 1 }));
    }),
    { numRuns: 1000 },
  );
});
