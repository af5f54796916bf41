import type {
  Issue,
  IssueDetail,
  IssueFilter,
  IssuePage,
  IssueState,
  SkipCount,
} from '../../src-main/contract/models/issue.ts';
import type { SubjectRef } from '../../src-main/contract/models/finding.ts';
import type { NamedView, ViewFilter, ViewPage, ViewRow } from '../../src-main/contract/models/named-view.ts';
import type { PageRequest } from '../../src-main/contract/models/page.ts';

/** Invented issues and rows of the named views, for the window. */
const hourMs = 3_600_000;

const samples: { code: string; reason: string; attribute: string | null; state: IssueState; people: number }[] = [
  {
    code: 'UnifiEntryConflict',
    reason: 'userName is taken',
    attribute: 'userName',
    state: 'open',
    people: 41,
  },
  {
    code: 'SystemForCrossDomainIdentityManagementBadRequest',
    reason: 'name.familyName is too long',
    attribute: 'name.familyName',
    state: 'open',
    people: 7,
  },
  {
    code: 'Timeout',
    reason: 'The operation has timed out after 60 seconds.',
    attribute: null,
    state: 'open',
    people: 1,
  },
  { code: 'InsufficientRights', reason: 'UNIFI answered 403.', attribute: null, state: 'muted', people: 2 },
  { code: 'TooManyRequests', reason: 'Rate limit exceeded', attribute: null, state: 'resolved', people: 118 },
];

const at = (nowMs: number, hours: number): string => new Date(nowMs - hours * hourMs).toISOString();

const subjectOf = (index: number): SubjectRef => ({
  type: index % 9 === 4 ? 'group' : 'user',
  entraId: `0000000e-0000-4000-8000-${index.toString().padStart(12, '0')}`,
  scimId: `u-${index}`,
  name: index % 9 === 4 ? `Team ${index}` : `Person ${index}`,
});

const issueOf = (index: number, nowMs: number): Issue => {
  const sample = samples[index % samples.length] as (typeof samples)[number];
  const perDay = Array.from({ length: 14 }, (_, day) =>
    sample.state === 'resolved' && day > 5 ? 0 : ((day * (index + 3) * 7) % 23) * (day > 6 ? 2 : 1),
  );
  const sum = (from: number, to: number): number => perDay.slice(from, to).reduce((total, rows) => total + rows, 0);
  return {
    id: `${sample.code}.fake${index}`,
    state: sample.state,
    because:
      sample.state === 'resolved'
        ? `All ${sample.people} affected succeeded afterwards, or no longer needed it.`
        : sample.state === 'muted'
          ? 'Muted on 20 November at 08:00 UTC by admin@example.com until more than 2 are affected, or a week has 20 rows.'
          : `${sample.people} people and groups still wait for a success. Last seen 3 hours ago.`,
    errorCode: sample.code,
    meaning: 'The target refused the write.',
    attribute: sample.attribute,
    reason: sample.reason,
    rows: 10 * sum(0, 14),
    affected: {
      people: sample.people,
      groups: index % 2,
      recovered: sample.state === 'resolved' ? sample.people + (index % 2) : 0,
    },
    firstSeen: at(nowMs, 24 * 40),
    lastSeen: at(nowMs, sample.state === 'resolved' ? 24 * 8 : 3),
    trend: {
      direction: sample.state === 'resolved' ? 'quiet' : 'growing',
      last7Days: sum(7, 14),
      before7Days: sum(0, 7),
    },
    days: perDay.map((rows, day) => ({ from: at(nowMs, (14 - day) * 24), rows, covered: day !== 2 })),
    mute:
      sample.state === 'muted'
        ? { at: at(nowMs, 80), by: 'admin@example.com', note: 'Owners cannot be changed.', affected: 2, rowsPerWeek: 9 }
        : null,
  };
};

export const fakeSkips = (nowMs: number): SkipCount => ({
  from: at(nowMs, 30 * 24),
  to: at(nowMs, 0),
  total: 48_211,
  matter: 12,
});

/** A page of the fake issues; `count` 0: none at all. */
export const fakeIssuePage = (count: number, nowMs: number, filter: IssueFilter, page: PageRequest): IssuePage => {
  const all = Array.from({ length: count }, (_, index) => issueOf(index, nowMs));
  const rows = all.filter(
    ({ state, errorCode }) =>
      (!filter.state?.length || filter.state.includes(state)) &&
      (!filter.text || errorCode?.toLowerCase().includes(filter.text.toLowerCase())),
  );
  const start = page.cursor === undefined ? (page.offset ?? 0) : Number(page.cursor);
  const end = Math.min(rows.length, start + page.limit);
  const countOf = (state: IssueState): number => all.filter((issue) => issue.state === state).length;
  return {
    rows: rows.slice(start, end),
    nextCursor: end < rows.length ? String(end) : null,
    ...(page.withTotal ? { total: rows.length } : {}),
    states: { open: countOf('open'), muted: countOf('muted'), resolved: countOf('resolved') },
    skips: count === 0 ? { ...fakeSkips(nowMs), total: 0, matter: 0 } : fakeSkips(nowMs),
    asOf: count === 0 ? null : at(nowMs, 0),
  };
};

