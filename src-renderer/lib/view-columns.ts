import type { NamedView, ViewRow } from '../../src-main/contract/models/named-view.ts';
import { formatTime } from './format/time.ts';
import type { GridColumn } from './grid-columns.ts';
import { owedWords, whatWord } from './issue-words.ts';
import { personSourceWords } from './words.ts';

const what: GridColumn<ViewRow> = { id: 'what', title: 'What', width: 152, text: (row) => whatWord(row.what).title };
const name: GridColumn<ViewRow> = {
  id: 'name',
  title: 'Person or group',
  width: 168,
  text: ({ subject }) => subject.name,
};
const sentence: GridColumn<ViewRow> = {
  id: 'sentence',
  title: 'What it means',
  width: 180,
  grows: true,
  yields: 9,
  text: (row) => row.sentence,
};
/** Where the other columns say it all. */
const hiddenSentence: GridColumn<ViewRow> = { ...sentence, grows: false, hiddenAtFirst: true };
const ids: GridColumn<ViewRow>[] = [
  { id: 'entraId', title: 'Entra id', width: 280, hiddenAtFirst: true, text: ({ subject }) => subject.entraId ?? '' },
  { id: 'scimId', title: 'SCIM id', width: 200, hiddenAtFirst: true, text: ({ subject }) => subject.scimId ?? '' },
];

/** A column of one view; rows of other views have nothing to show in it. */
const own = <V extends NamedView>(
  view: V,
  column: Omit<GridColumn<ViewRow>, 'text'>,
  text: (row: Extract<ViewRow, { view: V }>) => string,
): GridColumn<ViewRow> => ({
  ...column,
  text: (row) => (row.view === view ? text(row as Extract<ViewRow, { view: V }>) : ''),
});

const columns: Readonly<Record<NamedView, GridColumn<ViewRow>[]>> = {
  'stale-link': [
    what,
    name,
    own('stale-link', { id: 'targetId', title: 'Id in UNIFI', width: 140, grows: true }, ({ targetId }) => targetId),
    own('stale-link', { id: 'owner', title: 'Belongs to', width: 200, yields: 3 }, ({ owner }) => owner?.name ?? ''),
    hiddenSentence,
    own('stale-link', { id: 'at', title: 'Named last', width: 128, yields: 1 }, ({ at }) => formatTime(at)),
    ...ids,
  ],
  'silent-success': [
    what,
    name,
    own(
      'silent-success',
      { id: 'attribute', title: 'Attribute', width: 112, yields: 1 },
      ({ attribute }) => attribute ?? '',
    ),
    own(
      'silent-success',
      { id: 'written', title: 'Entra wrote', width: 128, grows: true },
      ({ written }) => written ?? '',
    ),
    own('silent-success', { id: 'actual', title: 'UNIFI has', width: 200, yields: 3 }, ({ actual }) => actual ?? ''),
    hiddenSentence,
    own('silent-success', { id: 'at', title: 'Written', width: 128 }, ({ at }) => formatTime(at)),
    ...ids,
  ],
  'phantom-updates': [
    name,
    own('phantom-updates', { id: 'attribute', title: 'Attribute', width: 128 }, ({ attribute }) => attribute),
    own('phantom-updates', { id: 'value', title: 'Entra writes', width: 160, grows: true }, ({ value }) => value),
    own(
      'phantom-updates',
      { id: 'heldBefore', title: 'Found before', width: 200, yields: 1 },
      ({ heldBefore }) => heldBefore ?? '',
    ),
    own('phantom-updates', { id: 'cycles', title: 'Cycles', width: 64, align: 'end' }, ({ cycles }) => String(cycles)),
    hiddenSentence,
    own('phantom-updates', { id: 'at', title: 'Last', width: 128 }, ({ at }) => formatTime(at)),
    ...ids,
  ],
  'leaver-clock': [
    what,
    own('leaver-clock', { id: 'days', title: 'Days', width: 64, align: 'end' }, ({ days, leftAtKnown }) =>
      days === null ? '' : `${days}${leftAtKnown ? '' : '+'}`,
    ),
    name,
    own(
      'leaver-clock',
      { id: 'left', title: 'In Entra', width: 128, yields: 2 },
      ({ left }) => personSourceWords[left],
    ),
    own('leaver-clock', { id: 'owed', title: 'Still owed', width: 108 }, ({ owed }) => owedWords[owed]),
    own('leaver-clock', { id: 'dueAt', title: 'Due', width: 128, yields: 3 }, ({ dueAt }) =>
      dueAt === null ? '' : formatTime(dueAt),
    ),
    sentence,
    own('leaver-clock', { id: 'leftAt', title: 'Left', width: 128, yields: 1 }, ({ leftAt, leftAtKnown }) =>
      leftAt === null ? '' : leftAtKnown ? formatTime(leftAt) : `before ${formatTime(leftAt, { precision: 'day' })}`,
    ),
    ...ids,
  ],
};

/** The columns of a named view's list, in their order. */
export const viewColumns = (view: NamedView): GridColumn<ViewRow>[] => columns[view];
