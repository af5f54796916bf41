import type { BlameResult, Suspect } from '../../src-main/contract/models/blame.ts';
import type { ConfigurationChange } from '../../src-main/contract/models/configuration-change.ts';
import type { HourRows, JobHealth, PastExecution } from '../../src-main/contract/models/job-health.ts';
import type { JobStatus, QuarantineStep } from '../../src-main/contract/models/job-status.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const iso = (ms: number): string => new Date(ms).toISOString();

/** A job of which some entries fail, as `status` and `health` show it. */
export const fakeJob = (nowMs: number): JobStatus => ({
  id: 'customappsso.0001',
  state: 'escrows',
  title: 'Entries failing',
  sentence: 'Runs every 40 min, but 12 entries fail again and again; the oldest since 18 November.',
  actor: 'entra-admin',
  steps: ['Open the failing rows of the provisioning log, and put the most frequent error right first.'],
  intervalMs: 2_400_000,
  nextExpectedAt: iso(nowMs + 12 * 60_000),
  forecast: {
    level: 'far',
    failed: 12,
    share: 0.24,
    threshold: 40_000,
    perDay: 1.5,
    reachedAt: null,
    sentence:
      '12 entries fail, 24 % of what the last cycle had to write; the next limit is the 40,000 at which Entra quarantines a job whatever the share. That grows by about 2 a day.',
  },
  lastExecution: {
    state: 'Succeeded',
    startedAt: iso(nowMs - 28 * 60_000),
    endedAt: iso(nowMs - 27 * 60_000),
    imported: 214,
    entitled: 211,
    exported: 37,
    escrowed: 12,
    errorCode: null,
    errorMessage: null,
  },
});

/** The same job in quarantine: every part of the ladder. */
export const fakeQuarantinedJob = (nowMs: number): JobStatus => {
  const since = nowMs - 6 * dayMs;
  const step = (at: number, title: string, text: string, state: QuarantineStep['state']): QuarantineStep => ({
    at: iso(at),
    title,
    text,
    state,
  });
  const { forecast: _, ...job } = fakeJob(nowMs);
  return {
    ...job,
    state: 'quarantined',
    title: 'Quarantined',
    sentence: 'Quarantined since 17 November: UNIFI refused the credentials; Entra tries again tomorrow.',
    steps: ['Have a new secret token made in UNIFI, and enter it in the provisioning settings in Entra.', 'Restart.'],
    since: iso(since),
    nextExpectedAt: iso(nowMs + 9 * hourMs),
    quarantine: {
      reason: 'EncounteredQuarantineException',
      title: 'Credentials refused',
      meaning: 'UNIFI refused the credentials',
      message: 'We received this unexpected response from your application: StatusCode: Unauthorized.',
      errorCode: 'SystemForCrossDomainIdentityManagementCredentialValidationFailure',
      errorMeaning: 'The saved secret token was refused when Entra tested it.',
      since: iso(since),
      lastAttempt: iso(nowMs - 15 * hourMs),
      attempts: 7,
      nextAttempt: iso(nowMs + 9 * hourMs),
      disabledAfter: iso(since + 28 * dayMs),
      daysLeft: 22,
      ladder: [
        step(since, 'Quarantined', 'Entra stopped working normally on this job.', 'past'),
        step(nowMs - 15 * hourMs, 'Tried again', 'Entra left the quarantine in force 7 times.', 'past'),
        step(nowMs + 9 * hourMs, 'Next attempt', 'A cycle that works lifts the quarantine.', 'next'),
        step(since + 28 * dayMs, 'Disabled', 'After 28 days Entra disables the job.', 'coming'),
      ],
    },
  };
};

const hoursOf = (nowMs: number): HourRows[] =>
  Array.from({ length: 7 * 24 }, (_, index) => {
    const at = Math.floor(nowMs / hourMs) * hourMs - (7 * 24 - index) * hourMs;
    const isDay = new Date(at).getUTCHours() > 6 && new Date(at).getUTCHours() < 19;
    const rows = isDay ? 20 + ((index * 7) % 23) : (index * 3) % 6;
    return { at: iso(at), rows, failures: index > 130 && isDay ? 9 : index % 5 === 0 ? 1 : 0, covered: index !== 60 };
  });

const executionsOf = (nowMs: number): PastExecution[] =>
  Array.from({ length: 20 }, (_, index) => {
    const startedAt = nowMs - 28 * 60_000 - (19 - index) * 12 * hourMs;
    return {
      startedAt: iso(startedAt),
      endedAt: iso(startedAt + 60_000),
      state: index % 6 === 0 ? 'EntryLevelErrors' : 'Succeeded',
      exports: 50,
      exported: 38,
      escrowed: 4 + Math.floor(index / 2),
    };
  });

