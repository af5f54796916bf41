import fc from 'fast-check';
import { expect, test } from 'vitest';
import { differingMembers } from '../../../../src-main/core/history-diff/differing-members.ts';

type Visited = [container: string | null, name: string, before: unknown, after: unknown];
type Members = Record<string, unknown>;

const visited = (before: Members, after: Members): Visited[] | null => {
  const members: Visited[] = [];
  const isWhole = differingMembers(JSON.stringify(before), JSON.stringify(after), (...member) => members.push(member));
  return isWhole ? members : null;
};

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The same from whole values. */
const expected = (before: Members, after: Members, container: string | null): Visited[] =>
  Object.keys(before).flatMap((name): Visited[] => {
    const [old, now] = [before[name], after[name]];
    if (JSON.stringify(old) === JSON.stringify(now)) return [];
    return container === null && isObject(old) && isObject(now)
      ? expected(old, now, name)
      : [[container, name, old, now]];
  });

/** What could be taken for the structure of an object, in its strings. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.string({ unit: fc.constantFrom('"', '\\', ',', ':', '{', '}', '[', ']', 'a', '\n', '\u{1f600}'), maxLength: 12 }),
  fc.constantFrom('', 'null', 'Quill', 'Quills', '\\', '\\\\', '","a":"', '\\"'),
);
const scalar = fc.oneof(text, fc.integer(), fc.double({ noNaN: true }), fc.boolean(), fc.constant(null));
const value = fc.oneof(scalar, fc.array(text, { maxLength: 3 }), fc.array(fc.array(text, { maxLength: 2 })));
const names = fc.uniqueArray(text, { maxLength: 5 });

const twoOf = (keys: string[]): fc.Arbitrary<[Members, Members]> => {
  const members = fc.tuple(...keys.map(() => fc.tuple(value, value, fc.boolean())));
  return members.map((values) => [
    Object.fromEntries(values.map(([before], index) => [keys[index], before])),
    Object.fromEntries(values.map(([before, after, isSame], index) => [keys[index], isSame ? before : after])),
  ]);
};

test('the members that differ, of an object within the object as well, whatever their names and values hold', () => {
  const objects = fc
    .tuple(names, names)
    .chain(([outer, inner]) => fc.tuple(twoOf(outer), twoOf(inner), text, fc.nat(5)));
  fc.assert(
    fc.property(objects, ([[before, after], [innerBefore, innerAfter], name, place]) => {
      const put = (members: Members, inner: Members): Members => {
        const entries = Object.entries(members).filter(([key]) => key !== name);
        // As they are stored: JSON knows no -0.
        return JSON.parse(JSON.stringify(Object.fromEntries(entries.toSpliced(place, 0, [name, inner])))) as Members;
      };
      const [one, other] = [put(before, innerBefore), put(after, innerAfter)];
      expect(visited(one, other)).toEqual(expected(one, other, null));
    }),
    { numRuns: 2000 },
  );
});

test('cannot tell where members came, went or moved, and ends', () => {
  const person = { id: '1', mail: null, attributes: { city: 'Oslo', team: 'A' } };
  expect(visited(person, { ...person, more: 1 })).toBeNull();
  expect(visited({ ...person, more: 1 }, person)).toBeNull();
  expect(visited(person, { mail: null, id: '1', attributes: {} })).toBeNull();
  expect(visited(person, { ...person, attributes: { city: 'Oslo' } })).toBeNull();
  expect(visited({ ...person, attributes: {} }, person)).toBeNull();
  expect(visited({}, person)).toBeNull();
});

test('comes to an end where a text is cut off, or is no object', () => {
  const whole = JSON.stringify({ id: '1', name: 'Mara "Q"', list: ['a'] });
  const read = (before: string, after: string): unknown => {
    try {
      return differingMembers(before, after, () => undefined);
    } catch (error) {
      return error;
    }
  };
  for (let length = 0; length < whole.length; length += 1) {
    const cut = whole.slice(0, length);
    for (const answer of [read(cut, whole), read(whole, cut), read(cut, `${cut}"`)]) {
      if (typeof answer !== 'boolean') expect(answer).toBeInstanceOf(SyntaxError);
    }
  }
  expect(read('[1]', '[2]')).toBe(false);
});
