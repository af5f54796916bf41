import { render } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import type { SourceAge } from '../../../../src-main/contract/models/investigation.ts';
import LiveAges from '../../../../src-renderer/components/LiveAges.svelte';

const now = Date.parse('2026-11-23T12:00:00Z');
const age = (changes: Partial<SourceAge>): SourceAge => ({
  source: 'users',
  readAt: '2026-11-23T10:00:00Z',
  isLive: false,
  part: null,
  failure: null,
  ...changes,
});
const textOf = (changes: Partial<SourceAge>): string =>
  render(LiveAges, { look: { requests: 7, ages: [age(changes)] }, now }).container.querySelector('td')?.textContent ??
  '';

test('an answer ages while it is shown', () => {
  expect(textOf({ isLive: true, readAt: '2026-11-23T12:00:00Z' })).toContain('Asked just now');
  expect(textOf({ isLive: true, readAt: '2026-11-23T11:20:00Z' })).toContain('Asked 40 min ago');
});

test('a part that was read is told beside the age of the rest, and a failure with what is shown instead', () => {
  const part = 'Direct memberships were read just now.';
  expect(textOf({ source: 'groups', part })).toMatch(/the rest from the collection 2 h ago.*Direct memberships/su);
  expect(textOf({ failure: 'Refused.' })).toMatch(/from the collection 2 h ago.*Refused\./su);
  expect(textOf({ readAt: null, part, failure: 'Refused.' })).toMatch(/Never read whole.*Direct.*Refused\./su);
});
