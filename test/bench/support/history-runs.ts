import type { Finding } from '../../../src-main/contract/models/finding.ts';
import type { DirectoryUser } from '../../../src-main/core/model/directory.ts';
import type { TargetUser } from '../../../src-main/core/model/target.ts';
import type { HistoryStore, PersonState, SnapshotItems, SnapshotName } from '../../../src-main/services/ports.ts';
import type { Company } from './cross-check-rows.ts';
import { collectedAt } from './fill-history.ts';

const dayMs = 86_400_000;

/** The start of a run, one a day after the first collection. */
export const runTime = (day: number): string => new Date(Date.parse(collectedAt) + day * dayMs).toISOString();

const finding = (state: PersonState, day: number, first: number): Finding => ({
  id: `finding-${state.id}`,
  kind: 'inactive-in-target',
  state: 'open',
  severity: 'high',
  subject: { type: 'user', entraId: state.entraId, scimId: state.scimId, name: state.id },
  related: [],
  firstSeen: runTime(first),
  lastSeen: runTime(day),
  openedAt: runTime(first),
  verified: true,
  assumed: [],
  evidence: [
    { source: 'users', ref: state.id, at: null, text: 'Enabled in Entra, and in scope.' },
    { source: 'scim-users', ref: state.scimId ?? '', at: null, text: 'The account in UNIFI is inactive.' },
  ],
  advice: 'Ask the UNIFI administrator to switch the account on, or provision the person on demand.',
});

/** What a company becomes day by day: it is changed in place, so that the last day can be written out whole. */
export interface GrowingCompany {
  company: Company;
  people: PersonState[];
  /** Day since which each open finding is there, by the person's number. */
  broken: Map<number, number>;
}

/** Everybody who is in both lists, joined in their order; one in a hundred with a finding. */
export const startGrowth = (company: Company): GrowingCompany => {
  const accounts = new Set(company.accounts.map(({ id }) => id));
  const linked = new Map(company.links.map(({ sourceId, targetId }) => [sourceId, targetId]));
  const broken = new Map<number, number>();
  const people = company.users.map((user, index): PersonState => {
    const scimId = linked.get(user.id) ?? null;
    const isThere = scimId !== null && accounts.has(scimId);
    if (isThere && index % 100 === 0) broken.set(index, 0);
    return {
      id: user.id,
      entraId: user.id,
      scimId: isThere ? scimId : null,
      joinedBy: isThere ? 'link' : null,
      source: 'in-scope',
      target: isThere ? (broken.has(index) ? 'inactive' : 'active') : 'absent',
    };
  });
  return { company, people, broken };
};

const changeUser = (user: DirectoryUser, day: number): DirectoryUser => {
  const surname = `Name${day}`;
  return day % 3 === 0
    ? {
        ...user,
        displayName: `${String(user.attributes['givenName'])} ${surname}`,
        attributes: { ...user.attributes, surname },
      }
    : { ...user, attributes: { ...user.attributes, department: `Department ${day % 40}` } };
};

const changeAccount = (account: TargetUser, day: number): TargetUser => ({
  ...account,
  active: day % 5 === 0 ? !(account.active ?? true) : account.active,
  attributes: { ...account.attributes, 'name.familyName': `Name${day}` },
  lastModifiedAt: runTime(day),
});

const put = async <N extends SnapshotName>(
  store: HistoryStore,
  name: N,
  runId: string,
  items: SnapshotItems[N][],
): Promise<void> => {
  await store.snapshots.begin(name);
  await store.snapshots.stage(name, items);
  await store.snapshots.apply(name, { runId, full: false });
};

/** The evaluation of one day: everybody's state, and the findings that are open. */
export const evaluate = (store: HistoryStore, runId: string, growing: GrowingCompany, day: number): Promise<void> =>
  store.findings.saveEvaluation({
    runId,
    at: runTime(day),
    people: growing.people,
    findings: [...growing.broken].flatMap(([index, first]) => {
      const state = growing.people[index];
      return state ? [finding(state, day, first)] : [];
    }),
    notEvaluated: [],
  });

/** One more daily run in which a share of users, and as many accounts, changed. */
export const growByOneDay = async (
  store: HistoryStore,
  growing: GrowingCompany,
  day: number,
  share: number,
): Promise<void> => {
  const { company, people, broken } = growing;
  const run = await store.runs.start(runTime(day));
  const turn = <T>(list: T[], change: (item: T, day: number) => T): T[] => {
    const size = Math.max(1, Math.round(list.length * share));
    return Array.from({ length: size }, (_, index) => {
      // The list is walked through day by day, so that a year touches nearly everybody.
      const at = (day * size + index) % list.length;
      const changed = change(list[at] as T, day);
      list[at] = changed;
      return changed;
    });
  };
  await put(store, 'users', run.id, turn(company.users, changeUser));
  await put(store, 'scim-users', run.id, turn(company.accounts, changeAccount));
  const group = company.members[day % company.members.length];
  const newcomer = company.users[(day * 31) % company.users.length];
  if (group && newcomer) {
    group.userIds = [...group.userIds.slice(1), newcomer.id];
    await put(store, 'group-members', run.id, [group]);
  }
  for (let step = 0; step < people.length / 5000; step += 1) {
    const index = (day * 101 + step * 17) % people.length;
    const state = people[index];
    if (!state || state.scimId === null) continue;
    const isBroken = broken.delete(index);
    if (!isBroken) broken.set(index, day);
    people[index] = { ...state, target: isBroken ? 'active' : 'inactive' };
  }
  await evaluate(store, run.id, growing, day);
  for (const source of ['users', 'scim-users', 'groups'] as const) {
    await store.runs.saveSource(run.id, {
      source,
      status: 'complete',
      ...{ items: 0, pages: 0, requests: 0, throttledMs: 0, malformed: 0, from: null, to: null, failure: null },
      startedAt: runTime(day),
      endedAt: runTime(day),
    });
  }
  await store.runs.finish(run.id, runTime(day));
};
