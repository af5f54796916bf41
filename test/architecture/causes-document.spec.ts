import { expect, test } from 'vitest';
import { causesDocument, writtenDocument } from '../../docs/generate-causes.ts';
import { findingKinds } from '../../src-main/contract/models/finding.ts';
import { causeIds } from '../../src-main/contract/models/investigation.ts';
import { jobStates } from '../../src-main/contract/models/job-status.ts';
import { setUpCheckIds } from '../../src-main/contract/models/set-up-check.ts';
import { knownErrors } from '../../src-main/core/errors/error-codes.ts';

const document = causesDocument();
const anchors = [...document.matchAll(/^<a id="([^"]+)"><\/a>$/gmu)].map(([, anchor]) => anchor ?? '');

test('docs/causes.md is what the data say; run "node docs/generate-causes.ts" after changing them', () => {
  expect(writtenDocument()).toBe(document);
});

test.each([
  ['cause', causeIds],
  ['health state', jobStates.map((id) => `health-${id}`)],
  ['check', setUpCheckIds.map((id) => `check-${id}`)],
  ['kind of finding', findingKinds.map((id) => `finding-${id}`)],
  ['error code', knownErrors.map(({ code }) => `error-${code}`)],
])('every %s has a page with its meaning, who acts and what to do', (_what, wanted) => {
  for (const anchor of wanted) {
    const start = document.indexOf(`<a id="${anchor}"></a>`);
    expect(start, anchor).toBeGreaterThan(0);
    const page = document.slice(start, document.indexOf('<a id="', start + 1));
    expect(page, anchor).toMatch(/\n\n[^\n]{20,}\n\n- Who acts: [^\n]+\.\n(?:- [^\n]+\n)*- What to do:/u);
  }
});

test('every link of the contents leads to one page', () => {
  expect(new Set(anchors).size).toBe(anchors.length);
  const links = [...document.matchAll(/\]\(#([^)]+)\)/gu)].map(([, anchor]) => anchor);
  expect(links.toSorted()).toEqual(anchors.toSorted());
});
