import { describe, expect, test } from 'vitest';
import { assessJobHealth } from '../../../../src-main/core/health/assess-job-health.ts';
import { describeSettings } from '../../../../src-main/core/health/describe-settings.ts';
import { estimateInitialCycle } from '../../../../src-main/core/health/estimate-initial-cycle.ts';
import { explainQuarantine } from '../../../../src-main/core/health/explain-quarantine.ts';
import { forecastQuarantine } from '../../../../src-main/core/health/forecast-quarantine.ts';
import { dayMs, execution, hourMs, iso, job, minuteMs, nowMs, reading, sources } from './small-job.ts';

describe('the forecast of a quarantine', () => {
  const failing = (escrowed: number, exports: number, exported = exports - escrowed) =>
    execution({ state: 'EntryLevelErrors', countEscrowed: escrowed, countExports: exports, countExported: exported });
  /** Failing entries over the last days, one reading a day, the newest last. */
  const past = (...escrowed: number[]) =>
    escrowed.map((count, index) =>
      reading(nowMs - (escrowed.length - index) * dayMs, { escrowed: count, exports: 100_000 }),
    );

  test('is far where little fails, and does not know the pace from a single cycle', () => {
    expect(forecastQuarantine(failing(12, 50), [], nowMs)).toMatchObject({
      level: 'far',
      share: 0.24,
      threshold: 40_000,
      perDay: null,
      reachedAt: null,
    });
    expect(forecastQuarantine(execution(), [], nowMs).sentence).toMatch(/^No entry fails; /u);
  });

  test('counts to 5,000 while more than 40 % fail, and to 40,000 otherwise', () => {
    expect(forecastQuarantine(failing(2_600, 6_000), [], nowMs)).toMatchObject({ level: 'near', threshold: 5_000 });
    expect(forecastQuarantine(failing(2_600, 60_000), [], nowMs)).toMatchObject({ level: 'far', threshold: 40_000 });
    expect(forecastQuarantine(failing(5_000, 6_000), [], nowMs).level).toBe('reached');
    expect(forecastQuarantine(failing(40_001, 900_000), [], nowMs).level).toBe('reached');
  });

  test('says when the number is reached at the usual pace, whatever a single odd reading says', () => {
    const forecast = forecastQuarantine(failing(18_000, 100_000), past(10_000, 12_000, 39_000, 16_000, 18_000), nowMs);
    expect(forecast.perDay).toBeCloseTo(2_000);
    expect(forecast).toMatchObject({ level: 'near', reachedAt: expect.stringMatching(/^2026-08-2/u) });
    expect(forecast.sentence).toMatch(
      /That grows by about 2,000 a day: at this pace the number is reached about 2\d August\.$/u,
    );
  });

  test('knows that failures fall, or stay as they are', () => {
    expect(forecastQuarantine(failing(40, 100_000), past(70, 60, 50, 40), nowMs)).toMatchObject({
      level: 'far',
      reachedAt: null,
      sentence: expect.stringContaining('That falls by about 10 a day.'),
    });
    expect(forecastQuarantine(failing(40, 100_000), past(40, 40, 40, 40), nowMs).sentence).toContain('has not grown');
  });

  test('weighs the cycles of a whole day: a single retry that fails is not everything', () => {
    const day = [reading(nowMs - 5 * hourMs, { exports: 99, escrowed: 0 })];
    expect(forecastQuarantine(failing(1, 1), day, nowMs).share).toBeCloseTo(0.01);
    expect(forecastQuarantine(failing(1, 0), [], nowMs).share).toBeNull();
  });

  test('makes a running job one whose entries fail, before Entra does more', () => {
    const over = { jobId: 'unifi.job', sources, now: new Date(nowMs), logNewestAt: iso(nowMs) };
    const health = assessJobHealth({ ...over, job: job({ lastExecution: failing(25_000, 200_000) }) });
    expect(health).toMatchObject({ state: 'escrows', forecast: { level: 'near' } });
    expect(health.sentence).toContain('25,000 entries fail, 13 % of what the cycles of the last day had to write');
  });
});

describe('the estimate of an initial cycle', () => {
  const estimate = (entries: { users: number; groups: number; members: number } | null, startedAgoMs: number | null) =>
    estimateInitialCycle(job({ progress: [{ completedUnits: 4, totalUnits: 9, units: null, observedAt: null }] }), {
      entries,
      syncAll: false,
      startedMs: startedAgoMs === null ? null : nowMs - startedAgoMs,
      nowMs,
    });

  test('follows the documented rates, and is never shorter than 20 minutes', () => {
    expect(estimate({ users: 1_000, groups: 20, members: 8_980 }, hourMs)).toMatchObject({
      entries: 10_000,
      shortestMs: 100 * minuteMs,
      longestMs: 800 * minuteMs,
      earliestEnd: iso(nowMs + 40 * minuteMs),
      latestEnd: iso(nowMs + 740 * minuteMs),
      progress: { completed: 4, total: 9 },
      sentence:
        "By Microsoft's rates an initial cycle of 10,000 assigned entries takes between 100 minutes and 13 hours: it should end by 12 August at 00:20 UTC, if new accounts do not slow it down.",
    });
    expect(estimate({ users: 30, groups: 1, members: 20 }, null)).toMatchObject({
      shortestMs: 20 * minuteMs,
      longestMs: 20 * minuteMs,
      latestEnd: null,
    });
  });

  test('says when it has taken longer than that', () => {
    expect(estimate({ users: 30, groups: 1, members: 20 }, 3 * hourMs).sentence).toContain('this one has taken longer');
  });

  test('knows no rate for everyone of the directory, and none without the assignments', () => {
    const everyone = { entries: { users: 1, groups: 1, members: 1 }, syncAll: true, startedMs: null, nowMs };
    expect(estimateInitialCycle(job(), everyone)).toMatchObject({ entries: null, longestMs: null });
    expect(estimate(null, hourMs)).toMatchObject({ entries: null, sentence: expect.stringContaining('not read') });
  });

  test('stands beside the state "initial" only', () => {
    const over = { jobId: 'unifi.job', sources, now: new Date(nowMs), logNewestAt: null };
    const assigned = { users: 2_000, groups: 0, members: 0 };
    const health = assessJobHealth({ ...over, job: job({ steadyStateFirstAchievedAt: null }), assigned });
    expect(health).toMatchObject({ state: 'initial', actor: 'wait', initial: { entries: 2_000 } });
    expect(health).not.toHaveProperty('nextExpectedAt');
    expect(assessJobHealth({ ...over, job: job(), assigned })).not.toHaveProperty('initial');
  });
});

