import { describe, expect, test } from 'vitest';
import type { Person } from '../../../../src-main/contract/models/person.ts';
import { causeIds, type CauseId } from '../../../../src-main/contract/models/investigation.ts';
import { sourceNames } from '../../../../src-main/contract/models/run.ts';
import { investigateNobody } from '../../../../src-main/core/investigation/investigate-nobody.ts';
import { investigatePerson } from '../../../../src-main/core/investigation/investigate-person.ts';
import {
  account,
  ada,
  assignment,
  auditEvent,
  beginning,
  finding,
  group,
  job,
  neverRun,
  now,
  pending,
  quarantined,
  row,
  schema,
  smallCase,
  user,
  type CaseChanges,
} from './small-case.ts';

const absent: CaseChanges = { facts: { account: null } };
const missing = (changes: CaseChanges = {}): CaseChanges => ({
  findings: [finding('missing-in-target')],
  ...changes,
  facts: { account: null, ...changes.facts },
});
const inactive = (changes: CaseChanges = {}): CaseChanges => ({
  findings: [finding('inactive-in-target')],
  ...changes,
  facts: { account: account({ active: false }), ...changes.facts },
});
/** Disabled in Entra a week ago, and still active; the log names the account. */
const left = (changes: CaseChanges = {}): CaseChanges => ({
  findings: [finding('active-source-gone')],
  rows: [row({ at: '2026-11-10T10:00:00Z' })],
  ...changes,
  facts: { user: user({ accountEnabled: false }), ...changes.facts },
});
const explained = (code: string) => ({ errorCode: code, reason: code });

/** Causes of groups and members have worlds of their own. */
type PersonCause = Exclude<CauseId, `G${string}` | `M${string}`>;
const personCauses = causeIds.filter((id): id is PersonCause => !/^[GM]/u.test(id));

/** A small world for every cause. */
const worlds: Record<PersonCause, CaseChanges> = {
  'A2-soft-deleted': {
    facts: { account: null, user: null, deletedUser: user({ deletedAt: '2026-11-20T10:00:00Z' }) },
  },
  'A2-not-found': { facts: { account: null, user: null, formerUser: { item: user(), goneAt: now } } },
  'A3-no-job': missing({ job: null }),
  'A3-disabled': missing({ job: job({ state: 'Disabled', code: 'Paused' }) }),
  'A3-paused': missing({ job: job({ state: 'Paused', code: 'Paused' }) }),
  'A3-not-configured': missing({ job: neverRun('NotConfigured') }),
  'A3-not-run': missing({ job: neverRun() }),
  A4: missing({ job: quarantined('EncounteredQuarantineException') }),
  A5: missing({ job: beginning() }),
  A6: missing({ schema: schema({ flowTypes: { add: false, update: true, delete: true } }) }),
  A7: { facts: { account: null, user: user({ accountEnabled: false }) } },
  'A8-not-assigned': { facts: { account: null, assignments: [] } },
  'A8-nested-group': {
    facts: {
      account: null,
      assignments: [assignment('Design')],
      groups: [
        { id: 'Design EMEA', through: [], group: group('Design EMEA') },
        { id: 'Design', through: ['Design EMEA'], group: group('Design') },
      ],
    },
  },
  'A8-not-security-enabled': {
    facts: {
      account: null,
      assignments: [assignment('Guild')],
      groups: [{ id: 'Guild', through: [], group: group('Guild', { securityEnabled: false }) }],
    },
  },
  'A8-too-recent': missing({ findings: [pending('missing-in-target', 'Add app role assignment to user.')] }),
  A9: { facts: { account: null, user: user({ attributes: { department: 'Finance', employeeId: 'E-7' } }) } },
  'A10-missing': missing({ facts: { user: user({ userPrincipalName: null }) } }),
  'A10-duplicate': {
    findings: [
      finding('duplicate-match-value', {
        related: [{ type: 'user', entraId: 'other', scimId: 'u-7', name: 'Ada Guest' }],
      }),
    ],
    facts: { account: account({ externalId: 'E-8' }) },
  },
  'A11-failure': missing({ rows: [row({ status: 'failure', ...explained('DuplicateTargetEntries') })] }),
  'A11-skipped': missing({ rows: [row({ status: 'skipped', ...explained('NotEffectivelyEntitled') })] }),
  'A11-warning': missing({ rows: [row({ status: 'warning', ...explained('SomethingNew') })] }),
  A11s: missing({ rows: [row({ action: 'create' })] }),
  'A12-wait': missing({ findings: [pending('missing-in-target', 'Enable account.')] }),
  'A12-gap': missing({ findings: [finding('missing-in-target', { changedAt: '2026-05-01T00:00:00Z' })] }),
  A13: missing(),
  I1: inactive({
    rows: [row()],
    facts: { account: account({ active: false, lastModifiedAt: '2026-11-21T10:00:00Z' }) },
  }),
  B1: {
    findings: [
      finding('duplicate-in-target', {
        related: [{ type: 'user', entraId: ada, scimId: 'u-8', name: 'Ada Brandt' }],
      }),
    ],
  },
  B2: {
    person: { id: 'scim:u-7', name: 'extern', entra: null, joinedBy: null },
    facts: { user: null, assignments: [] },
  },
  'B3-paused': left({ job: job({ state: 'Paused', code: 'Paused' }) }),
  'B3-disabled': left({ job: job({ state: 'Disabled', code: 'Paused' }) }),
  'B3-quarantine': left({ job: quarantined('EncounteredEscrowProportionThreshold') }),
  B4: left({ settings: { SyncAll: 'false', SkipOutOfScopeDeletions: 'True' } }),
  B5: left({ schema: schema({ activeMapped: false }) }),
  'B6-update': left({ schema: schema({ flowTypes: { add: true, update: false, delete: true } }) }),
  'B6-delete': left({
    schema: schema({ flowTypes: { add: true, update: true, delete: false } }),
    facts: { user: null, formerUser: { item: user(), goneAt: now } },
  }),
  B7: left({ job: quarantined('TooManyDeletes') }),
  B8: left({ rows: [], facts: { account: account({ createdAt: '2026-11-12T10:00:00Z' }) } }),
  'B10-failure': left({ rows: [row({ action: 'disable', status: 'failure', ...explained('TooManyRequests') })] }),
  'B10-ignored': left({ rows: [row({ action: 'disable' })] }),
  B11: left({
    rows: [row({ action: 'disable' })],
    facts: { account: account({ lastModifiedAt: '2026-11-22T10:00:00Z' }) },
  }),
  B13: left({ findings: [pending('active-source-gone', 'Disable account.')] }),
  B15: left(),
};

