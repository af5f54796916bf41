import { z } from 'zod';
import { isAppError } from '../../core/app-error.ts';
import type { GroupMembers } from '../../core/model/directory.ts';
import type { DirectorySource } from '../../services/ports.ts';
import { inParallel } from './in-parallel.ts';
import type { GraphClient, GraphRequest } from './graph-client.ts';
import { paginate } from './paginate.ts';
import { readItems } from './read-items.ts';
import { id } from './shapes.ts';

/** A directory object by id and type, of members and of memberships. */
const member = z
  .object({ id, '@odata.type': z.string() })
  .transform((value) => ({ id: value.id, type: value['@odata.type'].toLowerCase() }));

type Member = z.infer<typeof member>;

/** Null for what has no id or type. */
export const readMember = (item: unknown): Member | null => member.safeParse(item).data ?? null;

/** Groups read at the same time; `members` costs 3 units each. graph-provisioning.md 10. */
const parallel = 4;

/** Direct members only, as provisioning follows them. graph-provisioning.md 7. */
export const createMemberSource = (client: GraphClient): Pick<DirectorySource, 'readMembers'> => ({
  async *readMembers({ groupIds, signal, meter }) {
    const request: GraphRequest = { resource: 'groups', signal, meter };

    const readOne = async (groupId: string): Promise<GroupMembers | null> => {
      const path = `/groups/${encodeURIComponent(groupId)}/members`;
      const members: GroupMembers = { groupId, userIds: [], groupIds: [] };
      try {
        for await (const page of paginate(client, `${client.origin}/v1.0${path}?$select=id&$top=999`, request)) {
          for (const { id: memberId, type } of readItems(page.items, readMember, meter)) {
            if (type === '#microsoft.graph.user') members.userIds.push(memberId);
            else if (type === '#microsoft.graph.group') members.groupIds.push(memberId);
          }
        }
        return members;
      } catch (error) {
        // Deleted since the groups were listed.
        if (isAppError(error) && error.code === 'graph-not-found') return null;
        throw error;
      }
    };

    for await (const members of inParallel(groupIds, parallel, readOne)) {
      if (members) yield members;
    }
  },
});
