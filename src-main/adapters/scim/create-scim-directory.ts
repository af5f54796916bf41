import { randomUUID } from 'node:crypto';
import { AppError, isAppError } from '../../core/app-error.ts';
import type { TargetConfig, TargetGroup, TargetUser } from '../../core/model/target.ts';
import type { Fetch, ListEnd, ReadOptions, ScimDirectory } from '../../services/ports.ts';
import { isLoopback } from '../net/clouds.ts';
import { realTiming } from '../net/wait.ts';
import type { Timing } from '../net/wait.ts';
import { readListPage } from './list-page.ts';
import type { ListPage } from './list-page.ts';
import type { Pace } from './pace.ts';
import { readTargetConfig } from './read-config.ts';
import { readGroups } from './read-groups.ts';
import { readList } from './read-list.ts';
import type { ListedResource } from './list-progress.ts';
import { isObject } from './json-keys.ts';
import { idOf, readUser } from './read-resources.ts';
import { createScimClient } from './scim-client.ts';
import { unexpectedAnswer } from './scim-failure.ts';

const listTimeoutMs = 30_000;
const groupTimeoutMs = 120_000;
const pageSize = 100;
/** What one connection asks of UNIFI, whose own limit is not known. scim-entra.md 5.5. */
const usualPace: Pace = { concurrent: 2, perSecond: 5 };
/** A server on this computer belongs to whoever asks it: the demo tenant, a test. */
const loopbackPace: Pace = { concurrent: 2, perSecond: 1000 };

export interface ScimDirectoryOptions {
  /** Where `Users` stands; a flag query and a missing trailing slash are put right. */
  baseUrl: string;
  /** The secret token; null when none is stored. Asked for before each request. */
  token: () => Promise<string | null>;
  fetch: Fetch;
  /** Default: slow enough for a server whose limits nobody knows; fast on loopback. */
  pace?: Pace;
  timing?: Timing;
}

type Query = Readonly<Record<string, string>>;

const status = (error: unknown): number | undefined => (isAppError(error) ? error.failure.status : undefined);

/**
 * UNIFI's SCIM endpoint, read only. Throws `input-invalid` at once for an address that is neither https nor loopback.
 * Rules: scim-entra.md 3 to 5.
 */
