import { AppError } from '../../core/app-error.ts';
import type { GraphClient, GraphRequest } from './graph-client.ts';

export interface GraphPage {
  items: unknown[];
  nextLink: string | null;
  /** Delta lists only, on the last page. */
  deltaLink: string | null;
}

/** Guards against a service that never ends. */
const maxPages = 200_000;
const maxEmptyPagesInARow = 1_000;

const unexpected = (resource: string, message: string, path: string): AppError =>
  new AppError({
    code: 'response-unexpected',
    message: `Microsoft Graph answered ${message} (${resource}).`,
    advice: 'Collect again. If it happens again, report it with the name of the source.',
    source: resource,
    path,
  });

const linkOf = (page: Record<string, unknown>, key: string, client: GraphClient, resource: string): string | null => {
  const link = page[key];
  if (link === undefined || link === null || link === '') return null;
  if (typeof link !== 'string' || !URL.canParse(link))
    throw unexpected(resource, 'a page link that is no address', key);
  if (new URL(link).origin !== client.origin) {
    throw unexpected(resource, 'a page link to another host, which was not followed', key);
  }
  return link;
};

const readPage = async (client: GraphClient, url: string, request: GraphRequest): Promise<GraphPage> => {
  const { resource, meter } = request;
  const value = await client.get(url, request);
  const page = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  const items = page['value'];
  if (!Array.isArray(items)) throw unexpected(resource, 'a page without a list', 'value');
  const count = page['@odata.count'];
  if (typeof count === 'number' && Number.isInteger(count) && count >= 0) meter.total = count;
  meter.pages += 1;
  return {
    items: items as unknown[],
    nextLink: linkOf(page, '@odata.nextLink', client, resource),
    deltaLink: linkOf(page, '@odata.deltaLink', client, resource),
  };
};

/**
 * The only paging loop: follows `@odata.nextLink` whole and unedited until there is none; a page may be empty and
 * still have one. The next page is asked for when the caller asks for it. Throws `response-unexpected` for a link that
 * leaves Graph, comes twice, or never ends, and what `GraphClient.get` throws.
 */
export async function* paginate(
  client: GraphClient,
  firstUrl: string,
  request: GraphRequest,
): AsyncGenerator<GraphPage, void, undefined> {
  const seen = new Set<string>();
  let url: string | null = firstUrl;
  let emptyInARow = 0;
  while (url !== null) {
    if (seen.has(url)) throw unexpected(request.resource, 'the same page link twice', '@odata.nextLink');
    seen.add(url);
    const page: GraphPage = await readPage(client, url, request);
    emptyInARow = page.items.length === 0 ? emptyInARow + 1 : 0;
    if (emptyInARow > maxEmptyPagesInARow || seen.size > maxPages) {
      throw unexpected(request.resource, 'pages without end', '@odata.nextLink');
    }
    yield page;
    url = page.nextLink;
  }
}
