import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findingKindWords } from '../src-main/contract/models/finding-kind-words.ts';
import { setUpSteps } from '../src-main/contract/models/set-up-check.ts';
import type { ErrorActor, KnownError } from '../src-main/core/errors/error-codes.ts';
import { knownErrors } from '../src-main/core/errors/error-codes.ts';
import { healthStates } from '../src-main/core/health/health-states.ts';
import { quarantineReasons } from '../src-main/core/health/quarantine-reasons.ts';
import { actorWords } from '../src-main/core/investigation/actor-words.ts';
import { listCauses, noteRules } from '../src-main/core/investigation/causes.ts';
import { setUpCheckCatalogue } from '../src-main/core/set-up-check/check-catalogue.ts';

/*
 * Writes causes.md from the data that the product decides by: `node docs/generate-causes.ts`. A test compares the two.
 */

const file = fileURLToPath(new URL('causes.md', import.meta.url));

/** A page about one id. */
interface Entry {
  /** Unique in the document: what a link names. */
  anchor: string;
  id: string;
  title: string;
  meaning: string;
  actor: string;
  steps: readonly string[];
  /** Facts beside these, by name. */
  more?: readonly [name: string, text: string][];
}

interface Section {
  anchor: string;
  title: string;
  about: string;
  groups: { title: string | null; entries: Entry[] }[];
}

const errorActors: Record<ErrorActor, string> = {
  'entra-admin': actorWords['entra-admin'],
  'unifi-admin': actorWords['unifi-admin'],
  vendor: 'the vendor of UNIFI',
  microsoft: actorWords.microsoft,
  nobody: 'nobody; Entra tries again by itself, or nothing is wrong',
};
const errorOrigins: Record<KnownError['concerns'], string> = {
  unifi: 'Codes that the job of UNIFI can raise',
  'other-connectors': 'Codes that are documented for other kinds of jobs',
  graph: 'Codes of Microsoft Graph itself, while this program reads',
};

