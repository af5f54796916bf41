import { fireEvent, render, screen } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import Facets from '../../../../src-renderer/components/Facets.svelte';

const group = { name: 'status', title: 'Status', selected: ['failure'], word: (value: string) => value.toUpperCase() };
const facets = [
  {
    name: 'status',
    values: [
      { value: 'failure', count: 12 },
      { value: 'success', count: 34_567 },
    ],
  },
];

describe('Facets', () => {
  test('show every value with its count, and which are chosen', () => {
    render(Facets, { groups: [group], facets, loading: false, onchange: () => undefined });
    expect(screen.getByText('34,567')).toBeTruthy();
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: /FAILURE/ }).checked).toBe(true);
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: /SUCCESS/ }).checked).toBe(false);
  });

  test('tell the whole new choice', async () => {
    const changes: [string, string[]][] = [];
    render(Facets, { groups: [group], facets, loading: false, onchange: (...change) => changes.push(change) });
    await fireEvent.click(screen.getByRole('checkbox', { name: /SUCCESS/ }));
    await fireEvent.click(screen.getByRole('checkbox', { name: /FAILURE/ }));
    expect(changes).toEqual([
      ['status', ['failure', 'success']],
      ['status', []],
    ]);
  });

  test('keep a chosen value in sight when nothing has it any more', () => {
    render(Facets, {
      groups: [group],
      facets: [{ name: 'status', values: [] }],
      loading: false,
      onchange: () => undefined,
    });
    expect(screen.getByRole('checkbox', { name: /FAILURE 0/ })).toBeTruthy();
  });

  test('do not show counts that are still under way as zero', () => {
    render(Facets, { groups: [{ ...group, selected: [] }], facets: null, loading: true, onchange: () => undefined });
    expect(screen.getByText('Counting…')).toBeTruthy();
  });
});
