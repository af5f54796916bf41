import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSqliteHistory } from '../../../src-main/adapters/sqlite/open-sqlite-history.ts';
import type { Finding } from '../../../src-main/contract/models/finding.ts';
import { reportKinds, reportLanguages, type ReportOptions } from '../../../src-main/contract/models/report.ts';
import { paperRows } from '../../../src-main/core/report/row-limits.ts';
import { wordsOf } from '../../../src-main/core/report/words/words-of.ts';
import { startDemoTenant, type DemoTenant } from '../../../src-main/demo/start-tenant.ts';
import type { HistoryStore } from '../../../src-main/services/ports.ts';
import { findBrowser } from '../../support/browser.ts';
import { temporaryDirectory } from '../../support/cli.ts';
import { openDemoCollection, type DemoCollection } from '../../support/collect-demo.ts';
import { readPdfPages } from '../../support/read-report.ts';
import { openReportMaker, type ReportMaker } from '../../support/report-maker.ts';

/* What a page of HTML looks like on a screen and on paper, measured in a browser. */

/** CSS pixels of A4 between the margins of the page's own style. */
const paper = { portrait: 703, landscape: 1032 } as const;

let tenant: DemoTenant;
let demo: DemoCollection;
let maker: ReportMaker;
let browser: Browser;
let somebody = '';

beforeAll(async () => {
  const { executable, args } = await findBrowser();
  browser = await chromium.launch({ executablePath: executable, args });
  tenant = await startDemoTenant({ people: 30, days: 4, seed: 7, now: '2026-11-20T20:00:00Z' });
  demo = await openDemoCollection({ tenant });
  await demo.collect();
  await demo.crossCheck();
  await tenant.advanceTo(tenant.nowMs + 86_400_000);
  await demo.collect();
  const { findings } = await demo.crossCheck();
  somebody = findings.find(({ subject }) => subject.type === 'user' && subject.entraId !== null)?.subject.entraId ?? '';
  maker = await openReportMaker(demo.store, {
    now: new Date(tenant.nowMs).toISOString(),
    jobId: demo.connection.jobId ?? '',
  });
}, 120_000);

afterAll(async () => {
  await browser.close();
  await maker.close();
  await demo.close();
  await tenant.close();
});

const pageOf = async (
  options: ReportOptions,
  look: { width: number; media?: 'print' | 'screen'; colorScheme?: 'light' | 'dark' },
  made: ReportMaker = maker,
): Promise<Page> => {
  const { file } = await made.make(options, 'html', { name: 'looked-at' });
  const page = await browser.newPage({ viewport: { width: look.width, height: 900 } });
  await page.emulateMedia({ media: look.media ?? 'screen', colorScheme: look.colorScheme ?? 'light' });
  await page.goto(`file://${file ?? ''}`);
  return page;
};

/** Titles of elements that are wider than their place, and words that are broken in the middle without a hyphen. */
const misfits = (page: Page): Promise<{ wide: string[]; broken: string[] }> =>
  page.evaluate(() => {
    const wide: string[] = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) wide.push(`the page: ${root.scrollWidth} > ${root.clientWidth}`);
    for (const cell of document.querySelectorAll('th,td,dd,dt,p,h1,h2,li')) {
      const isShown = cell.clientWidth > 0 && getComputedStyle(cell).display !== 'inline';
      if (isShown && cell.scrollWidth > cell.clientWidth + 1) wide.push(cell.textContent.slice(0, 60));
    }
    const broken: string[] = [];
    // Cells of words alone are ours to fit: addresses, ids and codes have to break somewhere.
    const isWords = (text: string): boolean => /^[\p{L} ,]+$/u.test(text) && !/\p{L}{25}|\p{Ll}\p{Lu}/u.test(text);
    const words = [...document.querySelectorAll('td')].filter(
      (cell) => cell.childElementCount === 0 && isWords(cell.textContent),
    );
    for (const cell of [...document.querySelectorAll('th,.figures dt,.meta dt'), ...words]) {
      const node = cell.firstChild;
      if (!node) continue;
      for (const word of (node.textContent ?? '').matchAll(/[\p{L}\p{N}]+/gu)) {
        const range = document.createRange();
        range.setStart(node, word.index);
        range.setEnd(node, word.index + word[0].length);
        if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) broken.push(word[0]);
      }
    }
    return { wide, broken };
  });

