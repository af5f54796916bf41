import type {
  Investigation,
  InvestigationCandidate,
  UnknownSource,
  Verdict,
} from '../../contract/models/investigation.ts';
import type { Person } from '../../contract/models/person.ts';
import type { LogRow } from '../../contract/models/provisioning-event.ts';
import type { SourceName } from '../../contract/models/run.ts';
import { decideScopeMode } from '../cross-check/entitlement.ts';
import { describeDay, describeMoment, timeOf } from '../health/describe-time.ts';
import type { AuditEvent } from '../model/directory.ts';
import type { GroupRef } from '../model/group-facts.ts';
import { completeSources, type JobContext } from './case-base.ts';
import { finishInvestigation } from './finish-investigation.ts';
import { personRules } from './person-rules.ts';
import { unknownSources } from './unknown-sources.ts';

/** More choices than anybody reads; a longer name narrows them. */
const mostCandidates = 20;
const guid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/iu;

const join = (texts: readonly (string | null | undefined)[]): string => texts.filter((text) => text).join(', ');

/** How the person stands in Entra: somebody who was deleted is seldom the one who is meant. */
const entraSide = ({ entra, state }: Person): string => {
  if (entra === null) return 'only in UNIFI';
  if (state.source === 'deleted') return 'deleted in Entra for good';
  if (state.source === 'soft-deleted') return 'deleted in Entra, can be restored';
  const since = entra.createdAt === null ? 'in Entra' : `in Entra since ${entra.createdAt.slice(0, 10)}`;
  return state.source === 'disabled' ? `${since}, disabled there` : since;
};

const accountWords: Record<Person['state']['target'], string> = {
  active: 'account active',
  inactive: 'account inactive',
  absent: 'no account in UNIFI',
  unknown: 'account in UNIFI not known',
};

const ofPerson = (person: Person): InvestigationCandidate => ({
  type: 'user',
  id: person.id,
  name: person.name,
  detail: join([
    person.entra?.userPrincipalName ?? person.scim?.userName,
    person.entra?.mail === person.entra?.userPrincipalName ? null : person.entra?.mail,
    entraSide(person),
    accountWords[person.state.target],
  ]),
});

const ofGroup = (group: GroupRef): InvestigationCandidate => ({
  type: 'group',
  id: group.id,
  name: group.name,
  detail: join([
    'group',
    group.entraId === null ? 'only in UNIFI' : group.isAssigned ? 'assigned to UNIFI' : 'not assigned to UNIFI',
    group.isPresent ? null : 'not there any more',
    group.createdAt === null ? null : `since ${group.createdAt.slice(0, 10)}`,
    group.scimId === null ? null : `${group.scimId} in UNIFI`,
  ]),
});

/** What was asked for, and how many people and groups fit. */
export interface NobodyInput extends JobContext {
  who: string;
  candidates: readonly Person[];
  groups?: readonly GroupRef[];
  /** More fit than were read. */
  isCut?: boolean;
  /** Newest row of the log that fits and names no user of Entra; null: there is none. */
  unidentified?: LogRow | null;
  /** Audit events that name what was asked for, oldest first, where that is an id. */
  audit?: readonly AuditEvent[];
  /** What was looked for, where it was not both. */
  only?: 'member' | 'group';
}

/** The event that deleted the user who was asked for, and the name that it holds. */
const deletionOf = ({ who, audit = [] }: NobodyInput): { at: string; name: string | null } | null => {
  const isAsked = ({ id }: AuditEvent['targets'][number]): boolean => id?.toLowerCase() === who.trim().toLowerCase();
  const event = audit.findLast(({ activity, targets }) => /\bdelete user\b/iu.test(activity) && targets.some(isAsked));
  return event ? { at: event.at, name: event.targets.find(isAsked)?.name ?? null } : null;
};

const dayMs = 24 * 3_600_000;
/** About as long as Entra itself keeps rows: whoever was deleted earlier is forgotten everywhere. graph-provisioning.md 12. */
const wholeLogMs = 28 * dayMs;

const isLogShort = ({ logFrom, now }: NobodyInput): boolean => {
  const from = timeOf(logFrom);
  return from === null || Date.parse(now) - from < wholeLogMs;
};

/** In the middle of a sentence: what the log, as it was read, cannot tell. */
const logReach = ({ logFrom, now }: NobodyInput): string => {
  const from = timeOf(logFrom);
  return from === null
    ? 'the provisioning log was not read'
    : `the provisioning log, which reaches back to ${describeMoment(from, Date.parse(now))}, does not name the person`;
};

const deletedVerdict = (input: NobodyInput, deletion: NonNullable<ReturnType<typeof deletionOf>>): Verdict => {
  const day = describeDay(timeOf(deletion.at) ?? Date.parse(input.now), Date.parse(input.now));
  return {
    cause: null,
    sentence: `${deletion.name ?? `The user with the id ${input.who}`} was deleted in Entra on ${day}; which account in UNIFI is or was theirs cannot be told, because ${logReach(input)}.`,
    certainty: 'cannot-tell',
    actor: 'unifi-admin',
    steps: [
      'Look for an account of the person in UNIFI, by name.',
      'If there is one, ask again with its user name or id.',
    ],
  };
};

