import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { AccessSeen, MembershipWay } from '../../../../src-main/contract/models/investigation.ts';
import BatchForm from '../../../../src-renderer/components/BatchForm.svelte';
import BothSides from '../../../../src-renderer/components/BothSides.svelte';
import MembershipWays from '../../../../src-renderer/components/MembershipWays.svelte';
import TicketTexts from '../../../../src-renderer/components/TicketTexts.svelte';

afterEach(() => vi.unstubAllGlobals());

describe('the ways to UNIFI', () => {
  const group = (name: string, assigned: boolean) => ({
    id: name,
    name,
    securityEnabled: true,
    dynamic: false,
    assigned,
  });
  const access = (ways: MembershipWay[], everyone = false): AccessSeen => ({
    everyone,
    ways,
    wayCount: ways.length,
    clauses: [],
  });
  const show = (seen: AccessSeen): HTMLElement => render(MembershipWays, { name: 'Ada', access: seen }).container;

  test('break at the link that ends them, and nowhere else', () => {
    const groups = [group('EMEA', false), group('Design', true)];
    const container = show(access([{ groups, broken: { link: 1, why: 'nested' } }]));
    const links = [...container.querySelectorAll('.link')].map((link) => [
      link.querySelector('.word')?.textContent,
      link.classList.contains('broken'),
    ]);
    expect(links).toEqual([
      ['member', false],
      ['nested: not read', true],
      ['assigned', false],
    ]);
  });

  test('say that nobody assigned UNIFI, or that it does not matter', () => {
    expect(show(access([])).textContent).toContain('nobody assigned it to Ada');
    expect(show(access([], true)).textContent).toContain('The job provisions everybody');
  });
});

describe('both sides', () => {
  test('say once what holds for every attribute, and mark nothing then', () => {
    const side = { expected: 'x', actual: null, agreement: 'unknown' as const, note: 'Only one side is there.' };
    const { container } = render(BothSides, {
      attributes: [
        { attribute: 'userName', ...side },
        { attribute: 'externalId', ...side },
      ],
    });
    expect(screen.getAllByText('Only one side is there.')).toHaveLength(1);
    expect(container.textContent).not.toContain('Not known');
  });

  test('say that nothing is mapped instead of showing an empty table', () => {
    render(BothSides, { attributes: [] });
    expect(screen.getByText(/No attribute is mapped/)).toBeTruthy();
  });
});

describe('the ticket', () => {
  const ticket = { text: 'plain text', markdown: '**marked**', redacted: '[name 1]' };

  test('is copied in the form that is shown', async () => {
    const writeText = vi.fn(() => Promise.resolve());
    vi.stubGlobal('navigator', { clipboard: { writeText } });
    render(TicketTexts, { ticket });
    for (const [name, text] of [
      ['Markdown', '**marked**'],
      ['Redacted', '[name 1]'],
      ['Plain', 'plain text'],
    ] as const) {
      await fireEvent.click(screen.getByRole('button', { name }));
      expect(screen.getByText(text)).toBeTruthy();
      await fireEvent.click(screen.getByRole('button', { name: 'Copy' }));
      expect(writeText).toHaveBeenLastCalledWith(text);
      expect(await screen.findByText(`${name} text copied.`)).toBeTruthy();
    }
  });

  test('says so when the browser does not allow copying', async () => {
    vi.stubGlobal('navigator', { clipboard: { writeText: () => Promise.reject(new Error('denied')) } });
    render(TicketTexts, { ticket });
    await fireEvent.click(screen.getByRole('button', { name: 'Copy' }));
    expect(await screen.findByText(/did not allow copying/)).toBeTruthy();
  });
});

describe('the form for a list', () => {
  test('gives the pasted names, and nothing while another list is under way', async () => {
    const onrun = vi.fn();
    const { container, rerender } = render(BatchForm, { running: false, onrun });
    const form = within(container);
    await fireEvent.input(form.getByRole('textbox', { name: /One person or group/ }), {
      target: { value: 'Ada\nBo\n' },
    });
    await fireEvent.click(form.getByRole('button', { name: 'Investigate 2 lines' }));
    expect(onrun).toHaveBeenCalledWith({ names: ['Ada', 'Bo'] });
    await rerender({ running: true, onrun });
    for (const button of form.getAllByRole('button')) expect((button as HTMLButtonElement).disabled).toBe(true);
  });

  test('gives a chosen file with the wanted column, byte by byte, and refuses one that is too large', async () => {
    const onrun = vi.fn();
    const { container } = render(BatchForm, { running: false, onrun });
    const chooser = container.querySelector<HTMLInputElement>('input[type=file]');
    if (!chooser) throw new Error('There is no chooser.');
    const choose = async (file: File): Promise<void> => {
      Object.defineProperty(chooser, 'files', { value: [file], configurable: true });
      await fireEvent.change(chooser);
    };
    await fireEvent.input(screen.getByRole('textbox', { name: 'Column' }), { target: { value: ' upn ' } });
    await choose(new File([new Uint8Array([0xef, 0xbb, 0xbf, 0xff])], 'people.csv'));
    const file = { name: 'people.csv', base64: '77u//w==', column: 'upn' };
    await vi.waitFor(() => expect(onrun).toHaveBeenCalledWith({ file }));
    await choose(new File([new Uint8Array(700_001)], 'huge.csv'));
    expect(await screen.findByText(/The list huge\.csv is too large/)).toBeTruthy();
    expect(onrun).toHaveBeenCalledTimes(1);
  });
});
