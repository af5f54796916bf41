import { describe, expect, test } from 'vitest';
import { openSharedWorld, rowsOf } from './open-world.ts';

interface User {
  id: string;
  userPrincipalName: string;
  givenName: string;
  surname: string;
  accountEnabled: boolean;
  department: string | null;
  employeeId: string | null;
  employeeType: string;
}
interface Account {
  id: string;
  userName: string;
  externalId?: string;
  active: boolean;
  displayName: string;
  name: { givenName: string; familyName: string };
}

/** An hour and the longest cycle: what changed later may still be on its way. */
const settledMs = 70 * 60_000;

describe('a company without faults', () => {
  const world = openSharedWorld({ seed: 8, people: 1500, faultRate: 0 });
  const users = Array.from(
    { length: world.directory.userCount() },
    (_, index) => world.directory.userAt(index) as unknown as User,
  );
  const accounts = Array.from(
    { length: world.scim.userCount() },
    (_, index) => world.scim.userAt(index) as unknown as Account,
  );
  const recent = new Set(world.directory.usersChangedSince(world.nowMs - settledMs).map(({ id }) => id));
  const assigned = new Set(
    world.applications.assignments(world.ids.servicePrincipalId).map((one) => String(one['principalId'])),
  );
  const entitled = new Set<string>();
  for (const group of world.directory.groups()) {
    if (!assigned.has(String(group['id'])) || group['securityEnabled'] !== true) continue;
    for (const member of world.directory.members(String(group['id']))) entitled.add(String(member['id']));
  }
  for (const id of assigned) entitled.add(id);
  const scoped = ['Design', 'BIM', 'Visualisation', 'Engineering', 'Projects'];
  const inScope = (user: User): boolean =>
    user.accountEnabled &&
    entitled.has(user.id) &&
    (scoped.includes(user.department ?? '') || user.employeeType === 'Partner');
  const userName = (user: User): string => {
    const [alias] = user.userPrincipalName.split('#EXT#@');
    return user.userPrincipalName.includes('#EXT#')
      ? (alias ?? '').replace(/_([^_]*)$/u, '@$1')
      : user.userPrincipalName;
  };
  const byName = new Map(accounts.map((account) => [account.userName.toLowerCase(), account]));

  test('has everybody in scope in UNIFI, active and with the right values', () => {
    const expected = users.filter((user) => inScope(user) && !recent.has(user.id));
    expect(expected.length).toBeGreaterThan(900);
    for (const user of expected) {
      const account = byName.get(userName(user).toLowerCase());
      expect(account, user.userPrincipalName).toMatchObject({
        userName: userName(user),
        active: true,
        name: { givenName: user.givenName, familyName: user.surname },
        displayName: `${user.givenName} ${user.surname}`,
        ...(user.employeeId === null ? {} : { externalId: user.employeeId }),
      });
    }
  });

  test('has nobody else active there', () => {
    const names = new Set(
      users.filter((user) => inScope(user) || recent.has(user.id)).map((user) => userName(user).toLowerCase()),
    );
    const recentIds = new Set(users.filter((user) => recent.has(user.id)).map((user) => user.employeeId));
    const strangers = accounts.filter(
      (account) =>
        account.active && !names.has(account.userName.toLowerCase()) && !recentIds.has(account.externalId ?? null),
    );
    expect(strangers.length).toBeLessThanOrEqual(recent.size);
    expect(recent.size).toBeLessThan(30);
  });

  test('lives: people come, leave, return and are removed for good', () => {
    const activities = new Set(world.directory.audits().map((event) => event['activityDisplayName']));
    for (const activity of [
      'Add user',
      'Update user',
      'Delete user',
      'Restore user',
      'Hard Delete user',
      'Add member to group',
      'Remove member from group',
      'Add app role assignment grant to user',
      'Remove app role assignment from user',
    ]) {
      expect(activities).toContain(activity);
    }
  });

  test('puts the object id before the UPN of deleted people', () => {
    const deleted = world.directory.deletedUsers();
    expect(deleted.length).toBeGreaterThan(10);
    for (const user of deleted) {
      expect(String(user['userPrincipalName']).startsWith(String(user['id']).replaceAll('-', ''))).toBe(true);
      expect(world.directory.user(String(user['id']))).toBeNull();
    }
  });

  test('runs a cycle every 40 minutes, none longer than eight minutes', () => {
    const cycles = new Map<string, number[]>();
    for (const row of rowsOf(world)) {
      const times = cycles.get(row.cycleId) ?? [];
      times.push(Date.parse(row.activityDateTime));
      cycles.set(row.cycleId, times);
    }
    const starts = [...cycles.values()].map((times) => Math.min(...times));
    for (const times of cycles.values()) expect(Math.max(...times) - Math.min(...times)).toBeLessThan(8 * 60_000);
    for (let index = 1; index < starts.length; index += 1) {
      const minutes = ((starts[index] ?? 0) - (starts[index - 1] ?? 0)) / 60_000;
      expect(Math.round(minutes) % 40).toBeLessThanOrEqual(1);
    }
  });

  test('has groups of every kind, and members in UNIFI for those that are in scope', () => {
    const groups = world.directory.groups();
    expect(groups.some((group) => (group['groupTypes'] as string[]).includes('DynamicMembership'))).toBe(true);
    expect(groups.some((group) => group['securityEnabled'] === false)).toBe(true);
    const design = world.scim.findGroups('displayName', 'design (ALL)')[0];
    expect((design?.['members'] as unknown[]).length).toBeGreaterThan(100);
    expect(world.scim.findGroups('displayName', 'Tmp competition team')).toEqual([]);
  });

  test('serves credentials among the job settings, for a client that has to drop them', () => {
    const secrets = world.applications.secrets(world.ids.jobId) ?? [];
    expect(secrets.find(({ key }) => key === 'SecretToken')?.value).toMatch(/^canary-[0-9a-f]{32}$/u);
    world.setScimBaseUrl('http://127.0.0.1:9/scim/v2/');
    expect(world.applications.secrets(world.ids.jobId)).toContainEqual({
      key: 'BaseAddress',
      value: 'http://127.0.0.1:9/scim/v2/',
    });
    expect(JSON.stringify(world.scim.userAt(0))).toContain('http://127.0.0.1:9/scim/v2/Users/');
  });

  test('has a test application beside UNIFI, and others', () => {
    const names = world.applications.servicePrincipals().map((one) => one['displayName']);
    expect(names).toEqual(expect.arrayContaining(['UNIFI', 'UNIFI (test)', 'Time sheets']));
  });
});
