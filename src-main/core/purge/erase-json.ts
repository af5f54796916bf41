import { isTelling, purgedText, type TraceSort } from './traces.ts';

/** How a person is recognised: by the texts themselves, or by keyed hashes of them. */
export interface Recognise {
  /** What a whole text of the person's is; null for everything else. */
  whole(text: string): TraceSort | null;
  /** The text without what points to the person; the same text when nothing does. */
  inside(text: string): string;
}

/** Fields that name an object: nothing is better than a made-up id, which would be looked up. */
const idFields = new Set(['id', 'entraid', 'scimid']);
/** Fields that say whom an object is about, and what it is called. */
const tellingFields = new Set([...idFields, 'objectid', 'userprincipalname', 'upn', 'mail', 'username']);
const nameFields = new Set(['name', 'displayname']);

const isPlain = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const eraseText = (text: string, recognise: Recognise): string => {
  const sort = recognise.whole(text);
  // A short one may as well be a number of something else; only fields that hold ids are sure of it.
  return sort !== null && isTelling({ sort, text }) ? purgedText[sort] : recognise.inside(text);
};

const isAbout = (entries: readonly [string, unknown][], { whole }: Recognise): boolean =>
  entries.some(([field, value]) => {
    if (typeof value !== 'string' || !tellingFields.has(field.toLowerCase())) return false;
    const sort = whole(value);
    return sort !== null && sort !== 'name';
  });

/** The same value when nothing in it points to the person. */
const eraseValue = (value: unknown, recognise: Recognise): unknown => {
  if (typeof value === 'string') return eraseText(value, recognise);
  if (!isPlain(value)) return value;
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => eraseValue(item, recognise));
    return items.some((item, place) => item !== value[place]) ? items : value;
  }
  const entries = Object.entries(value);
  const about = isAbout(entries, recognise);
  const erased = entries.map(([field, item]): [string, unknown] => {
    const name = field.toLowerCase();
    if (typeof item === 'string' && idFields.has(name) && recognise.whole(item) !== null) return [field, null];
    if (about && typeof item === 'string' && nameFields.has(name)) return [field, purgedText.name];
    return [recognise.inside(field), eraseValue(item, recognise)];
  });
  const isSame = erased.every(([field, item], place) => field === entries[place]?.[0] && item === entries[place][1]);
  return isSame ? value : Object.fromEntries(erased);
};

/**
 * A JSON text without what points to the person: ids become null, the name of whoever an object is about goes with its
 * id. The very same text when nothing points to the person; text that is no JSON is taken as a sentence.
 */
export const eraseJson = (json: string, recognise: Recognise): string => {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return recognise.inside(json);
  }
  const erased = eraseValue(value, recognise);
  return erased === value ? json : JSON.stringify(erased);
};
