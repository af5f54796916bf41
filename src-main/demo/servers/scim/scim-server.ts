import { createHash, timingSafeEqual } from 'node:crypto';
import type { Fault } from '../faults.ts';
import { malformedRow } from '../faults.ts';
import type { HttpAnswer, HttpHandler, HttpRequest } from '../http-server.ts';
import { withFaults, type Tenant } from '../tenant.ts';
import type { Json } from '../../world.ts';
import { maxResults, planPage } from './list-page.ts';
import type { Quirk } from './quirks.ts';
import { ScimError, scimErrorAnswer } from './scim-error.ts';
import { filterValue, isUnquoted } from './scim-filter.ts';
import { serviceProviderConfig, resourceTypes, schemas } from './discovery.ts';
import { asNumber, shapeResource, type Wanted } from './shape-resource.ts';

/** Where the server lives; UNIFI's own path. */
export const scimPath = '/api/scim/v2/';

type Resource = 'Users' | 'Groups';

interface Collection {
  /** The only attribute that can be filtered. */
  attribute: string;
  count(): number;
  at(index: number): Json;
  get(id: string): Json | null;
  find(value: string): Json[];
}

/** Above this a group is large, for the quirks that fail on large ones. */
const largeGroup = 25;

const listSchema = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';

const numberOf = (text: string | null): number | null => {
  if (text === null || text === '') return null;
  const value = Number(text);
  if (!Number.isInteger(value)) throw new ScimError(400, 'invalidValue', 'startIndex and count are whole numbers.');
  return value;
};

const namesOf = (text: string | null): string[] | null =>
  text === null || text === ''
    ? null
    : text.split(',').map((name) =>
        name
          .trim()
          .toLowerCase()
          .replace(/^urn:.*:/u, ''),
      );

const wantedOf = (query: URLSearchParams): Wanted => {
  const attributes = namesOf(query.get('attributes'));
  const excluded = namesOf(query.get('excludedAttributes'));
  if (attributes && excluded) {
    throw new ScimError(400, 'invalidValue', 'attributes and excludedAttributes exclude each other.');
  }
  return { attributes, excluded: excluded ?? [] };
};

const hash = (text: string): Buffer => createHash('sha256').update(text).digest();

const template = (path: string): string => {
  const rest = path.startsWith(scimPath) ? path.slice(scimPath.length) : path;
  return `/${rest.replace(/^(Users|Groups)\/(?!\.search$).+$/u, '$1/{id}')}`;
};