describe('how a quarantine goes on', () => {
  const began = '2026-08-08T02:00:09Z';
  const quarantine = {
    reason: 'TooManyDeletes',
    error: { code: 'None', message: 'Too many.', tenantActionable: true },
    currentBegan: '2026-08-10T02:00:11Z',
    seriesBegan: began,
    seriesCount: 4,
    nextAttempt: '2026-08-12T02:00:00Z',
  };

  test('is told from its beginning to the disabled job, with the days that are left', () => {
    const told = explainQuarantine(quarantine, nowMs);
    expect(told).toMatchObject({
      title: 'Deletion guard',
      errorCode: null,
      errorMeaning: null,
      attempts: 4,
      daysLeft: 24,
    });
    expect(told.ladder.map(({ title, state }) => [title, state])).toEqual([
      ['Quarantined', 'past'],
      ['Tried again', 'past'],
      ['Next attempt', 'next'],
      ['Disabled', 'coming'],
    ]);
    expect(told.ladder[1]?.text).toContain('It has done so 4 times.');
    expect(told.ladder[2]?.text).toContain('It is 47 hours after the last one.');
  });

  test('is over after 28 days, and an attempt in the past is told as such', () => {
    const told = explainQuarantine(quarantine, Date.parse(began) + 29 * dayMs);
    expect(told.daysLeft).toBeNull();
    expect(told.ladder.map(({ state }) => state)).toEqual(['past', 'past', 'past', 'past']);
    expect(told.ladder[2]?.text).toContain('collect again');
  });

  test('without any details has steps without times', () => {
    const told = explainQuarantine(null, nowMs);
    expect(told).toMatchObject({ title: 'No reason given', since: null, daysLeft: null, attempts: null });
    expect(told.ladder.map(({ at }) => at)).toEqual([null, null, null]);
  });

  test('has steps of its own for each reason', () => {
    const over = { jobId: 'unifi.job', sources, now: new Date(nowMs), logNewestAt: null };
    const held = assessJobHealth({ ...over, job: job({ code: 'Quarantine', quarantine }) });
    const asked = assessJobHealth({
      ...over,
      job: job({ code: 'Quarantine', quarantine: { ...quarantine, reason: 'QuarantinedOnDemand' } }),
    });
    expect(held.steps.join(' ')).toContain('staged delete');
    expect(asked.actor).toBe('microsoft');
  });
});

describe('the settings of the job', () => {
  const notice = (own: object): string =>
    JSON.stringify({ Enabled: true, DeleteThresholdEnabled: true, HumanResourcesLookaheadQueryEnabled: false, ...own });
  const facts = (settings: Parameters<typeof describeSettings>[1], own: Record<string, string> = {}) =>
    Object.fromEntries(
      describeSettings({ ...job(), settings: own }, settings).map(({ id, value, notable }) => [id, { value, notable }]),
    );

  test('are told in words, and those that can hide trouble stand out', () => {
    const usual = { SyncAll: 'false', BaseAddress: 'https://unifi.example', SyncNotificationSettings: notice({}) };
    expect(facts(usual, { QuarantineTooManyDeletesThreshold: '500' })).toEqual({
      scope: { value: 'assigned only', notable: false },
      'skip-removals': { value: 'deactivated', notable: false },
      'deletion-guard': { value: 'more than 500', notable: false },
      notification: { value: 'on', notable: false },
      interval: { value: 'every 40 minutes', notable: false },
      address: { value: 'https://unifi.example', notable: false },
    });
    const odd = {
      SyncAll: 'True',
      SkipOutOfScopeDeletions: 'True',
      SyncNotificationSettings: notice({ Enabled: false, DeleteThresholdEnabled: false }),
    };
    expect(facts(odd)).toMatchObject({
      scope: { value: 'everyone', notable: true },
      'skip-removals': { value: 'kept', notable: true },
      'deletion-guard': { value: 'off', notable: true },
      notification: { value: 'off', notable: true },
    });
  });

  test('that could not be read, or came in an unknown shape, are told as not known', () => {
    for (const settings of [null, { SyncNotificationSettings: '{"Enabled":"perhaps"' }]) {
      expect(facts(settings)).toMatchObject({
        scope: { value: null, notable: true },
        notification: { value: null, notable: true },
        'deletion-guard': { value: null, notable: true },
        address: { value: null, notable: true },
      });
    }
  });
});
