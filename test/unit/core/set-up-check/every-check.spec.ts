import { expect, test } from 'vitest';
import { setUpCheckIds, setUpSteps, type SetUpCheckId } from '../../../../src-main/contract/models/set-up-check.ts';
import { setUpCheckCatalogue } from '../../../../src-main/core/set-up-check/check-catalogue.ts';
import { runSetUpCheck } from '../../../../src-main/core/set-up-check/run-set-up-check.ts';
import { attribute, group, user, userMappings } from '../cross-check/world.ts';
import {
  application,
  assigned,
  base,
  check,
  facts,
  failed,
  failure,
  fails,
  filter,
  groupMapping,
  job,
  live,
  sources,
  userMapping,
  type Changes,
} from './small-set-up.ts';

const offline: Changes = { live: null };
const without = (
  name: Parameters<typeof sources>[0] extends Partial<Record<infer N, unknown>> | undefined ? N : never,
): Changes => ({
  sources: sources({ [name]: failed('graph-forbidden') }),
});
const clause = (name: string, operator: string, ...values: string[]) => ({ attribute: name, operator, values });
const usersWith = (scope: ReturnType<typeof filter>): Changes => ({
  mappings: [userMapping({ scope }), groupMapping()],
});
const mapped = (...attributeMappings: ReturnType<typeof userMappings>): Changes => ({
  mappings: [userMapping({ attributeMappings }), groupMapping()],
});
const activeAs = (expression: string): Changes =>
  mapped(
    ...userMappings().map((one) => (one.targetAttributeName === 'active' ? attribute('active', expression) : one)),
  );
const settings = (more: object): Changes => ({
  settings: {
    SyncAll: 'false',
    BaseAddress: base,
    SyncNotificationSettings: '{"Enabled":true,"DeleteThresholdEnabled":true}',
    ...more,
  },
});
const otherJob = (changes: Parameters<typeof job>[0], baseAddress: string | null) => ({
  applicationId: 'sp-test',
  applicationName: 'UNIFI (test)',
  job: job({ id: 'test-job', ...changes }),
  baseAddress,
});
const withOther = (one: ReturnType<typeof otherJob>): Changes => ({
  live: live({ others: { applications: [application({ servicePrincipalId: 'sp-test' })], jobs: [one] } }),
});