describe.each(reportLanguages)('%s', (language) => {
  test.each(reportKinds)('%s fits on paper, on a desk and on a telephone, and no title is broken', async (kind) => {
    const options: ReportOptions = { kind, language, ...(kind === 'evidence' ? { subject: somebody } : {}) };
    const width = kind === 'health' ? paper.portrait : paper.landscape;
    for (const look of [{ width, media: 'print' as const }, { width: 1280 }, { width: 390 }]) {
      const page = await pageOf(options, look);
      const { wide, broken } = await misfits(page);
      expect(wide, JSON.stringify(look)).toEqual([]);
      if (look.width !== 390) expect(broken, JSON.stringify(look)).toEqual([]);
      await page.close();
    }
  });

  test('a single row is told as one', async () => {
    const page = await pageOf({ kind: 'log', language, rowLimit: 1 }, { width: 1280 });
    const text = await page.locator('body').innerText();
    await page.close();
    const said = {
      en: [/Only the first of \d+ rows is/, /At most one row/],
      de: [/die erste von \d+ Zeilen ist/, /Höchstens eine Zeile/],
    };
    for (const sentence of said[language]) expect(text).toMatch(sentence);
    expect(text).not.toMatch(/\b1 (?:rows|Zeilen)/);
  });

  test('the summary for managers is one sheet of paper', async () => {
    const page = await pageOf({ kind: 'health', language, client: 'Contoso' }, { width: 1280 });
    const file = join(maker.folder, 'printed.pdf');
    await page.emulateMedia({ media: 'print' });
    await writeFile(file, await page.pdf({ preferCSSPageSize: true }));
    await page.close();
    expect(await readPdfPages(file)).toHaveLength(1);
  });

  test('every printed page has its number and the head of its table', async () => {
    const page = await pageOf({ kind: 'log', language }, { width: 1280 });
    const file = join(maker.folder, 'printed.pdf');
    await page.emulateMedia({ media: 'print' });
    await writeFile(file, await page.pdf({ preferCSSPageSize: true }));
    await page.close();
    const pages = await readPdfPages(file);
    const { labels, columns, sections } = wordsOf(language);
    expect(pages.length).toBeGreaterThan(5);
    for (const [index, { text }] of pages.entries()) {
      expect(text).toContain(`${labels.page}${index + 1}/${pages.length}`.replaceAll(' ', ''));
      if (text.includes(sections.gaps.replaceAll(' ', ''))) break;
      if (index > 0) expect(text.slice(0, 200), `page ${index + 1}`).toContain(`${columns.at}${columns.action}`);
    }
  });
});

test('a client of 200 letters, a white accent and names without a blank stay inside', async () => {
  const options: ReportOptions = {
    kind: 'health',
    language: 'de',
    client: 'Donaudampfschifffahrtsgesellschaft'.repeat(6).slice(0, 200),
    title: 'Bereitstellungszustandsübersicht'.repeat(6).slice(0, 190),
    accent: '#ffffff',
  };
  for (const look of [
    { width: paper.portrait, media: 'print' as const },
    { width: 1280, colorScheme: 'dark' as const },
    { width: 390 },
  ]) {
    const page = await pageOf(options, look);
    expect((await misfits(page)).wide, JSON.stringify(look)).toEqual([]);
    // An accent of the paper's own colour still has an edge.
    expect(await page.locator('.accent').evaluate((bar) => getComputedStyle(bar).boxShadow)).not.toBe('none');
    await page.close();
  }
});

