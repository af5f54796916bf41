import type { Investigation, InvestigationCandidate } from '../../contract/models/investigation.ts';
import type { Person } from '../../contract/models/person.ts';
import type { SourceFreshness } from '../../contract/models/run.ts';
import { finishInvestigation } from './finish-investigation.ts';
import { personRules } from './person-rules.ts';
import { unknownSources } from './unknown-sources.ts';

/** More choices than anybody reads; a longer name narrows them. */
const mostCandidates = 20;

/** Of several people who fit, or of nobody: what is known without deciding. */
export const investigateNobody = (options: {
  who: string;
  candidates: readonly Person[];
  /** More people fit than were read. */
  isCut?: boolean;
  sources: readonly SourceFreshness[];
  now: string;
}): Investigation => {
  const { who, sources } = options;
  const nowMs = Date.parse(options.now);
  const candidates = options.candidates.slice(0, mostCandidates).map((person): InvestigationCandidate => ({
    type: 'user',
    id: person.id,
    name: person.name,
    detail: [
      person.entra?.userPrincipalName ?? person.scim?.userName,
      person.entra?.mail === person.entra?.userPrincipalName ? null : person.entra?.mail,
      person.entra ? `in Entra since ${person.entra.createdAt?.slice(0, 10) ?? 'an unknown day'}` : 'only in UNIFI',
      person.state.target === 'absent' ? 'no account in UNIFI' : `account ${person.state.target}`,
    ]
      .filter((text) => text)
      .join(', '),
  }));
  const unknown = unknownSources(sources, personRules, nowMs);
  const isWhole = (['users', 'deleted-users', 'scim-users', 'provisioning-log'] as const).every((name) =>
    sources.some(({ source, status }) => source === name && status === 'complete'),
  );
  const several = candidates.length > 0;
  return finishInvestigation(
    {
      subject: {
        type: 'user',
        id: null,
        entraId: null,
        scimId: null,
        name: who,
        userPrincipalName: null,
        userName: null,
      },
      ...(several ? { candidates } : {}),
      question: 'unknown-person',
      verdict: {
        cause: null,
        sentence: several
          ? `"${who}" fits ${options.isCut ? 'at least ' : ''}${options.candidates.length} people; say which of them is meant.`
          : `Nobody called "${who}" is known in Entra, in UNIFI, or in the provisioning log.`,
        certainty: several || !isWhole ? 'cannot-tell' : 'certain',
        actor: several ? 'nobody' : 'entra-admin',
        steps: several
          ? ['Ask again with the sign-in name or the id of the person.']
          : ['Check the spelling; try the sign-in name, the mail address, or the object id.'],
      },
      path: [],
      attributes: [],
      timeline: [],
      unknown,
    },
    { at: options.now, names: candidates.map(({ name }) => name) },
  );
};
