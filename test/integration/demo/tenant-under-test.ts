import { afterEach } from 'vitest';
import { startDemoTenant, type DemoTenant } from '../../../src-main/demo/start-tenant.ts';
import type { TenantChanges } from '../../../src-main/demo/servers/tenant-settings.ts';
import { createSmallWorld, type SmallWorld, type SmallWorldOptions } from './small-world.ts';

const open: DemoTenant[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((tenant) => tenant.close()));
});

/** A tenant over the small world; ended after the test. */
export const startSmallTenant = async (
  changes: TenantChanges & { size?: SmallWorldOptions } = {},
): Promise<{ tenant: DemoTenant; world: SmallWorld }> => {
  const { size, ...settings } = changes;
  const world = createSmallWorld(size);
  const tenant = await startDemoTenant({ throttling: false, ...settings, world });
  open.push(tenant);
  return { tenant, world };
};

export interface Got {
  status: number;
  headers: Headers;
  text: string;
  body: Record<string, unknown>;
}

/** GET with a token; `body` is empty for an answer that is no JSON object. */
export const get = async (url: string, token: string, headers: Record<string, string> = {}): Promise<Got> => {
  const response = await fetch(url, { redirect: 'manual', headers: { Authorization: `Bearer ${token}`, ...headers } });
  const text = await response.text();
  let body: unknown = null;
  if (/json/u.test(response.headers.get('content-type') ?? '')) body = JSON.parse(text);
  return { status: response.status, headers: response.headers, text, body: (body ?? {}) as Record<string, unknown> };
};

export type Row = Record<string, unknown>;

export const rowsOf = (got: Got): Row[] => got.body['value'] as Row[];

/** All pages of a Graph list. */
export const drain = async (url: string, token: string): Promise<{ pages: Got[]; rows: Row[] }> => {
  const pages: Got[] = [];
  for (let next: string | undefined = url; next !== undefined;) {
    const page: Got = await get(next, token);
    if (page.status !== 200) throw new Error(`${page.status} ${page.text}`);
    pages.push(page);
    next = page.body['@odata.nextLink'] as string | undefined;
  }
  return { pages, rows: pages.flatMap(rowsOf) };
};

export const errorCode = (got: Got): unknown => (got.body['error'] as Record<string, unknown>)['code'];