/** What Markdown would take for formatting stays the text it is. */
const plain = (text: string): string => text.replaceAll(/([\\`*_<>[\]|])/gu, '\\$1');

const causeGroups: readonly (readonly [title: string, begins: RegExp])[] = [
  ['Somebody is missing', /^A/u],
  ['Somebody is switched off', /^I/u],
  ['Somebody is still active', /^B/u],
  ['A group is missing or differs', /^G/u],
  ['A member is missing or too many', /^M/u],
];

const causes: Section = {
  anchor: 'causes',
  title: 'Causes of a verdict',
  about:
    'What `investigate` gives as `cause`. The letter names the question, the number the rule, a word one of several causes of a rule.',
  groups: causeGroups.map(([title, begins]) => ({
    title,
    entries: listCauses()
      .filter(({ id }) => begins.test(id))
      .map(({ id, title: heading, meaning, actor, steps }) => ({
        anchor: id,
        id,
        title: heading,
        meaning,
        actor: actorWords[actor],
        steps,
      })),
  })),
};

const notes: Section = {
  anchor: 'notes',
  title: 'Notes in the path',
  about: 'Rules that are told in the path of a verdict and are never its cause.',
  groups: [
    {
      title: null,
      entries: noteRules.map(({ id, title, meaning }) => ({
        anchor: `note-${id}`,
        id,
        title,
        meaning,
        actor: actorWords.nobody,
        steps: [],
      })),
    },
  ],
};

const health: Section = {
  anchor: 'health',
  title: "States of the job's health",
  about: 'What `status` and job health give as `state`, worst first, in the order in which they are tried.',
  groups: [
    {
      title: null,
      entries: healthStates.map(({ id, title, meaning, whoActs, steps }) => ({
        anchor: `health-${id}`,
        id,
        title,
        meaning,
        actor: actorWords[whoActs],
        steps,
      })),
    },
  ],
};

const quarantine: Section = {
  anchor: 'quarantine',
  title: 'Reasons of a quarantine',
  about: 'Why Entra works on the job only now and then; `quarantine.reason` of the job.',
  groups: [
    {
      title: null,
      entries: quarantineReasons.map(({ id, title, meaning, whoActs, steps }) => ({
        anchor: `quarantine-${id}`,
        id,
        title,
        meaning: `${meaning.charAt(0).toUpperCase()}${meaning.slice(1)}.`,
        actor: actorWords[whoActs],
        steps,
      })),
    },
  ],
};

const checks: Section = {
  anchor: 'checks',
  title: 'Checks of the set-up',
  about:
    'What `doctor` goes through, step by step as the article does. The check itself names the value that is wrong.',
  groups: setUpSteps.map(({ id: step, title }) => ({
    title,
    entries: setUpCheckCatalogue
      .filter((entry) => entry.step === step)
      .map(({ id, title: heading, meaning, actor, fix }) => ({
        anchor: `check-${id}`,
        id,
        title: heading,
        meaning,
        actor: actorWords[actor],
        steps: [fix],
      })),
  })),
};

const findings: Section = {
  anchor: 'findings',
  title: 'Kinds of findings',
  about: 'What `check` gives as `kind`. A finding says in its own `advice` what to do about it.',
  groups: [
    {
      title: null,
      entries: Object.entries(findingKindWords).map(([id, { title, meaning, actor, steps }]) => ({
        anchor: `finding-${id}`,
        id,
        title,
        meaning,
        actor: actorWords[actor],
        steps,
      })),
    },
  ],
};

const errors: Section = {
  anchor: 'errors',
  title: 'Error codes',
  about:
    'Codes of the provisioning log, of skips, of quarantines and of Graph. Another code that ends like one of these is explained like it, and said to be so.',
  groups: (Object.keys(errorOrigins) as KnownError['concerns'][]).map((concerns) => ({
    title: errorOrigins[concerns],
    entries: knownErrors
      .filter((known) => known.concerns === concerns)
      .map(({ code, meaning, likelyCauses, whoActs, remedy }) => ({
        anchor: `error-${code}`,
        id: code,
        title: '',
        meaning,
        actor: errorActors[whoActs],
        steps: [remedy],
        more: likelyCauses.length > 0 ? [['Likely causes', `${likelyCauses.join('; ')}.`] as const] : [],
      })),
  })),
};

const sections: readonly Section[] = [causes, notes, health, quarantine, checks, findings, errors];

const linksOf = (entries: readonly Entry[]): string =>
  entries.map(({ anchor, id }) => `[${plain(id)}](#${anchor})`).join(', ');

const pageOf = ({ anchor, id, title, meaning, actor, steps, more = [] }: Entry): string[] => [
  `<a id="${anchor}"></a>`,
  '',
  `#### \`${id}\`${title === '' ? '' : ` ${plain(title)}`}`,
  '',
  plain(meaning),
  '',
  `- Who acts: ${plain(actor)}.`,
  ...more.map(([name, text]) => `- ${name}: ${plain(text)}${/[.!?]$/u.test(text) ? '' : '.'}`),
  ...(steps.length === 0 ? ['- What to do: nothing.'] : []),
  ...(steps.length === 1 ? [`- What to do: ${plain(steps[0] ?? '')}`] : []),
  ...(steps.length > 1 ? ['- What to do:', ...steps.map((step, index) => `  ${index + 1}. ${plain(step)}`)] : []),
  '',
];

/** The whole document: contents with links, then a page for every id. */
export const causesDocument = (): string =>
  [
    '<!-- Generated by docs/generate-causes.ts from the data of the product; change those, not this. -->',
    '',
    '# Causes, states, checks, findings and error codes',
    '',
    'Every id that a verdict, job health, the set-up check, a finding or a log row can give: what it means, who has to',
    'act, and what they do. A link may name any id, such as `causes.md#A8-nested-group`.',
    '',
    '## Contents',
    '',
    ...sections.flatMap(({ anchor, title, groups }) => [
      `- [${plain(title)}](#${anchor})`,
      ...groups.map(
        ({ title: group, entries }) => `  - ${group === null ? '' : `${plain(group)}: `}${linksOf(entries)}`,
      ),
    ]),
    '',
    ...sections.flatMap(({ anchor, title, about, groups }) => [
      `<a id="${anchor}"></a>`,
      '',
      `## ${plain(title)}`,
      '',
      about,
      '',
      ...groups.flatMap(({ title: group, entries }) => [
        ...(group === null ? [] : [`### ${plain(group)}`, '']),
        ...entries.flatMap(pageOf),
      ]),
    ]),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(file, causesDocument());

/** The document as it lies in the repository. */
export const writtenDocument = (): string => readFileSync(file, 'utf8');
