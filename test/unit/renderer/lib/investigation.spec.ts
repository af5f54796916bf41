import { describe, expect, test } from 'vitest';
import type { ScopeClauseSeen, TimelineEntry } from '../../../../src-main/contract/models/investigation.ts';
import { toneOf } from '../../../../src-renderer/lib/investigation-words.ts';
import { judgeFilters } from '../../../../src-renderer/lib/judge-filters.ts';
import { namesIn } from '../../../../src-renderer/lib/pasted-names.ts';
import { layOutAxis } from '../../../../src-renderer/lib/timeline-axis.ts';

const now = Date.parse('2026-11-23T12:00:00Z');
const entry = (kind: TimelineEntry['kind'], at: string, own: Partial<TimelineEntry> = {}): TimelineEntry => ({
  at,
  kind,
  text: '',
  ref: null,
  ...own,
});

describe('the axis', () => {
  test('goes from the earliest recent moment to now, in order, and puts what is older at its edge', () => {
    const { points, fromMs, toMs } = layOutAxis(
      [
        entry('log', '2026-11-22T12:00:00Z'),
        entry('job', '2026-11-12T12:00:00Z'),
        entry('directory', '2021-03-01T00:00:00Z'),
      ],
      now,
    );
    expect(toMs).toBe(now);
    expect(fromMs).toBeLessThan(Date.parse('2026-11-12T12:00:00Z'));
    expect(fromMs).toBeGreaterThan(Date.parse('2026-11-11T12:00:00Z'));
    const [log, job, directory] = points;
    expect(log?.x).toBeGreaterThan(job?.x ?? 1);
    expect(job?.earlier).toBe(false);
    expect(directory).toMatchObject({ x: 0, earlier: true, lane: 'directory' });
  });

  test('shows a gap as a stretch, also one that began before the axis, and none that ended before', () => {
    const { gaps, points } = layOutAxis(
      [
        entry('log', '2026-11-10T00:00:00Z'),
        entry('gap', '2026-10-01T00:00:00Z', { until: '2026-11-15T00:00:00Z' }),
        entry('gap', '2026-01-01T00:00:00Z', { until: '2026-01-09T00:00:00Z' }),
      ],
      now,
    );
    expect(points).toHaveLength(1);
    expect(gaps).toHaveLength(1);
    expect(gaps[0]?.from).toBe(0);
    expect(gaps[0]?.to).toBeGreaterThan(0.3);
  });

  test('has a day at least and eight marks at most, whatever it is given', () => {
    for (const entries of [[], [entry('log', 'never')], [entry('log', '2026-10-12T00:00:00Z')]]) {
      const { fromMs, toMs, ticks } = layOutAxis(entries, now);
      expect(toMs - fromMs).toBeGreaterThanOrEqual(86_400_000);
      expect(ticks.length).toBeGreaterThan(0);
      expect(ticks.length).toBeLessThanOrEqual(9);
      for (const { ms } of ticks) expect(ms % 86_400_000).toBe(0);
    }
  });
});

describe('scoping filters', () => {
  const clause = (filter: string, answer: ScopeClauseSeen['answer'], early = false): ScopeClauseSeen => ({
    filter,
    early,
    attribute: 'a',
    operator: 'EQUALS',
    values: [],
    seen: null,
    problem: null,
    answer,
  });

  test('pass when all their clauses do; one that fails decides before one that cannot be told', () => {
    const judged = judgeFilters([
      clause('A', 'pass'),
      clause('A', 'pass'),
      clause('B', 'pass'),
      clause('B', 'unknown'),
      clause('C', 'unknown'),
      clause('C', 'fail'),
      clause('A', 'fail', true),
    ]);
    expect(judged.map(({ filter, early, answer }) => [filter, early, answer])).toEqual([
      ['A', false, 'pass'],
      ['B', false, 'unknown'],
      ['C', false, 'fail'],
      ['A', true, 'fail'],
    ]);
  });
});

test('a pasted list gives a name a line, of a row of cells the first that holds something', () => {
  expect(namesIn('Ada\r\n\n  Bo Nord \nBrandt, Cara\r\t\tdeniz@demo.example\tOslo\n\t\n')).toEqual([
    'Ada',
    'Bo Nord',
    'Brandt, Cara',
    'deniz@demo.example',
  ]);
  expect(namesIn(' \n')).toEqual([]);
});

test('nothing is green that is not known to be right', () => {
  const verdict = { cause: null, sentence: '', actor: 'nobody' as const, steps: [] };
  expect(toneOf({ question: 'as-it-should-be', verdict: { ...verdict, certainty: 'certain' } })).toBe('good');
  expect(toneOf({ question: 'as-it-should-be', verdict: { ...verdict, certainty: 'cannot-tell' } })).toBe('warning');
  expect(toneOf({ question: 'missing', verdict: { ...verdict, certainty: 'likely' } })).toBe('danger');
  expect(toneOf({ question: 'missing', verdict: { ...verdict, actor: 'wait', certainty: 'certain' } })).toBe('warning');
});