test.each([
  { colorScheme: 'light', media: 'screen' },
  { colorScheme: 'dark', media: 'screen' },
  { colorScheme: 'dark', media: 'print' },
] as const)('texts and bars have enough contrast: $colorScheme, $media', async (look) => {
  const page = await pageOf({ kind: 'health' }, { width: 1280, ...look });
  const contrasts = await page.evaluate(() => {
    const style = getComputedStyle(document.documentElement);
    const shade = (name: string): number => {
      const hex = style.getPropertyValue(`--${name}`).trim();
      const full = hex.length === 4 ? [...hex.slice(1)].map((digit) => digit + digit).join('') : hex.slice(1);
      const [red = 0, green = 0, blue = 0] = [0, 2, 4]
        .map((at) => parseInt(full.slice(at, at + 2), 16) / 255)
        .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const between = (one: string, other: string): number => {
      const [light = 0, dark = 0] = [shade(one), shade(other)].sort((a, b) => b - a);
      return (light + 0.05) / (dark + 0.05);
    };
    const onBack = (names: string[]): number[] => names.map((name) => between(name, 'back'));
    return {
      texts: [...onBack(['text', 'faint', 'bad', 'warning', 'good']), between('warning', 'band')],
      bars: onBack(['bar-bad', 'bar-warning', 'bar-neutral', 'bar-edge']),
      // Bars that are not hatched have to be told apart by their grey alone.
      greys: [between('bar-bad', 'bar-good'), between('bar-good', 'bar-faint'), between('bar-bad', 'bar-faint')],
    };
  });
  await page.close();
  expect(Math.min(...contrasts.texts)).toBeGreaterThanOrEqual(4.5);
  expect(Math.min(...contrasts.bars)).toBeGreaterThanOrEqual(3);
  expect(Math.min(...contrasts.greys)).toBeGreaterThan(1.3);
});

describe('a table of more rows than paper takes', () => {
  let store: HistoryStore;
  let many: ReportMaker;
  const now = '2026-11-20T12:00:00.000Z';
  const finding = (index: number): Finding => ({
    id: String(index).padStart(20, '0'),
    kind: 'orphan-in-target',
    state: 'open',
    severity: 'low',
    subject: { type: 'user', entraId: null, scimId: `u-${index}`, name: `Name ${index}` },
    related: [],
    expected: null,
    actual: 'x',
    firstSeen: now,
    lastSeen: now,
    openedAt: now,
    verified: true,
    assumed: [],
    evidence: [],
    advice: 'Ask in UNIFI who uses it.',
  });

  beforeAll(async () => {
    store = openSqliteHistory({ file: join(await temporaryDirectory(), 'history.db') });
    const run = await store.runs.start(now);
    const findings = Array.from({ length: paperRows + 150 }, (_, index) => finding(index));
    await store.findings.saveEvaluation({ runId: run.id, at: now, findings, people: [], notEvaluated: [] });
    await store.runs.finish(run.id, now);
    many = await openReportMaker(store, { now });
  });

  afterAll(async () => {
    await many.close();
    await store.close();
  });

  test('is laid out in parts on the screen, and ends on paper with a word about the rest', async () => {
    const options: ReportOptions = { kind: 'reconciliation', columns: ['name'] };
    const page = await pageOf(options, { width: 1280 }, many);
    const lots = page.locator('#findings .lot');
    expect(await lots.count()).toBe(Math.ceil((paperRows + 150) / 200));
    expect(await lots.first().evaluate((lot) => getComputedStyle(lot).contentVisibility)).toBe('auto');
    const said = page.getByText(wordsOf('en').sentences.notOnPaper('1,000'));
    expect(await said.isVisible()).toBe(false);
    await page.emulateMedia({ media: 'print' });
    expect(await said.isVisible()).toBe(true);
    expect(await page.getByText('Name 0', { exact: true }).isVisible()).toBe(true);
    const shown = await page
      .locator('#findings tbody td')
      .evaluateAll((cells) => cells.filter((cell) => cell.checkVisibility()).length);
    expect(shown).toBe(paperRows);
    await page.close();
  });
});
