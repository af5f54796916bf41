import { describe, expect, test } from 'vitest';
import { crossCheck } from '../../../../src-main/core/cross-check/cross-check.ts';
import {
  account,
  assign,
  attribute,
  brief,
  group,
  link,
  schemaOf,
  user,
  userMappings,
  world,
  type WorldParts,
} from './world.ts';

const check = (changes: Partial<WorldParts>): string[] => brief(crossCheck(world(changes)).findings);
const ada = user('ada');
const assigned = [assign('entra-ada')];
const designOnly = [{ name: 'Design', clauses: [{ attribute: 'department', operator: 'EQUALS', values: ['Design'] }] }];
const filtered = { schema: schemaOf({ user: { scope: { groups: designOnly, inputFilterGroups: [] } } }), seenAt: '' };
const sales = user('ada', { attributes: { ...ada.attributes, department: 'Sales' } });
const deletedAda = user('ada', { deletedAt: '2026-11-01T00:00:00Z', userPrincipalName: 'entraadaada@contoso.example' });

const sources: Record<string, Partial<WorldParts>> = {
  'in scope': { users: [ada], assignments: assigned },
  'filtered out': { users: [sales], assignments: assigned, schema: filtered },
  'not entitled': { users: [ada] },
  disabled: { users: [user('ada', { accountEnabled: false })], assignments: assigned },
  'soft-deleted': { deletedUsers: [deletedAda], assignments: assigned },
  'hard-deleted': {},
};
const inactive = account('ada', { active: false });
const targets: Record<string, Partial<WorldParts>> = {
  absent: {},
  'absent, linked': { links: [link('entra-ada', 'scim-gone')] },
  inactive: { accounts: [inactive] },
  'inactive, linked': { accounts: [inactive], links: [link('entra-ada', 'scim-ada')] },
  active: { accounts: [account('ada')] },
  'active, linked': { accounts: [account('ada')], links: [link('entra-ada', 'scim-ada')] },
};

const nothing: string[] = [];
const missing = ['missing-in-target entra-ada'];
const off = ['inactive-in-target entra-ada'];
const table: [source: string, expected: string[][]][] = [
  ['in scope', [missing, missing, off, off, nothing, nothing]],
  ...(
    [
      ['filtered out', 'active-not-entitled entra-ada filtered-out'],
      ['not entitled', 'active-not-entitled entra-ada not-assigned'],
      ['disabled', 'active-source-gone entra-ada disabled'],
      ['soft-deleted', 'active-source-gone entra-ada soft-deleted'],
    ] as const
  ).map(([source, finding]): [string, string[][]] => [
    source,
    [nothing, nothing, nothing, nothing, [finding], [finding]],
  ]),
  [
    'hard-deleted',
    [nothing, nothing, nothing, nothing, ['orphan-in-target scim:scim-ada'], ['active-source-gone entra-ada deleted']],
  ],
];
const cells = table.flatMap(([source, row]) =>
  row.map((expected, column) => [source, Object.keys(targets)[column] ?? '', expected] as const),
);

test.each(cells)('%s in Entra and %s in UNIFI gives what the precedence table says', (source, target, expected) => {
  expect(check({ ...sources[source], ...targets[target] })).toEqual(expected);
});