const changesOf = (nowMs: number): ConfigurationChange[] => [
  {
    id: 'Directory_1',
    kind: 'mapping',
    from: iso(nowMs - 26 * hourMs),
    to: iso(nowMs - 26 * hourMs),
    by: 'admin@example.com',
    title: 'Mappings changed',
    details: [
      'displayName of users is now written from Join(", ", [surname], [givenName]); before, it was Join(" ", [givenName], [surname]).',
    ],
    schema: [
      {
        kind: 'expression-changed',
        object: 'users',
        attribute: 'displayName',
        before: 'Join(" ", [givenName], [surname])',
        after: 'Join(", ", [surname], [givenName])',
        sentence:
          'displayName of users is now written from Join(", ", [surname], [givenName]); before, it was Join(" ", [givenName], [surname]).',
      },
    ],
  },
  {
    id: 'assignments',
    kind: 'assignments',
    from: iso(nowMs - 50 * hourMs),
    to: iso(nowMs - 38 * hourMs),
    by: null,
    title: '3 assignments added, 1 removed',
    details: ['Assigned to the application: Design, BIM and 1 more.', 'No longer assigned: Visualisation.'],
    schema: [],
  },
];

/** Everything of the view "Job health" has something to show. */
export const fakeJobHealth = (nowMs: number, options: { job: JobStatus | null; nothing: boolean }): JobHealth => {
  if (options.nothing) {
    return {
      now: iso(nowMs),
      readAt: null,
      job: null,
      cadence: null,
      hours: [],
      executions: [],
      settings: [],
      changes: [],
    };
  }
  return {
    now: iso(nowMs),
    readAt: options.job === null ? null : iso(nowMs - 12 * 60_000),
    job: options.job,
    cadence: {
      intervalMs: 2_400_000,
      intervalFrom: 'schedule',
      measured: 0,
      days: 27,
      rowsPerCycle: 8,
      weekdays: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, rows: weekday > 5 ? 40 : 240 + weekday, days: 4 })),
      usualQuietMs: 5 * hourMs,
      longestQuietMs: 9 * hourMs,
      quietSince: iso(nowMs - 27 * 60_000),
      quietLimitMs: 6 * hourMs,
      sentence:
        'A cycle begins every 40 minutes, as the schedule says. Over 27 collected days the log was without a row for longer than 5 hours only 2 % of the time.',
    },
    hours: hoursOf(nowMs),
    executions: executionsOf(nowMs),
    settings: [
      {
        id: 'scope',
        title: 'Who is in scope',
        value: 'assigned only',
        meaning: 'Only assigned people, and direct members of assigned groups, are in scope.',
        notable: false,
      },
      {
        id: 'skip-removals',
        title: 'Those who leave',
        value: 'kept',
        meaning: 'Those who leave the scope keep their account in UNIFI: nobody is deactivated.',
        notable: true,
      },
      {
        id: 'notification',
        title: 'Mail about trouble',
        value: null,
        meaning: 'It could not be read, so that nothing can be said about it.',
        notable: true,
      },
    ],
    changes: changesOf(nowMs),
  };
};

/** A jump in failures with a likely and a possible suspect. */
export const fakeBlame = (nowMs: number, { nothing }: { nothing: boolean }): BlameResult => {
  const [mapping, assignments] = changesOf(nowMs) as [ConfigurationChange, ConfigurationChange];
  const suspects: Suspect[] = [
    {
      change: mapping,
      likelihood: 'likely',
      reasons: [
        'It concerns "displayName", which the failing rows name.',
        'It was made 20 minutes before.',
        'After a change of the mappings Entra writes everybody again, and what UNIFI refuses fails at once.',
      ],
    },
    {
      change: assignments,
      likelihood: 'possible',
      reasons: ['It was made between two collections, 12 hours before at the latest.'],
    },
  ];
  return {
    now: iso(nowMs),
    from: iso(nowMs - 28 * dayMs),
    to: iso(nowMs),
    jumps: nothing
      ? []
      : [
          {
            measure: 'failures',
            startedAt: iso(nowMs - 25 * hourMs),
            after: null,
            endedAt: null,
            highest: 214,
            usual: 12,
            limit: 26,
            sentence:
              'From 22 November at 19:00 UTC on up to 214 rows of the log a day say that something failed, where 12 a day are usual. It goes on.',
            parts: [
              {
                id: 'SystemForCrossDomainIdentityManagementBadRequest.1',
                title: 'UNIFI refused the request as invalid.',
                reason: 'displayName must not contain a comma',
                count: 201,
                before: 0,
              },
            ],
            suspects,
          },
        ],
    notJudged: nothing
      ? ['Failures and skips cannot be judged yet: that takes eight collected days of log, and there are 0.']
      : [],
  };
};
