import type { Json } from '../../world.ts';
import { badRequest } from './graph-error.ts';

/** Property names of an entity type, beside those that the objects bring. */
export interface EntityType {
  name: string;
  known: ReadonlySet<string>;
  /** What comes without `$select`; null: everything. */
  usual: readonly string[] | null;
}

const words = (text: string): string[] => text.split(/\s+/u).filter((word) => word !== '');

/** graph-provisioning.md 7: without `$select` a small set, without `accountEnabled`. */
const usualUser = words(`businessPhones displayName givenName id jobTitle mail mobilePhone officeLocation
  preferredLanguage surname userPrincipalName`);

export const userType: EntityType = {
  name: 'user',
  usual: usualUser,
  known: new Set([
    ...usualUser,
    ...words(`aboutMe accountEnabled ageGroup assignedLicenses assignedPlans authorizationInfo birthday city companyName
      consentProvidedForMinor country createdDateTime creationType customSecurityAttributes deletedDateTime department
      employeeHireDate employeeId employeeLeaveDateTime employeeOrgData employeeType externalUserState
      externalUserStateChangeDateTime faxNumber hireDate identities imAddresses interests isManagementRestricted
      isResourceAccount lastPasswordChangeDateTime legalAgeGroupClassification mailNickname mySite
      onPremisesDistinguishedName onPremisesDomainName onPremisesExtensionAttributes onPremisesImmutableId
      onPremisesLastSyncDateTime onPremisesProvisioningErrors onPremisesSamAccountName
      onPremisesSecurityIdentifier onPremisesSyncEnabled onPremisesUserPrincipalName otherMails passwordPolicies
      passwordProfile pastProjects postalCode preferredDataLocation preferredName provisionedPlans proxyAddresses
      responsibilities schools securityIdentifier serviceProvisioningErrors showInAddressList
      signInSessionsValidFromDateTime skills state streetAddress usageLocation userType`),
  ]),
};

export const groupType: EntityType = {
  name: 'group',
  usual: null,
  known: new Set(
    words(`id assignedLabels assignedLicenses classification createdDateTime creationOptions deletedDateTime description
      displayName expirationDateTime groupTypes isAssignableToRole isManagementRestricted mail mailEnabled mailNickname
      members membershipRule membershipRuleProcessingState onPremisesDomainName onPremisesLastSyncDateTime
      onPremisesNetBiosName onPremisesProvisioningErrors onPremisesSamAccountName onPremisesSecurityIdentifier
      onPremisesSyncEnabled preferredDataLocation preferredLanguage proxyAddresses renewedDateTime
      resourceBehaviorOptions resourceProvisioningOptions securityEnabled securityIdentifier
      serviceProvisioningErrors theme uniqueName visibility`),
  ),
};

export const servicePrincipalType: EntityType = {
  name: 'servicePrincipal',
  usual: null,
  known: new Set(
    words(`id accountEnabled addIns alternativeNames appDescription appDisplayName appId appOwnerOrganizationId
      appRoleAssignmentRequired appRoles applicationTemplateId createdDateTime customSecurityAttributes deletedDateTime
      description disabledByMicrosoftStatus displayName homepage info keyCredentials loginUrl logoutUrl notes
      notificationEmailAddresses oauth2PermissionScopes passwordCredentials preferredSingleSignOnMode
      preferredTokenSigningKeyEndDateTime preferredTokenSigningKeyThumbprint replyUrls resourceSpecificApplicationPermissions
      samlSingleSignOnSettings servicePrincipalNames servicePrincipalType signInAudience tags tokenEncryptionKeyId
      verifiedPublisher`),
  ),
};

export const assignmentType: EntityType = {
  name: 'appRoleAssignment',
  usual: null,
  known: new Set(
    words(`id appRoleId createdDateTime deletedDateTime principalDisplayName principalId principalType
      resourceDisplayName resourceId`),
  ),
};

/** Properties of a `$select` for members, which can be users and groups. */
export const directoryObjectType: EntityType = {
  name: 'directoryObject',
  usual: null,
  known: new Set([...userType.known, ...groupType.known]),
};

/** Throws 400 when a selected property does not exist. */
export const checkSelect = (select: string[] | null, type: EntityType): void => {
  for (const name of select ?? []) {
    if (!type.known.has(name) && !/^extension_[0-9a-f]{32}_\w+$/u.test(name)) {
      throw badRequest(`Could not find a property named '${name}' on type 'microsoft.graph.${type.name}'.`);
    }
  }
};

/** The object with the selected properties; one that has no value is null. Annotations (`@...`) always stay. */
export const selectProperties = (item: Json, select: string[] | null, type: EntityType): Json => {
  const names = select ?? type.usual;
  const chosen: Json = {};
  for (const [key, value] of Object.entries(item)) if (key.startsWith('@')) chosen[key] = value;
  if (names === null) return { ...chosen, ...item };
  for (const name of names) if (name !== 'members') chosen[name] = item[name] ?? null;
  return chosen;
};
