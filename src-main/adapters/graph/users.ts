import { z } from 'zod';
import { isAppError } from '../../core/app-error.ts';
import type { DirectoryUser } from '../../core/model/directory.ts';
import type { DirectorySource, ReadOptions, UserPage } from '../../services/ports.ts';
import type { GraphClient, GraphRequest } from './graph-client.ts';
import { paginate, type GraphPage } from './paginate.ts';
import { readItems } from './read-items.ts';
import { selectAttributes, type AttributeSelection } from './selected-attributes.ts';
import { id, optionalFlag, optionalText, optionalTime } from './shapes.ts';

/** Properties of every user, whatever the mappings name. */
export const userProperties = ['id', 'userPrincipalName', 'mail', 'displayName', 'accountEnabled', 'createdDateTime'];

const user = z.object({
  id,
  userPrincipalName: optionalText,
  mail: optionalText,
  displayName: optionalText,
  accountEnabled: optionalFlag,
  createdDateTime: optionalTime,
  deletedDateTime: optionalTime,
});

/** A user of Graph with the attributes of a selection; null for what is none. */
export const readUser =
  (selection: AttributeSelection) =>
  (item: unknown): DirectoryUser | null => {
    const checked = user.safeParse(item).data;
    if (!checked) return null;
    const { createdDateTime, deletedDateTime, ...rest } = checked;
    const attributes = selection.read(item as Record<string, unknown>);
    return { ...rest, createdAt: createdDateTime, deletedAt: deletedDateTime, attributes };
  };

const removal = z.object({ id, '@removed': z.object({ reason: z.string().nullish().catch(null) }) });

type Removed = UserPage['removed'][number];

/** A user that left the list; null for one that is on it. */
const readRemoval = (item: unknown): Removed | null => {
  const removed = removal.safeParse(item).data;
  if (!removed) return null;
  return { id: removed.id, reason: removed['@removed'].reason === 'deleted' ? 'deleted' : 'changed' };
};

const readUserPage = (page: GraphPage, selection: AttributeSelection, full: boolean, read: ReadOptions): UserPage => {
  const removed: Removed[] = [];
  const present: unknown[] = [];
  for (const item of page.items) {
    const gone = readRemoval(item);
    if (gone) removed.push(gone);
    else present.push(item);
  }
  return { users: readItems(present, readUser(selection), read.meter), removed, deltaLink: page.deltaLink, full };
};

/** The link is too old or was reset: 410, or 40x with these codes. graph-provisioning.md 7. */
const isExpiredLink = (error: unknown): boolean =>
  isAppError(error) &&
  (error.failure.status === 410 ||
    /^(?:syncState(?:NotFound|Invalid)|resyncRequired)$/iu.test(error.failure.serviceCode ?? ''));

/** The service does not offer delta for this request. */
const isDeltaRefused = (error: unknown): boolean =>
  isAppError(error) && ['graph-rejected', 'graph-not-found'].includes(error.code);

/** Users with the attributes asked for. graph-provisioning.md 2, rows 10 and 16, and 7. */
export const createUserSource = (client: GraphClient): Pick<DirectorySource, 'readUsers' | 'readDeletedUsers'> => {
  /** Yields all pages from `url`; the first one says whether the list is full. */
  async function* pages(
    url: string,
    options: { selection: AttributeSelection; full: boolean; headers?: Record<string, string> },
    read: ReadOptions,
  ): AsyncGenerator<UserPage, void, undefined> {
    const { signal, meter } = read;
    const request: GraphRequest = {
      resource: 'users',
      signal,
      meter,
      ...(options.headers ? { headers: options.headers } : {}),
    };
    let isFirst = true;
    for await (const page of paginate(client, url, request)) {
      yield readUserPage(page, options.selection, options.full && isFirst, read);
      isFirst = false;
    }
  }

  return {
    async *readUsers({ attributes, deltaLink, signal, meter }) {
      const read: ReadOptions = { signal, meter };
      const selection = selectAttributes('user', userProperties, attributes);
      // `$top` does not exist for delta; the preference does.
      const headers = { Prefer: 'odata.maxpagesize=999' };
      const ways = [
        ...(deltaLink === null
          ? []
          : [{ url: deltaLink, options: { selection, full: false, headers }, passes: isExpiredLink }]),
        {
          url: `${client.origin}/v1.0/users/delta?$select=${selection.select}`,
          options: { selection, full: true, headers },
          passes: isDeltaRefused,
        },
        {
          url: `${client.origin}/v1.0/users?$select=${selection.select}&$top=999`,
          options: { selection, full: true },
          passes: () => false,
        },
      ];
      let restart = false;
      for (const way of ways) {
        let began = false;
        try {
          for await (const page of pages(way.url, way.options, read)) {
            // After a round that broke off, the list starts again: its first page is full and replaces what came.
            yield restart && !began ? { ...page, full: true } : page;
            began = true;
          }
          return;
        } catch (error) {
          if (!way.passes(error) || (began && !isExpiredLink(error))) throw error;
          restart ||= began;
          meter.changed('The directory has to be read from its start again.');
        }
      }
    },

    async *readDeletedUsers({ attributes, signal, meter }) {
      const selection = selectAttributes('user', [...userProperties, 'deletedDateTime'], attributes);
      // The type cast in the path is required. graph-provisioning.md 7.
      const path = '/directory/deletedItems/microsoft.graph.user';
      const url = `${client.origin}/v1.0${path}?$select=${selection.select}&$top=999`;
      for await (const page of paginate(client, url, { resource: 'deleted-users', signal, meter })) {
        yield readItems(page.items, readUser(selection), meter);
      }
    },
  };
};
