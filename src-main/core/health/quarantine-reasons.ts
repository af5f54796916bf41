import type { VerdictActor } from '../../contract/models/investigation.ts';

/** What a family of quarantine reasons means. */
export interface QuarantineReason {
  /** Graph's word where one reason is the family; else the family's own. */
  id: string;
  title: string;
  /** Sentence part that follows "Quarantined since 8 August:". */
  meaning: string;
  whoActs: VerdictActor;
  steps: readonly string[];
}

const restart = 'Restart provisioning in the enterprise application in Entra, which lifts the quarantine at once.';
const testConnection = 'Test the connection in the provisioning settings in Entra.';

const credentials: QuarantineReason = {
  id: 'credentials',
  title: 'Credentials refused',
  meaning: 'UNIFI refused the credentials',
  whoActs: 'entra-admin',
  steps: [
    'Have a new secret token made in UNIFI, and enter it in the provisioning settings in Entra.',
    testConnection,
    restart,
  ],
};

const unreachable: QuarantineReason = {
  id: 'unreachable',
  title: 'UNIFI not reached',
  meaning: 'UNIFI could not be reached, or did not answer properly',
  whoActs: 'entra-admin',
  steps: [
    "Compare the address in the provisioning settings in Entra with the one in UNIFI's instructions.",
    testConnection,
    'When the address is right and the test fails, ask the UNIFI administrator whether the service is up.',
    restart,
  ],
};

const incompatible: QuarantineReason = {
  id: 'incompatible',
  title: 'Answer not understood',
  meaning: 'UNIFI answered in a way that Entra does not understand',
  whoActs: 'unifi-admin',
  steps: [
    "Compare the address in the provisioning settings in Entra with the one in UNIFI's instructions.",
    'When it is right, give the error text below to the UNIFI administrator: the SCIM service answers wrongly.',
    restart,
  ],
};

const exception: QuarantineReason = {
  id: 'EncounteredQuarantineException',
  title: 'Credentials, connection or answer',
  meaning: 'the credentials or the connection were refused, or UNIFI answered in a way that Entra does not understand',
  whoActs: 'entra-admin',
  steps: [
    testConnection,
    'Put right what the test says: the secret token, the address, or the service itself.',
    restart,
  ],
};

const failingSteps = [
  'Open the failing rows of the provisioning log, and put the most frequent errors right.',
  restart,
];

const guard: QuarantineReason = {
  id: 'TooManyDeletes',
  title: 'Deletion guard',
  meaning: 'the deletion guard held back more removals than its threshold allows, and waits for approval',
  whoActs: 'entra-admin',
  steps: [
    'Look through the removals that Entra holds back: the rows of the log that say "staged delete".',
    'If all are meant, allow them in the provisioning settings in Entra.',
    'If not, put the assignments or the scoping filter right first, and only then restart: a restart before that removes people for real.',
  ],
};

const byMicrosoft: QuarantineReason = {
  id: 'QuarantinedOnDemand',
  title: 'Set by Microsoft',
  meaning: 'Microsoft set the quarantine by hand',
  whoActs: 'microsoft',
  steps: ['Ask Microsoft support why, and quote the id of the job.'],
};

const interrupted: QuarantineReason = {
  id: 'IngestionInterrupted',
  title: 'Reading interrupted',
  meaning: 'reading the changes from Entra was interrupted',
  whoActs: 'wait',
  steps: ['Wait for the next attempt.', 'When the quarantine lasts, restart provisioning; then ask Microsoft support.'],
};

const noReason: QuarantineReason = {
  id: 'Unknown',
  title: 'No reason given',
  meaning: 'Entra gives no reason',
  whoActs: 'microsoft',
  steps: [testConnection, 'When the test succeeds, restart provisioning; then ask Microsoft support.'],
};

/** Every reason that is told apart. provisioning-semantics.md 5, graph-provisioning.md 5. */
export const quarantineReasons: readonly QuarantineReason[] = [
  credentials,
  unreachable,
  incompatible,
  exception,
  {
    id: 'EncounteredEscrowProportionThreshold',
    title: 'More than 40 % failed',
    meaning: 'more than 40 % of the changes failed',
    whoActs: 'entra-admin',
    steps: failingSteps,
  },
  {
    id: 'EncounteredBaseEscrowThreshold',
    title: 'More than 40,000 failed',
    meaning: 'more changes failed than Entra allows (about 40,000)',
    whoActs: 'entra-admin',
    steps: failingSteps,
  },
  {
    id: 'EncounteredTotalEscrowThreshold',
    title: 'More than 60,000 failed, references included',
    meaning: 'more changes failed than Entra allows, references included (about 60,000)',
    whoActs: 'entra-admin',
    steps: failingSteps,
  },
  guard,
  byMicrosoft,
  interrupted,
  noReason,
];

/** `EncounteredQuarantineException` covers three troubles; the error code tells them apart. */
const exceptionFamily = (errorCode: string): QuarantineReason => {
  const code = errorCode.toLowerCase();
  if (code.includes('unavailable') || code === 'timeout' || code === 'webexceptionprotocolerror') return unreachable;
  if (code.includes('incompatible') || code.includes('multipleentries')) return incompatible;
  return /credential|unauthorized|insufficientrights|notpermitted/.test(code) ? credentials : exception;
};

/**
 * The family of a reason, in any casing; an undocumented one is quoted, never guessed at.
 *
 * @param reason Graph's word; Entra's prose also writes `QuarantineOnDemand`
 * @param errorCode the code of the quarantine's error as the error knowledge calls it, or empty
 */
export const findQuarantineReason = (reason: string, errorCode: string): QuarantineReason => {
  const word = reason.toLowerCase();
  if (word === 'encounteredquarantineexception') return exceptionFamily(errorCode);
  if (word === 'quarantineondemand') return byMicrosoft;
  const known = quarantineReasons.find(({ id }) => id.toLowerCase() === word);
  const meaning = `Entra gives the reason "${reason}", which is not documented`;
  return known ?? { ...noReason, id: reason, title: 'Undocumented reason', meaning };
};
