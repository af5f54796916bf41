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

/** What each check looks at, as a heading. */
export const setUpCheckTitles: Readonly<Record<SetUpCheckId, string>> = {
  'app-found': 'Enterprise application',
  'app-enabled': 'Application enabled',
  'sso-saml': 'Sign-in through SAML',
  'sso-certificate': 'Signing certificate',
  'assignments-exist': 'Users and groups assigned',
  'assignments-usable': 'Kinds of assigned groups',
  'job-exists': 'Job of this connection',
  'job-on': 'Provisioning switched on',
  'job-healthy': 'Job health',
  'single-job': 'No second job',
  'tenant-url': 'Tenant URL',
  'credentials-work': 'Secret token',
  'notification-mail': 'Notification mail',
  'user-mapping-on': 'Mapping of users',
  'group-mapping-on': 'Mapping of groups',
  'user-flows': 'Actions on users',
  'group-flows': 'Actions on groups',
  'attributes-mapped': 'Attributes of the article',
  'active-from-soft-deleted': 'Switching leavers off',
  'matching-filterable': 'Look-up by matching attribute',
  'matching-unique': 'Unique matching values',
  'scope-not-empty': 'Reach of the scoping filter',
  'scope-clauses-valid': 'Clauses of the scoping filter',
  'deletion-guard': 'Guard against mass deletion',
  permissions: 'Permissions and roles',
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
