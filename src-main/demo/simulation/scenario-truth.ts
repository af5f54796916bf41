import type { FindingKind } from '../../contract/models/finding.ts';
import type { TruthEntry } from '../../contract/models/demo.ts';
import type { Company } from './company.ts';
import type { Disagreement, Disagreements } from './disagreements.ts';
import type { JobRules } from './job-rules.ts';
import { displayName, isGroupInScope } from './rules.ts';
import type { Scenario } from './scenarios.ts';
import { hourMs, isoSeconds } from './time.ts';

/** How long an ordinary change may take until it has arrived, as a rule of thumb. */
const settlingMs = 1.2 * hourMs;

const missing: readonly FindingKind[] = ['missing-in-target', 'group-missing-in-target', 'member-missing'];
const active: readonly FindingKind[] = [
  'active-not-entitled',
  'active-source-gone',
  'group-orphan-in-target',
  'member-extra',
];

const judge = (kind: FindingKind, scenario: Scenario): Pick<TruthEntry, 'cause' | 'question'> => {
  const { causes } = scenario;
  // Nobody in Entra belongs to it: the job has nothing to do with it, whatever it suffers from.
  if (kind === 'orphan-in-target') return { cause: 'B2', question: 'still-active' };
  if (missing.includes(kind)) return { cause: causes.missing, question: 'missing' };
  if (active.includes(kind)) return { cause: causes.active, question: 'still-active' };
  if (kind === 'inactive-in-target') return { cause: causes.inactive, question: 'inactive' };
  return { cause: null, question: 'as-it-should-be' };
};

/**
 * Everything that ordinary life left undone because the job does not work: in worlds whose service runs, only what is
 * older than a usual cycle.
 */
export const scenarioTruth = (options: {
  scenario: Scenario;
  company: Company;
  disagreements: Disagreements;
  rules: JobRules;
  /** When the mappings were changed last. */
  mappedMs: number;
  nowMs: number;
}): TruthEntry[] => {
  const { scenario, company, disagreements, nowMs } = options;
  const isRunning = scenario.state === 'runs';
  const entries: TruthEntry[] = [];

  const add = (subject: TruthEntry['subject'], found: Disagreement[], changedMs: number): void => {
    for (const one of found) {
      const member = one.member;
      const changes = Math.max(changedMs, member?.person?.changedMs ?? 0);
      if (isRunning && changes > nowMs - settlingMs) continue;
      entries.push({
        subject: { ...subject, scimId: one.scimId },
        ...(member
          ? {
              member: {
                entraId: member.person?.id ?? null,
                scimId: member.accountId,
                name: member.person ? displayName(member.person) : (member.accountId ?? ''),
              },
            }
          : {}),
        ...(one.attribute === undefined ? {} : { attribute: one.attribute }),
        kind: one.kind,
        ...judge(one.kind, scenario),
        since: isoSeconds(one.kind === 'attribute-drift' ? Math.max(changes, options.mappedMs) : changes),
      });
    }
  };
  for (const person of company.people) {
    const subject = { type: 'user', entraId: person.id, scimId: null, name: displayName(person) } as const;
    add(subject, disagreements.ofPerson(person), person.changedMs);
  }
  for (const group of company.groups) {
    const subject = { type: 'group', entraId: group.id, scimId: null, name: group.name ?? group.id } as const;
    add(subject, disagreements.ofGroup(group), group.changedMs);
  }
  if (!options.rules.groupMapping) {
    for (const group of company.groups.filter((one) => isGroupInScope(one, options.rules.mode))) {
      const subject = { type: 'group', entraId: group.id, scimId: null, name: group.name ?? group.id } as const;
      entries.push({ subject, kind: null, cause: 'G1', question: 'missing', since: isoSeconds(group.createdMs) });
    }
  }
  for (const account of disagreements.orphanAccounts()) {
    const subject = { type: 'user', entraId: null, scimId: account.id, name: account.display } as const;
    add(subject, [{ kind: 'orphan-in-target', scimId: account.id }], account.modifiedMs);
  }
  return entries;
};
