import type { Finding } from '../../src-main/contract/models/finding.ts';
import type { SourceName } from '../../src-main/contract/models/run.ts';
import type { Candidate } from '../../src-main/core/cross-check/findings.ts';
import { settleFindings } from '../../src-main/core/cross-check/settle-findings.ts';
import type { HistoryStore, PersonState, SnapshotItems, SnapshotName } from '../../src-main/services/ports.ts';

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
const createRandom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** Full copies of all lists, by id. */
export type Lists = { [N in SnapshotName]: Map<string, SnapshotItems[N]> };

/** One run with a full copy of everything that it knew. */
export interface CopiedRun {
  id: string;
  at: string;
  lists: Lists;
  findings: Finding[];
  people: PersonState[];
}

const names = ['Mara Quill', 'Zoë Brandt', 'anton Nord', 'Ada Silva', null];
const words = ['Design', 'Sales', null];

/** Somebody who is in every list, beside the random people: who, and the account that is theirs. */
export interface Included {
  user: SnapshotItems['users'];
  account: SnapshotItems['scim-users'];
}

/** Few values, so that things change back; few objects, so that they leave and return. */
export class RandomHistory {
  readonly runs: CopiedRun[] = [];
  #included: Included | null = null;
  #random: () => number;
  #store: HistoryStore;
  #world: Lists = {
    users: new Map(),
    'deleted-users': new Map(),
    groups: new Map(),
    'group-members': new Map(),
    assignments: new Map(),
    'scim-users': new Map(),
    'scim-groups': new Map(),
  };

  constructor(store: HistoryStore, seed: number) {
    this.#store = store;
    this.#random = createRandom(seed);
  }

  chance(share: number): boolean {
    return this.#random() < share;
  }

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.#random() * list.length)] as T;
  }

  some<T>(list: readonly T[]): T[] {
    return list.filter(() => this.chance(0.5));
  }

  include(included: Included): void {
    this.#included = included;
  }

  /** One more run: the world changes, most lists are read, the evaluation is stored. `from`: start of the first run. */
  async run(from = '2026-11-01T06:00:00Z'): Promise<CopiedRun> {
    const number = this.runs.length;
    const startedAt = new Date(Date.parse(from) + number * 20 * 3_600_000).toISOString();
    const at = new Date(Date.parse(startedAt) + 600_000).toISOString();
    const { id } = await this.#store.runs.start(startedAt);
    this.#changeWorld();
    const before = this.runs.at(-1)?.lists ?? null;
    const lists = {} as Lists;
    for (const name of Object.keys(this.#world) as SnapshotName[]) await this.#read(name, id, before, lists, at);
    if (this.chance(0.7)) {
      await this.#store.snapshots.saveDocument('jobs', null, JSON.stringify([number % 2]), id);
      await this.#report(id, 'jobs', true, at);
    }
    await this.#store.runs.finish(id, at);
    const people = this.#people(lists);
    const findings = this.#findings(lists, at);
    await this.#store.findings.saveEvaluation({ runId: id, at, people, findings, notEvaluated: [] });
    const copy = { id, at, lists, people, findings: await this.#store.findings.previous() };
    this.runs.push(copy);
    return copy;
  }

  #changeWorld(): void {
    const world = this.#world;
    for (const index of [0, 1, 2, 3, 4]) {
      const id = `user-${String(index)}`;
      const account = `account-${String(index)}`;
      if (this.chance(0.4)) this.#changeUser(id);
      if (this.chance(0.4)) this.#changeAccount(account);
    }
    if (this.#included) this.#changeIncluded(this.#included);
    for (const id of ['group-0', 'group-1']) {
      if (this.chance(0.5)) {
        world.groups.set(id, {
          id,
          displayName: this.pick(['Sales', 'Design']),
          mail: null,
          securityEnabled: this.chance(0.8),
          groupTypes: this.some(['Unified', 'DynamicMembership']),
          createdAt: null,
          attributes: {},
        });
        world['group-members'].set(id, {
          groupId: id,
          userIds: this.some([...world.users.keys()]).sort(),
          groupIds: this.some(['group-0', 'group-1']).sort(),
        });
        world['scim-groups'].set(`t-${id}`, {
          id: `t-${id}`,
          displayName: this.pick(['Sales', 'Design']),
          externalId: this.pick([id, null]),
          createdAt: null,
          lastModifiedAt: null,
          memberIds: this.some([...world['scim-users'].keys()]).sort(),
        });
        world.assignments.set(`a-${id}`, {
          id: `a-${id}`,
          principalId: id,
          principalType: 'Group',
          principalName: this.pick(['Sales', 'Design']),
          appRoleId: this.pick(['role-1', 'role-2']),
          createdAt: null,
        });
      } else if (this.chance(0.3)) {
        for (const list of [world.groups, world['group-members']]) list.delete(id);
        world['scim-groups'].delete(`t-${id}`);
        world.assignments.delete(`a-${id}`);
      }
    }
  }

  #changeIncluded({ user, account }: Included): void {
    const { users, 'deleted-users': deleted, 'scim-users': accounts, assignments } = this.#world;
    const changed = { ...user, attributes: { ...user.attributes, department: this.pick(words) } };
    users.delete(user.id);
    deleted.delete(user.id);
    if (this.chance(0.8)) users.set(user.id, changed);
    else deleted.set(user.id, { ...changed, deletedAt: '2026-11-01T00:00:00Z' });
    accounts.set(account.id, { ...account, active: this.pick([true, false]) });
    assignments.set(`a-${user.id}`, {
      id: `a-${user.id}`,
      principalId: user.id,
      principalType: 'User',
      principalName: user.displayName,
      appRoleId: this.pick(['role-1', 'role-2']),
      createdAt: null,
    });
  }

  #changeUser(id: string): void {
    const { users, 'deleted-users': deleted } = this.#world;
    const user = {
      id,
      userPrincipalName: this.pick([`${id}@demo.example`, `${id}.new@demo.example`]),
      mail: null,
      displayName: this.pick(names),
      accountEnabled: this.pick([true, false, null]),
      createdAt: '2026-01-01T00:00:00Z',
      deletedAt: null,
      attributes: { department: this.pick(words), ...(this.chance(0.9) ? { city: this.pick(words) } : {}) },
    };
    users.delete(id);
    deleted.delete(id);
    if (this.chance(0.75)) users.set(id, user);
    else if (this.chance(0.6)) deleted.set(id, { ...user, deletedAt: '2026-11-01T00:00:00Z' });
  }

  #changeAccount(id: string): void {
    const accounts = this.#world['scim-users'];
    accounts.delete(id);
    if (this.chance(0.2)) return;
    accounts.set(id, {
      id,
      userName: this.pick([`${id}@demo.example`, `${id}.old@demo.example`]),
      externalId: this.pick(['one', null]),
      active: this.pick([true, false, null]),
      displayName: this.pick(names),
      attributes: { 'name.familyName': this.pick(words), userName: 'left out' },
      createdAt: null,
      lastModifiedAt: this.pick(['2026-02-01T00:00:00Z', '2026-03-01T00:00:00Z']),
    });
  }

  /** Whole, by what changed, or not at all: then the list stays as an earlier run left it. */
  async #read<N extends SnapshotName>(
    name: N,
    runId: string,
    before: Lists | null,
    lists: Lists,
    at: string,
  ): Promise<void> {
    const { snapshots } = this.#store;
    const world = this.#world[name] as Map<string, SnapshotItems[N]>;
    const known = before?.[name] as Map<string, SnapshotItems[N]> | undefined;
    const isRead = known === undefined || this.chance(0.85);
    if (isRead) {
      const isFull = known === undefined || this.chance(0.5);
      await snapshots.begin(name);
      const staged = isFull ? [...world] : [...world].filter(([id, item]) => known.get(id) !== item);
      await snapshots.stage(
        name,
        staged.map(([, item]) => item),
      );
      if (!isFull) {
        await snapshots.stageRemoved(
          name,
          [...known.keys()].filter((id) => !world.has(id)),
        );
      }
      await snapshots.apply(name, { runId, full: isFull });
    }
    (lists[name] as Map<string, SnapshotItems[N]>) = new Map(isRead ? world : known);
    if (name !== 'group-members') await this.#report(runId, name, isRead, at);
  }

  #report(runId: string, source: SourceName, isRead: boolean, at: string): Promise<void> {
    return this.#store.runs.saveSource(runId, {
      source,
      status: isRead ? 'complete' : 'failed',
      ...{ items: 0, pages: 0, requests: 0, throttledMs: 0, malformed: 0, from: null, to: null, failure: null },
      startedAt: at,
      endedAt: at,
    });
  }

  #people(lists: Lists): PersonState[] {
    const accounts = [...lists['scim-users'].keys()];
    const taken = new Set<string>();
    const users = [...lists.users.keys(), ...lists['deleted-users'].keys()];
    const people = [...new Set(users)].map((id): PersonState => {
      const own = this.#included;
      const free = accounts.filter(
        (account) => !taken.has(account) && (account === own?.account.id) === (id === own?.user.id),
      );
      const scimId = free.length > 0 && (id === own?.user.id || this.chance(0.6)) ? this.pick(free) : null;
      if (scimId !== null) taken.add(scimId);
      return {
        id,
        entraId: id,
        scimId,
        joinedBy: scimId === null ? null : this.pick(['link', 'match-value'] as const),
        source: this.pick(['in-scope', 'disabled', 'not-entitled'] as const),
        target: scimId === null ? 'absent' : this.pick(['active', 'inactive'] as const),
      };
    });
    for (const id of accounts) {
      if (taken.has(id)) continue;
      people.push({ id: `scim:${id}`, entraId: null, scimId: id, joinedBy: null, source: 'none', target: 'active' });
    }
    return people;
  }

  #findings(lists: Lists, at: string): Finding[] {
    const candidates: Candidate[] = [];
    for (const user of lists.users.values()) {
      if (!this.chance(0.6)) continue;
      candidates.push({
        id: `finding-${user.id}`,
        kind: 'attribute-drift',
        state: this.pick(['open', 'pending'] as const),
        subject: { type: 'user', entraId: user.id, scimId: null, name: user.displayName ?? user.id },
        attribute: 'userName',
        difference: 'value',
        expected: user.userPrincipalName,
        actual: this.pick(['one', 'two']),
        related: this.#related(user.id),
        assumed: [],
        evidence: [],
      });
    }
    const previous = this.runs.at(-1)?.findings ?? [];
    return settleFindings(candidates, previous, { at, isDecided: () => this.chance(0.7) });
  }

  /** The included person is named in the findings of one other. */
  #related(id: string): Finding['related'] {
    const own = this.#included;
    return own === null || id !== 'user-0'
      ? []
      : [{ type: 'user', entraId: own.user.id, scimId: own.account.id, name: own.user.displayName ?? own.user.id }];
  }
}
