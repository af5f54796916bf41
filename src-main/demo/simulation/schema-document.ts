import type { Json } from '../world.ts';
import { groupFilter, userFilter, type FilterGroup } from './rules.ts';
import type { JobRules } from './job-rules.ts';

/** The job's schema in the shape of graph-provisioning.md 6. */

const attribute = (name: string): Json => ({ type: 'Attribute', name, expression: `[${name}]`, parameters: [] });
const constant = (text: string): Json => ({ type: 'Constant', name: text, expression: `"${text}"`, parameters: [] });

const call = (name: string, expression: string, parameters: [string, Json][]): Json => ({
  type: 'Function',
  name,
  expression,
  parameters: parameters.map(([key, value]) => ({ key, value })),
});

const mapping = (targetAttributeName: string, source: Json, more: Json = {}): Json => ({
  targetAttributeName,
  matchingPriority: 0,
  flowType: 'Always',
  flowBehavior: 'FlowWhenChanged',
  defaultValue: null,
  exportMissingReferences: false,
  source,
  ...more,
});

const scope = (groups: readonly FilterGroup[]): Json => ({
  groups: groups.map(({ name, clauses }) => ({
    name,
    clauses: clauses.map((clause) => ({
      sourceOperandName: clause.attribute,
      operatorName: clause.operator,
      targetOperand: { values: clause.value === undefined ? [] : [clause.value] },
    })),
  })),
  inputFilterGroups: [],
  categoryFilterGroups: [],
});

const flowTypes = (rules: JobRules): string =>
  [rules.createFlow ? 'Add' : '', rules.updateFlow ? 'Update' : '', rules.deleteFlow ? 'Delete' : '']
    .filter((flow) => flow !== '')
    .join(', ') || 'None';

const metadata = (joining: string): Json[] => [
  { key: 'EscrowBehavior', value: 'Default' },
  { key: 'DisableMonitoringForChanges', value: 'False' },
  { key: 'OriginalJoiningProperty', value: joining },
  { key: 'IsCustomerDefined', value: 'False' },
];

const definition = (name: string, type: string, more: Json = {}): Json => ({
  name,
  type,
  anchor: false,
  caseExact: false,
  required: false,
  multivalued: false,
  mutability: 'ReadWrite',
  flowNullValues: false,
  defaultValue: null,
  referencedObjects: [],
  apiExpressions: [],
  metadata: [],
  ...more,
});

const object = (name: string, attributes: Json[]): Json => ({ name, attributes, metadata: [], supportedApis: [] });

const userObject = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const groupObject = 'urn:ietf:params:scim:schemas:core:2.0:Group';

const directories = (): Json[] => [
  {
    id: '66e4a8cc-1b7b-435e-95f8-f06cea133828',
    name: 'Azure Active Directory',
    version: '2.0',
    readOnly: false,
    objects: [
      object('User', [
        definition('objectId', 'String', { anchor: true, required: true }),
        definition('userPrincipalName', 'String', { required: true }),
        definition('accountEnabled', 'Boolean'),
        definition('IsSoftDeleted', 'Boolean'),
        ...['givenName', 'surname', 'displayName', 'department', 'country', 'employeeId', 'employeeType', 'mail'].map(
          (name) => definition(name, 'String'),
        ),
      ]),
      object('Group', [
        definition('objectId', 'String', { anchor: true, required: true }),
        definition('displayName', 'String'),
        definition('members', 'Reference', { multivalued: true }),
      ]),
    ],
  },
  {
    id: '7c1b3ad8-2b0e-4f5a-9d43-1f2ab5d0c0a1',
    name: 'UNIFI',
    version: '1.0',
    readOnly: false,
    objects: [
      object(userObject, [
        definition('id', 'String', { anchor: true, mutability: 'ReadOnly', required: true }),
        definition('userName', 'String', { required: true }),
        definition('active', 'Boolean'),
        ...['name.givenName', 'name.familyName', 'displayName'].map((name) => definition(name, 'String')),
        definition('externalId', 'String', { caseExact: true }),
      ]),
      object(groupObject, [
        definition('id', 'String', { anchor: true, mutability: 'ReadOnly', required: true }),
        definition('displayName', 'String', { required: true }),
        definition('externalId', 'String', { caseExact: true }),
        definition('members', 'Reference', { multivalued: true }),
      ]),
    ],
  },
];

const activeMapping = (): Json =>
  mapping('active', call('Not', 'Not([IsSoftDeleted])', [['source', attribute('IsSoftDeleted')]]), {
    defaultValue: 'True',
  });

const fullName = ({ nameOrder }: JobRules): Json => {
  const isGivenFirst = nameOrder === 'given-first';
  const [separator, first, second] = isGivenFirst ? [' ', 'givenName', 'surname'] : [', ', 'surname', 'givenName'];
  return call('Join', `Join("${separator}", [${first}], [${second}])`, [
    ['separator', constant(separator)],
    ['source1', attribute(first)],
    ['source2', attribute(second)],
  ]);
};

export const renderSchema = (options: {
  jobId: string;
  ruleId: string;
  targetName: string;
  version: string;
  rules: JobRules;
}): Json => {
  const { rules } = options;
  return {
    id: options.jobId,
    version: options.version,
    synchronizationRules: [
      {
        id: options.ruleId,
        name: 'USER_TO_USER',
        priority: 1,
        editable: true,
        sourceDirectoryName: 'Azure Active Directory',
        targetDirectoryName: options.targetName,
        metadata: [],
        containerFilter: null,
        groupFilter: null,
        objectMappings: [
          {
            name: `Provision Microsoft Entra ID Groups to ${options.targetName}`,
            enabled: rules.groupMapping,
            flowTypes: flowTypes(rules),
            sourceObjectName: 'Group',
            targetObjectName: groupObject,
            scope: scope(groupFilter),
            metadata: metadata('displayName'),
            attributeMappings: [
              mapping('displayName', attribute('displayName'), { matchingPriority: 1 }),
              mapping('externalId', attribute('objectId')),
              mapping('members', attribute('members')),
            ],
          },
          {
            name: `Provision Microsoft Entra ID Users to ${options.targetName}`,
            enabled: true,
            flowTypes: flowTypes(rules),
            sourceObjectName: 'User',
            targetObjectName: userObject,
            scope: scope(userFilter),
            metadata: metadata('userName'),
            attributeMappings: [
              mapping('userName', attribute('userPrincipalName'), { matchingPriority: 1 }),
              ...(rules.activeFromSoftDeleted ? [activeMapping()] : []),
              mapping('name.givenName', attribute('givenName')),
              mapping('name.familyName', attribute('surname')),
              mapping('displayName', fullName(rules)),
              mapping('externalId', attribute('employeeId')),
            ],
          },
        ],
      },
    ],
    directories: directories(),
  };
};
