import { is } from '../health/job-facts.ts';
import { evidence, type CaseBase } from './case-base.ts';
import type { GroupCase } from './group-case.ts';
import { groupAssigned, groupFilter, groupMappingOn, groupWritten } from './group-rules.ts';
import { jobRules, stoppedJobRule } from './job-rules.ts';
import { latestRow, rowEvidence, rowVerdict } from './log-rules.ts';
import { heldBack, leftAlone, notYet } from './removal-rules.ts';
import { isUnseen } from './standstill.ts';
import { unexplainedAbsence, unexplainedPresence } from './unexplained.ts';
import { cause, note, ruledOut, type Rule } from './rule.ts';
import { stoppage } from './stoppage.ts';

const localGroup: Rule<GroupCase> = {
  id: 'B2',
  title: 'Does a group of Entra belong to it?',
  needs: ['groups', 'scim-groups'],
  decide(subject) {
    const { existence, group, target } = subject;
    if (existence !== 'none') return ruledOut(evidence('groups', group?.id, 'It belongs to a group of Entra.'));
    return cause(
      {
        cause: 'B2',
        sentence: `The group "${target?.displayName ?? subject.id}" in UNIFI belongs to no group of Entra: it was made in UNIFI itself, and Entra never managed it.`,
      },
      evidence(
        'scim-groups',
        target?.id,
        'No group of Entra has this name or id, and the log names none for it.',
        target?.createdAt ?? null,
      ),
    );
  },
};

const mayDelete: Rule<GroupCase> = {
  id: 'B6',
  title: 'May the job delete groups?',
  needs: [],
  uses: ['schema'],
  decide(subject) {
    const { mapping, existence } = subject;
    if (existence !== 'gone' || stoppage(subject.job) === 'no-job')
      return note(evidence('schema', null, 'Nothing is to be deleted by the job.'));
    if (!subject.isComplete('schema')) return { outcome: 'blind', source: 'schema', evidence: [] };
    if (mapping?.enabled && mapping.flowTypes.delete)
      return ruledOut(evidence('schema', mapping.name, 'The mapping of groups may delete.'));
    return cause(
      {
        cause: 'B6-delete',
        sentence: `${subject.complaint} because the provisioning job may not delete groups.`,
      },
      evidence('schema', mapping?.name, '"Delete" is switched off for groups.'),
    );
  },
};

const deletionTried: Rule<GroupCase> = {
  id: 'B10',
  title: 'What happened when Entra deleted it?',
  needs: ['provisioning-log'],
  decide(subject) {
    const row = latestRow(subject);
    if (row?.status === 'failure') return cause(rowVerdict(subject, 'B10-failure', row, 'delete it'), rowEvidence(row));
    if (!row || !is(row.action, 'delete'))
      return ruledOut(evidence('provisioning-log', row?.id, 'The log shows no attempt to delete it.'));
    return cause(
      {
        cause: 'B10-ignored',
        sentence: `${subject.complaint} although Entra deleted it there and UNIFI confirmed it: UNIFI did not carry it out.`,
        steps: [
          'Have the group removed in UNIFI by hand.',
          'Show UNIFI the log row: the request was accepted, and nothing changed.',
        ],
      },
      rowEvidence(row),
    );
  },
};

/** Why a group that should not be is in UNIFI. provisioning-semantics.md 9 and 10. */
export const surplusGroupRules: readonly Rule<GroupCase>[] = [
  localGroup,
  stoppedJobRule,
  leftAlone,
  mayDelete,
  heldBack,
  deletionTried,
  notYet,
  groupMappingOn,
  groupAssigned,
  groupFilter,
  unexplainedPresence('Have the group removed in UNIFI by hand.'),
];

/** When the group was renamed in Entra, as far as the audit log tells; an event that names no property may be it. */
const renamedAt = ({ facts }: GroupCase): string | null =>
  facts.audit.findLast(
    ({ activity, properties }) =>
      /^update group\b/iu.test(activity) &&
      (properties.length === 0 || properties.some(({ name }) => is(name, 'displayname'))),
  )?.at ?? null;

/** A new name that the job has not seen is held up by what holds up the job. */
const heldUp = (rule: Rule<CaseBase>): Rule<GroupCase> => ({
  ...rule,
  needs: [],
  decide(subject) {
    const at = renamedAt(subject);
    if (at === null || !isUnseen(subject, at))
      return ruledOut(evidence('audit', null, 'No rename in Entra waits for the job.', at));
    const complaint = `${subject.complaint} under another name`;
    return rule.decide({ ...subject, complaint, timing: { ...subject.timing, changedAt: at } });
  },
});

const renamed: Rule<GroupCase> = {
  id: 'G6',
  title: 'Was the group renamed in UNIFI?',
  needs: ['groups', 'scim-groups'],
  decide(subject) {
    const { group, target, further } = subject;
    const at = renamedAt(subject);
    if (further.length === 0 && isUnseen(subject, at))
      return ruledOut(evidence('audit', group?.id, 'It was renamed in Entra, and the job has not worked since.', at));
    const wanted = group?.displayName ?? '';
    const held = evidence(
      'scim-groups',
      target?.id,
      `UNIFI calls it "${target?.displayName ?? ''}".`,
      target?.lastModifiedAt ?? null,
    );
    const others = further.map((other) =>
      evidence('scim-groups', other.id, `UNIFI has "${other.displayName ?? ''}" too.`),
    );
    const sentence =
      further.length > 0
        ? `The group "${wanted}" is in UNIFI more than once (${[target, ...further].map((one) => `"${one?.displayName ?? ''}"`).join(' and ')}): it was renamed there, and then made again under its own name.`
        : `The group "${wanted}" is in UNIFI under another name, "${target?.displayName ?? ''}": it was renamed there, and Entra does not notice such changes.`;
    return cause({ cause: 'G6', sentence, certainty: 'likely' }, held, ...others);
  },
};

const renamedLately: Rule<GroupCase> = {
  id: 'A12',
  title: 'Was the group changed in Entra only a moment ago?',
  needs: ['audit'],
  decide(subject) {
    const { timing } = subject;
    if (timing.state !== 'pending') return ruledOut(...timing.evidence);
    return cause(
      {
        cause: 'A12-wait',
        sentence: `${subject.complaint} under another name because it was changed in Entra only a moment ago; it should be right by ${subject.due}.`,
        ...(timing.expectedBy === undefined ? {} : { expectedBy: timing.expectedBy }),
      },
      ...timing.evidence,
    );
  },
};

/** Why a group has another name in UNIFI, or is there twice. provisioning-semantics.md 10, "duplicate group". */
export const renamedGroupRules: readonly Rule<GroupCase>[] = [
  renamedLately,
  ...jobRules.map(heldUp),
  groupWritten,
  renamed,
  heldUp(unexplainedAbsence),
];