const questions: Record<string, string> = { A: 'missing', I: 'inactive', B: 'still-active' };

describe('investigatePerson', () => {
  test.each(personCauses)('finds the cause %s in its own small world', (cause) => {
    const input = smallCase(worlds[cause]);
    const { question, verdict, path } = investigatePerson(input);
    expect({ cause: verdict.cause, question }).toEqual({ cause, question: questions[cause.charAt(0)] });
    expect(path.filter(({ outcome }) => outcome === 'cause').map(({ rule }) => rule)).toEqual([cause.split('-')[0]]);
    // A person wrote it: one sentence with a name, who acts, and no codes or placeholders.
    expect(verdict.sentence).toContain(input.person.entra ? input.person.name : 'ada.brandt');
    expect(verdict.sentence).toMatch(/^[A-Z].*\.$/u);
    expect(verdict.sentence).not.toMatch(/undefined|null|NaN|\b[a-z]+[A-Z]\w*Exception\b|one of the following/u);
    expect(verdict.steps.length).toBeGreaterThan(0);
    expect(verdict.expectedBy !== undefined).toBe(/too-recent|wait|B13/u.test(cause));
  });

  test('says of somebody active, assigned and in scope that they are as they should be', () => {
    const { question, verdict, attributes, unknown } = investigatePerson(smallCase());
    expect({ question, cause: verdict.cause, certainty: verdict.certainty, actor: verdict.actor }).toEqual({
      question: 'as-it-should-be',
      cause: null,
      certainty: 'certain',
      actor: 'nobody',
    });
    expect(attributes.map(({ attribute, agreement }) => `${attribute} ${agreement}`)).toEqual([
      'userName same',
      'externalId same',
      'displayName same',
    ]);
    expect(unknown).toEqual([]);
  });

  test('says of a leaver whose account is switched off that they are as they should be', () => {
    const input = smallCase(left({ facts: { account: account({ active: false }) } }));
    expect(investigatePerson(input)).toMatchObject({ question: 'as-it-should-be', verdict: { cause: null } });
  });

  test('keeps the account with the person whose externalId it holds, where two share a user name', () => {
    const input = smallCase({ findings: [finding('duplicate-match-value')] });
    expect(investigatePerson(input)).toMatchObject({ question: 'as-it-should-be', verdict: { cause: null } });
  });

  test('goes on from a quarantine that began after the person should have arrived', () => {
    const input = smallCase(
      missing({
        job: quarantined('EncounteredQuarantineException'),
        findings: [finding('missing-in-target', { changedAt: '2026-11-01T00:00:00Z' })],
        rows: [row({ at: '2026-11-02T10:00:00Z', status: 'failure', ...explained('DuplicateTargetEntries') })],
      }),
    );
    expect(investigatePerson(input).verdict.cause).toBe('A11-failure');
  });

  test('tells what else is wrong besides the cause', () => {
    const input = smallCase({
      facts: { account: null, user: user({ accountEnabled: false }), assignments: [] },
    });
    const outcomes = investigatePerson(input).path.map(({ rule, outcome }) => `${rule} ${outcome}`);
    expect(outcomes).toContain('A7 cause');
    expect(outcomes).toContain('A8 also');
  });

  test('takes a change from before the log for looked at when a restart lies within it', () => {
    const input = smallCase(
      missing({
        findings: [finding('missing-in-target', { changedAt: '2026-05-01T00:00:00Z' })],
        applicationAudit: [auditEvent('Restart provisioning', '2026-11-10T10:00:00Z')],
      }),
    );
    expect(investigatePerson(input).verdict.cause).toBe('A13');
  });

  test('does not blame anybody for what lies before the log', () => {
    const input = smallCase(left({ findings: [finding('active-source-gone', { changedAt: '2026-05-01T00:00:00Z' })] }));
    const { verdict, unknown } = investigatePerson(input);
    expect(verdict).toMatchObject({ cause: null, certainty: 'cannot-tell' });
    expect(verdict.sentence).toContain('reaches back only to 24 October');
    expect(unknown).toMatchObject([{ source: 'provisioning-log' }]);
  });

  test('cannot tell where nothing explains it and the settings of the job were never read', () => {
    const { verdict } = investigatePerson(smallCase(left({ settings: null })));
    expect(verdict).toMatchObject({ cause: null, certainty: 'cannot-tell' });
  });

  test('is less sure where the scope mode had to be assumed, or the accounts are those last known', () => {
    const assumed = smallCase({ ...worlds.B11, settings: null, scopeHints: { assignedOnly: 0, syncAll: 0 } });
    expect(investigatePerson(assumed).verdict).toMatchObject({ cause: 'B11', certainty: 'likely' });
    const stale = smallCase({ ...worlds['B10-failure'], unread: ['scim-users'] });
    expect(investigatePerson(stale).verdict.certainty).not.toBe('certain');
  });

  test('does not decide on a scoping filter that cannot be evaluated', () => {
    const active = investigatePerson(smallCase({ schema: schema({ operator: 'SOUNDS LIKE' }) }));
    expect(active.verdict).toMatchObject({ cause: null, certainty: 'cannot-tell' });
    const none = investigatePerson(smallCase({ ...absent, schema: schema({ operator: 'SOUNDS LIKE' }) }));
    expect(none.path.find(({ rule }) => rule === 'A9')?.outcome).toBe('note');
  });

  test('shows every clause of the filter with the value that it saw', () => {
    const { path, verdict } = investigatePerson(smallCase(worlds.A9));
    const clauses = path.find(({ rule }) => rule === 'A9')?.evidence.map(({ text }) => text);
    expect(clauses).toEqual(['Filter "Design": department equals "Design" fails; it is "Finance".']);
    expect(verdict.sentence).toContain('department is "Finance"');
  });

  test('draws the way from the person to the assigned group', () => {
    const { path } = investigatePerson(smallCase(worlds['A8-nested-group']));
    expect(path.find(({ rule }) => rule === 'A8')?.evidence.map(({ text }) => text)).toEqual([
      'Ada Brandt is a direct member of "Design EMEA".',
      'which is a member of "Design".',
    ]);
  });

  test.each(personCauses)('never gives another cause than %s when a source cannot be read', (cause) => {
    for (const source of sourceNames) {
      const { verdict, unknown } = investigatePerson(smallCase({ ...worlds[cause], unread: [source] }));
      expect(unknown.map((one) => one.source)).toContain(source);
      if (verdict.cause === cause) continue;
      expect({ source, cause: verdict.cause, certainty: verdict.certainty }).toEqual({
        source,
        cause: null,
        certainty: 'cannot-tell',
      });
    }
  });

  test('masks names, addresses and ids in the redacted ticket, each always by the same mark', () => {
    const { ticket } = investigatePerson(smallCase(worlds['A8-nested-group']));
    expect(ticket.text).toContain('Ada Brandt');
    expect(ticket.markdown).toContain('### What to do');
    expect(ticket.redacted).not.toMatch(/Ada|Brandt|contoso|Design|11111111/u);
    const mark = /^\[name \d+\]/u.exec(ticket.redacted)?.[0] ?? 'no mark';
    expect(ticket.redacted.split(mark)).toHaveLength(ticket.text.split('Ada Brandt').length);
  });

  test('puts everything dated on one axis, newest first', () => {
    const { timeline } = investigatePerson(smallCase(left({ job: quarantined('TooManyDeletes') })));
    const times = timeline.map(({ at }) => Date.parse(at));
    expect(times).toEqual(times.toSorted((one, other) => other - one));
    expect(new Set(timeline.map(({ kind }) => kind))).toEqual(
      new Set(['collection', 'finding', 'job', 'log', 'directory']),
    );
  });
});

