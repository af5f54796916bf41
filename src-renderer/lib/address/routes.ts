import { pastOf } from './past.svelte.ts';

/** The views of a connection, in the groups of the navigation. */
export const viewGroups = [
  { title: 'Now', views: ['overview', 'job', 'setup'] },
  { title: 'People', views: ['investigate', 'people', 'findings'] },
  { title: 'Log', views: ['log', 'issues'] },
  { title: 'History', views: ['changes', 'runs', 'reports', 'console', 'care'] },
] as const;
export type ViewName = (typeof viewGroups)[number]['views'][number];
const viewNames: readonly ViewName[] = viewGroups.flatMap(({ views }): readonly ViewName[] => views);

export type Route =
  | { name: 'start' }
  | { name: 'connections' }
  | { name: 'access'; connection: string }
  | { name: 'connect' }
  | { name: 'view'; connection: string; view: ViewName }
  | { name: 'unknown' };

/** The route of a path such as `/c/contoso/log`. */
export const parseRoute = (path: string): Route => {
  const [first, second, third, ...rest] = path.split('/').filter((part) => part !== '');
  if (first === undefined) return { name: 'start' };
  if (second === undefined && first === 'connections') return { name: 'connections' };
  if (second !== undefined && third === undefined && first === 'connections') {
    return { name: 'access', connection: decode(second) };
  }
  if (second === undefined && first === 'connect') return { name: 'connect' };
  const view = viewNames.find((name) => name === (third ?? 'overview'));
  if (first !== 'c' || second === undefined || view === undefined || rest.length > 0) return { name: 'unknown' };
  return { name: 'view', connection: decode(second), view };
};

const decode = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    // A hand-made address with a stray percent sign names no connection.
    return part;
  }
};

/** The address of a connection's sign-in, secrets and tests. */
export const accessAddress = (connection: string): string => `/connections/${encodeURIComponent(connection)}`;

/**
 * The address of a view. An earlier state that is shown stays shown, unless the query has an `asOf` of its own; an empty
 * one leads back to now.
 */
export const viewAddress = (
  connection: string,
  view: ViewName,
  query: URLSearchParams | Record<string, string> = {},
): string => {
  const fields = new URLSearchParams(query);
  const past = pastOf(connection);
  if (past !== null && !fields.has('asOf')) fields.set('asOf', past);
  if (fields.get('asOf') === '') fields.delete('asOf');
  const text = fields.toString();
  return `/c/${encodeURIComponent(connection)}/${view}${text ? `?${text}` : ''}`;
};
