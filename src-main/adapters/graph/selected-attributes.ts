import type { AttributeValue } from '../../core/model/directory.ts';

/** How an attribute that a mapping names is read from a Graph object. */
interface Selected {
  /** Name in `$select`. */
  property: string;
  /** Null: Graph gave nothing that can be compared. */
  read(object: Record<string, unknown>): AttributeValue;
}

const plain = (value: unknown): AttributeValue => {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return (value as unknown[]).filter((entry): entry is string => typeof entry === 'string');
  return null;
};

const first = (value: unknown): AttributeValue => {
  const list = plain(value);
  return Array.isArray(list) ? (list[0] ?? null) : list;
};

const inner = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;

/** Properties of a Graph user that `$select` accepts and that hold plain text, numbers, flags or lists of text. */
const userProperties = [
  'id accountEnabled ageGroup businessPhones city companyName consentProvidedForMinor country createdDateTime',
  'creationType deletedDateTime department displayName employeeHireDate employeeId employeeLeaveDateTime employeeType',
  'externalUserState faxNumber givenName imAddresses jobTitle legalAgeGroupClassification mail mailNickname mobilePhone',
  'officeLocation onPremisesDistinguishedName onPremisesDomainName onPremisesImmutableId onPremisesSamAccountName',
  'onPremisesSecurityIdentifier onPremisesSyncEnabled onPremisesUserPrincipalName otherMails passwordPolicies',
  'postalCode preferredDataLocation preferredLanguage proxyAddresses securityIdentifier showInAddressList state',
  'streetAddress surname usageLocation userPrincipalName userType',
]
  .join(' ')
  .split(' ');

const groupProperties = (
  'id classification createdDateTime description displayName expirationDateTime groupTypes isAssignableToRole mail ' +
  'mailEnabled mailNickname membershipRule membershipRuleProcessingState onPremisesDomainName ' +
  'onPremisesNetBiosName onPremisesSamAccountName onPremisesSecurityIdentifier onPremisesSyncEnabled ' +
  'preferredDataLocation preferredLanguage proxyAddresses renewedDateTime securityEnabled securityIdentifier ' +
  'theme uniqueName visibility'
).split(' ');

/** Names of the provisioning schema that Graph calls otherwise. */
const renamed: Readonly<Record<string, { property: string; firstOnly?: true }>> = {
  objectid: { property: 'id' },
  mobile: { property: 'mobilePhone' },
  telephonenumber: { property: 'businessPhones', firstOnly: true },
  facsimiletelephonenumber: { property: 'faxNumber' },
  physicaldeliveryofficename: { property: 'officeLocation' },
  onpremisessecurityidentifier: { property: 'onPremisesSecurityIdentifier' },
  dirsyncenabled: { property: 'onPremisesSyncEnabled' },
};

const extensionAttribute = /^(?:onPremisesExtensionAttributes\.)?(extensionAttribute(?:[1-9]|1[0-5]))$/iu;
const orgData = /^(?:employeeOrgData\.)?(costCenter|division)$/iu;
const directoryExtension = /^extension_[0-9a-f]{32}_\w+$/iu;

const selectedOf = (name: string, properties: readonly string[]): Selected | null => {
  const alias = renamed[name.toLowerCase()];
  if (alias) {
    const { property, firstOnly } = alias;
    return { property, read: (object) => (firstOnly ? first(object[property]) : plain(object[property])) };
  }
  const known = properties.find((property) => property.toLowerCase() === name.toLowerCase());
  if (known !== undefined) return { property: known, read: (object) => plain(object[known]) };
  if (directoryExtension.test(name)) return { property: name, read: (object) => plain(object[name]) };
  for (const [pattern, property] of [
    [extensionAttribute, 'onPremisesExtensionAttributes'],
    [orgData, 'employeeOrgData'],
  ] as const) {
    const key = pattern.exec(name)?.[1];
    if (key !== undefined) {
      const exact = key.charAt(0).toLowerCase() + key.slice(1);
      return { property, read: (object) => plain(inner(object[property], exact)) };
    }
  }
  return null;
};

export interface AttributeSelection {
  /** Comma-separated names for `$select`: the fixed ones and those that the attributes need. */
  select: string;
  /** By the name that was asked for. What Graph does not offer as a property (`manager`, `IsSoftDeleted`) is absent. */
  read(object: Record<string, unknown>): Record<string, AttributeValue>;
}

/** Fixed properties and the attributes that mappings and scoping clauses name; nothing else is ever asked for. */
export const selectAttributes = (
  kind: 'user' | 'group',
  fixed: readonly string[],
  attributes: readonly string[],
): AttributeSelection => {
  const properties = kind === 'user' ? userProperties : groupProperties;
  const chosen = [...new Set(attributes)].flatMap((name): [string, Selected][] => {
    const selected = selectedOf(name, properties);
    return selected === null ? [] : [[name, selected]];
  });
  return {
    select: [...new Set([...fixed, ...chosen.map(([, selected]) => selected.property)])].join(','),
    read: (object) => Object.fromEntries(chosen.map(([name, selected]) => [name, selected.read(object)])),
  };
};
