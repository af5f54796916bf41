import { beforeAll, expect, test } from 'vitest';
import type { IssuePage } from '../../../src-main/contract/models/issue.ts';
import { runHere, temporaryDirectory, valueOf } from '../../support/cli.ts';

let directory: string;
const run = (...args: string[]): ReturnType<typeof runHere> => runHere([...args, '--data-dir', directory]);

beforeAll(async () => {
  directory = await temporaryDirectory();
  await run('demo', '--no-serve', '--people', '60', '--days', '12', '--seed', '7');
}, 120_000);

test(
  'issues are listed with state and trend, shown with what to do, muted and unmuted',
  { timeout: 60_000 },
  async () => {
    const [listed, json] = await Promise.all([run('issues'), run('issues', '--json')]);
    expect(listed.stdout).toMatch(/^\d+ open issues?, 0 muted, \d+ resolved\.\n/u);
    expect(listed.stdout).toMatch(/^(?:There are no|[\d,]+ of [\d,]+) skips of the last 30 days/mu);
    const id = valueOf<IssuePage>(json).rows.find(({ state }) => state === 'open')?.id ?? '';
    expect(listed.stdout).toContain(id);

    const shown = await run('issues', id);
    expect(shown.stdout).toMatch(/^What to do: /mu);
    expect(shown.stdout).toContain(`All rows: unifi-monitor logs --issue ${id}`);
    expect((await run('logs', '--issue', id, '--limit', '1')).code).toBe(0);

    expect((await run('issues', 'mute', id, '--note', 'The vendor knows.')).stdout).toMatch(
      /^muted: Muted on .* until more than \d+ are affected/u,
    );
    expect((await run('issues', '--state', 'muted')).stdout).toContain(id);
    expect((await run('issues', 'unmute', id)).stdout).toMatch(/^open: /u);
  },
);

test('what does not exist is refused with what is known', { timeout: 60_000 }, async () => {
  const [unknown, nothing, view] = await Promise.all([
    run('issues', 'No.such'),
    run('issues', 'mute'),
    run('views', 'no-such-view'),
  ]);
  expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining('There is no issue "No.such"') as string });
  expect(nothing).toMatchObject({ code: 2, stderr: expect.stringContaining('was not said') as string });
  expect(view).toMatchObject({ code: 2, stderr: expect.stringContaining('Known are: stale-link') as string });
});

test('status and logs say how many skips matter, and a view says what it lists', { timeout: 60_000 }, async () => {
  const [status, logs, leavers] = await Promise.all([
    run('status'),
    run('logs', '--limit', '1'),
    run('views', 'leaver-clock', '--what', 'past-due'),
  ]);
  expect(status.stdout).toMatch(/skips of the last 30 days/u);
  expect(logs.stdout).toMatch(/[\d,]+ of [\d,]+ skips among the rows that fit matters?\./u);
  expect(leavers.stdout).toMatch(/^Leavers and what is owed: .*past-due/u);
  expect(leavers.stdout).toContain('the account is still active');
});
