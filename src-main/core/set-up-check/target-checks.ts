import type { ConnectTest } from '../../contract/models/connection.ts';
import type { Evidence } from '../../contract/models/finding.ts';
import { isSameAddress } from '../connect/same-address.ts';
import { describeMoment, timeOf } from '../health/describe-time.ts';
import { familyOf } from '../health/explain-quarantine.ts';
import { evidence } from '../investigation/case-base.ts';
import { isSwitchedOn } from '../model/choose-job.ts';
import {
  counted,
  isWhole,
  listNames,
  notCheckable,
  right,
  wrong,
  type CheckRule,
  type Decision,
} from './check-rule.ts';
import type { OtherJob, SetUpFacts } from './facts.ts';
import type { OtherWriter } from './other-writers.ts';

const settingsReadAt = ({ sources }: SetUpFacts): string | null =>
  sources.find(({ source }) => source === 'job-settings')?.lastCompleteAt ?? null;

/** Flags such as `?aadOptscim062020` change how Entra writes, not where to. scim-entra.md 1. */
const flagsOf = (address: string): string => {
  const query = address.split('?')[1];
  return query ? ` It carries the flag "${query}".` : '';
};

const tenantUrl: CheckRule = {
  id: 'tenant-url',
  needs: ['job-settings'],
  decide(facts) {
    const { profile, connection, settings } = facts;
    const address = settings?.BaseAddress?.trim() ?? '';
    if (address === '') return notCheckable('Entra does not say which tenant URL the job has.');
    const shown = evidence(
      'job-settings',
      null,
      `The tenant URL of the job is ${address}.${flagsOf(address)}`,
      settingsReadAt(facts),
    );
    const isVendors = profile.baseUrls.some((known) => isSameAddress(known, address));
    if (isSameAddress(address, connection.scimBaseUrl)) {
      return right(
        `The job writes to ${address}, which is the address that is read here.`,
        shown,
        ...(isVendors
          ? []
          : [
              evidence(
                'job-settings',
                null,
                `It is not the address that ${profile.name} gives in its article (${profile.baseUrls[0] ?? ''}); it was given by hand for this connection.`,
              ),
            ]),
      );
    }
    if (isVendors) {
      return wrong(
        `The job writes to ${address}, but this connection reads ${connection.scimBaseUrl}: two different places are compared.`,
        `Connect again with --replace and --scim-url ${address}.`,
        shown,
      );
    }
    return wrong(
      `The job writes to ${address}, not to ${connection.scimBaseUrl}.`,
      `Enter ${connection.scimBaseUrl} as the tenant URL in the provisioning settings, test the connection, and save. If the job's address is the right one, connect again with --replace and --scim-url instead.`,
      shown,
    );
  },
};

/** The last cycle that ended well, as a sign that Entra's own copy of the token worked then. */
const lastGoodCycle = (facts: SetUpFacts): Evidence[] => {
  const ended =
    facts.job?.status.lastSuccessfulExecution?.endedAt ?? facts.job?.status.steadyStateLastAchievedAt ?? null;
  const ms = timeOf(ended);
  return ms === null
    ? []
    : [
        evidence(
          'jobs',
          facts.job?.id,
          `The last good cycle of the job ended on ${describeMoment(ms, Date.parse(facts.now))}.`,
          ended,
        ),
      ];
};

const refusedByQuarantine = (facts: SetUpFacts): Evidence | null => {
  const quarantine = facts.jobStatus?.quarantine;
  if (!quarantine || familyOf(quarantine).id !== 'credentials') return null;
  return evidence('jobs', facts.job?.id, `The job is in quarantine: ${quarantine.meaning}.`, quarantine.since);
};

const newToken = (name: string): string =>
  `Have a new secret token made in ${name} by an account with Admin permissions, enter it in the provisioning settings of Entra, test the connection there, and store the same token here (login --scim-token-stdin).`;

const asEvidence = (test: ConnectTest, at: string): Evidence =>
  evidence(test.id === 'scim-groups' ? 'scim-groups' : 'scim-users', null, test.sentence, at);

/** What the refusal of Entra's own test means. scim-entra.md 1, "Test Connection". */
const readRefusal = (facts: SetUpFacts, test: ConnectTest, found: Evidence[]): Decision => {
  const { name } = facts.profile;
  const { failure } = test;
  if (failure?.code === 'scim-unauthorised' && failure.status === undefined) {
    return {
      ...notCheckable(
        `No usable secret token of ${name} is stored here, so Entra's test could not be repeated.`,
        ...found,
      ),
      fix: failure.advice,
    };
  }
  if (failure?.code === 'scim-unauthorised') {
    return wrong(
      failure.status === 403
        ? `${name} takes the stored token but lets it read too little.`
        : `${name} refuses the token that is stored here.`,
      newToken(name),
      ...found,
    );
  }
  if (failure?.code === 'scim-rejected' || failure?.code === 'response-unexpected') {
    return wrong(
      `${name} answers Entra's test in a way that Entra takes for a wrong address or a broken service.`,
      failure.advice,
      ...found,
    );
  }
  return {
    ...notCheckable(
      `${name} could not be reached from this computer just now; that says nothing about Entra, which calls from elsewhere.`,
      ...found,
    ),
    fix: failure?.advice ?? 'Try again later.',
  };
};

