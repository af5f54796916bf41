import { describe, expect, test } from 'vitest';
import { compareSetups, type Setup } from '../../../../src-main/core/history-diff/compare-setup.ts';
import type { ApplicationInfo } from '../../../../src-main/core/model/directory.ts';
import type { SyncSchema, SynchronizationJob } from '../../../../src-main/core/model/synchronization.ts';

const schema: SyncSchema = { id: 's', version: '1', rules: [] };
const job = (schedule: Partial<SynchronizationJob['schedule']> = {}): SynchronizationJob =>
  ({
    id: 'job',
    schedule: { state: 'Active', intervalMs: 2_400_000, expiresAt: null, ...schedule },
  }) as SynchronizationJob;
const application = (own: Partial<ApplicationInfo> = {}): ApplicationInfo => ({
  servicePrincipalId: 'sp',
  appId: 'app',
  displayName: 'UNIFI',
  enabled: true,
  singleSignOnMode: 'saml',
  tags: [],
  activeThumbprint: 'AA',
  signingCertificates: [{ thumbprint: 'AA', startsAt: null, endsAt: '2028-01-01T00:00:00Z' }],
  ...own,
});
const setup = (own: Partial<Setup> = {}): Setup => ({
  schema,
  settings: { SyncAll: 'false' },
  job: job(),
  application: application(),
  target: { filterMaxResults: 200, pagination: null },
  ...own,
});

const sentences = (before: Partial<Setup>, after: Partial<Setup>): string[] =>
  compareSetups(setup(before), setup(after)).changes.map(({ sentence }) => sentence);

describe('a set-up', () => {
  test('that is the same differs in nothing', () => {
    expect(compareSetups(setup(), setup())).toEqual({ changes: [], notCompared: [] });
  });

  test('tells a changed schedule in words', () => {
    expect(sentences({}, { job: job({ intervalMs: 7_200_000 }) })).toEqual([
      'A cycle starts every 2 hours, not every 40 minutes as before.',
    ]);
    expect(sentences({}, { job: job({ state: 'Disabled' }) })).toEqual([
      'The schedule of the provisioning job went from "Active" to "Disabled": it does not start cycles by itself.',
    ]);
    expect(sentences({ job: job({ state: 'Disabled' }) }, {})).toEqual([
      'The schedule of the provisioning job was switched on.',
    ]);
  });

  test('tells changed settings by what they do', () => {
    expect(sentences({}, { settings: { SyncAll: 'true', SkipOutOfScopeDeletions: 'true' } })).toEqual([
      'Everybody and every group is in scope, not only who is assigned to the application.',
      'Accounts of people who leave the scope are left as they are: they are not deactivated any more.',
    ]);
    const [change] = compareSetups(
      setup({ settings: { SyncAll: 'false', BaseAddress: 'https://test.example' } }),
      setup({ settings: { SyncAll: 'false', BaseAddress: 'https://unifi.example' } }),
    ).changes;
    expect(change).toEqual({
      area: 'settings',
      sentence: 'The job writes to "https://unifi.example"; before, to "https://test.example".',
      before: 'https://test.example',
      after: 'https://unifi.example',
    });
  });

  test('tells a changed application and a changed UNIFI', () => {
    expect(
      sentences(
        {},
        {
          application: application({ enabled: false, activeThumbprint: 'BB' }),
          target: { filterMaxResults: 100, pagination: null },
        },
      ),
    ).toEqual([
      'The enterprise application is switched off, or Entra does not say that it is on.',
      'Another certificate signs: the one with the thumbprint BB.',
      'UNIFI gives at most 100 results for a filter; before, 200.',
    ]);
  });

  test('concludes nothing from a part that is not known on one side', () => {
    expect(compareSetups(setup({ settings: null, job: null }), setup({ job: null }))).toEqual({
      changes: [],
      notCompared: ["the job's settings"],
    });
  });
});