describe('people in scope get the first that fits', () => {
  const none = user('ada', { userPrincipalName: null });
  const twins = [ada, user('bea', { userPrincipalName: 'ADA@contoso.example ' })];
  const both = [...assigned, assign('entra-bea')];
  const second = account('ada', { id: 'scim-second' });
  const linked = [link('entra-ada', 'scim-ada')];

  test('a missing match value, before the missing account', () => {
    expect(check({ users: [none], assignments: assigned })).toEqual(['missing-match-value entra-ada']);
  });

  test('a shared match value, one finding for each, naming the others', () => {
    const { findings } = crossCheck(world({ users: twins, assignments: both, accounts: [account('ada')] }));
    expect(brief(findings)).toEqual(['duplicate-match-value entra-ada', 'duplicate-match-value entra-bea']);
    expect(findings[0]?.related).toHaveLength(1);
  });

  test('a match value shared with somebody out of scope is nothing', () => {
    expect(check({ users: twins, assignments: assigned, accounts: [account('ada')] })).toEqual([]);
  });

  test('two active accounts, with the further ones as related and never as orphans', () => {
    const { findings } = crossCheck(
      world({ users: [ada], assignments: assigned, accounts: [account('ada'), second], links: linked }),
    );
    expect(brief(findings)).toEqual(['duplicate-in-target entra-ada']);
    expect(findings[0]).toMatchObject({ subject: { scimId: 'scim-ada' }, related: [{ scimId: 'scim-second' }] });
  });

  test('an inactive further account is neither a duplicate nor an orphan', () => {
    const further = account('ada', { id: 'scim-second', active: false });
    expect(check({ users: [ada], assignments: assigned, accounts: [account('ada'), further] })).toEqual([]);
  });

  test('a link to an account that is gone, while another was found', () => {
    const links = [link('entra-ada', 'scim-gone')];
    expect(check({ users: [ada], assignments: assigned, accounts: [account('ada')], links })).toEqual([
      'stale-link entra-ada',
    ]);
  });

  test("a link to an account that holds another person's match value", () => {
    expect(
      check({
        users: [ada, user('bea')],
        assignments: both,
        accounts: [account('ada'), account('bea')],
        links: [link('entra-ada', 'scim-bea')],
      }),
    ).toEqual(['stale-link entra-ada']);
  });

  test('differing attributes, one finding each, and none for active', () => {
    const other = account('ada', {
      userName: 'ADA@contoso.example',
      externalId: 'Ada',
      attributes: { 'name.givenName': null, 'name.familyName': 'Moss' },
    });
    expect(check({ users: [ada], assignments: assigned, accounts: [other] })).toEqual([
      'attribute-drift entra-ada externalId case-only',
      'attribute-drift entra-ada name.familyName value',
      'attribute-drift entra-ada name.givenName value',
      'attribute-drift entra-ada userName case-only',
    ]);
  });

  test('a value that only UNIFI has is source-empty, unless the mapping has a default', () => {
    const empty = user('ada', { attributes: { ...ada.attributes, surname: '', givenName: null } });
    const withDefault = userMappings().map((mapping) =>
      mapping.targetAttributeName === 'name.givenName' ? { ...mapping, defaultValue: 'Somebody' } : mapping,
    );
    const schema = { schema: schemaOf({ user: { attributeMappings: withDefault } }), seenAt: '' };
    expect(check({ users: [empty], assignments: assigned, accounts: [account('ada')], schema })).toEqual([
      'attribute-drift entra-ada name.familyName source-empty',
    ]);
  });

  test('what is only sent at creation never drifts', () => {
    const mappings = [...userMappings().slice(0, 2), attribute('title', '[jobTitle]', { flowType: 'ObjectAddOnly' })];
    const schema = { schema: schemaOf({ user: { attributeMappings: mappings } }), seenAt: '' };
    const titled = user('ada', { attributes: { jobTitle: 'Lead' } });
    const other = account('ada', { attributes: { title: 'Chief' } });
    expect(check({ users: [titled], assignments: assigned, accounts: [other], schema })).toEqual([]);
  });

  test('text is compared after NFC and trimming', () => {
    const composed = user('ada', { attributes: { ...ada.attributes, surname: 'Mül\u0301ler ' } });
    const other = account('ada', {
      attributes: { 'name.givenName': 'ada', 'name.familyName': 'Mu\u0308l\u0301ler'.normalize('NFD') },
    });
    expect(check({ users: [composed], assignments: assigned, accounts: [other] })).toEqual([]);
  });
});