export const createScimDirectory = (options: ScimDirectoryOptions): ScimDirectory => {
  const client = createScimClient({
    ...options,
    pace: options.pace ?? (isLoopback(options.baseUrl) ? loopbackPace : usualPace),
    timing: options.timing ?? realTiming,
  });
  let known: Promise<TargetConfig | null> | null = null;

  /** Read once; a server that refuses or garbles it says nothing. scim-entra.md 5.12. */
  const config = (read: ReadOptions): Promise<TargetConfig | null> => {
    known ??= fetchConfig(read).catch((error: unknown) => {
      known = null;
      throw error;
    });
    return known;
  };

  const fetchConfig = async (read: ReadOptions): Promise<TargetConfig | null> => {
    const what = 'ServiceProviderConfig';
    try {
      return readTargetConfig(
        await client.send({ verb: 'GET', path: what }, { ...read, what, timeoutMs: listTimeoutMs }),
      );
    } catch (error) {
      const silent =
        isAppError(error) && ['scim-unauthorised', 'scim-rejected', 'response-unexpected'].includes(error.code);
      if (!silent || (error.code === 'scim-unauthorised' && status(error) === undefined)) throw error;
      return null;
    }
  };

  const get = async (read: ReadOptions, what: 'Users' | 'Groups', query: Query): Promise<ListPage> =>
    readListPage(
      await client.send({ verb: 'GET', path: what, query }, { ...read, what, timeoutMs: listTimeoutMs }),
      what,
    );

  async function* list(
    read: ReadOptions,
    what: 'Users' | 'Groups',
    query: Query,
  ): AsyncGenerator<ListedResource[], ListEnd> {
    const { filterMaxResults, pagination } = (await config(read)) ?? { filterMaxResults: null, pagination: null };
    const before = read.meter.malformed;
    return yield* readList({
      fetch: async (page) => {
        const paging: Query =
          'cursor' in page
            ? { cursor: page.cursor, count: String(page.count) }
            : { startIndex: String(page.startIndex), count: String(page.count) };
        return get(read, what, { ...query, ...paging });
      },
      malformed: (count) => {
        read.meter.malformed = before + count;
      },
      meter: read.meter,
      count: Math.min(pageSize, filterMaxResults ?? pageSize, pagination?.maxPageSize ?? pageSize),
      cursorOnly: pagination !== null && pagination.cursor && !pagination.index,
      what,
    });
  }

  const one = async (read: ReadOptions, resource: 'Users' | 'Groups', id: string): Promise<unknown> => {
    const path = `${resource}/${encodeURIComponent(id)}`;
    const timeoutMs = resource === 'Users' ? listTimeoutMs : groupTimeoutMs;
    try {
      return await client.send({ verb: 'GET', path }, { ...read, what: `${resource}/{id}`, timeoutMs });
    } catch (error) {
      if (status(error) === 404) return null;
      throw error;
    }
  };

  /** A filtered list. RFC 7644, 7.5.2: a server may refuse filters in addresses and want them in a body. */
  const search = async (read: ReadOptions, resource: 'Users' | 'Groups', query: Query): Promise<ListPage> => {
    try {
      return await get(read, resource, query);
    } catch (error) {
      if (!isAppError(error) || error.failure.serviceCode?.toLowerCase() !== 'sensitive') throw error;
      const body = { schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'], filter: query['filter'] };
      const call = { ...read, what: `${resource}/.search`, timeoutMs: listTimeoutMs };
      return readListPage(await client.send({ verb: 'POST', path: `${resource}/.search`, body }, call), resource);
    }
  };

  return {
    probe: async ({ resource, ...read }) => {
      const attribute = resource === 'Users' ? 'userName' : 'displayName';
      const filter = `${attribute} eq "${randomUUID()}"`;
      const query = resource === 'Users' ? { filter } : { excludedAttributes: 'members', filter };
      let page: ListPage;
      try {
        page = await search(read, resource, query);
      } catch (error) {
        if (status(error) === 404) throw nobodyIs404(resource);
        throw error;
      }
      assertNobody(page, resource);
    },
    readConfig: config,
    readUsers: async function* ({ attributes, ...read }): AsyncGenerator<TargetUser[], ListEnd> {
      const pages = list(read, 'Users', {});
      for (;;) {
        const page = await pages.next();
        if (page.done) return page.value;
        yield page.value.map(({ id, resource }) => readUser(id, resource, attributes));
      }
    },
    findUsers: async ({ userName, attributes, ...read }) => {
      // RFC 7644, 3.4.2.2: a value is written as JSON.
      const filter = `userName eq ${JSON.stringify(userName)}`;
      // Also a 404 is a failure: it may be that of a wrong address, and Entra expects an empty list.
      const page = await search(read, 'Users', { filter });
      const found = page.resources.map((resource) => {
        const id = idOf(resource);
        if (id !== null && isObject(resource)) return readUser(id, resource, attributes);
        throw noAccount('Users');
      });
      if (found.length === 0 && (page.total ?? 0) > 0) throw noAccount('Users');
      // What comes without having been asked for shows that the filter did nothing.
      const wanted = userName.toLowerCase();
      return found.every((account) => account.userName?.toLowerCase() === wanted) ? found : null;
    },
    readUser: async ({ id, attributes, ...read }) => {
      const resource = await one(read, 'Users', id);
      if (resource === null) return null;
      const found = idOf(resource);
      if (found !== null && isObject(resource)) return readUser(found, resource, attributes);
      throw noAccount('Users/{id}');
    },
    readGroups: async function* (read): AsyncGenerator<TargetGroup[], ListEnd> {
      try {
        return yield* readGroups({
          ...read,
          list: (withMembers) => list(read, 'Groups', withMembers ? {} : { excludedAttributes: 'members' }),
          one: (id) => one(read, 'Groups', id),
        });
      } catch (error) {
        // A service for users only: nothing can be said about groups, and nothing is wrong. scim-entra.md 4.
        if (!isAppError(error) || status(error) !== 404) throw error;
        return { complete: false, failure: error.failure };
      }
    },
  };
};

/** Taken for nobody, it would prove that an account is missing. */
const noAccount = (what: string): AppError =>
  unexpectedAnswer(
    `UNIFI answered something else than an account (${what}).`,
    'Report to the vendor of UNIFI that it answers accounts without an id.',
    '$.id',
  );

/** Entra reads it as "incompatible", whatever the reason. scim-entra.md 1, "Test Connection". */
const nobodyIs404 = (resource: string): AppError =>
  new AppError({
    code: 'scim-rejected',
    message: `UNIFI answered 404 when asked for somebody who does not exist in ${resource}; Entra expects an empty list.`,
    advice:
      'Check the SCIM base address of the connection: it must end just before "Users". If it is right, UNIFI does not ' +
      `offer ${resource}, or answers wrongly when nobody is found: report that to its vendor.`,
    status: 404,
  });

/** The readings of scim-entra.md 1, "Test Connection", for an answer with status 200. */
const assertNobody = (page: ListPage, resource: string): void => {
  if (page.resources.length > 0 || (page.total ?? 0) > 0) {
    throw unexpectedAnswer(
      `UNIFI ignored the filter when asked for somebody who does not exist in ${resource}: Entra would find several entries.`,
      'Report to the vendor of UNIFI that filters are not applied.',
      '$.Resources',
    );
  }
  if (!page.declared) {
    throw unexpectedAnswer(
      `UNIFI's answer for ${resource} does not call itself a SCIM list.`,
      'Check the SCIM base address of the connection: it must end just before "Users".',
      '$.schemas',
    );
  }
};