/** Of every check: a world in which it is wrong, and one in which nothing can be said. */
const worlds: Record<SetUpCheckId, { wrong: [Changes, RegExp]; unknown: [Changes, RegExp] }> = {
  'app-found': {
    wrong: [
      { sources: sources({ application: failed('graph-not-found', '2026-11-19T00:00:00Z') }) },
      /not in Entra any more/,
    ],
    unknown: [without('application'), /could not be read/],
  },
  'app-enabled': {
    wrong: [{ application: application({ enabled: false }) }, /disabled: nobody can sign in/],
    unknown: [{ application: application({ enabled: null }) }, /does not say/],
  },
  'sso-saml': {
    wrong: [{ application: application({ singleSignOnMode: 'password' }) }, /by stored passwords, not through SAML/],
    unknown: [without('application'), /could not be read/],
  },
  'sso-certificate': {
    wrong: [
      {
        application: application({
          signingCertificates: [{ thumbprint: 'AA', startsAt: null, endsAt: '2026-12-02T12:00:00Z' }],
        }),
      },
      /runs out in 12 days, on 2 December/,
    ],
    unknown: [{ application: application({ singleSignOnMode: null }) }, /no signing certificate to look at/],
  },
  'assignments-exist': {
    wrong: [{ assignedGroups: [] }, /Nobody is assigned/],
    unknown: [without('assignments'), /could not be read/],
  },
  'assignments-usable': {
    wrong: [
      {
        assignedGroups: [
          assigned(group('Design'), { nestedGroupNames: ['Design EMEA'] }),
          assigned(group('Guild', { securityEnabled: false })),
          assigned(null),
        ],
      },
      /Of 3 assigned groups, provisioning cannot use all: 1 group with groups inside, 1 group not security-enabled and 1 group that is gone/,
    ],
    unknown: [
      { assignedGroups: [assigned(group('Design', { securityEnabled: null }))] },
      /could not be read whole: "Design"/,
    ],
  },
  'job-exists': {
    wrong: [{ jobs: [] }, /no provisioning job/],
    unknown: [without('jobs'), /could not be read/],
  },
  'job-on': {
    wrong: [{ jobs: [job({ state: 'Paused', code: 'Paused' })] }, /is paused: nothing is sent/],
    unknown: [{ jobs: [] }, /no provisioning job to look at/],
  },
  'job-healthy': {
    wrong: [
      {
        jobs: [
          job({
            code: 'Quarantine',
            status: {
              quarantine: {
                reason: 'TooManyDeletes',
                error: null,
                currentBegan: null,
                seriesBegan: '2026-11-18T00:00:00Z',
                seriesCount: 1,
                nextAttempt: null,
              },
            },
          }),
        ],
      },
      /^Quarantined since 18 November/,
    ],
    unknown: [{ jobs: [] }, /no provisioning job to look at/],
  },
  'single-job': {
    wrong: [
      withOther(otherJob({}, 'https://LICENSING.inviewlabs.com/api/scim/v2?aadOptscim062020')),
      /"UNIFI \(test\)" also has a job/,
    ],
    unknown: [offline, /jobs of other applications were not looked at/],
  },
  'tenant-url': {
    wrong: [
      settings({ BaseAddress: 'https://staging.example/scim' }),
      /writes to https:\/\/staging\.example\/scim, not to/,
    ],
    unknown: [settings({ BaseAddress: undefined }), /does not say which tenant URL/],
  },
  'credentials-work': {
    wrong: [
      { live: live({ scim: [fails('scim-users', failure('scim-unauthorised', { status: 401 }))] }) },
      /refuses the token that is stored here/,
    ],
    unknown: [offline, /none was made: this is the stored state/],
  },
  'notification-mail': {
    wrong: [settings({ SyncNotificationSettings: '{"Enabled":"False"}' }), /Nobody is told/],
    unknown: [settings({ SyncNotificationSettings: undefined }), /does not say/],
  },
  'user-mapping-on': {
    wrong: [{ mappings: [userMapping({ enabled: false }), groupMapping()] }, /mapping of users is off/],
    unknown: [without('schema'), /could not be read/],
  },
  'group-mapping-on': {
    wrong: [{ mappings: [userMapping()] }, /no mapping of groups/],
    unknown: [without('schema'), /could not be read/],
  },
  'user-flows': {
    wrong: [
      { mappings: [userMapping({ flowTypes: { add: true, update: false, delete: false } }), groupMapping()] },
      /"Update" and "Delete" are switched off for users: nothing is changed and nobody is switched off; accounts/,
    ],
    unknown: [{ mappings: [groupMapping()] }, /no mapping of users/],
  },
  'group-flows': {
    wrong: [
      { mappings: [userMapping(), groupMapping({ flowTypes: { add: false, update: true, delete: true } })] },
      /"Create" is switched off for groups: new groups are missing/,
    ],
    unknown: [{ mappings: [userMapping()] }, /no mapping of groups/],
  },
  'attributes-mapped': {
    wrong: [
      mapped(...userMappings().filter(({ targetAttributeName }) => !targetAttributeName.startsWith('name.'))),
      /"name\.givenName" of users and "name\.familyName" of users are not mapped/,
    ],
    unknown: [{ schemaFailure: failure('response-unexpected') }, /It ended with response-unexpected/],
  },
  'active-from-soft-deleted': {
    wrong: [mapped(...userMappings().filter((one) => one.targetAttributeName !== 'active')), /nothing maps "active"/],
    unknown: [activeAs('CBool(Left([IsSoftDeleted], 1))'), /cannot be worked out here/],
  },
  'matching-filterable': {
    wrong: [
      mapped(
        ...userMappings().map((one) => ({
          ...one,
          matchingPriority: one.targetAttributeName === 'externalId' ? 1 : 0,
        })),
      ),
      /"externalId" of users is a matching attribute, but UNIFI can only look up "userName"/,
    ],
    unknown: [
      { mappings: [userMapping({ enabled: false }), groupMapping({ enabled: false })] },
      /No mapping is switched on/,
    ],
  },
  'matching-unique': {
    wrong: [
      {
        people: [
          user('ada'),
          user('bo', { userPrincipalName: 'ADA@contoso.example' }),
          user('cleo', { userPrincipalName: null }),
        ],
      },
      /1 user without a value and 2 users who share one with somebody else/,
    ],
    unknown: [
      mapped(
        attribute('userName', 'Word([mailNickname], 1, "x", 9)', { matchingPriority: 1 }),
        ...userMappings().slice(1),
      ),
      /the matching value could not be worked out: the function Word is not evaluated/,
    ],
  },
  'scope-not-empty': {
    wrong: [usersWith(filter([clause('department', 'EQUALS', 'Desing')])), /lets none of 2 entitled people pass/],
    unknown: [
      usersWith(filter([clause('department', 'SOUNDS LIKE', 'Design')])),
      /lets anybody pass could not be worked out/,
    ],
  },
  'scope-clauses-valid': {
    wrong: [
      usersWith(filter([clause('department', 'EQUALS', 'Design')], [clause('userType', 'EQUALS', 'Member')])),
      /asks for "userType", which cannot be used in a scoping filter/,
    ],
    unknown: [
      usersWith(filter([clause('department', 'EQUALS', 'Design')], [clause('department', 'SOUNDS LIKE', 'Design')])),
      /1 clause of the scoping filter could not be judged/,
    ],
  },
  'deletion-guard': {
    wrong: [
      settings({ SyncNotificationSettings: '{"DeleteThresholdEnabled":false}' }),
      /guard against accidental deletion is off/,
    ],
    unknown: [settings({ SyncNotificationSettings: 'no JSON' }), /does not say/],
  },
  permissions: {
    wrong: [
      {
        live: live({
          graph: {
            tests: [
              fails('audit', failure('graph-forbidden'), {
                permission: 'AuditLog.Read.All',
                role: 'one of the roles Reports Reader',
              }),
              { id: 'directory', state: 'works', sentence: 'Works.', failure: null },
            ],
          },
        }),
      },
      /may not read 1 of 2 sources/,
    ],
    unknown: [
      { live: live({ graph: { failure: failure('auth-required') } }) },
      /Nothing could be asked of Microsoft Graph/,
    ],
  },
};

