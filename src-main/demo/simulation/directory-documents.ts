import type { Json } from '../world.ts';
import type { Group, Person } from './model.ts';
import { asAlias } from './names.ts';
import { displayName } from './rules.ts';
import { isoSeconds, isoTicks } from './time.ts';

/** Graph's shapes of users, groups, applications and assignments. graph-provisioning.md 7. */

export const renderUser = (person: Person): Json => ({
  '@odata.type': '#microsoft.graph.user',
  id: person.id,
  userPrincipalName: person.upn,
  mail: person.mail,
  displayName: displayName(person),
  givenName: person.given,
  surname: person.family,
  accountEnabled: person.enabled,
  createdDateTime: isoSeconds(person.createdMs),
  deletedDateTime: person.deletedMs > 0 ? isoSeconds(person.deletedMs) : null,
  department: person.department,
  country: person.country,
  usageLocation: person.country,
  employeeId: person.employeeId,
  employeeType: person.employeeType,
  companyName: person.guest ? 'Atelier Süd' : 'Studio Nord',
  userType: person.guest ? 'Guest' : 'Member',
  mailNickname: `${asAlias(person.given)}.${asAlias(person.family)}`,
  jobTitle: null,
  officeLocation: null,
  mobilePhone: null,
  businessPhones: [],
  preferredLanguage: null,
  onPremisesSyncEnabled: null,
  proxyAddresses: [`SMTP:${person.mail}`],
  otherMails: [],
});

export const renderGroup = (group: Group): Json => ({
  '@odata.type': '#microsoft.graph.group',
  id: group.id,
  displayName: group.name,
  description: null,
  mail: null,
  mailEnabled: !group.securityEnabled,
  mailNickname: `group${String(group.index)}`,
  securityEnabled: group.securityEnabled,
  groupTypes: [
    ...(group.dynamicRule === null ? [] : ['DynamicMembership']),
    ...(group.securityEnabled ? [] : ['Unified']),
  ],
  membershipRule: group.dynamicRule,
  membershipRuleProcessingState: group.dynamicRule === null ? null : 'On',
  createdDateTime: isoSeconds(group.createdMs),
  deletedDateTime: null,
});

const noRole = '00000000-0000-0000-0000-000000000000';

export const renderAssignment = (
  principal: { person: Person } | { group: Group },
  resource: { id: string; name: string },
): Json | null => {
  const assignment = 'person' in principal ? principal.person.assignment : principal.group.assignment;
  if (assignment === null) return null;
  const subject = 'person' in principal ? principal.person : principal.group;
  return {
    id: assignment.id,
    deletedDateTime: null,
    appRoleId: noRole,
    createdDateTime: isoTicks(assignment.createdMs),
    principalDisplayName: 'person' in principal ? displayName(principal.person) : principal.group.name,
    principalId: subject.id,
    principalType: 'person' in principal ? 'User' : 'Group',
    resourceDisplayName: resource.name,
    resourceId: resource.id,
  };
};

/** A certificate for sign-in by SAML; `thumbprint` is 40 hexadecimal digits. */
interface SigningCertificate {
  thumbprint: string;
  signKeyId: string;
  verifyKeyId: string;
  startMs: number;
  endMs: number;
}

/** The two keys of one certificate: the one that signs, and its public half. */
const keyCredentials = (certificate: SigningCertificate): Json[] =>
  (
    [
      ['Sign', certificate.signKeyId],
      ['Verify', certificate.verifyKeyId],
    ] as const
  ).map(([usage, keyId]) => ({
    customKeyIdentifier: Buffer.from(certificate.thumbprint, 'hex').toString('base64'),
    displayName: 'CN=Microsoft Azure Federated SSO Certificate',
    startDateTime: isoSeconds(certificate.startMs),
    endDateTime: isoSeconds(certificate.endMs),
    key: null,
    keyId,
    type: usage === 'Sign' ? 'X509CertAndPassword' : 'AsymmetricX509Cert',
    usage,
  }));

export const renderServicePrincipal = (options: {
  id: string;
  appId: string;
  name: string;
  createdMs: number;
  singleSignOn: 'saml' | null;
  tags: string[];
  certificate?: SigningCertificate;
}): Json => ({
  id: options.id,
  appId: options.appId,
  displayName: options.name,
  appDisplayName: options.name,
  accountEnabled: true,
  appRoleAssignmentRequired: true,
  createdDateTime: isoSeconds(options.createdMs),
  servicePrincipalType: 'Application',
  preferredSingleSignOnMode: options.singleSignOn,
  preferredTokenSigningKeyThumbprint: options.certificate?.thumbprint ?? null,
  preferredTokenSigningKeyEndDateTime: options.certificate ? isoSeconds(options.certificate.endMs) : null,
  notificationEmailAddresses: options.singleSignOn === null ? [] : ['it@studio-nord.example'],
  tags: ['WindowsAzureActiveDirectoryIntegratedApp', ...options.tags],
  appRoles: [],
  keyCredentials: options.certificate ? keyCredentials(options.certificate) : [],
});
