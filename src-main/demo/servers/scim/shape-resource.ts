import type { Json } from '../../world.ts';
import type { Quirk } from './quirks.ts';

/** Which attributes a request asked for. */
export interface Wanted {
  attributes: string[] | null;
  excluded: string[];
}

const always = new Set(['id', 'schemas']);

const names = (key: string): string => key.toLowerCase();

/** RFC 7644 3.9: attribute names in any casing, sub-attributes as `name.familyName`. */
const select = (resource: Json, wanted: Wanted): Json => {
  const chosen: Json = {};
  for (const [key, value] of Object.entries(resource)) {
    const name = names(key);
    if (always.has(name)) {
      chosen[key] = value;
      continue;
    }
    if (wanted.excluded.includes(name)) continue;
    if (wanted.attributes === null || wanted.attributes.includes(name)) {
      chosen[key] = value;
      continue;
    }
    const below = wanted.attributes
      .filter((path) => path.startsWith(`${name}.`))
      .map((path) => path.slice(name.length + 1));
    if (below.length > 0 && typeof value === 'object' && value !== null && !Array.isArray(value)) {
      chosen[key] = Object.fromEntries(Object.entries(value).filter(([sub]) => below.includes(names(sub))));
    }
  }
  return chosen;
};

/** The number at the end of an id, or the id itself when there is none. */
export const asNumber = (id: unknown): unknown => {
  const digits = typeof id === 'string' ? /\d{1,15}$/u.exec(id)?.[0] : undefined;
  return digits === undefined ? id : Number(digits);
};

const changeActive = (resource: Json, has: (quirk: Quirk) => boolean): void => {
  if (typeof resource['active'] !== 'boolean') return;
  if (has('active-as-text')) resource['active'] = resource['active'] ? 'True' : 'False';
  else if (has('active-as-number')) resource['active'] = resource['active'] ? 1 : 0;
  if (has('active-missing')) delete resource['active'];
};

const changeMembers = (resource: Json, has: (quirk: Quirk) => boolean, otherGroupId: string | null): void => {
  const { members } = resource;
  if (!Array.isArray(members)) return;
  let list = members as Json[];
  if (has('nested-members') && otherGroupId !== null) list = [{ value: otherGroupId, type: 'Group' }, ...list];
  if (has('members-capped-at-100')) list = list.slice(0, 100);
  if (has('id-as-number')) list = list.map((member) => ({ ...member, value: asNumber(member['value']) }));
  resource['members'] = list;
};

const recase = (resource: Json): Json =>
  Object.fromEntries(
    Object.entries(resource).map(([key, value]) => [
      key.startsWith('urn:') ? key : key.charAt(0).toUpperCase() + key.slice(1),
      value,
    ]),
  );

/** A resource as the server sends it: with the quirks that are on and the attributes that were asked for. */
export const shapeResource = (
  original: Json,
  options: {
    resource: 'Users' | 'Groups';
    inList: boolean;
    wanted: Wanted;
    has(quirk: Quirk): boolean;
    location: string;
    otherGroupId: string | null;
  },
): Json => {
  const { has } = options;
  const resource: Json = { ...original };
  const meta = resource['meta'];
  if (typeof meta === 'object' && meta !== null) {
    resource['meta'] = {
      ...meta,
      location: options.location,
      ...(has('resource-type-plural') ? { resourceType: options.resource } : {}),
    };
  }
  if (has('meta-missing')) delete resource['meta'];
  changeActive(resource, has);
  changeMembers(resource, has, options.otherGroupId);
  if (options.inList && has('members-omitted-in-list')) delete resource['members'];
  if (has('id-as-number')) resource['id'] = asNumber(resource['id']);
  if (has('nulls-sent')) {
    for (const name of ['nickName', 'title', 'externalId']) resource[name] ??= null;
  }
  const chosen = has('attributes-ignored') ? resource : select(resource, options.wanted);
  return has('keys-in-other-casing') ? recase(chosen) : chosen;
};
