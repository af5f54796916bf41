import type { VerdictActor } from '../../contract/models/investigation.ts';
import type { JobState } from '../../contract/models/job-status.ts';

/** What a health state of the job means for people, who acts, and what they do, in order. */
export interface HealthState {
  id: JobState;
  title: string;
  meaning: string;
  whoActs: VerdictActor;
  steps: readonly string[];
}

/** Only where Entra threw errors away. */
export const afterPruning =
  'When errors were thrown away, restart provisioning afterwards, so that those people are tried again.';

const collectAgain = 'Collect again afterwards, and look whether the state has changed.';

/**
 * Every state of the job, worst first, in the order in which they are tried. provisioning-semantics.md 11. What to do
 * about a quarantine depends on its reason: `quarantineReasons`.
 */
export const healthStates: readonly HealthState[] = [
  {
    id: 'quarantined',
    title: 'Quarantined',
    meaning:
      'Entra has stopped working normally on this job, because too much went wrong. It tries again less and less ' +
      'often, and disables the job 28 days after the quarantine began.',
    whoActs: 'entra-admin',
    steps: [
      'Read the reason of the quarantine, and put right what it names.',
      'Restart provisioning in the enterprise application in Entra, which lifts the quarantine at once.',
      collectAgain,
    ],
  },
  {
    id: 'disabled',
    title: 'Disabled',
    meaning: 'Provisioning to UNIFI is switched off in Entra. Nobody is created, changed or deactivated.',
    whoActs: 'entra-admin',
    steps: [
      'Find out in the audit log who switched provisioning off, and why. Entra does it itself after 28 days of quarantine.',
      'Put the reason right, and start provisioning in the enterprise application in Entra.',
      collectAgain,
    ],
  },
  {
    id: 'paused',
    title: 'Paused',
    meaning:
      'Somebody, or Entra itself after too many errors of an initial cycle, paused the job. Nothing is provisioned.',
    whoActs: 'entra-admin',
    steps: [
      'Find out in the audit log who paused provisioning, and why.',
      'Start provisioning in the enterprise application in Entra when the reason is gone.',
      collectAgain,
    ],
  },
  {
    id: 'failing',
    title: 'Failing',
    meaning:
      'The last cycles failed as a whole: Entra could not work on anybody. If this goes on, Entra puts the job into ' +
      'quarantine.',
    whoActs: 'entra-admin',
    steps: [
      'Read the error of the last cycle, and put right what it names: the address, the secret token, or UNIFI itself.',
      'Test the connection in the provisioning settings in Entra.',
      collectAgain,
    ],
  },
  {
    id: 'never-run',
    title: 'Never run',
    meaning: 'The job was never started, or was never given credentials for UNIFI. Nobody was provisioned yet.',
    whoActs: 'entra-admin',
    steps: [
      "Enter UNIFI's address and secret token in the provisioning settings in Entra, if they are missing, and test the connection.",
      'Start provisioning.',
      collectAgain,
    ],
  },
  {
    id: 'initial',
    title: 'Initial cycle',
    meaning:
      'Entra is reading everyone for the first time, or again after a restart or a change of the mappings. People are ' +
      'missing in UNIFI until this cycle ends, which can take hours.',
    whoActs: 'wait',
    steps: ['Wait until the initial cycle has ended.', collectAgain],
  },
  {
    id: 'silent',
    title: 'Silent',
    meaning:
      'The job is switched on, but for a day or longer there was neither a cycle nor a row in the provisioning log. A ' +
      'secret token that UNIFI no longer accepts looks like this.',
    whoActs: 'entra-admin',
    steps: [
      'Test the connection in the provisioning settings in Entra.',
      'When the test fails, have a new secret token made in UNIFI, and enter it there.',
      'When the test succeeds, restart provisioning; if it stays silent, ask Microsoft support.',
      collectAgain,
    ],
  },
  {
    id: 'late',
    title: 'Late',
    meaning: 'The last cycle ended longer ago than three times the usual time between two cycles.',
    whoActs: 'wait',
    steps: [
      'Collect again: a single late cycle catches up by itself.',
      'When it stays late, test the connection in the provisioning settings in Entra.',
    ],
  },
  {
    id: 'escrows',
    title: 'Entries failing',
    meaning:
      'The job runs, but the entries that failed and wait for another attempt grow in number, are a large share, or ' +
      'were thrown away during the initial cycle.',
    whoActs: 'entra-admin',
    steps: [
      'Open the failing rows of the provisioning log, and put the most frequent error right first.',
      afterPruning,
      collectAgain,
    ],
  },
  {
    id: 'healthy-quiet',
    title: 'Healthy and quiet',
    meaning:
      'Cycles run on time and find nothing to do: the provisioning log has had no rows for longer than is usual for ' +
      'this job.',
    whoActs: 'nobody',
    steps: [],
  },
  {
    id: 'healthy',
    title: 'Healthy',
    meaning: 'Cycles run on time, and what they found to do was done.',
    whoActs: 'nobody',
    steps: [],
  },
  {
    id: 'unknown',
    title: 'Unknown',
    meaning: 'The job was not read, was read too long ago, or says too little. This is no statement about its health.',
    whoActs: 'entra-admin',
    steps: [
      'Collect again.',
      'When the job cannot be read, give the signed-in account the right to read provisioning jobs.',
    ],
  },
];

/** The entry of a state. */
export const healthState = (id: JobState): HealthState => {
  const state = healthStates.find((candidate) => candidate.id === id);
  if (!state) throw new Error(`The health state "${id}" is not described.`);
  return state;
};
