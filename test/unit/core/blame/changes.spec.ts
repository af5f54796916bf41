import { describe, expect, test } from 'vitest';
import type { ConfigurationChange } from '../../../../src-main/contract/models/configuration-change.ts';
import { gatherChanges, type ChangeSources } from '../../../../src-main/core/blame/gather-changes.ts';
import { rankSuspects } from '../../../../src-main/core/blame/rank-suspects.ts';
import type { AuditEvent } from '../../../../src-main/core/model/directory.ts';
import type { DocumentVersion } from '../../../../src-main/core/model/job-history.ts';
import { reading } from '../health/small-job.ts';
import { sampleSchema } from '../schema/sample-schema.ts';

const at = (day: number, hour = 0): string => new Date(Date.UTC(2026, 10, day, hour)).toISOString();
const ms = (day: number, hour = 0): number => Date.parse(at(day, hour));

const event = (activity: string, when: string, own: Partial<AuditEvent> = {}): AuditEvent => ({
  id: `${activity} ${when}`,
  at: when,
  activity,
  category: 'ProvisioningManagement',
  result: 'success',
  initiatedBy: 'ada@contoso.example',
  targets: [{ id: 'app', type: 'ServicePrincipal', name: 'UNIFI' }],
  properties: [],
  ...own,
});
const assignment = (activity: 'Add' | 'Remove', name: string, when: string): AuditEvent =>
  event(`${activity} app role assignment grant to user`, when, {
    targets: [
      { id: 'app', type: 'ServicePrincipal', name: 'UNIFI' },
      { id: name, type: 'User', name },
    ],
  });

/** Two versions of the mappings: of the newer one, `externalId` of users is written from the employee id. */
const schemas = (): DocumentVersion[] => {
  const json = JSON.stringify(sampleSchema());
  return [
    { json, since: at(1), seenAt: at(10), isFirst: true },
    {
      json: json.replace('Coalesce([extensionAttribute3], [mailNickname])', '[employeeId]'),
      since: at(11),
      seenAt: at(20),
      isFirst: false,
    },
  ];
};
const settings = (...values: object[]): DocumentVersion[] =>
  values.map((value, index) => ({
    json: JSON.stringify(value),
    since: at(1 + 5 * index),
    seenAt: at(5 + 5 * index),
    isFirst: index === 0,
  }));

const gather = (own: Partial<ChangeSources>): ConfigurationChange[] =>
  gatherChanges({
    events: [],
    schemas: [],
    settings: [],
    readings: [],
    assignments: [],
    servicePrincipalId: 'app',
    ...own,
  });

const mappingEvent = event('Update attribute mappings or scope', at(10, 14));

describe('changes of the set-up', () => {
  test('join what the audit log names with the difference that two collections show', () => {
    expect(gather({ events: [mappingEvent], schemas: schemas() })).toEqual([
      expect.objectContaining({
        id: mappingEvent.id,
        kind: 'mapping',
        title: 'Mappings changed',
        from: at(10, 14),
        to: at(10, 14),
        by: 'ada@contoso.example',
        details: [
          'externalId of users is now written from [employeeId]; before, it was Coalesce([extensionAttribute3], [mailNickname]).',
        ],
      }),
    ]);
  });

  test('are told by either alone as far as it goes', () => {
    expect(gather({ schemas: schemas() })).toMatchObject([{ kind: 'mapping', from: at(10), to: at(11), by: null }]);
    expect(gather({ events: [mappingEvent] })[0]?.details).toEqual([expect.stringContaining('is not known')]);
    const early = event('Update attribute mappings or scope', at(5));
    expect(gather({ events: [early], schemas: schemas().slice(0, 1) })[0]?.details[0]).toContain('do not differ');
  });

  test('tell a difference of several changes once, with the newest of them', () => {
    const events = [event('Update attribute mappings or scope', at(10, 9)), mappingEvent];
    expect(gather({ events, schemas: schemas() }).map(({ title, schema }) => [title, schema.length])).toEqual([
      ['Mappings changed', 1],
      ['Mappings or scoping filter changed', 0],
    ]);
    expect(gather({ events, schemas: schemas() })[1]?.details[0]).toContain('told with a later change');
  });

  test('name the scope when only the scope changed, and a saving without a difference', () => {
    const json = JSON.stringify(sampleSchema());
    const [before] = schemas() as [DocumentVersion];
    const versions = (text: string): DocumentVersion[] => [
      before,
      { ...before, json: text, since: at(11), seenAt: at(12) },
    ];
    expect(gather({ schemas: versions(json.replace('"Design"', '"BIM"')) })[0]).toMatchObject({ kind: 'scope' });
    expect(gather({ schemas: versions(json.replace('rule-1', 'rule-2')) })[0]).toMatchObject({
      title: 'Mappings saved again',
    });
    expect(gather({ schemas: versions('{"nothing":true}') })[0]?.details[0]).toContain('not understood');
  });

  test('tell settings in words, and that credentials may be new where the settings are the same', () => {
    const saved = event('Update provisioning setting or credentials', at(5, 12));
    const changed = settings({ SyncAll: 'false' }, { SyncAll: 'true', SkipOutOfScopeDeletions: 'True' });
    expect(gather({ events: [saved], settings: changed })).toMatchObject([
      {
        kind: 'settings',
        by: 'ada@contoso.example',
        details: [expect.stringContaining('Everyone'), expect.anything()],
      },
    ]);
    expect(gather({ events: [saved], settings: settings({ SyncAll: 'false' }, { SyncAll: 'false' }) })).toMatchObject([
      { kind: 'credentials', title: 'Credentials may have changed' },
    ]);
    expect(gather({ events: [saved] })).toMatchObject([{ kind: 'credentials', details: [] }]);
  });

  test('tell when the job stopped, went on, or was quarantined', () => {
    const readings = [
      reading(ms(1)),
      reading(ms(2), { scheduleState: 'Paused' }),
      reading(ms(3)),
      reading(ms(4), { statusCode: 'Quarantine' }),
    ];
    const paused = event('Disable/pause provisioning configuration', at(1, 12));
    const restarted = event('Enable/restart provisioning configuration', at(2, 12));
    const found = gather({ readings, events: [paused, restarted] });
    expect(found.map(({ kind, by }) => [kind, by])).toEqual([
      ['quarantine', null],
      ['restart', 'ada@contoso.example'],
      ['stopped', 'ada@contoso.example'],
    ]);
  });

  test('take assignments of one hour by one person together, and leave out failed attempts and other applications', () => {
    const events = [
      assignment('Add', 'Kit', at(3, 9)),
      assignment('Add', 'Jo', at(3, 9)),
      assignment('Remove', 'Ada', at(3, 10)),
      assignment('Add', 'Lin', at(3, 15)),
      { ...assignment('Add', 'Failed', at(4)), result: 'failure' },
      event('Enable/start provisioning configuration', at(4), {
        targets: [{ id: 'other', type: 'ServicePrincipal', name: 'Time sheets' }],
      }),
      event('Export', at(4)),
    ];
    expect(gather({ events }).map(({ title, details }) => [title, details])).toEqual([
      ['1 assignment added', ['Assigned to the application: Lin.']],
      [
        '2 assignments added, 1 assignment removed',
        ['Assigned to the application: Kit, Jo.', 'No longer assigned: Ada.'],
      ],
    ]);
  });

  test('know assignments from two collections where there is no audit log', () => {
    const names = ['A', 'B', 'C', 'D', 'E'];
    const change = { at: at(9), after: at(8), added: { count: 8, names }, removed: { count: 0, names: [] } };
    expect(gather({ assignments: [change] })).toMatchObject([
      { from: at(8), to: at(9), details: ['Assigned to the application: A, B, C, D, E and 3 more.'] },
    ]);
  });
});

