import type { Evidence } from '../../src-main/contract/models/finding.ts';
import {
  setUpCheckIds,
  setUpCheckTitles,
  type SetUpCheck,
  type SetUpCheckId,
} from '../../src-main/contract/models/set-up-check.ts';

const readAt = '2026-11-23T19:48:10Z';
const shown = (text: string, source: Evidence['source'] = 'schema'): Evidence => ({
  source,
  ref: 'unifi.1',
  at: readAt,
  text,
});

const wrong: Partial<Record<SetUpCheckId, Omit<SetUpCheck, 'id' | 'state'>>> = {
  'sso-certificate': {
    sentence: 'The signing certificate runs out in 12 days, on 5 December: then nobody can sign in any more.',
    evidence: [
      shown(
        'It is the certificate DA20FCA696C4F83E8A9AED59BE33368ED421F3C1; it runs out on 5 December.',
        'application',
      ),
    ],
    fix: 'Make a new certificate under "SAML certificates", give it to UNIFI, then make it the active one.',
  },
  'assignments-usable': {
    sentence:
      'Of 14 assigned groups, provisioning cannot use all: 1 group with groups inside and 1 group not security-enabled.',
    evidence: [
      shown('"Visualisation Guild" is not security-enabled; its members get no account through it.', 'groups'),
      shown(
        '"UNIFI Consultants" contains 1 group (Consultants EMEA); people who are only in there get no account.',
        'groups',
      ),
    ],
    fix: 'Assign the inner groups themselves or make their people direct members, and replace groups that are not security-enabled by ones that are.',
  },
  'scope-clauses-valid': {
    sentence:
      'The clause on users, department matches the pattern "^design$", leaves out 88 users only because of upper and lower case.',
    evidence: [shown('The pattern is "^design$"; 88 people have "Design".')],
    fix: 'Write the clause so that it compares a single-valued attribute with the value exactly as Entra has it, upper and lower case included.',
  },
};

/** A set-up with a few steps wrong; without the network two cannot be checked, and before a collection hardly any. */
export const sampleSetUpChecks = (options: { isLive: boolean; isCollected: boolean }): SetUpCheck[] =>
  setUpCheckIds.map((id): SetUpCheck => {
    const asks = id === 'credentials-work' || id === 'permissions' || id === 'single-job';
    if (asks && !options.isLive) {
      return {
        id,
        state: 'not-checkable',
        sentence: 'Only a request tells this, and none was made: this is the stored state.',
        evidence: [],
        fix: 'Run the set-up check with the network.',
      };
    }
    if (!asks && !options.isCollected) {
      const sentence = 'The enterprise application was not read yet: nothing was collected.';
      return { id, state: 'not-checkable', sentence, evidence: [], fix: 'Collect first.' };
    }
    const found = wrong[id];
    if (found) return { id, state: 'wrong', ...found };
    return {
      id,
      state: 'right',
      sentence: `${setUpCheckTitles[id]}: as the article says.`,
      evidence: [shown('Entra says so.', 'jobs')],
    };
  });
