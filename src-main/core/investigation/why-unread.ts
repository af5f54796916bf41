import type { SourceFreshness, SourceName } from '../../contract/models/run.ts';

/** Why a source tells nothing, as a sentence part, and what to do then. */
export interface Missing {
  why: string;
  steps: string[];
}

const sourceWords: Readonly<Record<SourceName, string>> = {
  'provisioning-log': 'the provisioning log',
  jobs: 'the state of the provisioning job',
  schema: "the job's attribute mappings",
  'job-settings': "the job's settings",
  application: 'the enterprise application',
  assignments: 'the assignments of the application',
  users: 'the users of Entra',
  groups: 'the groups of Entra',
  'deleted-users': 'the deleted users of Entra',
  audit: 'the audit log of Entra',
  'scim-config': "UNIFI's description of its service",
  'scim-users': 'the list of accounts in UNIFI',
  'scim-groups': 'the list of groups in UNIFI',
};

/** Why nobody can tell what a scoping filter makes of somebody, or of a group, that neither this program nor the log answers; a sentence part. */
export const unreadFilter =
  'a scoping filter of the job asks for something that cannot be evaluated here, and no row of the provisioning log tells what Entra made of it';

/** What people call a source. */
export const wordsFor = (source: SourceName): string => sourceWords[source];

const again = 'Collect again, and ask again.';

/**
 * Why a source could not be read, by how its newest reading failed: an application that is gone, a refusal, a partial
 * answer, or a service that was not there.
 */
export const whyUnread = ({ sources }: { sources: readonly SourceFreshness[] }, source: SourceName): Missing => {
  const words = wordsFor(source);
  const report = sources.find((one) => one.source === source);
  const code = report?.failure?.code;
  if (sources.some((one) => one.source === 'application' && one.failure?.code === 'graph-not-found')) {
    return {
      why: 'Entra does not have the enterprise application any more that this program watches',
      steps: [
        'Look in Entra whether the application was deleted, or deleted and created again.',
        'If there is a new one, connect this program to it, collect, and ask again.',
      ],
    };
  }
  if (report?.status === 'partial') return { why: `${words} was read only in part`, steps: [again] };
  const isRefusal = code === undefined || ['graph-forbidden', 'consent-missing', 'scim-unauthorised'].includes(code);
  return {
    why: `${words} could not be read completely`,
    steps: [
      isRefusal
        ? `Give the signed-in account the right to read ${words}.`
        : `Look at the newest collection: it says why ${words} could not be read.`,
      again,
    ],
  };
};
