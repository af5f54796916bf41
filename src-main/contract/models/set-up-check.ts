import type { Evidence } from './finding.ts';

/**
 * The steps of setting UNIFI up, in the order of the article, and what is checked at each. The ids are stable: scripts
 * and tickets name them.
 */
export const setUpSteps = [
  { id: 'application', title: 'Application', checks: ['app-found', 'app-enabled'] },
  { id: 'sign-on', title: 'Single sign-on', checks: ['sso-saml', 'sso-certificate'] },
  { id: 'assignments', title: 'Assignments', checks: ['assignments-exist', 'assignments-usable'] },
  {
    id: 'job',
    title: 'Provisioning job',
    checks: [
      'job-exists',
      'job-on',
      'job-healthy',
      'single-job',
      'tenant-url',
      'credentials-work',
      'notification-mail',
    ],
  },
  {
    id: 'mappings',
    title: 'Mappings',
    checks: [
      'user-mapping-on',
      'group-mapping-on',
      'user-flows',
      'group-flows',
      'attributes-mapped',
      'active-from-soft-deleted',
      'matching-filterable',
      'matching-unique',
    ],
  },
  { id: 'scope', title: 'Scope', checks: ['scope-not-empty', 'scope-clauses-valid'] },
  { id: 'safety', title: 'Safety', checks: ['deletion-guard'] },
  { id: 'permissions', title: 'Permissions', checks: ['permissions'] },
] as const;

export type SetUpStep = (typeof setUpSteps)[number]['id'];
export type SetUpCheckId = (typeof setUpSteps)[number]['checks'][number];

/** Every check, in the order of the steps. */
export const setUpCheckIds: readonly SetUpCheckId[] = setUpSteps.flatMap(
  ({ checks }): readonly SetUpCheckId[] => checks,
);

export const setUpCheckTitles: Readonly<Record<SetUpCheckId, string>> = {
  'app-found': 'The enterprise application is there',
  'app-enabled': 'The application is enabled',
  'sso-saml': 'People sign in through SAML',
  'sso-certificate': 'The signing certificate is valid',
  'assignments-exist': 'Users or groups are assigned',
  'assignments-usable': 'Provisioning can read every assigned group',
  'job-exists': 'The provisioning job is there',
  'job-on': 'Provisioning is switched on',
  'job-healthy': 'The job runs well',
  'single-job': 'No second job writes to the same target',
  'tenant-url': 'The tenant URL is the expected one',
  'credentials-work': 'The secret token works',
  'notification-mail': 'Somebody is told about failures',
  'user-mapping-on': 'Users are provisioned',
  'group-mapping-on': 'Groups are provisioned',
  'user-flows': 'Users are created, updated and deleted',
  'group-flows': 'Groups are created, updated and deleted',
  'attributes-mapped': 'Every attribute of the article is mapped',
  'active-from-soft-deleted': 'Leavers are switched off',
  'matching-filterable': 'The target can look up matching attributes',
  'matching-unique': 'Matching attributes are present and unique',
  'scope-not-empty': 'The scoping filter leaves somebody in',
  'scope-clauses-valid': 'Every clause of the scoping filter can work',
  'deletion-guard': 'The deletion guard is set',
  permissions: 'This program may read what it needs',
};

export const setUpCheckStates = ['right', 'wrong', 'not-checkable'] as const;
/** `not-checkable`: what the check rests on could not be read, or was not asked for; never a sign of health. */
export type SetUpCheckState = (typeof setUpCheckStates)[number];

/** One step of the article, checked. */
export interface SetUpCheck {
  id: SetUpCheckId;
  state: SetUpCheckState;
  /** What was found, or why nothing can be said. */
  sentence: string;
  evidence: Evidence[];
  /** What to do; there for everything that is wrong, and where it helps to check what is not checkable. */
  fix?: string;
}

/** Every check once, in the order of `setUpCheckIds`. */
export interface SetUpCheckResult {
  checks: SetUpCheck[];
}