test('a set-up in which everything is right is right in every step', () => {
  expect(runSetUpCheck(facts()).checks.map(({ id, state }) => [id, state])).toEqual(
    setUpCheckIds.map((id) => [id, 'right']),
  );
});

test.each(setUpCheckIds)('%s is right, wrong, or not checkable, and says why', (id) => {
  const good = check(id);
  expect(good).toMatchObject({ id, state: 'right' });
  expect(good).not.toHaveProperty('fix');

  const [wrongWorld, wrongWords] = worlds[id].wrong;
  const bad = check(id, wrongWorld);
  expect([bad.state, bad.sentence]).toEqual(['wrong', expect.stringMatching(wrongWords)]);
  expect(bad.fix).toMatch(/\.$/);

  const [unknownWorld, unknownWords] = worlds[id].unknown;
  const unknown = check(id, unknownWorld);
  expect([unknown.state, unknown.sentence]).toEqual(['not-checkable', expect.stringMatching(unknownWords)]);
});

test('before anything was collected no step is right but those that were asked just now', () => {
  const states = runSetUpCheck(
    facts({
      sources: [],
      application: null,
      jobs: [],
      settings: null,
      mappings: null,
      assignedGroups: [],
      people: [],
      surveyedGroups: [],
    }),
  ).checks;
  expect(states.filter(({ state }) => state === 'right').map(({ id }) => id)).toEqual([
    'credentials-work',
    'permissions',
  ]);
  expect(states.filter(({ state }) => state === 'wrong')).toEqual([]);
  expect(states.find(({ id }) => id === 'app-enabled')?.fix).toBe('Collect first.');
});

test.each([
  ['jobs', 'job-on'],
  ['schema', 'user-flows'],
  ['job-settings', 'tenant-url'],
  ['application', 'sso-saml'],
  ['assignments', 'assignments-exist'],
  ['users', 'scope-not-empty'],
] as const)('what was right when %s was last read is not called right today', (source, id) => {
  const read = sources({ [source]: failed('graph-forbidden', '2026-11-18T10:00:00Z') });
  const stale = check(id, { sources: read });
  expect(stale).toMatchObject({
    state: 'not-checkable',
    sentence: expect.stringMatching(/could not be read whole this time/) as string,
  });
  expect(stale.evidence.at(-1)?.text).toMatch(/last read whole on 18 November at 10:00 UTC/);
  const [wrongWorld] = worlds[id].wrong;
  // What was wrong stays wrong, until somebody sees it otherwise; only nobody assigned is no more than a part of a list.
  const expected = id === 'assignments-exist' || id === 'scope-not-empty' ? 'not-checkable' : 'wrong';
  expect(check(id, { ...wrongWorld, sources: read }).state).toBe(expected);
});

test('the catalogue has every check once, in the order of the steps', () => {
  expect(setUpCheckCatalogue.map(({ id }) => id)).toEqual(setUpCheckIds);
  expect(new Set(setUpCheckIds).size).toBe(25);
  expect(setUpSteps.map(({ id }) => id)).toEqual([...new Set(setUpCheckCatalogue.map(({ step }) => step))]);
  for (const { title, meaning, source } of setUpCheckCatalogue) {
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    expect(meaning).toMatch(/\.$/);
    expect(source).not.toBe('');
  }
});
