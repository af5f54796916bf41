/** A directory attribute as Graph gives it. Lists appear for multi-valued attributes. */
export type AttributeValue = string | number | boolean | string[] | null;

/** A user of the tenant, also a guest or a soft-deleted one (then `deletedAt` is set). */
export interface DirectoryUser {
  id: string;
  userPrincipalName: string | null;
  mail: string | null;
  displayName: string | null;
  accountEnabled: boolean | null;
  createdAt: string | null;
  deletedAt: string | null;
  /** Only what a mapping or a scoping clause of the job names, by Graph's attribute name. */
  attributes: Record<string, AttributeValue>;
}

export interface DirectoryGroup {
  id: string;
  displayName: string | null;
  mail: string | null;
  securityEnabled: boolean | null;
  /** Contains `DynamicMembership` for dynamic groups. */
  groupTypes: string[];
  createdAt: string | null;
  attributes: Record<string, AttributeValue>;
}

/** Direct members of one group. Kinds other than user and group (devices, contacts) are left out. */
export interface GroupMembers {
  groupId: string;
  userIds: string[];
  groupIds: string[];
}

/** An app role assignment of the enterprise application. */
export interface Assignment {
  id: string;
  principalId: string;
  principalType: 'User' | 'Group' | 'ServicePrincipal' | 'unknown';
  principalName: string | null;
  appRoleId: string;
  createdAt: string | null;
}

/** The enterprise application, as the set-up check and job health need it. */
export interface ApplicationInfo {
  servicePrincipalId: string;
  appId: string;
  displayName: string;
  enabled: boolean | null;
  singleSignOnMode: string | null;
  /** Tags such as a gallery application template id. */
  tags: string[];
  /** Thumbprint of the certificate that signs now, hexadecimal; null: Entra does not say. */
  activeThumbprint: string | null;
  /** Newest and older ones, as Graph lists them; the thumbprint hexadecimal where it is one. */
  signingCertificates: { thumbprint: string | null; startsAt: string | null; endsAt: string | null }[];
}

/** A configuration or membership event of the directory audit log. */
export interface AuditEvent {
  id: string;
  at: string;
  activity: string;
  category: string | null;
  result: string | null;
  initiatedBy: string | null;
  /** Ids and names of what was changed. */
  targets: { id: string | null; type: string | null; name: string | null }[];
  /** Changed properties, such as group id of a membership event. */
  properties: { name: string; oldValue: string | null; newValue: string | null }[];
}
