import { describe, expect, test } from 'vitest';
import { namedAttribute } from '../../../../src-main/core/errors/named-attribute.ts';
import { issueKey } from '../../../../src-main/core/log/issue-key.ts';
import { failedReason } from '../log/log-rows.ts';

describe('the attribute that a reason names', () => {
  test.each([
    ['userName ada@contoso.example already exists', 'userName'],
    ["A user with the USERNAME 'ada' exists", 'userName'],
    ['name.familyName must not be longer than 64 characters', 'name.familyName'],
    ['"familyName" is required', 'name.familyName'],
    ['The attribute active expects a Boolean', 'active'],
    ["Invalid value for 'emails'", 'emails'],
    ['No such operation on property "members".', 'members'],
  ])('%s', (detail, attribute) => {
    expect(namedAttribute(failedReason(detail))).toBe(attribute);
  });

  test.each([
    'The user is active already',
    'Some members are missing, and the title of the page is wrong',
    'myUserNameField is unknown',
    'https://unifi.example/userName.html is gone',
    'The operation has timed out.',
    '',
  ])('is none in: %s', (detail) => {
    expect(namedAttribute(detail)).toBeNull();
  });

  test("is UNIFI's before Entra's", () => {
    const reason = 'Failed to update displayName. Web Response: {"detail":"externalId is taken"}';
    expect(namedAttribute(reason)).toBe('externalId');
  });

  test('tells two issues apart that differ in a quoted attribute alone', () => {
    const key = (attribute: string, value: string): string =>
      issueKey('BadRequest', failedReason(`The value of '${attribute}' is not valid: '${value}'`));
    expect(key('userName', 'ada')).toBe(key('userName', 'bo'));
    expect(key('userName', 'ada')).not.toBe(key('displayName', 'ada'));
  });

  test("is kept apart from the row's own names, which tell nothing about the cause", () => {
    const key = (name: string): string => {
      const reason = `More than one source entry has the value ${name} for the matching attribute displayName`;
      return issueKey('DuplicateSourceEntries', reason, [null, name]);
    };
    expect(key('Design-Team (EMEA) a.b|c')).toBe(key('Zoë & Søn $1'));
    expect(issueKey('X', 'Group Sales EMEA exists', ['Sales', 'Sales EMEA'])).toBe(
      issueKey('X', 'Group Legal exists', ['Legal']),
    );
    expect(issueKey('X', 'the value name is wrong', ['val'])).toBe(issueKey('X', 'the value name is wrong', []));
    expect(issueKey('X', 'no IT here', ['IT'])).toBe(issueKey('X', 'no IT here', []));
  });

  test('of a code of any length fits into an address, and still tells codes apart', () => {
    const long = 'x'.repeat(100_000);
    expect(issueKey(long, null).length).toBeLessThan(150);
    expect(issueKey(long, null)).not.toBe(issueKey(`${long}y`, null));
  });

  test('is found quickly in a hostile text', () => {
    for (const text of ['attribute '.repeat(100_000), `"${'a'.repeat(200_000)}`, 'name.'.repeat(100_000)]) {
      const begun = performance.now();
      expect(namedAttribute(text)).toBeNull();
      // Milliseconds where it is linear, minutes where it is not.
      expect(performance.now() - begun).toBeLessThan(5_000);
    }
  });
});