const severalVerdict = ({ who, candidates, groups = [], isCut }: NobodyInput): Verdict => {
  const people = candidates.length > 0 ? `${candidates.length} ${candidates.length === 1 ? 'person' : 'people'}` : '';
  const teams = groups.length > 0 ? `${groups.length} ${groups.length === 1 ? 'group' : 'groups'}` : '';
  const what = [people, teams].filter((text) => text !== '').join(' and ');
  return {
    cause: null,
    sentence: `"${who}" fits ${isCut ? 'at least ' : ''}${what}; say which of them is meant.`,
    certainty: 'cannot-tell',
    actor: 'nobody',
    steps: [
      candidates.length > 0
        ? 'Ask again with the sign-in name or the id of the person.'
        : 'Ask again with the whole name or the id of the group.',
    ],
  };
};

/** Where somebody or a group would be found. Which groups of Entra are read follows from the assignments. */
const listsOfPeople: readonly SourceName[] = ['users', 'deleted-users', 'scim-users', 'provisioning-log'];
const listsOfGroups: readonly SourceName[] = ['assignments', 'groups', 'scim-groups'];

const noneVerdict = (input: NobodyInput): Verdict => {
  const { who, only, unidentified } = input;
  const nowMs = Date.parse(input.now);
  const complete = completeSources(input.sources);
  const needed = [...(only === 'group' ? [] : listsOfPeople), ...(only === 'member' ? [] : listsOfGroups)];
  const certainty = needed.every((source) => complete.has(source)) ? 'certain' : 'cannot-tell';
  const unread =
    'Groups of Entra that are neither assigned to UNIFI nor inside of an assigned group are not collected.';
  if (only === 'group') {
    return {
      cause: null,
      sentence: `No group called "${who}" matters for UNIFI: it is neither assigned, nor inside of an assigned group, nor in UNIFI.`,
      certainty,
      actor: 'entra-admin',
      steps: ['Check the spelling; try the object id.', unread],
    };
  }
  if (unidentified) {
    const moment = describeMoment(timeOf(unidentified.at) ?? nowMs, nowMs);
    return {
      cause: null,
      sentence: `Nobody called "${who}" is known in Entra or in UNIFI; the provisioning log has a row about it of ${moment} ("${unidentified.action}", ${unidentified.status}) that does not say which user of Entra it is about.`,
      certainty: 'cannot-tell',
      actor: 'entra-admin',
      steps: [
        `Look at the log row ${unidentified.id} for the id or name that it holds, and ask again with that.`,
        'If the row is about a user who was deleted, there is nothing to do.',
      ],
    };
  }
  const deletion = deletionOf(input);
  if (deletion) return deletedVerdict(input, deletion);
  // Every group that is assigned was read, so that an unknown id can be that of another group only.
  if (guid.test(who.trim()) && certainty === 'certain' && !decideScopeMode(input).everyone) {
    const steps = [
      'Look the id up in Entra.',
      'If it is a group that should be in UNIFI, assign it to the enterprise application.',
    ];
    const from = timeOf(input.logFrom);
    if (from !== null && isLogShort(input)) {
      return {
        cause: null,
        sentence: `Nothing with the id ${who} is known in Entra, in UNIFI, or in the provisioning log, which reaches back only to ${describeMoment(from, nowMs)}: it is a group that is not assigned to UNIFI, or a user who was deleted before that.`,
        certainty: 'cannot-tell',
        actor: 'entra-admin',
        steps,
      };
    }
    return {
      cause: 'G2',
      sentence: `Nobody with the id ${who} is known in Entra, in UNIFI, or in the provisioning log; if it is a group, it is not in UNIFI because it is not assigned to UNIFI.`,
      certainty: 'likely',
      actor: 'entra-admin',
      steps,
    };
  }
  return {
    cause: null,
    sentence: `Nobody called "${who}" is known in Entra, in UNIFI, or in the provisioning log.`,
    certainty,
    actor: 'entra-admin',
    steps: ['Check the spelling; try the sign-in name, the mail address, or the object id.', unread],
  };
};

/** Of several people and groups that fit, or of nobody: what is known without deciding. */
export const investigateNobody = (input: NobodyInput): Investigation => {
  const { who, groups = [] } = input;
  const candidates = [...input.candidates.map(ofPerson), ...groups.map(ofGroup)].slice(0, mostCandidates);
  const several = candidates.length > 0;
  const deletion = several ? null : deletionOf(input);
  const from = timeOf(input.logFrom);
  const isForgotten = !several && (deletion !== null || (guid.test(who.trim()) && isLogShort(input)));
  const silent: UnknownSource[] =
    from !== null && isForgotten
      ? [
          {
            source: 'provisioning-log',
            reason: `The provisioning log reaches back only to ${describeMoment(from, Date.parse(input.now))}, and names nothing with this id.`,
            blinds: [],
          },
        ]
      : [];
  return finishInvestigation(
    {
      subject: {
        type: input.only === 'group' ? 'group' : 'user',
        id: null,
        entraId: null,
        scimId: null,
        name: who,
        userPrincipalName: null,
        userName: null,
      },
      ...(several ? { candidates } : {}),
      question: 'unknown-person',
      verdict: several ? severalVerdict(input) : noneVerdict(input),
      path: [],
      attributes: [],
      timeline: [],
      unknown: [...unknownSources(input.sources, personRules, Date.parse(input.now)), ...silent],
    },
    { at: input.now, names: [...candidates.map(({ name }) => name), ...(deletion?.name ? [deletion.name] : [])] },
  );
};
