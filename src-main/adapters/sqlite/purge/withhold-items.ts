import { eraseJson } from '../../../core/purge/erase-json.ts';
import type { SnapshotItems, SnapshotName } from '../../../services/ports.ts';
import type { Withheld } from './withholding.ts';

/** What is stored of some items, and how many entries (objects, memberships) are withheld. */
export interface KeptItems<T> {
  items: T[];
  withheld: number;
}

type Keep<T> = (item: T, from: Withheld) => { item: T | null; withheld: number };

const dropped = { item: null, withheld: 1 } as const;

/** The same item when nothing in it points to the person. */
const erased = <T>(item: T, { recognise }: Withheld): T => {
  const json = JSON.stringify(item);
  const kept = eraseJson(json, recognise);
  return kept === json ? item : (JSON.parse(kept) as T);
};

const users: Keep<SnapshotItems['users']> = (user, from) => {
  if (from.knows(user.id)) return dropped;
  if (from.knows(user.userPrincipalName)) {
    // Made again under the same name: from now on by the new id, too.
    from.learnFrom(user.userPrincipalName ?? '', user.id);
    return dropped;
  }
  return { item: erased(user, from), withheld: 0 };
};

const rules: { [N in SnapshotName]: Keep<SnapshotItems[N]> } = {
  users,
  'deleted-users': users,
  groups: (group, from) => ({ item: erased(group, from), withheld: 0 }),
  'group-members'(group, from) {
    const userIds = group.userIds.filter((id) => !from.knows(id));
    const withheld = group.userIds.length - userIds.length;
    return { item: withheld === 0 ? group : { ...group, userIds }, withheld };
  },
  assignments: (assignment, from) =>
    from.knows(assignment.principalId) ? dropped : { item: erased(assignment, from), withheld: 0 },
  'scim-users'(account, from) {
    if (from.knows(account.id)) return dropped;
    const known = [account.userName, account.externalId].find((text) => from.knows(text));
    if (typeof known !== 'string') return { item: erased(account, from), withheld: 0 };
    from.learnFrom(known, account.id);
    return dropped;
  },
  'scim-groups'({ memberIds, ...head }, from) {
    const group = erased(head, from);
    if (memberIds === null) return { item: { ...group, memberIds }, withheld: 0 };
    const kept = memberIds.filter((id) => !from.knows(id));
    return { item: { ...group, memberIds: kept }, withheld: memberIds.length - kept.length };
  },
};

/** Leaves out people who were purged, as objects and as members, and what names them in other objects. */
export const withholdItems = <N extends SnapshotName>(
  name: N,
  items: readonly SnapshotItems[N][],
  from: Withheld,
): KeptItems<SnapshotItems[N]> => {
  const keep = rules[name];
  let withheld = 0;
  const kept = items.flatMap((item) => {
    const found = keep(item, from);
    withheld += found.withheld;
    return found.item === null ? [] : [found.item];
  });
  return { items: kept, withheld };
};
