import { z } from 'zod';
import { isAppError } from '../../core/app-error.ts';
import type { DirectoryGroup } from '../../core/model/directory.ts';
import type { DirectorySource } from '../../services/ports.ts';
import { inParallel } from './in-parallel.ts';
import type { GraphClient, GraphRequest } from './graph-client.ts';
import { paginate } from './paginate.ts';
import { readItems } from './read-items.ts';
import { selectAttributes, type AttributeSelection } from './selected-attributes.ts';
import { id, optionalFlag, optionalText, optionalTime, textList } from './shapes.ts';

const fixed = ['id', 'displayName', 'mail', 'securityEnabled', 'groupTypes', 'createdDateTime'];

const group = z.object({
  id,
  displayName: optionalText,
  mail: optionalText,
  securityEnabled: optionalFlag,
  groupTypes: textList,
  createdDateTime: optionalTime,
});

const readGroup =
  (selection: AttributeSelection) =>
  (item: unknown): DirectoryGroup | null => {
    const checked = group.safeParse(item).data;
    if (!checked) return null;
    const { createdDateTime, ...rest } = checked;
    return { ...rest, createdAt: createdDateTime, attributes: selection.read(item as Record<string, unknown>) };
  };

/** Groups asked for one by one at the same time. */
const parallel = 4;

/** Groups with the attributes asked for; those deleted meanwhile are left out. graph-provisioning.md 2, row 11. */
export const createGroupSource = (client: GraphClient): Pick<DirectorySource, 'readGroups'> => ({
  async *readGroups({ ids, attributes, signal, meter }) {
    const selection = selectAttributes('group', fixed, attributes);
    const request: GraphRequest = { resource: 'groups', signal, meter };
    const base = `${client.origin}/v1.0/groups`;
    if (ids === 'all') {
      for await (const page of paginate(client, `${base}?$select=${selection.select}&$top=999`, request)) {
        yield readItems(page.items, readGroup(selection), meter);
      }
      return;
    }
    const readOne = async (groupId: string): Promise<DirectoryGroup[]> => {
      try {
        const value = await client.get(`${base}/${encodeURIComponent(groupId)}?$select=${selection.select}`, request);
        return readItems([value], readGroup(selection), meter);
      } catch (error) {
        if (isAppError(error) && error.code === 'graph-not-found') return [];
        throw error;
      }
    };
    meter.total = ids.length;
    yield* inParallel(ids, parallel, readOne);
  },
});
