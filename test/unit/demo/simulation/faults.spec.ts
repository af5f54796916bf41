import { describe, expect, test } from 'vitest';
import { findingKinds } from '../../../../src-main/contract/models/finding.ts';
import { openSharedWorld, openWorld, rowsOf } from './open-world.ts';

/** Every cause that a single person, group or membership can have; those of the whole job are scenarios. */
const causes = (
  'A2-soft-deleted A2-not-found A7 A8-not-assigned A8-nested-group A8-not-security-enabled A8-too-recent A9 ' +
  'A10-missing A10-duplicate A11-failure A11-skipped A11-warning A11s A12-wait A12-gap A13 I1 B1 B2 B8 B10-failure ' +
  'B10-ignored B11 B13 B15 G2 G3 G4-missing G4-duplicate G5 G6 M1 M2 M3 M4 M6 M7 M8'
).split(' ');

describe('the usual company of 400 people', () => {
  const world = openSharedWorld();
  const truth = world.truth();

  test('shows every kind of finding', () => {
    expect(new Set(truth.flatMap(({ kind }) => kind ?? []))).toEqual(new Set(findingKinds));
  });

  test('shows every cause', () => {
    const shown = new Set(truth.flatMap(({ cause }) => cause ?? []));
    expect(causes.filter((cause) => !shown.has(cause))).toEqual([]);
  });

  test('shows every way in which a value can differ', () => {
    const drifts = truth.filter(({ kind, subject }) => kind === 'attribute-drift' && subject.type === 'user');
    expect(new Set(drifts.map(({ attribute }) => attribute))).toEqual(
      new Set(['userName', 'name.givenName', 'name.familyName', 'displayName', 'externalId']),
    );
  });

  test('lists each fault once', () => {
    const keys = truth.map(({ kind, subject, member, attribute }) =>
      [kind, subject.entraId ?? subject.scimId, member?.entraId, attribute].join(' '),
    );
    expect(keys.length).toBe(new Set(keys).size);
  });

  test('gives nobody two kinds of trouble', () => {
    const kinds = new Map<string, Set<string | null>>();
    for (const { subject, kind } of truth) {
      if (subject.type !== 'user' || subject.entraId === null) continue;
      const known = kinds.get(subject.entraId) ?? new Set();
      kinds.set(subject.entraId, known.add(kind));
    }
    expect([...kinds.values()].filter((known) => known.size > 1)).toEqual([]);
  });

  test('names ids that exist, on both sides', () => {
    for (const { subject, kind, cause } of truth) {
      const isGone = cause === 'A2-not-found' || cause === 'A2-soft-deleted' || kind === 'active-source-gone';
      if (subject.entraId !== null && !isGone && kind !== 'group-orphan-in-target') {
        const found =
          subject.type === 'user' ? world.directory.user(subject.entraId) : world.directory.group(subject.entraId);
        expect(found, `${String(kind)} ${String(cause)}`).not.toBeNull();
      }
      if (kind?.startsWith('active-') && subject.scimId !== null) {
        expect(world.scim.user(subject.scimId)?.['active']).toBe(true);
      }
    }
  });

  test('dates every fault before its present', () => {
    for (const { since } of truth) expect(Date.parse(since)).toBeLessThan(world.nowMs);
  });

  test('retries a failing object by the ladder: 6, 12 and 24 hours after the first failure, then daily', () => {
    const failing = truth.find(({ cause, kind }) => cause === 'A11-failure' && kind === 'missing-in-target');
    const times = rowsOf(world)
      .filter((row) => row.sourceIdentity.id === failing?.subject.entraId && row.provisioningAction === 'create')
      .map((row) => Date.parse(row.activityDateTime));
    const hours = times.map((time) => Math.round((time - (times[0] ?? 0)) / 3_600_000));
    const ladder = [0, 6, 12, 24, ...Array.from({ length: 30 }, (_, day) => 48 + 24 * day)];
    expect(hours.length).toBeGreaterThan(3);
    hours.forEach((hour, index) => {
      const planned = ladder[index] ?? 0;
      expect(hour).toBeGreaterThanOrEqual(planned);
      // Attempts wait for the next cycle.
      expect(hour).toBeLessThanOrEqual(planned + 2);
    });
  });
});

test('has no trouble at all without faults', () => {
  expect(openWorld({ people: 500, faultRate: 0 }).truth()).toEqual([]);
});

test('plants more faults of a higher rate', () => {
  const few = openWorld({ people: 1000, faultRate: 0.01 }).truth().length;
  const many = openWorld({ people: 1000, faultRate: 0.15 }).truth().length;
  expect(many).toBeGreaterThan(few * 1.4);
});

test('gives up on faults rather than on a company that is too small for all of them', () => {
  const world = openWorld({ people: 25, days: 3 });
  expect(world.truth().length).toBeGreaterThan(5);
});