const credentials: CheckRule = {
  id: 'credentials-work',
  needs: [],
  decide(facts) {
    const { live, profile } = facts;
    const refused = refusedByQuarantine(facts);
    const tests = live?.scim ?? [];
    const found = [...tests.map((test) => asEvidence(test, live?.at ?? facts.now)), ...(refused ? [refused] : [])];
    const failed = tests.find(({ state }) => state === 'fails');
    const refusal = failed && readRefusal(facts, failed, [...found, ...lastGoodCycle(facts)]);
    if (refusal?.state === 'wrong') return refusal;
    if (refused) {
      return wrong(
        tests.length > 0 && !failed
          ? `${profile.name} takes the token that is stored here, but refuses the one that Entra has.`
          : `${profile.name} refuses the token that Entra has.`,
        newToken(profile.name),
        ...found,
      );
    }
    if (refusal) return refusal;
    if (tests.length === 0) {
      return {
        ...notCheckable(
          'Only a request to the target tells whether the secret token works, and none was made: this is the stored state.',
          ...lastGoodCycle(facts),
        ),
        fix: 'Run the set-up check with the network.',
      };
    }
    return right(
      `${profile.name} answers Entra's own test request for users and groups with the token that is stored here.`,
      ...found,
      ...lastGoodCycle(facts),
    );
  },
};

const writesHere = ({ baseAddress }: OtherJob, own: string): boolean =>
  baseAddress !== null && isSameAddress(baseAddress, own);

const described = ({ applicationId, applicationName, job, baseAddress }: OtherJob): Evidence =>
  evidence(
    'jobs',
    applicationId,
    `The application "${applicationName}" has the job ${job.id}, ${isSwitchedOn(job) ? 'switched on' : 'not switched on'}, writing to ${baseAddress ?? 'an address that could not be read'}.`,
  );

const describeWriter = ({ jobId, rows, newestAt, wroteBeside }: OtherWriter): Evidence =>
  evidence(
    'provisioning-log',
    jobId,
    `Of the newest writes in the log ${counted(rows, 'row')} ${rows === 1 ? 'is' : 'are'} by the job ${jobId}${wroteBeside ? '' : ', all from before the watched job wrote'}; this is the newest.`,
    newestAt,
  );

const single: CheckRule = {
  id: 'single-job',
  needs: ['jobs'],
  decide(facts) {
    const { jobs, live, profile, settings, connection } = facts;
    const own = settings?.BaseAddress?.trim() ?? connection.scimBaseUrl;
    const running = jobs.filter(isSwitchedOn);
    const fix = 'Decide which job is the right one, and switch the others off or point them at a target of their own.';
    if (running.length > 1) {
      return wrong(
        `${counted(running.length, 'job')} of this application are switched on and write to the same target.`,
        fix,
        ...running.map((job) => evidence('jobs', job.id, `The job ${job.id} is switched on.`)),
      );
    }
    const wrote = facts.otherWriters.map((writer) => describeWriter(writer));
    // One that is off undoes nothing any more; one that was replaced only came before; those asked for are judged below.
    const isKnown = (id: string): boolean =>
      jobs.some((job) => job.id === id && !isSwitchedOn(job)) ||
      (live !== null && 'jobs' in live.others && live.others.jobs.some(({ job }) => job.id === id));
    const beside = facts.otherWriters.filter(({ jobId, wroteBeside }) => wroteBeside && !isKnown(jobId));
    if (beside.length > 0) {
      return wrong(
        `${beside.length === 1 ? 'Another job' : 'Other jobs'} wrote to the same target beside this one, by the provisioning log: ${listNames(beside.map(({ jobId }) => jobId))}.`,
        fix,
        ...wrote,
      );
    }
    if (!live || 'failure' in live.others) {
      const why =
        live && 'failure' in live.others
          ? ` ${live.others.failure.message}`
          : ' None was asked for: this is the stored state.';
      return {
        ...notCheckable(
          `This application has ${jobs.length === 0 ? 'no job' : counted(jobs.length, 'job')}; jobs of other applications were not looked at.${why}`,
          ...wrote,
        ),
        fix: live && 'failure' in live.others ? live.others.failure.advice : 'Run the set-up check with the network.',
      };
    }
    const others = live.others.jobs;
    const doubled = others.filter((other) => isSwitchedOn(other.job) && writesHere(other, own));
    if (doubled.length > 0) {
      return wrong(
        `${listNames(doubled.map(({ applicationName }) => `"${applicationName}"`))} also ${doubled.length === 1 ? 'has' : 'have'} a job that is switched on and writes to ${own}: the jobs undo each other's work.`,
        fix,
        ...others.map(described),
      );
    }
    const unclear = others.filter((other) => isSwitchedOn(other.job) && other.baseAddress === null);
    if (unclear.length > 0) {
      return {
        ...notCheckable(
          `Where the job of ${listNames(unclear.map(({ applicationName }) => `"${applicationName}"`))} writes to could not be read.`,
          ...others.map(described),
        ),
        fix: 'Look at the tenant URL in its provisioning settings.',
      };
    }
    const names = listNames(profile.application.names.map((name) => `"${name}"`));
    return right(
      others.length === 0
        ? `No other application called ${names} has a provisioning job.`
        : `No other job that is switched on writes to the same target.`,
      ...(isWhole(facts, 'jobs')
        ? [evidence('jobs', connection.servicePrincipalId, `This application has ${counted(jobs.length, 'job')}.`)]
        : []),
      ...others.map(described),
      ...wrote,
      evidence('jobs', null, `Only applications whose name or tag says ${names} were looked at.`, live.at),
    );
  },
};

/** Where the job writes to, whether it may, and whether it is the only one. */
export const targetChecks: readonly CheckRule[] = [single, tenantUrl, credentials];