describe('investigateNobody', () => {
  const { person, ...context } = smallCase();

  test('says that nobody is known by that name', () => {
    const found = investigateNobody({ who: 'zoe', candidates: [], ...context });
    expect(found).toMatchObject({ question: 'unknown-person', verdict: { cause: null, certainty: 'certain' } });
    expect(found.verdict.sentence).toContain('"zoe"');
  });

  test('is not sure of it when a list was not read whole', () => {
    const partial = smallCase({ unread: ['users'] });
    const found = investigateNobody({ who: 'zoe', candidates: [], ...partial });
    expect(found.verdict.certainty).toBe('cannot-tell');
  });

  const id = '33333333-0000-4000-8000-000000000001';

  test.each(['assignments', 'groups', 'scim-groups'] as const)(
    'does not take an unknown id for that of a group that is not there, without the %s',
    (source) => {
      expect(investigateNobody({ who: id, candidates: [], ...context }).verdict.cause).toBe('G2');
      const { verdict, unknown } = investigateNobody({ who: id, candidates: [], ...smallCase({ unread: [source] }) });
      expect(verdict).toMatchObject({ cause: null, certainty: 'cannot-tell' });
      expect(unknown.map((one) => one.source)).toEqual([source]);
    },
  );

  test('does not take an unknown id for that of a group where the log is short', () => {
    const short = { ...context, logFrom: '2026-11-16T12:00:00Z' };
    const { verdict, unknown } = investigateNobody({ who: id, candidates: [], ...short });
    expect(verdict).toMatchObject({ cause: null, certainty: 'cannot-tell' });
    expect(verdict.sentence).toContain('or a user who was deleted before that');
    expect(unknown.map(({ source }) => source)).toEqual(['provisioning-log']);
  });

  test('knows a user who was deleted before the log begins from the audit log alone', () => {
    const event = {
      ...auditEvent('Hard Delete user', '2026-11-10T08:00:00Z'),
      targets: [{ id, type: 'User', name: 'Zoe Lind' }],
    };
    const { verdict, unknown, ticket } = investigateNobody({ who: id, candidates: [], ...context, audit: [event] });
    expect(verdict).toMatchObject({ cause: null, certainty: 'cannot-tell', actor: 'unifi-admin' });
    expect(verdict.sentence).toBe(
      'Zoe Lind was deleted in Entra on 10 November; which account in UNIFI is or was theirs cannot be told, because the provisioning log, which reaches back to 24 October at 12:00 UTC, does not name the person.',
    );
    expect(unknown.map(({ source }) => source)).toEqual(['provisioning-log']);
    expect(ticket.redacted).not.toContain('Zoe');
    // Another user was deleted, whom the event only names beside.
    const other = { ...event, targets: [{ id: ada, type: 'User', name: 'Ada Brandt' }] };
    expect(investigateNobody({ who: id, candidates: [], ...context, audit: [other] }).verdict.cause).toBe('G2');
  });

  test('lists several people with what tells them apart', () => {
    const found = investigateNobody({ who: 'ada', candidates: [person, { ...person, id: 'b' }], ...context });
    expect(found.candidates?.map(({ id }) => id)).toEqual([ada, 'b']);
    expect(found.candidates?.[0]?.detail).toContain('ada.brandt@contoso.example');
  });

  test('tells people of one name apart by how they stand on both sides', () => {
    const as = (source: Person['state']['source'], target: Person['state']['target'], createdAt: string | null) => ({
      ...person,
      id: source,
      entra: person.entra && { ...person.entra, createdAt },
      state: { source, target },
    });
    const candidates = [
      as('deleted', 'active', null),
      as('soft-deleted', 'inactive', '2024-02-01T08:00:00Z'),
      as('disabled', 'absent', '2024-02-01T08:00:00Z'),
      as('in-scope', 'unknown', null),
    ];
    const found = investigateNobody({ who: 'ada', candidates, ...context });
    const mail = 'ada.brandt@contoso.example';
    expect(found.candidates?.map(({ detail }) => detail)).toEqual([
      `${mail}, deleted in Entra for good, account active`,
      `${mail}, deleted in Entra, can be restored, account inactive`,
      `${mail}, in Entra since 2024-02-01, disabled there, no account in UNIFI`,
      `${mail}, in Entra, account in UNIFI not known`,
    ]);
  });

  test('lists no more than twenty, and says how many there are', () => {
    const candidates = Array.from({ length: 30 }, (_, index) => ({ ...person, id: String(index) }));
    const found = investigateNobody({ who: 'ada', candidates, isCut: true, ...context });
    expect(found.candidates).toHaveLength(20);
    expect(found.verdict.sentence).toContain('at least 30 people');
  });
});
