import type { Issue, IssueDetail, IssueFilter, IssuePage } from '../models/issue.ts';
import type { NamedView, ViewFilter, ViewPage } from '../models/named-view.ts';
import type { PageRequest } from '../models/page.ts';
import type { OnConnection } from './call.ts';

/** Failures of the log grouped as issues, and the named views over what is stored. */
export interface IssueMethods {
  /** Open before muted before resolved, the most people first. */
  listIssues(input: OnConnection & { filter: IssueFilter; page: PageRequest }): IssuePage;
  getIssue(input: OnConnection & { id: string }): IssueDetail | null;
  /** Until it grows; again on a muted issue takes the present size as the new measure. `input-invalid`: no such issue. */
  muteIssue(input: OnConnection & { id: string; note?: string }): Issue;
  unmuteIssue(input: OnConnection & { id: string }): Issue;
  listView(input: OnConnection & { view: NamedView; filter: ViewFilter; page: PageRequest }): ViewPage;
}
