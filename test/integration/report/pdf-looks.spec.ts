import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reportKinds, reportLanguages, type ReportOptions } from '../../../src-main/contract/models/report.ts';
import { wordsOf } from '../../../src-main/core/report/words/words-of.ts';
import { startDemoTenant, type DemoTenant } from '../../../src-main/demo/start-tenant.ts';
import { openDemoCollection, type DemoCollection } from '../../support/collect-demo.ts';
import { readPdfPages, readSheets } from '../../support/read-report.ts';
import { openReportMaker, type ReportMaker } from '../../support/report-maker.ts';

/* What the pages of a PDF look like, as far as its texts tell: pdf.js says where each of them stands. */

/** Points from the text to the edge of the sheet. */
const margin = 36;
/** Rows that the tests look at: some pages, and no more. */
const rowLimit = 30;

let tenant: DemoTenant;
let demo: DemoCollection;
let maker: ReportMaker;
let somebody = '';

beforeAll(async () => {
  tenant = await startDemoTenant({ people: 22, days: 4, seed: 7, now: '2026-11-20T20:00:00Z' });
  demo = await openDemoCollection({ tenant });
  await demo.collect();
  await demo.crossCheck();
  await tenant.advanceTo(tenant.nowMs + 86_400_000);
  await demo.collect();
  const { findings } = await demo.crossCheck();
  // A deleted person has the longest of all names: the id before the user name.
  somebody =
    findings.find(({ subject, reason }) => subject.entraId !== null && reason === 'soft-deleted')?.subject.entraId ??
    findings.find(({ subject }) => subject.type === 'user' && subject.entraId !== null)?.subject.entraId ??
    '';
  maker = await openReportMaker(demo.store, {
    now: new Date(tenant.nowMs).toISOString(),
    jobId: demo.connection.jobId ?? '',
  });
}, 60_000);

afterAll(async () => {
  await maker.close();
  await demo.close();
  await tenant.close();
});

const pagesOf = async (options: ReportOptions): ReturnType<typeof readPdfPages> => {
  await maker.make(options, 'pdf', { name: 'looked-at' });
  return readPdfPages(join(maker.folder, 'looked-at.pdf'));
};
const squeezed = (text: string): string => text.replaceAll(/\s+/gu, '');

describe.each(reportLanguages)('%s', (language) => {
  const { labels, columns, sections, findingKinds } = wordsOf(language);

  test.each(reportKinds)('%s: nothing runs over the edge, pages are numbered, no title stands alone', async (kind) => {
    const pages = await pagesOf({ kind, language, rowLimit, ...(kind === 'evidence' ? { subject: somebody } : {}) });
    for (const [index, { text, right, width }] of pages.entries()) {
      expect(right, `page ${index + 1}`).toBeLessThanOrEqual(width - margin + 1);
      expect(text).toContain(squeezed(`${labels.page} ${index + 1} / ${pages.length}`));
      const [content = ''] = text.split(squeezed(`: Contoso ${labels.page}`));
      const alone = Object.values(sections).filter((title) => content.endsWith(squeezed(title)));
      // The running foot begins with the title of the report.
      if (index + 1 < pages.length && kind !== 'log') expect(alone.slice(1), `page ${index + 1}`).toEqual([]);
    }
    if (kind === 'health') expect(pages).toHaveLength(1);
  });

  test('every page of a table begins with its head and a whole row', async () => {
    const pages = await pagesOf({ kind: 'reconciliation', language, rowLimit });
    const { kind, name, severity, state, expected, actual, advice, openedAt } = columns;
    const head = squeezed([kind, name, severity, state, expected, actual, advice, openedAt].join(''));
    const inside = pages.slice(1).filter(({ text }) => text.startsWith(head));
    expect(inside.length).toBeGreaterThan(1);
    // A row begins with what it is; what stands below it never leads a page.
    const kinds = Object.values(findingKinds).map(squeezed);
    const begins = inside.map(({ text }) => text.slice(head.length));
    expect(begins.filter((text) => !kinds.some((title) => text.startsWith(title)))).toEqual([]);
  });

  test('the summary for managers is one page, however long its head is', async () => {
    const pages = await pagesOf({
      kind: 'health',
      language,
      client: 'Donaudampfschifffahrtsgesellschaft'.repeat(6).slice(0, 200),
      title: 'Bericht über den Zustand der Bereitstellung für die Geschäftsleitung und alle, die es angeht',
    });
    expect(pages).toHaveLength(1);
    expect(pages[0]?.right).toBeLessThanOrEqual((pages[0]?.width ?? 0) - margin + 1);
  });
});

test('the workbook says of an empty table why it is empty', async () => {
  await maker.make({ kind: 'log', columns: ['at'], from: '2026-11-20T00:00:00Z' }, 'xlsx', { name: 'empty' });
  const [about] = [...(await readSheets(join(maker.folder, 'empty.xlsx'))).values()];
  expect(about?.flat()).toContain(wordsOf('en').sentences.noGaps);
});