/** One of them with everything. */
export const fakeIssue = (id: string, nowMs: number): IssueDetail | null => {
  const index = Number(/fake(\d+)$/u.exec(id)?.[1] ?? -1);
  if (index < 0) return null;
  const issue = issueOf(index, nowMs);
  return {
    ...issue,
    explanation: {
      code: issue.errorCode ?? '',
      match: index === 0 ? 'suffix' : 'exact',
      knownAs: index === 0 ? 'EntryConflict' : issue.errorCode,
      meaning: issue.meaning ?? '',
      likelyCauses: ['Existing account or group with the same unique value', 'Wrong matching attribute'],
      remedy: 'Correct the conflicting value or the matching attribute.',
      whoActs: 'the Entra administrator',
      answer: { httpStatus: 409, scimType: 'uniqueness', detail: 'userName is taken', retryAt: at(nowMs, -20) },
    },
    fullReason: issue.reason,
    newestRowId: '00000003-0000-4000-8000-000000000004',
    people: Array.from({ length: Math.min(100, issue.affected.people) }, (_, person) => ({
      subject: subjectOf(person),
      firstSeen: at(nowMs, 24 * 12),
      lastSeen: at(nowMs, 3 + person),
      recoveredAt: issue.state === 'resolved' ? at(nowMs, 2) : null,
    })),
  };
};

const rowsOf: Record<NamedView, (index: number, nowMs: number) => ViewRow> = {
  'stale-link': (index, nowMs) => {
    const subject = subjectOf(index);
    const isGone = index % 3 !== 0;
    return {
      view: 'stale-link',
      id: `stale-link:${index}`,
      subject,
      what: isGone ? 'gone' : 'somebody-else',
      targetId: `u-${index}`,
      at: at(nowMs, index * 5),
      owner: isGone ? null : subjectOf(index + 1),
      logId: '00000003-0000-4000-8000-000000000004',
      sentence: isGone
        ? `Entra writes to the account u-${index}, which UNIFI does not have any more: the next change of ${subject.name} will fail.`
        : `Entra writes changes of ${subject.name} to the account u-${index}, which belongs to ${subjectOf(index + 1).name}.`,
    };
  },
  'silent-success': (index, nowMs) => {
    const subject = subjectOf(index);
    return {
      view: 'silent-success',
      id: `silent-success:${index}`,
      subject,
      what: index % 2 === 0 ? 'absent' : 'unchanged',
      at: at(nowMs, index * 7),
      action: 'update',
      attribute: index % 2 === 0 ? null : 'active',
      written: index % 2 === 0 ? null : 'false',
      actual: index % 2 === 0 ? null : 'true',
      logId: '00000003-0000-4000-8000-000000000004',
      sentence:
        index % 2 === 0
          ? `Entra was told of success when it last looked at ${subject.name}, and UNIFI has no such account.`
          : `Entra switched ${subject.name} off with success, and the account is still active.`,
    };
  },
  'phantom-updates': (index, nowMs) => {
    const subject = subjectOf(index);
    return {
      view: 'phantom-updates',
      id: `phantom-updates:${index}`,
      subject,
      what: 'rewritten',
      attribute: 'displayName',
      value: subject.name,
      heldBefore: subject.name.toUpperCase(),
      cycles: 12 - (index % 9),
      firstAt: at(nowMs, 60),
      at: at(nowMs, 1),
      logId: '00000003-0000-4000-8000-000000000004',
      sentence: `Entra wrote "${subject.name}" into displayName of ${subject.name} in ${12 - (index % 9)} cycles in a row, and found "${subject.name.toUpperCase()}" there each time.`,
    };
  },
  'leaver-clock': (index, nowMs) => {
    const subject = subjectOf(index);
    const what = (['past-due', 'due', 'never', 'done'] as const)[index % 4] ?? 'done';
    return {
      view: 'leaver-clock',
      id: `leaver-clock:${index}`,
      subject,
      what,
      left: index % 2 === 0 ? 'disabled' : 'soft-deleted',
      leftAt: at(nowMs, index * 30),
      leftAtKnown: index % 5 !== 3,
      days: Math.floor((index * 30) / 24),
      account: what === 'done' ? 'inactive' : 'active',
      owed: what === 'done' ? 'nothing' : index % 2 === 0 ? 'disable' : 'delete',
      dueAt: what === 'due' ? at(nowMs, -48) : null,
      logId: null,
      sentence: `${subject.name} was disabled in Entra, and the account is still active.`,
    };
  },
};

/** A page of a fake view; `count` 0: nothing was ever checked. */
export const fakeView = (
  view: NamedView,
  count: number,
  nowMs: number,
  filter: ViewFilter,
  page: PageRequest,
): ViewPage => {
  const all = Array.from({ length: count }, (_, index) => rowsOf[view](index, nowMs));
  const rows = all.filter(
    ({ id, what }) =>
      (filter.id === undefined || filter.id === id) && (!filter.what?.length || filter.what.includes(what)),
  );
  const start = page.cursor === undefined ? (page.offset ?? 0) : Number(page.cursor);
  const end = Math.min(rows.length, start + page.limit);
  return {
    rows: rows.slice(start, end),
    nextCursor: end < rows.length ? String(end) : null,
    ...(page.withTotal ? { total: rows.length } : {}),
    counts: [...Map.groupBy(all, ({ what }) => what)].map(([value, list]) => ({ value, count: list.length })),
    blind:
      view === 'stale-link' && count > 0
        ? [{ source: 'scim-groups', reason: 'UNIFI listed 118 of 124 groups.', hides: 'which groups UNIFI still has' }]
        : [],
    notes: [],
    asOf: count === 0 ? null : at(nowMs, 0),
  };
};
