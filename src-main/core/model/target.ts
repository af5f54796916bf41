/** An account in UNIFI. Attribute names are SCIM paths such as `name.givenName`; only mapped ones are kept. */
export interface TargetUser {
  id: string;
  userName: string | null;
  externalId: string | null;
  /** Null: absent or unreadable, which is unknown and never "inactive". scim-entra.md 5.8. */
  active: boolean | null;
  displayName: string | null;
  attributes: Record<string, string | boolean | null>;
  createdAt: string | null;
  lastModifiedAt: string | null;
}

/** A group of UNIFI without its members. */
export interface TargetGroupHead {
  id: string;
  displayName: string | null;
  externalId: string | null;
  createdAt: string | null;
  lastModifiedAt: string | null;
}

export interface TargetGroup extends TargetGroupHead {
  /** Ids of direct user members (members of type Group are left out); null: not readable, which is not "empty". */
  memberIds: string[] | null;
}

/** ServiceProviderConfig, as far as the client uses it; absence proves nothing. scim-entra.md 5.12. */
export interface TargetConfig {
  filterMaxResults: number | null;
  pagination: { cursor: boolean; index: boolean; maxPageSize: number | null } | null;
}
