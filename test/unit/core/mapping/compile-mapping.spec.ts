import { describe, expect, test } from 'vitest';
import { compileGroupMapping, compileUserMapping } from '../../../../src-main/core/mapping/compile-mapping.ts';
import { isUnknown, type Evaluated } from '../../../../src-main/core/mapping/evaluated.ts';
import type { DirectoryUser } from '../../../../src-main/core/model/directory.ts';
import type { MappingSource } from '../../../../src-main/core/model/synchronization.ts';
import { attribute, group, user } from '../cross-check/world.ts';

const people: Partial<DirectoryUser> = {
  attributes: {
    givenName: 'Zoë',
    surname: 'Van der Berg',
    mailNickname: 'Zoe.Berg',
    department: null,
    country: 'US',
    employeeId: '00042',
    jobTitle: '',
    businessPhones: ['+1 555 0100', '+1 555 0101'],
    otherMails: ['a@contoso.example', 'b@contoso.example'],
    extensionAttribute1: 'x',
    postalCode: 12,
  },
};
const evaluate = (expression: string, changes: Partial<DirectoryUser> = people): Evaluated =>
  compileUserMapping(attribute('target', expression))({ user: user('zoe', changes), isSoftDeleted: false });
const reason = (expression: string, changes?: Partial<DirectoryUser>): string => {
  const value = evaluate(expression, changes);
  return isUnknown(value) ? value.problem : `a value: ${String(value)}`;
};

describe('documented functions', () => {
  test.each([
    ['[givenName]', 'Zoë'],
    ['[department]', null],
    ['[objectId]', 'entra-zoe'],
    ['[telephoneNumber]', '+1 555 0100'],
    ['[postalCode]', '12'],
    ['Append([givenName], "!")', 'Zoë!'],
    ['Join(", ", [surname], [givenName], "x")', 'Van der Berg, Zoë, x'],
    ['Join("", [mailNickname], "@", "contoso.example")', 'Zoe.Berg@contoso.example'],
    ['Coalesce([department], [jobTitle], "none")', ''],
    ['Coalesce([department], [mail])', 'zoe@contoso.example'],
    ['Coalesce([department])', null],
    ['Not([IsSoftDeleted])', true],
    ['Not("True")', false],
    ['Not([department])', true],
    ['Switch([IsSoftDeleted], , "False", "True", "True", "False")', 'True'],
    ['Switch([country], "Elsewhere", "DE", "Germany", "US", "America")', 'America'],
    ['Switch([country], "Elsewhere", "us", "America")', 'Elsewhere'],
    ['Switch([department], [department], "", "Other")', 'Other'],
    ['Switch([country], , "DE", "Germany")', null],
    ['IIF([country]="US", [givenName], [surname])', 'Zoë'],
    ['IIF([country] <> "US", [givenName], [surname])', 'Van der Berg'],
    ['IIF([employeeId] >= 42, "old", "new")', 'old'],
    ['IIF([country]="US",IIF([extensionAttribute1]="x","both","one"),"none")', 'both'],
    ['ToLower([mailNickname])', 'zoe.berg'],
    ['ToLower("TITLE", "tr-TR")', 'tıtle'],
    ['ToUpper([givenName])', 'ZOË'],
    ['ToLower([department])', null],
    ['Trim("  a b ")', 'a b'],
    ['StripSpaces([surname])', 'VanderBerg'],
    ['Left([surname], 3)', 'Van'],
    ['Left([surname], 0)', ''],
    ['Left([surname], -1)', 'Van der Berg'],
    ['Left([surname], 99)', 'Van der Berg'],
    ['Left([department], 3)', ''],
    ['Right([employeeId], 2)', '42'],
    ['Mid([surname], 5, 3)', 'der'],
    ['Mid([surname], 9, 99)', 'Berg'],
    ['NormalizeDiacritics([givenName])', 'Zoe'],
    ['NormalizeDiacritics("Łukasz Østergård Weiß Çağlar")', 'Lukasz OEstergard Weiss Caglar'],
    ['Replace([surname], "Van", , , "Von", , )', 'Von der Berg'],
    ['Replace([mailNickname], "<name>", , , , , "<name>@contoso.example")', 'Zoe.Berg@contoso.example'],
    ['Replace([surname], , "\\\\s+", , "-", , )', 'Van-der-Berg'],
    ['Replace([mail], , "(?<domain>@.*)", "domain", "", , )', 'zoe'],
    ['Replace([jobTitle], , "^(?<first>[^@]+)@", "first", , [mail], )', 'zoe'],
    ['Replace([givenName], , "^(?<first>[^@]+)@", "first", , [mail], )', 'Zoë'],
    ['tolower(TOUPPER("a"))', 'a'],
    ['"a \\"quoted\\" text"', 'a "quoted" text'],
  ])('%s', (expression, expected) => {
    expect(evaluate(expression)).toBe(expected);
  });
});

