import type { GroupStore } from '../../../services/ports.ts';
import type { Statements } from '../statements.ts';
import { findGroups } from './find-groups.ts';
import { readGroupFacts, readMembership } from './group-facts.ts';

/** Groups of both sides, and the memberships of one person in them. */
export const createGroupStore = (statements: Statements): GroupStore => ({
  find: async (text, limit) => statements.database.transaction(() => findGroups(statements, text, limit)).deferred(),
  facts: async (who) => statements.database.transaction(() => readGroupFacts(statements, who)).deferred(),
  membership: async (who) => statements.database.transaction(() => readMembership(statements, who)).deferred(),
});
