import type { Investigation, InvestigationCandidate, Verdict } from '../../contract/models/investigation.ts';
import type { Person } from '../../contract/models/person.ts';
import type { LogRow } from '../../contract/models/provisioning-event.ts';
import type { SourceName } from '../../contract/models/run.ts';
import { decideScopeMode } from '../cross-check/entitlement.ts';
import { describeMoment, timeOf } from '../health/describe-time.ts';
import type { GroupRef } from '../model/group-facts.ts';
import { completeSources, type JobContext } from './case-base.ts';
import { finishInvestigation } from './finish-investigation.ts';
import { personRules } from './person-rules.ts';
import { unknownSources } from './unknown-sources.ts';

/** More choices than anybody reads; a longer name narrows them. */
const mostCandidates = 20;
const guid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/iu;

const join = (texts: readonly (string | null | undefined)[]): string => texts.filter((text) => text).join(', ');

const ofPerson = (person: Person): InvestigationCandidate => ({
  type: 'user',
  id: person.id,
  name: person.name,
  detail: join([
    person.entra?.userPrincipalName ?? person.scim?.userName,
    person.entra?.mail === person.entra?.userPrincipalName ? null : person.entra?.mail,
    person.entra ? `in Entra since ${person.entra.createdAt?.slice(0, 10) ?? 'an unknown day'}` : 'only in UNIFI',
    person.state.target === 'absent' ? 'no account in UNIFI' : `account ${person.state.target}`,
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
  /** What was looked for, where it was not both. */
  only?: 'member' | 'group';
}

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

const noneVerdict = (input: NobodyInput): Verdict => {
  const { who, only, unidentified } = input;
  const nowMs = Date.parse(input.now);
  const complete = completeSources(input.sources);
  const needed: readonly SourceName[] =
    only === 'group' ? ['groups', 'scim-groups'] : ['users', 'deleted-users', 'scim-users', 'provisioning-log'];
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
  const knowsGroups = complete.has('groups') && complete.has('assignments') && !decideScopeMode(input).everyone;
  // Every group that is assigned was read, so that an unknown id can be that of another group only.
  if (guid.test(who.trim()) && certainty === 'certain' && knowsGroups) {
    return {
      cause: 'G2',
      sentence: `Nobody with the id ${who} is known in Entra, in UNIFI, or in the provisioning log; if it is a group, it is not in UNIFI because it is not assigned to UNIFI.`,
      certainty: 'likely',
      actor: 'entra-admin',
      steps: [
        'Look the id up in Entra.',
        'If it is a group that should be in UNIFI, assign it to the enterprise application.',
      ],
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
      unknown: unknownSources(input.sources, personRules, Date.parse(input.now)),
    },
    { at: input.now, names: candidates.map(({ name }) => name) },
  );
};
