import { describe, expect, test } from 'vitest';
import { findOtherWriters, type OtherWriter } from '../../../../src-main/core/set-up-check/other-writers.ts';
import { attribute, group, user, userMappings } from '../cross-check/world.ts';
import {
  application,
  assigned,
  base,
  check,
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

const clause = (name: string, operator: string, ...values: string[]) => ({ attribute: name, operator, values });
const usersWith = (scope: ReturnType<typeof filter>, more: Changes = {}): Changes => ({
  mappings: [userMapping({ scope }), groupMapping()],
  ...more,
});
const activeAs = (expression: string): Changes => ({
  mappings: [
    userMapping({
      attributeMappings: userMappings().map((one) =>
        one.targetAttributeName === 'active' ? attribute('active', expression) : one,
      ),
    }),
    groupMapping(),
  ],
});
const certificates = (...ends: [thumbprint: string, endsAt: string][]): Changes => ({
  application: application({
    signingCertificates: ends.map(([thumbprint, endsAt]) => ({ thumbprint, startsAt: null, endsAt })),
  }),
});
const gone = { sources: sources({ application: failed('graph-not-found', '2026-11-19T00:00:00Z') }) };
const refusal = (...why: Parameters<typeof failure>): Changes => ({
  live: live({ scim: [fails('scim-users', failure(...why))] }),
});
const credentialQuarantine = {
  reason: 'EncounteredQuarantineException',
  error: {
    code: 'SystemForCrossDomainIdentityManagementCredentialValidationFailure',
    message: 'Unauthorized',
    tenantActionable: true,
  },
  currentBegan: null,
  seriesBegan: '2026-11-18T00:00:00Z',
  seriesCount: 1,
  nextAttempt: null,
};

describe('an application', () => {
  test('that was deleted and made again is told by its namesake', () => {
    const others = { applications: [application({ servicePrincipalId: 'sp-new', displayName: 'unifi' })], jobs: [] };
    const found = check('app-found', { ...gone, live: live({ others }) });
    expect(found.state).toBe('wrong');
    expect(found.sentence).toMatch(/was deleted, and another one of that name is there now/);
    expect(found.fix).toMatch(/connect --service-principal sp-new/);
    expect(check('job-exists', gone)).toMatchObject({ state: 'wrong' });
    expect(check('app-enabled', gone).state).toBe('not-checkable');
  });

  test('that went since the last collection is gone all the same', () => {
    const asked = live({ graph: { tests: [fails('application', failure('graph-not-found'))] } });
    expect(check('app-found', { live: asked })).toMatchObject({ state: 'wrong' });
    expect(check('job-exists', { live: asked })).toMatchObject({ state: 'wrong' });
  });

  test('without single sign-on, or with a mode that nobody knows, is named', () => {
    expect(check('sso-saml', { application: application({ singleSignOnMode: null }) }).sentence).toMatch(/^No single/);
    expect(check('sso-saml', { application: application({ singleSignOnMode: 'psychic' }) }).sentence).toMatch(
      /"psychic"/,
    );
  });

  test.each([
    [certificates(), 'wrong', /has no signing certificate/],
    [certificates(['AA', '2026-11-17T12:00:00Z']), 'wrong', /ran out 3 days ago, on 17 November/],
    // The one that signs counts, not the one that lasts longest.
    [
      certificates(['BB', '2029-01-01T00:00:00Z'], ['AA', '2026-12-01T00:00:00Z']),
      'wrong',
      /in 10 days, on 1 December/,
    ],
    [certificates(['BB', '2026-01-01T00:00:00Z'], ['CC', '2028-11-20T12:00:00Z']), 'right', /for 731 days/],
    [certificates(['AA', '']), 'not-checkable', /does not say when/],
  ] as const)('with certificates %#', (changes, state, words) => {
    const found = check('sso-certificate', changes);
    expect([found.state, found.sentence]).toEqual([state, expect.stringMatching(words)]);
  });

  test('signs with a certificate that is not valid yet', () => {
    const signingCertificates = [
      { thumbprint: 'AA', startsAt: '2026-11-25T00:00:00Z', endsAt: '2029-01-01T00:00:00Z' },
    ];
    const found = check('sso-certificate', { application: application({ signingCertificates }) });
    expect(found).toMatchObject({ state: 'wrong', sentence: expect.stringMatching(/only from 25 November/) as string });
  });
});

describe('assignments', () => {
  test('do not matter where provisioning covers everyone', () => {
    const everyone: Changes = { scopeMode: { everyone: true, assumed: false }, assignedGroups: [] };
    expect(check('assignments-exist', everyone).state).toBe('right');
    expect(check('assignments-usable', everyone).state).toBe('right');
    // Not when that is only taken for granted.
    expect(check('assignments-exist', { ...everyone, scopeMode: { everyone: true, assumed: true } }).state).toBe(
      'wrong',
    );
  });

  test('of which some were read are there, of which none was read may be there', () => {
    const partial = { sources: sources({ assignments: { status: 'partial', failure: failure('timed-out') } }) };
    expect(check('assignments-exist', partial).state).toBe('right');
    expect(check('assignments-exist', { ...partial, assignedGroups: [] }).state).toBe('not-checkable');
  });

  test('of a group that is only not listed are not gone', () => {
    const unread = { sources: sources({ groups: failed('graph-forbidden', '2026-11-19T00:00:00Z') }) };
    expect(check('assignments-usable', { ...unread, assignedGroups: [assigned(null)] }).state).toBe('not-checkable');
  });
});

describe('a job', () => {
  const replaced: Changes = { jobs: [job({ id: 'new-job' })], chosen: null };

  test('that was replaced by a new one names the new one', () => {
    const found = check('job-exists', replaced);
    expect(found.state).toBe('wrong');
    expect(found.sentence).toMatch(/is gone; the application has another/);
    expect(found.evidence.map(({ text }) => text).join(' ')).toMatch(/no longer lists the job job\..*new-job/);
    expect(check('job-on', replaced).state).toBe('not-checkable');
    expect(check('job-healthy', replaced).state).toBe('not-checkable');
    // The stored mappings are those of the old job.
    expect(check('user-flows', replaced)).toMatchObject({
      state: 'not-checkable',
      sentence: 'The job of this connection is not there, so there is nothing to look at.',
    });
  });

  test('is to be chosen where there are several', () => {
    const connection = { servicePrincipalId: 'sp-unifi', jobId: null, scimBaseUrl: base };
    const found = check('job-exists', { connection, jobs: [job(), job({ id: 'second' })], chosen: null });
    expect(found).toMatchObject({ state: 'not-checkable', fix: expect.stringMatching(/--job/) as string });
  });

  test.each([
    [job({ state: 'Disabled', code: 'Paused' }), 'wrong', /switched off/],
    [job({ code: 'NotConfigured' }), 'wrong', /never set up completely/],
    [job({ code: 'NotRun' }), 'right', /switched on/],
    [job({ state: 'Resting' }), 'not-checkable', /does not say whether/],
  ] as const)('is on or off: %#', (one, state, words) => {
    const found = check('job-on', { jobs: [one] });
    expect([found.state, found.sentence]).toEqual([state, expect.stringMatching(words)]);
  });

  test('in its first cycle is neither well nor ill', () => {
    const status = { steadyStateFirstAchievedAt: null };
    expect(check('job-healthy', { jobs: [job({ status })] })).toMatchObject({
      state: 'not-checkable',
      sentence: expect.stringMatching(/initial cycle/) as string,
    });
  });

  test('beside another of the same application is one too many', () => {
    const found = check('single-job', { jobs: [job(), job({ id: 'second' })] });
    expect(found.sentence).toMatch(/^2 jobs of this application are switched on/);
    expect(check('single-job', { jobs: [job(), job({ id: 'second', state: 'Paused' })] }).state).toBe('right');
  });

  const writer = (changes: Partial<OtherWriter> = {}): OtherWriter => ({
    ...{ jobId: 'foreign', rows: 3, newestAt: '2026-11-20T10:00:00Z', wroteBeside: true },
    ...changes,
  });
  test('is one of two by the log alone, also where nobody was asked', () => {
    for (const asked of [live(), null]) {
      const found = check('single-job', { otherWriters: [writer()], live: asked });
      expect(found).toMatchObject({ state: 'wrong', sentence: expect.stringContaining('foreign') as string });
      expect(found.evidence).toContainEqual({
        ...{ source: 'provisioning-log', ref: 'foreign', at: '2026-11-20T10:00:00Z' },
        text: 'Of the newest writes in the log 3 rows are by the job foreign; this is the newest.',
      });
    }
  });

  test('is not one of two by rows of a job that it replaced, that is off, or that is known to write elsewhere', () => {
    const replaced = check('single-job', { otherWriters: [writer({ wroteBeside: false })], live: null });
    expect(replaced.state).toBe('not-checkable');
    expect(replaced.evidence.map(({ text }) => text).join(' ')).toContain('all from before the watched job wrote');
    const off = { jobs: [job(), job({ id: 'foreign', state: 'Disabled' })], otherWriters: [writer()] };
    expect(check('single-job', off).state).toBe('right');
    const elsewhere = beside({ id: 'foreign' }, 'https://staging.example/scim');
    expect(check('single-job', { ...elsewhere, otherWriters: [writer()] }).state).toBe('right');
  });

  test('knows who else wrote from the rows, and whether one followed the other', () => {
    const at = (hour: number): string => `2026-11-20T${String(hour).padStart(2, '0')}:00:00Z`;
    const rows = [
      { jobId: 'job', at: at(9) },
      { jobId: 'mixed', at: at(8) },
      { jobId: 'job', at: at(7) },
      { jobId: 'mixed', at: at(6) },
      { jobId: null, at: at(6) },
      { jobId: 'old', at: at(5) },
    ];
    expect(findOtherWriters(rows, 'job')).toEqual([
      { jobId: 'mixed', rows: 2, newestAt: at(8), wroteBeside: true },
      { jobId: 'old', rows: 1, newestAt: at(5), wroteBeside: false },
    ]);
  });

  const beside = (changes: Parameters<typeof job>[0], baseAddress: string | null): Changes => {
    const other = { applicationId: 'sp-test', applicationName: 'UNIFI (test)', job: job(changes), baseAddress };
    return {
      live: live({ others: { applications: [application({ servicePrincipalId: 'sp-test' })], jobs: [other] } }),
    };
  };
  test('of another application is no second one when it is off or writes elsewhere, and unclear when nobody knows', () => {
    expect(check('single-job', beside({ state: 'Paused' }, base)).state).toBe('right');
    expect(check('single-job', beside({}, 'https://staging.example/scim')).state).toBe('right');
    expect(check('single-job', beside({}, null)).state).toBe('not-checkable');
    expect(check('single-job', { live: live({ others: { failure: failure('graph-forbidden') } }) })).toMatchObject({
      state: 'not-checkable',
      fix: 'Do something about it.',
    });
  });

  test('tells somebody only where the mail has a recipient', () => {
    const withMail = (text: string): Changes => ({ settings: { SyncNotificationSettings: text } });
    expect(check('notification-mail', withMail('{"enabled":true,"Recipients":" "}')).state).toBe('wrong');
    expect(check('notification-mail', withMail('{"enabled":true,"Recipients":"it@contoso.example"}')).state).toBe(
      'right',
    );
    expect(check('notification-mail', withMail('[]')).state).toBe('not-checkable');
  });
});

describe('the target', () => {
  const at = (scimBaseUrl: string) => ({
    servicePrincipalId: 'sp-unifi',
    jobId: 'job',
    scimBaseUrl,
  });

  test('at another address than the article says is right when that is where we look, and said so', () => {
    const BaseAddress = 'https://unifi.corp.example/scim?aadOptscim062020';
    const found = check('tenant-url', {
      settings: { BaseAddress },
      connection: at('https://unifi.corp.example/scim/'),
    });
    expect(found.state).toBe('right');
    expect(found.evidence.map(({ text }) => text).join(' ')).toMatch(
      /flag "aadOptscim062020".*not the address that UNIFI gives/,
    );
  });

  test('is another one than this connection reads', () => {
    const found = check('tenant-url', { connection: at('https://unifi.corp.example/scim') });
    expect(found.sentence).toMatch(/two different places are compared/);
    expect(found.fix).toContain(`--scim-url ${base}`);
  });

  test.each([
    [refusal('scim-unauthorised', { status: 403 }), 'wrong', /lets it read too little/],
    [refusal('scim-unauthorised'), 'not-checkable', /No usable secret token/],
    [refusal('scim-rejected', { status: 404 }), 'wrong', /a wrong address or a broken service/],
    [refusal('response-unexpected'), 'wrong', /a wrong address or a broken service/],
    [refusal('scim-unavailable', { status: 503 }), 'not-checkable', /says nothing about Entra/],
    [refusal('network-unreachable'), 'not-checkable', /says nothing about Entra/],
  ] as const)('answers the test request: %#', (changes, state, words) => {
    const found = check('credentials-work', changes);
    expect([found.state, found.sentence]).toEqual([state, expect.stringMatching(words)]);
    expect(found.fix).toBeTruthy();
  });

  test('refuses the token of Entra while it takes ours, and without asking at all', () => {
    const jobs = [job({ code: 'Quarantine', status: { quarantine: credentialQuarantine } })];
    expect(check('credentials-work', { jobs }).sentence).toBe(
      'UNIFI takes the token that is stored here, but refuses the one that Entra has.',
    );
    expect(check('credentials-work', { jobs, ...refusal('network-unreachable') }).state).toBe('wrong');
    expect(check('credentials-work', { jobs, live: null })).toMatchObject({
      state: 'wrong',
      sentence: 'UNIFI refuses the token that Entra has.',
    });
  });
});

describe('mappings', () => {
  test.each([
    ['Switch([IsSoftDeleted], , "False", "True", "True", "False")', 'right', /follows IsSoftDeleted/],
    ['[IsSoftDeleted]', 'wrong', /the wrong way round/],
    ['"True"', 'wrong', /does not depend on whether somebody left/],
    ['Hocus([IsSoftDeleted])', 'not-checkable', /cannot be worked out/],
  ])('of "active" as %s', (expression, state, words) => {
    const found = check('active-from-soft-deleted', activeAs(expression));
    expect([found.state, found.sentence]).toEqual([state, expect.stringMatching(words)]);
  });

  test('switch nobody off while the job is told to leave accounts alone', () => {
    const skipping = { settings: { SkipOutOfScopeDeletions: 'True' } };
    expect(check('active-from-soft-deleted', skipping)).toMatchObject({
      state: 'wrong',
      sentence: expect.stringMatching(/told to leave accounts alone/) as string,
    });
    const unread = check('active-from-soft-deleted', { settings: null });
    expect(unread.evidence.at(-1)?.text).toMatch(/could not be read/);
  });

  test('say what is only set at creation, and what the article does not know', () => {
    const attributeMappings = [
      ...userMappings().map((one) =>
        one.targetAttributeName === 'externalId' ? { ...one, flowType: 'ObjectAddOnly' } : one,
      ),
      attribute('title', '[jobTitle]'),
    ];
    const found = check('attributes-mapped', { mappings: [userMapping({ attributeMappings }), groupMapping()] });
    expect(found.state).toBe('right');
    const texts = found.evidence.map(({ text }) => text).join(' ');
    expect(texts).toMatch(/"externalId" of users is only set when the object is created/);
    expect(texts).toMatch(/Beside the article, "title" of users is mapped/);
  });

  test('without any matching attribute find nobody', () => {
    const attributeMappings = userMappings().map((one) => ({ ...one, matchingPriority: 0 }));
    const found = check('matching-filterable', { mappings: [userMapping({ attributeMappings }), groupMapping()] });
    expect(found.sentence).toMatch(/No attribute of users is a matching attribute/);
  });

  test('of another application are judged by its profile', () => {
    const profile = {
      name: 'Lumen',
      application: { names: ['Lumen'], templates: [] },
      baseUrls: ['https://lumen.example/scim'],
      users: { attributes: ['userName', 'title'], filterable: ['externalId'] },
      groups: { attributes: ['displayName'], filterable: ['displayName'] },
    };
    expect(check('attributes-mapped', { profile }).sentence).toMatch(
      /"title" of users is not mapped, so Lumen never gets it/,
    );
    expect(check('matching-filterable', { profile }).sentence).toMatch(/Lumen can only look up "externalId"/);
  });

  test('tell groups apart, too', () => {
    const twice = check('matching-unique', {
      surveyedGroups: [group('A'), group('B', { displayName: 'a' }), group('C')],
    });
    expect(twice.sentence).toMatch(/2 groups that share one with another/);
    expect(twice.evidence.map(({ text }) => text)).toContain('"A" as "displayName" belongs to A and a.');
  });

  test('prove nothing about people while nobody knows who is in scope', () => {
    expect(check('matching-unique', { who: 'enabled' }).state).toBe('not-checkable');
    expect(check('matching-unique', { who: 'enabled', scopeMode: { everyone: true, assumed: false } }).state).toBe(
      'right',
    );
    // Somebody without a value is wrong whoever else is in scope.
    const people = [user('ada', { userPrincipalName: null })];
    expect(check('matching-unique', { who: 'enabled', people }).state).toBe('wrong');
    const half = { sources: sources({ users: { status: 'partial', failure: failure('timed-out') } }) };
    expect(check('matching-unique', half).state).toBe('not-checkable');
  });
});

describe('a scoping filter', () => {
  const people = [user('ada'), user('bo', { attributes: { ...user('bo').attributes, department: 'design' } })];

  test.each([
    [
      [clause('department', 'EQUALS', 'Design')],
      /on users, department is "Design", leaves out 1 user only because of upper/,
    ],
    [[clause('department', 'REGEX MATCH', '^des.*$')], /upper and lower case/],
    [[clause('department', 'NOT EQUALS', 'DESIGN')], /lets in 2 users only because of upper and lower case/],
    [[clause('proxyAddresses', 'INCLUDES', 'smtp')], /cannot be used in a scoping filter/],
    [[clause('employeeHireDate', 'IS NOT NULL')], /cannot be used in a scoping filter/],
    [[clause('manager', 'EQUALS', 'x')], /cannot be used in a scoping filter/],
    [[clause('costCenter', 'GREATER_THAN', 'seven')], /no whole number/],
    [[clause('department', 'EQUALS')], /compares with nothing/],
    [[clause('', 'EQUALS', 'x')], /names no attribute/],
  ])('with a clause that cannot work as meant: %#', (clauses, words) => {
    const found = check('scope-clauses-valid', usersWith(filter(clauses), { people }));
    expect([found.state, found.sentence]).toEqual(['wrong', expect.stringMatching(words)]);
  });

  test.each([
    [[clause('department', 'EQUALS', 'Design', 'BIM')], /several values at once/],
    [[clause('department', 'REGEX MATCH', '(?i)^design$')], /pattern that is not understood/],
    [[clause('jobTitle', 'EQUALS', 'x')], /could not be tried: the attribute was not read from Entra/],
  ])('with a clause that nobody can judge here: %#', (clauses, words) => {
    const found = check('scope-clauses-valid', usersWith(filter(clauses), { people }));
    expect(found.state).toBe('not-checkable');
    expect(found.evidence.map(({ text }) => text).join(' ')).toMatch(words);
  });

  test('leaves nobody out by letter case when another filter lets them pass', () => {
    const scope = filter([clause('department', 'EQUALS', 'design')], [clause('department', 'IS NOT NULL')]);
    expect(check('scope-clauses-valid', usersWith(scope, { people })).state).toBe('right');
  });

  test('of an attribute with several values', () => {
    const several = [user('ada', { attributes: { department: ['Design', 'BIM'] } })];
    const found = check(
      'scope-clauses-valid',
      usersWith(filter([clause('department', 'EQUALS', 'BIM')]), { people: several }),
    );
    expect(found).toMatchObject({ state: 'wrong', sentence: expect.stringMatching(/several values/) as string });
  });

  test('is no trouble when there is none, and none of groups when no group is assigned', () => {
    const none = { mappings: [userMapping({ scope: null }), groupMapping()] };
    expect(check('scope-not-empty', none).sentence).toMatch(/There is no scoping filter/);
    expect(check('scope-clauses-valid', none).state).toBe('right');
    const scope = filter([clause('displayName', 'EQUALS', 'Nothing of that name')]);
    const groups: Changes = { mappings: [userMapping({ scope: null }), groupMapping({ scope })] };
    expect(check('scope-not-empty', groups)).toMatchObject({
      state: 'wrong',
      sentence: expect.stringMatching(
        /filter of groups lets none of 1 group pass, so no group is provisioned/,
      ) as string,
    });
    expect(check('scope-not-empty', { ...groups, surveyedGroups: [] }).state).toBe('right');
  });

  test('cannot be tried on nobody', () => {
    expect(check('scope-not-empty', { people: [] }).state).toBe('not-checkable');
  });

  test('says of every clause for how many it holds', () => {
    const scope = filter([clause('department', 'EQUALS', 'Design'), clause('surname', 'ENDS WITH', 'x')]);
    const found = check('scope-not-empty', usersWith(scope, { people }));
    expect(found.state).toBe('wrong');
    expect(found.evidence.map(({ text }) => text)).toEqual([
      'Of 2 entitled people, 1 passes the clause: department is "Design".',
      'Of 2 entitled people, 0 pass the clause: surname ends with "x".',
    ]);
  });
});

describe('safety and permissions', () => {
  test('a guard that would let everybody go says so', () => {
    const found = check('deletion-guard', { accounts: 1 });
    expect(found.state).toBe('right');
    expect(found.sentence).toMatch(/more than the 1 account there are, so it would let all of them go/);
  });

  test('what a missing right needs is named once each', () => {
    const tests = [
      fails('log', failure('graph-forbidden'), { permission: 'ProvisioningLog.Read.All', role: 'one of the roles A' }),
      fails('audit', failure('graph-forbidden'), { permission: 'AuditLog.Read.All', role: 'one of the roles A' }),
      fails('deleted-users', failure('graph-forbidden'), { permission: 'User.Read.All', role: 'no special role' }),
    ];
    expect(check('permissions', { live: live({ graph: { tests } }) }).fix).toBe(
      'Grant ProvisioningLog.Read.All, AuditLog.Read.All and User.Read.All to the app registration, with admin consent. Give the signed-in person one of the roles A. Sign in again.',
    );
  });

  test('a service that does not answer is no missing right, and what could not be asked neither', () => {
    const down = live({ graph: { tests: [fails('log', failure('graph-unavailable'))] } });
    expect(check('permissions', { live: down }).state).toBe('not-checkable');
    const untested = { id: 'schema', state: 'not-tested', sentence: 'No job.', failure: null } as const;
    expect(check('permissions', { live: live({ graph: { tests: [untested] } }) }).state).toBe('not-checkable');
    const noJob = live({ graph: { tests: [fails('schema', failure('graph-not-found'))] } });
    expect(check('permissions', { live: noJob }).sentence).toMatch(/there is no job or application to ask for/);
    expect(check('permissions', { live: null }).state).toBe('not-checkable');
  });
});
