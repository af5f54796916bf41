import type { ConnectTest } from '../../contract/models/connection.ts';
import type { Evidence } from '../../contract/models/finding.ts';
import type { SourceName } from '../../contract/models/run.ts';
import { evidence } from '../investigation/case-base.ts';
import { counted, listNames, notCheckable, right, wrong, type CheckRule } from './check-rule.ts';
import type { SetUpFacts } from './facts.ts';
import { flagOf, notificationOf } from './job-checks.ts';

/** The threshold of the job; null: not there, or no whole number above zero. */
const thresholdOf = (facts: SetUpFacts): number | null => {
  const value = facts.job?.settings['QuarantineTooManyDeletesThreshold'];
  const number = Number(value ?? notificationOf(facts)?.['DeleteThresholdValue'] ?? Number.NaN);
  return Number.isInteger(number) && number > 0 ? number : null;
};

const deletionGuard: CheckRule = {
  id: 'deletion-guard',
  needs: ['job-settings'],
  decide(facts) {
    const bag = notificationOf(facts);
    const isSet = bag && flagOf(bag, 'DeleteThresholdEnabled');
    const threshold = thresholdOf(facts);
    const at = facts.sources.find(({ source }) => source === 'job-settings')?.lastCompleteAt ?? null;
    const fix =
      'Tick "Prevent accidental deletion" under "Settings" of the provisioning page, and give a threshold well below the number of accounts.';
    if (isSet === false) {
      return wrong(
        'The guard against accidental deletion is off: one wrong change can switch off or delete every account at once.',
        fix,
        evidence('job-settings', null, 'DeleteThresholdEnabled is false.', at),
      );
    }
    if (isSet === null) {
      return { ...notCheckable('Entra does not say whether the guard against accidental deletion is on.'), fix };
    }
    const shown = evidence(
      'job-settings',
      null,
      threshold === null
        ? 'The guard is on; its threshold could not be read.'
        : `The threshold is ${String(threshold)}.`,
      at,
    );
    const isTooHigh = threshold !== null && facts.accounts > 0 && threshold > facts.accounts;
    if (threshold === null) return right('The guard against accidental deletion is on.', shown);
    const limit = `The guard against accidental deletion stops the job when one cycle would remove ${counted(threshold, 'account')} or more`;
    if (!isTooHigh) return right(`${limit}.`, shown);
    return right(
      `${limit}; that is more than the ${counted(facts.accounts, 'account')} there are, so it would let all of them go.`,
      shown,
      evidence(
        'scim-users',
        null,
        `There are ${counted(facts.accounts, 'account')}; a lower threshold would protect them.`,
      ),
    );
  },
};

const sourceOf: Partial<Record<ConnectTest['id'], SourceName>> = {
  application: 'application',
  log: 'provisioning-log',
  job: 'jobs',
  schema: 'schema',
  'job-settings': 'job-settings',
  assignments: 'assignments',
  directory: 'users',
  'deleted-users': 'deleted-users',
  audit: 'audit',
};

const permissions: CheckRule = {
  id: 'permissions',
  needs: [],
  decide({ live }) {
    if (!live) {
      return {
        ...notCheckable(
          'What the signed-in account may read only shows in real requests, and none was made: this is the stored state.',
        ),
        fix: 'Run the set-up check with the network.',
      };
    }
    if ('failure' in live.graph) {
      const { failure } = live.graph;
      return {
        ...notCheckable(`Nothing could be asked of Microsoft Graph: ${failure.message}`),
        fix: failure.advice,
      };
    }
    const { tests } = live.graph;
    const asEvidence = (test: ConnectTest): Evidence =>
      evidence(sourceOf[test.id] ?? 'application', test.id, test.sentence, live.at);
    const tried = tests.filter(({ id }) => id !== 'token');
    const missing = tried.filter(
      ({ failure }) => failure?.code === 'graph-forbidden' || failure?.code === 'consent-missing',
    );
    const needed = (list: ConnectTest[], read: (test: ConnectTest) => string | undefined): string[] => [
      ...new Set(list.flatMap((test) => read(test) ?? [])),
    ];
    if (missing.length > 0) {
      const granted = needed(missing, ({ permission, failure }) => permission ?? failure?.permissions?.join(', '));
      const roles = needed(missing, ({ role, failure }) => role ?? failure?.roles?.join(', ')).filter(
        (role) => role !== 'no special role',
      );
      return wrong(
        `The signed-in account may not read ${String(missing.length)} of ${counted(tried.length, 'source')}.`,
        [
          ...(granted.length > 0
            ? [`Grant ${listNames(granted, 10)} to the app registration, with admin consent.`]
            : []),
          ...roles.map((role) => `Give the signed-in person ${role}.`),
          'Sign in again.',
        ].join(' '),
        ...missing.map(asEvidence),
        ...tried.filter(({ state }) => state === 'works').map(asEvidence),
      );
    }
    // What is not there cannot show whether it may be read.
    const isUntried = ({ state, failure }: ConnectTest): boolean =>
      state === 'not-tested' || failure?.code === 'graph-not-found';
    const failed = tried.filter((test) => test.state === 'fails' && !isUntried(test));
    if (failed.length > 0) {
      return {
        ...notCheckable(
          `${String(failed.length)} of ${counted(tried.length, 'source')} did not answer as expected, which says nothing about permissions.`,
          ...failed.map(asEvidence),
        ),
        fix: failed[0]?.failure?.advice ?? 'Try again later.',
      };
    }
    const untested = tried.filter(isUntried);
    if (untested.length > 0) {
      return notCheckable(
        `${String(untested.length)} of ${counted(tried.length, 'source')} could not be tried: there is no job or application to ask for.`,
        ...tried.map(asEvidence),
      );
    }
    return right('The signed-in account may read everything that this program needs.', ...tried.map(asEvidence));
  },
};

/** What protects against a slip, and what the signed-in account may see. */
export const guardChecks: readonly CheckRule[] = [deletionGuard, permissions];
