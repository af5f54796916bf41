/**
 * Members of many groups, by their places in one list of ids. A hundred thousand people are in half a million places:
 * each id is one text, and is looked up once.
 */
export interface MemberTable {
  ids: readonly string[];
  /** `places` null: the members could not be read, which is not "none". */
  groups: readonly { groupId: string; places: ArrayLike<number> | null }[];
}

export const noMembers: MemberTable = { ids: [], groups: [] };
