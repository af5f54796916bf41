/** What the simulation remembers of Entra's side. Records are compact, since there can be 100,000 people. */

export interface Assignment {
  id: string;
  createdMs: number;
}

/** What the provisioning service gets wrong about one object, for injected faults. */
export interface Trouble {
  /** Which operation suffers. */
  operation: 'create' | 'update' | 'disable' | 'delete';
  /**
   * `fails`: a failure row and the retry ladder; `skips`: not entitled although assigned; `warns`: accepted but not
   * done; `silent`: nothing done, no row; `ignored`: a success row, and a target that does nothing.
   */
  mode: 'fails' | 'skips' | 'warns' | 'silent' | 'ignored';
  /** Index into the catalogue of failures. */
  failure: number;
}

/** An object whose export failed and is retried. provisioning-semantics.md 5. */
export interface Escrow {
  firstMs: number;
  retries: number;
}

export interface Person {
  readonly index: number;
  readonly id: string;
  readonly guest: boolean;
  readonly createdMs: number;
  given: string;
  family: string;
  /** Null only by a fault. */
  upn: string | null;
  mail: string;
  employeeId: string | null;
  department: string | null;
  country: string;
  employeeType: string;
  enabled: boolean;
  /** Soft deletion, epoch milliseconds; 0: not deleted. */
  deletedMs: number;
  purgedMs: number;
  /** Indexes of groups with this person as a direct member. */
  groups: number[];
  assignment: Assignment | null;
  /** Newest change in Entra. */
  changedMs: number;

  /** The account that the service works on, by id. */
  link: string | null;
  /** False after the service disabled the account of somebody who lost the assignment: it stopped managing it. */
  managed: boolean;
  /** Time of the newest log row that names the account. */
  loggedMs: number;
  /** Taken by a fault: nothing happens to this person by itself. */
  reserved: boolean;
  trouble: Trouble | null;
  escrow: Escrow | null;
}

export interface Group {
  readonly index: number;
  readonly id: string;
  /** Null only by a fault. */
  name: string | null;
  readonly dynamicRule: string | null;
  readonly securityEnabled: boolean;
  readonly createdMs: number;
  deletedMs: number;
  readonly people: Set<number>;
  /** Indexes of groups nested in this one. */
  readonly nested: number[];
  assignment: Assignment | null;
  changedMs: number;

  link: string | null;
  loggedMs: number;
  /** Memberships that changed since the service last worked on this group. */
  readonly added: Set<number>;
  readonly removed: Set<number>;
  /** Faults of single memberships by person: the change fails, or the reference is not resolved. */
  readonly memberTrouble: Map<number, 'fails' | 'unresolved' | 'not-noticed'>;
  trouble: Trouble | null;
  escrow: Escrow | null;
}

/** An account in UNIFI. */
export interface Account {
  readonly id: string;
  userName: string;
  externalId: string | null;
  active: boolean;
  given: string;
  family: string;
  display: string;
  readonly createdMs: number;
  modifiedMs: number;
}

export interface TargetGroup {
  readonly id: string;
  displayName: string;
  externalId: string | null;
  /** Ids of accounts. */
  readonly members: Set<string>;
  /** Too large to be shown with its members: lists leave them out, and the group alone is refused. */
  hidesMembers: boolean;
  readonly createdMs: number;
  modifiedMs: number;
}
