/** Who has to do something about an error. `nobody`: Entra repeats the operation by itself, or nothing is wrong. */
export type ErrorActor = 'entra-admin' | 'unifi-admin' | 'vendor' | 'microsoft' | 'nobody';

export type ErrorFamily =
  | 'conflict'
  | 'throttling'
  | 'target-fault'
  | 'connectivity'
  | 'licence'
  | 'authorization'
  | 'data'
  | 'configuration'
  | 'entra-fault'
  | 'matching'
  | 'scope'
  | 'reference'
  | 'scim-compliance'
  | 'cross-tenant'
  | 'quarantine'
  | 'graph-read';

/** What is known about one error code of the provisioning log, of a skip, of a quarantine or of Graph itself. */
export interface KnownError {
  code: string;
  family: ErrorFamily;
  /** `other-connectors`: documented for cross-tenant or on-premises jobs; UNIFI's job does not raise it. */
  concerns: 'unifi' | 'other-connectors' | 'graph';
  meaning: string;
  likelyCauses: readonly string[];
  whoActs: ErrorActor;
  remedy: string;
}

/** Every documented code, with the sentences the product shows. Facts: provisioning-error-codes.json. */
export const knownErrors: readonly KnownError[] = [
  {
    code: 'Conflict',
    family: 'conflict',
    concerns: 'unifi',
    meaning: 'The target refused the write because the value clashes with something it already holds.',
    likelyCauses: [
      'An account with the same unique value (UNIFI: userName) exists but was not found by the matching attribute',
      'Two Entra users map to the same value',
      'A group with the same displayName exists',
    ],
    whoActs: 'entra-admin',
    remedy:
      'Find the account that holds the value in the target. Change the conflicting value in Entra or in the target, or change the matching attribute so that the existing account is found, then restart or run on demand.',
  },
  {
    code: 'EntryConflict',
    family: 'conflict',
    concerns: 'unifi',
    meaning: 'A property of the entry collides with an existing entry of the target.',
    likelyCauses: ['Existing account or group with the same unique value', 'Wrong matching attribute'],
    whoActs: 'entra-admin',
    remedy: 'Correct the conflicting value or the matching attribute.',
  },
  {
    code: 'ContosoEntryConflict',
    family: 'conflict',
    concerns: 'unifi',
    meaning:
      'A connector-specific spelling of EntryConflict: a property of the entry collides with an existing entry of the target.',
    likelyCauses: ['Existing account or group with the same unique value', 'Wrong matching attribute'],
    whoActs: 'entra-admin',
    remedy: 'Correct the conflicting value or the matching attribute.',
  },
  {
    code: 'TooManyRequests',
    family: 'throttling',
    concerns: 'unifi',
    meaning: 'The target answered that Entra sends too many requests.',
    likelyCauses: ['Target rate limit', 'Large initial cycle'],
    whoActs: 'nobody',
    remedy:
      'Nothing needs doing for one-off cases: the operation is retried automatically. If it persists, ask the vendor to raise the limit.',
  },
  {
    code: 'InternalServerError',
    family: 'target-fault',
    concerns: 'unifi',
    meaning: 'The target failed unexpectedly.',
    likelyCauses: ['Defect or outage in the target', 'Payload the target cannot handle'],
    whoActs: 'vendor',
    remedy: 'Entra tries again after 40 minutes. If it persists, give the vendor the time and the changeId.',
  },
  {
    code: 'Timeout',
    family: 'connectivity',
    concerns: 'unifi',
    meaning: 'The target did not answer in time.',
    likelyCauses: ['Slow or unreachable target', 'Very large group'],
    whoActs: 'vendor',
    remedy: 'Entra tries again after 40 minutes. If it persists, check the target and its network.',
  },
  {
    code: 'WebExceptionProtocolError',
    family: 'connectivity',
    concerns: 'unifi',
    meaning: 'An HTTP protocol error occurred while talking to the target.',
    likelyCauses: ['Network device in between', 'Target closed the connection', 'TLS or proxy trouble'],
    whoActs: 'unifi-admin',
    remedy:
      'Entra tries again after 40 minutes. If it persists, check the endpoint from outside and look at target-side logs.',
  },
  {
    code: 'NotImplemented',
    family: 'target-fault',
    concerns: 'unifi',
    meaning: 'The target answered unexpectedly: not configured right, or a fault on its side.',
    likelyCauses: ['PATCH, filter or group support missing on that endpoint', 'Service problem of the target'],
    whoActs: 'vendor',
    remedy:
      'Follow the vendor instructions and the application article; switch off the mapping or action the target cannot serve.',
  },
  {
    code: 'LicenseLimitExceeded',
    family: 'licence',
    concerns: 'unifi',
    meaning: 'The target has no free licence for this user.',
    likelyCauses: ['Seat limit reached in the target', 'More people in scope than intended'],
    whoActs: 'unifi-admin',
    remedy: 'Buy or free seats in the target, or review assignments and mappings.',
  },
  {
    code: 'InsufficientRights',
    family: 'authorization',
    concerns: 'unifi',
    meaning: 'Entra could authenticate to the target but was not allowed to do the operation.',
    likelyCauses: [
      'The token belongs to an account without admin rights',
      'Token was replaced or its rights reduced',
      'Operation not offered by the target',
    ],
    whoActs: 'unifi-admin',
    remedy:
      'Follow the application article: for UNIFI the account that issued the secret token needs Admin permissions. Create a new token, save it, use Test Connection, then restart.',
  },
  {
    code: 'MethodNotAllowed',
    family: 'authorization',
    concerns: 'unifi',
    meaning: 'Entra could authenticate to the target but was not allowed to do the operation.',
    likelyCauses: [
      'The token belongs to an account without admin rights',
      'Token was replaced or its rights reduced',
      'Operation not offered by the target',
    ],
    whoActs: 'unifi-admin',
    remedy:
      'Follow the application article: for UNIFI the account that issued the secret token needs Admin permissions. Create a new token, save it, use Test Connection, then restart.',
  },
  {
    code: 'NotPermitted',
    family: 'authorization',
    concerns: 'unifi',
    meaning: 'Entra could authenticate to the target but was not allowed to do the operation.',
    likelyCauses: [
      'The token belongs to an account without admin rights',
      'Token was replaced or its rights reduced',
      'Operation not offered by the target',
    ],
    whoActs: 'unifi-admin',
    remedy:
      'Follow the application article: for UNIFI the account that issued the secret token needs Admin permissions. Create a new token, save it, use Test Connection, then restart.',
  },
  {
    code: 'Unauthorized',
    family: 'authorization',
    concerns: 'unifi',
    meaning: 'Entra could authenticate to the target but was not allowed to do the operation.',
    likelyCauses: [
      'The token belongs to an account without admin rights',
      'Token was replaced or its rights reduced',
      'Operation not offered by the target',
    ],
    whoActs: 'unifi-admin',
    remedy:
      'Follow the application article: for UNIFI the account that issued the secret token needs Admin permissions. Create a new token, save it, use Test Connection, then restart.',
  },
  {
    code: 'UnprocessableEntity',
    family: 'data',
    concerns: 'unifi',
    meaning: 'The target answered something unexpected to a well-formed request.',
    likelyCauses: ['Configuration of the target not right', 'Value not accepted by target rules'],
    whoActs: 'entra-admin',
    remedy: 'Read the reason text for the response body; check target settings; correct the value or the mapping.',
  },
  {
    code: 'MandatoryFieldsMissing',
    family: 'data',
    concerns: 'unifi',
    meaning: 'A value the target requires is empty.',
    likelyCauses: [
      'givenName, surname, or another mapped attribute empty in Entra',
      'Mapping expression returns empty',
    ],
    whoActs: 'entra-admin',
    remedy: 'Fill the attribute in Entra or give the mapping a default value.',
  },
  {
    code: 'MissingValues',
    family: 'data',
    concerns: 'unifi',
    meaning: 'A value the target requires is empty.',
    likelyCauses: ['Required source attribute empty'],
    whoActs: 'entra-admin',
    remedy: 'Fill the attribute in Entra or give the mapping a default value.',
  },
  {
    code: 'SchemaAttributeNotFound',
    family: 'configuration',
    concerns: 'unifi',
    meaning: 'An attribute in the mapping does not exist in the target.',
    likelyCauses: ['Mapping extended with an attribute the target does not know'],
    whoActs: 'entra-admin',
    remedy:
      'Remove the mapping or correct the target attribute name. UNIFI knows userName, active, name.givenName, name.familyName, externalId; groups displayName, members, externalId.',
  },
  {
    code: 'SchemaPropertyCanOnlyAcceptValue',
    family: 'data',
    concerns: 'unifi',
    meaning: 'A target property takes one value but the source offers several.',
    likelyCauses: ['Multi-valued source mapped to a single-valued target attribute'],
    whoActs: 'entra-admin',
    remedy: 'Map an attribute or expression that yields exactly one value.',
  },
  {
    code: 'InvalidDomain',
    family: 'data',
    concerns: 'unifi',
    meaning: 'A value contains a domain name the target does not accept.',
    likelyCauses: ['Domain not on the permitted list of the target', 'Guest or onmicrosoft.com suffix'],
    whoActs: 'unifi-admin',
    remedy: 'Add the domain to the permitted list in the target or change it on the user.',
  },
  {
    code: 'InternalError',
    family: 'entra-fault',
    concerns: 'unifi',
    meaning: 'A failure inside the provisioning service.',
    likelyCauses: ['Transient fault in Entra'],
    whoActs: 'microsoft',
    remedy:
      'Entra tries again after 40 minutes. If it persists, open a Microsoft support case with the job id, the change id and the time.',
  },
  {
    code: 'InvalidAnchor',
    family: 'matching',
    concerns: 'unifi',
    meaning: 'An account that was created or matched earlier no longer exists in the target under its stored id.',
    likelyCauses: [
      'Account deleted or recreated inside the target',
      'Target tenant was reset or the tenant URL changed',
    ],
    whoActs: 'unifi-admin',
    remedy:
      'Check that the account exists. To match everyone again restart the job through Graph; this starts a new initial cycle, empties the cache the service works from, takes long, and some events may be lost.',
  },
  {
    code: 'DuplicateTargetEntries',
    family: 'matching',
    concerns: 'unifi',
    meaning: 'More than one target account fits the matching attribute.',
    likelyCauses: [
      'Duplicates in the target',
      'Matching attribute not unique',
      'Target filter is not exact (returns partial or unfiltered results)',
    ],
    whoActs: 'unifi-admin',
    remedy: 'Remove or rename duplicates in the target, or choose another matching attribute.',
  },
  {
    code: 'DuplicateSourceEntries',
    family: 'matching',
    concerns: 'unifi',
    meaning: 'More than one Entra user maps to the same value.',
    likelyCauses: ['Mapping expression produces equal values', 'Shared mail address used as match'],
    whoActs: 'entra-admin',
    remedy: 'Make the value unique in Entra or choose another matching attribute.',
  },
  {
    code: 'ImportSkipped',
    family: 'scope',
    concerns: 'unifi',
    meaning:
      'The object could not be imported for evaluation, mostly because the matching attribute is empty. It says nothing about scope: scoping, matching and export were not reached.',
    likelyCauses: ['Matching attribute empty in Entra', 'Matching attribute was changed to one that few users have'],
    whoActs: 'entra-admin',
    remedy: 'Fill the matching attribute or choose one that every user has.',
  },
  {
    code: 'EntrySynchronizationSkipped',
    family: 'scope',
    concerns: 'unifi',
    meaning:
      'The object was read from the source and then nothing was done: out of scope, or it already exists in the target and needs no change.',
    likelyCauses: [
      'Fails the scoping filter or is not assigned',
      'Nothing to change (compare SkipReason RedundantExport)',
    ],
    whoActs: 'entra-admin',
    remedy: 'Read the scoping step and SkipReason of the same record. Only act if the person should be in scope.',
  },
  {
    code: 'NotEffectivelyEntitled',
    family: 'scope',
    concerns: 'unifi',
    meaning:
      'Skip reason: the user is not entitled to the application as the job sees it. Details tell which: IsActive, Assigned to the application, IsInProvisioningScope.',
    likelyCauses: [
      'Not assigned to the application',
      'accountEnabled is false',
      'Lacks the required role',
      'Scope is set to assigned users only',
      'Only member of a nested group',
      'Damaged assignment record',
    ],
    whoActs: 'entra-admin',
    remedy:
      'If the person should have access: assign directly or through a direct group, enable the account, or change scope. If all looks right, remove and add the assignment again.',
  },
  {
    code: 'RedundantExport',
    family: 'scope',
    concerns: 'unifi',
    meaning: 'Skip reason: source and target already hold the same values, so nothing was written.',
    likelyCauses: ['Normal after restart', 'Object touched in Entra without a mapped attribute changing'],
    whoActs: 'nobody',
    remedy:
      'Nothing needs doing. If the account cannot be seen in the target although this reason appears, check the tenant URL and how the target lists accounts.',
  },
  {
    code: 'UnableToResolveReferenceAttributeValue',
    family: 'reference',
    concerns: 'unifi',
    meaning: 'A reference could not be translated: a group member or a manager has no linked target account.',
    likelyCauses: [
      'Member is out of scope or unassigned',
      'Member failed to provision',
      'Member not provisioned yet in this cycle',
    ],
    whoActs: 'entra-admin',
    remedy:
      'Diagnose the named member. After it is provisioned the reference is set later; restart if the member had left scope before.',
  },
  {
    code: 'SystemForCrossDomainIdentityManagementMultipleEntriesInResponse',
    family: 'scim-compliance',
    concerns: 'unifi',
    meaning:
      'A GET that should return one user or group returned several, or returned members although the request excluded them.',
    likelyCauses: [
      'Target ignores the filter and lists everything',
      'Matching value not unique',
      'excludedAttributes=members ignored',
    ],
    whoActs: 'vendor',
    remedy:
      'Test the filter by hand. Report to the vendor if filter or excludedAttributes is ignored; otherwise remove the duplicate.',
  },
  {
    code: 'SystemForCrossDomainIdentityManagementServiceIncompatible',
    family: 'scim-compliance',
    concerns: 'unifi',
    meaning: 'The answer of the SCIM service could not be understood, or its status was not the expected one.',
    likelyCauses: [
      '404 instead of 200 with an empty list for an unknown user',
      '/Groups not served: Test Connection probes Users and Groups',
      'Missing schemas, id, totalResults or Resources',
      'HTML error or sign-in page from a proxy',
      'Wrong tenant URL (a SCIM base URL must end where /Users starts)',
    ],
    whoActs: 'vendor',
    remedy:
      'Compare the answer of GET Users with a filter that matches nobody with what SCIM asks for: 200 and an empty list. Correct the tenant URL; ask the vendor to fix the answer.',
  },
  {
    code: 'SystemForCrossDomainIdentityManagementServiceIncompatibleFiltering',
    family: 'scim-compliance',
    concerns: 'unifi',
    meaning: 'The SCIM service did not answer a filter request as expected.',
    likelyCauses: [
      'Target rejects the filter',
      'Seen together with HTTP 409 and a text that the user must be active, while disabling',
    ],
    whoActs: 'vendor',
    remedy: 'Run the same filter by hand; check whether the target hides inactive users, which it must not.',
  },
  {
    code: 'SystemForCrossDomainIdentityManagementBadRequest',
    family: 'scim-compliance',
    concerns: 'unifi',
    meaning: 'The SCIM service answered 400 to a write.',
    likelyCauses: [
      'Value rejected by target rules',
      'PATCH shape or string Boolean not understood',
      'Domain or attribute not allowed',
    ],
    whoActs: 'vendor',
    remedy:
      'Read the response body in the reason text. If it concerns "True" or "False" or the shape of the PATCH, try the aadOptscim062020 flag on the tenant URL.',
  },
  {
    code: 'SystemForCrossDomainIdentityManagementCredentialValidationFailure',
    family: 'authorization',
    concerns: 'unifi',
    meaning: 'The saved credentials failed validation against the SCIM service.',
    likelyCauses: [
      'Secret token expired or revoked',
      'Token of another tenant',
      'Target rejects the filter used for the check',
    ],
    whoActs: 'unifi-admin',
    remedy: 'Create a new secret token in the target, save, Test Connection, restart to leave quarantine.',
  },
  {
    code: 'SystemForCrossDomainIdentityManagementCredentialValidationUnavailable',
    family: 'connectivity',
    concerns: 'unifi',
    meaning:
      'Credentials could not be checked because the SCIM service could not be reached or did not answer properly.',
    likelyCauses: [
      'Wrong tenant URL (404)',
      'Target answers 500',
      'TLS, DNS or firewall',
      'For UNIFI: issuing account lacks Admin permissions',
    ],
    whoActs: 'unifi-admin',
    remedy:
      'Open the tenant URL plus /Users with the token by hand; correct URL, token or network; Test Connection again.',
  },
  {
    code: 'CredentialValidationUnavailable',
    family: 'connectivity',
    concerns: 'unifi',
    meaning: 'Credentials could not be checked because the target could not be reached or did not answer properly.',
    likelyCauses: ['Endpoint unreachable or wrong URL'],
    whoActs: 'unifi-admin',
    remedy:
      'Open the tenant URL plus /Users with the token by hand; correct URL, token or network; use Test Connection again.',
  },
  {
    code: 'InvalidCredentials',
    family: 'authorization',
    concerns: 'unifi',
    meaning:
      'The credentials were refused. This code wraps another one; the inner code in the message is the useful one.',
    likelyCauses: ['Secret token expired, revoked or of another tenant', 'See the inner code in the message'],
    whoActs: 'unifi-admin',
    remedy:
      'Read the inner code and treat that; otherwise create a new secret token in the target, save it, use Test Connection and restart.',
  },
  {
    code: 'SalesforceInvalidCredentials',
    family: 'authorization',
    concerns: 'other-connectors',
    meaning: 'A connector-specific spelling of InvalidCredentials: the token or password of the connector was refused.',
    likelyCauses: ['Token or password of the connector invalid'],
    whoActs: 'entra-admin',
    remedy: 'Renew the credentials of the connector.',
  },
  {
    code: 'AzureActiveDirectoryCannotUpdateObjectsOriginatedInExternalService',
    family: 'cross-tenant',
    concerns: 'other-connectors',
    meaning:
      'Properties of the target user could not be updated because another service is their source of authority; listed properties are Mail and showInAddressList.',
    likelyCauses: ['Property mastered by Exchange in the target tenant'],
    whoActs: 'entra-admin',
    remedy: 'May be retried without the offending property; otherwise change it in the target tenant.',
  },
  {
    code: 'AzureDirectoryB2BManagementPolicyCheckFailure',
    family: 'cross-tenant',
    concerns: 'other-connectors',
    meaning: 'The check that both tenants allow automatic redemption failed.',
    likelyCauses: ['Inbound policy missing in the target tenant', 'Outbound setting missing in the source tenant'],
    whoActs: 'entra-admin',
    remedy: 'Enable automatic redemption in both tenants.',
  },
  {
    code: 'AzureActiveDirectoryQuotaLimitExceeded',
    family: 'cross-tenant',
    concerns: 'other-connectors',
    meaning: 'The tenant reached the directory object limit.',
    likelyCauses: ['Directory size limit'],
    whoActs: 'entra-admin',
    remedy: 'See whether the quota can be raised.',
  },
  {
    code: 'InvitationCreationFailure',
    family: 'cross-tenant',
    concerns: 'other-connectors',
    meaning: 'Inviting the user into the target tenant failed.',
    likelyCauses: ['Not stated by Microsoft'],
    whoActs: 'microsoft',
    remedy: 'Open a Microsoft support case with the change id and the time.',
  },
  {
    code: 'InvitationCreationFailureUserAccountDisabled',
    family: 'cross-tenant',
    concerns: 'other-connectors',
    meaning: 'The invitation failed because the account is disabled.',
    likelyCauses: ['Account disabled in the target tenant'],
    whoActs: 'entra-admin',
    remedy: 'Enable the account.',
  },
  {
    code: 'InvitationCreationFailureInvalidPropertyValue',
    family: 'cross-tenant',
    concerns: 'other-connectors',
    meaning: 'A property in the invitation is not acceptable.',
    likelyCauses: [
      'Primary SMTP address invalid',
      'userType is neither guest nor member',
      'Address belongs to a group in the target tenant',
    ],
    whoActs: 'entra-admin',
    remedy: 'Correct the mail property of the source user, the userType mapping, or one of the two addresses.',
  },
  {
    code: 'InvitationCreationFailureAmbiguousUser',
    family: 'cross-tenant',
    concerns: 'other-connectors',
    meaning: 'A proxy address of the invited user already belongs to an internal user of the target tenant.',
    likelyCauses: ['Address not unique'],
    whoActs: 'entra-admin',
    remedy: 'Delete that internal user or take this user out of scope.',
  },
  {
    code: 'AzureActiveDirectoryForbidden',
    family: 'cross-tenant',
    concerns: 'other-connectors',
    meaning: 'External collaboration settings block the invitation.',
    likelyCauses: ['Restrictive invite settings'],
    whoActs: 'entra-admin',
    remedy: 'Adjust external collaboration settings.',
  },
  {
    code: 'AzureActiveDirectoryCannotUpdateObjectsMasteredOnPremises',
    family: 'cross-tenant',
    concerns: 'other-connectors',
    meaning: 'The target user came from on-premises and was converted; its source of authority is still on-premises.',
    likelyCauses: ['Converted synchronised user'],
    whoActs: 'entra-admin',
    remedy: 'Cannot be updated by this job.',
  },
  {
    code: 'EntityTypeNotSupported',
    family: 'cross-tenant',
    concerns: 'other-connectors',
    meaning: 'The object type is outside what the job supports and is skipped.',
    likelyCauses: ['Group assigned where only users can be synchronised'],
    whoActs: 'nobody',
    remedy: 'None needed; remove the assignment to silence it.',
  },
  {
    code: 'InvalidAttributeSyntax-LdapErr',
    family: 'data',
    concerns: 'other-connectors',
    meaning: 'Active Directory refused a null or empty value.',
    likelyCauses: ['Mapping sends an empty value'],
    whoActs: 'entra-admin',
    remedy: 'Use a Switch or the option to ignore empty flows.',
  },
  {
    code: 'HybridSynchronizationActiveDirectoryInsufficientAccessRights',
    family: 'authorization',
    concerns: 'other-connectors',
    meaning: 'The on-premises component may not write to the object.',
    likelyCauses: ['Permission inheritance broken on the OU', 'Object protected by AdminSDHolder'],
    whoActs: 'entra-admin',
    remedy: 'Restore inheritance or grant rights.',
  },
  {
    code: 'HybridSynchronizationActiveDirectoryCannotFindAttribute',
    family: 'configuration',
    concerns: 'other-connectors',
    meaning: 'The on-premises component does not know an attribute.',
    likelyCauses: ['Schema extended after the component cached it'],
    whoActs: 'entra-admin',
    remedy: 'Restart the on-premises component.',
  },
  {
    code: 'SystemForCrossDomainIdentityManagementBadResponse',
    family: 'data',
    concerns: 'other-connectors',
    meaning:
      'The receiving side answered with an error to the write; seen with a value longer than Active Directory allows.',
    likelyCauses: ['Value longer than 64 characters (ConstraintViolation-AtrErr)'],
    whoActs: 'entra-admin',
    remedy: 'Shorten the value in the mapping.',
  },
  {
    code: 'ServiceNowCredentialsValidation',
    family: 'authorization',
    concerns: 'other-connectors',
    meaning: 'The credentials of the ServiceNow connector were refused. It does not concern UNIFI.',
    likelyCauses: ['Credentials of that connector'],
    whoActs: 'entra-admin',
    remedy: 'Renew them.',
  },
  {
    code: 'EncounteredQuarantineException',
    family: 'quarantine',
    concerns: 'unifi',
    meaning:
      'Quarantine: credentials rejected or no connection possible, or the service is not SCIM compliant. Independent of counts.',
    likelyCauses: [
      'Secret token expired or revoked',
      'Tenant URL wrong or target down',
      'Target answers 404 where 200 with an empty list is expected',
    ],
    whoActs: 'unifi-admin',
    remedy: 'Read quarantine.error; renew the token or fix the URL; Test Connection; restart.',
  },
  {
    code: 'EncounteredEscrowProportionThreshold',
    family: 'quarantine',
    concerns: 'unifi',
    meaning:
      'Quarantine: more than 40 % of the events failed (evaluated from 5,000 failures on, reference failures not counted).',
    likelyCauses: ['One mapping or target rule that rejects most users', 'Target outage'],
    whoActs: 'entra-admin',
    remedy: 'Group the failed rows by error code, fix the largest group, then restart.',
  },
  {
    code: 'EncounteredBaseEscrowThreshold',
    family: 'quarantine',
    concerns: 'unifi',
    meaning:
      'Quarantine: a limit on the number of failures was exceeded (documented: 40,000 failures, reference failures not counted).',
    likelyCauses: ['One mapping or target rule that rejects most users', 'Target outage'],
    whoActs: 'entra-admin',
    remedy: 'Group the failed rows by error code, fix the largest group, then restart.',
  },
  {
    code: 'EncounteredTotalEscrowThreshold',
    family: 'quarantine',
    concerns: 'unifi',
    meaning: 'Quarantine: the limit on all failures, reference failures included, was exceeded (documented: 60,000).',
    likelyCauses: [
      'Many unresolved group members',
      'One mapping or target rule that rejects most users',
      'Target outage',
    ],
    whoActs: 'entra-admin',
    remedy:
      'Group the failed rows by error code, check which members of the groups are in scope, fix the largest group, then restart.',
  },
  {
    code: 'QuarantinedOnDemand',
    family: 'quarantine',
    concerns: 'unifi',
    meaning: 'Quarantine set by Microsoft by hand.',
    likelyCauses: ['Service protection by Microsoft'],
    whoActs: 'microsoft',
    remedy: 'Open a support case.',
  },
  {
    code: 'TooManyDeletes',
    family: 'quarantine',
    concerns: 'unifi',
    meaning:
      'Accidental-deletion guard: this cycle would delete or disable more objects than the threshold allows. Rows show stagedDelete.',
    likelyCauses: [
      'Group unassigned',
      'Scoping filter changed',
      'Scope switched from all to assigned',
      'Real mass departure',
    ],
    whoActs: 'entra-admin',
    remedy: 'If intended, allow the deletions. If not, first restore scope or assignment, then restart.',
  },
  {
    code: 'IngestionInterrupted',
    family: 'quarantine',
    concerns: 'unifi',
    meaning:
      'Quarantine: reading the changes from the source was interrupted. Microsoft does not describe this reason.',
    likelyCauses: ['Not documented by Microsoft'],
    whoActs: 'microsoft',
    remedy: 'Look at the error text of the quarantine; if it lasts, open a Microsoft support case.',
  },
  {
    code: 'Unknown',
    family: 'quarantine',
    concerns: 'unifi',
    meaning: 'Quarantine without a stated reason.',
    likelyCauses: ['Not stated by Microsoft'],
    whoActs: 'microsoft',
    remedy:
      'Look at the error text of the quarantine and at the log; if neither explains it, open a Microsoft support case.',
  },
  {
    code: 'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
    family: 'graph-read',
    concerns: 'graph',
    meaning:
      'The reports interface refuses because it sees no premium licence (or a B2C tenant). Reported to appear now and then on licensed tenants.',
    likelyCauses: ['No Entra ID P1 or P2', 'Licence recently added', 'Transient'],
    whoActs: 'entra-admin',
    remedy: 'Try once more. If it stays, an Entra ID P1 or P2 licence is needed to read this log.',
  },
  {
    code: 'Authorization_RequestDenied',
    family: 'graph-read',
    concerns: 'graph',
    meaning: 'Graph refuses: consent or directory role missing.',
    likelyCauses: [
      'Admin consent not given',
      'User lacks a reading role',
      'Global Reader or Reports Reader reading job or schema',
    ],
    whoActs: 'entra-admin',
    remedy:
      'Give the signed-in person or application the permission and the role that the message names; everything else goes on working.',
  },
  {
    code: 'syncStateNotFound',
    family: 'graph-read',
    concerns: 'graph',
    meaning: 'The stored delta token is too old.',
    likelyCauses: ['More than 7 days since the last delta call'],
    whoActs: 'nobody',
    remedy: 'Nothing needs doing: the next collection reads everything again.',
  },
  {
    code: 'resyncRequired',
    family: 'graph-read',
    concerns: 'graph',
    meaning: 'The service asks for a full resync (HTTP 410 with Location).',
    likelyCauses: ['Maintenance at Microsoft', 'Delta token expired'],
    whoActs: 'nobody',
    remedy: 'Nothing needs doing: the next collection reads everything again.',
  },
];
