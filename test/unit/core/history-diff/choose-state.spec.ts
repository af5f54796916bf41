import { describe, expect, test } from 'vitest';
import { chooseState, type ChoiceContext, type RunMark } from '../../../../src-main/core/history-diff/choose-state.ts';
import { isAppError } from '../../../../src-main/core/app-error.ts';
import type { Failure } from '../../../../src-main/contract/failure.ts';

const mark = (id: string, day: string, collected = true): RunMark => ({
  id,
  startedAt: `2026-11-${day}T08:00:00.000Z`,
  endedAt: `2026-11-${day}T08:10:00.000Z`,
  at: `2026-11-${day}T08:10:00.000Z`,
  collected,
});

const context: ChoiceContext = {
  marks: [mark('1', '01'), mark('2', '03'), mark('3', '04', false), mark('4', '10')],
  gaps: [{ from: '2026-11-05T00:00:00.000Z', to: '2026-11-06T00:00:00.000Z' }],
  nowMs: Date.parse('2026-11-12T09:00:00Z'),
  field: 'asOf',
};
const choose = (choice: string, own: Partial<ChoiceContext> = {}): { id: string; notes: string[] } => {
  const { mark: found, notes } = chooseState(choice, { ...context, ...own });
  return { id: found.id, notes };
};
const refused = (choice: string, own: Partial<ChoiceContext> = {}): Failure => {
  try {
    choose(choice, own);
  } catch (error) {
    if (isAppError(error)) return error.failure;
    throw error;
  }
  throw new Error('it was not refused');
};

describe('a case file of a period', () => {
  const period = { ...context, marks: context.marks.map((one) => (one.id === '1' ? { ...one, held: false } : one)) };

  test('begins with the first state that it holds', () => {
    expect(choose('first', period).id).toBe('2');
    expect(choose('2026-11-03', period).id).toBe('2');
  });

  test('refuses a state before it by name, by id as by date', () => {
    for (const choice of ['1', '2026-11-02']) {
      expect(refused(choice, period)).toMatchObject({
        code: 'run-unknown',
        message: expect.stringContaining('before the period of this case file'),
      });
    }
  });
});

describe('the run that is meant', () => {
  test('by id, and by words, which pass over a run that collected nothing', () => {
    expect(choose('2')).toEqual({ id: '2', notes: [] });
    expect(choose('first').id).toBe('1');
    expect(choose('previous').id).toBe('2');
    expect(choose('last').id).toBe('4');
    const running = { ...mark('5', '12'), endedAt: null };
    expect(choose('last', { marks: [...context.marks, running] }).id).toBe('4');
    const brokenOff = { ...mark('4', '10'), endedAt: null };
    expect(choose('previous', { marks: [...context.marks.slice(0, 3), brokenOff, mark('5', '11')] }).id).toBe('4');
  });

  test('by a date: the newest run by its end, UTC', () => {
    expect(choose('2026-11-01')).toEqual({ id: '1', notes: [] });
    expect(choose('2026-11-10')).toEqual({ id: '4', notes: [] });
    expect(choose('2026-11-03T08:10:00Z')).toEqual({ id: '2', notes: [] });
    expect(choose('2026-11-03T09:10:00+01:00').id).toBe('2');
    expect(choose('2026-11-03T08:09:59.999Z').id).toBe('1');
  });

  test('on a day without a run says so, and which one comes next', () => {
    const { id, notes } = choose('2026-11-07');
    expect(id).toBe('2');
    expect(notes).toEqual([
      'Nothing was collected on 7 November 2026. Shown is the state of run 2, 4 days earlier, on 3 November 2026 at 08:10 UTC; the next run ended on 10 November 2026 at 08:10 UTC.',
    ]);
    expect(choose('2026-11-12').notes).toEqual([
      'Nothing was collected on 12 November 2026. Shown is the state of run 4, 2 days earlier, on 10 November 2026 at 08:10 UTC.',
    ]);
  });

  test('inside a gap of the log says so', () => {
    const { notes } = choose('2026-11-05T12:00:00Z');
    expect(notes).toHaveLength(2);
    expect(notes[1]).toBe(
      'The wanted time lies in a gap of the provisioning log, from 5 November 2026 at 00:00 UTC to 6 November 2026 at 00:00 UTC: what the service did then was not collected in time.',
    );
    expect(choose('2026-11-04').notes.join(' ')).not.toContain('gap');
  });
});

describe('what is not there is named', () => {
  test('a time before the first run', () => {
    expect(refused('2026-10-31')).toMatchObject({
      code: 'run-unknown',
      message:
        '31 October 2026 lies before the first run of this history, which ended on 1 November 2026 at 08:10 UTC: what was so before is not known.',
    });
    expect(refused('2026-11-01T08:00:00Z').code).toBe('run-unknown');
  });

  test('a time in the future', () => {
    expect(refused('2026-11-13')).toMatchObject({
      code: 'input-invalid',
      message: '13 November 2026 lies in the future; it is 12 November 2026 at 09:00 UTC now.',
      fields: [{ field: 'asOf', reason: 'lies in the future' }],
    });
  });

  test('a run that is none, and one that collected nothing', () => {
    expect(refused('99')).toMatchObject({
      code: 'run-unknown',
      message: 'There is no run "99" in this history. The runs of this history have the ids 1 to 4.',
    });
    expect(refused('3').message).toBe(
      'Run 3 of 4 November 2026 at 08:00 UTC collected nothing: no source could be read in it. It has no state of its own.',
    );
    expect(refused('last', { marks: [] }).message).toBe('Nothing was collected yet.');
    expect(refused('2026-11-12', { marks: [] }).message).toBe('Nothing was collected yet.');
    expect(refused('previous', { marks: [mark('1', '01')] }).message).toContain('There is only one run');
  });

  test.each(['yesterday', '2026-02-31', '2026-13-01', '01/11/2026', '2026-11-03T08:10:00', '-1', '', '1e3', '٣'])(
    '%s, which is no state at all',
    (choice) => {
      expect(refused(choice)).toMatchObject({ code: 'input-invalid', fields: [{ field: 'asOf' }] });
    },
  );
});
