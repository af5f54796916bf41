import { compileGroupMapping, compileUserMapping } from '../mapping/compile-mapping.ts';
import { readGroupAttribute, readUserAttribute, type UserSubject } from '../mapping/directory-attribute.ts';
import type { DirectoryGroup, DirectoryUser } from '../model/directory.ts';
import type { AttributeMapping, ObjectMapping } from '../model/synchronization.ts';
import { createSurveyor, type Surveyor } from './survey.ts';

/** Matching attributes in the order in which they are tried. provisioning-semantics.md 3. */
export const matchingOf = (mapping: ObjectMapping): AttributeMapping[] =>
  mapping.attributeMappings
    .filter(({ matchingPriority }) => matchingPriority > 0)
    .sort((one, other) => one.matchingPriority - other.matchingPriority);

/** A survey of users. `isSoftDeleted` is what the filter decides itself, so it is not known there. */
export const createUserSurveyor = (mapping: ObjectMapping): Surveyor<DirectoryUser> => {
  const surveyor = createSurveyor<UserSubject>(mapping, {
    attribute: (name) => readUserAttribute(name, { inExpression: true }),
    matching: matchingOf(mapping).map((match) => ({
      attribute: match.targetAttributeName,
      read: compileUserMapping(match),
    })),
  });
  return {
    add: (user, name) => surveyor.add({ user, isSoftDeleted: null }, name),
    result: () => surveyor.result(),
  };
};

/** The same for groups. */
export const createGroupSurveyor = (mapping: ObjectMapping): Surveyor<DirectoryGroup> =>
  createSurveyor<DirectoryGroup>(mapping, {
    attribute: readGroupAttribute,
    matching: matchingOf(mapping).map((match) => ({
      attribute: match.targetAttributeName,
      read: compileGroupMapping(match),
    })),
  });
