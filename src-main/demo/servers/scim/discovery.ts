import type { Json } from '../../world.ts';

const userSchema = 'urn:ietf:params:scim:schemas:core:2.0:User';
const groupSchema = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const listSchema = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';

/** RFC 7643 5, with the pagination of RFC 9865 4 when the server understands cursors. */
export const serviceProviderConfig = (hasCursors: boolean, maxResults: number): Json => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
  patch: { supported: true },
  bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
  filter: { supported: true, maxResults },
  changePassword: { supported: false },
  sort: { supported: false },
  etag: { supported: false },
  ...(hasCursors
    ? {
        pagination: {
          cursor: true,
          index: true,
          defaultPaginationMethod: 'index',
          defaultPageSize: 100,
          maxPageSize: maxResults,
          cursorTimeout: 3600,
        },
      }
    : {}),
  authenticationSchemes: [
    {
      type: 'oauthbearertoken',
      name: 'OAuth Bearer Token',
      description: 'The secret token that an administrator made.',
      primary: true,
    },
  ],
  meta: { resourceType: 'ServiceProviderConfig' },
});

const list = (resources: Json[]): Json => ({
  schemas: [listSchema],
  totalResults: resources.length,
  startIndex: 1,
  itemsPerPage: resources.length,
  Resources: resources,
});

const type = (id: string, endpoint: string, schema: string): Json => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
  id,
  name: id,
  endpoint,
  schema,
  meta: { resourceType: 'ResourceType' },
});

export const resourceTypes: Json = list([type('User', '/Users', userSchema), type('Group', '/Groups', groupSchema)]);

const attribute = (name: string, kind: string, more: Json = {}): Json => ({
  name,
  type: kind,
  multiValued: false,
  required: false,
  caseExact: false,
  mutability: 'readWrite',
  returned: 'default',
  uniqueness: 'none',
  ...more,
});

/** The attributes of UNIFI's article. scim-entra.md 6. */
export const schemas: Json = list([
  {
    id: userSchema,
    name: 'User',
    attributes: [
      attribute('userName', 'string', { required: true, uniqueness: 'server' }),
      attribute('active', 'boolean'),
      attribute('externalId', 'string', { caseExact: true }),
      attribute('name', 'complex', {
        subAttributes: [attribute('givenName', 'string'), attribute('familyName', 'string')],
      }),
    ],
  },
  {
    id: groupSchema,
    name: 'Group',
    attributes: [
      attribute('displayName', 'string', { required: true }),
      attribute('externalId', 'string', { caseExact: true }),
      attribute('members', 'complex', {
        multiValued: true,
        subAttributes: [attribute('value', 'string', { caseExact: true }), attribute('type', 'string')],
      }),
    ],
  },
]);
