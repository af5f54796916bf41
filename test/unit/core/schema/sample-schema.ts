/** A schema as Graph gives it: article mappings, a filter, keys that nobody needs. */
export const sampleSchema = (): Record<string, unknown> => ({
  '@odata.context': 'https://graph.example/$metadata#schema',
  id: 'unifi.0000',
  version: 'Date:2026-05-02T10:58:12.1Z, Hash:1',
  directories: [{ name: 'UNIFI', objects: [] }],
  synchronizationRules: [
    {
      id: 'rule-1',
      name: 'USER_TO_USER',
      priority: 1,
      objectMappings: [
        {
          name: 'Groups',
          enabled: true,
          flowTypes: 'Add, Update, Delete',
          sourceObjectName: 'Group',
          targetObjectName: 'urn:ietf:params:scim:schemas:core:2.0:Group',
          scope: null,
          attributeMappings: [
            {
              targetAttributeName: 'displayName',
              matchingPriority: 1,
              flowType: 'Always',
              source: { type: 'Attribute', name: 'displayName', expression: '[displayName]', parameters: [] },
            },
            {
              targetAttributeName: 'externalId',
              matchingPriority: 0,
              flowType: 'Always',
              source: { type: 'Attribute', name: 'objectId', expression: '[objectId]', parameters: [] },
            },
            {
              targetAttributeName: 'members',
              matchingPriority: 0,
              flowType: 'Always',
              source: { type: 'Attribute', name: 'members', expression: '[members]', parameters: [] },
            },
          ],
        },
        {
          name: 'Users',
          enabled: true,
          flowTypes: 'Add, Update',
          sourceObjectName: 'User',
          targetObjectName: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
          scope: {
            groups: [
              {
                name: 'Design office',
                clauses: [
                  { sourceOperandName: 'department', operatorName: 'EQUALS', targetOperand: { values: ['Design'] } },
                ],
              },
            ],
            inputFilterGroups: [],
            categoryFilterGroups: [],
          },
          attributeMappings: [
            {
              targetAttributeName: 'userName',
              matchingPriority: 1,
              flowType: 'Always',
              flowBehavior: 'FlowWhenChanged',
              defaultValue: null,
              source: { type: 'Attribute', name: 'userPrincipalName', expression: '[userPrincipalName]' },
            },
            {
              targetAttributeName: 'active',
              matchingPriority: 0,
              flowType: 'Always',
              defaultValue: 'True',
              source: {
                type: 'Function',
                name: 'Not',
                expression: 'Not([IsSoftDeleted])',
                parameters: [{ key: 'source', value: { type: 'Attribute', name: 'IsSoftDeleted' } }],
              },
            },
            {
              targetAttributeName: 'name.givenName',
              matchingPriority: 0,
              flowType: 'Always',
              source: { type: 'Attribute', name: 'givenName', expression: '[givenName]' },
            },
            {
              targetAttributeName: 'externalId',
              matchingPriority: 0,
              flowType: 'Always',
              source: {
                type: 'Function',
                name: 'Coalesce',
                expression: 'Coalesce([extensionAttribute3], [mailNickname])',
              },
            },
          ],
        },
      ],
    },
  ],
});
