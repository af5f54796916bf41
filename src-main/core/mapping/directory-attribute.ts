import type { AttributeValue, DirectoryGroup, DirectoryUser } from '../model/directory.ts';
import { graphAttribute } from '../schema/graph-attribute.ts';
import { cannotEvaluate, type Evaluated, type Read } from './evaluated.ts';

/** A user as mappings see it. */
export interface UserSubject {
  readonly user: DirectoryUser;
  /** Computed by the service (provisioning-semantics.md 2); null while scope is not known. */
  readonly isSoftDeleted: boolean | null;
}

/** Why an attribute with several values cannot be evaluated, as a sentence part. */
export const listProblem = 'a list of values cannot be compared';

const multiValued = cannotEvaluate(listProblem);
const notRead = cannotEvaluate('the attribute was not read from Entra');
const scopeUnknown = cannotEvaluate('whether the person counts as soft-deleted is not known here');
const guestInExpression = cannotEvaluate('the name of a guest inside an expression cannot be told');

/** `alias_domain#EXT#@tenant`: the last underscore stands for the @, since domains hold none. */
const guestName = /^(.+)_([^_]+)#EXT#@/iu;
const guestMark = /#ext#/iu;

/** Undoes what Entra does to the UPN of a soft-deleted user: the object id without dashes in front. findings.md 1. */
export const principalName = (user: DirectoryUser): string | null => {
  const name = user.userPrincipalName;
  if (name === null || user.deletedAt === null) return name;
  const prefix = user.id.replaceAll('-', '').toLowerCase();
  return prefix !== '' && name.toLowerCase().startsWith(prefix) ? name.slice(prefix.length) : name;
};

/** The UPN as a direct mapping sends it: a guest's without the host tenant. provisioning-semantics.md 2. */
export const mappedPrincipalName = (user: DirectoryUser): string | null => {
  const name = principalName(user);
  if (name === null || !name.includes('#')) return name;
  const guest = guestName.exec(name);
  return guest ? `${guest[1] ?? ''}@${guest[2] ?? ''}` : name;
};

const single = (value: AttributeValue | undefined, firstOnly: boolean): Evaluated => {
  if (value === undefined) return notRead;
  if (!Array.isArray(value)) return typeof value === 'number' ? String(value) : value;
  if (value.length === 0) return null;
  return firstOnly ? (value[0] ?? null) : multiValued;
};

const notAProperty = (name: string): ReturnType<typeof cannotEvaluate> =>
  cannotEvaluate(`the attribute ${name} is not readable in Entra`);

/**
 * How an attribute of the provisioning schema is read from a user. `inExpression`: as an argument of a function, where
 * a guest's UPN is not rewritten in a documented way (findings.md 2).
 */
export const readUserAttribute = (
  schemaName: string,
  { inExpression }: { inExpression: boolean },
): Read<UserSubject> => {
  const key = schemaName.trim().toLowerCase();
  if (key === 'issoftdeleted') return ({ isSoftDeleted }) => isSoftDeleted ?? scopeUnknown;
  if (key === 'originaluserprincipalname') return ({ user }) => principalName(user);
  const attribute = graphAttribute(schemaName);
  if (!attribute) {
    const problem = notAProperty(schemaName);
    return () => problem;
  }
  const { name, firstOnly } = attribute;
  switch (name) {
    case 'id':
      return ({ user }) => user.id;
    case 'userPrincipalName':
      if (!inExpression) return ({ user }) => mappedPrincipalName(user);
      return ({ user }) =>
        user.userPrincipalName !== null && guestMark.test(user.userPrincipalName)
          ? guestInExpression
          : principalName(user);
    case 'mail':
      return ({ user }) => user.mail;
    case 'displayName':
      return ({ user }) => user.displayName;
    case 'accountEnabled':
      return ({ user }) => user.accountEnabled;
    case 'createdDateTime':
      return ({ user }) => user.createdAt;
    default:
      return ({ user }) => single(user.attributes[name], firstOnly);
  }
};

/** How an attribute of the provisioning schema is read from a group. */
export const readGroupAttribute = (schemaName: string): Read<DirectoryGroup> => {
  const attribute = graphAttribute(schemaName);
  if (!attribute) {
    const problem = notAProperty(schemaName);
    return () => problem;
  }
  const { name, firstOnly } = attribute;
  switch (name) {
    case 'id':
      return (group) => group.id;
    case 'displayName':
      return (group) => group.displayName;
    case 'mail':
      return (group) => group.mail;
    case 'createdDateTime':
      return (group) => group.createdAt;
    case 'securityEnabled':
      return (group) => group.securityEnabled;
    default:
      return (group) => single(group.attributes[name], firstOnly);
  }
};
