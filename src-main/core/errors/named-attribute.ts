import { parseReason } from './parse-reason.ts';

/** Attributes of SCIM users and groups (RFC 7643, 4.1 and 4.2) whose names are no everyday words. */
const distinctive = [
  'userName',
  'externalId',
  'displayName',
  'nickName',
  'profileUrl',
  'userType',
  'preferredLanguage',
  'phoneNumbers',
  'employeeNumber',
  'costCenter',
  'x509Certificates',
  'givenName',
  'familyName',
  'middleName',
  'honorificPrefix',
  'honorificSuffix',
];
/** Everyday words: meant as an attribute only in quotes, or behind the word attribute or property. */
const everyday = [
  'active',
  'title',
  'locale',
  'timezone',
  'emails',
  'addresses',
  'groups',
  'members',
  'roles',
  'entitlements',
  'photos',
  'department',
  'division',
  'organization',
  'manager',
];
/** Where a part of a name can also stand alone: answers say `familyName` and `name.familyName`. */
const insideName = new Set(['givenname', 'familyname', 'middlename', 'honorificprefix', 'honorificsuffix']);

const plain = new RegExp(`(?<![\\w.@/-])(?:name\\.)?(${distinctive.join('|')})(?![\\w@-])`, 'i');
const marked = new RegExp(
  `(?:["'“‘]|\\b(?:attribute|property|field|parameter)\\s+["'“‘]?)(${[...distinctive, ...everyday].join('|')})\\b(?![\\w@-])`,
  'i',
);
/** What tells attributes stands at the beginning. */
const longest = 2_000;

const canonical = new Map([...distinctive, ...everyday].map((name) => [name.toLowerCase(), name]));

const find = (text: string): string | null => {
  const head = text.slice(0, longest);
  const hit = (plain.exec(head) ?? marked.exec(head))?.[1]?.toLowerCase();
  if (hit === undefined) return null;
  return `${insideName.has(hit) ? 'name.' : ''}${canonical.get(hit) ?? hit}`;
};

/**
 * The attribute of the target that a reason complains about, as a SCIM path such as `name.familyName`; null when it
 * names none that is known. UNIFI's own words (the SCIM error's `detail`, RFC 7644 3.12) count before Entra's.
 */
export const namedAttribute = (reason: string): string | null => {
  const { scimDetail, message } = parseReason(reason);
  return (scimDetail === null ? null : find(scimDetail)) ?? find(message);
};
