import { AppError, isAppError } from '../../core/app-error.ts';
import { readLogRecord } from '../../core/log/read-log-record.ts';
import type { Assignment, DirectoryUser } from '../../core/model/directory.ts';
import type { LogRecord } from '../../core/model/log.ts';
import type { PersonLookup } from '../../services/ports.ts';
import { readAssignment } from './applications.ts';
import type { GraphClient, GraphRequest } from './graph-client.ts';
import { readMember } from './members.ts';
import { quoted } from './odata.ts';
import { paginate } from './paginate.ts';
import { readItems } from './read-items.ts';
import { parseRowTexts, type RowText } from './row-texts.ts';
import { selectAttributes } from './selected-attributes.ts';
import { readUser, userProperties } from './users.ts';

const missing = (error: unknown): null => {
  if (isAppError(error) && error.code === 'graph-not-found') return null;
  throw error;
};

const assignedTo = (client: GraphClient, servicePrincipalId: string): string =>
  `${client.origin}/v1.0/servicePrincipals/${encodeURIComponent(servicePrincipalId)}/appRoleAssignedTo`;

/**
 * What Graph says of one person, in as few requests as it allows. graph-provisioning.md 2, rows 10, 15 and 16, 3 and 7:
 * an assignment can be filtered by the principal's name only, a log row by the id of its source.
 */
export const createPersonLookup = (client: GraphClient): PersonLookup => ({
  async user({ id, attributes, signal, meter }) {
    const selection = selectAttributes('user', userProperties, attributes);
    const url = `${client.origin}/v1.0/users/${encodeURIComponent(id)}?$select=${selection.select}`;
    const item = await client.get(url, { resource: 'users', signal, meter }).catch(missing);
    if (item === null) return null;
    const user = readUser(selection)(item);
    if (user) return user;
    throw new AppError({
      code: 'response-unexpected',
      message: 'Microsoft Graph answered something else than a user (users).',
      advice: 'Collect again. If it happens again, report it with the name of the source.',
      source: 'users',
      path: 'id',
    });
  },

  async deletedUser({ id, attributes, signal, meter }) {
    const selection = selectAttributes('user', [...userProperties, 'deletedDateTime'], attributes);
    const path = '/directory/deletedItems/microsoft.graph.user';
    const filter = encodeURIComponent(`id eq ${quoted(id)}`);
    const url = `${client.origin}/v1.0${path}?$filter=${filter}&$select=${selection.select}`;
    const found: DirectoryUser[] = [];
    for await (const page of paginate(client, url, { resource: 'deleted-users', signal, meter }))
      found.push(...readItems(page.items, readUser(selection), meter));
    return found.find((user) => user.id === id) ?? null;
  },

  async groupIds({ userId, signal, meter }) {
    const url = `${client.origin}/v1.0/users/${encodeURIComponent(userId)}/memberOf?$select=id&$top=999`;
    const found: string[] = [];
    for await (const page of paginate(client, url, { resource: 'groups', signal, meter })) {
      for (const { id, type } of readItems(page.items, readMember, meter))
        if (type === '#microsoft.graph.group') found.push(id);
    }
    return found;
  },

  async assignments({ servicePrincipalId, mostPages, signal, meter }) {
    const request: GraphRequest = { resource: 'assignments', signal, meter };
    const assignments: Assignment[] = [];
    let pages = 0;
    for await (const page of paginate(client, `${assignedTo(client, servicePrincipalId)}?$top=999`, request)) {
      assignments.push(...readItems(page.items, readAssignment, meter));
      pages += 1;
      if (pages >= mostPages) return { assignments, isWhole: page.nextLink === null };
    }
    return { assignments, isWhole: true };
  },

  async assignmentsNamed({ name, servicePrincipalId, signal, meter }) {
    const filter = encodeURIComponent(`principalDisplayName eq ${quoted(name)}`);
    const request: GraphRequest = { resource: 'assignments', signal, meter };
    const found: Assignment[] = [];
    for await (const page of paginate(
      client,
      `${assignedTo(client, servicePrincipalId)}?$filter=${filter}&$top=999`,
      request,
    ))
      found.push(...readItems(page.items, readAssignment, meter));
    return found;
  },

  async logRows({ userId, from, mostPages, signal, meter }) {
    const request: GraphRequest = {
      resource: 'provisioning-log',
      bucket: 'reports',
      signal,
      meter,
      parse: parseRowTexts,
    };
    const since = new Date(Math.floor(Date.parse(from) / 1000) * 1000).toISOString().replace('.000Z', 'Z');
    const filter = encodeURIComponent(`sourceIdentity/id eq ${quoted(userId)} and activityDateTime gt ${since}`);
    const rows: LogRecord[] = [];
    let pages = 0;
    const url = `${client.origin}/v1.0/auditLogs/provisioning?$filter=${filter}&$top=500`;
    for await (const page of paginate(client, url, request)) {
      rows.push(...readItems(page.items as RowText[], ({ value, text }) => readLogRecord(value, text), meter));
      pages += 1;
      if (pages >= mostPages) return { rows, isWhole: page.nextLink === null };
    }
    return { rows, isWhole: true };
  },
});