describe('accounts are found', () => {
  test('by link before match value, so that a renamed account drifts', () => {
    const renamed = account('ada', { userName: 'ada.moss@contoso.example', externalId: null });
    expect(
      check({
        users: [ada],
        assignments: assigned,
        accounts: [renamed],
        links: [link('entra-ada', 'scim-ada')],
      }),
    ).toEqual(['attribute-drift entra-ada externalId value', 'attribute-drift entra-ada userName value']);
  });

  test('by externalId, exactly', () => {
    const renamed = account('ada', { userName: 'moss@contoso.example' });
    const otherCase = account('ada', { userName: 'moss@contoso.example', externalId: 'ADA' });
    expect(check({ users: [ada], assignments: assigned, accounts: [renamed] })).toEqual([
      'attribute-drift entra-ada userName value',
    ]);
    expect(check({ users: [ada], assignments: assigned, accounts: [otherCase] })).toEqual([
      'missing-in-target entra-ada',
      'orphan-in-target scim:scim-ada',
    ]);
  });

  test("by externalId only when they are not another person's", () => {
    const namesake = user('bea', { attributes: { ...user('bea').attributes, mailNickname: 'ada' } });
    expect(
      check({ users: [ada, namesake], assignments: [...assigned, assign('entra-bea')], accounts: [account('ada')] }),
    ).toEqual(['missing-in-target entra-bea']);
  });

  test('of a guest by the rewritten name', () => {
    const guest = user('ada', { userPrincipalName: 'ada_b_fabrikam.example#EXT#@contoso.onmicrosoft.example' });
    const own = account('ada', { userName: 'ada_b@fabrikam.example' });
    expect(check({ users: [guest], assignments: assigned, accounts: [own] })).toEqual([]);
  });

  test('of a soft-deleted user by the name without the prefix of the object id', () => {
    const id = '0f0e0d0c-0000-4000-8000-0123456789ab';
    const upn = `${id.replaceAll('-', '')}ada@contoso.example`;
    const deleted = user('ada', { id, userPrincipalName: upn, deletedAt: '2026-11-01T00:00:00Z', attributes: {} });
    expect(check({ deletedUsers: [deleted], accounts: [account('ada')] })).toEqual([
      `active-source-gone ${id} soft-deleted`,
    ]);
  });

  test('for the living before the deleted: the account of somebody hired again is theirs', () => {
    const rehired = user('ada', { id: 'entra-new' });
    expect(
      check({
        users: [rehired],
        deletedUsers: [user('ada', { deletedAt: '2026-11-01T00:00:00Z' })],
        assignments: [assign('entra-new')],
        accounts: [account('ada')],
        links: [link('entra-ada', 'scim-ada')],
      }),
    ).toEqual([]);
  });
});

describe('entitlement', () => {
  const office = group('office');
  const members = [{ groupId: 'group-office', userIds: ['entra-ada'], groupIds: [] }];
  const byGroup = { assignments: [assign('group-office', { principalType: 'Group' })], groupMembers: members };
  const toTarget = { schema: { schema: schemaOf({ group: null }), seenAt: '' } };

  test('comes by direct membership of an assigned group', () => {
    expect(check({ users: [ada], groups: [office], ...byGroup, ...toTarget })).toEqual(['missing-in-target entra-ada']);
  });

  test('does not come from a group that is not security-enabled, or is not known any more', () => {
    const list = group('office', { securityEnabled: false });
    expect(check({ users: [ada], groups: [list], ...byGroup, ...toTarget })).toEqual([]);
    expect(check({ users: [ada], groups: [], ...byGroup, ...toTarget })).toEqual([]);
  });

  test('does not come from a nested group', () => {
    const nested = [{ groupId: 'group-inner', userIds: ['entra-ada'], groupIds: [] }];
    expect(
      check({ users: [ada], groups: [office, group('inner')], ...byGroup, groupMembers: nested, ...toTarget }),
    ).toEqual([]);
  });

  test('is everyone under sync-all, as settings or the log say', () => {
    expect(check({ users: [ada], settings: { SyncAll: 'True' } })).toEqual(['missing-in-target entra-ada']);
    expect(check({ users: [ada], settings: null, scopeHints: { assignedOnly: 0, syncAll: 3 } })).toEqual([
      'missing-in-target entra-ada',
    ]);
  });

  test('is taken for "assigned only" when nothing says it, and the findings that rest on it say so', () => {
    const unassigned = { users: [ada, user('bea')], assignments: [assign('entra-bea')], accounts: [account('ada')] };
    const assumedOf = (changes: Partial<WorldParts>) =>
      crossCheck(world({ ...unassigned, settings: null, ...changes })).findings.map(({ kind, assumed }) => [
        kind,
        assumed,
      ]);
    expect(assumedOf({})).toEqual(
      expect.arrayContaining([
        ['active-not-entitled', ['scope-mode']],
        ['missing-in-target', []],
      ]),
    );
    expect(assumedOf({ scopeHints: { assignedOnly: 2, syncAll: 0 } }).flatMap(([, assumed]) => assumed)).toEqual([]);
  });
});

