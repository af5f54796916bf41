/** Where a page begins: behind a cursor of an earlier page, or at a row number (a jump of the grid). Not both. */
export interface PageRequest {
  limit: number;
  cursor?: string;
  offset?: number;
  /** Count all rows that fit; lists leave it out while scrolling. */
  withTotal?: boolean;
}

/** `nextCursor` is null on the last page. */
export interface Page<T> {
  rows: T[];
  nextCursor: string | null;
  total?: number;
}

export interface FacetValue {
  value: string;
  count: number;
}

export interface Facet {
  name: string;
  values: FacetValue[];
}
