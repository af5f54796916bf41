import { issueStates, type IssueFilter } from '../../../src-main/contract/models/issue.ts';
import { viewNames, type NamedView, type ViewFilter } from '../../../src-main/contract/models/named-view.ts';
import { readList } from './query-fields.ts';

/** The filter of the issues that an address asks for; absent means any. */
export const issueFilterOf = (query: URLSearchParams): IssueFilter => {
  const state = readList(query, 'state', issueStates);
  const text = query.get('q')?.trim();
  return { ...(state.length > 0 ? { state } : {}), ...(text ? { text } : {}) };
};

/** The filter of a named view that an address asks for. */
export const viewFilterOf = (query: URLSearchParams): ViewFilter => {
  const what = readList(query, 'what');
  const text = query.get('q')?.trim();
  return { ...(what.length > 0 ? { what } : {}), ...(text ? { text } : {}) };
};

/** The named view that an address asks for; null: the issues. */
export const namedViewOf = (query: URLSearchParams): NamedView | null =>
  viewNames.find((name) => name === query.get('view')) ?? null;
