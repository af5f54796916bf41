import type { Fault } from '../faults.ts';
import type { Area } from '../graph-rights.ts';
import type { HttpAnswer, HttpHandler, HttpRequest } from '../http-server.ts';
import { oldestServedMs, withFaults, type Tenant } from '../tenant.ts';
import type { Json } from '../../world.ts';
import { createAccess } from './access.ts';
import {
  answerAssignments,
  answerJob,
  answerJobs,
  answerSchema,
  answerSecrets,
  answerServicePrincipal,
  answerServicePrincipals,
} from './applications.ts';
import { createDelta } from './delta.ts';
import { answerDirectoryList, answerDirectoryObject, type DirectoryList } from './directory-lists.ts';
import { auditFilters, deletedUserFilters, groupFilters, userFilters } from './directory-rules.ts';
import { fits } from './filter-rules.ts';
import { elementsOf, listAnswer, type GraphCall } from './graph-call.ts';
import { badRequest, codeOfStatus, GraphError, graphErrorAnswer, notFound } from './graph-error.ts';
import { createMemberships } from './memberships.ts';
import { createPaging } from './paging.ts';
import { directoryObjectType, groupType, userType } from './properties.ts';
import { answerProvisioningLog } from './provisioning-log.ts';
import { readQuery } from './query-options.ts';
import { createReportsBucket } from './throttle.ts';

/** What a path leads to, and what it needs. */
interface Route {
  area: Area;
  /** Counts for the reports bucket. graph-provisioning.md 10. */
  isReport?: boolean;
  versions?: readonly string[];
  answer(call: GraphCall): HttpAnswer;
}

const collections = new Set(['users', 'groups', 'serviceprincipals', 'jobs']);

/** The path without its version and ids, such as `/users/{id}/memberOf`. */
const template = (path: string): string => {
  const segments = path.split('/').slice(2);
  const named = segments.map((segment, index) => {
    const before = segments[index - 1]?.toLowerCase() ?? '';
    return collections.has(before) && segment !== 'delta' ? '{id}' : segment;
  });
  return `/${named.join('/')}`;
};

const segmentError = (segment: string): GraphError =>
  badRequest(`Resource not found for the segment '${segment}'.`, 'BadRequest');

