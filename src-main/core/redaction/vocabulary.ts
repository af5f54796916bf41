/** Everything by which the stored history calls somebody, lower case. */
export interface Vocabulary {
  /** Single words of names of people and groups. */
  words: ReadonlySet<string>;
  /** User names, external ids, SCIM ids, domains and the like. */
  identifiers: ReadonlySet<string>;
  /** Names of groups and the like as wholes: their single words are words of every sentence. */
  phrases?: RegExp;
}

/** By what people, groups and the tenant are or were called, each text once, as it was stored. */
export interface KnownNames {
  /** Of people: every word of them counts. */
  names: readonly string[];
  /** Addresses, user names, numbers and ids; of the addresses the domains count as well. */
  identifiers: readonly string[];
  /** Of groups, applications and connections: the whole counts. */
  groupNames: readonly string[];
}

/** Whose history it is: what is given to a stranger names the client as little as the client's people. */
export interface Client {
  /** Name of the connection. */
  connection: string;
  tenantId: string;
}

/** One spelling for the same name: case, accents' composition and white space do not matter. */
export const foldForPseudonym = (text: string): string =>
  text.normalize('NFC').toLowerCase().replaceAll(/\s+/gu, ' ').trim();

const listOf = (text: string): Set<string> => new Set(text.trim().split(/\s+/u));

/** Words that stand in names and in every sentence: alone they point to nobody. */
const everyday = listOf(
  `and the of in on at an to by or for from with all und der die das den dem des ein eine im am zu von vom mit für bei
   auf aus oder als ist sind`,
);

/** What this program and the service are called: a connection or an application of that name tells nothing. */
const ownWords = listOf(
  `unifi scim entra id microsoft azure ad active directory provisioning monitor service demo test prod production user
   users group groups application app`,
);

const wordsIn = (folded: string): string[] => folded.split(/[^\p{L}\p{N}\p{M}]+/u).filter((word) => word.length > 1);

/** The words of a name, as a vocabulary keeps them. Single letters would hit every sentence. */
export const wordsOfName = (name: string): string[] =>
  wordsIn(foldForPseudonym(name)).filter((word) => !everyday.has(word));

const withoutAccents = (word: string): string => word.normalize('NFD').replaceAll(/\p{M}/gu, '');

/** Endings of domains below which everybody has a name: of `contoso.co.uk` and `contoso.onmicrosoft.com`, `contoso` tells. */
const sharedLabels = listOf('co com net org ac gov edu ltd plc onmicrosoft mail');

/** The domain of an address and the one label of it that its owner chose. */
const domainOf = (address: string): string[] => {
  const folded = foldForPseudonym(address);
  const at = folded.lastIndexOf('@');
  if (at === -1 || /\s/u.test(folded)) return [];
  const domain = folded.slice(at + 1);
  const labels = domain.split('.').slice(0, -1);
  const own = labels.findLast((label) => !sharedLabels.has(label));
  const tells = own !== undefined && own.length > 2 && !everyday.has(own) && !ownWords.has(own);
  return [domain, ...(tells ? [own] : [])];
};

/** More than these are looked for word by word instead of as wholes: the pattern would outgrow its use. */
const mostPhrases = 5000;

const pattern = (name: string): string => name.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, '\\$&').replaceAll(' ', '\\s+');

/** Makes a vocabulary of everything by which people and groups (`PeopleStore.vocabulary`) and their client are called. */
export const createVocabulary = (known: KnownNames, client: Client): Vocabulary => {
  // Not folded: the pattern ignores case by itself, and some letters change their number when they are made small.
  const wholes = [...known.groupNames, client.connection].map((name) =>
    name.normalize('NFC').replaceAll(/\s+/gu, ' ').trim(),
  );
  const telling = [...new Map(wholes.map((name) => [foldForPseudonym(name), name])).values()].filter(
    (name) => name.length > 2 && !wordsOfName(name).every((word) => ownWords.has(word)),
  );
  const asWholes = telling.length > 0 && telling.length <= mostPhrases;
  const longestFirst = telling.toSorted((a, b) => b.length - a.length).map(pattern);
  const words = [...known.names, ...(asWholes ? [] : telling)].flatMap(wordsOfName);
  return {
    // An address or a log writes names without their accents, too.
    words: new Set([...words, ...words.map(withoutAccents).filter((word) => word.length > 1)]),
    identifiers: new Set(
      [...known.identifiers, client.tenantId]
        .flatMap((id) => [foldForPseudonym(id), ...domainOf(id)])
        .filter((id) => id.length > 1),
    ),
    ...(asWholes
      ? { phrases: new RegExp(`(?<![\\p{L}\\p{N}])(?:${longestFirst.join('|')})(?![\\p{L}\\p{N}])`, 'giu') }
      : {}),
  };
};

/** Whether a word, with what glues addresses and ids together, is or holds something by which anybody is called. */
export const isKnownWord = (word: string, { words, identifiers }: Vocabulary): boolean => {
  const isKnown = (part: string): boolean => words.has(part) || identifiers.has(part);
  const folded = foldForPseudonym(word);
  if (isKnown(folded) || wordsIn(folded).some(isKnown)) return true;
  if (!/[.@:/]/u.test(folded)) return false;
  // Of `https://sso.contoso.example/x`, `contoso.example` and `contoso`.
  const labels = folded.split(/[.@:/]+/u);
  return labels.some(
    (label, index) =>
      isKnown(label) || [2, 3, 4].some((count) => identifiers.has(labels.slice(index, index + count).join('.'))),
  );
};
