import type { NamedView, ViewBlindness } from '../../contract/models/named-view.ts';
import type { SourceFreshness, SourceName } from '../../contract/models/run.ts';

type Needs = Partial<Record<SourceName, string>>;

/** What each view cannot tell when a source was not complete. Sentence parts behind "not known:". */
const needs: Readonly<Record<NamedView, Needs>> = {
  'stale-link': {
    'provisioning-log': 'links that newer rows name',
    'scim-users': 'which accounts UNIFI still has',
    'scim-groups': 'which groups UNIFI still has',
    assignments: 'which groups should be in UNIFI',
    users: 'who should have an account',
  },
  'silent-success': {
    'provisioning-log': 'writes of newer rows',
    'scim-users': 'what UNIFI made of the writes',
    'scim-groups': 'which groups UNIFI has',
    schema: 'what Entra should have written',
  },
  'phantom-updates': { 'provisioning-log': 'updates of newer rows' },
  'leaver-clock': {
    users: 'who left lately',
    'deleted-users': 'who was deleted, and when',
    assignments: 'who lost the assignment',
    'scim-users': 'whose account is still active',
    schema: 'whether the job deletes accounts',
  },
};

/** Sources without which a list of what UNIFI does not have would be a guess. */
export const isComplete = (sources: readonly SourceFreshness[], name: SourceName): boolean =>
  sources.some(({ source, status }) => source === name && status === 'complete');

/** The sources of a view that the newest collection did not read whole, and what each of them hides. */
export const blindSources = (view: NamedView, sources: readonly SourceFreshness[]): ViewBlindness[] =>
  Object.entries(needs[view]).flatMap(([name, hides]) => {
    const source = name as SourceName;
    const report = sources.find((one) => one.source === source);
    if (report?.status === 'complete') return [];
    const reason = report
      ? (report.failure?.message ?? 'The newest collection did not read it whole.')
      : 'It was never read.';
    return [{ source, reason, hides }];
  });
