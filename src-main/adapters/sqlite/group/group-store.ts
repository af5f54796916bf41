import type { GroupStore } from '../../../services/ports.ts';
import type { Statements } from '../statements.ts';
import { findGroups } from './find-groups.ts';
import { createGroupNames } from './group-names.ts';
import { readGroupFacts, readMembership } from './group-facts.ts';

/** Groups of both sides, and the memberships of one person in them. */
export const createGroupStore = (statements: Statements): GroupStore => {
  const names = createGroupNames(statements);
  return {
    find: async (text, limit) =>
      statements.database.transaction(() => findGroups(statements, names(), text, limit)).deferred(),
    facts: async (who) => statements.database.transaction(() => readGroupFacts(statements, names(), who)).deferred(),
    membership: async (who) => statements.database.transaction(() => readMembership(statements, who)).deferred(),
  };
};