describe('nothing is reported, and it is counted', () => {
  const reasons = (changes: Partial<WorldParts>) => {
    const { findings, notEvaluated } = crossCheck(world({ users: [ada], assignments: assigned, ...changes }));
    return { findings: brief(findings), notEvaluated };
  };

  test('when the account does not say whether it is active', () => {
    expect(reasons({ accounts: [account('ada', { active: null })] })).toEqual({
      findings: [],
      notEvaluated: [{ reason: 'the account does not say whether it is active', count: 1 }],
    });
  });

  test('when a scoping filter cannot be evaluated', () => {
    const odd = [{ name: 'odd', clauses: [{ attribute: 'department', operator: 'SOUNDS LIKE', values: ['x'] }] }];
    const schema = { schema: schemaOf({ user: { scope: { groups: odd, inputFilterGroups: [] } } }), seenAt: '' };
    expect(reasons({ schema })).toEqual({
      findings: [],
      notEvaluated: [{ reason: 'a scoping filter could not be evaluated', count: 1 }],
    });
  });

  test('when only an early input filter fails', () => {
    const out = [{ name: 'out', clauses: [{ attribute: 'department', operator: 'EQUALS', values: ['Sales'] }] }];
    const schema = { schema: schemaOf({ user: { scope: { groups: [], inputFilterGroups: out } } }), seenAt: '' };
    expect(reasons({ schema, accounts: [account('ada')] })).toEqual({
      findings: [],
      notEvaluated: [{ reason: 'the person is left out early by an input filter', count: 1 }],
    });
  });

  test('when an expression is not evaluated: no finding for that attribute, the others are compared', () => {
    const mappings = [...userMappings(), attribute('nickName', 'SelectUniqueValue([mailNickname])')];
    const schema = { schema: schemaOf({ user: { attributeMappings: mappings } }), seenAt: '' };
    const other = account('ada', { attributes: { 'name.givenName': 'Zoe', 'name.familyName': 'Vale', nickName: 'x' } });
    expect(reasons({ schema, accounts: [other] })).toEqual({
      findings: ['attribute-drift entra-ada name.givenName value'],
      notEvaluated: [
        {
          kind: 'attribute-drift',
          attribute: 'nickName',
          reason: 'the function SelectUniqueValue is not evaluated',
          count: 1,
        },
      ],
    });
  });

  test('when the match value itself is not evaluated and no link says more', () => {
    const mappings = userMappings().map((mapping) =>
      mapping.matchingPriority === 1 ? attribute('userName', 'CStr([mail])', { matchingPriority: 1 }) : mapping,
    );
    const schema = { schema: schemaOf({ user: { attributeMappings: mappings } }), seenAt: '' };
    expect(reasons({ schema })).toEqual({
      findings: [],
      notEvaluated: [{ attribute: 'userName', reason: 'the function CStr is not evaluated', count: 1 }],
    });
    expect(
      reasons({ schema, accounts: [account('ada', { active: false })], links: [link('entra-ada', 'scim-ada')] })
        .findings,
    ).toEqual(['inactive-in-target entra-ada']);
  });
});

test('everyone on either side gets a state: users, deleted ones, those only the log knows, accounts by themselves', () => {
  const { people } = crossCheck(
    world({
      users: [ada, user('bea')],
      deletedUsers: [user('cleo', { deletedAt: '2026-11-01T00:00:00Z' })],
      assignments: assigned,
      accounts: [account('ada'), account('dora'), account('eva', { active: false })],
      links: [link('entra-dora', 'scim-dora')],
    }),
  );
  expect(people.map(({ id, scimId, joinedBy, source, target }) => [id, scimId, joinedBy, source, target])).toEqual([
    ['entra-ada', 'scim-ada', 'match-value', 'in-scope', 'active'],
    ['entra-bea', null, null, 'not-entitled', 'absent'],
    ['entra-cleo', null, null, 'soft-deleted', 'absent'],
    ['entra-dora', 'scim-dora', 'link', 'deleted', 'active'],
    ['scim:scim-eva', 'scim-eva', null, 'none', 'inactive'],
  ]);
});