/** UNIFI's SCIM endpoint over the simulated world: read-only, with switchable quirks. scim-entra.md 3, 4 and 6. */
export const createScimHandler = (tenant: Tenant): HttpHandler => {
  const { scim } = tenant.world;
  const collections: Record<Resource, Collection> = {
    Users: {
      attribute: 'userName',
      count: () => scim.userCount(),
      at: (index) => scim.userAt(index),
      get: (id) => scim.user(id),
      find: (value) => scim.findUsers('userName', value),
    },
    Groups: {
      attribute: 'displayName',
      count: () => scim.groupCount(),
      at: (index) => scim.groupAt(index),
      get: (id) => scim.group(id),
      find: (value) => scim.findGroups('displayName', value),
    },
  };
  let requests = 0;
  /** Ids by the number under which a client has seen them. */
  const numbered = new Map<string, string>();

  const has = (quirk: Quirk): boolean => tenant.settings().quirks.includes(quirk);
  const contentType = (): string => (has('plain-json') ? 'application/json' : 'application/scim+json; charset=utf-8');
  const json = (value: unknown): HttpAnswer => ({
    status: 200,
    headers: { 'Content-Type': contentType() },
    body: JSON.stringify(value),
  });

  const shape = (request: HttpRequest, resource: Resource, item: Json, wanted: Wanted, inList: boolean): Json => {
    const id = String(item['id']);
    const others = resource === 'Groups' && has('nested-members') ? Math.min(2, scim.groupCount()) : 0;
    let otherGroupId: string | null = null;
    for (let index = 0; index < others; index += 1) {
      const other = String(scim.groupAt(index)['id']);
      if (other !== id) otherGroupId ??= other;
    }
    if (has('id-as-number')) numbered.set(`${resource} ${String(asNumber(id))}`, id);
    const location = `${request.origin}${scimPath}${resource}/${encodeURIComponent(id)}`;
    return shapeResource(item, { resource, inList, wanted, has, location, otherGroupId });
  };

  const memberCount = (group: Json): number => (Array.isArray(group['members']) ? group['members'].length : 0);

  const wantsMembers = (wanted: Wanted): boolean =>
    !wanted.excluded.includes('members') && (wanted.attributes === null || wanted.attributes.includes('members'));

  /** The elements that a filter leaves, or all. */
  const filtered = (collection: Collection, filter: string | null): { count: number; at(index: number): Json } => {
    const isIgnored =
      filter === null || has('filter-ignored') || (has('unquoted-filter-ignored') && isUnquoted(filter));
    if (isIgnored) return { count: collection.count(), at: (index) => collection.at(index) };
    const value = filterValue(filter, collection.attribute);
    const found = collection
      .find(value)
      .filter((item) => !has('filter-case-sensitive') || item[collection.attribute] === value);
    if (found.length === 0 && has('nobody-is-404')) throw new ScimError(404, null, 'Nobody was found.');
    return { count: found.length, at: (index) => found[index] as Json };
  };

  const answerList = (
    request: HttpRequest,
    resource: Resource,
    query: URLSearchParams,
    faults: Fault[],
  ): HttpAnswer => {
    const wanted = wantedOf(query);
    const filter = query.get('filter');
    if (filter !== null && has('filter-sensitive') && request.method === 'GET') {
      throw new ScimError(403, 'sensitive', 'The address would hold personal data; use POST .search.');
    }
    const elements = filtered(collections[resource], filter);
    const plan = planPage(
      {
        startIndex: numberOf(query.get('startIndex')),
        count: numberOf(query.get('count')),
        cursor: query.get('cursor'),
      },
      elements.count,
      {
        has,
        signing: tenant.signing,
        key: JSON.stringify([resource, filter, wanted]),
      },
    );
    const items = plan.indexes.map((index) => elements.at(index));
    if (has('large-group-fails') && wantsMembers(wanted) && items.some((item) => memberCount(item) > largeGroup)) {
      throw new ScimError(500, null, 'The list could not be built.');
    }
    const rows: unknown[] = items.map((item) => shape(request, resource, item, wanted, true));
    if (faults.some((fault) => fault.kind === 'malformed-row')) {
      rows.splice(Math.floor(rows.length / 2), 0, JSON.parse(malformedRow));
    }
    const isCased = has('keys-in-other-casing');
    return json({
      schemas: [listSchema],
      [isCased ? 'totalresults' : 'totalResults']: plan.totalResults,
      itemsPerPage: rows.length,
      ...(plan.startIndex === null ? {} : { startIndex: plan.startIndex }),
      ...(plan.nextCursor === null ? {} : { nextCursor: plan.nextCursor }),
      ...(rows.length === 0 && has('resources-absent-when-empty')
        ? {}
        : { [isCased ? 'resources' : 'Resources']: rows }),
    });
  };

  const answerOne = (request: HttpRequest, resource: Resource, id: string): HttpAnswer => {
    const wanted = wantedOf(request.url.searchParams);
    const item = collections[resource].get(id) ?? collections[resource].get(numbered.get(`${resource} ${id}`) ?? '');
    if (!item) throw new ScimError(404, null, `Resource ${id} was not found.`);
    if (resource === 'Groups' && wantsMembers(wanted) && !('members' in item)) {
      throw new ScimError(413, null, 'The group is too large to be shown with its members.');
    }
    if (resource === 'Groups' && has('large-group-times-out') && memberCount(item) > largeGroup) {
      throw new ScimError(504, null, 'The group could not be read in time.');
    }
    return json(shape(request, resource, item, wanted, false));
  };

  const checkToken = (request: HttpRequest): void => {
    const [, token = ''] = /^Bearer (\S+)$/u.exec(request.headers.authorization ?? '') ?? [];
    if (timingSafeEqual(hash(token), hash(tenant.credentials.scimToken))) return;
    throw new ScimError(401, null, 'The token is missing, wrong or revoked.', { 'WWW-Authenticate': 'Bearer' });
  };

  const throttle = (): void => {
    requests += 1;
    if (requests % 5 !== 0) return;
    if (has('throttles-with-tiny-wait')) throw new ScimError(429, null, 'Too many requests.', { 'Retry-After': '0' });
    if (has('throttles-without-wait')) throw new ScimError(429, null, 'Too many requests.');
  };

  /** `POST .search` carries the parameters of a list in its body. RFC 7644 3.4.3. */
  const searchQuery = async (request: HttpRequest): Promise<URLSearchParams> => {
    const query = new URLSearchParams();
    const body = JSON.parse(await request.body()) as Json;
    for (const name of ['filter', 'startIndex', 'count', 'cursor', 'attributes', 'excludedAttributes']) {
      const value = body[name];
      if (typeof value === 'string' || typeof value === 'number') query.set(name, String(value));
      else if (Array.isArray(value)) query.set(name, value.join(','));
    }
    return query;
  };

  const route = async (request: HttpRequest, faults: Fault[]): Promise<HttpAnswer> => {
    const { pathname, searchParams } = request.url;
    const [first = '', second = '', ...rest] = pathname.startsWith(scimPath)
      ? pathname
          .slice(scimPath.length)
          .split('/')
          .map((part) => decodeURIComponent(part))
      : [];
    const isSearch = request.method === 'POST' && second === '.search';
    if (request.method !== 'GET' && !isSearch) {
      tenant.counts.count('scimWrites');
      throw new ScimError(405, null, 'This server only lets itself be read.', { Allow: 'GET' });
    }
    checkToken(request);
    throttle();
    if (rest.length > 0) throw new ScimError(404, null, 'There is nothing at this address.');
    switch (first) {
      case 'Groups':
      case 'Users':
        if (first === 'Groups' && has('groups-not-found')) throw new ScimError(404, null, 'Groups are not supported.');
        if (isSearch) return answerList(request, first, await searchQuery(request), faults);
        return second === '' ? answerList(request, first, searchParams, faults) : answerOne(request, first, second);
      case 'ServiceProviderConfig':
        if (has('config-not-found')) throw new ScimError(404, null, 'There is nothing at this address.');
        if (has('config-refused')) throw new ScimError(401, null, 'Not for this token.');
        return json(serviceProviderConfig(has('cursor-paging') || has('cursor-forced'), maxResults));
      case 'ResourceTypes':
        return json(resourceTypes);
      case 'Schemas':
        return json(schemas);
      default:
        throw new ScimError(404, null, 'There is nothing at this address.');
    }
  };

  const failed = (error: ScimError): HttpAnswer =>
    scimErrorAnswer(error, { contentType: contentType(), isBare: has('errors-bare') });

  return withFaults(tenant, {
    name: 'scim',
    template,
    errorBody: (status) => {
      const { headers = {}, body = '' } = failed(new ScimError(status, null, 'The server could not answer.'));
      return { headers, body };
    },
    handle: async (request, faults) => {
      try {
        return await route(request, faults);
      } catch (error) {
        if (!(error instanceof ScimError)) throw error;
        return failed(error);
      }
    },
  });
};