describe('suspects of a jump', () => {
  const [mapping] = gather({ events: [mappingEvent], schemas: schemas() }) as [ConfigurationChange];
  const change = (kind: ConfigurationChange['kind'], from: string, to = from): ConfigurationChange => ({
    ...mapping,
    id: `${kind} ${from}`,
    kind,
    from,
    to,
    schema: [],
  });
  const jump = { measure: 'failures' as const, startMs: ms(10, 15), sinceMs: ms(10, 15), parts: [] };
  const part = { id: 'i', title: 't', reason: 'The value of externalId is taken', count: 9, before: 0 };

  test('are ranked by kind and by how closely they came before, each with its reasons', () => {
    const changes = [change('assignments', at(8, 20)), change('restart', at(10, 9)), change('mapping', at(10, 14))];
    const found = rankSuspects(jump, changes);
    expect(found.map(({ change: { kind }, likelihood }) => [kind, likelihood])).toEqual([
      ['mapping', 'likely'],
      ['restart', 'possible'],
    ]);
    expect(found[0]?.reasons[0]).toBe('It was made 60 minutes before.');
    expect(found[1]?.reasons[1]).toContain('try everybody again');
  });

  test('come first when the failing rows name the attribute that they concern', () => {
    const close = change('mapping', at(10, 15));
    const named = { ...mapping, from: at(9), to: at(9) };
    const found = rankSuspects({ ...jump, parts: [part] }, [close, named]);
    expect(found.map(({ change: { id } }) => id)).toEqual([named.id, close.id]);
    expect(found[0]?.reasons[0]).toBe('It concerns "externalId", which the failing rows name.');
    const other = { ...part, reason: 'myexternalIdentity is odd' };
    expect(rankSuspects({ ...jump, parts: [other] }, [named])[0]?.reasons.join(' ')).not.toContain('It concerns');
  });

  test('are none of what was made later, long before, or has nothing to do with it', () => {
    const changes = [
      change('mapping', at(10, 17)),
      change('mapping', at(6)),
      change('quarantine', at(10, 14)),
      change('stopped', at(10, 14)),
    ];
    expect(rankSuspects(jump, changes)).toEqual([]);
    const findings = rankSuspects({ ...jump, measure: 'findings' }, changes);
    expect(findings.map(({ change: { kind } }) => kind)).toEqual(['quarantine', 'stopped']);
  });

  test('count from their earliest moment on when only two collections show them', () => {
    const between = change('mapping', at(10, 2), at(11));
    expect(rankSuspects(jump, [between])).toMatchObject([
      {
        likelihood: 'likely',
        reasons: ['It was made between two collections, at most 13 hours before.', expect.anything()],
      },
    ]);
    expect(rankSuspects({ ...jump, measure: 'skips' }, [change('scope', at(9), at(10, 12))])[0]?.reasons[0]).toBe(
      'It was made between two collections, 3 hours before at the latest.',
    );
  });
});
