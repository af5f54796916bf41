const host = /^[a-z]+:\/\/[^/]*/iu;

const comparable = (address: string): string => {
  const [withoutQuery = ''] = address.trim().split(/[?#]/u);
  return withoutQuery.replace(/\/+$/u, '').replace(host, (begin) => begin.toLowerCase());
};

/**
 * Whether two SCIM base addresses lead to the same place: the query (a compatibility flag), a trailing slash and the
 * letter case of scheme and host do not matter, that of the path does.
 */
export const isSameAddress = (one: string, other: string): boolean => comparable(one) === comparable(other);
