/** The values of a list parameter: `kind=a,b`. Words outside `known` are dropped, so that an old address still opens. */
export const readList = <T extends string>(query: URLSearchParams, name: string, known?: readonly T[]): T[] => {
  const words = (query.get(name) ?? '').split(',').filter((word) => word !== '') as T[];
  return known ? words.filter((word) => known.includes(word)) : words;
};

/** Sets, or removes when empty, one parameter of a copy of the query. */
export const withField = (
  query: URLSearchParams,
  name: string,
  value: string | readonly string[] | null,
): URLSearchParams => {
  const copy = new URLSearchParams(query);
  const text = value === null ? '' : typeof value === 'string' ? value : value.join(',');
  if (text === '') copy.delete(name);
  else copy.set(name, text);
  return copy;
};
