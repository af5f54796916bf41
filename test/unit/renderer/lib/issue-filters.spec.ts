import { expect, test } from 'vitest';
import { issueFilterOf, namedViewOf, viewFilterOf } from '../../../../src-renderer/lib/address/issue-filters.ts';
import { skipSentence, whatWord } from '../../../../src-renderer/lib/issue-words.ts';

test('an address says which issues are wanted; words that nobody knows are dropped', () => {
  expect(issueFilterOf(new URLSearchParams('state=open,nonsense,muted&q=%20conflict%20&id=x'))).toEqual({
    state: ['open', 'muted'],
    text: 'conflict',
  });
  expect(issueFilterOf(new URLSearchParams('state=nonsense&q='))).toEqual({});
});

test('an address says which named view is wanted, and which of its rows', () => {
  expect(namedViewOf(new URLSearchParams('view=leaver-clock'))).toBe('leaver-clock');
  expect(namedViewOf(new URLSearchParams('view=nonsense'))).toBeNull();
  expect(viewFilterOf(new URLSearchParams('what=past-due,due&q=ada'))).toEqual({
    what: ['past-due', 'due'],
    text: 'ada',
  });
});

test('skips are told as people would, and an unknown word stays as it is', () => {
  const period = { from: '', to: '' };
  expect(skipSentence({ ...period, matter: 12, total: 48_211 })).toBe('12 of 48,211 skips of the last 30 days matter.');
  expect(skipSentence({ ...period, matter: 1, total: 2 })).toBe('1 of 2 skips of the last 30 days matters.');
  expect(skipSentence({ ...period, matter: 0, total: 0 })).toContain('as far as the log was collected');
  expect(whatWord('something-new')).toEqual({ title: 'something-new', tone: 'neutral' });
});
