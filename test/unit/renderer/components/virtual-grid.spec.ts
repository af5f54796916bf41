import { fireEvent, render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import { describe, expect, test, vi } from 'vitest';
import VirtualGrid from '../../../../src-renderer/components/VirtualGrid.svelte';

interface Item {
  id: string;
  name: string;
}

const source = (count: number) => ({
  count,
  epoch: 1,
  row: (index: number): Item => ({ id: String(index), name: `Row ${String(index)}` }),
  look: () => undefined,
  range: (first: number, last: number): Promise<Item[]> =>
    Promise.resolve(
      Array.from({ length: last - first + 1 }, (_, index) => ({
        id: String(first + index),
        name: `Row ${String(first + index)}`,
      })),
    ),
});

const mount = (count: number, rows = source(count)): { opened: string[]; grid: HTMLElement } => {
  const opened: string[] = [];
  render(VirtualGrid<Item>, {
    label: 'Rows',
    rows,
    columns: [
      { id: 'name', title: 'Name', width: 200, text: ({ name }: Item) => name },
      { id: 'id', title: 'Id', width: 100, text: ({ id }: Item) => id },
    ],
    settings: { hidden: [], widths: {} },
    rowId: ({ id }: Item) => id,
    openId: null,
    onopen: ({ id }: Item) => opened.push(id),
    onsettings: () => undefined,
  });
  return { opened, grid: screen.getByRole('grid') };
};

describe('VirtualGrid', () => {
  test('tells assistive technology how many rows there are, and holds only those in sight', () => {
    const { grid } = mount(1_000_000);
    expect(grid.getAttribute('aria-rowcount')).toBe('1000001');
    expect(screen.getAllByRole('row').length).toBeLessThan(60);
  });

  test('goes to the end and back with the keyboard', async () => {
    const { grid } = mount(1_000_000);
    await fireEvent.keyDown(grid, { key: 'End' });
    expect(screen.getByText('Row 999999')).toBeTruthy();
    await fireEvent.keyDown(grid, { key: 'ArrowUp' });
    await fireEvent.keyDown(grid, { key: 'Enter' });
    await fireEvent.keyDown(grid, { key: 'Home' });
    expect(screen.getByText('Row 0')).toBeTruthy();
    expect(grid.getAttribute('aria-activedescendant')).toMatch(/-0$/);
  });

  test('does not take back a scroll that the browser has not told of yet', async () => {
    vi.useFakeTimers();
    try {
      const { grid } = mount(1_000_000);
      grid.scrollTop = 400_000;
      await fireEvent.scroll(grid);
      grid.scrollTop = 0;
      vi.advanceTimersByTime(200);
      expect(grid.scrollTop).toBe(0);
      await fireEvent.scroll(grid);
      expect(screen.getByText('Row 0')).toBeTruthy();
    } finally {
      vi.useRealTimers();
    }
  });

  test('opens the row under the keyboard', async () => {
    const { grid, opened } = mount(100);
    await fireEvent.keyDown(grid, { key: 'ArrowDown' });
    await fireEvent.keyDown(grid, { key: 'ArrowDown' });
    await fireEvent.keyDown(grid, { key: 'Enter' });
    expect(opened).toEqual(['1']);
  });

  test('opens a row that was on its way when it was asked for, unless somebody has moved on', async () => {
    const here = new SvelteMap<number, Item>();
    const { grid, opened } = mount(100, { ...source(100), row: (index: number) => here.get(index) as Item });
    await fireEvent.keyDown(grid, { key: 'End' });
    await fireEvent.keyDown(grid, { key: 'Enter' });
    await fireEvent.keyDown(grid, { key: 'ArrowUp' });
    here.set(99, { id: '99', name: 'Row 99' });
    await tick();
    expect(opened).toEqual([]);
    await fireEvent.keyDown(grid, { key: 'Enter' });
    await tick();
    expect(opened).toEqual([]);
    here.set(98, { id: '98', name: 'Row 98' });
    await tick();
    here.set(98, { id: '98', name: 'Row 98, read anew' });
    await tick();
    expect(opened).toEqual(['98']);
  });

  test('selects a stretch of rows and copies it as a table', async () => {
    const { grid } = mount(100);
    let copied = '';
    Object.defineProperty(navigator, 'clipboard', {
      configurable: true,
      value: {
        writeText: (text: string) => {
          copied = text;
          return Promise.resolve();
        },
      },
    });
    await fireEvent.keyDown(grid, { key: 'Home' });
    await fireEvent.keyDown(grid, { key: 'ArrowDown', shiftKey: true });
    await fireEvent.keyDown(grid, { key: 'c', ctrlKey: true });
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(copied).toBe('Name\tId\nRow 0\t0\nRow 1\t1');
    expect(screen.getByText('2 rows selected')).toBeTruthy();
  });
});
