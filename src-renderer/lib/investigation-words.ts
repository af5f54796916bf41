import type {
  Certainty,
  Investigation,
  InvestigationQuestion,
  MembershipWay,
  RuleOutcome,
  TimelineEntry,
  VerdictActor,
} from '../../src-main/contract/models/investigation.ts';
import type { Tone } from './words.ts';

export const questionWords: Record<InvestigationQuestion, string> = {
  missing: 'Missing in UNIFI',
  inactive: 'Switched off in UNIFI',
  'still-active': 'Still active in UNIFI',
  'as-it-should-be': 'As it should be',
  'never-in-scope': 'Never in scope',
  'unknown-person': 'Not found',
};

export const certaintyWords: Record<Certainty, string> = {
  certain: 'Certain',
  likely: 'Likely',
  'cannot-tell': 'Cannot be told',
};

export const actorWords: Record<VerdictActor, string> = {
  'entra-admin': 'The Entra administrator',
  'group-owner': 'The owner of the group',
  'unifi-admin': 'The UNIFI administrator',
  microsoft: 'Microsoft support',
  wait: 'Nobody, just wait',
  nobody: 'Nobody',
};

export const outcomeWords: Record<RuleOutcome, { title: string; tone: Tone }> = {
  cause: { title: 'The cause', tone: 'danger' },
  also: { title: 'Also so', tone: 'warning' },
  'ruled-out': { title: 'Ruled out', tone: 'neutral' },
  note: { title: 'Noted', tone: 'neutral' },
  blind: { title: 'Not readable', tone: 'warning' },
};

/** What breaks a way to the application, as the label of the broken link. */
export const breakWords: Record<NonNullable<MembershipWay['broken']>['why'], string> = {
  nested: 'nested: not read',
  'not-security-enabled': 'no security group',
  'not-assigned': 'not assigned',
  'not-known': 'kind not known',
};

export const momentWords: Record<TimelineEntry['kind'], string> = {
  directory: 'Directory',
  job: 'Job',
  log: 'Log',
  finding: 'Finding',
  collection: 'Collection',
  gap: 'Gap',
};

/** The colour of a verdict: nothing is green that is not known to be right. */
export const toneOf = ({ question, verdict }: Pick<Investigation, 'question' | 'verdict'>): Tone => {
  if (verdict.certainty === 'cannot-tell') return 'warning';
  if (question === 'as-it-should-be') return 'good';
  return verdict.actor === 'wait' || question === 'unknown-person' ? 'warning' : 'danger';
};
