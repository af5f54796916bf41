import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSqliteHistory } from '../../../src-main/adapters/sqlite/open-sqlite-history.ts';
import { reportLanguages, type ReportKind } from '../../../src-main/contract/models/report.ts';
import { wordsOf } from '../../../src-main/core/report/words/words-of.ts';
import type { HistoryStore } from '../../../src-main/services/ports.ts';
import { readFile } from 'node:fs/promises';
import { temporaryDirectory } from '../../support/cli.ts';
import { readPdfText } from '../../support/read-report.ts';
import { openReportMaker, type ReportMaker } from '../../support/report-maker.ts';

/* A history in which nothing was collected: no report of it may say that something is as it should be. */

const kinds: ReportKind[] = ['health', 'reconciliation', 'people', 'log', 'leavers'];

let store: HistoryStore;
let maker: ReportMaker;

beforeAll(async () => {
  store = openSqliteHistory({ file: join(await temporaryDirectory(), 'history.db') });
  maker = await openReportMaker(store, { now: '2026-11-20T12:00:00.000Z' });
});

afterAll(async () => {
  await maker.close();
  await store.close();
});

test.each(reportLanguages)('an empty table says that nothing was read, and why: %s', async (language) => {
  const { sentences } = wordsOf(language);
  const said = new Map<ReportKind, string>();
  for (const kind of kinds) {
    const { file } = await maker.make({ kind, language }, 'html', { name: `${kind}-${language}` });
    said.set(kind, await readFile(file ?? '', 'utf8'));
  }
  const reassuring = [
    sentences.toDoNothing,
    sentences.noFindings,
    sentences.nothingLeftOut,
    sentences.noGaps,
    sentences.noLeavers,
    sentences.noIssues,
    sentences.noPeople,
    sentences.noRows,
  ];
  for (const [kind, page] of said) {
    expect(
      reassuring.filter((sentence) => page.includes(`>${sentence}<`)),
      kind,
    ).toEqual([]);
    expect(page, kind).toContain(sentences.neverCollected);
    // No zero of what nobody counted.
    expect(page, kind).not.toMatch(/<dd class="number [a-z]*">0<\/dd>/u);
  }
  for (const kind of ['health', 'reconciliation', 'people', 'leavers'] as const) {
    expect(said.get(kind), kind).toContain(`<p>${sentences.notCompared}</p>`);
  }
  for (const kind of ['health', 'log'] as const) expect(said.get(kind), kind).toContain(sentences.logNeverRead);
});

test('a period ends no later than the report was made', async () => {
  await maker.make({ kind: 'health' }, 'pdf', { name: 'period' });
  const { text } = await readPdfText(join(maker.folder, 'period.pdf'));
  expect(text).toContain('22Oct2026,00:00to20Nov2026,12:00');
});
