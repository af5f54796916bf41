import type { DemoWorld, Json } from '../../../src-main/demo/world.ts';
import { createSmallWorld, type SmallWorldOptions } from '../demo/small-world.ts';

const mapping = (target: string, expression: string, more: Json = {}): Json => ({
  targetAttributeName: target,
  matchingPriority: 0,
  flowType: 'Always',
  source: expression.startsWith('[')
    ? { type: 'Attribute', name: expression.slice(1, -1), expression }
    : { type: 'Function', name: expression.slice(0, expression.indexOf('(')), expression },
  ...more,
});

const schema: Json = {
  id: 'unifi',
  version: 'v1',
  synchronizationRules: [
    {
      id: 'rule',
      name: 'USER_TO_USER',
      priority: 1,
      objectMappings: [
        {
          name: 'Users',
          enabled: true,
          flowTypes: 'Add, Update, Delete',
          sourceObjectName: 'User',
          targetObjectName: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
          attributeMappings: [
            mapping('userName', '[userPrincipalName]', { matchingPriority: 1 }),
            mapping('active', 'Not([IsSoftDeleted])', { defaultValue: 'True' }),
            mapping('displayName', '[displayName]'),
          ],
        },
        {
          name: 'Groups',
          enabled: true,
          flowTypes: 'Add, Update, Delete',
          sourceObjectName: 'Group',
          targetObjectName: 'urn:ietf:params:scim:schemas:core:2.0:Group',
          attributeMappings: [
            mapping('displayName', '[displayName]', { matchingPriority: 1 }),
            mapping('members', '[members]'),
          ],
        },
      ],
    },
  ],
};

export interface TroubleWorldOptions extends SmallWorldOptions {
  /** Changes the objects as the two sides serve them; `side` says whose. */
  change?: (side: 'user' | 'account' | 'group' | 'row', index: number, object: Json) => Json;
}

/** A company in which both sides agree, with a schema, so that every finding that appears comes from a trouble. */
export const createTroubleWorld = (options: TroubleWorldOptions = {}): DemoWorld => {
  const small = createSmallWorld({ people: 90, groups: 3, logRows: 300, ...options });
  const change = options.change ?? ((_side, _index, object: Json) => object);
  const users = Array.from({ length: small.directory.userCount() }, (_, index) =>
    change('user', index, small.directory.userAt(index)),
  );
  const accounts = Array.from({ length: small.scim.userCount() }, (_, index) =>
    change('account', index, { ...small.scim.userAt(index), displayName: `Person ${index}` }),
  );
  const groups = small.directory.groups().map((group, index) => change('group', index, group));
  const find = (list: Json[], key: string, value: string): Json | null =>
    list.find((item) => String(item[key]).toLowerCase() === value.toLowerCase()) ?? null;
  return {
    ...small,
    directory: {
      ...small.directory,
      userAt: (index) => users[index] as Json,
      user: (key) => find(users, 'id', key) ?? find(users, 'userPrincipalName', key),
      groups: () => groups,
      group: (id) => find(groups, 'id', id),
    },
    applications: { ...small.applications, schema: () => schema },
    log: {
      ...small.log,
      rows: (start, end) =>
        small.log
          .rows(start, end)
          .map((text, offset) => JSON.stringify(change('row', start + offset, JSON.parse(text) as Json))),
    },
    scim: {
      ...small.scim,
      userAt: (index) => accounts[index] as Json,
      user: (id) => find(accounts, 'id', id),
      findUsers: (attribute, value) =>
        accounts.filter((one) => String(one[attribute]).toLowerCase() === value.toLowerCase()),
    },
  };
};