describe('never a guess', () => {
  test.each([
    ['SelectUniqueValue([mail])', 'the function SelectUniqueValue is not evaluated'],
    ['constructor([mail])', 'the function constructor is not evaluated'],
    ['Append([department], "x")', 'a function got an argument for which its result is not documented'],
    ['Join(" ", [givenName], [department])', 'a function got an argument for which its result is not documented'],
    ['Mid([surname], 0, 2)', 'a function got an argument for which its result is not documented'],
    ['Left([surname], "x")', 'a function got an argument for which its result is not documented'],
    ['Replace([surname], , "(?<!x", , "y", , )', 'a pattern is not understood'],
    ['Replace([surname], , "(?i)van", , "y", , )', 'a pattern is not understood'],
    ['Replace([surname], "a", "b", , "c", , )', 'a function got an argument for which its result is not documented'],
    ['NormalizeDiacritics("Đorđe")', 'a letter has no documented plain form'],
    ['IIF([department]="", "Other", [department])', 'a condition compares an attribute without a value'],
    ['IIF([surname] > 3, "a", "b")', 'a condition compares texts by size'],
    ['Switch([country], "x", "DE")', 'a function has fewer arguments than it needs'],
    ['[otherMails]', 'a list of values cannot be compared'],
    ['[manager]', 'the attribute manager is not readable in Entra'],
    ['[appRoleAssignments]', 'the attribute appRoleAssignments is not readable in Entra'],
    ['[state]', 'the attribute was not read from Entra'],
    ['Append([mail]', 'the expression is not understood'],
  ])('%s', (expression, expected) => {
    expect(reason(expression)).toBe(expected);
  });

  test('a value that is not needed does not matter', () => {
    expect(evaluate('Coalesce([mail], CStr([country]))')).toBe('zoe@contoso.example');
    expect(reason('Coalesce([department], CStr([country]))')).toBe('the function CStr is not evaluated');
  });

  test('an expression longer than the service allows, or nested without end', () => {
    expect(reason(`Append([mail], "${'x'.repeat(10_001)}")`)).toBe('the expression is not understood');
    expect(reason(`${'Trim('.repeat(200)}[mail]${')'.repeat(200)}`)).toBe('the expression is not understood');
  });
});

describe('user principal names', () => {
  const guest = { userPrincipalName: 'max_b_fabrikam.example#EXT#@contoso.onmicrosoft.example' };

  test('of guests are rewritten in a direct mapping only', () => {
    expect(evaluate('[userPrincipalName]', guest)).toBe('max_b@fabrikam.example');
    expect(evaluate('[originalUserPrincipalName]', guest)).toBe(guest.userPrincipalName);
    expect(reason('ToLower([userPrincipalName])', guest)).toBe(
      'the name of a guest inside an expression cannot be told',
    );
    expect(evaluate('ToLower([userPrincipalName])', { userPrincipalName: 'A@contoso.example' })).toBe(
      'a@contoso.example',
    );
  });

  test('of soft-deleted users lose the object id in front', () => {
    const id = '0f0e0d0c-0000-4000-8000-0123456789ab';
    const upn = '0f0e0d0c00004000800001234567 89ab'.replace(' ', '');
    expect(
      evaluate('[userPrincipalName]', { id, userPrincipalName: `${upn}zoe@contoso.example`, deletedAt: '2026-11-01' }),
    ).toBe('zoe@contoso.example');
  });
});

describe('sources without text', () => {
  const leaf = (name: string): MappingSource => ({ type: 'Attribute', name, expression: null, parameters: [] });
  const constant = (text: string): MappingSource => ({
    type: 'Constant',
    name: text,
    expression: null,
    parameters: [],
  });
  const evaluateSource = (source: MappingSource): Evaluated =>
    compileUserMapping({ ...attribute('target', '[mail]'), source })({
      user: user('zoe', people),
      isSoftDeleted: false,
    });

  test('are read from the tree of parameters', () => {
    const parameters = [
      { key: 'source', value: leaf('givenName') },
      { key: 'suffix', value: constant('-x') },
    ];
    expect(evaluateSource({ type: 'Function', name: 'Append', expression: null, parameters })).toBe('Zoë-x');
    const replace = [
      { key: 'source', value: leaf('surname') },
      { key: 'replacementValue', value: constant('Von') },
      { key: 'oldValue', value: constant('Van') },
    ];
    expect(evaluateSource({ type: 'Function', name: 'Replace', expression: null, parameters: replace })).toBe(
      'Von der Berg',
    );
  });

  test('constants are texts, with or without quotes', () => {
    expect(evaluateSource({ type: 'Constant', name: null, expression: '"Design"', parameters: [] })).toBe('Design');
    expect(evaluateSource(constant('Design office'))).toBe('Design office');
  });
});

test('group mappings read groups', () => {
  const read = compileGroupMapping(attribute('displayName', 'ToUpper([displayName])'));
  expect(read(group('office'))).toBe('OFFICE');
});
