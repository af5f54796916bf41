import type { FindingKind } from '../../contract/models/finding.ts';
import type { Changes } from './changes.ts';
import { compareAttribute } from './compare-attributes.ts';
import { accountSubject, createCandidate, personSubject, type Candidate, type CandidateParts } from './findings.ts';
import type { JoinedPeople } from './join-people.ts';
import { inScopeKinds, personKinds, setOf } from './kinds.ts';
import type { NotEvaluatedCounts } from './not-evaluated.ts';
import { accountEvidence, personEvidence } from './person-evidence.ts';
import type { AccountRecord, PersonRecord } from './records.ts';
import type { Rules } from './rules.ts';

export interface PeopleCheck {
  joined: JoinedPeople;
  rules: Rules;
  changes: Changes;
  notEvaluated: NotEvaluatedCounts;
  /** Whether a kind's sources were complete. */
  isEvaluated(kind: FindingKind): boolean;
  /** Whether the states "deleted" can be told. */
  knowsDeleted: boolean;
  isScopeModeAssumed: boolean;
}

const activeUnknown = 'the account does not say whether it is active';

/** Findings of people and of accounts without a person, by the precedence of findings.md 2. */
export const checkPeople = (check: PeopleCheck): Candidate[] => {
  const { joined, rules, changes, notEvaluated } = check;
  const candidates: Candidate[] = [];
  const mappingAssumed = rules.mappingAssumed ? ['mapping'] : [];
  const add = (parts: Omit<CandidateParts, 'assumed'>, assumed: readonly string[] = []): void => {
    if (check.isEvaluated(parts.kind)) {
      candidates.push(createCandidate({ ...parts, assumed: [...mappingAssumed, ...assumed] }));
    }
  };
  const addForPerson = (
    person: PersonRecord,
    parts: Omit<CandidateParts, 'assumed' | 'subject' | 'evidence' | 'timing'> & { isTargetMade?: boolean },
    assumed: readonly string[] = [],
  ): void => {
    const { isTargetMade = false, ...rest } = parts;
    add(
      {
        related: person.further.map((account) => accountSubject(account, person.user.id)),
        ...rest,
        subject: personSubject(person),
        timing: isTargetMade ? changes.immediate : changes.ofPerson(person),
        evidence: personEvidence(person),
      },
      assumed,
    );
  };

  const compareAccounts = (person: PersonRecord, account: AccountRecord): void => {
    if (!check.isEvaluated('attribute-drift')) return;
    for (const compared of rules.user.compared) {
      const result = compareAttribute(compared, person, account.account);
      if (result === null) continue;
      const { attribute } = compared;
      if ('problem' in result) notEvaluated.add({ kind: 'attribute-drift', attribute, reason: result.problem });
      else addForPerson(person, { kind: 'attribute-drift', attribute, ...result });
    }
  };

  /** The first that fits, findings.md 2, list below the table. */
  const checkInScope = (person: PersonRecord): void => {
    const { account, matchProblem } = person;
    if (matchProblem) {
      const { attribute, problem } = matchProblem;
      notEvaluated.add({ attribute, reason: problem.problem });
      person.undecided |= account ? setOf('missing-match-value', 'duplicate-match-value') : inScopeKinds;
      if (!account) return;
    } else if (person.slot === null) {
      addForPerson(person, { kind: 'missing-match-value', expected: null, actual: null });
      return;
    }
    const sharing = person.slot && person.slot.people.length > 1 && !matchProblem ? person.slot.people : [];
    const others = sharing.filter((other) => other !== person && other.source === 'in-scope');
    if (others.length > 0) {
      const related = others.map(personSubject);
      addForPerson(person, { kind: 'duplicate-match-value', actual: person.matchValue, related });
      return;
    }
    const isActive = ({ account: { active } }: AccountRecord): boolean => active === true;
    if (account && Number(isActive(account)) + person.further.filter(isActive).length > 1) {
      addForPerson(person, { kind: 'duplicate-in-target', actual: account.account.userName, isTargetMade: true });
      return;
    }
    if (!account) {
      addForPerson(person, { kind: 'missing-in-target', expected: person.matchValue, actual: null });
      return;
    }
    if (account.account.active === false) {
      addForPerson(person, { kind: 'inactive-in-target', expected: true, actual: false });
      return;
    }
    if (person.isLinkStale && check.isEvaluated('stale-link')) {
      const actual = person.link?.targetId ?? null;
      addForPerson(person, { kind: 'stale-link', expected: account.account.id, actual, isTargetMade: true });
      return;
    }
    compareAccounts(person, account);
  };

  const checkOutside = (person: PersonRecord): void => {
    const { account, source } = person;
    if (!account) {
      if (!person.matchProblem) return;
      notEvaluated.add({ attribute: person.matchProblem.attribute, reason: person.matchProblem.problem.problem });
      person.undecided |= personKinds;
      return;
    }
    // Somebody in scope uses the same account: it is rightly active.
    if (account.account.active !== true || account.hasInScopeHolder) return;
    if (account.hasUnknownHolder) {
      person.undecided |= personKinds;
      return;
    }
    const values = { expected: false, actual: true };
    if (source === 'not-entitled') {
      const assumed = check.isScopeModeAssumed ? ['scope-mode'] : [];
      addForPerson(person, { kind: 'active-not-entitled', reason: 'not-assigned', ...values }, assumed);
    } else if (source === 'filtered-out') {
      addForPerson(person, { kind: 'active-not-entitled', reason: 'filtered-out', ...values });
    } else if (source === 'disabled') {
      addForPerson(person, { kind: 'active-source-gone', reason: 'disabled', ...values });
    } else if (source === 'soft-deleted') {
      if (check.knowsDeleted) addForPerson(person, { kind: 'active-source-gone', reason: 'soft-deleted', ...values });
      else person.undecided |= setOf('active-source-gone');
    }
  };

  /** Accounts whose Entra user is gone for good or was never known. */
  const checkAlone = (account: AccountRecord): void => {
    if (account.holder || account.furtherOf) return;
    if (account.account.active === null) {
      account.undecided = personKinds;
      notEvaluated.add({ reason: activeUnknown });
      return;
    }
    if (!account.account.active || !check.knowsDeleted) return;
    const { goneLink } = account;
    const evidence = [accountEvidence(account)];
    if (!goneLink) {
      add({
        kind: 'orphan-in-target',
        subject: accountSubject(account),
        expected: null,
        actual: account.account.userName,
        timing: changes.immediate,
        evidence,
      });
      return;
    }
    const text = 'The provisioning log names this account for an Entra user who is in no list any more.';
    add({
      kind: 'active-source-gone',
      reason: 'deleted',
      subject: accountSubject(account, goneLink.sourceId),
      expected: false,
      actual: true,
      timing: changes.ofGoneUser(goneLink.sourceId),
      evidence: [{ source: 'provisioning-log', ref: goneLink.logId, at: goneLink.at, text }, ...evidence],
    });
  };

  for (const person of joined.people) {
    const { account, source } = person;
    if (!account) continue;
    if (source === 'in-scope') account.hasInScopeHolder = true;
    else if (source === 'unknown' || person.inputFiltered) account.hasUnknownHolder = true;
  }
  for (const person of joined.people) {
    if (person.undecided !== 0) continue;
    if (person.account && person.account.account.active === null) {
      person.undecided = personKinds;
      notEvaluated.add({ reason: activeUnknown });
    } else if (person.source === 'in-scope') checkInScope(person);
    else checkOutside(person);
  }
  for (const account of joined.accounts) checkAlone(account);
  return candidates;
};