/** Microsoft Graph as far as the app reads it, over the simulated world. graph-provisioning.md 2. */
export const createGraphHandler = (tenant: Tenant): HttpHandler => {
  const { world } = tenant;
  const { directory } = world;
  const access = createAccess(tenant);
  const bucket = createReportsBucket(tenant.realNowMs);
  const paging = createPaging(tenant.signing, tenant.settings);
  const memberships = createMemberships(world);
  const usersDelta = createDelta({
    name: 'users',
    type: userType,
    elements: () => ({ count: directory.userCount(), at: (index) => directory.userAt(index) }),
    find: (id) => directory.user(id),
    changedSince: (ms) => directory.usersChangedSince(ms),
  });
  const groupsDelta = createDelta({
    name: 'groups',
    type: groupType,
    elements: () => elementsOf(directory.groups()),
    find: (id) => directory.group(id),
    changedSince: (ms) => directory.groupsChangedSince(ms),
    memberIds: (id) =>
      directory.members(id).map((member) => ({ id: String(member['id']), type: String(member['@odata.type']) })),
  });

  const users: DirectoryList = {
    name: 'users',
    type: userType,
    elements: () => ({ count: directory.userCount(), at: (index) => directory.userAt(index) }),
    filter: userFilters,
    lookUp: { paths: ['id', 'userPrincipalName'], find: (value) => directory.user(value) },
  };
  const groups: DirectoryList = {
    name: 'groups',
    type: groupType,
    elements: () => elementsOf(directory.groups()),
    filter: groupFilters,
    lookUp: { paths: ['id'], find: (value) => directory.group(value) },
  };
  const objects = (list: () => Json[]): DirectoryList => ({
    name: 'directoryObjects',
    type: directoryObjectType,
    elements: () => elementsOf(list()),
    options: ['select', 'top', 'count', 'skiptoken'],
  });

  const list = (area: Area, what: DirectoryList): Route => ({
    area,
    answer: (call) => answerDirectoryList(call, what),
  });

  const answerAudits = (call: GraphCall): HttpAnswer => {
    const query = readQuery(call.request, {
      options: ['filter', 'orderby', 'top', 'skiptoken'],
      filter: auditFilters,
      maxTop: 1000,
      sortable: ['activityDateTime'],
    });
    const { filter } = query;
    const oldestMs = oldestServedMs(tenant);
    return listAnswer(call, {
      name: 'auditLogs/directoryAudits',
      elements: elementsOf(directory.audits()),
      pageSize: query.top ?? 1000,
      skipToken: query.skipToken,
      fits: (item) =>
        Date.parse(String(item['activityDateTime'])) > oldestMs && (!filter || fits(filter, item, auditFilters)),
      render: (item) => item,
      count: false,
    });
  };

  const userRoute = (id: string, rest: string): Route | null => {
    if (id.toLowerCase() === 'delta' && rest === '') return { area: 'directory', answer: usersDelta.answer };
    const item = (): Json => {
      const user = directory.user(id);
      if (!user) throw notFound(id);
      return user;
    };
    switch (rest) {
      case '':
        return {
          area: 'directory',
          answer: (call) =>
            answerDirectoryObject(call, { name: 'users', type: userType, id, item: directory.user(id) }),
        };
      case 'memberof':
        return list(
          'directory',
          objects(() => memberships.memberOf(String(item()['id']))),
        );
      case 'transitivememberof':
        return list(
          'directory',
          objects(() => memberships.transitiveMemberOf(String(item()['id']))),
        );
      default:
        return null;
    }
  };

  const groupRoute = (id: string, rest: string): Route | null => {
    if (id.toLowerCase() === 'delta' && rest === '') return { area: 'directory', answer: groupsDelta.answer };
    const members = (read: () => Json[]): Json[] => {
      if (!directory.group(id)) throw notFound(id);
      return read();
    };
    const isUser = (item: Json): boolean => item['@odata.type'] === '#microsoft.graph.user';
    switch (rest) {
      case '':
        return {
          area: 'directory',
          answer: (call) =>
            answerDirectoryObject(call, { name: 'groups', type: groupType, id, item: directory.group(id) }),
        };
      case 'members':
        return list(
          'directory',
          objects(() => members(() => directory.members(id))),
        );
      case 'members/microsoft.graph.user':
        return list(
          'directory',
          objects(() => members(() => directory.members(id).filter(isUser))),
        );
      case 'transitivemembers':
        return list(
          'directory',
          objects(() => members(() => memberships.transitiveMembers(id))),
        );
      case 'transitivemembers/microsoft.graph.user':
        return list(
          'directory',
          objects(() => members(() => memberships.transitiveMembers(id).filter(isUser))),
        );
      default:
        return null;
    }
  };

  const applicationRoute = (id: string, rest: string[]): Route | null => {
    const [first = '', second = '', jobId = '', last = ''] = rest;
    const path = [first, second].join('/').toLowerCase();
    if (rest.length === 0) return { area: 'application', answer: (call) => answerServicePrincipal(call, { id }) };
    if (path === 'approleassignedto/') return { area: 'assignments', answer: (call) => answerAssignments(call, id) };
    if (path === 'synchronization/secrets' && rest.length === 2) {
      return { area: 'job-settings', versions: ['v1.0', 'beta'], answer: (call) => answerSecrets(call, id) };
    }
    if (path !== 'synchronization/jobs') return null;
    if (rest.length === 2) return { area: 'job', answer: (call) => answerJobs(call, id) };
    if (rest.length === 3) return { area: 'job', answer: (call) => answerJob(call, id, jobId) };
    if (rest.length === 4 && last.toLowerCase() === 'schema') {
      return { area: 'schema', answer: (call) => answerSchema(call, id, jobId) };
    }
    return null;
  };

  /** Path names in any casing, as Graph takes them; ids as they are. */
  const findRoute = (segments: string[]): Route | null => {
    const [first = '', second = '', ...rest] = segments;
    const start = first.toLowerCase();
    const tail = rest.join('/').toLowerCase();
    const byAppId = /^serviceprincipals\(appid='([^']+)'\)$/iu.exec(first)?.[1];
    if (byAppId !== undefined && second === '') {
      return { area: 'application', answer: (call) => answerServicePrincipal(call, { appId: byAppId }) };
    }
    switch (start) {
      case 'auditlogs':
        if (tail !== '') return null;
        if (second.toLowerCase() === 'provisioning')
          return { area: 'log', isReport: true, answer: answerProvisioningLog };
        return second.toLowerCase() === 'directoryaudits'
          ? { area: 'audit', isReport: true, answer: answerAudits }
          : null;
      case 'users':
        return second === '' ? list('directory', users) : userRoute(second, tail);
      case 'groups':
        return second === '' ? list('directory', groups) : groupRoute(second, tail);
      case 'serviceprincipals':
        if (second === '') return { area: 'application', answer: answerServicePrincipals };
        return applicationRoute(second, rest);
      case 'directory':
        if (second.toLowerCase() !== 'deleteditems') return null;
        // The type cast in the path is required. graph-provisioning.md 7.
        if (tail === '')
          throw badRequest("Resource not found for the segment 'deletedItems'. A type cast is required.");
        if (tail !== 'microsoft.graph.user') return null;
        return list('deleted-users', {
          name: 'directoryObjects/$/Microsoft.Graph.User',
          type: userType,
          elements: () => elementsOf(directory.deletedUsers()),
          filter: deletedUserFilters,
        });
      default:
        return null;
    }
  };

  const route = (request: HttpRequest, faults: Fault[]): HttpAnswer => {
    const [, version = '', ...segments] = request.url.pathname.split('/').map((part) => decodeURIComponent(part));
    if (segments.at(-1) === '') segments.pop();
    if (version !== 'v1.0' && version !== 'beta') throw badRequest('Invalid version.', 'BadRequest');
    if (request.method !== 'GET') {
      tenant.counts.count('graphWrites');
      throw new GraphError(405, 'Request_BadRequest', `Specified HTTP method '${request.method}' is not allowed here.`);
    }
    const found = findRoute(segments);
    if (!found || !(found.versions ?? ['v1.0']).includes(version)) throw segmentError(segments.at(-1) ?? '');
    const claims = access.check(request, found.area, faults);
    if (found.isReport && tenant.settings().throttling) bucket.enter(String(claims['appid']));
    return found.answer({ tenant, paging, request, faults, version });
  };

  return withFaults(tenant, {
    name: 'graph',
    template,
    errorBody: (status, request) => {
      const { headers = {}, body = '' } = graphErrorAnswer(
        new GraphError(status, codeOfStatus(status), 'The service could not answer this request.'),
        request,
      );
      return { headers, body };
    },
    handle: async (request, faults) => {
      try {
        return route(request, faults);
      } catch (error) {
        if (!(error instanceof GraphError)) throw error;
        return graphErrorAnswer(error, request);
      }
    },
  });
};
