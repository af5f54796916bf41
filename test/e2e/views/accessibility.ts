import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type axe from 'axe-core';
import type { Page } from '@playwright/test';

declare global {
  interface Window {
    axe?: typeof axe;
  }
}

const axeSource = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/** How the window can look: by the choice of the system, without another layout or other content. */
const looks = {
  light: { colorScheme: 'light', contrast: 'no-preference', forcedColors: 'none' },
  dark: { colorScheme: 'dark', contrast: 'no-preference', forcedColors: 'none' },
  'more contrast': { colorScheme: 'light', contrast: 'more', forcedColors: 'none' },
  'dark with more contrast': { colorScheme: 'dark', contrast: 'more', forcedColors: 'none' },
  'forced colours': { colorScheme: 'light', contrast: 'no-preference', forcedColors: 'active' },
} as const;

type Look = keyof typeof looks;

export const everyLook = Object.keys(looks) as Look[];
export const lightAndDark: readonly Look[] = ['light', 'dark'];

/** Those of axe's rules that can say something else about the same page in other colours. */
const colourRules = ['color-contrast', 'link-in-text-block'];

/** Gives axe to every page that is loaded from now on, for tests of many: to send it takes longer than to run it. */
export const keepAxe = (page: Page): Promise<unknown> => page.addInitScript(axeSource);

/**
 * What axe finds on the page as it looks now, shortly. It runs inside the page and says violations only: to hand over
 * what is right takes it ten times as long as to look. Of frames it sees the outside.
 */
export const findAccessibilityProblems = async (page: Page, rules?: readonly string[]): Promise<string[]> => {
  if (!(await page.evaluate(() => window.axe !== undefined))) await page.evaluate(axeSource);
  return page.evaluate(async (runOnly) => {
    const { axe } = window;
    if (!axe) throw new Error('There is no axe in this page.');
    const { violations } = await axe.run(document, {
      resultTypes: ['violations'],
      iframes: false,
      ...(runOnly ? { runOnly: [...runOnly] } : {}),
    });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
  }, rules);
};

/**
 * What axe finds on the page in each of these looks, one after the other: with every rule in the first, with those
 * about colours in the others. The page keeps the last look.
 */
export const findProblemsInLooks = async (
  page: Page,
  names: readonly Look[],
  /** Name of the pictures of it in `test-results`, one for each look; without it, none is taken. */
  picture?: string,
): Promise<string[]> => {
  const found: string[] = [];
  for (const [index, name] of names.entries()) {
    await page.emulateMedia(looks[name]);
    const problems = await findAccessibilityProblems(page, index === 0 ? undefined : colourRules);
    found.push(...problems.map((problem) => `${name}: ${problem}`));
    if (picture) await page.screenshot({ path: `test-results/${picture}-${name}.png` });
  }
  return found;
};
