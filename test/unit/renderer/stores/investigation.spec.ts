import { expect, test, vi } from 'vitest';
import type { Api } from '../../../../src-main/contract/api.ts';
import type { Activity } from '../../../../src-renderer/stores/activity.svelte.ts';
import { InvestigationOf } from '../../../../src-renderer/stores/investigation.svelte.ts';

const question = { who: 'mara@contoso.example', member: null, asOf: null };
const activity = { run: (_about: unknown, work: (callId: string) => unknown) => work('call') } as unknown as Activity;
const failing = () => {
  const investigate = vi.fn((_input: object) => Promise.resolve({ ok: false, failure: { code: 'timed-out' } }));
  return { investigate, asked: new InvestigationOf({ investigate } as unknown as Api) };
};

test('what failed is tried again: a look is a look, an answer of the history one of the history', async () => {
  const { investigate, asked } = failing();
  asked.load('contoso', question);
  await asked.look('contoso', question.who, activity);
  await asked.tryAgain();
  expect(investigate.mock.calls.map(([input]) => 'live' in input)).toEqual([false, true, true]);

  asked.load('contoso', { ...question, who: 'tom@contoso.example' });
  await asked.tryAgain();
  expect(investigate.mock.calls.slice(3).map(([input]) => input)).toEqual([
    { connection: 'contoso', who: 'tom@contoso.example' },
    { connection: 'contoso', who: 'tom@contoso.example' },
  ]);
});
